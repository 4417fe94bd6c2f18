//! The answers recorded in the tests of the SDKs. Each must match the spec, and the spec must promise nothing that they do
//! not show.

use std::collections::BTreeMap;

use plivo_codegen::model::{
    Field, Format, Object, Operation, Presence, Resource, ResponseShape, Role, Type, ValueKind,
};
use serde_json::{Map, Value};

use crate::page::says_integer;
use crate::spec::{answered, field, model, object_of, operation, part_of, resources};
use crate::table::{Row, directory, records, table, text};

/// Keys next to the object or the list of an answer. Page metadata has two known forms.
const ENVELOPE: [&str; 2] = ["api_id", "error"];
/// Keys next to the fields of an answer that lacks the key around it.
const UNWRAPPED_ENVELOPE: [&str; 3] = ["api_id", "error", "message"];
const LIST_ENVELOPE: [&str; 5] = ["api_id", "meta", "count", "limit", "offset"];

/// The recorded values of each field, by the name of its type and its own name.
type Seen = BTreeMap<(String, String), Vec<Value>>;

fn recorded(resource: &Resource) -> Vec<Value> {
    records(&directory(&resource.name).join("answers.json"))
}

fn body(record: &Value) -> &Map<String, Value> {
    record.get("body").and_then(Value::as_object).expect("a body")
}

/// The objects in an answer, and the keys next to them.
fn unwrap<'b>(operation: &Operation, body: &'b Map<String, Value>) -> (Vec<&'b Map<String, Value>>, Vec<&'b str>) {
    let keys = |known: &str| body.keys().map(String::as_str).filter(|key| *key != known).collect();
    let inside = |key: &str| body.get(key).unwrap_or_else(|| panic!("{}: no `{key}` in {body:?}", operation.id));
    match &operation.answer.shape {
        ResponseShape::Bare => (vec![body], Vec::new()),
        ResponseShape::Under(_) if is_unwrapped(operation, body) => (vec![body], Vec::new()),
        ResponseShape::Under(key) => (vec![inside(key).as_object().expect("an object")], keys(key)),
        ResponseShape::Says { key, .. } => (Vec::new(), keys(key)),
        ResponseShape::List { key, .. } => {
            let items = inside(key).as_array().expect("a list");
            (items.iter().map(|item| item.as_object().expect("an object")).collect(), keys(key))
        }
    }
}

/// Whether an answer lacks the key around it, as a source says that it may.
fn is_unwrapped(operation: &Operation, body: &Map<String, Value>) -> bool {
    let lacks = matches!(&operation.answer.shape, ResponseShape::Under(key) if !body.contains_key(key));
    lacks && operation.answer.unwrapped.is_some()
}

/// Checks an object against its type, and records its values.
fn check_object(seen: &mut Seen, ty: &Object, given: &Map<String, Value>, envelope: &[&str]) {
    for (key, value) in given.iter().filter(|(key, _)| !envelope.contains(&key.as_str())) {
        let field = field(ty, key).unwrap_or_else(|| panic!("{} has no field `{key}`", ty.name));
        seen.entry((ty.name.clone(), key.clone())).or_default().push(value.clone());
        assert!(fits(field, value), "{}.{key} is recorded as {value}", ty.name);
        if let (Some(part), Some(given)) = (object_of(&field.ty), value.as_object()) {
            check_object(seen, part, given, &[]);
        }
    }
    for field in ty.fields.iter().filter(|field| matches!(field.presence, Presence::Always(_))) {
        assert!(given.contains_key(&field.name), "{}.{} is not in {given:?}", ty.name, field.name);
    }
}

fn kind(value: &Value) -> Option<ValueKind> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some(ValueKind::Boolean),
        Value::Number(_) => Some(ValueKind::Number),
        Value::String(_) => Some(ValueKind::Text),
        Value::Array(_) => Some(ValueKind::List),
        Value::Object(_) => Some(ValueKind::Object),
    }
}

fn kind_of(ty: &Type) -> Option<ValueKind> {
    match ty {
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) | Type::Choice(_) => {
            Some(ValueKind::Text)
        }
        Type::Integer | Type::Number => Some(ValueKind::Number),
        Type::Boolean => Some(ValueKind::Boolean),
        Type::Object(_) | Type::Map(_) => Some(ValueKind::Object),
        Type::List(_) => Some(ValueKind::List),
        Type::Any | Type::File => None,
    }
}

fn fits(field: &Field, value: &Value) -> bool {
    kind_of(&field.ty) == kind(value) || (field.also.is_some() && field.also == kind(value))
}

/// Checks every recorded answer of a resource against the spec. Returns the recorded values.
fn check_all(resource: &Resource) -> Seen {
    let mut seen = Seen::new();
    for record in recorded(resource) {
        let operation = operation(resource, text(&record, "operation"));
        let Some(ty) = answered(operation) else { continue };
        let (objects, keys) = unwrap(operation, body(&record));
        let is_list = matches!(operation.answer.shape, ResponseShape::List { .. });
        let envelope: &[&str] = if is_list { &LIST_ENVELOPE } else { &ENVELOPE };
        assert!(keys.iter().all(|key| envelope.contains(key)), "{}: {keys:?}", operation.id);
        let ignored: &[&str] = match &operation.answer.shape {
            ResponseShape::Bare => &ENVELOPE,
            _ if is_unwrapped(operation, body(&record)) => &UNWRAPPED_ENVELOPE,
            _ => &[],
        };
        objects.into_iter().for_each(|object| check_object(&mut seen, ty, object, ignored));
    }
    seen
}

