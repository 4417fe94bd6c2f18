//! Types and formats of the fields of answers, compared with the recorded values.

use std::collections::BTreeMap;

use plivo_codegen::model::{Field, Format, ObjectId, Type, ValueKind};
use serde_json::Value;

use crate::answers::Seen;
use crate::authority::{Who, of_owner};
use crate::finding::{Finding, Findings, Source};
use crate::subject::{Subject, field};

/// Checks the recorded values of each field. `of_go` has made-up values of the types of Go's structs.
pub(crate) fn check(subject: &Subject<'_>, recorded: &[Seen], of_go: &[Seen]) -> Vec<Finding> {
    let mut values: BTreeMap<(usize, &str), Vec<&Value>> = BTreeMap::new();
    for (object, name, value) in recorded.iter().filter(|(_, _, value)| !value.is_null()) {
        values.entry((object.0, name)).or_default().push(value);
    }
    let mut made_up: BTreeMap<(usize, &str), Vec<&Value>> = BTreeMap::new();
    for (object, name, value) in of_go.iter().filter(|(_, _, value)| !value.is_null()) {
        if !values.contains_key(&(object.0, name.as_str())) {
            made_up.entry((object.0, name)).or_default().push(value);
        }
    }
    let mut findings = Vec::new();
    for (is_recorded, values) in [(true, values), (false, made_up)] {
        for ((object, name), values) in values {
            let object = ObjectId(object);
            if let Some(field) = field(&subject.model[object], name) {
                findings.extend(check_field(subject, object, field, &values, is_recorded));
            }
        }
    }
    findings
}

fn check_field(
    subject: &Subject<'_>,
    object: ObjectId,
    field: &Field,
    values: &[&Value],
    is_recorded: bool,
) -> Vec<Finding> {
    let object = &subject.model[object];
    let folder = folder_of(subject, object.owner);
    let mut findings = Findings::new(folder, Source::Answers);
    let at = ("", "", field.name.as_str());
    let shown = |what: &str| {
        let few: Vec<String> = values.iter().take(4).map(ToString::to_string).collect();
        format!("{}.{} {what}: {}", object.name, field.name, few.join(" "))
    };
    let mut kinds: Vec<&str> = values.iter().map(|value| kind(value)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let is_any = field.ty == Type::Any;
    findings.expect(!is_any || kinds.len() > 1 || !is_recorded, at, "type", || shown("is any value"));
    let own = kind_of(&field.ty);
    let second = second_kind(field.also);
    let odd: Vec<&str> = kinds.iter().copied().filter(|kind| Some(*kind) != own && *kind != second).collect();
    let can_be = is_any || own.is_none() || field.constraints.delimiter.is_some() || odd.is_empty();
    let is_one = field.one != plivo_codegen::model::One::Listed;
    findings.expect(can_be || is_one, at, "type", || shown(&format!("is {:?}", field.ty)));
    if !is_recorded {
        return findings.found;
    }
    if let Type::Enum(id) = field.ty {
        let known: Vec<&str> = subject.model[id].values.iter().map(|value| value.wire.as_str()).collect();
        let mut texts: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
        texts.retain(|text| !text.is_empty() && !known.contains(text));
        texts.sort_unstable();
        texts.dedup();
        for text in texts {
            findings.expect(false, at, format!("value {text}"), || shown(&format!("does not list `{text}`")));
        }
    }
    let has_second = second.is_empty() || kinds.contains(&second) || is_stated(subject, &field.name, second);
    findings.expect(has_second, at, "also", || shown(&format!("is never also a {second}")));
    let all = |test: fn(&str) -> bool| {
        let mut texts = values.iter().filter_map(|value| value.as_str()).filter(|text| !text.is_empty()).peekable();
        texts.peek().is_some() && texts.all(test)
    };
    let is_text = matches!(field.ty, Type::Text | Type::Timestamp | Type::Decimal);
    if is_text {
        let has_texts = values.iter().any(|value| value.is_string());
        let holds = if field.ty == Type::Timestamp { !has_texts || all(is_date) } else { !all(is_timestamp) };
        findings.expect(holds, at, "timestamp", || shown(&format!("is {:?}", field.ty)));
        let holds = if field.ty == Type::Decimal { !has_texts || all(is_number) } else { !all(is_decimal) };
        findings.expect(holds, at, "decimal", || shown(&format!("is {:?}", field.ty)));
        let format = field.constraints.format.as_ref().map(|limit| limit.is);
        let is_other = field
            .constraints
            .format
            .as_ref()
            .is_some_and(|limit| of_owner(subject.model, object.owner, &limit.authority.sources) == Who::Other);
        let holds = format != Some(Format::Uuid) || all(is_uuid) || is_other;
        findings.expect(holds, at, "uuid", || shown(&format!("has the format {format:?}")));
    }
    let numbers = || values.iter().filter_map(|value| value.as_f64());
    if matches!(field.ty, Type::Integer | Type::Number) && numbers().next().is_some() {
        // An amount of 0 shows nothing.
        let is_whole = numbers().all(|number| number.fract() == 0.0) && numbers().any(|number| number != 0.0);
        let holds = field.ty == Type::Integer || !is_whole;
        findings.expect(holds, at, "integer", || shown(&format!("is {:?}", field.ty)));
    }
    findings.found
}

/// The folder of the first operation of the module that declares a type.
fn folder_of<'s>(subject: &'s Subject<'_>, owner: plivo_codegen::model::Owner) -> &'s str {
    let plivo_codegen::model::Owner::Resource(id) = owner else { return "" };
    let resource = &subject.model[id];
    let of_resource = |found: &&crate::subject::Match<'_>| {
        found.operations.iter().any(|operation| resource.operations.iter().any(|other| other.id == operation.id))
    };
    subject.matches.iter().find(of_resource).map(|found| found.folder.name.as_str()).unwrap_or_default()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn kind_of(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) | Type::Choice(_) => Some("text"),
        Type::Integer | Type::Number => Some("number"),
        Type::Boolean => Some("boolean"),
        Type::Object(_) | Type::Map(_) => Some("object"),
        Type::List(_) => Some("list"),
        Type::Any | Type::File => None,
    }
}

