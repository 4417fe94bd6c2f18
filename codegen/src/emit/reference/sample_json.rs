//! JSON in the order of the spec: a page shows the keys of a sample as it lists the fields.

use serde_json::{Map, Value};

use crate::model::{Field, Model, Type};

/// An object with one line for each key. Keys without a field follow the others.
pub(super) fn pretty(model: &Model, fields: &[Field], value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Object(object) => write_object(model, fields, object, 0, &mut text),
        other => write(model, None, other, 0, &mut text),
    }
    text
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
