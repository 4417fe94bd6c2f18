//! Lists and maps that travel as one text.

use serde_json::{Map, Value};

use super::text::{text_of, value_of};
use crate::model::Type;

/// The items with the delimiter between them; of a map, `key=value`. Anything else stays as it is.
pub(super) fn join(delimiter: &str, value: &Value) -> Value {
    let texts: Vec<String> = match value {
        Value::Array(items) => items.iter().map(text_of).collect(),
        Value::Object(entries) => entries.iter().map(|(key, value)| format!("{key}={}", text_of(value))).collect(),
        other => return other.clone(),
    };
    Value::from(texts.join(delimiter))
}

/// The list or map that a text is the joined form of. No text is no item.
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
