//! The structs of the Go SDK that requests consist of, and their validation tags. The SDK does not run the tags, so
//! violations are warnings.

use plivo_codegen::interpret::{Parameters, Violation, validate};
use plivo_codegen::model::{Level, Operation, Presence};
use serde_json::{Map, Value, json};

use crate::evidence::{Folder, StructField};
use crate::finding::{Finding, Findings, Source};
use crate::requests::given;
use crate::subject::{Subject, field};

pub(crate) fn check(subject: &Subject<'_>, folder: &Folder) -> Vec<Finding> {
    let mut findings = Findings::new(&folder.name, Source::Go);
    for row in folder.structs.iter().filter(|row| row.role == "request part") {
        check_part(&mut findings, subject, folder, row);
    }
    check_answer_only(&mut findings, subject, folder);
    for row in folder.structs.iter().filter(|row| row.role.starts_with("request")) {
        for of in &row.of {
            if let Some(trial) = Trial::new(subject, folder, row, of) {
                findings.about(&trial.operation.id);
                check_tags(&mut findings, &trial);
            }
        }
    }
    findings.found
}

/// The operations of a folder that Go's struct can be part of.
fn operations<'a>(subject: &Subject<'a>, folder: &Folder) -> Vec<&'a Operation> {
    subject.of_folder(folder).flat_map(|found| found.operations.iter().copied()).collect()
}

fn check_part(findings: &mut Findings, subject: &Subject<'_>, folder: &Folder, row: &StructField) {
    for of in &row.of {
        let parts = subject.parts(&operations(subject, folder), of);
        let found = parts.iter().find_map(|part| field(part, &row.key));
        findings.expect(found.is_some() || parts.is_empty(), (&row.place, of, &row.key), "key", || {
            format!("no object in a field `{of}` has it")
        });
        let base = row.ty.trim_end_matches(" always").trim_start_matches('*');
        let fits = found.is_none_or(|field| fits(base, &field.ty));
        findings.expect(fits, (&row.place, of, &row.key), "type", || {
            format!("it has the type {:?} instead of {base}", found.map(|field| &field.ty))
        });
    }
}

fn fits(go: &str, ty: &plivo_codegen::model::Type) -> bool {
    use plivo_codegen::model::Type;
    match go {
        "string" => matches!(ty, Type::Text | Type::Enum(_) | Type::Choice(_) | Type::File),
        "int" | "int64" | "int32" => *ty == Type::Integer,
        "float64" | "float32" => *ty == Type::Number,
        "bool" => *ty == Type::Boolean,
        "interface{}" => true,
        _ if go.starts_with("[]") => matches!(ty, Type::List(_)),
        _ => matches!(ty, Type::Object(_) | Type::Map(_)),
    }
}

/// Requests send the fields of Go's struct; other fields occur in answers only.
fn check_answer_only(findings: &mut Findings, subject: &Subject<'_>, folder: &Folder) {
    let mut owners: Vec<&str> = Vec::new();
    let rows = || folder.structs.iter().filter(|row| row.role == "request part");
    owners.extend(rows().flat_map(|row| &row.of).map(String::as_str));
    owners.sort_unstable();
    owners.dedup();
    for of in owners {
        let mut sent: Vec<&str> =
            rows().filter(|row| row.of.iter().any(|other| other == of)).map(|row| row.key.as_str()).collect();
        // Files are arguments of their own, such as `documents[i].file`.
        let arguments = folder.arguments.iter().filter_map(|row| row.key.strip_prefix(of)?.strip_prefix("[i]."));
        sent.extend(arguments);
        for part in subject.parts(&operations(subject, folder), of) {
            for field in &part.fields {
                let is_sent = sent.contains(&field.name.as_str());
                let is_only = field.presence == Presence::AnswerOnly;
                findings.expect(is_only != is_sent, ("", of, &field.name), "in answers", || {
                    let sends = if is_sent { "sends" } else { "does not send" };
                    format!("Go {sends} it, and its presence is {:?}", field.presence)
                });
            }
        }
    }
}

/// A field of a struct, and a request to test it in.
struct Trial<'a> {
    subject: &'a Subject<'a>,
    folder: &'a Folder,
    row: &'a StructField,
    of: &'a str,
    operation: &'a Operation,
    /// The argument that contains the struct, unless the struct is the request itself.
    within: Option<&'a str>,
    base: Map<String, Value>,
}

impl<'a> Trial<'a> {
    fn new(subject: &'a Subject<'a>, folder: &'a Folder, row: &'a StructField, of: &'a str) -> Option<Self> {
        let is_part = row.role == "request part";
        let found = subject.of_folder(folder).find(|found| match is_part {
            true => found.operations.iter().any(|operation| field(subject.request(operation), of).is_some()),
            false => found.name == of,
        })?;
        let operation = found.operations.first()?;
        let accepted =
            folder.requests.iter().find(|request| request.operation == found.name && request.refused.is_empty());
        let base = accepted.map(|request| given(subject.model, operation, request)).unwrap_or_default();
        Some(Self { subject, folder, row, of, operation, within: is_part.then_some(of), base })
    }

    fn at(&self) -> (&str, &str, &str) {
        (&self.row.place, self.of, &self.row.key)
    }

    fn field(&self) -> Option<&plivo_codegen::model::Field> {
        match self.within {
            Some(within) => {
                self.subject.parts(&[self.operation], within).iter().find_map(|part| field(part, &self.row.key))
            }
            None => field(self.subject.request(self.operation), &self.row.key),
        }
    }

