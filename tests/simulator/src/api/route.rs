//! Finds the operation for a method and a path.

use super::error::ApiError;
use http::{Method as HttpMethod, StatusCode, Uri, header};
use percent_encoding::percent_decode_str;
use plivo_codegen::model::{Method, Model, Operation, Path, Resource, Segment};
use std::cmp::Reverse;
use url::form_urlencoded;

/// An operation and the values in the path of its request.
#[derive(Debug)]
pub(crate) struct Route<'a> {
    /// The resource of the operation.
    pub(crate) resource: &'a Resource,
    /// The operation.
    pub(crate) operation: &'a Operation,
    /// The account in the path.
    pub(super) account: Option<String>,
    /// The parameters in the path, by wire name.
    pub(super) parameters: Vec<(String, String)>,
}

/// Finds the operation. Fails with 404 for an unknown path, and with 405 for a method that the path does not have.
///
/// A trailing slash is a part of the path, and fixed query parameters are a part of the operation. If several
/// operations match, one with fixed text takes precedence over one with a parameter at the same segment, and among
/// operations with the same path the one with more fixed query parameters. HEAD is served as GET.
pub(super) fn find<'a>(model: &'a Model, method: &HttpMethod, uri: &Uri) -> Result<Route<'a>, ApiError> {
    let query: Vec<_> = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect();
    let has = |(name, value): &(String, String)| query.iter().any(|(key, text)| key == name && text == value);
    let candidates: Vec<Route<'a>> = operations(model)
        .filter(|(_, operation)| operation.fixed.iter().all(has))
        .filter_map(|(resource, operation)| match_path(resource, operation, uri.path()))
        .collect();
    if candidates.is_empty() {
        let message = format!("The API has no such path.{}", slash_hint(model, uri.path()));
        return Err(ApiError::new(StatusCode::NOT_FOUND, message));
    }
    let allowed = allowed_methods(&candidates);
    let served = if method == HttpMethod::HEAD { &HttpMethod::GET } else { method };
    candidates
        .into_iter()
        .filter(|route| method_name(route.operation.method) == served.as_str())
        .min_by_key(|route| (parameter_mask(&route.operation.path), Reverse(route.operation.fixed.len())))
        .ok_or_else(|| {
            let message = format!("Method {method} is not allowed for this path. Allowed: {allowed}.");
            ApiError::new(StatusCode::METHOD_NOT_ALLOWED, message).with_header(header::ALLOW, allowed)
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

/// All operations of the model with their resources.
pub(crate) fn operations(model: &Model) -> impl Iterator<Item = (&Resource, &Operation)> {
    model.resources.iter().flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
}

/// The route to an operation, if the path matches its template.
fn match_path<'a>(resource: &'a Resource, operation: &'a Operation, path: &str) -> Option<Route<'a>> {
    let path = path.strip_prefix('/')?;
    let (path, trailing_slash) = path.strip_suffix('/').map_or((path, false), |path| (path, true));
    let given: Vec<&str> = path.split('/').collect();
    let template = &operation.path;
    if trailing_slash != template.trailing_slash || given.len() != template.segments.len() {
        return None;
    }
    let mut route = Route { resource, operation, account: None, parameters: Vec::new() };
    for (segment, given) in template.segments.iter().zip(given) {
        let given = decode_segment(given)?;
        match segment {
            Segment::Literal(text) if *text == given => {}
            Segment::Literal(_) => return None,
            Segment::Account => route.account = Some(given),
            Segment::Parameter(name) => route.parameters.push((name.clone(), given)),
        }
    }
    Some(route)
}

/// A sentence for a path that only differs from one of the API in the slashes at its end, or an empty text.
fn slash_hint(model: &Model, path: &str) -> String {
    let trimmed = path.trim_end_matches('/');
    let matches =
        |path: &str| operations(model).find_map(|(resource, operation)| match_path(resource, operation, path));
    match (matches(trimmed), matches(&format!("{trimmed}/"))) {
        (None, None) => String::new(),
        (Some(route), _) => format!(" It has `{}`, without a slash at the end.", route.operation.path.template),
        (None, Some(route)) => format!(" It has `{}`, with one slash at the end.", route.operation.path.template),
    }
}

/// The decoded text of a segment, or `None` if the segment is empty or not UTF-8.
fn decode_segment(segment: &str) -> Option<String> {
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    (!text.is_empty()).then(|| text.into_owned())
}

/// Whether each segment is a parameter. Ordering paths by this puts fixed text before parameters.
fn parameter_mask(path: &Path) -> Vec<bool> {
    path.segments.iter().map(|segment| !matches!(segment, Segment::Literal(_))).collect()
}

/// The methods of these routes, sorted and joined for the header `Allow`.
fn allowed_methods(routes: &[Route<'_>]) -> String {
    let mut methods: Vec<&str> = routes.iter().map(|route| method_name(route.operation.method)).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.sort_unstable();
    methods.dedup();
    methods.join(", ")
}
