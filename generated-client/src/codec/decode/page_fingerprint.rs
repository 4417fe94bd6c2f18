//! The fingerprint of a page, to detect a page that is returned again.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::sanitize::parse_any;
use crate::codec::encode::json_text;
use crate::schema::{Object, ResponseShape, Value, View};

/// A hash of the items of a page. An item is identified by the fields that every item has, such as an id, because the
/// other fields may change between two answers. If an item has no such fields, the JSON of all items is hashed too.
pub(crate) fn page_fingerprint<T: Value>(items: &[T], body: &[u8], shape: ResponseShape) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut is_identified = !items.is_empty();
    for item in items {
        is_identified &= match item.view() {
            View::Object(object) => hash_always(object, &mut hasher),
            view => {
                json_text(view).hash(&mut hasher);
                true
            }
        };
    }
    if !is_identified {
        items_json(body, shape).hash(&mut hasher);
    }
    hasher.finish()
}

/// Hashes the fields that every answer has. Returns whether there are any.
fn hash_always(object: &dyn Object, hasher: &mut DefaultHasher) -> bool {
    let mut has_any = false;
    for (_, value) in object.fields().filter(|(field, _)| field.always) {
        json_text(value.view()).hash(hasher);
        has_any = true;
    }
    has_any
}

fn items_json(body: &[u8], shape: ResponseShape) -> String {
    let json = parse_any(body).unwrap_or_default();
    let items = match shape {
        ResponseShape::List { key, .. } => json.pointer(&format!("/{}", key.replace('.', "/"))),
        ResponseShape::Bare | ResponseShape::Under(_) | ResponseShape::Says(_) => None,
    };
    items.unwrap_or(&json).to_string()
}
