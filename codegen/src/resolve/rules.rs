//! Rules between the fields of one request.

use std::collections::{HashMap, HashSet};

use super::context::{Cx, Known};
use super::copy_budget::Fields;
use super::references::{self, unknown};
use super::request_fields::{RequestField, RequestFields};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{OperationDoc, RuleDoc, Spanned};
use crate::model::{Condition, Consequence, EnumId, Level, Location, Model, Presence, Rule, Test, Type};
use crate::names;
use crate::text::listing;

/// The ids of violations that no rule of the spec can have.
const TAKEN: [&str; 16] = [
    "at_least",
    "content_types",
    "format",
    "max",
    "max_bytes",
    "max_items",
    "max_length",
    "min",
    "min_items",
    "min_length",
    "required",
    "delimiter",
    "taken",
    "type",
    "also",
    "values",
];

/// The keys of consequences. A rule has exactly one.
const CONSEQUENCES: [&str; 5] = ["needs", "may_skip", "exactly_one_of", "at_least_one_of", "at_most_one_of"];

fn consequences(doc: &RuleDoc) -> [&[Spanned<String>]; 5] {
    [&doc.needs, &doc.may_skip, &doc.exactly_one_of, &doc.at_least_one_of, &doc.at_most_one_of]
}

fn is_unconditional(doc: &RuleDoc) -> bool {
    doc.when.is_empty() && doc.given.is_empty() && doc.absent.is_empty()
}

/// The listed values of enumerations, collected when a condition first asks for one of them.
#[derive(Default)]
pub(super) struct Listed {
    values: HashMap<EnumId, HashSet<String>>,
}

impl Listed {
    /// Whether an enumeration lists a value. One without values has been reported.
    fn has(&mut self, model: &Model, id: EnumId, value: &str) -> bool {
        let all = || model[id].values.iter().map(|value| value.wire.clone()).collect();
        let listed: &mut HashSet<String> = self.values.entry(id).or_insert_with(all);
        listed.is_empty() || listed.contains(value)
    }
}

/// The rules of an operation.
pub(super) fn rules(
    cx: &mut Cx<'_, '_>,
    fields: &Fields<'_>,
    parameters: &RequestFields,
    listed: &mut Listed,
    operation: &OperationDoc,
) -> Vec<Rule> {
    let (known, model, diagnostics) = (cx.known, &*cx.model, &mut *cx.diagnostics);
    let mut pass = Rules { known, model, fields, parameters, listed, diagnostics };
    let mut rules = Vec::new();
    for (name, doc) in &operation.rules {
        if TAKEN.contains(&name.is.as_str()) || !names::is_snake(&name.is) {
            let (label, help) = if names::is_snake(&name.is) {
                ("this is the id of a built-in rule", "choose another name")
            } else {
                ("invalid name", names::SNAKE_CASE)
            };
            let message = format!("`{}` cannot be the name of a rule", name.is);
            pass.diagnostics.push(Diagnostic::new(Code::ReservedName, message).at(name.span, label).help(help));
        }
        rules.extend(pass.rule(name, doc));
    }
    rules
}

/// The pass over the rules of one operation.
struct Rules<'p> {
    known: &'p Known<'p>,
    model: &'p Model,
    fields: &'p Fields<'p>,
    parameters: &'p RequestFields,
    listed: &'p mut Listed,
    diagnostics: &'p mut Diagnostics,
}

impl<'p> Rules<'p> {
    fn rule(&mut self, name: &Spanned<String>, doc: &RuleDoc) -> Option<Rule> {
        let mut when = Vec::new();
        for (field, values) in &doc.when {
            self.check_condition(field, values);
            let values = values.iter().map(|value| value.is.clone()).collect();
            when.push(Condition { field: field.is.clone(), test: Test::OneOf(values) });
        }
        for (fields, test) in [(&doc.given, Test::Given), (&doc.absent, Test::Absent)] {
            for field in fields {
                self.check_optional(field, &test);
                when.push(Condition { field: field.is.clone(), test: test.clone() });
            }
        }
        let then = self.consequence(doc)?;
        for field in consequences(doc).into_iter().flatten() {
            self.parameter(field);
        }
        self.check_required(doc, &then);
        let position = name.span.into();
        Some(Rule { name: name.is.clone(), summary: doc.summary.clone(), when, then, position })
    }

