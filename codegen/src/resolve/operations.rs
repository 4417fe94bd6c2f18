//! Operations: their path, their parameters and what they answer.

use std::collections::{HashMap, HashSet};

use super::fields::Taker;
use super::scope::{Scope, owned, same_name};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{AnswerUseDoc, ApiDoc, Authorship, EntryDoc, OperationDoc, ResourceDoc, Spanned};
use crate::model::{
    self, Answer, Does, EmptyText, Example, HostId, Meta, Method, Operation, Path, Presence, ResponseShape, Retry,
    Role, Segment, Type,
};
use crate::names;

impl Scope<'_> {
    /// Resolves the file's operations and checks their examples.
    pub(super) fn operations(&mut self, examples: &[Example]) -> Vec<Operation> {
        let mut operations: Vec<Operation> = Vec::new();
        let mut names: HashMap<String, Span> = HashMap::new();
        for (name, doc) in &self.doc.operations {
            let Some(operation) = self.operation(name, doc) else { continue };
            if let Some(first) = names.get(&operation.ident) {
                self.report(same_name("operation", &operation.ident, name, *first));
            }
            names.insert(operation.ident.clone(), name.span);
            // What is wrong with a field shows in the examples again.
            if self.fields_are_sound {
                self.check_examples(&operation, doc, examples);
            }
            // An answer that could not be read, or that is listed nowhere, is not missing as well.
            if self.answers_are_sound {
                self.check_written(&operation, doc, examples);
            }
            operations.push(operation);
        }
        operations
    }

    fn operation(&mut self, name: &Spanned<String>, doc: &OperationDoc) -> Option<Operation> {
        let before = self.diagnostics.errors();
        let ident = names::method(&name.is);
        if ident.is_none() {
            self.report(
                Diagnostic::new(Code::MalformedName, format!("`{}` gives no name of a method", name.is))
                    .at(name.span, "")
                    .help("write it in small letters, digits and `_`, starting with a letter"),
            );
        }
        let host = self.host(doc);
        let request = doc.request.as_ref().and_then(|line| self.request_line(line).map(|request| (line, request)));
        let path_fields = request.as_ref().map(|(line, (_, path))| self.path_fields(line, path, doc));
        let mut fields = path_fields.unwrap_or_default();
        fields.extend(self.entries(&doc.query, Taker::Request(model::Location::Query)));
        fields.extend(self.entries(&doc.body, Taker::Request(model::Location::Body)));
        if let Some((line, (method, path))) = &request {
            self.check_body(*method, doc);
            self.check_verb(line, *method, doc.does);
            self.check_collection(line, path, doc);
        }
        self.check_fixed(doc);
        self.check_compare(doc);
        let type_name = self.request_name(name, doc)?;
        let id = self.push_object(type_name, Role::Request, &doc.summary, fields);
        let rules = self.rules(doc, id);
        let by_default = Authorship::default();
        let at_least = doc.at_least.as_ref().map(|fact| self.limit(fact, &by_default));
        self.check_at_least(doc);
        let object = &mut self.model.objects[id.0];
        object.rules = rules;
        object.at_least = at_least;
        let body = self.body(doc, id);
        let answer = doc.answer.as_ref().and_then(|answer| self.answer(doc.does, answer));
        let contradictions = self.contradictions(&doc.contradictions);
        let source = self.source(&doc.by, None);
        let used = doc.examples.iter().filter_map(|example| self.example_named(example)).collect();
        let (_, (method, path)) = request.filter(|_| self.diagnostics.errors() == before)?;
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
            body,
            empty_text: doc.empty_text.unwrap_or(EmptyText::Sent),
            retry: doc.retry.unwrap_or(if method == Method::Get { Retry::Safe } else { Retry::IfNotSent }),
            answer: answer?,
            examples: used,
            source,
            contradictions,
        })
    }

    fn request_name(&mut self, name: &Spanned<String>, doc: &OperationDoc) -> Option<String> {
        if let Some(given) = &doc.name {
            return self.type_name(given, Some(given.is.clone()));
        }
        let subject = if doc.does == Does::List { &self.doc.plural } else { &self.doc.resource };
        self.type_name(name, names::pascal(&format!("{}_{}", name.is, subject.is)))
    }

    fn host(&mut self, doc: &OperationDoc) -> Option<HostId> {
        let Some(name) = &doc.host else { return (!self.model.hosts.is_empty()).then_some(HostId(0)) };
        let found = self.model.hosts.iter().position(|host| host.name == name.is);
        if found.is_none() {
            let known = |scope: &Self| owned(scope.model.hosts.iter().map(|host| host.name.as_str()));
            self.unknown(Code::UnknownHost, "host", name, known);
        }
        found.map(HostId)
    }

    fn check_body(&mut self, method: Method, doc: &OperationDoc) {
        if let Some((first, _)) = doc.body.first().filter(|_| method == Method::Get) {
            self.report(
                Diagnostic::new(Code::BodyOnGet, "a GET request has no body")
                    .at(first.span, "")
                    .help("move its fields to `query`, or change the method"),
            );
        }
    }

    /// A slip in one of the two would make a request that is sent again, or an object that is not there.
    fn check_verb(&mut self, line: &Spanned<String>, method: Method, does: Does) {
        let fits = match does {
            Does::Read | Does::List => method == Method::Get,
            Does::Create | Does::Update => matches!(method, Method::Post | Method::Patch),
            Does::Delete => method == Method::Delete,
            Does::Action => true,
        };
        if !fits {
            self.report(
                Diagnostic::new(Code::WrongVerb, "the method does not do what the operation does")
                    .at(line.span, "")
                    .help("correct `does` or the method, or write `does: action`"),
            );
        }
    }

    fn check_fixed(&mut self, doc: &OperationDoc) {
        let query: HashSet<_> = doc.query.iter().map(|(name, _)| &name.is).collect();
        for (name, _) in doc.fixed.iter().filter(|(name, _)| query.contains(&name.is)) {
            self.report(
                Diagnostic::new(Code::FixedInQuery, format!("`{}` is in `query` as well", name.is))
                    .at(name.span, "always this value")
                    .help("remove it from one of the two"),
            );
        }
    }

    /// What is not a list cannot be narrowed.
    fn check_compare(&mut self, doc: &OperationDoc) {
        let is_list = doc.answer.as_ref().is_none_or(|answer| answer.list.is_some());
        let compares = |entry: &EntryDoc| matches!(entry, EntryDoc::Own(field) if !field.compare.is_empty());
        for (name, _) in doc.query.iter().filter(|(_, entry)| !is_list && compares(entry)) {
            self.report(
                Diagnostic::new(Code::MisplacedKey, format!("`compare` does not go with `{}`", name.is))
                    .at(name.span, "the answer is no list")
                    .help("remove it, or say with `list` where the list is"),
            );
        }
    }

    fn check_at_least(&mut self, doc: &OperationDoc) {
        let fields = u64::try_from(doc.body.len()).unwrap_or(u64::MAX);
        if let Some(fact) = doc.at_least.as_ref().filter(|fact| fact.is.is > fields) {
            self.report(
                Diagnostic::new(Code::ImpossibleLimit, format!("the body has {fields} fields"))
                    .at(fact.is.span, "so many can never be given")
                    .help("write a number up to that, or remove `at_least`"),
            );
        }
    }

    /// What works on one object of the collection names it in its path.
    fn check_collection(&mut self, line: &Spanned<String>, path: &Path, doc: &OperationDoc) {
        let Some(id) = self.doc.id.as_ref() else { return };
        let named = path.segments.contains(&Segment::Parameter(id.is.clone()));
        if matches!(doc.does, Does::Read | Does::Update | Does::Delete) && !named {
            self.report(
                Diagnostic::new(Code::IdNotInPath, format!("the path does not name `{}`", id.is))
                    .at(line.span, "which object?")
                    .with(id.span, "this identifies it")
                    .help(format!("put `{{{}}}` into the path, or write `does: action`", id.is)),
            );
        }
    }

    fn answer(&mut self, does: Does, answer: &AnswerUseDoc) -> Option<Answer> {
        let ty = self.answered_type(answer);
        for status in answer.status.iter().filter(|status| !(200..300).contains(&status.is)) {
            self.report(
                Diagnostic::new(Code::MalformedStatus, format!("{} is not the status of a success", status.is))
                    .at(status.span, "")
                    .help("statuses of successes are 200 to 299"),
            );
        }
        let shape = self.shape(answer);
        self.check_deferral(answer, ty.as_ref());
        if does == Does::List && answer.list.is_none() {
            self.report(
                Diagnostic::new(Code::MissingPage, "`list` is missing")
                    .at(answer.ty.span, "under which key is the list?")
                    .help("add `list: <key>, total: <key of its count, or none>`"),
            );
        }
        let statuses: Vec<u16> = answer.status.iter().filter_map(|status| u16::try_from(status.is).ok()).collect();
        let statuses = if statuses.is_empty() { vec![200] } else { statuses };
        let deferred_by = answer.deferred_by.as_ref().map(|field| field.is.clone());
        Some(Answer { ty: ty?, statuses, shape: shape?, deferred_by })
    }

    /// An answer of the file, or in a list a plain value.
    fn answered_type(&mut self, answer: &AnswerUseDoc) -> Option<Type> {
        let plain = match answer.ty.is.as_str() {
            "string" => Type::Text,
            "integer" => Type::Integer,
            "number" => Type::Number,
            "boolean" => Type::Boolean,
            "timestamp" => Type::Timestamp,
            "decimal" => Type::Decimal,
            "any" => Type::Any,
            _ => return self.answer_named(&answer.ty).map(Type::Object),
        };
        if answer.list.is_none() {
            self.report(
                Diagnostic::new(Code::ListShape, "a plain value stands in a list only")
                    .at(answer.ty.span, "")
                    .help("describe the object around it under `answers`, or add `list: <key>, total: none`"),
            );
        }
        Some(plain)
    }

    fn shape(&mut self, answer: &AnswerUseDoc) -> Option<ResponseShape> {
        for key in [&answer.list, &answer.under, &answer.total].into_iter().flatten() {
            if key.is.split('.').any(str::is_empty) {
                self.report(
                    Diagnostic::new(Code::MalformedName, format!("`{}` leads nowhere", key.is))
                        .at(key.span, "a dot leads into an object")
                        .help("write the keys with one dot between them, as in `response.objects`"),
                );
            }
        }
        let meta = answer.meta.as_ref().map(|meta| meta.is);
        let counts = |total: &Spanned<String>| Some(total.is.clone()).filter(|total| total != "none");
        let (message, help) = match (&answer.list, &answer.under, &answer.total, meta) {
            (Some(_), None, Some(total), Some(Meta::None)) if total.is != "none" => {
                ("a count needs a place to stand in", "write `total: none`, or another `meta`")
            }
            (Some(key), None, Some(total), meta) => {
                let (key, total) = (key.is.clone(), counts(total));
                return Some(ResponseShape::List { key, total, meta: meta.unwrap_or(Meta::Object) });
            }
            (None, Some(key), None, None) => return Some(ResponseShape::Under(key.is.clone())),
            (None, None, None, None) => return Some(ResponseShape::Bare),
            (None, _, None, Some(_)) => ("`meta` goes with `list`", "remove it, or say under which key the list is"),
            _ => (
                "`list` and `total` go together, and not with `under`",
                "a list is written `list: <key>, total: <key of its count, or none>`",
            ),
        };
        self.report(Diagnostic::new(Code::ListShape, message).at(answer.ty.span, "").help(help));
        None
    }

    /// What puts a result off is a parameter, and the answer can do without every field.
    fn check_deferral(&mut self, answer: &AnswerUseDoc, ty: Option<&Type>) {
        let Some(field) = &answer.deferred_by else { return };
        self.check_parameter(field);
        if self.parameters.get(&field.is).is_some_and(|(_, _, span)| *span == model::Location::Path) {
            self.report(
                Diagnostic::new(Code::MisplacedKey, format!("`{}` is always given", field.is))
                    .at(field.span, "stands in the path")
                    .help("name the field with the address that the result is sent to"),
            );
        }
        let Some(Type::Object(object)) = ty.filter(|_| answer.list.is_none()) else { return };
        let always = |field: &&model::Field| matches!(field.presence, Presence::Always(_));
        if let Some(always) = self.model[*object].fields.iter().find(always) {
            let message = format!("`{}` cannot be always there", always.name);
            self.report(
                Diagnostic::new(Code::DeferredAlways, message)
                    .at(field.span, "with this, the answer only confirms the order")
                    .with(answer.ty.span, "and holds nothing of this")
                    .help("make the fields of this answer `optional`"),
            );
        }
    }
}

