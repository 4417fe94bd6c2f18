//! Two readings of the rules, the client's tables and the interpreter of the model, find the same.
//!
//! Requests are made at random, of what almost fits: values at and beyond limits, texts of letters of one to four
//! bytes, listed values in any letter case, values of the wrong kind. The variables `PLIVO_AGREEMENT_SEED` and
//! `PLIVO_AGREEMENT_REQUESTS` choose others, and more for each operation.

mod checker;
mod reading;
mod requests;
mod smaller;
mod texts;

use std::collections::BTreeSet;
use std::env;

use plivo_codegen::interpret::{self, Parameters};
use plivo_codegen::model::{Consequence, Level, Model, Object, Operation, Type};
use plivo_conformance::requests::{OPERATIONS, validate};
use serde_json::{Map, Value};

use crate::copy::Copy;
use crate::support::model;
use checker::Checker;
pub(crate) use checker::program;
use requests::Requests;

/// Pointers and rules: what is wrong, and what is suspicious. `None`: a value is of the wrong kind, which the
/// client says before it has a request to check.
type Findings = Option<(Vec<Finding>, Vec<Finding>)>;

type Finding = (String, String);

/// What a client finds in a request of an operation.
type Client<'c> = &'c mut dyn FnMut(&Operation, &Map<String, Value>) -> Findings;

fn by_the_model(model: &Model, operation: &Operation, request: &Map<String, Value>) -> Findings {
    let findings = interpret::validate(model, operation, &Parameters::from(request.clone()));
    if findings.iter().any(|finding| finding.rule == "type") {
        return None;
    }
    let of = |level| {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        of_level.map(|finding| (finding.pointer.clone(), finding.rule.clone())).collect()
    };
    Some((of(Level::Error), of(Level::Warn)))
}

fn by_the_client(operation: &Operation, request: &Map<String, Value>) -> Findings {
    let report = validate(&operation.id, Value::Object(request.clone())).ok()?;
    let of = |violations: &[plivo::Violation]| {
        violations.iter().map(|violation| (violation.pointer().to_owned(), violation.rule().to_owned())).collect()
    };
    Some((of(report.errors()), of(report.warnings())))
}

/// A number of the environment.
fn number(variable: &str, usual: u64) -> u64 {
    env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

fn operations(model: &Model) -> impl Iterator<Item = &Operation> {
    model.resources.iter().flat_map(|resource| &resource.operations)
}

/// Asks both about random requests of every operation, of each so many. Every rule must be broken by some, and
/// some must be without an error.
fn agree(model: &Model, usual: u64, client: Client<'_>) {
    let seed = number("PLIVO_AGREEMENT_SEED", 1);
    let mut found = BTreeSet::new();
    let (mut accepted, mut unreadable) = (0, 0);
    for (index, operation) in (0..).zip(operations(model)) {
        let mut requests = Requests::new(model, operation, seed.wrapping_add(index));
        for _ in 0..number("PLIVO_AGREEMENT_REQUESTS", usual) {
            let request = requests.next();
            let findings = client(operation, &request);
            if findings != by_the_model(model, operation, &request) {
                explain(seed, model, operation, request, client);
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
    let missed: Vec<_> = rules(model).into_iter().filter(|rule| !found.contains(rule)).collect();
    assert!(missed.is_empty(), "no request breaks {missed:?}");
    assert!(accepted > 1000 && unreadable > 1000, "{accepted} have no error, {unreadable} a wrong kind");
}

/// Fails with the smallest request that it can find on which the two differ.
fn explain(seed: u64, model: &Model, operation: &Operation, request: Map<String, Value>, client: Client<'_>) -> ! {
    let differ = |request: &Map<String, Value>| client(operation, request) != by_the_model(model, operation, request);
    let request = smaller::smallest(request, differ);
    let (client, model) = (client(operation, &request), by_the_model(model, operation, &request));
    let (id, request) = (&operation.id, Value::Object(request));
    panic!("PLIVO_AGREEMENT_SEED={seed}\n{id} {request}\nthe client finds {client:?}\nthe interpreter finds {model:?}")
}

#[test]
fn on_requests_of_the_spec() {
    agree(&model(), 4_000, &mut by_the_client);
}

/// The spec does not have everything that the language has; the shapes do. `copy` is a copy of the project with
/// a client of this model.
pub(crate) fn agree_on(copy: &Copy, model: &Model) {
    let mut checker = Checker::start(copy);
    agree(model, 500, &mut |operation, request| checker.check(operation, request));
}

/// Every operation of the spec is one of the client.
#[test]
fn all_operations_are_there() {
    let model = model();
    let ids: Vec<_> = operations(&model).map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, OPERATIONS);
}

/// The ids of everything that the requests of the model can break.
fn rules(model: &Model) -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for operation in operations(model) {
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
            ("values", checks.values.is_some()),
            ("delimiter", checks.delimiter.is_some()),
            ("taken", field.flatten),
        ];
        rules.extend(limits.into_iter().filter(|(_, is_there)| *is_there).map(|(rule, _)| rule.to_owned()));
        if let Type::Object(id) = field.ty {
            add_rules(model, &model[id], rules);
        }
    }
    let has_effect = |then: &Consequence| !matches!(then, Consequence::MaySkip(_));
    rules.extend(object.rules.iter().filter(|rule| has_effect(&rule.then)).map(|rule| rule.name.clone()));
    rules.extend(object.at_least.map(|_| "at_least".to_owned()));
}
