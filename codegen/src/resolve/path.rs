//! Request lines: the method, the path, and its parameters.

use std::collections::{HashMap, HashSet};

use super::context::Cx;
use super::copy_budget::Fields;
use super::entries::check_sendable;
use super::fields::field;
use super::misplaced::reject_required;
use super::objects::FieldAt;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{FieldDoc, OperationDoc, Spanned};
use crate::model::{Authority, Level, Location, Method, Path, Presence, Role, Segment};
use crate::names;
use crate::reader::did_you_mean;
use crate::text::alternatives;

const METHODS: [(&str, Method); 4] =
    [("GET", Method::Get), ("POST", Method::Post), ("DELETE", Method::Delete), ("PATCH", Method::Patch)];

/// `POST /v1/Account/{auth_id}/Profile/`, where `account` is the parameter that is always the account's id.
pub(super) fn request_line(
    line: &Spanned<String>,
    account: &str,
    diagnostics: &mut Diagnostics,
) -> Option<(Method, Path)> {
    let (word, template) = line.is.split_once(char::is_whitespace).unwrap_or((&line.is, ""));
    let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == word) else {
        let methods = METHODS.map(|(name, _)| name);
        let example = || "write a method and a path, as in `GET /v1/Account/{auth_id}/Thing/`".to_owned();
        diagnostics.push(
            Diagnostic::new(Code::MalformedRequest, format!("unknown method `{word}`"))
                .at(line.span, format!("expected {}", alternatives(methods)))
                .help(did_you_mean(word, methods).unwrap_or_else(example)),
        );
        return None;
    };
    match path(template.trim(), account) {
        Ok(path) => Some((*method, path)),
        Err(Malformed { message, label, help }) => {
            diagnostics.push(Diagnostic::new(Code::MalformedRequest, message).at(line.span, label).help(help));
            None
        }
    }
}

/// What is wrong with a path.
struct Malformed {
    message: String,
    label: &'static str,
    help: &'static str,
}

/// The path of a template, or what is wrong with it.
fn path(template: &str, account: &str) -> Result<Path, Malformed> {
    let malformed = |message: String, label, help| Err(Malformed { message, label, help });
    let Some(rest) = template.strip_prefix('/') else {
        let message = if template.is_empty() { "the request has no path" } else { "the path does not start with `/`" };
        let help = "write the path with `/` in front, as in `/v1/Account/{auth_id}/Thing/`";
        return malformed(message.to_owned(), "expected a method and a path", help);
    };
    let trailing_slash = rest.ends_with('/') || rest.is_empty();
    let mut segments = Vec::new();
    let mut seen = HashSet::new();
    for part in rest.strip_suffix('/').unwrap_or(rest).split('/') {
        match segment(part, account) {
            Some(segment) if matches!(segment, Segment::Literal(_)) || seen.insert(part) => segments.push(segment),
            Some(_) => {
                let message = format!("the path has the parameter `{part}` twice");
                return malformed(message, "a parameter has one value", "give one of the two another name");
            }
            None if part.is_empty() => {
                let message = "the path has an empty segment".to_owned();
                return malformed(message, "nothing is between two slashes", "write one `/` between two segments");
            }
            None => {
                let help = "write fixed text of letters, digits, `-`, `_` and `.`, or a parameter such as `{thing_id}`";
                return malformed(format!("the path has the invalid segment `{part}`"), "invalid path", help);
            }
        }
    }
    Ok(Path { template: template.to_owned(), segments, trailing_slash })
}

fn segment(part: &str, account: &str) -> Option<Segment> {
    let parameter = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
    match parameter {
        Some(name) if name == account => Some(Segment::Account),
        Some(name) => names::is_snake(name).then(|| Segment::Parameter(name.to_owned())),
        None => {
            let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
            (plain && !matches!(part, "" | "." | "..")).then(|| Segment::Literal(part.to_owned()))
        }
    }
}

/// The parameters of the path, in its order: declared in `path`, or fields of the file.
pub(super) fn path_fields(
    cx: &mut Cx<'_, '_>,
    fields: &mut Fields,
    line: &Spanned<String>,
    path: &Path,
    doc: &OperationDoc,
) -> Vec<FieldAt> {
    let parameters = path.segments.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name),
        Segment::Literal(_) | Segment::Account => None,
    });
    let in_path: HashSet<_> = parameters.clone().collect();
    for (name, _) in doc.path.iter().filter(|(name, _)| !in_path.contains(&name.is)) {
        cx.diagnostics.push(
            Diagnostic::new(Code::PathParameter, format!("the path has no parameter `{}`", name.is))
                .at(name.span, "declared here")
                .with(line.span, "not in this path")
                .help(format!("add `{{{0}}}` to the path, or remove `{0}` from `path`", name.is)),
        );
    }
    let declared: HashMap<_, _> = doc.path.iter().map(|entry| (entry.0.is.as_str(), entry)).collect();
    let mut found = Vec::new();
    for name in parameters {
        found.extend(match declared.get(name.as_str()) {
            Some((spanned, doc)) => declared_parameter(cx, spanned, doc),
            None => taken_parameter(cx, fields, line, name),
        });
    }
    found
}

fn declared_parameter(cx: &mut Cx<'_, '_>, name: &Spanned<String>, doc: &FieldDoc) -> Option<FieldAt> {
    reject_required(doc, "remove `required`; a path parameter is always required", cx.diagnostics);
    let field = field(cx, Role::Part, name, doc)?;
    Some(in_path(cx, name, field))
}

/// A parameter that is a field of the file.
fn taken_parameter(cx: &mut Cx<'_, '_>, fields: &mut Fields, line: &Spanned<String>, name: &str) -> Option<FieldAt> {
    let spanned = Spanned::new(name.to_owned(), line.span);
    let field = fields.copy(&spanned, cx.diagnostics);
    if !fields.contains(name) && !cx.diagnostics.is_broken(cx.known.doc.file, name) {
        cx.diagnostics.push_with(|| {
            let close = did_you_mean(name, fields.names());
            let help = || format!("declare `{name}` under `fields`, or under `path` of this operation");
            Diagnostic::new(Code::PathParameter, format!("the path parameter `{name}` is not declared"))
                .at(line.span, format!("`{{{name}}}` is in this path"))
                .help(close.unwrap_or_else(help))
        });
    }
    Some(in_path(cx, &spanned, field?))
}

fn in_path(cx: &mut Cx<'_, '_>, name: &Spanned<String>, mut field: crate::model::Field) -> FieldAt {
    field.location = Location::Path;
    // An id that the server gives is what callers know an object by.
    field.given_by_server = false;
    field.presence = Presence::Required(Authority { source: field.source, level: Level::Error });
    check_sendable(cx.model, name, &field, cx.diagnostics);
    (field, name.span)
}
