//! Documents to the model: names become final, references lead somewhere, facts are checked.

mod answers;
mod body;
mod declared;
mod examples;
mod fields;
mod operations;
mod path;
mod recursion;
mod repeat;
mod rules;
mod scope;
mod sdks;
mod types;
mod unused;
mod written;

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ApiDoc, OperationDoc, ResourceDoc, Spanned};
use crate::limits;
use crate::model::{Auth, Collection, Does, Errors, Host, Model, Module, Owner, Pages, Resource, ResourceId, Type};
use crate::names;
use crate::parse::Documents;
use crate::spec_file::SpecFile;
use crate::table::Table;
use scope::Scope;

/// The model of a spec. Complete only if no problem was reported.
pub(crate) fn resolve(documents: &Documents, diagnostics: &mut Diagnostics) -> Option<Model> {
    let mut model = api(documents.api.as_ref()?, diagnostics);
    let mut mentioned = BTreeSet::new();
    let shared = match &documents.shared {
        Some(doc) => shared(doc, &mut model, &mut mentioned, diagnostics),
        None => Table::new(),
    };
    let mut resources: Vec<_> = documents.resources.iter().collect();
    resources.sort_by(|one, other| one.resource.is.cmp(&other.resource.is));
    let shared_file = documents.shared.as_ref().map(|doc| doc.file);
    for (index, doc) in resources.iter().enumerate() {
        let owner = Owner::Resource(ResourceId(index));
        let scope = Scope::new(doc, owner, &shared, &mut model, diagnostics);
        let resource = resource(scope, shared_file, &mut mentioned);
        model.resources.extend(resource);
    }
    operations::check_routes(documents.api.as_ref(), &resources, diagnostics);
    model.sdks = sdks::sdks(documents, &model, diagnostics);
    unused::check_shared(documents.shared.as_ref(), &mentioned, diagnostics);
    Some(model)
}

/// The types that resources share, by name.
fn shared(
    doc: &ResourceDoc,
    model: &mut Model,
    mentioned: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> Table<Type> {
    let file = diagnostics.file(doc.file).path.clone();
    let none = Table::new();
    let mut scope = Scope::new(doc, Owner::Shared, &none, model, diagnostics);
    scope.types();
    scope.check_recursion();
    scope.check_unused_sources();
    mentioned.append(&mut scope.mentioned);
    let types = std::mem::take(&mut scope.resolved);
    let sources = scope.sources;
    let (ident, summary) = (doc.resource.is.clone(), doc.summary.clone());
    model.shared = Some(Module { ident, file, summary, sources });
    let mut shared = Table::new();
    types.into_iter().for_each(|(name, ty)| ty.into_iter().for_each(|ty| shared.push(name.as_str(), ty)));
    shared
}

fn api(doc: &ApiDoc, diagnostics: &mut Diagnostics) -> Model {
    for (_, host) in &doc.hosts {
        let authority = host.url.is.strip_prefix("https://").unwrap_or("");
        if authority.is_empty() || authority.len() > limits::NAME || authority.contains(['/', '?', '#', '@', ' ']) {
            diagnostics.push(
                Diagnostic::new(Code::MalformedHost, format!("`{}` is not the address of a host", host.url.is))
                    .at(host.url.span, "scheme and name only")
                    .help("write it as `https://api.example.com`, without a path and without a slash at the end"),
            );
        }
    }
    if doc.hosts.is_empty() && !diagnostics.has_errors() {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, "`hosts` is empty")
                .at(doc.api.span, "an API needs a host")
                .help("name one"),
        );
    }
    let malformed = |span: &&Spanned<String>| span.is.split('.').any(str::is_empty);
    let nested = Some(&doc.errors.refusal).filter(|refusal| refusal.is.contains('.'));
    for span in doc.errors.messages.iter().filter(malformed).chain(nested) {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` is no place in an answer", span.is))
                .at(span.span, "")
                .help("`refusal` is a key of the answer; `messages` are keys with one dot between them"),
        );
    }
    if !names::is_snake(&doc.auth.account.is) {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` is no name of a path parameter", doc.auth.account.is))
                .at(doc.auth.account.span, "")
                .help("write it in small letters, digits and `_`, starting with a letter"),
        );
    }
    let host = |(name, host): &(crate::document::Spanned<String>, crate::document::HostDoc)| Host {
        name: name.is.clone(),
        url: host.url.is.clone(),
        summary: host.summary.clone(),
    };
    Model {
        name: doc.api.is.clone(),
        summary: doc.summary.clone(),
        hosts: doc.hosts.iter().map(host).collect(),
        auth: Auth {
            account: doc.auth.account.is.clone(),
            id_variable: doc.auth.id_variable.clone(),
            token_variable: doc.auth.token_variable.clone(),
        },
        errors: Errors {
            refusal: doc.errors.refusal.is.clone(),
            messages: doc.errors.messages.iter().map(|span| span.is.clone()).collect(),
        },
        pages: Pages { limit: doc.pages.limit.is.clone(), offset: doc.pages.offset.is.clone() },
        shared: None,
        resources: Vec::new(),
        sdks: Vec::new(),
        enums: Vec::new(),
        objects: Vec::new(),
    }
}

