//! The fields, types and sources that a file uses.

use std::collections::BTreeSet;

use super::declared::{Declaration, Declared};
use crate::document::{
    Authorship, ConstraintsDoc, ContradictionDoc, EntryDoc, Fact, FieldDoc, Map, OperationDoc, RequiredDoc,
    ResourceDoc, Spanned, StatesDoc, StayDoc, TypeDoc,
};
use crate::model::{ACCOUNT, NonEmpty};
use crate::names;
use crate::table::Table;

/// The names that a file uses.
pub(super) struct Uses<'a> {
    declared: &'a Table<Declaration<'a>>,
    /// The fields and types that are used.
    pub(super) names: BTreeSet<&'a str>,
    /// The sources that are named.
    pub(super) sources: BTreeSet<&'a str>,
    /// The objects that have been searched.
    seen: BTreeSet<&'a str>,
    /// The objects that are being searched, from the outside in.
    within: Vec<&'a str>,
}

/// Searches a file that has no errors.
pub(super) fn uses<'a>(doc: &'a ResourceDoc, declared: &'a Table<Declaration<'a>>) -> Uses<'a> {
    let (names, sources, seen) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut uses = Uses { declared, names, sources, seen, within: Vec::new() };
    for (name, _) in &doc.types {
        uses.named(&name.is);
    }
    uses.fields(&doc.fields);
    for (_, answer) in &doc.answers {
        uses.by(&answer.by);
        uses.entries(&answer.fields);
    }
    for (_, operation) in &doc.operations {
        uses.operation(operation);
    }
    for (_, example) in &doc.examples {
        uses.by(&example.by);
    }
    if let Some(states) = &doc.states {
        uses.states(states);
    }
    let key = doc.parent.as_ref().map(|parent| &parent.key);
    uses.names.extend(doc.object.iter().chain(&doc.id).chain(key).map(|name| name.is.as_str()));
    uses
}

impl<'a> Uses<'a> {
    /// Takes the document apart in full, so that a new key that names something cannot be forgotten.
    fn operation(&mut self, operation: &'a OperationDoc) {
        let OperationDoc {
            by,
            request,
            path,
            query,
            body,
            rules,
            at_least,
            answer,
            deferred,
            contradictions,
            does: _,
            creates: _,
            sees: _,
            moves: _,
            summary: _,
            name: _,
            host: _,
            like: _,
            is_unread: _,
            stage: _,
            found_by: _,
            deprecated: _,
            // Its parameters are in the query.
            paged: _,
            encoding: _,
            data_part: _,
            empty_text: _,
            retry: _,
            examples: _,
        } = operation;
        self.by(by);
        deferred.iter().for_each(|by| self.by(&by.is));
        let line = request.as_ref().map_or("", |line| line.is.as_str());
        let parameters = line.split('/').filter_map(|part| part.trim().strip_prefix('{')?.strip_suffix('}'));
        let is_declared = |name: &str| path.iter().any(|(declared, _)| declared.is == name);
        self.names.extend(parameters.filter(|name| *name != ACCOUNT && !is_declared(name)));
        self.fields(path);
        self.entries(query);
        self.entries(body);
        for (_, rule) in rules {
            self.by(&rule.by);
        }
        self.fact(at_least.as_ref());
        let answers = answer.iter().flat_map(|answer| [answer.is.type_name(), answer.beside.as_ref()]);
        answer.iter().flat_map(|answer| &answer.unwrapped).for_each(|by| self.by(&by.is));
        // A word such as `string` is a plain type, and never the name of one.
        let answers = answers.flatten().map(|name| name.is.as_str());
        self.names.extend(answers.filter(|name| names::is_pascal(name)));
        self.contradictions(contradictions);
    }

    fn states(&mut self, states: &'a StatesDoc) {
        let StatesDoc { field, steps, also: _, sets } = states;
        let after = steps.iter().filter_map(|(_, stay)| match &stay.is {
            StayDoc::After(name) => Some(name),
            StayDoc::For(_) | StayDoc::Wait | StayDoc::End => None,
        });
        let set = sets.iter().flat_map(|(_, sets)| sets).map(|set| &set.name);
        self.names.extend([field].into_iter().chain(after).chain(set).map(|name| name.is.as_str()));
    }

