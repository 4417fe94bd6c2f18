//! Checks faults against the model before they take effect.

use super::{Damage, Fault, Faults, Reset, RetryAfter};
use crate::api::route::{method_name, operations};
use crate::http::response::allows_body;
use crate::input::{InputError, nearest, one_line};
use fastrand::Rng;
use http::HeaderValue;
use plivo_codegen::model::{Model, Operation};
use serde_json::Value;

/// The methods of HTTP. They include all methods that a spec may use.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

/// The maximum number of faults. Each request is compared with all of them.
const MAX_FAULTS: usize = 1_000;

/// The requests that a fault refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// All requests.
    Every,
    /// All requests with this method.
    Method(String),
    /// All requests with this method and path template.
    Path(String, String),
    /// All requests of the operation with this id.
    Operation(String),
}

/// Checks all faults, and returns their targets.
pub(super) fn check(faults: &Faults, model: &Model) -> Result<Vec<Target>, InputError> {
    if faults.faults.len() > MAX_FAULTS {
        let problem = format!("faults: {} are given; the maximum is {MAX_FAULTS}", faults.faults.len());
        return Err(InputError::new(vec![problem]));
    }
    let mut problems = Vec::new();
    let mut targets = Vec::new();
    for (index, fault) in faults.faults.iter().enumerate() {
        let mut report = |key: &str, problem: String| problems.push(format!("faults[{index}]{key}: {problem}"));
        match parse_target(&fault.on, model) {
            Ok(target) => targets.push(target),
            Err(problem) => report(".on", problem),
        }
        check_values(fault, &mut report);
        if let Some(problem) = conflict(fault).or_else(|| impossible_body_effect(fault)) {
            report("", problem.to_owned());
        } else if let Some(body) = fault.fixed_body(model) {
            if fault.links.is_some_and(|links| !links.apply(&mut body.clone())) {
                report(".links", "the response of this fault has no link".to_owned());
            }
            check_drift(fault, model, body, &mut report);
        }
    }
    if problems.is_empty() { Ok(targets) } else { Err(InputError::new(problems)) }
}

fn parse_target(on: &str, model: &Model) -> Result<Target, String> {
    let operations = || operations(model).map(|(_, operation)| operation);
    let route = |operation: &Operation| format!("{} {}", method_name(operation.method), operation.path.template);
    if on == "*" {
        return Ok(Target::Every);
    }
    if operations().any(|operation| operation.id == on) {
        return Ok(Target::Operation(on.to_owned()));
    }
    let escaped = one_line::escaped(on);
    let Some((method, template)) = on.split_once(' ') else {
        let ids = operations().map(|operation| operation.id.clone());
        return Err(format!("the spec has no operation `{escaped}`; {}", suggestion(on, ids)));
    };
    if template == "*" {
        if METHODS.contains(&method) {
            return Ok(Target::Method(method.to_owned()));
        }
        let methods = METHODS.iter().map(|method| format!("{method} *"));
        return Err(format!("`{}` is not an HTTP method; {}", one_line::escaped(method), suggestion(on, methods)));
    }
    if operations().any(|operation| route(operation) == on) {
        return Ok(Target::Path(method.to_owned(), template.to_owned()));
    }
    Err(format!("the spec has no route `{escaped}`; {}", suggestion(on, operations().map(route))))
}

/// Suggests the most similar known name, or else lists the accepted forms.
fn suggestion(given: &str, known: impl Iterator<Item = String>) -> String {
    match nearest(given, known) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => {
            "expected an operation id, a method and a path template of the spec, a method and `*`, or `*`; `GET /` on \
              the simulator lists the operations"
                .to_owned()
        }
    }
}

