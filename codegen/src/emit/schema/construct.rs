//! The schema of a mapping with known keys.

use super::value::{NAME_OF_A_TYPE, has_one_of, schema, schemas};
use crate::emit::json::{Object, texts};
use crate::language::{Construct, Key, More, Presence, Reference, TYPES, Types, Value};

pub(super) fn mapping(construct: &Construct, reference: &Reference) -> Object {
    let property = |key: &Key| {
        let described = described(schema(&key.value), reference.of(construct, key.name));
        (key.name.to_owned(), described.into())
    };
    let properties: Object = construct.keys.iter().map(property).collect();
    let is_mandatory = |key: &&Key| matches!(key.presence, Presence::Mandatory);
    let mut mandatory = construct.keys.iter().filter(is_mandatory).map(|key| key.name).peekable();
    let mut mapping = Object::new().with("type", "object").with("properties", properties);
    if mandatory.peek().is_some() {
        mapping.set("required", texts(mandatory));
    }
    let mut conditions: Vec<_> = construct.keys.iter().filter_map(presence).collect();
    match &construct.more {
        More::Nothing => mapping.set("additionalProperties", false),
        More::Something => {
            mapping.set("minProperties", 1_u64);
            mapping.set("additionalProperties", false);
        }
        More::Names(value) => mapping.set("additionalProperties", schema(value)),
        More::OneName(value) => {
            conditions.push(one_name(construct));
            mapping.set("additionalProperties", schema(value));
        }
        More::OfTypes(types) => {
            conditions.extend(of_types(construct, types));
            mapping.set("additionalProperties", false);
        }
    }
    if !conditions.is_empty() {
        mapping.set("allOf", schemas(conditions));
    }
    mapping
}

fn described(schema: Object, description: Option<&str>) -> Object {
    let Some(description) = description else { return schema };
    let mut described = Object::new().with("description", description);
    if schema.get("$ref").is_some() {
        // What is beside `$ref` does not count in draft 7.
        described.set("allOf", schemas([schema]));
    } else {
        described.extend(schema);
    }
    described
}

fn is_there(key: &str) -> Object {
    has_one_of(&[key])
}

fn not(schema: Object) -> Object {
    Object::new().with("not", schema)
}

fn then(condition: Object, consequence: Object) -> Object {
    Object::new().with("if", condition).with("then", consequence)
}

/// That keys are not allowed.
fn without(keys: impl IntoIterator<Item = &'static str>) -> Object {
    keys.into_iter().map(|key| (key.to_owned(), false.into())).collect()
}

fn presence(key: &Key) -> Option<Object> {
    match key.presence {
        Presence::Mandatory | Presence::Optional => None,
        Presence::Unless(others) => Some(then(not(has_one_of(others)), is_there(key.name))),
        Presence::InsteadOf(other) => {
            let alone = Object::new().with("properties", without([key.name]));
            Some(then(is_there(other), alone).with("else", is_there(key.name)))
        }
    }
}

/// One name beside the known keys, of which there is one at most.
fn one_name(construct: &Construct) -> Object {
    let entries = |number: u64| Object::new().with("minProperties", number).with("maxProperties", number);
    let known: Vec<_> = construct.keys.iter().map(|key| key.name).collect();
    then(has_one_of(&known), entries(2)).with("else", entries(1))
}

/// Which keys the types have.
fn of_types(construct: &Construct, types: &'static Types) -> Vec<Object> {
    let all = types.all_keys();
    let rule = |(ty, keys): &(&'static str, &'static [&'static str])| {
        let others = all.iter().copied().filter(|key| !keys.contains(key));
        let keys = Object::new().with("required", texts(keys.iter().copied())).with("properties", without(others));
        then(is_of_type(ty, types), keys)
    };
    let mut rules: Vec<_> = types.keys.iter().map(rule).collect();
    if matches!(construct.key("type").map(|key| &key.value), Some(Value::Type)) {
        let plain = TYPES.into_iter().filter(|ty| !types.keys.iter().any(|(of, _)| of == ty));
        let forms = [Object::new().with("enum", texts(plain)), Object::new().with("pattern", NAME_OF_A_TYPE)];
        let is_plain = has_type(Object::new().with("anyOf", schemas(forms)));
        rules.push(then(is_plain, Object::new().with("properties", without(all))));
    }
    rules
}

fn has_type(schema: Object) -> Object {
    is_there("type").with("properties", Object::new().with("type", schema))
}

/// Whether a type is written, or a key implies it.
fn is_of_type(ty: &'static str, types: &Types) -> Object {
    let written = has_type(Object::new().with("const", ty));
    let implying = types.implied.iter().position(|(_, implied)| *implied == ty);
    let Some(position) = implying else { return written };
    let (key, _) = types.implied[position];
    let before: Vec<_> = ["type"].into_iter().chain(types.implied[..position].iter().map(|(key, _)| *key)).collect();
    let implied = is_there(key).with("not", has_one_of(&before));
    Object::new().with("anyOf", schemas([written, implied]))
}
