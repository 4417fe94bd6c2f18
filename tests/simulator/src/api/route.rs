//! Finds the operation of a request: by its host, method and path, and by the values that are fixed.

use super::error::ApiError;
use super::request_body;
use crate::http::request_body::ReceivedBody;
use http::request::Parts;
use http::{HeaderMap, Method as HttpMethod, StatusCode, header};
use percent_encoding::percent_decode_str;
use plivo_codegen::interpret::text_of;
use plivo_codegen::model::{Fixed, HostId, Location, Method, Model, Operation, Path, Resource, Segment};
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

/// Finds the operations whose requests have this method, path and query. Fails with 404 for an unknown path, and with
/// 405 for a method that the path does not have.
///
/// A trailing slash is a part of the path, and fixed values are a part of the operation. Of several operations, one with
/// fixed text takes precedence over one with a parameter at the same segment, then one of the default host, and then
/// the one with more fixed values. HEAD is served as GET.
pub(super) fn find<'a>(model: &'a Model, head: &Parts) -> Result<Candidates<'a>, ApiError> {
    let (method, uri) = (&head.method, &head.uri);
    let query: Vec<_> = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect();
    let has = |fixed: &Fixed| query.iter().any(|(key, text)| *key == fixed.name && *text == fixed.value);
    let host = host_of(model, &head.headers);
    let routes: Vec<Route<'a>> = operations(model)
        .filter(|(_, operation)| host.is_none_or(|host| host == operation.host))
        .filter(|(_, operation)| fixed_in(operation, Location::Query).all(has))
        .filter_map(|(resource, operation)| match_path(resource, operation, uri.path()))
        .collect();
    if routes.is_empty() {
        return Err(unknown_path(model, uri.path()));
    }
    let served = if method == HttpMethod::HEAD { &HttpMethod::GET } else { method };
    let allowed = allowed_methods(&routes);
    let mut routes: Vec<_> =
        routes.into_iter().filter(|route| method_name(route.operation.method) == served.as_str()).collect();
    routes.sort_by_key(|Route { operation, .. }| {
        (parameter_mask(&operation.path), operation.host.0, Reverse(operation.fixed.len()))
    });
    if routes.is_empty() {
        let message = format!("Method {method} is not allowed for this path. Allowed: {allowed}.");
        return Err(ApiError::new(StatusCode::METHOD_NOT_ALLOWED, message).with_header(header::ALLOW, allowed));
    }
    Ok(Candidates { model, path: uri.path().to_owned(), routes })
}

/// The error of a path that no operation has.
fn unknown_path(model: &Model, path: &str) -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, format!("The API has no such path.{}", slash_hint(model, path)))
}

/// The host of the API that a request names, if it names one: in `X-Forwarded-Host` if the simulator stands in for that
/// host, or else in `Host`.
fn host_of(model: &Model, headers: &HeaderMap) -> Option<HostId> {
    let named = headers.get("x-forwarded-host").or_else(|| headers.get(header::HOST))?.to_str().ok()?;
    let authority = |url: &str| url.split_once("://").is_some_and(|(_, authority)| authority == named);
    model.hosts.iter().position(|host| authority(&host.url)).map(HostId)
}

/// The fixed values of an operation in its query or its body.
fn fixed_in(operation: &Operation, location: Location) -> impl Iterator<Item = &Fixed> {
    operation.fixed.iter().filter(move |fixed| fixed.location == location)
}

/// The operations that may serve a request, the preferred ones first. They may differ in the fixed values of their
/// bodies.
pub(crate) struct Candidates<'a> {
    model: &'a Model,
    /// The path of the request.
    path: String,
    /// Never empty.
    routes: Vec<Route<'a>>,
}

impl<'a> Candidates<'a> {
    /// The preferred one. All of them have the same method and path.
    pub(crate) fn first(&self) -> Option<&Route<'a>> {
        self.routes.first()
    }

    /// Whether the body of the request decides which operation serves it.
    pub(crate) fn depend_on_body(&self) -> bool {
        self.routes.first().is_some_and(|route| fixed_in(route.operation, Location::Body).next().is_some())
    }

    /// The operation that serves a request with this body. Without a body, only one without fixed values there does.
    pub(crate) async fn choose(self, headers: &HeaderMap, body: Option<&ReceivedBody>) -> Result<Route<'a>, ApiError> {
        for route in self.routes {
            if has_fixed_body(self.model, route.operation, headers, body).await {
                return Ok(route);
            }
        }
        Err(unknown_path(self.model, &self.path))
    }
}

/// Whether a body has the fixed values of the operation.
async fn has_fixed_body(
    model: &Model,
    operation: &Operation,
    headers: &HeaderMap,
    body: Option<&ReceivedBody>,
) -> bool {
    let mut fixed = fixed_in(operation, Location::Body).peekable();
    if fixed.peek().is_none() {
        return true;
    }
    let Some(ReceivedBody::Complete(body)) = body else { return false };
    let Ok(body) = request_body::decode(model, operation, headers, body.clone()).await else { return false };
    fixed.all(|fixed| {
        let part = || body.parts.iter().find(|(name, _)| *name == fixed.name).map(|(_, value)| value);
        body.object.get(&fixed.name).or_else(part).is_some_and(|value| text_of(value) == fixed.value)
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
