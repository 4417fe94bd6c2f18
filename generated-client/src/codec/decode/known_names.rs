//! The field names of an answer in the spec. Only these may be shown, because other keys may be data.

use std::collections::BTreeSet;

use super::answer::Target;
use crate::schema::{List, Operation, ResponseShape, Value, ValueKind};

/// All names that may occur in an answer of the operation.
pub(super) fn known_names(operation: &Operation, target: &mut Target<'_>) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::from(["api_id", "meta", operation.api.refusal]);
    match operation.answer {
        ResponseShape::Bare => {}
        ResponseShape::Under(key)
        | ResponseShape::UnderOrBare(key)
        | ResponseShape::Says(key)
        | ResponseShape::List { key, .. } => names.extend(key.split('.')),
    }
    match target {
        Target::One(value) => collect(*value, 0, &mut names),
        Target::Page(value, meta, beside) => {
            collect(*value, 0, &mut names);
            collect(*meta, 0, &mut names);
            if let Some(beside) = beside {
                collect(*beside, 0, &mut names);
            }
        }
    }
    names
}

/// Creates the parts of a value to learn their names. The depth is bounded: an object may hold objects of its own type.
fn collect(value: &mut dyn Value, depth: usize, names: &mut BTreeSet<&'static str>) {
    const MAX_DEPTH: usize = 6;
    if depth > MAX_DEPTH {
        return;
    }
    match value.kind() {
        ValueKind::Object => {
            let Some(object) = value.as_object_mut() else { return };
            for (index, field) in object.schema().fields.iter().enumerate() {
                names.insert(field.name);
                if let Some(slot) = object.get_mut(index) {
                    collect(slot, depth + 1, names);
                }
            }
        }
        ValueKind::List => {
            if let Some(item) = value.as_list_mut().and_then(List::push) {
                collect(item, depth + 1, names);
            }
        }
        ValueKind::Map => {
            if let Some(map) = value.as_map_mut() {
                collect(map.entry(""), depth + 1, names);
            }
        }
        _ => {}
    }
}
