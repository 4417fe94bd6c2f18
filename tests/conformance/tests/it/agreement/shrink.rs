//! Shrinks a request while it still has a property.

use serde_json::{Map, Value};

/// Removes parts of the request as long as the property holds.
pub(super) fn shrink(
    mut request: Map<String, Value>,
    mut holds: impl FnMut(&Map<String, Value>) -> bool,
) -> Map<String, Value> {
    while let Some(smaller) = smaller_objects(&request).into_iter().find(&mut holds) {
        request = smaller;
    }
    request
}

/// All objects with one entry removed or reduced.
fn smaller_objects(object: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut smaller = Vec::new();
    for (name, value) in object {
        let mut without = object.clone();
        without.remove(name);
        smaller.push(without);
        for value in smaller_values(value) {
            let mut changed = object.clone();
            changed.insert(name.clone(), value);
            smaller.push(changed);
        }
    }
    smaller
}

fn smaller_values(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(object) => smaller_objects(object).into_iter().map(Value::Object).collect(),
        Value::Array(items) => (0..items.len()).map(|index| Value::Array(without(items, index))).collect(),
        Value::String(text) => {
            let letters: Vec<char> = text.chars().collect();
            let half = letters[..letters.len() / 2].iter().collect::<String>();
            let halves = (letters.len() > 2).then_some(half).into_iter();
            let ones = (0..letters.len()).map(|index| without(&letters, index).into_iter().collect::<String>());
            halves.chain(ones).map(Value::from).collect()
        }
        _ => Vec::new(),
    }
}

fn without<T: Clone>(items: &[T], index: usize) -> Vec<T> {
    [&items[..index], &items[index + 1..]].concat()
}

#[test]
fn irrelevant_parts_are_removed() {
    let request = serde_json::json!({ "a": { "b": "12x4", "c": 1 }, "d": [1, 2], "e": "x" });
    let request = request.as_object().expect("an object").clone();
    let holds = |request: &Map<String, Value>| {
        Value::Object(request.clone())
            .pointer("/a/b")
            .is_some_and(|value| value.as_str().is_some_and(|text| text.contains('x')))
    };
    assert_eq!(Value::Object(shrink(request, holds)), serde_json::json!({ "a": { "b": "x" } }));
}
