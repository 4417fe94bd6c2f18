//! Lists and maps that are sent as one string.

use serde_json::{Map, Value};

use super::text::{text_of, value_of};
use crate::model::Type;

/// Joins the items of a list, or the `key=value` entries of a map. Other values stay unchanged.
pub(super) fn join(delimiter: &str, value: &Value) -> Value {
    let texts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(text_of).collect(),
        Value::Object(entries) => entries.iter().map(|(key, value)| format!("{key}={}", text_of(value))).collect(),
        other => return other.clone(),
    };
    Value::from(texts.join(delimiter))
}

/// Splits a string into a list or a map. An empty string has no items.
pub(super) fn split(delimiter: &str, ty: &Type, text: &str) -> Value {
    let pieces = text.split(delimiter).filter(|_| !text.is_empty());
    match ty {
        Type::List(item) => pieces.map(|piece| value_of(item, piece)).collect(),
        Type::Map(item) => {
            let entry = |piece: &str| {
                let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
                (key.to_owned(), value_of(item, value))
            };
            Value::Object(pieces.map(entry).collect::<Map<_, _>>())
        }
        _ => Value::from(text),
    }
}
