//! What this project decides for all resources, where no source says it.

use plivo_codegen::model::{
    Authority, Consequence, Constraints, Level, Location, Method, Object, Operation, Presence, Resource, Retry,
};

use crate::deviation::Deviations;
use crate::spec::{answered, field, model, object_of, request, resources};

/// A request that reads may be sent twice. Any other may be sent again only if it was surely not
/// carried out. An operation with a class of its own is an exception and needs a reason.
#[test]
fn retry_follows_the_method() {
    for resource in resources() {
        let mut deviations = Deviations::new(resource, "house");
        for operation in &resource.operations {
            let expected = if operation.method == Method::Get { Retry::Safe } else { Retry::IfNotSent };
            let is = operation.retry == expected;
            deviations.expect(is, &operation.name, "", "retry", format!("{:?}", operation.retry));
        }
        deviations.settle();
    }
}

/// Plivo's documentation stops requests; whatever else there is can only warn.
#[test]
fn only_documentation_stops_requests() {
    for resource in resources() {
        for source in &resource.module.sources {
            let is_documentation = source.says.contains("documentation");
            assert_eq!(source.enforce == Level::Error, is_documentation, "{}: {}", resource.name, source.name);
        }
        for (what, authority) in authorities(resource) {
            let stops = resource.module[authority.source].enforce == Level::Error;
            assert!(stops || authority.level == Level::Warn, "{what} stops requests, and nobody documents it");
        }
    }
}

/// Everything that can be violated, and who says it.
fn authorities(resource: &Resource) -> Vec<(String, Authority)> {
    let mut all = Vec::new();
    for operation in &resource.operations {
        of_object(&mut all, &operation.id, request(operation));
        answered(operation).into_iter().for_each(|object| of_object(&mut all, &operation.id, object));
    }
    all
}

fn of_object(all: &mut Vec<(String, Authority)>, within: &str, object: &Object) {
    for field in &object.fields {
        let name = format!("{within}.{}", field.name);
        if let Presence::Required(authority) = field.presence {
            // The value of a path is no claim of anybody: without it there is no request.
            if field.location != Location::Path {
                all.push((name.clone(), authority));
            }
        }
        all.extend(of_checks(&field.constraints).map(|authority| (name.clone(), authority)));
        if let Some(part) = object_of(&field.ty) {
            of_object(all, &name, part);
        }
    }
    all.extend(object.at_least.map(|limit| (within.to_owned(), limit.authority)));
    for rule in &object.rules {
        if let Consequence::Needs(_, authority) | Consequence::Count { authority, .. } = rule.then {
            all.push((format!("{within}, {}", rule.name), authority));
        }
    }
}

fn of_checks(checks: &Constraints) -> impl Iterator<Item = Authority> {
    let lengths = [checks.min_length, checks.max_length].into_iter().flatten().map(|limit| limit.authority);
    let numbers = [checks.min, checks.max].into_iter().flatten().map(|limit| limit.authority);
    let format = checks.format.map(|limit| limit.authority);
    lengths.chain(numbers).chain(format).chain(checks.values)
}

/// An answer that lacks what is promised counts as broken, so nothing is promised but the id of the
/// stored object, by which all else can be asked for.
#[test]
fn only_ids_are_promised() {
    for resource in resources() {
        let Some(collection) = &resource.collection else { continue };
        for operation in &resource.operations {
            for field in answered(operation).into_iter().flat_map(|object| &object.fields) {
                let is_promised = matches!(field.presence, Presence::Always(_));
                assert_eq!(is_promised, field.name == collection.id, "{}: {}", operation.id, field.name);
            }
        }
    }
}

/// What a stored object has and no request carries, the server has given it.
#[test]
fn the_server_gives_what_no_request_carries() {
    for resource in resources() {
        let Some(collection) = &resource.collection else { continue };
        let carried = |operation: &Operation, name: &str| {
            field(request(operation), name).is_some_and(|field| field.location == Location::Body)
        };
        for field in &model()[collection.object].fields {
            let is_carried = resource.operations.iter().any(|operation| carried(operation, &field.name));
            assert_eq!(field.given_by_server, !is_carried, "{}: {}", resource.name, field.name);
        }
    }
}
