//! Types and formats of the fields of answers, compared with the recorded values.

use std::collections::{BTreeMap, BTreeSet};

use plivo_codegen::model::{Field, Format, Object, ObjectId, One, Owner, Path, Segment, Type, ValueKind};
use serde_json::Value;

use crate::authority::{Who, of_owner};
use crate::checks::answers::AllSeen;
use crate::finding::{Finding, Findings, Source};
use crate::subject::{Match, Subject, field};

/// What is known about the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// They are recorded.
    Values,
    /// They are made up, and have recorded types and forms.
    Forms,
    /// They are made up, and have the type of Go.
    Types,
}

/// Checks the values of each field, by the best that is known about them.
pub(crate) fn check(subject: &Subject<'_>, seen: &AllSeen) -> Vec<Finding> {
    let mut values: BTreeMap<(usize, &str), (Known, Vec<&Value>)> = BTreeMap::new();
    for (known, seen) in [(Known::Values, &seen.recorded), (Known::Forms, &seen.shaped), (Known::Types, &seen.of_go)] {
        for (object, name, value) in seen.iter().filter(|(_, _, value)| !value.is_null()) {
            let of_field = values.entry((object.0, name)).or_insert((known, Vec::new()));
            if of_field.0 == known {
                of_field.1.push(value);
            }
        }
    }
    let mut findings = Vec::new();
    for ((object, name), (known, values)) in values {
        let object = &subject.model[ObjectId(object)];
        let Some(field) = field(object, name) else { continue };
        let mut of_field = Findings::new(folder_of(subject, object.owner), Source::Answers);
        let values = Values { subject, object, field, values: &values };
        values.kinds(&mut of_field, known == Known::Values);
        values.numbers(&mut of_field);
        match known {
            Known::Values => {
                values.listed(&mut of_field);
                values.forms(&mut of_field);
                values.ids(&mut of_field);
            }
            Known::Forms => values.forms(&mut of_field),
            Known::Types => values.moments(&mut of_field),
        }
        findings.extend(of_field.found);
    }
    findings
}

/// The values of a field of an object.
struct Values<'v> {
    subject: &'v Subject<'v>,
    object: &'v Object,
    field: &'v Field,
    values: &'v [&'v Value],
}

