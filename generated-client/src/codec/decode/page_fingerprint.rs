//! What a page of a list is known by.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::sanitize::parse_any;
use crate::codec::encode::json_text;
use crate::schema::{Object, ResponseShape, Value, View};

/// A number that pages with other rows hardly have. Rows are known by what each always has, such as an id, since the
/// rest of them may change from one answer to the next. Where there is no such thing, they are known by everything that
/// came.
pub(crate) fn page_fingerprint<T: Value>(items: &[T], body: &[u8], shape: ResponseShape) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut is_known = !items.is_empty();
    for item in items {
        is_known &= match item.view() {
            View::Object(object) => hash_always(object, &mut hasher),
            view => {
                json_text(view).hash(&mut hasher);
                true
            }
        };
    }
    if !is_known {
        rows(body, shape).hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether there is anything that is always there.
fn hash_always(object: &dyn Object, hasher: &mut DefaultHasher) -> bool {
    let mut fields = object.schema().fields.iter();
    let mut has_any = false;
    object.each(&mut |value| {
        if fields.next().is_some_and(|field| field.always) {
            json_text(value.view()).hash(hasher);
            has_any = true;
        }
    });
    has_any
}

fn rows(body: &[u8], shape: ResponseShape) -> String {
    let json = parse_any(body).unwrap_or_default();
    let rows = match shape {
        ResponseShape::List { key, .. } => json.pointer(&format!("/{}", key.replace('.', "/"))),
        ResponseShape::Bare | ResponseShape::Under(_) => None,
    };
    rows.unwrap_or(&json).to_string()
}