#[test]
fn every_recorded_answer_matches_the_spec() {
    resources().for_each(|resource| drop(check_all(resource)));
}

#[test]
fn success_statuses_are_the_recorded_ones() {
    for resource in resources() {
        for operation in &resource.operations {
            let recorded = recorded(resource);
            let of_operation = recorded.iter().filter(|record| text(record, "operation") == operation.name);
            let mut statuses: Vec<u64> = of_operation.filter_map(|record| record.get("status")?.as_u64()).collect();
            statuses.sort_unstable();
            statuses.dedup();
            let known: Vec<u64> = operation.answer.statuses.iter().copied().map(u64::from).collect();
            assert_eq!(known, statuses, "{}", operation.id);
        }
    }
}

#[test]
fn a_list_has_a_total_only_if_every_recorded_list_has_one() {
    for resource in resources() {
        for record in recorded(resource) {
            let operation = operation(resource, text(&record, "operation"));
            if let ResponseShape::List { total, .. } = &operation.answer.shape
                && !total.is_empty()
            {
                let meta = body(&record).get("meta").and_then(Value::as_object);
                assert!(
                    meta.is_some_and(|meta| total.iter().any(|key| meta.contains_key(key))),
                    "{}: no total",
                    operation.id
                );
            }
        }
    }
}

/// The types of answers, and of the objects nested in them.
fn answer_types(resource: &Resource) -> Vec<&'static Object> {
    let answers = resource.operations.iter().filter_map(answered);
    let mut objects: Vec<&Object> = answers.collect();
    let parts = objects.iter().flat_map(|object| &object.fields).filter_map(|field| object_of(&field.ty));
    objects.extend(parts.collect::<Vec<_>>());
    objects
}

/// The keys of a struct of the Go SDK.
fn go_keys<'r>(rows: &'r [Row], of: &str) -> Vec<&'r str> {
    rows.iter().filter(|row| row.get("of") == of).map(|row| row.get("key")).collect()
}

#[test]
fn fields_of_answers_are_recorded_or_in_the_go_struct() {
    for resource in resources() {
        let seen = check_all(resource);
        let rows = table(&directory(&resource.name).join("go.csv"));
        let stored = resource.collection.as_ref().map(|collection| &model()[collection.object].name);
        for object in answer_types(resource).iter().filter(|object| object.role == Role::Answer) {
            let of_go = if stored == Some(&object.name) { go_keys(&rows, "answer") } else { Vec::new() };
            for field in &object.fields {
                let is_seen = seen.contains_key(&(object.name.clone(), field.name.clone()));
                assert!(
                    is_seen || of_go.contains(&field.name.as_str()),
                    "{}.{} was never recorded",
                    object.name,
                    field.name
                );
            }
            for key in of_go {
                assert!(field(object, key).is_some(), "{} lacks `{key}`, which the Go struct has", object.name);
            }
        }
    }
}

/// Requests send the fields of Go's struct; other fields occur in answers only.
#[test]
fn fields_that_go_does_not_send_are_answer_only() {
    for resource in resources() {
        let rows = table(&directory(&resource.name).join("go.csv"));
        let is_operation = |of: &str| of == "answer" || resource.operations.iter().any(|other| other.name == of);
        let mut owners: Vec<&str> = rows.iter().map(|row| row.get("of")).filter(|of| !is_operation(of)).collect();
        owners.dedup();
        for of in owners {
            let part = part_of(resource, of).unwrap_or_else(|| panic!("no object `{of}`"));
            let sent: Vec<&str> = go_keys(&rows, of);
            for field in &part.fields {
                let is_sent = sent.contains(&field.name.as_str());
                assert_eq!(field.presence == Presence::AnswerOnly, !is_sent, "{of}.{}", field.name);
            }
        }
    }
}

fn is_timestamp(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let date = text.get(..10).unwrap_or_default();
    let digits = date.split('-').map(str::len).collect::<Vec<_>>() == [4, 2, 2];
    digits && text.get(10..11) == Some("T") && text.ends_with('Z')
}

fn is_uuid(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.chars().all(|letter| letter == '-' || letter.is_ascii_hexdigit())
}

#[test]
fn types_and_formats_match_the_recorded_values() {
    for resource in resources() {
        for ((object, name), values) in check_all(resource) {
            let ty = answer_types(resource).into_iter().find(|ty| ty.name == object).expect("its type");
            let field = field(ty, &name).expect("its field");
            let field_values = format!("{object}.{name}: {values:?}");
            assert_eq!(field.ty == Type::Timestamp, values.iter().all(is_timestamp), "a timestamp? {field_values}");
            let format = field.constraints.format.as_ref().map(|limit| limit.is);
            assert_eq!(format == Some(Format::Uuid), values.iter().all(is_uuid), "a UUID? {field_values}");
            let of_type = kind_of(&field.ty);
            let odd = values.iter().filter_map(kind).find(|kind| Some(*kind) != of_type);
            let is_number_on_page = of_type == Some(ValueKind::Text) && says_integer(resource, &name);
            assert_eq!(
                field.also,
                odd.or(is_number_on_page.then_some(ValueKind::Number)),
                "of two types? {field_values}"
            );
        }
    }
}
