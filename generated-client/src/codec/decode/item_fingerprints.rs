//! The fingerprints of the items of a page, to detect a page that is returned again.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::sanitize::parse_any;
use crate::codec::encode::json_text;
use crate::schema::{Object, ResponseShape, Value, View};

/// A hash of each item of a page. An item is identified by the fields that every item has, such as an id, because the
/// other fields may change between two answers. If these fields do not tell the items of the page apart, the whole JSON
/// of an item identifies it.
pub(crate) fn item_fingerprints<T: Value>(items: &[T], body: &[u8], shape: ResponseShape) -> Vec<u64> {
    let by_fields: Vec<u64> = items.iter().filter_map(|item| always_hash(item)).collect();
    let distinct: HashSet<u64> = by_fields.iter().copied().collect();
    if !items.is_empty() && distinct.len() == items.len() {
        return by_fields;
    }
    match items_json(body, shape) {
        serde_json::Value::Array(items) => items.iter().map(|item| hash(&item.to_string())).collect(),
        json => vec![hash(&json.to_string())],
    }
}

/// The hash of the fields that every answer has, if there are any, or of a plain value.
fn always_hash<T: Value>(item: &T) -> Option<u64> {
    match item.view() {
        View::Object(object) => hash_of_fields(object),
        view => Some(hash(&json_text(view))),
    }
}

fn hash_of_fields(object: &dyn Object) -> Option<u64> {
    let always = object.fields().filter(|(field, _)| field.is_always());
    let texts: Vec<_> = always.map(|(_, value)| json_text(value.view())).collect();
    (!texts.is_empty()).then(|| hash(&texts))
}

fn hash<H: Hash>(value: &H) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn items_json(body: &[u8], shape: ResponseShape) -> serde_json::Value {
    let mut json = parse_any(body).unwrap_or_default();
    match shape {
        ResponseShape::List { key, .. } => {
            json.pointer_mut(&format!("/{}", key.replace('.', "/"))).map(serde_json::Value::take)
        }
        ResponseShape::Bare | ResponseShape::Under(_) | ResponseShape::UnderOrBare(_) | ResponseShape::Says(_) => None,
    }
    .unwrap_or(json)
}
