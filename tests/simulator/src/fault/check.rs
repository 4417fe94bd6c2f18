//! Holds faults against the model, before any request is made.

use super::{Damage, Fault, FaultError, Faults, Reset, RetryAfter, line};
use crate::reply::allows_body;
use crate::route::{every_operation, method_name};
use fastrand::Rng;
use http::HeaderValue;
use plivo_codegen::model::{Model, Operation};
use serde_json::Value;

/// The methods of HTTP, among them all that a spec can have.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

/// The requests that a fault concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// All.
    Every,
    /// Those of a method.
    Method(String),
    /// Those of a method at the paths of a template.
    Path(String, String),
    /// Those of an operation, by its id.
    Operation(String),
}

/// What each of the faults concerns, if all of them are possible.
pub(super) fn targets(faults: &Faults, model: &Model) -> Result<Vec<Target>, FaultError> {
    let mut problems = Vec::new();
    let mut targets = Vec::new();
    for (number, fault) in faults.faults.iter().enumerate() {
        let mut report = |key: &str, problem: String| problems.push(format!("faults[{number}]{key}: {problem}"));
        match target(&fault.on, model) {
            Ok(target) => targets.push(target),
            Err(problem) => report(".on", problem),
        }
        check(fault, model, &mut report);
    }
    if problems.is_empty() { Ok(targets) } else { Err(FaultError { problems }) }
}

fn target(on: &str, model: &Model) -> Result<Target, String> {
    let operations = || every_operation(model).map(|(_, operation)| operation);
    let route = |operation: &Operation| format!("{} {}", method_name(operation.method), operation.path.template);
    if on == "*" {
        return Ok(Target::Every);
    }
    if operations().any(|operation| operation.id == on) {
        return Ok(Target::Operation(on.to_owned()));
    }
    let shown = line::shown(on);
    let Some((method, template)) = on.split_once(' ') else {
        return Err(format!("there is no operation `{shown}`{}", mean(on, operations().map(|one| one.id.clone()))));
    };
    if template == "*" {
        if METHODS.contains(&method) {
            return Ok(Target::Method(method.to_owned()));
        }
        let methods = METHODS.iter().map(|method| format!("{method} *"));
        return Err(format!("HTTP has no method `{}`{}", line::shown(method), mean(on, methods)));
    }
    if operations().any(|operation| route(operation) == on) {
        return Ok(Target::Path(method.to_owned(), template.to_owned()));
    }
    Err(format!("the spec has no `{shown}`{}", mean(on, operations().map(route))))
}

/// What was meant, or else what can be written. Nobody means a short text by a long one, and the comparison would
/// take long.
fn mean(given: &str, known: impl Iterator<Item = String>) -> String {
    let distance = |known: &String| strsim::damerau_levenshtein(&given.to_lowercase(), &known.to_lowercase());
    match known.filter(|_| line::is_short(given)).min_by_key(distance) {
        Some(near) if distance(&near) <= given.len() / 3 => format!("; did you mean `{near}`?"),
        _ => "; write the id of an operation, a method and a path template of the spec, `GET *`, or `*` for all; `GET \
              /` at the simulator lists the operations"
            .to_owned(),
    }
}

fn check(fault: &Fault, model: &Model, report: &mut impl FnMut(&str, String)) {
    if fault.nth.is_wrong() {
        report(".nth", "no request has such a number; the first is 1, and a range goes up".to_owned());
    }
    if fault.chance.is_some_and(|chance| !(0.0..=1.0).contains(&chance)) {
        report(".chance", "a probability is between 0 and 1".to_owned());
    }
    if fault.status.is_some_and(|status| !(200..600).contains(&status)) {
        report(".status", "an answer has a status from 200 to 599".to_owned());
    }
    if fault.executed && fault.status.is_none() {
        report(".executed", "without `status` every request is executed; add one, or leave this out".to_owned());
    }
    if let Some(RetryAfter::Text(text)) = &fault.retry_after {
        check_header(".retry_after", text, report);
    }
    if fault.retry_at.is_some() && fault.retry_after.is_some() {
        report(".retry_at", "there is one header of that kind; leave out `retry_after`, or this".to_owned());
    }
    if let Some(text) = &fault.content_type {
        check_header(".content_type", text, report);
    }
    for (number, change) in fault.drift.iter().enumerate() {
        if let Some(problem) = change.problem() {
            report(&format!(".drift[{number}].at"), problem);
        }
    }
    if let Some(problem) = contradiction(fault).or_else(|| idleness(fault)) {
        report("", problem.to_owned());
    } else if let Some(body) = fault.known_body(model) {
        check_places(fault, model, body, report);
    }
}

/// Reports changes for which an answer that is known has no place. Behind one that the seed places nothing is known.
fn check_places(fault: &Fault, model: &Model, mut body: Value, report: &mut impl FnMut(&str, String)) {
    let placed = fault.drift.iter().take_while(|change| change.at.is_some());
    for (number, change) in placed.enumerate() {
        if change.make(model, None, &mut body, &mut Rng::with_seed(0)).is_none() {
            report(&format!(".drift[{number}].at"), "the answer of this fault has nothing there to change".to_owned());
        }
    }
}

fn check_header(key: &str, text: &str, report: &mut impl FnMut(&str, String)) {
    if HeaderValue::from_str(text).is_err() {
        report(key, "a header is one line of printable letters".to_owned());
    }
}

/// What cannot be had together.
fn contradiction(fault: &Fault) -> Option<&'static str> {
    let replaces = fault.status.is_some() || fault.body.is_some() || !fault.drift.is_empty();
    let asks_to_wait = fault.retry_after.is_some() || fault.retry_at.is_some();
    let dresses = asks_to_wait || fault.content_type.is_some() || fault.body_delay_ms.is_some();
    let damages = fault.damage.is_some() || fault.oversized.is_some();
    let in_body = fault.reset == Some(Reset::InBody);
    match fault.reset {
        None if !(replaces || dresses || damages || fault.delay_ms.is_some()) => {
            Some("it does nothing; give it `status`, `delay_ms`, `reset` or another effect")
        }
        Some(Reset::BeforeRead | Reset::BeforeExecuting | Reset::AfterExecuting) if replaces || dresses || damages => {
            Some("there is no answer to change when the connection is reset; `reset: in_body` has one")
        }
        _ if fault.oversized.is_some() && (in_body || fault.damage == Some(Damage::Truncated)) => {
            Some("an answer cannot end early and be oversized; leave out one of them")
        }
        _ if in_body && fault.damage.is_some() => Some("`reset: in_body` cuts the body already; leave out `damage`"),
        _ => None,
    }
}

/// What could never act.
fn idleness(fault: &Fault) -> Option<&'static str> {
    let damages = fault.damage.is_some() || fault.oversized.is_some() || fault.reset == Some(Reset::InBody);
    let wants_body = damages || fault.body.is_some() || fault.body_delay_ms.is_some() || !fault.drift.is_empty();
    let has_text = matches!(fault.body, Some(Value::String(_)));
    match fault.damage {
        _ if wants_body && fault.given_status().is_some_and(|status| !allows_body(status)) => {
            Some("an answer with this status has no body; leave out what concerns one, or choose another status")
        }
        _ if has_text && !fault.drift.is_empty() => {
            Some("a text has no values that could drift; let `body` be an object or a list, or leave out `drift`")
        }
        Some(Damage::Malformed) if fault.body == Some(Value::from("")) => {
            Some("an empty body has nothing to damage; leave out `damage`")
        }
        _ => None,
    }
}
