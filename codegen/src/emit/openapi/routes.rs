//! Routes: operations with one method and path are one operation in OpenAPI.

use std::collections::HashMap;

use crate::model::{Method, Model, Operation, Resource, Segment};

/// A path with its operations.
#[derive(Debug)]
pub(super) struct Route<'m> {
    /// The template of the first operation. The others may name its parameters differently.
    pub(super) template: &'m str,
    /// The operations of each method.
    pub(super) methods: Vec<(Method, Vec<Member<'m>>)>,
}

/// An operation with its resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'m> {
    pub(super) resource: &'m Resource,
    pub(super) operation: &'m Operation,
}

/// The routes in the order of the spec.
pub(super) fn routes(model: &Model) -> Vec<Route<'_>> {
    let mut routes: Vec<(String, Route<'_>)> = Vec::new();
    let mut positions = HashMap::new();
    for resource in &model.resources {
        for operation in &resource.operations {
            let shape = shape(operation);
            let position = *positions.entry(shape.clone()).or_insert(routes.len());
            if position == routes.len() {
                routes.push((shape, Route { template: &operation.path.template, methods: Vec::new() }));
            }
            let methods = &mut routes[position].1.methods;
            let member = Member { resource, operation };
            match methods.iter_mut().find(|(method, _)| *method == operation.method) {
                Some((_, members)) => members.push(member),
                None => methods.push((operation.method, vec![member])),
            }
        }
    }
    routes.into_iter().map(|(_, route)| route).collect()
}

/// A path without the names of its parameters.
fn shape(operation: &Operation) -> String {
    let segment = |segment: &Segment| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Account | Segment::Parameter(_) => "/{}".to_owned(),
    };
    let slash = if operation.path.trailing_slash { "/" } else { "" };
    operation.path.segments.iter().map(segment).collect::<String>() + slash
}

/// The name of a path parameter in the template of its route.
pub(super) fn parameter_name<'t>(template: &'t str, operation: &Operation, name: &str) -> Option<&'t str> {
    let is_it = |segment: &Segment| matches!(segment, Segment::Parameter(parameter) if parameter == name);
    let position = operation.path.segments.iter().position(is_it)?;
    template.split('/').nth(position + 1)?.strip_prefix('{')?.strip_suffix('}')
}
