//! Drift: changes that make a response deviate from the spec.

use super::one_line;
use fastrand::Rng;
use plivo_codegen::interpret::pointer_to;
use plivo_codegen::model::{Model, Operation, ResponseShape, Type};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A deviation of a response from the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Drift {
    /// Removes a value.
    Drop,
    /// Sets a value to null.
    SetNull,
    /// Changes the type of a value: a list becomes `true`, any other value a list that contains it.
    Retype,
    /// Adds an unknown key to an object.
    Add,
    /// Replaces a value by an unlisted one. A random location is always a value of an enum.
    Unlisted,
}

/// A drift with its location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    pub(super) kind: Drift,
    /// A JSON pointer. If absent, the seed determines the location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<String>,
}

/// The key that [`Drift::Add`] adds.
const ADDED: &str = "simulated_addition";
/// The value that [`Drift::Unlisted`] sets.
const UNLISTED: &str = "SIMULATED_UNLISTED";

impl Change {
    /// The problem of an invalid pointer. Only [`Drift::Add`] accepts the empty pointer to the whole response.
    pub(super) fn pointer_problem(&self) -> Option<String> {
        let at = self.at.as_deref()?;
        let is_valid = at.starts_with('/') || (at.is_empty() && self.kind == Drift::Add);
        let problem =
            |at| format!("`{at}` is not a JSON pointer to a value; use one such as `/meta/limit`, or remove `at`");
        (!is_valid).then(|| problem(one_line::escaped(at)))
    }

    /// Applies the change, and returns it with its location. Returns `None` if the response has nothing to change.
    pub(super) fn apply(
        &self,
        model: &Model,
        operation: Option<&Operation>,
        body: &mut Value,
        random: &mut Rng,
    ) -> Option<Self> {
        let pointers = match &self.at {
            Some(at) => vec![at.clone()],
            None => match self.kind {
                Drift::Unlisted => operation.map(|operation| enum_pointers(model, operation, body)).unwrap_or_default(),
                Drift::Add => matching_pointers(body, Value::is_object, true),
                Drift::Drop | Drift::SetNull | Drift::Retype => matching_pointers(body, |_| true, false),
            },
        };
        let at = random.choice(&pointers)?;
        self.apply_at(at, body).then(|| Self { kind: self.kind, at: Some(at.clone()) })
    }

    /// Applies the change at a pointer. Returns whether there was something to change.
    fn apply_at(&self, at: &str, body: &mut Value) -> bool {
        match (self.kind, body.pointer_mut(at)) {
            (Drift::Drop, _) => return remove_at(body, at),
            (Drift::SetNull, Some(value)) => return !value.take().is_null(),
            (Drift::Retype, Some(value)) => *value = if value.is_array() { json!(true) } else { json!([value.take()]) },
            (Drift::Add, Some(Value::Object(object))) => drop(object.insert(ADDED.to_owned(), Value::from("added"))),
            (Drift::Unlisted, Some(value)) => *value = Value::from(UNLISTED),
            (Drift::SetNull | Drift::Retype | Drift::Add | Drift::Unlisted, _) => return false,
        }
        true
    }
}

/// The label of a change in its JSON form, such as `drop /meta/limit`.
pub(super) fn label(change: &Value) -> String {
    let text = |key: &str| change.get(key).and_then(Value::as_str);
    let at = match text("at") {
        None => "anywhere".to_owned(),
        Some("") => "at the root".to_owned(),
        Some(at) => one_line::escaped(at),
    };
    format!("{} {at}", text("kind").unwrap_or_default())
}

/// Removes a value. Returns whether it existed.
fn remove_at(body: &mut Value, at: &str) -> bool {
    let Some((parent, step)) = at.rsplit_once('/') else { return false };
    let step = step.replace("~1", "/").replace("~0", "~");
    match body.pointer_mut(parent) {
        Some(Value::Object(object)) => object.remove(&step).is_some(),
        Some(Value::Array(items)) => {
            let index = step.parse().ok().filter(|index: &usize| *index < items.len());
            index.map(|index| items.remove(index)).is_some()
        }
        _ => false,
    }
}

