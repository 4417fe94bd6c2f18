//! The answers recorded in the tests of the SDKs, compared with the answers that the spec describes.

use plivo_codegen::Model;
use plivo_codegen::interpret::{Violation, pointer_to, validate_answer};
use plivo_codegen::model::{self as spec, Field, Meta, ObjectId, One, Operation, ResponseShape, Type};
use serde_json::{Map, Value};

/// Keys of every answer. An error, if it says something, is all that an answer contains.
const ENVELOPE: [&str; 2] = ["api_id", "error"];
/// The keys of the position of a page.
const META: [&str; 4] = ["limit", "offset", "next", "previous"];

/// A field of an object in answers, with a value of it.
pub(crate) type Seen = (ObjectId, String, Value);

/// What the spec says about a recorded answer.
#[derive(Debug, Default)]
pub(crate) struct Drift {
    /// Pointers of the keys that are not described. The items of a list have `[]` in place of their number.
    pub(crate) unknown: Vec<String>,
    /// Why the answer cannot be decoded.
    pub(crate) violations: Vec<Violation>,
    /// The fields that it has.
    pub(crate) seen: Vec<Seen>,
}

impl Drift {
    pub(crate) fn size(&self) -> usize {
        self.unknown.len() + self.violations.len()
    }
}

/// Compares an answer with the descriptions of an operation: its answer, and the one of a request that is deferred.
pub(crate) fn drift(model: &Model, operation: &Operation, body: &Value) -> Drift {
    // A response without a body has nothing to compare.
    if body.is_null() || refuses(model, body) {
        return Drift::default();
    }
    let found = drift_of(model, &operation.answer, body);
    let deferred = model.deferral.as_ref().filter(|_| operation.deferral.is_some());
    match deferred {
        Some(deferral) if found.size() > 0 && drift_of(model, &deferral.answer, body).size() == 0 => Drift::default(),
        _ => found,
    }
}

/// Whether an answer reports an error.
pub(crate) fn refuses(model: &Model, body: &Value) -> bool {
    body.get(&model.errors.refusal).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty())
}

fn drift_of(model: &Model, answer: &spec::Answer, body: &Value) -> Drift {
    let mut violations = validate_answer(model, answer, body);
    violations.retain(|violation| violation.demand != "is not described");
    let mut walk = Walk { model, unknown: Vec::new(), seen: Vec::new() };
    if let Value::Object(given) = body {
        walk.answer(answer, given);
    }
    walk.unknown.sort();
    walk.unknown.dedup();
    Drift { unknown: walk.unknown, violations, seen: walk.seen }
}

/// A walk through an answer, which collects the fields that it has, and the keys that are not described.
struct Walk<'m> {
    model: &'m Model,
    unknown: Vec<String>,
    seen: Vec<Seen>,
}

impl Walk<'_> {
    fn answer(&mut self, answer: &spec::Answer, body: &Map<String, Value>) {
        match &answer.shape {
            ResponseShape::Bare => self.bare(&answer.ty, body, &ENVELOPE),
            ResponseShape::Under(key) if answer.unwrapped.is_some() && !body.contains_key(key) => {
                self.bare(&answer.ty, body, &[&ENVELOPE[..], &["message"]].concat());
            }
            ResponseShape::Under(key) => self.inside("", key, &answer.ty, body, &ENVELOPE),
            ResponseShape::Says { key, .. } => self.inside("", key, &Type::Any, body, &ENVELOPE),
            ResponseShape::List { key, total, meta, beside } => {
                let totals = total.iter().map(String::as_str);
                let position: Vec<&str> = META.into_iter().chain(totals).collect();
                let mut known = ENVELOPE.to_vec();
                match meta {
                    Meta::Object => known.push("meta"),
                    Meta::Flat => known.extend(&position),
                    Meta::None => {}
                }
                for name in beside.iter().flat_map(|id| self.model[*id].fields.iter().map(move |field| (*id, field))) {
                    let (id, field) = name;
                    self.seen.extend(body.get(&field.name).map(|value| (id, field.name.clone(), value.clone())));
                }
                known.extend(beside.iter().flat_map(|id| &self.model[*id].fields).map(|field| field.name.as_str()));
                let given = body.get("meta").and_then(Value::as_object).filter(|_| *meta == Meta::Object);
                for key in given.into_iter().flatten().map(|(key, _)| key) {
                    if !position.contains(&key.as_str()) {
                        self.unknown.push(pointer_to("/meta", key));
                    }
                }
                self.inside("", key, &Type::List(Box::new(answer.ty.clone())), body, &known);
            }
        }
    }

    /// Walks through what a key, with dots between its steps, leads to. Beside it, only the `known` keys are described.
    fn inside(&mut self, pointer: &str, key: &str, ty: &Type, given: &Map<String, Value>, known: &[&str]) {
        let (first, rest) = key.split_once('.').unwrap_or((key, ""));
        for (name, value) in given {
            let pointer = pointer_to(pointer, name);
            match value {
                Value::Object(given) if name == first && !rest.is_empty() => {
                    self.inside(&pointer, rest, ty, given, known);
                }
                _ if name == first => self.value(ty, &pointer, value),
                _ if known.contains(&name.as_str()) => {}
                _ => self.unknown.push(pointer),
            }
        }
    }

    fn bare(&mut self, ty: &Type, given: &Map<String, Value>, known: &[&str]) {
        if let Type::Object(id) = ty {
            self.object(*id, "", given, known);
        }
    }

    fn object(&mut self, id: ObjectId, pointer: &str, given: &Map<String, Value>, known: &[&str]) {
        // The empty name stands for the object itself.
        self.seen.push((id, String::new(), Value::Null));
        for (name, value) in given {
            let pointer = pointer_to(pointer, name);
            match self.model[id].fields.iter().find(|field| field.name == *name) {
                Some(field) => {
                    self.seen.push((id, name.clone(), value.clone()));
                    self.field(field, &pointer, value);
                }
                None if known.contains(&name.as_str()) => {}
                None => self.unknown.push(pointer),
            }
        }
    }

    fn field(&mut self, field: &Field, pointer: &str, value: &Value) {
        match &field.ty {
            Type::List(item) if field.one != One::Listed && !value.is_array() => self.value(item, pointer, value),
            ty => self.value(ty, pointer, value),
        }
    }

    fn value(&mut self, ty: &Type, pointer: &str, value: &Value) {
        match (ty, value) {
            (Type::Object(id), Value::Object(given)) => self.object(*id, pointer, given, &ENVELOPE),
            (Type::List(item), Value::Array(given)) => {
                given.iter().for_each(|value| self.value(item, &pointer_to(pointer, "[]"), value));
            }
            (Type::Map(item), Value::Object(given)) => {
                given.iter().for_each(|(key, value)| self.value(item, &pointer_to(pointer, key), value));
            }
            _ => {}
        }
    }
}
