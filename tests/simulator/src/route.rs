//! Finds the operation that a method and a path mean.

use crate::refusal::Refusal;
use http::{Method as HttpMethod, StatusCode, Uri, header};
use percent_encoding::percent_decode_str;
use plivo_codegen::model::{Method, Model, Operation, Path, Resource, Segment};
use std::cmp::Reverse;
use url::form_urlencoded;

/// An operation and what its path holds.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    /// The resource of the operation.
    pub(crate) resource: &'a Resource,
    /// The operation.
    pub(crate) operation: &'a Operation,
    /// The account in the path.
    pub(crate) account: Option<String>,
    /// The parameters in the path, by wire name.
    pub(crate) parameters: Vec<(String, String)>,
}

/// Finds the operation, or says why there is none: 404 for the path, 405 for the method.
///
/// A trailing slash belongs to the path, and fixed query parameters to the operation. Where fixed
/// text and a parameter both fit, fixed text wins; of operations at one path, the one that fixes more.
pub(crate) fn find<'a>(model: &'a Model, method: &HttpMethod, uri: &Uri) -> Result<Route<'a>, Refusal> {
    let query: Vec<_> = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect();
    let has = |(name, value): &(String, String)| query.iter().any(|(key, text)| key == name && text == value);
    let fitting: Vec<Route<'a>> = every_operation(model)
        .filter(|(_, operation)| operation.fixed.iter().all(has))
        .filter_map(|(resource, operation)| read(resource, operation, uri.path()))
        .collect();
    if fitting.is_empty() {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "There is nothing at this path."));
    }
    let allowed = allowed(&fitting);
    fitting
        .into_iter()
        .filter(|route| method_name(route.operation.method) == method.as_str())
        .min_by_key(|route| (openness(&route.operation.path), Reverse(route.operation.fixed.len())))
        .ok_or_else(|| {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, format!("{method} is not allowed here. Allowed: {allowed}."))
                .with_header(header::ALLOW, allowed)
        })
}

/// The name of a method in HTTP.
pub(crate) fn method_name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Patch => "PATCH",
    }
}

/// All operations of the model, with their resources.
pub(crate) fn every_operation(model: &Model) -> impl Iterator<Item = (&Resource, &Operation)> {
    model.resources.iter().flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
}

/// The route to an operation, if the path is one of its paths.
fn read<'a>(resource: &'a Resource, operation: &'a Operation, path: &str) -> Option<Route<'a>> {
    let path = path.strip_prefix('/')?;
    let (path, slash) = path.strip_suffix('/').map_or((path, false), |path| (path, true));
    let given: Vec<&str> = path.split('/').collect();
    let expected = &operation.path;
    if slash != expected.trailing_slash || given.len() != expected.segments.len() {
        return None;
    }
    let (account, parameters) = (None, Vec::new());
    let mut route = Route { resource, operation, account, parameters };
    for (segment, given) in expected.segments.iter().zip(given) {
        let given = decode(given)?;
        match segment {
            Segment::Literal(text) if *text == given => {}
            Segment::Literal(_) => return None,
            Segment::Account => route.account = Some(given),
            Segment::Parameter(name) => route.parameters.push((name.clone(), given)),
        }
    }
    Some(route)
}

/// The text of a segment, if there is any.
fn decode(segment: &str) -> Option<String> {
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    (!text.is_empty()).then(|| text.into_owned())
}

/// Orders paths: the earlier a path leaves something open, the later it comes.
fn openness(path: &Path) -> Vec<bool> {
    path.segments.iter().map(|segment| !matches!(segment, Segment::Literal(_))).collect()
}

fn allowed(routes: &[Route<'_>]) -> String {
    let mut methods: Vec<&str> = routes.iter().map(|route| method_name(route.operation.method)).collect();
    methods.sort_unstable();
    methods.dedup();
    methods.join(", ")
}
