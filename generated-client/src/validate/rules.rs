//! Rules between several fields.

use serde_json::Value as Json;

use super::collector::Collector;
use super::given::{Found, GivenFields};
use super::pointer::PathStep;
use crate::schema::{Consequence, Object, Rule, View, When};

pub(super) fn check_rule(
    collector: &mut Collector,
    given: &GivenFields<'_>,
    path: &PathStep<'_>,
    object: &dyn Object,
    rule: &'static Rule,
) {
    let is_given = |name: &str| given.find(path, object, name).is_some_and(|found| given.counts(&found));
    let holds = |condition: &When| match *condition {
        When::Is(name, values) => given.find(path, object, name).is_some_and(|found| is_one_of(&found, values)),
        When::Given(name) => is_given(name),
        When::Absent(name) => !is_given(name),
    };
    if !rule.when.iter().all(holds) {
        return;
    }
    match rule.then {
        Consequence::Needs(needs) => {
            for name in needs.iter().filter(|name| !is_given(name)) {
                let needed = if rule.by.is_error() { "is required" } else { "should be set" };
                let message = format!("{name} {needed}{}. {}", condition(rule), rule.says);
                let missing = PathStep::along(path, object.schema(), name);
                collector.add(&missing, rule.name, rule.by, message);
            }
        }
        Consequence::Count { of, least, most } => {
            let count = of.iter().filter(|name| is_given(name)).count() as u64;
            if !(least..=most).contains(&count) {
                let (number, verb) = match (least, most) {
                    (1, 1) => ("exactly one", "must"),
                    (0, _) => ("at most one", "can"),
                    _ => ("at least one", "must"),
                };
                let verb = if rule.by.is_error() { verb } else { "should" };
                let given = if count == 1 { "1 is set".to_owned() } else { format!("{count} are set") };
                let message = format!("{number} of {} {verb} be set, but {given}. {}", of.join(", "), rule.says);
                collector.add(path, rule.name, rule.by, message);
            }
        }
    }
}

/// The condition of a rule in words, such as ` if entity_type is PUBLIC`.
fn condition(rule: &Rule) -> String {
    let in_words = |condition: &When| match condition {
        When::Is(name, values) => format!("{name} is {}", values.join(" or ")),
        When::Given(name) => format!("{name} is set"),
        When::Absent(name) => format!("{name} is not set"),
    };
    let when: Vec<_> = rule.when.iter().map(in_words).collect();
    if when.is_empty() { String::new() } else { format!(" if {}", when.join(" and ")) }
}

/// Whether a text or a boolean is one of the values.
fn is_one_of(found: &Found<'_>, values: &[&str]) -> bool {
    let has = |boolean: bool| values.contains(&if boolean { "true" } else { "false" });
    match found {
        Found::Extra(Json::String(text)) => values.contains(&text.as_str()),
        Found::Extra(Json::Bool(boolean)) => has(*boolean),
        Found::Own(_, View::Boolean(boolean)) => has(*boolean),
        Found::Own(_, view) => view.as_text().is_some_and(|text| values.contains(&text)),
        Found::Extra(_) => false,
    }
}