/// Reports operations of any resource that send the same request.
pub(super) fn check_routes(api: Option<&ApiDoc>, resources: &[&ResourceDoc], diagnostics: &mut Diagnostics) {
    let usual = api.and_then(|api| api.hosts.first()).map_or("", |(name, _)| &name.is);
    let mut seen: HashMap<String, Span> = HashMap::new();
    for (_, doc) in resources.iter().flat_map(|resource| &resource.operations) {
        let Some(line) = &doc.request else { continue };
        let host = doc.host.as_ref().map_or(usual, |host| &host.is);
        let parts = line.is.split_whitespace().flat_map(|word| word.split('/'));
        let parts = parts.map(|part| if part.starts_with('{') { "{}" } else { part });
        let fixed = doc.fixed.iter().map(|(name, value)| format!(" {}={}", name.is, value.is));
        let route = format!("{host} {}{}", parts.collect::<Vec<_>>().join("/"), fixed.collect::<String>());
        match seen.get(&route) {
            Some(first) => diagnostics.push(
                Diagnostic::new(Code::DuplicateRoute, "two operations send the same request")
                    .at(line.span, "here again")
                    .with(*first, "first here")
                    .help("correct one of them, or make one operation of the two"),
            ),
            None => {
                seen.insert(route, line.span);
            }
        }
    }
}
