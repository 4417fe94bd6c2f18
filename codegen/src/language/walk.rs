//! Which constructs there are.

use super::construct::{Construct, Value};
use super::facts::FACT;

/// All constructs in a value, also those inside others, each once.
pub(crate) fn constructs(value: &Value) -> Vec<&'static Construct> {
    let mut found = Vec::new();
    add(value, &mut found);
    found
}

fn add(value: &Value, found: &mut Vec<&'static Construct>) {
    for construct in outermost(value) {
        if !found.iter().any(|known| known.what == construct.what) {
            found.push(construct);
            construct.values().for_each(|value| add(value, found));
        }
    }
}

/// The constructs that a value can be or contain, without those inside them.
fn outermost(value: &Value) -> Vec<&'static Construct> {
    match value {
        Value::Keys(construct) => vec![construct()],
        Value::KeysBy(others, construct) => others.iter().map(|(_, of)| of()).chain([construct()]).collect(),
        Value::Fact(value) => [&FACT].into_iter().chain(outermost(value)).collect(),
        Value::Either(values) => values.iter().flat_map(outermost).collect(),
        Value::List(value)
        | Value::NonEmpty(value)
        | Value::Several(value)
        | Value::Map(value)
        | Value::MarkedMap(value)
        | Value::MarkedKey(value)
        | Value::OneKey(value) => outermost(value),
        Value::Text
        | Value::MaybeEmpty
        | Value::MaybeBlank
        | Value::Sentence
        | Value::Marked
        | Value::Type
        | Value::Format
        | Value::Characters
        | Value::Stay
        | Value::Condition
        | Value::Plain
        | Value::Count
        | Value::Integer
        | Value::Boolean
        | Value::Data
        | Value::Word(_) => Vec::new(),
    }
}
