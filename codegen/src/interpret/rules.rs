//! Checks the rules between the fields of a request.

use serde_json::{Map, Value};

use super::text::text_of;
use super::violation::{Check, pointer_to};
use crate::limits::shortened;
use crate::model::{Condition, Consequence, Field, Level, Location, Object, Rule, Test};

impl Check<'_> {
    /// Entries that are sent beside the other fields cannot have the name of one of them.
    pub(super) fn flatten(&mut self, object: &Object, flatten: &Field, pointer: &str, given: &Map<String, Value>) {
        let is_field = |name: &str| {
            let mut in_body = object.fields.iter().filter(|field| field.location == Location::Body && !field.flatten);
            in_body.any(|field| field.name == name)
        };
        self.taken(flatten, pointer, given, is_field);
    }

    /// Reports the entries of a flattened map whose names mean something else in a body.
    pub(super) fn taken(
        &mut self,
        flatten: &Field,
        pointer: &str,
        given: &Map<String, Value>,
        is_taken: impl Fn(&str) -> bool,
    ) {
        let Some(Value::Object(entries)) = given.get(&flatten.name) else { return };
        for name in entries.keys().filter(|name| is_taken(name)) {
            let pointer = pointer_to(&pointer_to(pointer, &flatten.name), name);
            self.report(&pointer, "taken", Level::Error, "has the name of another field");
        }
    }

    pub(super) fn rule(&mut self, object: &Object, rule: &Rule, pointer: &str, given: &Map<String, Value>) {
        if !rule.when.iter().all(|condition| holds(condition, given)) {
            return;
        }
        match &rule.then {
            // A note to the reader: the fields are not required anyway.
            Consequence::MaySkip(_) => {}
            Consequence::Needs(fields, authority) => {
                let demand = shortened(needed(authority.level, &rule.when));
                for field in fields.iter().filter(|field| value_at(given, field).is_none()) {
                    self.report(&pointer_along(pointer, object, field), &rule.name, authority.level, demand.as_str());
                }
            }
            Consequence::Count { of, least, most, authority } => {
                let count = of.iter().filter(|field| value_at(given, field).is_some()).count();
                let count = u64::try_from(count).unwrap_or(u64::MAX);
                if count < *least || count > *most {
                    self.report(pointer, &rule.name, authority.level, counted(of, *least, *most));
                }
            }
        }
    }

    pub(super) fn at_least(&mut self, object: &Object, pointer: &str, given: &Map<String, Value>) {
        let Some(limit) = &object.at_least else { return };
        let in_body = object.fields.iter().filter(|field| field.location == Location::Body);
        let count = in_body.filter(|field| given.contains_key(&field.name)).count();
        if u64::try_from(count).is_ok_and(|count| count < limit.is) {
            let fields = if limit.is == 1 { "field" } else { "fields" };
            let demand = format!("must have at least {} {fields}", limit.is);
            self.report(pointer, "at_least", limit.authority.level, demand);
        }
    }
}

fn holds(condition: &Condition, given: &Map<String, Value>) -> bool {
    let value = value_at(given, &condition.field);
    match &condition.test {
        Test::OneOf(values) => value.is_some_and(|value| values.contains(&text_of(value))),
        Test::Given => value.is_some(),
        Test::Absent => value.is_none(),
    }
}

/// The value of a field. Dots lead into objects.
fn value_at<'g>(given: &'g Map<String, Value>, field: &str) -> Option<&'g Value> {
    given.get(field).or_else(|| {
        let mut steps = field.split('.');
        let first = given.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step))
    })
}

fn pointer_along(pointer: &str, object: &Object, field: &str) -> String {
    if object.fields.iter().any(|known| known.name == field) {
        return pointer_to(pointer, field);
    }
    field.split('.').fold(pointer.to_owned(), |pointer, step| pointer_to(&pointer, step))
}

fn counted(of: &[String], least: u64, most: u64) -> String {
    let number = match (least, most) {
        (1, 1) => "exactly one",
        (0, _) => "at most one",
        _ => "at least one",
    };
    format!("must have {number} of {}", of.join(", "))
}

fn in_words(condition: &Condition) -> String {
    match &condition.test {
        Test::OneOf(values) => format!("{} is {}", condition.field, values.join(" or ")),
        Test::Given => format!("{} is given", condition.field),
        Test::Absent => format!("{} is absent", condition.field),
    }
}

fn needed(level: Level, when: &[Condition]) -> String {
    let needed = if level == Level::Error { "is required" } else { "should be given" };
    let conditions: Vec<String> = when.iter().map(in_words).collect();
    if conditions.is_empty() { needed.to_owned() } else { format!("{needed} when {}", conditions.join(" and ")) }
}
