//! SDKs: their methods perform operations of the spec, with arguments that these take.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::head::{DEVICE, other_file_name};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{DiffersDoc, DiffersWord, ResourceDoc, SdkDoc, SdkMethodDoc, Spanned};
use crate::model::{
    Argument, Differs, DiffersAt, Field, FieldPart, Model, Operation, Otherwise, Registry, Sdk, SdkMethod, Type,
};
use crate::names;
use crate::parse::Documents;
use crate::reader::did_you_mean;
use crate::text::listing;

/// The word for all fields without an argument of their own.
const OTHERS: &str = "...";

/// The word for an argument that no field has.
const UNUSED: &str = "-";

pub(super) fn sdks(documents: &Documents, model: &Model, diagnostics: &mut Diagnostics) -> Vec<Sdk> {
    let operations = model.resources.iter().flat_map(|resource| &resource.operations);
    let described = documents.resources.iter().flat_map(|doc| {
        doc.operations.iter().map(move |(operation, _)| format!("{}.{}", doc.resource.is, operation.is))
    });
    let known = KnownOperations {
        documents,
        model,
        operations: operations.map(|operation| (operation.id.as_str(), operation)).collect(),
        described: described.collect(),
    };
    let mut docs: Vec<_> = documents.sdks.iter().collect();
    docs.sort_by(|one, other| one.sdk.is.cmp(&other.sdk.is));
    docs.into_iter().map(|doc| sdk(doc, &known, diagnostics)).collect()
}

/// The operations that methods can perform.
struct KnownOperations<'a> {
    documents: &'a Documents,
    model: &'a Model,
    operations: HashMap<&'a str, &'a Operation>,
    /// The ids of all operations, including those that could not be resolved, in order.
    described: BTreeSet<String>,
}

impl KnownOperations<'_> {
    /// The file of the resource that an operation's id names.
    fn document(&self, name: &Spanned<String>) -> Option<&ResourceDoc> {
        let resource = name.is.split('.').next().unwrap_or_default();
        self.documents.resources.iter().find(|doc| doc.resource.is == resource)
    }
}

fn sdk(doc: &SdkDoc, known: &KnownOperations<'_>, diagnostics: &mut Diagnostics) -> Sdk {
    check_head(doc, diagnostics);
    let mut methods = Vec::new();
    for (name, method) in &doc.methods {
        check_calls(&method.calls, diagnostics);
        match known.operations.get(name.is.as_str()) {
            Some(operation) => {
                let is_sound = known.document(name).is_some_and(|doc| !diagnostics.has_errors_in(doc.file));
                methods.push(Resolver { model: known.model, operation, is_sound, diagnostics }.method(method));
            }
            None => check_operation(name, known, diagnostics),
        }
    }
    for (name, _) in &doc.lacks {
        check_operation(name, known, diagnostics);
        if doc.methods.iter().any(|(method, _)| method.is == name.is) {
            diagnostics.push(
                Diagnostic::new(Code::OperationTwice, format!("`{}` is in both `methods` and `lacks`", name.is))
                    .at(name.span, "also listed under `methods`")
                    .help("remove the operation from one of the two"),
            );
        }
    }
    Sdk {
        name: doc.sdk.is.clone(),
        summary: doc.summary.clone(),
        registry: doc.registry,
        package: doc.package.is.clone(),
        version: doc.version.is.clone(),
        rules: doc.rules.clone(),
        methods,
        lacks: doc.lacks.iter().map(|(name, why)| (name.is.clone(), why.clone())).collect(),
    }
}

/// The name is that of the file; package and version are safe on a command line.
fn check_head(doc: &SdkDoc, diagnostics: &mut Diagnostics) {
    let file = diagnostics.file(doc.file).clone();
    let name = &doc.sdk;
    if !names::is_snake(&name.is) || names::is_device(&name.is) {
        let (code, label, help) = if names::is_device(&name.is) {
            (Code::ReservedName, DEVICE, "choose another name")
        } else {
            (Code::MalformedName, "invalid name", names::SNAKE_CASE)
        };
        let message = format!("`{}` cannot be the name of an SDK", name.is);
        diagnostics.push(Diagnostic::new(code, message).at(name.span, label).help(help));
    } else if file.stem() != doc.sdk.is {
        diagnostics.push(other_file_name("sdk", &doc.sdk, &file));
    }
    if !is_plain(&doc.package.is) {
        let message = format!("`{}` is not the name of a package", doc.package.is);
        let diagnostic = Diagnostic::new(Code::MalformedName, message).at(doc.package.span, "invalid name");
        diagnostics.push(diagnostic.help("write the name that the package has in its registry"));
    }
    if !is_version(doc.registry, &doc.version.is) {
        let message = format!("`{}` is not a complete version", doc.version.is);
        let diagnostic =
            Diagnostic::new(Code::MalformedName, message).at(doc.version.span, "not a range and not a tag");
        diagnostics.push(diagnostic.help("write one version in full, as in `\"1.2.3\"`"));
    }
}

