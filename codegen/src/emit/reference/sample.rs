//! One request and its answer: as curl, in Rust and as JSON.

use serde_json::{Map, Value, json};

use super::curl::curl;
use super::page::Sample;
use super::sample_json::{pretty, pretty_answer};
use super::subject::Subject;
use crate::emit::rust;
use crate::interpret::{example_of, example_value, shows_success, stored_form};
use crate::model::{Body, Example, Field, Location, Model, ObjectId, Operation, Presence, ResponseShape, Type};

/// How deep objects in objects are filled.
const DEEPEST: usize = 3;

/// How many required fields of an object inside an object of the request are filled.
const MOST: usize = 8;

/// The documented request that causes the fewest warnings. An operation without one gets a request that sets what is
/// required.
pub(super) fn sample(subject: Subject<'_>, examples: &[Example], operation: &Operation) -> Sample {
    let model = subject.model;
    let documented = || operation.examples.iter().filter_map(|index| examples.get(*index));
    let example = documented().min_by_key(|example| example.warns.len());
    let values = sent(model, operation, example);
    let fields = &model[operation.request].fields;
    let body = body(operation, fields, &values);
    let answers = example.into_iter().chain(documented());
    let answer = answers.filter(|example| shows_success(model, operation, example)).find_map(|it| it.answer.clone());
    let answer = answer.or_else(|| made_answer(model, examples, &values, operation));
    let body = (!body.is_empty()).then(|| pretty(model, fields, &Value::Object(body)));
    Sample {
        example: example.map(|example| example.name.clone()),
        curl: if subject.is_full { curl(model, operation, &values, body.as_deref()) } else { String::new() },
        rust: if subject.is_full { rust::sample(model, subject.owner, operation) } else { Vec::new() },
        body,
        answer: answer.map(|answer| pretty_answer(model, &operation.answer, &answer)),
    }
}

/// The fields of the body, and what every request sends in it. A form with an object has its files beside that.
fn body(operation: &Operation, fields: &[Field], values: &Map<String, Value>) -> Map<String, Value> {
    let is_apart = matches!(operation.body, Body::Multipart { data: Some(_) });
    let in_body = fields.iter().filter(|field| field.location == Location::Body);
    let in_body = in_body.filter(|field| !(is_apart && field.ty == Type::File));
    let given = in_body.filter_map(|field| Some((field.name.clone(), values.get(&field.name)?.clone())));
    let fixed = operation.fixed.iter().filter(|fixed| fixed.location == Location::Body);
    given.chain(fixed.map(|fixed| (fixed.name.clone(), json!(fixed.value)))).collect()
}

/// What a request sends, by the names of its fields.
fn sent(model: &Model, operation: &Operation, example: Option<&Example>) -> Map<String, Value> {
    let request = &model[operation.request];
    let given = example.map_or(&Value::Null, |example| &example.request);
    let mut sent = Map::new();
    for field in rust::fields_to_set(request, given) {
        let value = given.get(&field.name).cloned().unwrap_or_else(|| stand_in(model, field, 0));
        sent.insert(field.name.clone(), stored_form(model, field, &value));
    }
    for (key, value) in example.iter().flat_map(|example| &example.sends) {
        if value.is_null() {
            sent.remove(key)
        } else {
            sent.insert(key.clone(), value.clone())
        };
    }
    sent
}

/// A value for a field that no example has.
fn stand_in(model: &Model, field: &Field, depth: usize) -> Value {
    let own = field.example.as_ref().map(|text| example_value(&field.ty, text));
    let made = own.or_else(|| field.default.as_ref().map(|default| default.is.clone()));
    made.or_else(|| example_of(model, field)).unwrap_or_else(|| of_type(model, field, &field.ty, depth))
}

fn of_type(model: &Model, field: &Field, ty: &Type, depth: usize) -> Value {
    match ty {
        Type::Integer | Type::Number => json!(field.constraints.min.as_ref().map_or(1, |least| least.is)),
        Type::Boolean => json!(true),
        Type::Enum(id) => model[*id].values.first().map_or(Value::Null, |value| json!(value.wire)),
        Type::Choice(id) => json!(model[*id].example()),
        Type::Object(id) if depth < DEEPEST => Value::Object(required(model, *id, depth + 1)),
        Type::List(items) => json!([of_type(model, field, items, depth)]),
        Type::Map(items) => json!({ "name": of_type(model, field, items, depth) }),
        Type::File => json!({ "name": "file" }),
        Type::Object(_) => json!({}),
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Any => json!(format!("<{}>", field.name)),
    }
}

fn required(model: &Model, id: ObjectId, depth: usize) -> Map<String, Value> {
    let required = model[id].fields.iter().filter(|field| matches!(field.presence, Presence::Required(_)));
    let most = if depth > 1 { MOST } else { usize::MAX };
    required.take(most).map(|field| (field.name.clone(), stand_in(model, field, depth))).collect()
}

/// An answer that shows the object of this request, or of another documented one of the resource.
fn made_answer(model: &Model, examples: &[Example], sent: &Map<String, Value>, operation: &Operation) -> Option<Value> {
    let object = || {
        let documented = examples.iter().filter_map(|example| example.request.as_object());
        let shown = std::iter::once(sent).chain(documented).collect();
        Some(Value::Object(Shown { model, shown }.object(operation.answer.object()?)))
    };
    match &operation.answer.shape {
        ResponseShape::Bare => object(),
        ResponseShape::Under(key) => Some(json!({ key.as_str(): object()? })),
        ResponseShape::Says { key, text } => Some(json!({ key.as_str(): text.as_ref()? })),
        ResponseShape::List { key, .. } => Some(json!({ key.as_str(): [object()?] })),
    }
}

/// The objects that an answer can show.
struct Shown<'m> {
    model: &'m Model,
    shown: Vec<&'m Map<String, Value>>,
}

impl Shown<'_> {
    /// An object with the fields that have a value somewhere, and with those that are always present.
    fn object(&self, id: ObjectId) -> Map<String, Value> {
        let fields = self.model[id].fields.iter();
        fields.filter_map(|field| Some((field.name.clone(), self.field(field)?))).collect()
    }

    fn field(&self, field: &Field) -> Option<Value> {
        let is_said = |value: &&Value| !value.is_null() && value.as_str() != Some("");
        let name = field.holds.as_ref().unwrap_or(&field.name);
        let sent = self.shown.iter().find_map(|shown| shown.get(name).filter(is_said)).cloned();
        let made = || {
            field.example.as_ref().map(|text| example_value(&field.ty, text)).or_else(|| example_of(self.model, field))
        };
        let is_always = matches!(field.presence, Presence::Always(_));
        sent.or_else(made).or_else(|| is_always.then(|| stand_in(self.model, field, 0)))
    }
}
