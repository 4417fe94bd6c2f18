//! The fields that the example of a request sets.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::model::{Consequence, Field, Location, Object, Presence, Rule, Type};

/// The fields that an example sets: the required ones, and those that are given. If nothing is given, it sets as many
/// optional fields as the object and its unconditional rules require.
pub(in crate::emit) fn fields_to_set<'m>(object: &'m Object, given: &Value) -> Vec<&'m Field> {
    let mut choice = Choice::new(object, given);
    if !given.is_object() {
        object.rules.iter().filter(|rule| rule.when.is_empty()).for_each(|rule| choice.satisfy(rule));
        choice.reach_at_least();
    }
    let chosen = object.fields.iter().zip(choice.chosen).filter(|(_, is_chosen)| *is_chosen).map(|(field, _)| field);
    chosen.filter(|field| is_settable(field)).collect()
}

struct Choice<'m> {
    object: &'m Object,
    /// Whether the example sets the field, for each field of the object.
    chosen: Vec<bool>,
    /// The names of fields that rules compare or count.
    restricted: BTreeSet<&'m str>,
}

impl<'m> Choice<'m> {
    fn new(object: &'m Object, given: &Value) -> Self {
        let is_set = |field: &Field| {
            let is_required = matches!(field.presence, Presence::Required(_));
            is_required || given.get(&field.name).is_some_and(says_something)
        };
        let restricted = object.rules.iter().flat_map(|rule| {
            let counted = if let Consequence::Count { of, .. } = &rule.then { &of[..] } else { &[] };
            rule.when.iter().map(|condition| &condition.field).chain(counted).map(String::as_str)
        });
        Self { object, chosen: object.fields.iter().map(is_set).collect(), restricted: restricted.collect() }
    }

    fn satisfy(&mut self, rule: &Rule) {
        let (names, least) = match &rule.then {
            Consequence::MaySkip(_) => return,
            Consequence::Needs(names, _) => (names, names.len()),
            Consequence::Count { of, least, .. } => (of, usize::try_from(*least).unwrap_or(usize::MAX)),
        };
        let names: BTreeSet<_> = names.iter().map(String::as_str).collect();
        self.choose(least, |field| names.contains(field.name.as_str()));
    }

    fn reach_at_least(&mut self) {
        let least = self.object.at_least.as_ref().map_or(0, |limit| usize::try_from(limit.is).unwrap_or(usize::MAX));
        self.choose(least, |field| field.location == Location::Body);
    }

    /// Chooses from some fields until this number of them is chosen, those first that read best.
    fn choose(&mut self, least: usize, is_candidate: impl Fn(&Field) -> bool) {
        let fields = self.object.fields.iter().enumerate().filter(|(_, field)| is_candidate(field));
        let (chosen, mut others): (Vec<_>, Vec<_>) = fields.partition(|(index, _)| self.chosen[*index]);
        others.retain(|(_, field)| is_settable(field));
        others.sort_by_cached_key(|(_, field)| self.rank(field));
        for (index, _) in others.into_iter().take(least.saturating_sub(chosen.len())) {
            self.chosen[index] = true;
        }
    }

    /// How well a field reads in an example, best first: a field that no rule compares or counts, that is not
    /// deprecated, that has an example, and whose value is a word.
    fn rank(&self, field: &Field) -> (bool, bool, bool, bool) {
        let is_restricted = self.restricted.contains(field.name.as_str());
        (is_restricted, field.deprecated.is_some(), field.example.is_none(), !is_word(&field.ty))
    }
}

fn is_settable(field: &Field) -> bool {
    field.presence != Presence::AnswerOnly
}

fn is_word(ty: &Type) -> bool {
    match ty {
        Type::Text
        | Type::Timestamp
        | Type::Moment
        | Type::Decimal
        | Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Enum(_) => true,
        Type::Choice(_) | Type::Any | Type::File | Type::Object(_) | Type::List(_) | Type::Map(_) => false,
    }
}

/// Whether a value in a request does more than leave its field out.
fn says_something(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}