impl Values<'_> {
    /// Where exceptions look for it.
    fn at(&self) -> (&'static str, &'static str, &str) {
        ("", "", &self.field.name)
    }

    /// The first values, after what is said about them.
    fn shown(&self, what: &str) -> String {
        let few: Vec<String> = self.values.iter().take(4).map(ToString::to_string).collect();
        format!("{}.{} {what}: {}", self.object.name, self.field.name, few.join(" "))
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter_map(|value| value.as_str()).filter(|text| !text.is_empty())
    }

    /// Whether the field has texts, and all of them pass.
    fn all(&self, test: fn(&str) -> bool) -> bool {
        self.texts().next().is_some() && self.texts().all(test)
    }

    fn kinds(&self, findings: &mut Findings, is_recorded: bool) {
        let field = self.field;
        let kinds: BTreeSet<&str> = self.values.iter().map(|value| kind(value)).collect();
        let is_any = field.ty == Type::Any;
        let has_several = !is_any || kinds.len() > 1 || !is_recorded;
        findings.expect(has_several, self.at(), "type", || self.shown("is any value"));
        let (own, second) = (kind_of(&field.ty), second_kind(field.also));
        let fits = own.is_none() || kinds.iter().all(|kind| Some(*kind) == own || *kind == second);
        let is_written_otherwise = field.constraints.delimiter.is_some() || field.one != One::Listed;
        findings.expect(fits || is_written_otherwise, self.at(), "type", || self.shown(&format!("is {:?}", field.ty)));
        let has_second = second.is_empty() || kinds.contains(second) || is_stated(self.subject, &field.name, second);
        findings
            .expect(has_second || !is_recorded, self.at(), "also", || self.shown(&format!("is never also a {second}")));
    }

    /// Recorded texts are those of a path or of an enumeration, if the field is one.
    fn listed(&self, findings: &mut Findings) {
        if let Some(held) = &self.field.holds_path {
            let others = self.texts().filter(|text| text.starts_with('/') && !is_path(&held.path, text));
            for text in others {
                findings.expect(false, self.at(), "path", || format!("{text} is not {}", held.path.template));
            }
        }
        if let Type::Enum(id) = self.field.ty {
            let values = &self.subject.model[id].values;
            // The client reads them in any letter case.
            let is_listed = |text: &&str| values.iter().any(|value| value.wire.eq_ignore_ascii_case(text));
            let others: BTreeSet<&str> = self.texts().filter(|text| !is_listed(text)).collect();
            for text in others {
                findings.expect(false, self.at(), format!("value {text}"), || {
                    self.shown(&format!("does not list `{text}`"))
                });
            }
        }
    }

    /// The forms of texts and numbers that make a type of their own.
    fn forms(&self, findings: &mut Findings) {
        let (at, ty) = (self.at(), &self.field.ty);
        let shown = || self.shown(&format!("is {ty:?}"));
        if matches!(ty, Type::Text | Type::Timestamp | Type::Decimal) {
            let has_texts = self.texts().next().is_some();
            let holds = if *ty == Type::Timestamp { !has_texts || self.all(is_date) } else { !self.all(is_timestamp) };
            findings.expect(holds, at, "timestamp", shown);
            let holds = if *ty == Type::Decimal { !has_texts || self.all(is_number) } else { !self.all(is_decimal) };
            findings.expect(holds, at, "decimal", shown);
        }
    }

    /// An id has the form that the spec names, unless the spec names another source for it.
    fn ids(&self, findings: &mut Findings) {
        let format = self.field.constraints.format.as_ref().filter(|limit| limit.is == Format::Uuid);
        let is_other = format.is_some_and(|limit| {
            of_owner(self.subject.model, self.object.owner, &limit.authority.sources) == Who::Other
        });
        let holds = format.is_none() || self.all(is_uuid) || is_other;
        findings.expect(holds, self.at(), "uuid", || self.shown("has the format uuid"));
    }

    /// A type of Go for points in time is one. A text in Go can be one.
    fn moments(&self, findings: &mut Findings) {
        let is_other = matches!(self.field.ty, Type::Text | Type::Decimal) && self.all(is_timestamp);
        findings.expect(!is_other, self.at(), "timestamp", || self.shown(&format!("is {:?}", self.field.ty)));
    }

    fn numbers(&self, findings: &mut Findings) {
        let numbers = || self.values.iter().filter_map(|value| value.as_f64());
        // An amount of 0 shows nothing.
        let is_whole = numbers().all(|number| number.fract() == 0.0) && numbers().any(|number| number != 0.0);
        let shown = || self.shown(&format!("is {:?}", self.field.ty));
        findings.expect(self.field.ty != Type::Number || !is_whole, self.at(), "integer", shown);
        let has_fraction = numbers().any(|number| number.fract() != 0.0);
        findings.expect(self.field.ty != Type::Integer || !has_fraction, self.at(), "number", shown);
    }
}

/// The folder of the first operation of the module that declares a type.
fn folder_of<'s>(subject: &'s Subject<'_>, owner: Owner) -> &'s str {
    let Owner::Resource(id) = owner else { return "" };
    let resource = &subject.model[id];
    let of_resource = |found: &&Match<'_>| {
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

/// Whether a text is a path with any values of its parameters.
fn is_path(path: &Path, text: &str) -> bool {
    let segments: Vec<&str> = text.split('/').filter(|segment| !segment.is_empty()).collect();
    let known: Vec<&Segment> =
        path.segments.iter().filter(|segment| **segment != Segment::Literal(String::new())).collect();
    let fits = |(known, segment): (&&Segment, &&str)| match known {
        Segment::Literal(literal) => literal == segment,
        Segment::Account | Segment::Parameter(_) => true,
    };
    known.len() == segments.len() && known.iter().zip(&segments).all(fits)
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

pub(crate) fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.chars().all(|letter| letter == '-' || letter.is_ascii_hexdigit())
}
