//! The structs in which the Go SDK reads answers, as made-up bodies.

use serde_json::{Map, Value, json};

use crate::evidence::{Folder, StructField};

/// How deep structs are followed. Some contain themselves.
const DEPTH: usize = 6;

/// A body for each struct that an operation answers with.
pub(crate) fn bodies(folder: &Folder, operation: &str) -> Vec<Value> {
    let of_operation = |row: &&StructField| row.role == "answer" && row.of.iter().any(|of| of == operation);
    let mut names: Vec<&str> = folder.structs.iter().filter(of_operation).map(|row| row.name.as_str()).collect();
    names.dedup();
    names.into_iter().map(|name| body(folder, name, DEPTH)).collect()
}

fn body(folder: &Folder, name: &str, depth: usize) -> Value {
    let mut body = Map::new();
    // One struct has the keys of the position of all lists.
    let rows = folder.structs.iter().filter(|row| row.name == name && row.key.split('.').next() != Some("meta"));
    for row in rows {
        // Go reads the key of a field without a tag in any letter case.
        let is_tagged = !row.key.starts_with(|letter: char| letter.is_uppercase());
        let key = if is_tagged { row.key.clone() } else { row.key.to_lowercase() };
        insert(&mut body, &key, value(folder, row, depth));
    }
    Value::Object(body)
}

/// Inserts a value at a key with dots between its steps.
fn insert(body: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            body.entry(key).or_insert(value);
        }
        Some((first, rest)) => match body.entry(first).or_insert_with(|| json!({})) {
            Value::Array(items) => items.iter_mut().for_each(|item| insert_into(item, rest, value.clone())),
            inner => insert_into(inner, rest, value),
        },
    }
}

fn insert_into(owner: &mut Value, key: &str, value: Value) {
    if !owner.is_object() {
        *owner = json!({});
    }
    if let Value::Object(owner) = owner {
        insert(owner, key, value);
    }
}

fn value(folder: &Folder, row: &StructField, depth: usize) -> Value {
    let ty = row.ty.trim_end_matches(" always").trim_start_matches('*');
    if let Some(item) = ty.strip_prefix("[]") {
        return json!([of_type(folder, row, item.trim_start_matches('*'), depth)]);
    }
    of_type(folder, row, ty, depth)
}

fn of_type(folder: &Folder, row: &StructField, ty: &str, depth: usize) -> Value {
    match ty {
        "string" => json!("text"),
        "time.Time" => json!("2026-01-01T00:00:00Z"),
        "int" | "int8" | "int16" | "int32" | "int64" | "uint" | "uint64" => json!(1),
        "float32" | "float64" => json!(0.5),
        "bool" => json!(true),
        _ => {
            let is_part = |other: &&StructField| {
                other.role == "answer part" && (other.name == ty || other.of.contains(&row.key)) && depth > 0
            };
            let part = folder.structs.iter().find(|other| is_part(other) && other.name == ty);
            part.map_or(Value::Null, |part| body(folder, &part.name, depth - 1))
        }
    }
}
