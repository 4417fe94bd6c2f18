//! Request lines: the method, the path, and its parameters.

use std::collections::{HashMap, HashSet};

use super::context::Cx;
use super::copy_budget::Fields;
use super::entries::check_sendable;
use super::fields::{field, refuse_required};
use super::objects::FieldAt;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{FieldDoc, OperationDoc, Spanned};
use crate::model::{Authority, Level, Location, Method, Path, Presence, Role, Segment};
use crate::names;
use crate::reader::did_you_mean;

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
        let help = did_you_mean(word, METHODS.map(|(name, _)| name));
        let help = help.unwrap_or_else(|| {
            "write it as `GET /v1/Account/{auth_id}/Thing/`; the methods are GET, POST, DELETE and PATCH".to_owned()
        });
        diagnostics.push(
            Diagnostic::new(Code::MalformedRequest, format!("`{word}` is no method")).at(line.span, "").help(help),
        );
        return None;
    };
    match path(template.trim(), account) {
        Ok(path) => Some((*method, path)),
        Err(problem) => {
            diagnostics.push(
                Diagnostic::new(Code::MalformedRequest, format!("the path {problem}"))
                    .at(line.span, "")
                    .help("write it as `/v1/Account/{auth_id}/Thing/{thing_id}/`: fixed segments, and parameters in braces as whole segments"),
            );
            None
        }
    }
}

/// The path of a template, or what is wrong with it.
fn path(template: &str, account: &str) -> Result<Path, String> {
    let Some(rest) = template.strip_prefix('/') else { return Err("does not start with a slash".to_owned()) };
    let trailing_slash = rest.ends_with('/') || rest.is_empty();
    let mut segments = Vec::new();
    let mut seen = HashSet::new();
    for part in rest.strip_suffix('/').unwrap_or(rest).split('/') {
        match segment(part, account) {
            Some(segment) if matches!(segment, Segment::Literal(_)) || seen.insert(part) => segments.push(segment),
            Some(_) => return Err(format!("has the parameter `{part}` twice")),
            None if part.is_empty() => return Err("has an empty segment".to_owned()),
            None => return Err(format!("has the segment `{part}`")),
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
                .with(line.span, "but not in this path")
                .help(format!("put `{{{}}}` into the path, or remove it from `path`", name.is)),
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
    refuse_required(doc, "a parameter of the path is always required", cx.diagnostics);
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
            let help = || format!("add a field `{name}` to the file, or to `path` of this operation");
            Diagnostic::new(Code::PathParameter, format!("the path parameter `{name}` is not declared"))
                .at(line.span, format!("`{{{name}}}` stands here"))
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
