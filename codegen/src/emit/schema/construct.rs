//! The schema of a mapping with known keys.

use super::json::{Json, object};
use super::value::{NAME_OF_A_TYPE, has_one_of, schema};
use crate::language::{Construct, Key, More, Presence, Reference, TYPES, Types, Value};

pub(super) fn mapping(construct: &Construct, reference: &Reference) -> Json {
    let property = |key: &Key| (key.name.to_owned(), described(schema(&key.value), reference.of(construct, key.name)));
    let properties = Json::Object(construct.keys.iter().map(property).collect());
    let is_mandatory = |key: &&Key| matches!(key.presence, Presence::Mandatory);
    let mandatory: Vec<_> = construct.keys.iter().filter(is_mandatory).map(|key| key.name).collect();
    let mut mapping = object([("type", "object".into()), ("properties", properties)]);
    if !mandatory.is_empty() {
        mapping = mapping.with([("required", mandatory.into())]);
    }
    let mut conditions: Vec<_> = construct.keys.iter().filter_map(presence).collect();
    let names = match &construct.more {
        More::Nothing => false.into(),
        More::Something => {
            mapping = mapping.with([("minProperties", 1.into())]);
            false.into()
        }
        More::Names(value) => schema(value),
        More::OneName(value) => {
            conditions.push(one_name(construct));
            schema(value)
        }
        More::OfTypes(types) => {
            conditions.extend(of_types(construct, types));
            false.into()
        }
    };
    mapping = mapping.with([("additionalProperties", names)]);
    if conditions.is_empty() { mapping } else { mapping.with([("allOf", conditions.into())]) }
}

fn described(schema: Json, description: Option<&str>) -> Json {
    let Some(description) = description else { return schema };
    // What is beside `$ref` does not count in draft 7.
    let schema = if schema.has("$ref") { object([("allOf", vec![schema].into())]) } else { schema };
    object([("description", description.into())]).and(schema)
}

fn is_there(key: &str) -> Json {
    has_one_of(&[key])
}

fn not(schema: Json) -> Json {
    object([("not", schema)])
}

fn then(condition: Json, consequence: Json) -> Json {
    object([("if", condition), ("then", consequence)])
}

/// That keys are not allowed.
fn without(keys: impl IntoIterator<Item = &'static str>) -> Json {
    let forbidden = keys.into_iter().map(|key| (key.to_owned(), false.into())).collect();
    object([("properties", Json::Object(forbidden))])
}

fn presence(key: &Key) -> Option<Json> {
    match key.presence {
        Presence::Mandatory | Presence::Optional => None,
        Presence::Unless(others) => Some(then(not(has_one_of(others)), is_there(key.name))),
        Presence::InsteadOf(other) => {
            let alone = then(is_there(other), without([key.name]));
            Some(alone.with([("else", is_there(key.name))]))
        }
    }
}

/// One name beside the known keys, of which there is one at most.
fn one_name(construct: &Construct) -> Json {
    let entries = |number: u64| object([("minProperties", number.into()), ("maxProperties", number.into())]);
    let known: Vec<_> = construct.keys.iter().map(|key| key.name).collect();
    then(has_one_of(&known), entries(2)).with([("else", entries(1))])
}

/// Which keys the types have.
fn of_types(construct: &Construct, types: &'static Types) -> Vec<Json> {
    let all = types.all_keys();
    let rule = |(ty, keys): &(&'static str, &'static [&'static str])| {
        let others = all.iter().copied().filter(|key| !keys.contains(key));
        then(is_of_type(ty, types), object([("required", keys.to_vec().into())]).and(without(others)))
    };
    let mut rules: Vec<_> = types.keys.iter().map(rule).collect();
    if matches!(construct.key("type").map(|key| &key.value), Some(Value::Type)) {
        let plain: Vec<_> = TYPES.into_iter().filter(|ty| !types.keys.iter().any(|(of, _)| of == ty)).collect();
        let forms = vec![object([("enum", plain.into())]), object([("pattern", NAME_OF_A_TYPE.into())])];
        rules.push(then(has_type(object([("anyOf", forms.into())])), without(all)));
    }
    rules
}

fn has_type(schema: Json) -> Json {
    is_there("type").with([("properties", object([("type", schema)]))])
}

/// Whether a type is written, or a key implies it.
fn is_of_type(ty: &'static str, types: &Types) -> Json {
    let written = has_type(object([("const", ty.into())]));
    let implying = types.implied.iter().position(|(_, implied)| *implied == ty);
    let Some(position) = implying else { return written };
    let (key, _) = types.implied[position];
    let before: Vec<_> = ["type"].into_iter().chain(types.implied[..position].iter().map(|(key, _)| *key)).collect();
    let implied = is_there(key).with([("not", has_one_of(&before))]);
    object([("anyOf", vec![written, implied].into())])
}