    fn entries(&mut self, entries: &'a Map<EntryDoc>) {
        for (name, entry) in entries {
            match entry {
                EntryDoc::Own(field) => self.field(field),
                EntryDoc::Named(entry) => {
                    self.names.insert(&name.is);
                    self.names.extend(entry.filters.iter().map(|name| name.is.as_str()));
                    self.by(&entry.by);
                    self.required(entry.required.as_ref());
                    self.fact(entry.format.as_ref());
                    self.contradictions(&entry.contradictions);
                }
                EntryDoc::Fixed(_) => {
                    self.names.insert(&name.is);
                }
            }
        }
    }

    fn fields(&mut self, fields: &'a Map<FieldDoc>) {
        for (_, field) in fields {
            self.field(field);
        }
    }

    /// Takes the document apart in full, as `operation` does.
    fn field(&mut self, field: &'a FieldDoc) {
        let FieldDoc {
            ty,
            constraints,
            required,
            by,
            default,
            holds,
            filters,
            contradictions,
            summary: _,
            rust: _,
            answers_only: _,
            given_by_server: _,
            compare: _,
            delimiter: _,
            all: _,
            flatten: _,
            sensitive: _,
            deprecated: _,
            also: _,
            one: _,
            holds_path: _,
            example: _,
        } = field;
        self.ty(ty);
        self.by(by);
        self.required(required.as_ref());
        let ConstraintsDoc { min_length, max_length, min, max, format, min_items, max_items, max_bytes, content_types } =
            constraints;
        for count in [min_length, max_length, min_items, max_items, max_bytes] {
            self.fact(count.as_ref());
        }
        self.fact(min.as_ref());
        self.fact(max.as_ref());
        self.fact(format.as_ref());
        self.fact(content_types.as_ref());
        let default = default.iter().filter_map(|default| default.sources.as_ref());
        self.named_sources(default);
        self.names.extend(holds.iter().chain(filters).map(|name| name.is.as_str()));
        self.contradictions(contradictions);
    }

    fn ty(&mut self, ty: &'a TypeDoc) {
        match ty {
            TypeDoc::Named(name) => {
                // A type that contains itself does not count as used.
                if !self.within.contains(&name.is.as_str()) {
                    self.names.insert(&name.is);
                }
                self.named(&name.is);
            }
            TypeDoc::Object { name, fields } => {
                if self.seen.insert(&name.is) {
                    self.within.push(&name.is);
                    self.fields(fields);
                    self.within.pop();
                }
            }
            TypeDoc::List(items) | TypeDoc::Map(items) => self.ty(&items.ty),
            TypeDoc::Enum { .. }
            | TypeDoc::Choice { .. }
            | TypeDoc::Text
            | TypeDoc::Integer
            | TypeDoc::Number
            | TypeDoc::Boolean
            | TypeDoc::Timestamp
            | TypeDoc::Decimal
            | TypeDoc::Any
            | TypeDoc::File => {}
        }
    }

    fn named(&mut self, name: &str) {
        let declared = self.declared;
        if let Some(Declaration { is: Declared::Type { ty, .. }, .. }) = declared.get(name) {
            self.ty(ty);
        }
    }

    fn by(&mut self, by: &'a Authorship) {
        self.named_sources(&by.sources);
    }

    fn named_sources(&mut self, lists: impl IntoIterator<Item = &'a NonEmpty<Spanned<String>>>) {
        self.sources.extend(lists.into_iter().flat_map(NonEmpty::iter).map(|name| name.is.as_str()));
    }

    fn required(&mut self, required: Option<&'a RequiredDoc>) {
        if let Some(required) = required {
            self.by(&required.by);
        }
    }

    fn fact<T>(&mut self, fact: Option<&'a Fact<T>>) {
        if let Some(fact) = fact {
            self.by(&fact.by);
        }
    }

    fn contradictions(&mut self, contradictions: &'a [ContradictionDoc]) {
        let witnesses = contradictions.iter().flat_map(|contradiction| &contradiction.witnesses);
        self.sources.extend(witnesses.map(|(name, _)| name.is.as_str()));
    }
}
