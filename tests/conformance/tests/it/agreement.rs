//! The two implementations of validation, the client and the interpreter of the model, agree on random requests.
//!
//! The requests are nearly valid: values at and beyond limits, strings of characters of one to four bytes, listed values
//! in any letter case, values of the wrong type. The number of requests is fixed for the whole spec, and the operations
//! share it evenly. The environment variables `PLIVO_AGREEMENT_SEED` and `PLIVO_AGREEMENT_REQUESTS` set the seed and the
//! number of requests per operation.

mod checker;
mod form_texts;
mod requests;
mod round_trip;
mod shrink;
mod strings;

use std::collections::BTreeSet;
use std::env;

use plivo_codegen::interpret::{self, Parameters};
use plivo_codegen::model::{Consequence, Level, Model, Object, Operation, Type};
use plivo_conformance::requests::{OPERATIONS, validate};
use serde_json::{Map, Value};

use crate::project_copy::ProjectCopy;
use crate::support::model;
use checker::Checker;
pub(crate) use checker::program;
use form_texts::without_form_texts;
use requests::Requests;

/// Pointers and rules of errors and of warnings. `None` if a value has the wrong type, which the client reports when it
/// deserializes the request.
type Findings = Option<(Vec<Finding>, Vec<Finding>)>;

type Finding = (String, String);

/// Validates a request of an operation with a client.
type Client<'c> = &'c mut dyn FnMut(&Operation, &Map<String, Value>) -> Findings;

fn validate_with_model(model: &Model, operation: &Operation, request: &Map<String, Value>) -> Findings {
    let request = without_form_texts(model, operation.request, request);
    let findings = interpret::validate(model, operation, &Parameters::from(request));
    if findings.iter().any(|finding| finding.rule == "type") {
        return None;
    }
    let of = |level| {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        of_level.map(|finding| (finding.pointer.clone(), finding.rule.clone())).collect()
    };
    Some((of(Level::Error), of(Level::Warn)))
}

fn validate_with_client(operation: &Operation, request: &Map<String, Value>) -> Findings {
    let report = validate(&operation.id, Value::Object(request.clone())).ok()?;
    let of = |violations: &[plivo::Violation]| {
        violations.iter().map(|violation| (violation.pointer().to_owned(), violation.rule().to_owned())).collect()
    };
    Some((of(report.errors()), of(report.warnings())))
}

/// A number from an environment variable.
fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).map_or(default, |text| text.parse().expect("a number"))
}

fn operations(model: &Model) -> impl Iterator<Item = &Operation> {
    model.resources.iter().flat_map(|resource| &resource.operations)
}

/// The number of requests per operation, if all operations share `total`.
fn share(model: &Model, total: u64) -> u64 {
    (total / operations(model).count() as u64).max(1)
}

/// The maximum number of requests of an operation, until each of its rules is violated by a request of some operation.
const MAX_REQUESTS: u64 = 4_000;

/// Validates random requests of every operation with both. Every rule must be violated by some request, and some
/// requests must have no error.
fn assert_agreement(model: &Model, default_requests: u64, client: Client<'_>) {
    let seed = number("PLIVO_AGREEMENT_SEED", 1);
    let mut found = BTreeSet::new();
    let (mut accepted, mut unreadable) = (0, 0);
    for (index, operation) in (0..).zip(operations(model)) {
        let mut requests = Requests::new(model, operation, seed.wrapping_add(index));
        let rules = rules([operation], model);
        let least = number("PLIVO_AGREEMENT_REQUESTS", default_requests);
        let mut count = 0;
        while count < least || (count < MAX_REQUESTS && !rules.is_subset(&found)) {
            count += 1;
            let request = requests.next();
            let findings = client(operation, &request);
            if findings != validate_with_model(model, operation, &request) {
                fail(seed, model, operation, request, client);
            }
            match findings {
                Some((errors, warnings)) => {
                    accepted += u64::from(errors.is_empty());
                    found.extend(errors.into_iter().chain(warnings).map(|(_, rule)| rule));
                }
                None => unreadable += 1,
            }
        }
    }
    let missed: Vec<_> = rules(operations(model), model).into_iter().filter(|rule| !found.contains(rule)).collect();
    assert!(missed.is_empty(), "no request violates {missed:?}");
    assert!(accepted > 1000 && unreadable > 1000, "{accepted} have no error, {unreadable} a value of the wrong type");
}

/// Fails with the smallest request it can find on which the two disagree.
fn fail(seed: u64, model: &Model, operation: &Operation, request: Map<String, Value>, client: Client<'_>) -> ! {
    let differ =
        |request: &Map<String, Value>| client(operation, request) != validate_with_model(model, operation, request);
    let request = shrink::shrink(request, differ);
    let (client, model) = (client(operation, &request), validate_with_model(model, operation, &request));
    let (id, request) = (&operation.id, Value::Object(request));
    panic!(
        "PLIVO_AGREEMENT_SEED={seed}\n{id} {request}\nthe client reports {client:?}\nthe interpreter reports {model:?}"
    )
}

#[test]
fn client_and_interpreter_agree_on_requests_of_the_spec() {
    let model = model();
    assert_agreement(&model, share(&model, 20_000), &mut validate_with_client);
}

/// Tests the agreement on the shapes, which cover the whole language. `copy` contains the client of this model.
pub(crate) fn assert_agreement_in(copy: &ProjectCopy, model: &Model) {
    let mut checker = Checker::start(copy);
    assert_agreement(model, 500, &mut |operation, request| checker.check(operation, request));
}

#[test]
fn the_client_has_every_operation_of_the_spec() {
    let model = model();
    let ids: Vec<_> = operations(&model).map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, OPERATIONS);
}

/// The ids of all rules that requests of these operations can violate.
fn rules<'m>(operations: impl IntoIterator<Item = &'m Operation>, model: &Model) -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for operation in operations {
        add_rules(model, &model[operation.request], &mut rules);
    }
    rules
}

fn add_rules(model: &Model, object: &Object, rules: &mut BTreeSet<String>) {
    for field in &object.fields {
        let checks = &field.constraints;
        let limits = [
            ("min_length", checks.min_length.is_some()),
            ("max_length", checks.max_length.is_some()),
            ("min", checks.min.is_some()),
            ("max", checks.max.is_some()),
            ("format", checks.format.is_some()),
            ("min_items", checks.min_items.is_some()),
            ("max_items", checks.max_items.is_some()),
            ("max_bytes", checks.max_bytes.is_some()),
            ("content_types", checks.content_types.is_some()),
            ("values", checks.values.is_some()),
            ("delimiter", checks.delimiter.is_some()),
            ("taken", field.flatten),
        ];
        rules.extend(limits.into_iter().filter(|(_, applies)| *applies).map(|(rule, _)| rule.to_owned()));
        if let Type::Object(id) = field.ty {
            add_rules(model, &model[id], rules);
        }
    }
    let has_effect = |then: &Consequence| !matches!(then, Consequence::MaySkip(_));
    rules.extend(object.rules.iter().filter(|rule| has_effect(&rule.then)).map(|rule| rule.name.clone()));
    rules.extend(object.at_least.as_ref().map(|_| "at_least".to_owned()));
}
