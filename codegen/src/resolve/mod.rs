//! Documents to the model: names become final, references lead somewhere, facts are checked.

mod answers;
mod examples;
mod fields;
mod operations;
mod path;
mod repeat;
mod rules;
mod scope;
mod types;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ApiDoc, OperationDoc, ResourceDoc, Spot};
use crate::limits;
use crate::model::{Auth, Collection, Does, Host, Model, Resource, ResourceId};
use crate::names;
use crate::parse::Documents;
use scope::Scope;

/// The model of a spec. Complete only if no problem was reported.
pub(crate) fn resolve(documents: &Documents, diagnostics: &mut Diagnostics) -> Option<Model> {
    let mut model = api(documents.api.as_ref()?, diagnostics);
    let mut resources: Vec<_> = documents.resources.iter().collect();
    resources.sort_by(|one, other| one.resource.is.cmp(&other.resource.is));
    for (index, doc) in resources.iter().enumerate() {
        let resource = resource(doc, ResourceId(index), &mut model, diagnostics);
        model.resources.extend(resource);
    }
    operations::check_routes(documents.api.as_ref(), &resources, diagnostics);
    Some(model)
}

fn api(doc: &ApiDoc, diagnostics: &mut Diagnostics) -> Model {
    for (_, host) in &doc.hosts {
        let authority = host.url.is.strip_prefix("https://").unwrap_or("");
        if authority.is_empty() || authority.len() > limits::NAME || authority.contains(['/', '?', '#', '@', ' ']) {
            diagnostics.push(
                Diagnostic::new(Code::MalformedHost, format!("`{}` is not the address of a host", host.url.is))
                    .at(host.url.place, "scheme and name only")
                    .help("write it as `https://api.example.com`, without a path and without a slash at the end"),
            );
        }
    }
    if doc.hosts.is_empty() && diagnostics.len() == 0 {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, "`hosts` is empty")
                .at(doc.api.place, "an API needs a host")
                .help("name one"),
        );
    }
    if !names::is_snake(&doc.auth.account.is) {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` is no name of a path parameter", doc.auth.account.is))
                .at(doc.auth.account.place, "")
                .help("write it in small letters, digits and `_`, starting with a letter"),
        );
    }
    let host = |(name, host): &(crate::document::Spot<String>, crate::document::HostDoc)| Host {
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
        resources: Vec::new(),
        enums: Vec::new(),
        objects: Vec::new(),
    }
}

fn resource(doc: &ResourceDoc, id: ResourceId, model: &mut Model, diagnostics: &mut Diagnostics) -> Option<Resource> {
    let file = diagnostics.source(doc.file).clone();
    let name = &doc.resource;
    if !names::is_snake(&name.is) || names::is_reserved_resource(&name.is) {
        let code = if names::is_reserved_resource(&name.is) { Code::ReservedName } else { Code::MalformedName };
        diagnostics.push(
            Diagnostic::new(code, format!("`{}` cannot be the name of a resource", name.is))
                .at(name.place, "")
                .help("write it in small letters, digits and `_`, starting with a letter, and not as a method that every client has"),
        );
    } else if file.stem() != name.is {
        diagnostics.push(
            Diagnostic::new(
                Code::FileName,
                format!("the file `{}` says that it is the resource `{}`", file.path, name.is),
            )
            .at(name.place, format!("the file name says `{}`", file.stem()))
            .help("give the file and the resource one name"),
        );
    }
    let mut scope = Scope::new(doc, id, model, diagnostics);
    let plural = Some(&doc.plural.is).filter(|plural| names::is_snake(plural));
    let handle = scope.type_name(&doc.plural, plural.and_then(|plural| names::pascal(plural)));
    let before = scope.diagnostics.len();
    scope.fields();
    scope.fields_are_sound = scope.diagnostics.len() == before && !scope.diagnostics.has_broken(doc.file);
    scope.answers();
    let examples = scope.examples();
    let operations = scope.operations(&examples);
    scope.check_head();
    let collection = scope.collection();
    let sources = scope.sources;
    Some(Resource {
        name: name.is.clone(),
        ident: names::snake(&name.is)?,
        plural: doc.plural.is.replace('_', " "),
        handle: handle?,
        file: file.path,
        summary: doc.summary.clone(),
        collection,
        sources,
        operations,
        examples,
    })
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
                    .at(id.place, "identifies the object")
                    .with(object.place, "but is not in this answer")
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
                    .at(doc.resource.place, "what can be done with it?")
                    .help("add one under `operations`"),
            );
        }
        let kept = |(_, operation): &&(Spot<String>, OperationDoc)| operation.does != Does::Act;
        let needs = doc.operations.iter().find(kept).and_then(|(_, operation)| operation.request.as_ref());
        let (message, place, label) = match (&doc.object, &doc.id, needs) {
            (Some(object), None, _) => ("`id` is missing", object.place, "what identifies it?"),
            (None, Some(id), _) => ("`object` is missing", id.place, "which answer shows the object?"),
            (None, None, Some(line)) => {
                ("the resource does not say what it keeps", line.place, "this works on stored objects")
            }
            _ => return,
        };
        self.report(
            Diagnostic::new(Code::NoCollection, message)
                .at(place, label)
                .help("write `object: ..` and `id: ..` at the head of the file, or `does: act` in every operation"),
        );
    }
}
