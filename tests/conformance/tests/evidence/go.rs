//! The validation tags of the Go SDK, tested on requests. The SDK does not run them, so violations are warnings.

use plivo_codegen::interpret::Violation;
use plivo_codegen::model::{Level, Operation, Presence, Resource};
use serde_json::{Map, Value, json};

use crate::deviations::Deviations;
use crate::requests::accepted;
use crate::spec::{field, findings, object_of, operation, request, resources};
use crate::table::{Row, directory, table};

/// The tags of a resource, without those of answers.
fn tags(resource: &Resource) -> Vec<Row> {
    let rows = table(&directory(&resource.name).join("go.csv"));
    rows.into_iter().filter(|row| row.get("of") != "answer").collect()
}

/// A field of a struct, and a request to test it in.
struct Trial<'r> {
    row: &'r Row,
    rows: &'r [Row],
    operation: &'r Operation,
    /// The argument that contains the struct, unless the struct is the request itself.
    within: Option<&'r str>,
    base: Map<String, Value>,
}

impl<'r> Trial<'r> {
    fn new(resource: &'r Resource, rows: &'r [Row], row: &'r Row) -> Option<Self> {
        let of = row.get("of");
        let is_operation = resource.operations.iter().any(|operation| operation.name == of);
        let operation = if is_operation {
            operation(resource, of)
        } else {
            resource.operations.iter().find(|operation| field(request(operation), of).is_some())?
        };
        let base = accepted(resource, &operation.name)?;
        Some(Self { row, rows, operation, within: (!is_operation).then_some(of), base })
    }

    fn key(&self) -> &str {
        self.row.get("key")
    }

    /// The findings at this field with a value or none, and optionally with a value of another argument.
    fn findings(&self, value: Option<&str>, other: Option<(&str, &str)>) -> Vec<Violation> {
        let mut given = self.base.clone();
        if let Some((name, value)) = other {
            given.insert(name.to_owned(), json!(value));
        }
        let owner = match self.within {
            Some(within) => given.get_mut(within).and_then(Value::as_object_mut),
            None => Some(&mut given),
        };
        if let Some(owner) = owner {
            owner.remove(self.key());
            owner.extend(value.map(|value| (self.key().to_owned(), json!(value))));
        }
        let segments = self.within.into_iter().chain([self.key()]);
        let pointer: String = segments.map(|segment| format!("/{segment}")).collect();
        findings(self.operation, &given).into_iter().filter(|finding| finding.pointer == pointer).collect()
    }
}

/// The level of the finding for a rule, if any.
fn level(findings: &[Violation], rule: &str) -> Option<Level> {
    findings.iter().find(|finding| finding.rule == rule).map(|finding| finding.level)
}

#[test]
fn requests_at_the_boundaries_of_each_tag_are_validated_as_it_says() {
    for resource in resources() {
        let mut deviations = Deviations::new(resource, "go");
        let rows = tags(resource);
        for row in &rows {
            let Some(trial) = Trial::new(resource, &rows, row) else { panic!("no request for {}", row.get("of")) };
            let is_known = is_known(&trial);
            deviations.expect(is_known, row.get("of"), row.get("key"), "key", "the spec lacks it");
            for tag in row.get("tag").split(',').filter(|tag| is_known && !tag.is_empty()) {
                check_tag(&mut deviations, &trial, tag);
            }
            let max = row.get("tag").contains("max=");
            let limited =
                !trial.findings(Some(&"a".repeat(10_000)), None).iter().any(|found| found.rule == "max_length");
            deviations.expect(max != limited, row.get("of"), row.get("key"), "max", "no tag has such a limit");
        }
        deviations.assert_listed();
    }
}

fn is_known(trial: &Trial<'_>) -> bool {
    let object = match trial.within {
        Some(within) => field(request(trial.operation), within).and_then(|field| object_of(&field.ty)),
        None => Some(request(trial.operation)),
    };
    object.is_some_and(|object| field(object, trial.key()).is_some())
}

fn check_tag(deviations: &mut Deviations<'_>, trial: &Trial<'_>, tag: &str) {
    let (of, key) = (trial.row.get("of"), trial.key());
    match tag.split_once('=').unwrap_or((tag, "")) {
        ("required", _) => {
            let found = field(request(trial.operation), key).map(|field| &field.presence);
            deviations.expect(matches!(found, Some(Presence::Required(_))), of, key, "required", format!("{found:?}"));
        }
        ("omitempty", _) => {
            let found = trial.findings(None, None);
            deviations.expect(found.is_empty(), of, key, "omitempty", format!("{found:?}"));
        }
        ("max", most) => {
            let most: usize = most.parse().expect("a number");
            let of_length = |length| level(&trial.findings(Some(&"a".repeat(length)), None), "max_length");
            deviations.expect(of_length(most).is_none(), of, key, "max", format!("{most} characters are a finding"));
            let beyond = of_length(most + 1);
            deviations.expect(beyond == Some(Level::Warn), of, key, "max", format!("one more: {beyond:?}"));
        }
        ("email", _) => {
            let good = level(&trial.findings(Some("ada@example.com"), None), "format");
            let bad = level(&trial.findings(Some("no address"), None), "format");
            let holds = good.is_none() && bad == Some(Level::Warn);
            deviations.expect(holds, of, key, "email", format!("no address: {bad:?}"));
        }
        ("oneof", values) => check_one_of(deviations, trial, values),
        ("required_if", condition) => check_required_if(deviations, trial, condition),
        _ => panic!("unsupported tag `{tag}`"),
    }
}

fn check_one_of(deviations: &mut Deviations<'_>, trial: &Trial<'_>, values: &str) {
    let (of, key) = (trial.row.get("of"), trial.key());
    for value in values.split_whitespace() {
        // Two quotation marks stand for an empty string.
        let value = if value == "''" { "" } else { value };
        // An empty string that is sent passes with a warning.
        let found = level(&trial.findings(Some(value), None), "values");
        let passes = found.is_none() || (value.is_empty() && found == Some(Level::Warn));
        deviations.expect(passes, of, key, "oneof", format!("`{value}` is a finding"));
    }
    let found = level(&trial.findings(Some("NOT_LISTED"), None), "values");
    deviations.expect(found.is_some(), of, key, "oneof", "other values pass");
}

/// `Other VALUE`: required if the struct's field `Other` has the value, and only then.
fn check_required_if(deviations: &mut Deviations<'_>, trial: &Trial<'_>, condition: &str) {
    let (of, key) = (trial.row.get("of"), trial.key());
    let (other, value) = condition.split_once(' ').expect("a field and its value");
    let other = wire_name(other);
    let found = trial.findings(None, Some((&other, value)));
    let holds = found.iter().any(|finding| finding.level == Level::Warn && finding.rule != "required");
    deviations.expect(holds, of, key, "required_if", format!("{found:?}"));
    let of_other =
        trial.rows.iter().find(|row| row.get("of") == of && row.get("key") == other).expect("the other field");
    let tag = of_other.get("tag").strip_prefix("oneof=").expect("a list of values");
    for other_value in tag.split_whitespace().filter(|other_value| *other_value != value) {
        let found = trial.findings(None, Some((&other, other_value)));
        deviations.expect(found.is_empty(), of, key, "required_if", format!("{other_value}: {found:?}"));
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