    /// The findings at this field with a value or none, and optionally with a value of another argument.
    fn findings(&self, value: Option<&str>, other: Option<(&str, &str)>) -> Vec<Violation> {
        let mut given = self.base.clone();
        if let Some((name, value)) = other {
            given.insert(name.to_owned(), json!(value));
        }
        let key = &self.row.key;
        let owner = match self.within {
            Some(within) => given.entry(within).or_insert_with(|| json!({})).as_object_mut(),
            None => Some(&mut given),
        };
        if let Some(owner) = owner {
            owner.remove(key);
            owner.extend(value.map(|value| (key.clone(), json!(value))));
        }
        let pointer: String = self.within.into_iter().chain([key.as_str()]).map(|step| format!("/{step}")).collect();
        let mut found = validate(self.subject.model, self.operation, &Parameters::from(given));
        found.retain(|violation| violation.pointer == pointer);
        found
    }
}

/// The level of the violation of a rule, if any.
fn level(violations: &[Violation], rule: &str) -> Option<Level> {
    violations.iter().find(|violation| violation.rule == rule).map(|violation| violation.level)
}

fn check_tags(findings: &mut Findings, trial: &Trial<'_>) {
    if trial.field().is_none() {
        // Keys of parts and arguments are checked elsewhere.
        return;
    }
    for tag in tags(&trial.row.tag) {
        check_tag(findings, trial, tag);
    }
    let has_max = trial.row.tag.contains("max=");
    let stated = trial.folder.limits.iter().any(|row| row.key == trial.row.key && row.rule == "length");
    let is_limited = trial.findings(Some(&"a".repeat(10_000)), None).iter().any(|found| found.rule == "max_length");
    // The check of limits knows those of arguments.
    let is_checked = is_limited && trial.within.is_none();
    findings.expect(has_max == is_limited || stated || is_checked, trial.at(), "max", || match is_limited {
        true => "it has a maximum length, and no tag has one".to_owned(),
        false => "it has no maximum length".to_owned(),
    });
}

/// The tags of a field. A comma separates them, and the words of `oneof` contain none.
fn tags(tag: &str) -> impl Iterator<Item = &str> {
    tag.split(',').filter(|tag| !tag.is_empty())
}

fn check_tag(findings: &mut Findings, trial: &Trial<'_>, tag: &str) {
    let at = trial.at();
    match tag.split_once('=').unwrap_or((tag, "")) {
        ("required", _) => {
            let found = trial.field().map(|field| &field.presence);
            let holds = matches!(found, Some(Presence::Required(_)));
            findings.expect(holds, at, "required", || format!("its presence is {found:?}"));
        }
        ("omitempty", _) => {
            let found = trial.findings(None, None);
            findings.expect(found.is_empty(), at, "omitempty", || format!("{found:?}"));
        }
        ("max", most) => {
            let most: usize = most.parse().unwrap_or_default();
            let of_length = |length| level(&trial.findings(Some(&"a".repeat(length)), None), "max_length");
            findings.expect(of_length(most).is_none(), at, "max", || format!("{most} characters violate it"));
            let beyond = of_length(most + 1);
            findings.expect(beyond == Some(Level::Warn), at, "max", || {
                format!("{} characters should be a warning: {beyond:?}", most + 1)
            });
        }
        ("email", _) => {
            let good = level(&trial.findings(Some("ada@example.com"), None), "format");
            let bad = level(&trial.findings(Some("no address"), None), "format");
            let holds = good.is_none() && bad == Some(Level::Warn);
            findings.expect(holds, at, "email", || format!("no address should be a warning: {bad:?}"));
        }
        ("oneof", values) => check_one_of(findings, trial, values),
        ("required_if", condition) => check_required_if(findings, trial, condition),
        _ => findings.expect(false, at, "tag", || format!("the tag `{tag}` is not known to this check")),
    }
}

fn check_one_of(findings: &mut Findings, trial: &Trial<'_>, values: &str) {
    for value in values.split_whitespace() {
        // Two quotation marks stand for an empty string.
        let value = if value == "''" { "" } else { value };
        // An empty string that is sent passes with a warning.
        let found = level(&trial.findings(Some(value), None), "values");
        let passes = found.is_none() || (value.is_empty() && found == Some(Level::Warn));
        findings.expect(passes, trial.at(), "oneof", || format!("`{value}` violates it"));
    }
    let found = level(&trial.findings(Some("NOT_LISTED"), None), "values");
    findings.expect(found.is_some(), trial.at(), "oneof", || "other values pass".to_owned());
}

/// `Other VALUE`: required if the struct's field `Other` has the value, and only then.
fn check_required_if(findings: &mut Findings, trial: &Trial<'_>, condition: &str) {
    let (other, value) = condition.split_once(' ').unwrap_or((condition, ""));
    let other = wire_name(other);
    let found = trial.findings(None, Some((&other, value)));
    let holds = found.iter().any(|finding| finding.level == Level::Warn && finding.rule != "required");
    findings.expect(holds, trial.at(), "required_if", || format!("without it: {found:?}"));
    let rows = trial.folder.structs.iter().filter(|row| row.name == trial.row.name && row.key == other);
    let listed = rows.flat_map(|row| tags(&row.tag)).find_map(|tag| tag.strip_prefix("oneof="));
    for other_value in listed.unwrap_or_default().split_whitespace().filter(|other_value| *other_value != value) {
        let found = trial.findings(None, Some((&other, other_value)));
        findings.expect(found.is_empty(), trial.at(), "required_if", || format!("{other_value}: {found:?}"));
    }
}

/// The wire name of a Go field: `entity_type` for `EntityType`.
fn wire_name(name: &str) -> String {
    let mut wire = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !wire.is_empty() {
            wire.push('_');
        }
        wire.extend(letter.to_lowercase());
    }
    wire
}
