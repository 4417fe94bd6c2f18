//! Operations: their path, their parameters and what they answer.

use super::fields::Taker;
use super::scope::{Scope, same_name};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{AnswerUseDoc, Authorship, OperationDoc, ResourceDoc, Spot};
use crate::model::{
    Answer, Body, Does, EmptyText, Example, Field, HostId, Level, Method, Operation, Path, Place, Presence, Retry,
    Role, Segment, Shape,
};
use crate::names;
use crate::reader::did_you_mean;

const METHODS: [(&str, Method); 4] =
    [("GET", Method::Get), ("POST", Method::Post), ("DELETE", Method::Delete), ("PATCH", Method::Patch)];

impl Scope<'_> {
    /// Resolves the file's operations and checks their examples.
    pub(super) fn operations(&mut self, examples: &[Example]) -> Vec<Operation> {
        let mut operations: Vec<Operation> = Vec::new();
        let mut names: Vec<(String, &Spot<String>)> = Vec::new();
        for (name, doc) in &self.doc.operations {
            let Some(operation) = self.operation(name, doc, examples) else { continue };
            if let Some((ident, first)) = names.iter().find(|(ident, _)| *ident == operation.ident) {
                self.report(same_name("operation", ident, name, first.place));
            }
            names.push((operation.ident.clone(), name));
            // What is wrong with a field shows in the examples again.
            if self.fields_are_sound {
                self.check_examples(&operation, doc, examples);
            }
            operations.push(operation);
        }
        operations
    }

    fn operation(&mut self, name: &Spot<String>, doc: &OperationDoc, examples: &[Example]) -> Option<Operation> {
        let before = self.diagnostics.len();
        let ident = names::snake(&name.is);
        if ident.is_none() {
            self.report(
                Diagnostic::new(Code::Malformed, format!("`{}` gives no name of a method", name.is))
                    .at(name.place, "")
                    .help("write it in small letters, digits and `_`, starting with a letter"),
            );
        }
        let host = self.host(doc);
        let request = doc.request.as_ref().and_then(|line| self.request_line(line).map(|request| (line, request)));
        let path_fields = request.as_ref().map(|(line, (_, path))| self.path_fields(line, path, doc));
        let mut fields = path_fields.unwrap_or_default();
        fields.extend(self.entries(&doc.query, Taker::Request(Place::Query)));
        fields.extend(self.entries(&doc.body, Taker::Request(Place::Body)));
        if let Some((line, (method, path))) = &request {
            self.check_body(*method, doc);
            self.check_collection(line, path, doc);
        }
        for (name, _) in doc.fixed.iter().filter(|(name, _)| doc.query.iter().any(|(query, _)| query.is == name.is)) {
            self.report(
                Diagnostic::new(Code::MisplacedKey, format!("`{}` is in `query` as well", name.is))
                    .at(name.place, "always this value")
                    .help("remove it from one of the two"),
            );
        }
        let spots = doc.path.iter().map(|(name, _)| name);
        let spots = spots.chain(doc.query.iter().map(|(name, _)| name)).chain(doc.body.iter().map(|(name, _)| name));
        let type_name = self.request_name(name, doc)?;
        let id = self.push_object(type_name, Role::Request, &doc.summary, fields, spots)?;
        let rules = self.rules(doc, id);
        let by_default = Authorship::default();
        let at_least = doc.at_least.as_ref().map(|fact| self.limit(fact, &by_default));
        let object = &mut self.model.objects[id.0];
        object.rules = rules;
        object.at_least = at_least;
        let answer = doc.answer.as_ref().and_then(|answer| self.answer(doc.does, answer));
        let contradictions = self.contradictions(&doc.contradictions);
        let source = self.source(&doc.by, None);
        let used = doc.examples.iter().filter_map(|example| self.example_named(example, examples)).collect();
        let (_, (method, path)) = request.filter(|_| self.diagnostics.len() == before)?;
        Some(Operation {
            name: name.is.clone(),
            id: format!("{}.{}", self.doc.resource.is, name.is),
            ident: ident?,
            summary: doc.summary.clone(),
            does: doc.does,
            method,
            host: host?,
            path,
            fixed: doc.fixed.iter().map(|(name, value)| (name.is.clone(), value.is.clone())).collect(),
            deprecated: doc.deprecated.clone(),
            request: id,
            body: if doc.body.is_empty() { Body::None } else { Body::Json },
            empty_text: doc.empty_text.unwrap_or(EmptyText::Sent),
            retry: doc.retry.unwrap_or(if method == Method::Get { Retry::Safe } else { Retry::Unsent }),
            answer: answer?,
            examples: used,
            source,
            contradictions,
        })
    }

    fn request_name(&mut self, name: &Spot<String>, doc: &OperationDoc) -> Option<String> {
        if let Some(given) = &doc.name {
            return self.type_name(given, Some(given.is.clone()));
        }
        let subject = if doc.does == Does::List { &self.doc.plural } else { &self.doc.resource };
        self.type_name(name, names::pascal(&format!("{}_{}", name.is, subject.is)))
    }

    /// `POST /v1/Account/{auth_id}/Profile/`
    fn request_line(&mut self, line: &Spot<String>) -> Option<(Method, Path)> {
        let (word, template) = line.is.split_once(' ').unwrap_or((&line.is, ""));
        let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == word) else {
            let help = did_you_mean(word, METHODS.map(|(name, _)| name));
            let help = help.unwrap_or_else(|| {
                "write it as `GET /v1/Account/{auth_id}/Thing/`; the methods are GET, POST, DELETE and PATCH".to_owned()
            });
            self.report(
                Diagnostic::new(Code::MalformedRequest, format!("`{word}` is no method")).at(line.place, "").help(help),
            );
            return None;
        };
        let malformed = |what: &str| {
            Diagnostic::new(Code::MalformedRequest, format!("the path {what}"))
                .at(line.place, "")
                .help("write it as `/v1/Account/{auth_id}/Thing/{thing_id}/`: fixed segments, and parameters in braces as whole segments")
        };
        let template = template.trim();
        let Some(rest) = template.strip_prefix('/') else {
            self.report(malformed("does not start with a slash"));
            return None;
        };
        let trailing_slash = rest.ends_with('/') || rest.is_empty();
        let mut segments = Vec::new();
        for part in rest.strip_suffix('/').unwrap_or(rest).split('/') {
            match self.segment(part) {
                Some(segment) if !segments.contains(&segment) || matches!(segment, Segment::Literal(_)) => {
                    segments.push(segment)
                }
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
    fn path_fields(&mut self, line: &Spot<String>, path: &Path, doc: &OperationDoc) -> Vec<Field> {
        let in_path = |name: &str| {
            path.segments.iter().any(|segment| matches!(segment, Segment::Parameter(known) if known == name))
        };
        for (name, _) in doc.path.iter().filter(|(name, _)| !in_path(&name.is)) {
            self.report(
                Diagnostic::new(Code::PathParameter, format!("the path has no parameter `{}`", name.is))
                    .at(name.place, "declared here")
                    .with(line.place, "but not in this path")
                    .help(format!("put `{{{}}}` into the path, or remove it from `path`", name.is)),
            );
        }
        let mut fields = Vec::new();
        for segment in &path.segments {
            let Segment::Parameter(name) = segment else { continue };
            fields.extend(self.path_field(line, name, doc));
        }
        fields
    }

    fn path_field(&mut self, line: &Spot<String>, name: &str, doc: &OperationDoc) -> Option<Field> {
        let declared = doc.path.iter().find(|(known, _)| known.is == name);
        let field = match declared {
            Some((spot, doc)) => self.field(spot, doc),
            None => self.known.iter().find(|(known, _)| known == name).map(|(_, field)| field.clone()),
        };
        if field.is_none() && declared.is_none() && !self.diagnostics.is_broken(self.doc.file, name) {
            let close = did_you_mean(name, self.known.iter().map(|(known, _)| known.as_str()));
            self.report(
                Diagnostic::new(Code::PathParameter, format!("the path parameter `{name}` is not declared"))
                    .at(line.place, format!("`{{{name}}}` stands here"))
                    .help(close.unwrap_or_else(|| {
                        format!("add a field `{name}` to the file, or to `path` of this operation")
                    })),
            );
        }
        let mut field = field?;
        let level = Level::Error;
        field.place = Place::Path;
        field.given_by_server = false;
        field.presence = Presence::Required(crate::model::Authority { source: field.source, level });
        Some(field)
    }

    fn host(&mut self, doc: &OperationDoc) -> Option<HostId> {
        let Some(name) = &doc.host else { return (!self.model.hosts.is_empty()).then_some(HostId(0)) };
        let found = self.model.hosts.iter().position(|host| host.name == name.is);
        if found.is_none() {
            let known: Vec<_> = self.model.hosts.iter().map(|host| host.name.clone()).collect();
            self.unknown(Code::UnknownHost, "host", name, &known);
        }
        found.map(HostId)
    }

    fn check_body(&mut self, method: Method, doc: &OperationDoc) {
        if let Some((first, _)) = doc.body.first().filter(|_| method == Method::Get) {
            self.report(
                Diagnostic::new(Code::MisplacedKey, "a GET request has no body")
                    .at(first.place, "")
                    .help("move its fields to `query`, or change the method"),
            );
        }
    }

    /// What works on one object of the collection names it in its path.
    fn check_collection(&mut self, line: &Spot<String>, path: &Path, doc: &OperationDoc) {
        if doc.does == Does::Act {
            return;
        }
        let Some(id) = self.doc.id.as_ref().filter(|_| self.doc.object.is_some()) else {
            self.report(
                Diagnostic::new(Code::MissingKey, "the resource does not say what it keeps")
                    .at(line.place, "this works on a collection")
                    .help("add `object: ..` and `id: ..` at the head of the file, or write `does: act`"),
            );
            return;
        };
        let named = path.segments.contains(&Segment::Parameter(id.is.clone()));
        if matches!(doc.does, Does::Read | Does::Update | Does::Delete) && !named {
            self.report(
                Diagnostic::new(Code::PathParameter, format!("the path does not name `{}`", id.is))
                    .at(line.place, "which object?")
                    .with(id.place, "this identifies it")
                    .help(format!("put `{{{}}}` into the path, or write `does: act`", id.is)),
            );
        }
    }

    fn answer(&mut self, does: Does, answer: &AnswerUseDoc) -> Option<Answer> {
        let object = self.answer_named(&answer.ty);
        for status in answer.status.iter().filter(|status| !(200..300).contains(&status.is)) {
            self.report(
                Diagnostic::new(Code::Malformed, format!("{} is not the status of a success", status.is))
                    .at(status.place, "")
                    .help("statuses of successes are 200 to 299"),
            );
        }
        let shape = match (&answer.list, &answer.under, &answer.total) {
            (Some(key), None, Some(total)) => {
                let total = Some(total.is.clone()).filter(|total| total != "none");
                Shape::List { key: key.is.clone(), total }
            }
            (None, Some(key), None) => Shape::Under(key.is.clone()),
            (None, None, None) => Shape::Bare,
            _ => {
                self.report(
                    Diagnostic::new(Code::MisplacedKey, "`list` and `total` go together, and not with `under`")
                        .at(answer.ty.place, "")
                        .help("a list is written `list: <key>, total: <key of its count, or none>`"),
                );
                return None;
            }
        };
        if does == Does::List && answer.list.is_none() {
            self.report(
                Diagnostic::new(Code::MissingKey, "`list` is missing")
                    .at(answer.ty.place, "under which key is the list?")
                    .help("add `list: <key>, total: <key of its count, or none>`"),
            );
        }
        let statuses: Vec<u16> = answer.status.iter().filter_map(|status| u16::try_from(status.is).ok()).collect();
        Some(Answer { object: object?, statuses: if statuses.is_empty() { vec![200] } else { statuses }, shape })
    }
}

/// Reports operations of any resource that share a method and a path.
pub(super) fn check_routes(resources: &[&ResourceDoc], diagnostics: &mut Diagnostics) {
    let mut seen: Vec<(String, crate::diagnostic::Place)> = Vec::new();
    for (_, doc) in resources.iter().flat_map(|resource| &resource.operations) {
        let Some(line) = &doc.request else { continue };
        let host = doc.host.as_ref().map_or("", |host| &host.is);
        let path = line.is.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        let fixed = doc.fixed.iter().map(|(name, value)| format!(" {}={}", name.is, value.is));
        let route = format!("{host} {}{}", path.collect::<Vec<_>>().join("/"), fixed.collect::<String>());
        match seen.iter().find(|(known, _)| *known == route) {
            Some((_, first)) => diagnostics.push(
                Diagnostic::new(Code::DuplicateRoute, "two operations send the same request")
                    .at(line.place, "here again")
                    .with(*first, "first here")
                    .help("correct one of them, or make one operation of the two"),
            ),
            None => seen.push((route, line.place)),
        }
    }
}
