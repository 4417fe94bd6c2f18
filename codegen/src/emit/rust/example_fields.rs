//! The fields that the example of a request sets.

use serde_json::Value;

use crate::model::{Consequence, Field, Location, Object, Presence, Rule, Type};

/// The fields that an example sets: the required ones, and those that are given. If nothing is given, it sets as many
/// optional fields as the object and its unconditional rules require.
pub(super) fn fields_to_set<'m>(object: &'m Object, given: &Value) -> Vec<&'m Field> {
    let is_set = |field: &Field| {
        let is_required = matches!(field.presence, Presence::Required(_));
        is_required || given.get(&field.name).is_some_and(says_something)
    };
    let mut choice = Choice { object, chosen: object.fields.iter().map(is_set).collect() };
    if !given.is_object() {
        object.rules.iter().filter(|rule| rule.when.is_empty()).for_each(|rule| choice.satisfy(rule));
        choice.reach_at_least();
    }
    choice
        .fields()
        .filter(|(_, field, is_chosen)| *is_chosen && is_settable(field))
        .map(|(_, field, _)| field)
        .collect()
}

struct Choice<'m> {
    object: &'m Object,
    /// Whether the example sets the field, for each field of the object.
    chosen: Vec<bool>,
}

impl<'m> Choice<'m> {
    fn fields(&self) -> impl Iterator<Item = (usize, &'m Field, bool)> {
        let fields = self.object.fields.iter().enumerate().zip(&self.chosen);
        fields.map(|((index, field), is_chosen)| (index, field, *is_chosen))
    }

    fn satisfy(&mut self, rule: &Rule) {
        match &rule.then {
            Consequence::MaySkip(_) => {}
            Consequence::Needs(names, _) => self.choose(u64::MAX, |field| names.contains(&field.name)),
            Consequence::Count { of, least, .. } => self.choose(*least, |field| of.contains(&field.name)),
        }
    }

    fn reach_at_least(&mut self) {
        let least = self.object.at_least.map_or(0, |limit| limit.is);
        self.choose(least, |field| field.location == Location::Body);
    }

    /// Chooses from some fields until this number of them is chosen, those first that read best.
    fn choose(&mut self, least: u64, is_candidate: impl Fn(&Field) -> bool) {
        let candidates = || self.fields().filter(|(_, field, _)| is_candidate(field));
        let chosen = u64::try_from(candidates().filter(|(_, _, is_chosen)| *is_chosen).count()).unwrap_or(u64::MAX);
        let missing = usize::try_from(least.saturating_sub(chosen)).unwrap_or(usize::MAX);
        let mut others: Vec<_> =
            candidates().filter(|(_, field, is_chosen)| !is_chosen && is_settable(field)).collect();
        others.sort_by_key(|(_, field, _)| rank(self.object, field));
        let others: Vec<_> = others.into_iter().map(|(index, _, _)| index).take(missing).collect();
        for index in others {
            self.chosen[index] = true;
        }
    }
}

fn is_settable(field: &Field) -> bool {
    field.presence != Presence::AnswerOnly
}

/// How well a field reads in an example, best first: a field that no rule restricts, that is not deprecated, that has
/// an example, and whose value is a word.
fn rank(object: &Object, field: &Field) -> (bool, bool, bool, bool) {
    let name = &field.name;
    let is_restricted = object.rules.iter().any(|rule| {
        let is_condition = rule.when.iter().any(|condition| condition.field == *name);
        is_condition || matches!(&rule.then, Consequence::Count { of, .. } if of.contains(name))
    });
    let is_word = match field.ty {
        Type::Text | Type::Timestamp | Type::Decimal | Type::Integer | Type::Number | Type::Boolean | Type::Enum(_) => {
            true
        }
        Type::Any | Type::File | Type::Object(_) | Type::List(_) | Type::Map(_) => false,
    };
    (is_restricted, field.deprecated.is_some(), field.example.is_none(), !is_word)
}

/// Whether a value in a request does more than leave its field out.
fn says_something(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}
