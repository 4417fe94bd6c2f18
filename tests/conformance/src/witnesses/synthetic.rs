//! Generates requests from the fields of the model.

use plivo_codegen::interpret::{self, Parameters};
use plivo_codegen::model::{Constraints, Field, Format, Level, Location, Model, Operation, Presence, Type};
use serde_json::{Map, Value, json};

/// Which value a field gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The least number and the first listed value.
    First,
    /// The example; or the greatest number and the last listed value.
    Last,
}

/// The maximum nesting of objects, for recursive types.
const DEPTH: usize = 4;

/// A request with every field that is valid together with the others.
pub(super) fn full(model: &Model, operation: &Operation, choice: Choice) -> Map<String, Value> {
    filled(model, operation, choice, required(model, operation, choice))
}

/// A request with this field and every other field that is valid together with it.
pub(super) fn with_field(model: &Model, operation: &Operation, field: &Field) -> Map<String, Value> {
    let mut request = required(model, operation, Choice::Last);
    request.insert(field.name.clone(), value(model, field, Choice::Last));
    filled(model, operation, Choice::Last, request)
}

/// Adds every further field that causes no error.
fn filled(model: &Model, operation: &Operation, choice: Choice, mut request: Map<String, Value>) -> Map<String, Value> {
    for field in optional(model, operation) {
        let mut more = request.clone();
        more.entry(field.name.clone()).or_insert_with(|| value(model, field, choice));
        if errors(model, operation, &more) <= errors(model, operation, &request) {
            request = more;
        }
    }
    request
}

/// A request with as few fields as a valid one needs.
pub(super) fn minimal(model: &Model, operation: &Operation) -> Map<String, Value> {
    let mut request = required(model, operation, Choice::First);
    for field in optional(model, operation) {
        let mut more = request.clone();
        more.insert(field.name.clone(), value(model, field, Choice::First));
        if errors(model, operation, &more) < errors(model, operation, &request) {
            request = more;
        }
    }
    request
}

fn required(model: &Model, operation: &Operation, choice: Choice) -> Map<String, Value> {
    let fields = model[operation.request].fields.iter();
    let required = fields.filter(|field| is_required(field));
    required.map(|field| (field.name.clone(), value(model, field, choice))).collect()
}

fn optional<'m>(model: &'m Model, operation: &Operation) -> impl Iterator<Item = &'m Field> {
    let fields = model[operation.request].fields.iter();
    fields.filter(|field| !is_required(field) && field.presence != Presence::AnswerOnly)
}

fn is_required(field: &Field) -> bool {
    field.location == Location::Path || matches!(field.presence, Presence::Required(_))
}

/// The number of errors in a request.
pub(super) fn errors(model: &Model, operation: &Operation, request: &Map<String, Value>) -> usize {
    let findings = interpret::validate(model, operation, &Parameters::from(request.clone()));
    findings.iter().filter(|finding| finding.level == Level::Error).count()
}

/// A value of a field.
pub(super) fn value(model: &Model, field: &Field, choice: Choice) -> Value {
    match (&field.example, choice) {
        (Some(example), Choice::Last) => interpret::value_of(&field.ty, example),
        _ => Generator { model, choice }.field(field, DEPTH),
    }
}

struct Generator<'m> {
    model: &'m Model,
    choice: Choice,
}

impl Generator<'_> {
    fn field(&self, field: &Field, depth: usize) -> Value {
        self.value(&field.name, &field.ty, &field.constraints, depth)
    }

    fn value(&self, name: &str, ty: &Type, checks: &Constraints, depth: usize) -> Value {
        match ty {
            Type::Text | Type::Timestamp | Type::Moment | Type::Decimal => Value::from(text(self.model, name, checks)),
            Type::Integer | Type::Number => json!(number(checks, self.choice)),
            Type::Boolean => Value::from(self.choice == Choice::First),
            Type::Any => json!({ "made": "up" }),
            Type::File => {
                let types = checks.content_types.as_ref().and_then(|types| types.are.first());
                let content_type = types.map_or("text/plain", String::as_str);
                let extension = content_type.rsplit('/').next().filter(|_| types.is_some()).unwrap_or("txt");
                let name = format!("made-up.{extension}");
                json!({ "name": name, "content_type": content_type, "base64": "bWFkZSB1cA==" })
            }
            Type::Enum(id) => {
                let values = &self.model[*id].values;
                let chosen = if self.choice == Choice::First { values.first() } else { values.last() };
                chosen.map_or(Value::Null, |value| Value::from(value.wire.as_str()))
            }
            Type::Choice(id) => Value::from(self.model[*id].example()),
            Type::Object(id) => {
                let fields = self.model[*id].fields.iter();
                let carried = fields.filter(|field| field.presence != Presence::AnswerOnly);
                let included = carried.filter(|field| depth > 0 || is_required(field));
                included.map(|field| (field.name.clone(), self.field(field, depth.saturating_sub(1)))).collect()
            }
            // A recursive type ends here.
            Type::List(_) if depth == 0 => json!([]),
            Type::Map(_) if depth == 0 => json!({}),
            Type::List(item) => json!([self.value(name, item, checks, depth - 1)]),
            Type::Map(item) => json!({ "key": self.value(name, item, checks, depth - 1) }),
        }
    }
}

/// A string of the right format and length. Without a format it is the name of the field, so that swapped values show.
/// People, companies and numbers are invented.
fn text(model: &Model, name: &str, checks: &Constraints) -> String {
    let declared;
    let formed = match checks.format.as_ref().map(|limit| limit.is) {
        Some(Format::Country) => "US",
        Some(Format::E164) => "+12125550123",
        Some(Format::Email) => "ada@example.com",
        Some(Format::Uuid) => "201faedc-7df9-4840-9ab1-3997ce3f7cf4",
        Some(Format::Url) => "https://example.com",
        Some(Format::Date) => "2026-11-23",
        Some(Format::DateTime) => "2026-11-23 12:30:00",
        Some(Format::Declared(format)) => {
            declared = model[format].sample(&mut |_| 0);
            &declared
        }
        None => name,
    };
    let least = checks.min_length.as_ref().map_or(0, |limit| usize::try_from(limit.is).unwrap_or(usize::MAX));
    let most = checks.max_length.as_ref().map_or(usize::MAX, |limit| usize::try_from(limit.is).unwrap_or(usize::MAX));
    let missing = least.saturating_sub(formed.len()).min(10_000);
    let text = formed.to_owned() + &"x".repeat(missing);
    text.chars().take(most).collect()
}

fn number(checks: &Constraints, choice: Choice) -> i64 {
    let least = checks.min.as_ref().map(|limit| limit.is);
    let most = checks.max.as_ref().map(|limit| limit.is);
    match choice {
        Choice::First => least.or(most).unwrap_or(0),
        Choice::Last => most.or(least.map(|least| least.saturating_add(1))).unwrap_or(1),
    }
}
