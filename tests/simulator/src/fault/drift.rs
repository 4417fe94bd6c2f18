//! Answers that are not as the spec has them.

use super::line;
use fastrand::Rng;
use plivo_codegen::interpret::pointer_to;
use plivo_codegen::model::{Model, Operation, ResponseShape, Type};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How an answer departs from the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Drift {
    /// A value is absent.
    Drop,
    /// A value is null.
    SetNull,
    /// A value is of another kind: in a list by itself; a list is `true`.
    Retype,
    /// An object has a key that nobody knows.
    Add,
    /// A text is none of those that are listed. Where no place is given, it is at a value that has a list.
    Unlisted,
}

/// A drift and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    pub(super) kind: Drift,
    /// A JSON pointer; without it the seed decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<String>,
}

/// What is added, and what is said in place of a listed text.
const ADDED: &str = "simulated_addition";
const UNLISTED: &str = "SIMULATED_UNLISTED";

impl Change {
    /// What is wrong with its place.
    pub(super) fn problem(&self) -> Option<String> {
        let at = self.at.as_deref()?;
        let is_whole = at.is_empty();
        match self.kind {
            Drift::Add if is_whole || at.starts_with('/') => None,
            _ if at.starts_with('/') => None,
            _ => {
                let at = line::shown(at);
                Some(format!("`{at}` is no JSON pointer to a value; write it as in `/meta/limit`, or leave `at` out"))
            }
        }
    }

    /// Makes the change, and says where. An answer without the place stays as it is.
    pub(super) fn make(
        &self,
        model: &Model,
        operation: Option<&Operation>,
        body: &mut Value,
        random: &mut Rng,
    ) -> Option<Self> {
        let places = match &self.at {
            Some(at) => vec![at.clone()],
            None => match self.kind {
                Drift::Unlisted => operation.map(|operation| listed(model, operation, body)).unwrap_or_default(),
                Drift::Add => places(body, Value::is_object, true),
                Drift::Drop | Drift::SetNull | Drift::Retype => places(body, |_| true, false),
            },
        };
        let at = random.choice(&places)?;
        self.make_at(at, body).then(|| Self { kind: self.kind, at: Some(at.clone()) })
    }

    /// Whether there is something to change.
    fn make_at(&self, at: &str, body: &mut Value) -> bool {
        match (self.kind, body.pointer_mut(at)) {
            (Drift::Drop, _) => return drop_at(body, at),
            (Drift::SetNull, Some(value)) => return !value.take().is_null(),
            (Drift::Retype, Some(value)) => *value = if value.is_array() { json!(true) } else { json!([value.take()]) },
            (Drift::Add, Some(Value::Object(object))) => drop(object.insert(ADDED.to_owned(), Value::from("added"))),
            (Drift::Unlisted, Some(value)) => *value = Value::from(UNLISTED),
            (Drift::SetNull | Drift::Retype | Drift::Add | Drift::Unlisted, _) => return false,
        }
        true
    }
}

/// A change in two words, out of its JSON.
pub(super) fn shown(change: &Value) -> String {
    let text = |key: &str| change.get(key).and_then(Value::as_str);
    let at = match text("at") {
        None => "anywhere".to_owned(),
        Some("") => "the whole".to_owned(),
        Some(at) => line::shown(at),
    };
    format!("{} {at}", text("kind").unwrap_or_default())
}

/// Whether there was something to drop.
fn drop_at(body: &mut Value, at: &str) -> bool {
    let Some((parent, step)) = at.rsplit_once('/') else { return false };
    let step = step.replace("~1", "/").replace("~0", "~");
    match body.pointer_mut(parent) {
        Some(Value::Object(object)) => object.remove(&step).is_some(),
        Some(Value::Array(items)) => {
            let place = step.parse().ok().filter(|place: &usize| *place < items.len());
            place.map(|place| items.remove(place)).is_some()
        }
        _ => false,
    }
}

/// The pointers to all values that fit, with or without the whole.
fn places(body: &Value, fits: fn(&Value) -> bool, whole: bool) -> Vec<String> {
    let mut found = Vec::new();
    walk(body, "", &mut |pointer, value| {
        if fits(value) && (whole || !pointer.is_empty()) {
            found.push(pointer.to_owned());
        }
    });
    found
}

fn walk(value: &Value, pointer: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(pointer, value);
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| walk(value, &pointer_to(pointer, key), visit)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| walk(item, &format!("{pointer}/{place}"), visit));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The pointers to all texts that the spec lists.
fn listed(model: &Model, operation: &Operation, body: &Value) -> Vec<String> {
    let answer = &operation.answer;
    let (key, is_list) = match &answer.shape {
        ResponseShape::Bare => ("", false),
        ResponseShape::Under(key) => (key.as_str(), false),
        ResponseShape::List { key, .. } => (key.as_str(), true),
    };
    let pointer =
        key.split('.').filter(|step| !step.is_empty()).fold(String::new(), |pointer, step| pointer_to(&pointer, step));
    let mut found = Vec::new();
    if let Some(value) = body.pointer(&pointer) {
        let list = Type::List(Box::new(answer.ty.clone()));
        enums(model, if is_list { &list } else { &answer.ty }, value, &pointer, &mut found);
    }
    found
}

fn enums(model: &Model, ty: &Type, value: &Value, pointer: &str, found: &mut Vec<String>) {
    match (ty, value) {
        (Type::Enum(_), Value::String(_)) => found.push(pointer.to_owned()),
        (Type::Object(id), Value::Object(object)) => {
            for field in &model[*id].fields {
                if let Some(value) = object.get(&field.name) {
                    enums(model, &field.ty, value, &pointer_to(pointer, &field.name), found);
                }
            }
        }
        (Type::List(item), Value::Array(items)) => {
            for (place, value) in items.iter().enumerate() {
                enums(model, item, value, &format!("{pointer}/{place}"), found);
            }
        }
        (Type::Map(item), Value::Object(entries)) => {
            for (key, value) in entries {
                enums(model, item, value, &pointer_to(pointer, key), found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Drift, drop_at, places};
    use serde_json::{Value, json};

    fn dropped(at: &str) -> Value {
        let mut body = json!({"a": {"b/c": 1, "d": [1, 2]}});
        drop_at(&mut body, at);
        body
    }

    #[test]
    fn members_and_items_are_dropped() {
        assert_eq!(dropped("/a"), json!({}));
        assert_eq!(dropped("/a/b~1c"), json!({"a": {"d": [1, 2]}}));
        assert_eq!(dropped("/a/d/0"), json!({"a": {"b/c": 1, "d": [2]}}));
        for at in ["/x", "/a/d/2", "/a/d/x", "/a/d/0/x", ""] {
            assert_eq!(dropped(at), json!({"a": {"b/c": 1, "d": [1, 2]}}), "{at}");
        }
    }

    #[test]
    fn all_places_are_found() {
        let body = json!({"a/b": [{"c": null}], "d": 1});
        assert_eq!(places(&body, |_| true, false), ["/a~1b", "/a~1b/0", "/a~1b/0/c", "/d"]);
        assert_eq!(places(&body, Value::is_object, true), ["", "/a~1b/0"]);
    }

    #[test]
    fn a_place_is_a_pointer() {
        let problem = |kind, at: &str| Change { kind, at: Some(at.to_owned()) }.problem();
        assert_eq!(problem(Drift::Drop, "/a"), None);
        assert_eq!(problem(Drift::Add, ""), None);
        assert!(problem(Drift::Drop, "").is_some());
        assert!(problem(Drift::Add, "a").is_some_and(|problem| problem.starts_with("`a` is no JSON pointer")));
    }
}
