//! The smallest request that still does something.

use serde_json::{Map, Value};

/// Makes the request smaller for as long as it still does it.
pub(super) fn smallest(
    mut request: Map<String, Value>,
    mut does: impl FnMut(&Map<String, Value>) -> bool,
) -> Map<String, Value> {
    while let Some(smaller) = without_one(&request).into_iter().find(&mut does) {
        request = smaller;
    }
    request
}

/// The object with one entry less, or with a smaller one.
fn without_one(object: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let mut smaller = Vec::new();
    for (name, value) in object {
        let mut without = object.clone();
        without.remove(name);
        smaller.push(without);
        for value in reduced(value) {
            let mut changed = object.clone();
            changed.insert(name.clone(), value);
            smaller.push(changed);
        }
    }
    smaller
}

fn reduced(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(object) => without_one(object).into_iter().map(Value::Object).collect(),
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
fn what_does_not_matter_goes() {
    let request = serde_json::json!({ "a": { "b": "12x4", "c": 1 }, "d": [1, 2], "e": "x" });
    let request = request.as_object().expect("an object").clone();
    let does = |request: &Map<String, Value>| {
        Value::Object(request.clone())
            .pointer("/a/b")
            .is_some_and(|value| value.as_str().is_some_and(|text| text.contains('x')))
    };
    assert_eq!(Value::Object(smallest(request, does)), serde_json::json!({ "a": { "b": "x" } }));
}
