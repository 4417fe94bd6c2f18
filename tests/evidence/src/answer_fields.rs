//! The keys of answers of which no answer is recorded, as made-up bodies.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::BoxError;
use crate::evidence::Folder;
use crate::table::{self, words};

/// A key in answers of the tests of SDKs, of which no answer is recorded.
#[derive(Clone, Debug)]
pub(crate) struct AnswerField {
    pub(crate) place: String,
    pub(crate) operation: String,
    /// The steps to the key, with dots between them. A step into the items of a list ends with `[]`.
    pub(crate) key: String,
    /// The JSON types, or the form of a text: `timestamp` or `decimal`.
    pub(crate) types: Vec<String>,
}

/// Reads the keys of a folder.
pub(crate) fn read(folder: &Path, name: &str) -> Result<Vec<AnswerField>, BoxError> {
    let rows = table::read(&folder.join("fields.csv"), ["operation", "key", "types", "sdks"])?.into_iter();
    let rows = rows.map(|(line, [operation, key, types, _])| {
        let place = format!("{name}/fields.csv:{line}");
        AnswerField { place, operation, key, types: words(&types) }
    });
    Ok(rows.collect())
}

/// A body with the keys of an operation, if there are any.
pub(crate) fn body(folder: &Folder, operation: &str) -> Option<Value> {
    let mut body = Map::new();
    for row in folder.fields.iter().filter(|row| row.operation == operation) {
        insert(&mut body, &row.key, value(row));
    }
    (!body.is_empty()).then_some(Value::Object(body))
}

/// Inserts a value at a key with dots between its steps. A step with `[]` at its end is a list.
fn insert(body: &mut Map<String, Value>, key: &str, value: Value) {
    let Some((step, rest)) = key.split_once('.') else {
        body.entry(key).or_insert(value);
        return;
    };
    let is_list = step.ends_with("[]");
    let inner = body.entry(step.trim_end_matches("[]")).or_insert(Value::Null);
    let inner = if is_list { first_item(inner) } else { inner };
    if !inner.is_object() {
        *inner = json!({});
    }
    if let Value::Object(inner) = inner {
        insert(inner, rest, value);
    }
}

/// The item of a list of one.
fn first_item(list: &mut Value) -> &mut Value {
    if list.as_array().is_none_or(Vec::is_empty) {
        *list = json!([{}]);
    }
    &mut list[0]
}

/// A value of the first type, and of its form.
fn value(row: &AnswerField) -> Value {
    match row.types.iter().find(|ty| *ty != "null").map(String::as_str) {
        Some("text") => json!("text"),
        Some("timestamp") => json!("2026-01-01 00:00:00"),
        Some("decimal") => json!("0.50000"),
        Some("integer") => json!(1),
        Some("number") => json!(0.5),
        Some("boolean") => json!(true),
        Some("list") => json!([]),
        Some("object") => json!({}),
        _ => Value::Null,
    }
}