/// Whether a text is safe on a command line.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '@')
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "@/-_.+".contains(letter))
}

/// Whether a text is one version. npm reads fewer than three numbers as a range.
fn is_version(registry: Registry, text: &str) -> bool {
    let release = text.split(['-', '+']).next().unwrap_or_default();
    match registry {
        Registry::Npm => {
            let is_number = |part: &str| !part.is_empty() && part.chars().all(|digit| digit.is_ascii_digit());
            is_plain(text) && release.split('.').count() == 3 && release.split('.').all(is_number)
        }
        Registry::PyPi => is_plain(text) && text.starts_with(|first: char| first.is_ascii_digit()),
    }
}

/// The path to a method: names with dots between them.
fn check_calls(calls: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    if !calls.is.split('.').all(is_name) {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` is not a path to a method", calls.is))
                .at(calls.span, "expected names with one dot between them")
                .help("write the path from the SDK's client to the method, as in `profile.create`"),
        );
    }
}

/// Reports an operation that is not described. One with problems has been reported.
fn check_operation(name: &Spanned<String>, known: &KnownOperations<'_>, diagnostics: &mut Diagnostics) {
    let is_unread = match known.document(name) {
        Some(doc) => diagnostics.has_broken(doc.file),
        None => diagnostics.has_errors(),
    };
    if known.described.contains(&name.is) || is_unread {
        return;
    }
    diagnostics.push_with(|| {
        let words = || known.described.iter().map(String::as_str);
        Diagnostic::new(Code::UnknownOperation, format!("unknown operation `{}`", name.is))
            .at(name.span, "no resource has this operation")
            .help(did_you_mean(&name.is, words()).unwrap_or_else(|| format!("known operations: {}", listing(words()))))
    });
}

/// One method, beside the operation that it performs.
struct Resolver<'a> {
    model: &'a Model,
    operation: &'a Operation,
    /// Whether the file of the operation has no errors. Otherwise, a field may be missing because of one of them.
    is_sound: bool,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Resolver<'a> {
    fn method(mut self, doc: &SdkMethodDoc) -> SdkMethod {
        let takes = self.takes(&doc.takes);
        let keys = doc.keys.iter().map(|(part, key)| (self.part(part), key.clone())).collect();
        let fails = doc.fails.iter().map(|(error, why)| (error.is.clone(), why.clone())).collect();
        let differs = doc.differs.iter().map(|(span, doc)| self.differs(span, doc)).collect();
        SdkMethod { operation: self.operation.id.clone(), calls: doc.calls.is.clone(), takes, keys, fails, differs }
    }

    fn takes(&mut self, takes: &[Spanned<String>]) -> Vec<Argument> {
        let mut seen = HashSet::new();
        for name in takes.iter().filter(|name| name.is != UNUSED && !seen.insert(name.is.as_str())) {
            self.diagnostics.push(
                Diagnostic::new(Code::ArgumentTwice, format!("the argument `{}` is listed twice", name.is))
                    .at(name.span, "again here")
                    .help("list each argument once, in the order of the method's signature"),
            );
        }
        let argument = |name: &Spanned<String>| match name.is.as_str() {
            OTHERS => Argument::Others,
            UNUSED => Argument::Unused,
            _ => Argument::Field(self.part(name)),
        };
        takes.iter().map(argument).collect()
    }

    fn field(&self, name: &str) -> Option<&'a Field> {
        self.model.request_fields(self.operation).find(|field| field.name == name)
    }

    /// A field, or with dots a part of it.
    fn part(&mut self, name: &Spanned<String>) -> FieldPart {
        if self.field(&name.is).is_some() {
            return FieldPart { field: name.is.clone(), inside: Vec::new() };
        }
        let mut steps = name.is.split('.').map(str::to_owned);
        let part = FieldPart { field: steps.next().unwrap_or_default(), inside: steps.collect() };
        self.check_field(&part.field, name);
        let mut ty = self.field(&part.field).map(|field| &field.ty);
        for step in &part.inside {
            let inside = ty.map(|ty| inside(self.model, ty)).unwrap_or_default();
            let found = inside.iter().find(|(known, _)| known == step);
            if ty.is_some() && found.is_none() {
                let known: Vec<_> = inside.iter().map(|(known, _)| *known).collect();
                self.report_unknown(step, name, &format!("`{}`", part.field), &known);
            }
            ty = found.and_then(|(_, ty)| *ty);
        }
        part
    }

    fn check_field(&mut self, field: &str, spot: &Spanned<String>) {
        if self.field(field).is_some() {
            return;
        }
        let fields: BTreeSet<_> = self.model.request_fields(self.operation).map(|field| field.name.as_str()).collect();
        let fields: Vec<_> = fields.into_iter().collect();
        self.report_unknown(field, spot, &format!("`{}`", self.operation.id), &fields);
    }

    fn report_unknown(&mut self, field: &str, spot: &Spanned<String>, owner: &str, known: &[&str]) {
        if !self.is_sound {
            return;
        }
        self.diagnostics.push_with(|| {
            let known = || known.iter().copied();
            let known_fields = || format!("known fields: {}", listing(known()));
            Diagnostic::new(Code::UnknownField, format!("unknown field `{field}`"))
                .at(spot.span, format!("not a field of {owner}"))
                .help(did_you_mean(field, known()).unwrap_or_else(known_fields))
        });
    }

    fn differs(&mut self, span: &Spanned<String>, doc: &DiffersDoc) -> Differs {
        let at = match span.is.as_str() {
            "method" => DiffersAt::Method,
            "path" => DiffersAt::Path,
            "body" => DiffersAt::Body,
            pointer => {
                // An addition need not be a field.
                if doc.sdk.is != DiffersWord::Added || !pointer.starts_with('/') {
                    self.check_pointer(span);
                }
                DiffersAt::Field(pointer.to_owned())
            }
        };
        self.check_form(&at, doc);
        let sends = doc.sends.as_ref().map(|sends| sends.is.json()).unwrap_or_default();
        let sdk = match doc.sdk.is {
            DiffersWord::LeftOut => Otherwise::LeftOut,
            DiffersWord::AsText => Otherwise::AsText,
            DiffersWord::Added => Otherwise::Added(sends),
            DiffersWord::Otherwise => Otherwise::Sends(sends),
            DiffersWord::Renamed => Otherwise::Renamed(sends.as_str().unwrap_or_default().to_owned()),
        };
        Differs { at, sdk, when: doc.when.as_ref().map(|when| when.is.json()), why: doc.why.clone() }
    }

    /// The keys of a difference fit together.
    fn check_form(&mut self, at: &DiffersAt, doc: &DiffersDoc) {
        let must_say = matches!(doc.sdk.is, DiffersWord::Added | DiffersWord::Otherwise | DiffersWord::Renamed);
        let is_always_there = matches!(at, DiffersAt::Method | DiffersAt::Path);
        let otherwise = "or write `sdk: otherwise`";
        let (span, message, label, help) = match (&doc.sends, &doc.when) {
            (None, _) if must_say => {
                (doc.sdk.span, "`sends` is missing", "what does the SDK send?", "add `sends: ..`".to_owned())
            }
            (Some(sends), _) if !must_say => {
                let message = "`sends` cannot be combined with `left_out` or `as_text`";
                (
                    sends.span,
                    message,
                    "`left_out` and `as_text` already say what is sent",
                    format!("remove `sends`, {otherwise}"),
                )
            }
            (_, Some(when)) if doc.sdk.is == DiffersWord::Added => {
                let message = "`when` cannot be combined with `added`";
                (when.span, message, "this client sends no value here", format!("remove `when`, {otherwise}"))
            }
            _ if is_always_there && doc.sdk.is != DiffersWord::Otherwise => {
                let message = "method and path can only differ with `otherwise`";
                (doc.sdk.span, message, "expected `otherwise`", "write `sdk: otherwise`, with `sends: ..`".to_owned())
            }
            _ => return,
        };
        self.diagnostics.push(Diagnostic::new(Code::DifferenceForm, message).at(span, label).help(help));
    }

    fn check_pointer(&mut self, span: &Spanned<String>) {
        if let Some(way) = span.is.strip_prefix('/') {
            let name = way.split('/').next().unwrap_or(way);
            if self.operation.fixed.iter().all(|fixed| fixed.name != name) {
                self.check_field(name, span);
            }
            return;
        }
        self.diagnostics.push(
            Diagnostic::new(Code::UnknownWord, format!("`{}` is not a part of a request", span.is))
                .at(span.span, "expected `method`, `path`, `body` or a JSON pointer")
                .help(format!("if this is a field, write `/{}`", span.is)),
        );
    }
}

/// The names that lead into a value, each with the type of what is there: the fields of an object, or the fields whose
/// values a text in one of several forms has.
fn inside<'m>(model: &'m Model, ty: &'m Type) -> Vec<(&'m str, Option<&'m Type>)> {
    match ty {
        Type::Object(id) => model[*id].fields.iter().map(|field| (field.name.as_str(), Some(&field.ty))).collect(),
        Type::Choice(id) => model[*id].forms.iter().map(|form| (form.field.as_str(), None)).collect(),
        _ => Vec::new(),
    }
}