fn resource(mut scope: Scope<'_>, shared_file: Option<usize>, mentioned: &mut BTreeSet<String>) -> Option<Resource> {
    let doc = scope.doc;
    let file = scope.diagnostics.file(doc.file).clone();
    let mut files = [Some(doc.file), shared_file].into_iter().flatten();
    let is_read = files.all(|file| !scope.diagnostics.has_errors_in(file));
    check_name(&doc.resource, &file, scope.diagnostics);
    let plural = Some(&doc.plural.is).filter(|plural| names::is_snake(plural));
    let handle = scope.type_name(&doc.plural, plural.and_then(|plural| names::pascal(plural)));
    let before = scope.diagnostics.errors();
    scope.types();
    scope.fields();
    scope.fields_are_sound = scope.diagnostics.errors() == before && !scope.diagnostics.has_broken(doc.file);
    scope.answers();
    let examples = scope.examples();
    scope.answers_are_sound = is_read && scope.fields_are_sound && scope.diagnostics.errors() == before;
    let operations = scope.operations(&examples);
    scope.check_head();
    let collection = scope.collection();
    scope.check_recursion();
    scope.check_unused();
    mentioned.append(&mut scope.mentioned);
    let ident = names::snake(&doc.resource.is)?;
    let module = Module { ident, file: file.path, summary: doc.summary.clone(), sources: scope.sources };
    let plural = doc.plural.is.replace('_', " ");
    Some(Resource { name: doc.resource.is.clone(), module, plural, handle: handle?, collection, operations, examples })
}

/// The name of a resource is a Rust name, that of its file, and not one that every client has.
fn check_name(name: &Spanned<String>, file: &SpecFile, diagnostics: &mut Diagnostics) {
    if !names::is_snake(&name.is) || names::is_reserved_resource(&name.is) {
        let code = if names::is_reserved_resource(&name.is) { Code::ReservedName } else { Code::MalformedName };
        diagnostics.push(
            Diagnostic::new(code, format!("`{}` cannot be the name of a resource", name.is))
                .at(name.span, "")
                .help("write it in small letters, digits and `_`, starting with a letter, and not as a method that every client has"),
        );
    } else if file.stem() != name.is {
        diagnostics.push(
            Diagnostic::new(
                Code::FileName,
                format!("the file `{}` says that it is the resource `{}`", file.path, name.is),
            )
            .at(name.span, format!("the file name says `{}`", file.stem()))
            .help("give the file and the resource one name"),
        );
    }
}

impl Scope<'_> {
    /// `object` and `id`: what the resource keeps.
    fn collection(&mut self) -> Option<Collection> {
        let (object, id) = (self.doc.object.as_ref()?, self.doc.id.as_ref()?);
        if !self.has_field(id) {
            return None;
        }
        let answer = self.answer_named(object)?;
        if !self.model[answer].fields.iter().any(|field| field.name == id.is) {
            self.report(
                Diagnostic::new(Code::UnknownField, format!("`{}` has no field `{}`", object.is, id.is))
                    .at(id.span, "identifies the object")
                    .with(object.span, "but is not in this answer")
                    .help(format!("add `{}: always` to the fields of `{}`", id.is, object.is)),
            );
        }
        Some(Collection { object: answer, id: id.is.clone() })
    }

    /// There are operations; and `object` and `id` come together, where an operation needs them.
    fn check_head(&mut self) {
        let doc = self.doc;
        if doc.operations.is_empty() && !self.diagnostics.has_broken(doc.file) {
            self.report(
                Diagnostic::new(Code::NoOperation, "the resource has no operation")
                    .at(doc.resource.span, "what can be done with it?")
                    .help("add one under `operations`"),
            );
        }
        let kept = |(_, operation): &&(Spanned<String>, OperationDoc)| operation.does != Does::Action;
        let needs = doc.operations.iter().find(kept).and_then(|(_, operation)| operation.request.as_ref());
        let (message, span, label) = match (&doc.object, &doc.id, needs) {
            (Some(object), None, _) => ("`id` is missing", object.span, "what identifies it?"),
            (None, Some(id), _) => ("`object` is missing", id.span, "which answer shows the object?"),
            (None, None, Some(line)) => {
                ("the resource does not say what it keeps", line.span, "this works on stored objects")
            }
            _ => return,
        };
        self.report(
            Diagnostic::new(Code::NoCollection, message)
                .at(span, label)
                .help("write `object: ..` and `id: ..` at the head of the file, or `does: action` in every operation"),
        );
    }
}
