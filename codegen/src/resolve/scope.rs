//! One resource being resolved: what it may refer to, and who says so.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::declared::{Declaration, declarations};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Authorship, ContradictionDoc, ResourceDoc, Spanned};
use crate::model::{
    self, Authority, Contradiction, EnumId, Field, Level, Model, ObjectId, Owner, Presence, Source, SourceId, Type,
};
use crate::names;
use crate::reader::did_you_mean;
use crate::table::Table;
use crate::text::listing;

pub(super) struct Scope<'a> {
    pub(super) doc: &'a ResourceDoc,
    pub(super) owner: Owner,
    pub(super) model: &'a mut Model,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) sources: Vec<Source>,
    /// The fields of the file, resolved once; bodies and answers take copies.
    pub(super) known: Table<Field>,
    /// The names of the fields of the file, also of those that are not resolved yet.
    pub(super) field_names: HashSet<&'a str>,
    /// Every named type of the file, and what has been made of those that were needed so far.
    pub(super) declared: Table<Declaration<'a>>,
    pub(super) resolved: BTreeMap<String, Option<Type>>,
    /// The types that resources share.
    pub(super) shared: &'a Table<Type>,
    /// The objects whose fields are being resolved, from the outside in.
    pub(super) resolving: Vec<String>,
    /// Whether types that come up now belong to answers.
    pub(super) in_answers: bool,
    /// Which object holds which, and at which field.
    pub(super) inlined: Vec<(ObjectId, ObjectId, Span)>,
    /// The names of fields and types that something in the file is about.
    pub(super) mentioned: BTreeSet<String>,
    /// The sources that somebody names.
    pub(super) cited: BTreeSet<usize>,
    pub(super) fields_are_sound: bool,
    /// Whether nothing is wrong with answers and examples, and no key that could be one of theirs is misspelt.
    pub(super) answers_are_sound: bool,
    /// Whether every field of the request at hand was found.
    pub(super) parameters_are_sound: bool,
    /// The fields of the request at hand, by their names on the wire.
    pub(super) parameters: Table<(Type, Presence, model::Location)>,
    /// The examples of the file, by name.
    pub(super) example_positions: HashMap<&'a str, usize>,
    /// The values of enumerations that conditions ask for.
    pub(super) listed: HashMap<EnumId, HashSet<String>>,
    /// Bytes of texts and data in all copies of fields.
    pub(super) repeated: usize,
    /// Every type name of the module and where it comes from.
    types: Table<Span>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(
        doc: &'a ResourceDoc,
        owner: Owner,
        shared: &'a Table<Type>,
        model: &'a mut Model,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let mut sources = Vec::new();
        for (name, source) in &doc.sources {
            let Some(ident) = names::shouty(&name.is).filter(|_| names::is_snake(&name.is)) else {
                diagnostics.push(
                    Diagnostic::new(Code::MalformedName, format!("`{}` cannot be the name of a source", name.is))
                        .at(name.span, "")
                        .help("write it in small letters, digits and `_`, starting with a letter"),
                );
                continue;
            };
            sources.push(Source {
                name: name.is.clone(),
                ident,
                says: source.says.clone(),
                url: source.url.clone(),
                enforce: source.enforce,
            });
        }
        if sources.is_empty() {
            if !diagnostics.has_errors() {
                diagnostics.push(
                    Diagnostic::new(Code::NoSource, "the resource has no source")
                        .at(doc.resource.span, "who says so?")
                        .help("add `sources:` with at least one `name: { says: .., enforce: error }`"),
                );
            }
            // A stand-in, so that the rest of the file is checked all the same.
            let (name, ident, says) = ("page".to_owned(), "PAGE".to_owned(), String::new());
            sources.push(Source { name, ident, says, url: None, enforce: Level::Error });
        }
        Self {
            doc,
            owner,
            model,
            diagnostics,
            sources,
            known: Table::new(),
            field_names: doc.fields.iter().map(|(name, _)| name.is.as_str()).collect(),
            declared: declarations(doc),
            resolved: BTreeMap::new(),
            shared,
            resolving: Vec::new(),
            in_answers: false,
            inlined: Vec::new(),
            mentioned: BTreeSet::new(),
            cited: BTreeSet::new(),
            fields_are_sound: true,
            answers_are_sound: true,
            parameters_are_sound: true,
            parameters: Table::new(),
            example_positions: doc.examples.iter().map(|(name, _)| name.is.as_str()).zip(0..).collect(),
            listed: HashMap::new(),
            repeated: 0,
            types: Table::new(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Who states a fact: its own source, else the one it stands in, else the first of the file.
    pub(super) fn source(&mut self, by: &Authorship, within: Option<&Authorship>) -> SourceId {
        let named = by.source.as_ref().or_else(|| within.and_then(|by| by.source.as_ref()));
        named.and_then(|name| self.source_named(name)).unwrap_or(SourceId(0))
    }

    /// Who states a fact, and how a violation counts: as the fact says, else as its own source's do,
    /// else as what it stands in says, else as the source of that does.
    pub(super) fn authority(&mut self, by: &Authorship, within: Option<&Authorship>) -> Authority {
        let source = self.source(by, within);
        let of_own_source = by.source.is_some().then(|| self.sources[source.0].enforce);
        let level = by.enforce.or(of_own_source).or_else(|| within.and_then(|by| by.enforce));
        Authority { source, level: level.unwrap_or(self.sources[source.0].enforce) }
    }

    pub(super) fn source_named(&mut self, name: &Spanned<String>) -> Option<SourceId> {
        if let Some(index) = self.sources.iter().position(|source| source.name == name.is) {
            self.cited.insert(index);
            return Some(SourceId(index));
        }
        if !self.diagnostics.is_broken(self.doc.file, &name.is) {
            let known = |scope: &Self| scope.doc.sources.iter().map(|(name, _)| name.is.clone()).collect();
            self.unknown(Code::UnknownSource, "source", name, known);
        }
        None
    }

    /// Whether the file has a field of that name; it is reported if not.
    pub(super) fn has_field(&mut self, name: &Spanned<String>) -> bool {
        self.mentioned.insert(name.is.clone());
        let found = self.field_names.contains(name.is.as_str());
        if !found && !self.diagnostics.is_broken(self.doc.file, &name.is) {
            self.unknown(Code::UnknownField, "field", name, |scope| {
                owned(scope.doc.fields.iter().map(|(name, _)| name.is.as_str()))
            });
        }
        found
    }

    /// The answer type of the file with that name.
    pub(super) fn answer_named(&mut self, name: &Spanned<String>) -> Option<ObjectId> {
        self.mentioned.insert(name.is.clone());
        if self.is_answer(&name.is) {
            return self.answer_type(&name.is);
        }
        if !self.diagnostics.is_broken(self.doc.file, &name.is) {
            let known = |scope: &Self| owned(scope.doc.answers.iter().map(|(name, _)| name.is.as_str()));
            self.unknown(Code::UnknownAnswer, "answer", name, known);
        }
        None
    }

    /// Reports a name that nothing has. Which names there are is asked only where somebody reads it.
    pub(super) fn unknown(
        &mut self,
        code: Code,
        what: &str,
        name: &Spanned<String>,
        known: impl FnOnce(&Self) -> Vec<String>,
    ) {
        let known = if self.diagnostics.is_full() { Vec::new() } else { known(self) };
        let help = did_you_mean(&name.is, known.iter().map(String::as_str)).unwrap_or_else(|| match *known {
            [] => format!("there is no {what} here yet; declare it"),
            _ => format!("known here: {}", listing(known.iter().map(String::as_str))),
        });
        self.report(
            Diagnostic::new(code, format!("unknown {what} `{}`", name.is)).at(name.span, "not declared").help(help),
        );
    }

    /// Takes a type name for this module. `None`: the name is not possible.
    pub(super) fn type_name(&mut self, spot: &Spanned<String>, name: Option<String>) -> Option<String> {
        let Some(name) = name.filter(|name| names::is_pascal(name)) else {
            self.report(
                Diagnostic::new(Code::MalformedName, format!("`{}` gives no name of a type", spot.is))
                    .at(spot.span, "")
                    .help("write it like `PostalAddress`: letters and digits, starting with a capital letter"),
            );
            return None;
        };
        if names::is_reserved_type(&name) {
            self.report(
                Diagnostic::new(Code::ReservedName, format!("the type name `{name}` is taken"))
                    .at(spot.span, "generated code uses it for something else")
                    .help("choose another name, such as one with the resource's name before it"),
            );
            return None;
        }
        let names = [name.clone(), format!("{name}Builder"), format!("{name}Unset")];
        if let Some(taken) = names.iter().find(|name| self.shared.contains(name)) {
            let label = if *taken == name { "here again" } else { "its builder has that name" };
            self.report(
                Diagnostic::new(Code::DuplicateName, format!("types.yaml declares a type `{taken}` as well"))
                    .at(spot.span, label)
                    .help(format!("refer to that one with `type: {taken}`, or choose another name")),
            );
            return None;
        }
        if let Some((taken, first)) = names.iter().find_map(|name| Some((name, *self.types.get(name)?))) {
            self.diagnostics.push(same_name("type", taken, spot, first));
        }
        names.into_iter().for_each(|name| self.types.push(name, spot.span));
        Some(name)
    }

    pub(super) fn contradictions(&mut self, docs: &[ContradictionDoc]) -> Vec<Contradiction> {
        let mut resolved = Vec::new();
        for doc in docs {
            for (witness, _) in &doc.witnesses {
                self.source_named(witness);
            }
            resolved.push(Contradiction {
                witnesses: doc.witnesses.iter().map(|(name, words)| (name.is.clone(), words.clone())).collect(),
                examples: doc.examples.iter().map(|(name, node)| (name.is.clone(), node.json())).collect(),
                decision: doc.decision.clone(),
                note: doc.note.clone(),
            });
        }
        resolved
    }
}

pub(super) fn owned<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    names.map(str::to_owned).collect()
}

/// Two things of the spec that become one Rust name.
pub(super) fn same_name(what: &str, name: &str, spot: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateName, format!("two {what}s become the Rust name `{name}`"))
        .at(spot.span, "this one")
        .with(first, "and this one")
        .help(match what {
            "field" => "rename one of them, or give it a Rust name of its own with `rust:`",
            "value" => "name one of them: `\"value\": { rust: Name, summary: .. }`",
            "operation" => "rename one of them",
            _ => "rename one of them; the handle is called like the `plural`, and the request of an operation has a `name:`",
        })
}