/// Checks the value of each key on its own.
fn check_values(fault: &Fault, report: &mut impl FnMut(&str, String)) {
    if fault.account.as_deref() == Some("") {
        report(".account", "no account has an empty id; name an account, or remove `account`".to_owned());
    }
    if fault.nth.has_invalid_range() {
        report(".nth", "the first request has number 1, and the end of a range must not precede its start".to_owned());
    }
    if fault.chance.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
        report(".chance", "the probability must be between 0 and 1".to_owned());
    }
    if fault.status.is_some_and(|status| !(200..600).contains(&status)) {
        report(".status", "the status must be between 200 and 599".to_owned());
    }
    if fault.executed && fault.status.is_none() {
        report(
            ".executed",
            "without `status`, every request is executed; add `status` or remove `executed`".to_owned(),
        );
    }
    if let Some(RetryAfter::Text(text)) = &fault.retry_after {
        check_header(".retry_after", text, report);
    }
    if fault.retry_at.is_some() && fault.retry_after.is_some() {
        report(".retry_at", "`retry_at` cannot be combined with `retry_after`; remove one of them".to_owned());
    }
    if let Some(text) = &fault.content_type {
        check_header(".content_type", text, report);
    }
    for (index, change) in fault.drift.iter().enumerate() {
        if let Some(problem) = change.pointer_problem() {
            report(&format!(".drift[{index}].at"), problem);
        }
    }
}

fn check_header(key: &str, text: &str, report: &mut impl FnMut(&str, String)) {
    if HeaderValue::from_str(text).is_err() {
        report(key, "a header value must be one line of printable characters".to_owned());
    }
}

/// Reports changes that the body does not allow. Changes after one at a random location are not checked: their
/// effect is unknown.
fn check_drift(fault: &Fault, model: &Model, mut body: Value, report: &mut impl FnMut(&str, String)) {
    let located = fault.drift.iter().take_while(|change| change.at.is_some());
    for (index, change) in located.enumerate() {
        if change.apply(model, None, &mut body, &mut Rng::with_seed(0)).is_none() {
            let problem = "the response of this fault has nothing to change at this pointer".to_owned();
            report(&format!(".drift[{index}].at"), problem);
        }
    }
}

/// A conflict between effects, or a fault without effects.
fn conflict(fault: &Fault) -> Option<&'static str> {
    let replaces = fault.status.is_some() || fault.body.is_some() || !fault.drift.is_empty() || fault.links.is_some();
    let sets_header = fault.retry_after.is_some() || fault.retry_at.is_some() || fault.content_type.is_some();
    let damages = fault.damage.is_some() || fault.oversized.is_some();
    let changes_response = replaces || sets_header || fault.body_delay_ms.is_some() || damages;
    let in_body = fault.reset == Some(Reset::InBody);
    match fault.reset {
        None if !(changes_response || fault.delay_ms.is_some()) => {
            Some("the fault has no effect; add `status`, `delay_ms`, `reset` or another effect")
        }
        Some(Reset::BeforeRead | Reset::BeforeExecuting | Reset::AfterExecuting) if changes_response => {
            Some("this reset replaces the response; use `reset: in_body`, or remove the effects on the response")
        }
        _ if fault.oversized.is_some() && (in_body || fault.damage == Some(Damage::Truncated)) => {
            Some("a response cannot be both cut off and oversized; remove one of these effects")
        }
        _ if in_body && fault.damage.is_some() => Some("`reset: in_body` already cuts off the body; remove `damage`"),
        _ => None,
    }
}

/// An effect on the body that can never take place.
fn impossible_body_effect(fault: &Fault) -> Option<&'static str> {
    let damages = fault.damage.is_some() || fault.oversized.is_some() || fault.reset == Some(Reset::InBody);
    let needs_body = damages
        || fault.body.is_some()
        || fault.body_delay_ms.is_some()
        || !fault.drift.is_empty()
        || fault.links.is_some();
    let has_text = matches!(fault.body, Some(Value::String(_)));
    match fault.damage {
        _ if needs_body && fault.status_code().is_some_and(|status| !allows_body(status)) => {
            Some("a response with this status has no body; remove the effects on the body, or use another status")
        }
        _ if has_text && !fault.drift.is_empty() => {
            Some("`drift` needs a JSON body; make `body` an object or a list, or remove `drift`")
        }
        Some(Damage::Malformed) if fault.body == Some(Value::from("")) => {
            Some("an empty body cannot be damaged; remove `damage`")
        }
        _ => None,
    }
}
