//! Routes of requests: how the SDKs write them, and the operations of the spec that they belong to.

use plivo_codegen::Model;
use plivo_codegen::model::{Method, Operation, Segment};

use crate::evidence::{Evidence, Folder};

/// A method, a host and the segments of a path. Slashes at the end, and two in a row, make no difference.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    method: String,
    host: String,
    segments: Vec<Part>,
    url: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Parameter,
}

impl Route {
    /// Reads a URL such as `https://api.plivo.com/v1/Account/{auth_id}/Call/{call_uuid}/`.
    pub(crate) fn new(method: &str, url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (host, path) = rest.split_once('/')?;
        let segments = path.split('/').filter(|segment| !segment.is_empty());
        let segments = segments.map(|segment| match segment.starts_with('{') {
            true => Part::Parameter,
            false => Part::Literal(segment.to_owned()),
        });
        let (method, host) = (method.to_owned(), format!("{scheme}://{host}"));
        Some(Self { method, host, segments: segments.collect(), url: url.to_owned() })
    }

    /// The URL as it was read.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Whether the operation has exactly this path, whatever its parameters are called.
    pub(crate) fn is_of(&self, model: &Model, operation: &Operation) -> bool {
        let same_end = self.url.ends_with('/') == operation.path.trailing_slash;
        self.is(&Self::of(model, operation)) && same_end && !self.url.ends_with("//")
    }

    /// Whether it ends with a slash. Of two in a row, none is meant.
    pub(crate) fn ends_with_slash(&self) -> bool {
        self.url.ends_with('/') && !self.url.ends_with("//")
    }

    fn is(&self, other: &Self) -> bool {
        (&self.method, &self.host, &self.segments) == (&other.method, &other.host, &other.segments)
    }

    fn of(model: &Model, operation: &Operation) -> Self {
        let segments = operation.path.segments.iter().map(|segment| match segment {
            Segment::Literal(text) => Part::Literal(text.clone()),
            Segment::Account | Segment::Parameter(_) => Part::Parameter,
        });
        let segments = segments.filter(|part| *part != Part::Literal(String::new())).collect();
        let host = model[operation.host].url.clone();
        Self { method: method(operation).to_owned(), url: format!("{host}{}", operation.path.template), host, segments }
    }

    /// Whether each request of one route is a request of the other one, or nearly: one has a parameter where the other
    /// has a text.
    fn is_like(&self, other: &Self) -> bool {
        let alike = |(a, b): (&Part, &Part)| a == b || *a == Part::Parameter || *b == Part::Parameter;
        let ends = (&self.method, &self.host, self.segments.len());
        ends == (&other.method, &other.host, other.segments.len())
            && self.segments.iter().zip(&other.segments).all(alike)
    }
}

/// The HTTP method of an operation.
pub(crate) fn method(operation: &Operation) -> &'static str {
    match operation.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Patch => "PATCH",
    }
}

/// The operations of the spec that an operation of the SDKs belongs to: those with its route. Of several, those with
/// the most fixed values that the SDKs send.
pub(crate) fn operations<'m>(
    model: &'m Model,
    evidence: &Evidence,
    folder: &Folder,
    operation: &str,
) -> Vec<&'m Operation> {
    let all = || model.resources.iter().flat_map(|resource| &resource.operations);
    let routes = || folder.routes.iter().filter(|row| row.operation == operation).map(|row| &row.route);
    let mut found: Vec<&Operation> =
        all().filter(|candidate| routes().any(|route| route.is(&Route::of(model, candidate)))).collect();
    if found.is_empty() {
        found = all().filter(|candidate| routes().any(|route| route.is_like(&Route::of(model, candidate)))).collect();
    }
    if found.len() > 1 {
        let id = format!("{}.{operation}", folder.name);
        let sends = |key: &str, value: &str| {
            evidence.fixed.iter().any(|sent| sent.operation == id && sent.key == key && sent.value == value)
        };
        found.retain(|candidate| candidate.fixed.iter().all(|fixed| sends(&fixed.name, &fixed.value)));
        let most = found.iter().map(|candidate| candidate.fixed.len()).max().unwrap_or_default();
        found.retain(|candidate| candidate.fixed.len() == most);
    }
    found
}
