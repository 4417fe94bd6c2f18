//! Rules between several fields.

use serde_json::Value as Json;

use super::collector::Collector;
use super::given::GivenFields;
use super::pointer::PathStep;
use crate::schema::{Consequence, Object, Rule, View, field_view};

pub(super) fn check_rule(
    collector: &mut Collector,
    given: &GivenFields<'_>,
    path: &PathStep<'_>,
    object: &dyn Object,
    rule: &'static Rule,
) {
    let value = |name: &str| given.extra(path, object.schema(), name).map_or_else(|| field_view(object, name), view_of);
    let holds = |(name, values): &(&str, &[&str])| match value(name) {
        View::Boolean(boolean) => values.contains(&if boolean { "true" } else { "false" }),
        view => view.as_text().is_some_and(|text| values.contains(&text)),
    };
    if !rule.when.iter().all(holds) {
        return;
    }
    match rule.then {
        Consequence::Needs(needs) => {
            for name in needs.iter().filter(|name| !given.is_given(path, object, name)) {
                let message = format!("{name} is required{}. {}", condition(rule), rule.says);
                collector.add(&PathStep::Key(path, name), rule.name, rule.by, message);
            }
        }
        Consequence::Count { of, least, most } => {
            let count = of.iter().filter(|name| given.is_given(path, object, name)).count() as u64;
            if !(least..=most).contains(&count) {
                let (number, verb) = match (least, most) {
                    (1, 1) => ("exactly one", "must"),
                    (0, _) => ("at most one", "can"),
                    _ => ("at least one", "must"),
                };
                let given = if count == 1 { "1 is set".to_owned() } else { format!("{count} are set") };
                let message = format!("{number} of {} {verb} be set, but {given}. {}", of.join(", "), rule.says);
                collector.add(path, rule.name, rule.by, message);
            }
        }
    }
}

/// The condition of a rule in words, such as ` if entity_type is PUBLIC`.
fn condition(rule: &Rule) -> String {
    let when: Vec<_> = rule.when.iter().map(|(name, values)| format!("{name} is {}", values.join(" or "))).collect();
    if when.is_empty() { String::new() } else { format!(" if {}", when.join(" and ")) }
}

/// An extra value as a view. Conditions compare only texts and booleans.
fn view_of(json: &Json) -> View<'_> {
    match json {
        Json::String(text) => View::Text(text),
        Json::Bool(boolean) => View::Boolean(*boolean),
        json => View::Json(json),
    }
}
