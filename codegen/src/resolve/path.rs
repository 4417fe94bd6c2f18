//! Request lines: the method, the path, and its parameters.

use std::collections::{HashMap, HashSet};

use super::scope::Scope;
use super::types::Placed;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{FieldDoc, OperationDoc, Spanned};
use crate::model::{Authority, Level, Location, Method, Path, Presence, Segment};
use crate::names;
use crate::reader::did_you_mean;

const METHODS: [(&str, Method); 4] =
    [("GET", Method::Get), ("POST", Method::Post), ("DELETE", Method::Delete), ("PATCH", Method::Patch)];

impl Scope<'_> {
    /// `POST /v1/Account/{auth_id}/Profile/`
    pub(super) fn request_line(&mut self, line: &Spanned<String>) -> Option<(Method, Path)> {
        let (word, template) = line.is.split_once(char::is_whitespace).unwrap_or((&line.is, ""));
        let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == word) else {
            let help = did_you_mean(word, METHODS.map(|(name, _)| name));
            let help = help.unwrap_or_else(|| {
                "write it as `GET /v1/Account/{auth_id}/Thing/`; the methods are GET, POST, DELETE and PATCH".to_owned()
            });
            self.report(
                Diagnostic::new(Code::MalformedRequest, format!("`{word}` is no method")).at(line.span, "").help(help),
            );
            return None;
        };
        let malformed = |what: &str| {
            Diagnostic::new(Code::MalformedRequest, format!("the path {what}"))
                .at(line.span, "")
                .help("write it as `/v1/Account/{auth_id}/Thing/{thing_id}/`: fixed segments, and parameters in braces as whole segments")
        };
        let template = template.trim();
        let Some(rest) = template.strip_prefix('/') else {
            self.report(malformed("does not start with a slash"));
            return None;
        };
        let trailing_slash = rest.ends_with('/') || rest.is_empty();
        let mut segments = Vec::new();
        let mut seen = HashSet::new();
        for part in rest.strip_suffix('/').unwrap_or(rest).split('/') {
            match self.segment(part) {
                Some(segment) if matches!(segment, Segment::Literal(_)) || seen.insert(part) => segments.push(segment),
                Some(_) => {
                    self.report(malformed(&format!("has the parameter `{part}` twice")));
                    return None;
                }
                None => {
                    self.report(malformed(&if part.is_empty() {
                        "has an empty segment".to_owned()
                    } else {
                        format!("has the segment `{part}`")
                    }));
                    return None;
                }
            }
        }
        Some((*method, Path { template: template.to_owned(), segments, trailing_slash }))
    }

    fn segment(&self, part: &str) -> Option<Segment> {
        let parameter = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        match parameter {
            Some(name) if name == self.model.auth.account => Some(Segment::Account),
            Some(name) => names::is_snake(name).then(|| Segment::Parameter(name.to_owned())),
            None => {
                let plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
                (plain && !matches!(part, "" | "." | "..")).then(|| Segment::Literal(part.to_owned()))
            }
        }
    }

    /// The parameters of the path, in its order: declared in `path`, or fields of the file.
    pub(super) fn path_fields(&mut self, line: &Spanned<String>, path: &Path, doc: &OperationDoc) -> Vec<Placed> {
        let parameters = path.segments.iter().filter_map(|segment| match segment {
            Segment::Parameter(name) => Some(name),
            Segment::Literal(_) | Segment::Account => None,
        });
        let in_path: HashSet<_> = parameters.collect();
        for (name, _) in doc.path.iter().filter(|(name, _)| !in_path.contains(&name.is)) {
            self.report(
                Diagnostic::new(Code::PathParameter, format!("the path has no parameter `{}`", name.is))
                    .at(name.span, "declared here")
                    .with(line.span, "but not in this path")
                    .help(format!("put `{{{}}}` into the path, or remove it from `path`", name.is)),
            );
        }
        let declared: HashMap<_, _> = doc.path.iter().map(|entry| (entry.0.is.as_str(), entry)).collect();
        let mut fields = Vec::new();
        for segment in &path.segments {
            let Segment::Parameter(name) = segment else { continue };
            fields.extend(self.path_field(line, name, declared.get(name.as_str()).copied()));
        }
        fields
    }

    fn path_field(
        &mut self,
        line: &Spanned<String>,
        name: &str,
        declared: Option<&(Spanned<String>, FieldDoc)>,
    ) -> Option<Placed> {
        let spot = declared.map_or_else(|| Spanned::new(name.to_owned(), line.span), |(spot, _)| spot.clone());
        let field = match declared {
            Some((spot, doc)) => {
                self.refuse_required(doc, "a parameter of the path is always required");
                self.field(spot, doc)
            }
            None => {
                self.mentioned.insert(name.to_owned());
                self.copy_of(&spot)
            }
        };
        if declared.is_none() && !self.known.contains(name) && !self.diagnostics.is_broken(self.doc.file, name) {
            self.diagnostics.push_with(|| {
                let close = did_you_mean(name, self.known.names());
                let help = || format!("add a field `{name}` to the file, or to `path` of this operation");
                Diagnostic::new(Code::PathParameter, format!("the path parameter `{name}` is not declared"))
                    .at(line.span, format!("`{{{name}}}` stands here"))
                    .help(close.unwrap_or_else(help))
            });
        }
        let mut field = field?;
        field.location = Location::Path;
        // An id that the server gives is what callers know an object by.
        field.given_by_server = false;
        field.presence = Presence::Required(Authority { source: field.source, level: Level::Error });
        self.check_sendable(&spot, &field);
        Some((field, spot.span))
    }
}
