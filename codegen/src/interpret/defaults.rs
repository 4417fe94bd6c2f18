//! What is assumed if a request gives no value.

use serde_json::{Map, Value};

use crate::model::{Model, ObjectId, Type};

/// Adds the defaults of the fields that have no value, also inside the objects that do.
pub fn assume_defaults(model: &Model, id: ObjectId, object: &mut Map<String, Value>) {
    for field in &model[id].fields {
        match (object.get_mut(&field.name), &field.default) {
            (Some(value), _) => assume_inside(model, &field.ty, value),
            (None, Some(default)) => {
                object.insert(field.name.clone(), default.is.clone());
            }
            (None, None) => {}
        }
    }
}

fn assume_inside(model: &Model, ty: &Type, value: &mut Value) {
    match (ty, value) {
        (Type::Object(id), Value::Object(object)) => assume_defaults(model, *id, object),
        (Type::List(items), Value::Array(values)) => {
            values.iter_mut().for_each(|value| assume_inside(model, items, value));
        }
        (Type::Map(items), Value::Object(entries)) => {
            entries.values_mut().for_each(|value| assume_inside(model, items, value));
        }
        _ => {}
    }
}
