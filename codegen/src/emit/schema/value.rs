//! The schema of a value.

use crate::duration;
use crate::emit::json::{Json, Object, texts};
use crate::language::{Construct, END, FACT, TYPES, Value, WAIT};
use crate::model::{Characters, Format};

/// A character that is seen.
const VISIBLE: &str = "[^ ]";

/// A name, at the end of which is no blank.
const NAME: &str = "[^ ]$";

/// A name, with or without `!` at its end.
const MARKED: &str = "^[^!]*[^! ]!?$";

/// The name of a declared format.
const NAME_IN_SNAKE_CASE: &str = "^[a-z0-9_]+$";

const ONE_CHARACTER: &str = "^.$";

/// The name of a type, as opposed to a word of the language.
pub(super) const NAME_OF_A_TYPE: &str = "^[A-Z]";

pub(super) fn schema(value: &Value) -> Object {
    match value {
        Value::Text => text(VISIBLE),
        Value::MaybeEmpty => of_type("string"),
        Value::MaybeBlank => of_type("string").with("minLength", 1_u64),
        Value::Sentence => text("\\.$"),
        Value::Marked => text(MARKED),
        Value::Type => of_type("string").with("anyOf", words_or(value, NAME_OF_A_TYPE)),
        Value::Format => of_type("string").with("anyOf", words_or(value, NAME_IN_SNAKE_CASE)),
        Value::Characters => of_type("string").with("anyOf", words_or(value, ONE_CHARACTER)),
        Value::Stay => of_type("string").with("anyOf", words_or(value, &stay())),
        Value::Condition => Object::new().with("type", texts(["string", "boolean"])),
        Value::Plain => Object::new().with("type", texts(["string", "number", "boolean"])),
        Value::Count => of_type("integer").with("minimum", 0_u64),
        Value::Integer => of_type("integer"),
        Value::Boolean => of_type("boolean"),
        Value::Data => Object::new(),
        Value::Word(_) => Object::new().with("enum", texts(words(value))),
        Value::List(item) => list(item),
        Value::NonEmpty(item) => list(item).with("minItems", 1_u64),
        Value::Several(item) => list(item).with("minItems", 2_u64).with("uniqueItems", true),
        Value::Map(value) => map(NAME, value),
        Value::MarkedMap(value) => map(MARKED, value),
        Value::OneKey(value) => one(map(NAME, value)),
        Value::MarkedKey(value) => one(map(MARKED, value)),
        Value::Keys(construct) => reference(construct()),
        Value::KeysBy(others, construct) => {
            by_keys(others.iter().map(|(keys, of)| (*keys, of())).collect(), construct())
        }
        Value::Fact(value) => suggesting(value, either("object", stated(value), schema(value))),
        Value::Either(values) => choice(values),
    }
}

/// What has to be a construct.
pub(super) fn reference(construct: &Construct) -> Object {
    Object::new().with("$ref", format!("#/definitions/{}", name(construct)))
}

/// The name of the schema of a construct.
pub(super) fn name(construct: &Construct) -> String {
    match construct.what.strip_prefix('`') {
        Some(key) => format!("value_of_{}", key.trim_end_matches('`')),
        None => construct.what.split_once(' ').map_or(construct.what, |(_, noun)| noun).replace(' ', "_"),
    }
}

/// Whether one of the keys is there.
pub(super) fn has_one_of(keys: &[&str]) -> Object {
    match keys {
        [key] => Object::new().with("required", texts([*key])),
        _ => Object::new().with("anyOf", schemas(keys.iter().map(|key| has_one_of(&[key])))),
    }
}

fn of_type(name: &str) -> Object {
    Object::new().with("type", name)
}

fn text(pattern: &str) -> Object {
    of_type("string").with("pattern", pattern)
}

/// A list of schemas.
pub(super) fn schemas(schemas: impl IntoIterator<Item = Object>) -> Json {
    schemas.into_iter().map(Json::from).collect()
}

/// The words that a value can be.
fn words(value: &Value) -> Vec<&'static str> {
    match value {
        Value::Type => TYPES.to_vec(),
        Value::Format => Format::BUILT_IN.iter().map(|(name, _)| *name).collect(),
        Value::Characters => Characters::WORDS.iter().map(|(word, _)| *word).collect(),
        Value::Stay => vec![WAIT, END],
        Value::Word(words) => words.names(),
        _ => Vec::new(),
    }
}

/// A word, or what has another form.
fn words_or(value: &Value, form: &str) -> Json {
    schemas([Object::new().with("enum", texts(words(value))), Object::new().with("pattern", form)])
}

/// Editors do not look for words behind `else`. What is added here accepts everything.
fn suggesting(value: &Value, schema: Object) -> Object {
    match words(value) {
        none if none.is_empty() => schema,
        words => schema.with("anyOf", schemas([Object::new().with("enum", texts(words)), Object::new()])),
    }
}

/// A time that is not zero.
fn stay() -> String {
    format!("^0*[1-9][0-9]*({})$", duration::units().join("|"))
}

fn list(item: &Value) -> Object {
    of_type("array").with("items", schema(item))
}

fn map(name: &str, value: &Value) -> Object {
    let names = Object::new().with("pattern", name);
    of_type("object").with("propertyNames", names).with("additionalProperties", schema(value))
}

fn one(map: Object) -> Object {
    map.with("minProperties", 1_u64).with("maxProperties", 1_u64)
}

/// A mapping of a value and of who states it.
fn stated(value: &Value) -> Object {
    let is = Object::new().with("properties", Object::new().with("is", schema(value)));
    Object::new().with("allOf", schemas([reference(&FACT), is]))
}

fn either(kind: &str, of_kind: Object, other: Object) -> Object {
    Object::new().with("if", of_type(kind)).with("then", of_kind).with("else", other)
}

/// The alternatives are told apart by their kind, so that an editor shows the mistake in the one that was meant.
fn choice(values: &[Value]) -> Object {
    let (scalars, others): (Vec<_>, Vec<_>) = values.iter().partition(|value| kind(value).is_none());
    let (last, others) = match (scalars.first(), others.as_slice()) {
        (Some(scalar), _) => (*scalar, &others[..]),
        (None, [others @ .., last]) => (*last, others),
        (None, []) => return Object::new(),
    };
    let chosen = others.iter().rev().fold(schema(last), |other, value| {
        kind(value).map_or(other.clone(), |kind| either(kind, schema(value), other))
    });
    suggesting(last, chosen)
}

/// The type of a value that is a list or a mapping.
fn kind(value: &Value) -> Option<&'static str> {
    match value {
        Value::List(_) | Value::NonEmpty(_) | Value::Several(_) => Some("array"),
        Value::Map(_)
        | Value::MarkedMap(_)
        | Value::OneKey(_)
        | Value::MarkedKey(_)
        | Value::Keys(_)
        | Value::KeysBy(..) => Some("object"),
        _ => None,
    }
}

/// The keys that decide are properties too, so that an editor completes them.
fn by_keys(others: Vec<(&[&str], &Construct)>, construct: &Construct) -> Object {
    let deciding = others.iter().flat_map(|(keys, _)| keys.iter().copied());
    let properties: Object = deciding.map(|key| (key.to_owned(), Object::new().into())).collect();
    let chosen = others.into_iter().rev().fold(reference(construct), |other, (keys, of)| {
        Object::new().with("if", has_one_of(keys)).with("then", reference(of)).with("else", other)
    });
    of_type("object").with("properties", properties).with("allOf", schemas([chosen]))
}
