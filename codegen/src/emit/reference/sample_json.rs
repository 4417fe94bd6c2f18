//! JSON in the order of the spec: a page shows the keys of a sample as it lists the fields.

use serde_json::{Map, Value};

use crate::model::{Answer, Field, Model, ResponseShape, Type};

/// An object with one line for each key. Keys without a field follow the others.
pub(super) fn pretty(model: &Model, fields: &[Field], value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(object) => write_object(model, fields, object, 0, &mut text),
        other => write(model, None, other, 0, &mut text),
    }
    text
}

/// An answer with one line for each key. The object that it is about has the order of its fields.
pub(super) fn pretty_answer(model: &Model, answer: &Answer, value: &Value) -> String {
    let fields = answer.object().map(|id| &model[id].fields[..]).unwrap_or_default();
    let keys: Vec<&str> = match &answer.shape {
        ResponseShape::Under(key) | ResponseShape::List { key, .. } => key.split('.').collect(),
        ResponseShape::Bare | ResponseShape::Says { .. } => return pretty(model, fields, value),
    };
    let mut text = String::new();
    match value {
        // An answer can have the object itself in place of the key.
        Value::Object(object) if !keys.first().is_some_and(|key| object.contains_key(*key)) => {
            write_object(model, fields, object, 0, &mut text)
        }
        Value::Object(object) => write_around(model, &keys, &answer.ty, object, 0, &mut text),
        other => write(model, None, other, 0, &mut text),
    }
    text
}

/// An object in which the keys lead to values of a type.
fn write_around(model: &Model, keys: &[&str], ty: &Type, object: &Map<String, Value>, depth: usize, text: &mut String) {
    let entries = object.iter().map(|(key, value)| {
        move |text: &mut String| {
            text.push_str(&format!("{}: ", Value::from(key.as_str())));
            match (keys, value) {
                ([first, rest @ ..], Value::Object(inner)) if first == key && !rest.is_empty() => {
                    write_around(model, rest, ty, inner, depth + 1, text);
                }
                ([first], Value::Array(_)) if first == key => {
                    write(model, Some(&Type::List(Box::new(ty.clone()))), value, depth + 1, text);
                }
                ([first], _) if first == key => write(model, Some(ty), value, depth + 1, text),
                _ => write(model, None, value, depth + 1, text),
            }
        }
    });
    write_lines(['{', '}'], entries, depth, text);
}

fn write(model: &Model, ty: Option<&Type>, value: &Value, depth: usize, text: &mut String) {
    match (value, ty) {
        (Value::Object(object), Some(Type::Object(id))) => {
            write_object(model, &model[*id].fields, object, depth, text);
        }
        (Value::Object(object), _) => write_object(model, &[], object, depth, text),
        (Value::Array(items), _) if items.iter().any(|item| item.is_object() || item.is_array()) => {
            let inner = if let Some(Type::List(inner)) = ty { Some(&**inner) } else { None };
            let items = items.iter().map(|item| move |text: &mut String| write(model, inner, item, depth + 1, text));
            write_lines(['[', ']'], items, depth, text);
        }
        (other, _) => text.push_str(&other.to_string()),
    }
}

fn write_object(model: &Model, fields: &[Field], object: &Map<String, Value>, depth: usize, text: &mut String) {
    let field = |key: &str| fields.iter().position(|field| field.name == key);
    let mut entries: Vec<_> = object.iter().map(|(key, value)| (field(key), key, value)).collect();
    entries.sort_by_key(|(position, ..)| position.unwrap_or(usize::MAX));
    let entries = entries.into_iter().map(|(position, key, value)| {
        move |text: &mut String| {
            text.push_str(&Value::from(key.as_str()).to_string());
            text.push_str(": ");
            write(model, position.map(|position| &fields[position].ty), value, depth + 1, text);
        }
    });
    write_lines(['{', '}'], entries, depth, text);
}

fn write_lines(
    [open, close]: [char; 2],
    items: impl Iterator<Item = impl FnOnce(&mut String)>,
    depth: usize,
    text: &mut String,
) {
    text.push(open);
    let mut is_empty = true;
    for item in items {
        text.push_str(if is_empty { "\n" } else { ",\n" });
        text.push_str(&"  ".repeat(depth + 1));
        item(text);
        is_empty = false;
    }
    if !is_empty {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    }
    text.push(close);
}