/// The pointers to all values that match. The root may be excluded.
fn matching_pointers(body: &Value, matches: fn(&Value) -> bool, include_root: bool) -> Vec<String> {
    let mut pointers = Vec::new();
    walk(body, "", &mut |pointer, value| {
        if matches(value) && (include_root || !pointer.is_empty()) {
            pointers.push(pointer.to_owned());
        }
    });
    pointers
}

fn walk(value: &Value, pointer: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(pointer, value);
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| walk(value, &pointer_to(pointer, key), visit)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| walk(item, &format!("{pointer}/{index}"), visit));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The pointers to all values of enums in the response of an operation.
fn enum_pointers(model: &Model, operation: &Operation, body: &Value) -> Vec<String> {
    let answer = &operation.answer;
    let (key, is_list) = match &answer.shape {
        ResponseShape::Bare => ("", false),
        ResponseShape::Under(key) | ResponseShape::Says { key, .. } => (key.as_str(), false),
        ResponseShape::List { key, .. } => (key.as_str(), true),
    };
    let pointer =
        key.split('.').filter(|step| !step.is_empty()).fold(String::new(), |pointer, step| pointer_to(&pointer, step));
    let mut pointers = Vec::new();
    if let Some(value) = body.pointer(&pointer) {
        let list = Type::List(Box::new(answer.ty.clone()));
        collect_enums(model, if is_list { &list } else { &answer.ty }, value, &pointer, &mut pointers);
    }
    pointers
}

fn collect_enums(model: &Model, ty: &Type, value: &Value, pointer: &str, pointers: &mut Vec<String>) {
    match (ty, value) {
        (Type::Enum(_), Value::String(_)) => pointers.push(pointer.to_owned()),
        (Type::Object(id), Value::Object(object)) => {
            for field in &model[*id].fields {
                if let Some(value) = object.get(&field.name) {
                    collect_enums(model, &field.ty, value, &pointer_to(pointer, &field.name), pointers);
                }
            }
        }
        (Type::List(item), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                collect_enums(model, item, value, &format!("{pointer}/{index}"), pointers);
            }
        }
        (Type::Map(item), Value::Object(entries)) => {
            for (key, value) in entries {
                collect_enums(model, item, value, &pointer_to(pointer, key), pointers);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Drift, matching_pointers, remove_at};
    use serde_json::{Value, json};

    fn without(at: &str) -> Value {
        let mut body = json!({"a": {"b/c": 1, "d": [1, 2]}});
        remove_at(&mut body, at);
        body
    }

    #[test]
    fn members_and_items_are_removed() {
        assert_eq!(without("/a"), json!({}));
        assert_eq!(without("/a/b~1c"), json!({"a": {"d": [1, 2]}}));
        assert_eq!(without("/a/d/0"), json!({"a": {"b/c": 1, "d": [2]}}));
        for at in ["/x", "/a/d/2", "/a/d/x", "/a/d/0/x", ""] {
            assert_eq!(without(at), json!({"a": {"b/c": 1, "d": [1, 2]}}), "{at}");
        }
    }

    #[test]
    fn all_matching_pointers_are_found() {
        let body = json!({"a/b": [{"c": null}], "d": 1});
        assert_eq!(matching_pointers(&body, |_| true, false), ["/a~1b", "/a~1b/0", "/a~1b/0/c", "/d"]);
        assert_eq!(matching_pointers(&body, Value::is_object, true), ["", "/a~1b/0"]);
    }

    #[test]
    fn a_location_must_be_a_pointer() {
        let problem = |kind, at: &str| Change { kind, at: Some(at.to_owned()) }.pointer_problem();
        assert_eq!(problem(Drift::Drop, "/a"), None);
        assert_eq!(problem(Drift::Add, ""), None);
        assert!(problem(Drift::Drop, "").is_some());
        assert!(problem(Drift::Add, "a").is_some_and(|problem| problem.starts_with("`a` is not a JSON pointer")));
    }
}