fn second_kind(also: Option<ValueKind>) -> &'static str {
    match also {
        Some(ValueKind::Text) => "text",
        Some(ValueKind::Number) => "number",
        Some(ValueKind::Boolean) => "boolean",
        Some(ValueKind::List) => "list",
        Some(ValueKind::Object) => "object",
        None => "",
    }
}

/// Whether an SDK, or a page, states this kind of value for an argument of the name.
fn is_stated(subject: &Subject<'_>, name: &str, kind: &str) -> bool {
    let words: &[&str] = match kind {
        "text" => &["string"],
        "number" => &["integer", "float"],
        "boolean" => &["boolean"],
        kind => &[kind],
    };
    let mut folders = subject.evidence.folders.iter();
    folders.any(|folder| {
        let mut arguments = folder.arguments.iter().filter(|row| row.key == name).flat_map(|row| &row.types);
        let mut rows = folder.pages.iter().flat_map(|page| &page.rows).filter(|row| row.name == name);
        arguments.any(|(ty, _)| words.contains(&ty.as_str())) || rows.any(|row| words.contains(&row.ty.as_str()))
    })
}

/// Whether a text begins with a date.
fn is_date(text: &str) -> bool {
    let date = text.get(..10).unwrap_or_default();
    let digits = date.split('-').map(str::len).collect::<Vec<_>>() == [4, 2, 2];
    digits && date.chars().all(|letter| letter.is_ascii_digit() || letter == '-')
}

/// Whether a text begins with a date and a time.
fn is_timestamp(text: &str) -> bool {
    let rest = text.get(10..).unwrap_or_default();
    is_date(text) && rest.starts_with(['T', ' ']) && rest.contains(':')
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

/// Whether a text is a number with digits after the point.
fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.trim_start_matches('-').split_once('.').unwrap_or_default();
    [whole, fraction].iter().all(|part| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_digit()))
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.chars().all(|letter| letter == '-' || letter.is_ascii_hexdigit())
}
