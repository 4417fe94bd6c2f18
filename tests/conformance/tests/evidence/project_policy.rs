//! Decisions of this project for all resources, where sources say nothing.

use plivo_codegen::model::{
    Authority, Consequence, Constraints, Level, Location, Method, Object, Operation, Presence, Resource, Retry,
};

use crate::deviations::Deviations;
use crate::spec::{answered, field, model, object_of, request, resources};

/// A GET is always safe to retry. Any other request is retried only if it cannot have been executed. An operation with
/// another retry class is an exception, and needs a reason.
#[test]
fn retry_follows_the_method() {
    for resource in resources() {
        let mut deviations = Deviations::new(resource, "project_policy");
        for operation in &resource.operations {
            let expected = if operation.method == Method::Get { Retry::Safe } else { Retry::IfNotSent };
            let holds = operation.retry == expected;
            deviations.expect(holds, &operation.name, "", "retry", format!("{:?}", operation.retry));
        }
        deviations.assert_listed();
    }
}

/// Rules of other sources are warnings.
#[test]
fn only_documented_rules_are_errors() {
    for resource in resources() {
        for source in &resource.module.sources {
            let is_documentation = source.says.contains("documentation");
            assert_eq!(source.enforce == Level::Error, is_documentation, "{}: {}", resource.name, source.name);
        }
        for (what, authority) in authorities(resource) {
            let is_error = authority.sources.iter().any(|id| resource.module[*id].enforce == Level::Error);
            assert!(is_error || authority.level == Level::Warn, "{what} is an error, but not documented");
        }
    }
}

/// Every rule, with its authority.
fn authorities(resource: &Resource) -> Vec<(String, &Authority)> {
    let mut all = Vec::new();
    for operation in &resource.operations {
        of_object(&mut all, &operation.id, request(operation));
        answered(operation).into_iter().for_each(|object| of_object(&mut all, &operation.id, object));
    }
    all
}

fn of_object<'m>(all: &mut Vec<(String, &'m Authority)>, within: &str, object: &'m Object) {
    for field in &object.fields {
        let name = format!("{within}.{}", field.name);
        if let Presence::Required(authority) = &field.presence {
            // Path parameters need no source: without them there is no request.
            if field.location != Location::Path {
                all.push((name.clone(), authority));
            }
        }
        all.extend(of_checks(&field.constraints).map(|authority| (name.clone(), authority)));
        if let Some(part) = object_of(&field.ty) {
            of_object(all, &name, part);
        }
    }
    all.extend(object.at_least.as_ref().map(|limit| (within.to_owned(), &limit.authority)));
    for rule in &object.rules {
        if let Consequence::Needs(_, authority) | Consequence::Count { authority, .. } = &rule.then {
            all.push((format!("{within}, {}", rule.name), authority));
        }
    }
}

fn of_checks(checks: &Constraints) -> impl Iterator<Item = &Authority> {
    let lengths = [&checks.min_length, &checks.max_length].into_iter().flatten().map(|limit| &limit.authority);
    let numbers = [&checks.min, &checks.max].into_iter().flatten().map(|limit| &limit.authority);
    let format = checks.format.iter().map(|limit| &limit.authority);
    lengths.chain(numbers).chain(format).chain(&checks.values)
}

/// An answer that lacks an `always` field fails to decode, so only the id of the stored object is `always` there. The
/// other fields can be requested by the id.
#[test]
fn only_ids_are_always_there() {
    for resource in resources() {
        let Some(collection) = &resource.collection else { continue };
        for operation in &resource.operations {
            for field in answered(operation).into_iter().flat_map(|object| &object.fields) {
                let is_always_there = matches!(field.presence, Presence::Always(_));
                assert_eq!(
                    is_always_there,
                    Some(&field.name) == collection.id.as_ref(),
                    "{}: {}",
                    operation.id,
                    field.name
                );
            }
        }
    }
}

#[test]
fn fields_that_no_request_sends_are_given_by_the_server() {
    for resource in resources() {
        let Some(collection) = &resource.collection else { continue };
        let sends = |operation: &Operation, name: &str| {
            field(request(operation), name).is_some_and(|field| field.location == Location::Body)
        };
        for field in &model()[collection.object].fields {
            let is_sent = resource.operations.iter().any(|operation| sends(operation, &field.name));
            assert_eq!(field.given_by_server, !is_sent, "{}: {}", resource.name, field.name);
        }
    }
}