    /// The consequence of the rule, of which there is exactly one.
    fn consequence(&mut self, doc: &RuleDoc) -> Option<Consequence> {
        let names = |spots: &[Spanned<String>]| spots.iter().map(|spot| spot.is.clone()).collect::<Vec<_>>();
        let said = consequences(doc).into_iter().filter(|fields| !fields.is_empty()).count();
        if said != 1 {
            let (message, verb) = if said == 0 {
                ("the rule has no consequence", "add")
            } else {
                ("the rule has more than one consequence", "keep only")
            };
            self.diagnostics.push(
                Diagnostic::new(Code::EmptyRule, message)
                    .at(doc.span, "a rule has exactly one consequence")
                    .help(format!("{verb} one of {}, with a list of fields", listing(CONSEQUENCES))),
            );
            return None;
        }
        let authority = self.known.authority(&doc.by, None, self.diagnostics);
        let all = |of: Vec<String>| u64::try_from(of.len()).unwrap_or(u64::MAX);
        Some(if !doc.needs.is_empty() {
            Consequence::Needs(names(&doc.needs), authority)
        } else if !doc.may_skip.is_empty() {
            Consequence::MaySkip(names(&doc.may_skip))
        } else if !doc.exactly_one_of.is_empty() {
            Consequence::Count { of: names(&doc.exactly_one_of), least: 1, most: 1, authority }
        } else if !doc.at_least_one_of.is_empty() {
            let of = names(&doc.at_least_one_of);
            Consequence::Count { most: all(of.clone()), of, least: 1, authority }
        } else {
            Consequence::Count { of: names(&doc.at_most_one_of), least: 0, most: 1, authority }
        })
    }

    /// A rule neither contradicts `required` nor repeats it. A field whose absence is only a warning can be absent, so a
    /// rule can say something about it.
    fn check_required(&mut self, doc: &RuleDoc, then: &Consequence) {
        let required = |name: &Spanned<String>| match &self.parameters.get(&name.is)?.presence {
            Presence::Required(authority) => Some(authority.level),
            Presence::Optional | Presence::Always(_) | Presence::AnswerOnly => None,
        };
        let spots: Vec<_> = consequences(doc).into_iter().flatten().collect();
        let is_error = |level: Level| level == Level::Error;
        let (spot, message) = match then {
            Consequence::Needs(..) => {
                let Some(spot) = spots.into_iter().find(|spot| required(spot).is_some_and(is_error)) else { return };
                (spot, "is already required")
            }
            Consequence::MaySkip(_) => {
                let Some(spot) = spots.into_iter().find(|spot| required(spot).is_some_and(is_error)) else { return };
                (spot, "is required, so the rule cannot make it optional")
            }
            Consequence::Count { least, most, .. } => {
                let given: Vec<_> = spots.iter().filter(|spot| required(spot).is_some_and(is_error)).collect();
                let count = u64::try_from(given.len()).unwrap_or(u64::MAX);
                let Some(spot) = given.first() else { return };
                if count > *most {
                    (**spot, "is required, and so is another field of the rule")
                } else if *most == 1 && is_unconditional(doc) {
                    (**spot, "is required, so no other field of the rule can be given")
                } else if *least > 0 && *most > 1 {
                    (**spot, "is required, so the rule always holds")
                } else {
                    return;
                }
            }
        };
        let contradiction = Diagnostic::new(Code::ContradictsRequired, format!("`{}` {message}", spot.is));
        self.diagnostics.push(
            contradiction
                .at(spot.span, "every request has this field")
                .help("remove it from the rule, or remove its `!` from the list of the operation"),
        );
    }

    fn check_condition(&mut self, field: &Spanned<String>, values: &[Spanned<String>]) {
        if values.is_empty() {
            self.diagnostics.push(
                Diagnostic::new(Code::NeverHolds, "a condition without values never holds")
                    .at(field.span, "needs at least one value")
                    .help("list the values for which the rule applies, or remove the condition"),
            );
        }
        let Some(RequestField { ty, .. }) = self.parameter(field) else { return };
        let Type::Enum(id) = ty else {
            if !matches!(ty, Type::Text | Type::Boolean) {
                self.diagnostics.push(
                    Diagnostic::new(Code::NeverHolds, format!("a condition cannot compare `{}`", field.is))
                        .at(field.span, "not a `string`, an `enum` or a `boolean`")
                        .help("choose another field, or remove the condition"),
                );
            }
            return;
        };
        for value in values {
            if !self.listed.has(self.model, id, &value.is) {
                let names = || self.model[id].values.iter().map(|value| value.wire.as_str());
                unknown(self.diagnostics, &references::VALUE, value, names);
            }
        }
    }

    /// Only a field that may be given or not makes a condition of it.
    fn check_optional(&mut self, field: &Spanned<String>, test: &Test) {
        let Some(RequestField { presence, location, .. }) = self.parameter(field) else { return };
        let is_required = matches!(presence, Presence::Required(authority) if authority.level == Level::Error);
        if is_required || location == Location::Path {
            let consequence = if *test == Test::Given { "always holds" } else { "never holds" };
            self.diagnostics.push(
                Diagnostic::new(Code::ContradictsRequired, format!("the condition on `{}` {consequence}", field.is))
                    .at(field.span, "every request has this field")
                    .help("remove it from the rule, or remove its `!` from the list of the operation"),
            );
        }
    }

    fn parameter(&mut self, name: &Spanned<String>) -> Option<RequestField> {
        self.parameters.check(self.known, self.model, self.fields, name, self.diagnostics)
    }
}
