//! Request lines: the method and the path.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Spanned;
use crate::model::{ACCOUNT, Method, Path, Segment};
use crate::names;
use crate::reader::did_you_mean;
use crate::text::alternatives;

const METHODS: [(&str, Method); 4] =
    [("GET", Method::Get), ("POST", Method::Post), ("DELETE", Method::Delete), ("PATCH", Method::Patch)];

/// `POST /v1/Account/{account}/Profile/`, where `{account}` is always the caller's account.
pub(super) fn request_line(line: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<(Method, Path)> {
    let (word, template) = line.is.split_once(char::is_whitespace).unwrap_or((&line.is, ""));
    let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == word) else {
        let methods = METHODS.map(|(name, _)| name);
        let example = || "write a method and a path, as in `GET /v1/Account/{account}/Thing/`".to_owned();
        diagnostics.push(
            Diagnostic::new(Code::MalformedRequest, format!("unknown method `{word}`"))
                .at(line.span, format!("expected {}", alternatives(methods)))
                .help(did_you_mean(word, methods).unwrap_or_else(example)),
        );
        return None;
    };
    Some((*method, template_at(template.trim(), line, diagnostics)?))
}

/// The path that a field holds.
pub(super) fn held_path(template: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Path> {
    template_at(&template.is, template, diagnostics)
}

fn template_at(template: &str, spanned: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Path> {
    match path(template) {
        Ok(path) => Some(path),
        Err(Malformed { message, label, help }) => {
            diagnostics.push(Diagnostic::new(Code::MalformedRequest, message).at(spanned.span, label).help(help));
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
fn path(template: &str) -> Result<Path, Malformed> {
    let malformed = |message: String, label, help| Err(Malformed { message, label, help });
    let Some(rest) = template.strip_prefix('/') else {
        let message = if template.is_empty() { "the request has no path" } else { "the path does not start with `/`" };
        let help = "write the path with `/` in front, as in `/v1/Account/{account}/Thing/`";
        return malformed(message.to_owned(), "expected a method and a path", help);
    };
    let trailing_slash = rest.ends_with('/') || rest.is_empty();
    let mut segments = Vec::new();
    let mut seen = HashSet::new();
    for part in rest.strip_suffix('/').unwrap_or(rest).split('/') {
        match segment(part) {
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

fn segment(part: &str) -> Option<Segment> {
    let parameter = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
    match parameter {
        Some(ACCOUNT) => Some(Segment::Account),
        Some(name) => names::is_snake(name).then(|| Segment::Parameter(name.to_owned())),
        None => {
            let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
            (plain && !matches!(part, "" | "." | "..")).then(|| Segment::Literal(part.to_owned()))
        }
    }
}
