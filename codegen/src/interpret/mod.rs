//! Reads and checks a request by the model, without generated code.
//!
//! The spec's own examples are checked so, and a simulator answers so. It is the second reading of
//! the rules: the client checks by tables that are generated from the same model and read by other
//! code, and a test compares the two.

mod answers;
mod delimited;
mod examples;
mod formats;
mod parameters;
mod values;

pub use self::answers::validate_answer;
pub use self::examples::{example_of, examples_of, shows_success};
pub(crate) use self::examples::{example_value, lacking};
pub use self::parameters::{Parameters, text_of, value_of};
use crate::limits::{self, shortened};
use crate::model::{
    Checks, Condition, Consequence, Field, Level, Model, Object, Operation, Place, Presence, Rule, Type,
};
use serde_json::{Map, Value};
use values::check_value;

/// Something in a request that the spec does not agree with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where, as a JSON pointer into the request, as in `/authorized_contact/email`.
    pub pointer: String,
    /// The id of the rule: `required`, `max_length`, `min_length`, `min`, `max`, `format`, `values`,
    /// `delimiter`, `taken`, `type`, `at_least`, or the name of a rule of the operation.
    pub rule: String,
    /// How it counts.
    pub level: Level,
    /// What is demanded, in words that follow the name of the field, as in `is required`.
    pub demand: String,
}

/// Gives everything in a request that the spec does not agree with.
///
/// First the fields in the order of the spec, each with its parts, then the rules, then `at_least`.
/// Keys that the spec does not know are ignored, as a server does that is newer than its client.
pub fn validate(model: &Model, operation: &Operation, parameters: &Parameters) -> Vec<Finding> {
    let meant = parameters.meant(model, operation);
    let mut check = Check::new(model);
    check.object(&model[operation.request], "", meant.values());
    check.findings
}

/// Gives what limits say of one value.
pub fn validate_value(model: &Model, ty: &Type, checks: &Checks, value: &Value) -> Vec<Finding> {
    let mut check = Check::new(model);
    check_value(&mut check, ty, checks, "", value);
    check.findings
}

/// The sentence that refuses a request, if any finding is an error.
pub fn refusing_sentence(findings: &[Finding]) -> Option<String> {
    let errors = findings.iter().filter(|finding| finding.level == Level::Error);
    let demands: Vec<String> = errors.map(Finding::sentence).collect();
    (!demands.is_empty()).then(|| format!("{}.", demands.join("; ")))
}

impl Finding {
    fn sentence(&self) -> String {
        let field = self.pointer.trim_start_matches('/').replace('/', ".");
        let subject = if field.is_empty() { "The request" } else { &field };
        format!("{subject} {}", self.demand)
    }
}

/// A check under way.
struct Check<'a> {
    model: &'a Model,
    findings: Vec<Finding>,
    /// Bytes that further findings may take. What does not fit is left out: nobody reads so many.
    room: usize,
}

impl<'a> Check<'a> {
    fn new(model: &'a Model) -> Self {
        Self { model, findings: Vec::new(), room: limits::FINDINGS }
    }

    fn report(&mut self, pointer: &str, rule: &str, level: Level, demand: impl Into<String>) {
        let (pointer, rule, demand) = (pointer.to_owned(), rule.to_owned(), demand.into());
        let size = size_of::<Finding>() + pointer.len() + rule.len() + demand.len();
        let Some(room) = self.room.checked_sub(size) else { return };
        self.room = room;
        self.findings.push(Finding { pointer, rule, level, demand });
    }

    fn object(&mut self, object: &Object, pointer: &str, given: &Map<String, Value>) {
        for field in &object.fields {
            match (given.get(&field.name), field.presence) {
                (Some(value), _) => {
                    check_value(self, &field.ty, &field.checks, &pointer_to(pointer, &field.name), value);
                }
                (None, Presence::Required(authority)) => {
                    self.report(&pointer_to(pointer, &field.name), "required", authority.level, "is required");
                }
                (None, Presence::Optional | Presence::Always(_) | Presence::AnswerOnly) => {}
            }
        }
        for field in object.fields.iter().filter(|field| field.flatten) {
            self.flatten(object, field, pointer, given);
        }
        for rule in &object.rules {
            self.rule(rule, pointer, given);
        }
        self.at_least(object, pointer, given);
    }

    /// Entries that travel beside the other fields cannot be called like one of them.
    fn flatten(&mut self, object: &Object, flatten: &Field, pointer: &str, given: &Map<String, Value>) {
        let Some(Value::Object(entries)) = given.get(&flatten.name) else { return };
        let is_field = |name: &String| {
            let mut in_body = object.fields.iter().filter(|field| field.place == Place::Body && !field.flatten);
            in_body.any(|field| field.name == *name)
        };
        for name in entries.keys().filter(|name| is_field(name)) {
            let pointer = pointer_to(&pointer_to(pointer, &flatten.name), name);
            self.report(&pointer, "taken", Level::Error, "is a field of its own");
        }
    }

    fn rule(&mut self, rule: &Rule, pointer: &str, given: &Map<String, Value>) {
        if !rule.when.iter().all(|condition| holds(condition, given)) {
            return;
        }
        match &rule.then {
            // That fields may be skipped is a note to the reader: they were never demanded.
            Consequence::MaySkip(_) => {}
            Consequence::Needs(fields, authority) => {
                let demand = shortened(needed(&rule.when));
                for field in fields.iter().filter(|field| !given.contains_key(*field)) {
                    self.report(&pointer_to(pointer, field), &rule.name, authority.level, demand.as_str());
                }
            }
            Consequence::Count { of, least, most, authority } => {
                let count = of.iter().filter(|field| given.contains_key(*field)).count();
                let count = u64::try_from(count).unwrap_or(u64::MAX);
                if count < *least || count > *most {
                    self.report(pointer, &rule.name, authority.level, counted(of, *least, *most));
                }
            }
        }
    }

    fn at_least(&mut self, object: &Object, pointer: &str, given: &Map<String, Value>) {
        let Some(limit) = object.at_least else { return };
        let in_body = object.fields.iter().filter(|field| field.place == Place::Body);
        let count = in_body.filter(|field| given.contains_key(&field.name)).count();
        if u64::try_from(count).is_ok_and(|count| count < limit.is) {
            let fields = if limit.is == 1 { "field" } else { "fields" };
            let demand = format!("must give at least {} {fields}", limit.is);
            self.report(pointer, "at_least", limit.authority.level, demand);
        }
    }
}

fn holds(condition: &Condition, given: &Map<String, Value>) -> bool {
    given.get(&condition.field).is_some_and(|value| condition.values.contains(&text_of(value)))
}

fn counted(of: &[String], least: u64, most: u64) -> String {
    let number = match (least, most) {
        (1, 1) => "exactly one",
        (0, _) => "at most one",
        _ => "at least one",
    };
    format!("must give {number} of {}", of.join(", "))
}

fn needed(when: &[Condition]) -> String {
    let conditions: Vec<String> =
        when.iter().map(|condition| format!("{} is {}", condition.field, condition.values.join(" or "))).collect();
    if conditions.is_empty() { "is needed".to_owned() } else { format!("is needed when {}", conditions.join(" and ")) }
}

/// A JSON pointer, one step further, as RFC 6901 writes it.
pub fn pointer_to(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", step.replace('~', "~0").replace('/', "~1"))
}
