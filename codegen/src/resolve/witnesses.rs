//! Contradictions that name an example: the example contains the value that they state.

use std::collections::HashSet;

use serde_json::Value;

use super::context::Known;
use super::references::example_named;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{ContradictionDoc, EntryDoc, FieldDoc, Map, ResourceDoc, TypeDoc};
use crate::model::Example;
use crate::yaml::Node;

/// Checks that every example that a contradiction names contains the stated value.
pub(super) fn check_witnesses(known: &Known<'_>, examples: &[Example], diagnostics: &mut Diagnostics) {
    let doc = known.doc;
    let mut witnesses = Witnesses::default();
    let taken = taken(doc);
    for (name, field) in doc.fields.iter().filter(|(name, _)| taken.contains(name.is.as_str())) {
        witnesses.field(&format!("/{}", name.is), field);
    }
    for (_, operation) in &doc.operations {
        witnesses.fields(&operation.path, "");
        witnesses.entries(&operation.query);
        witnesses.entries(&operation.body);
        witnesses.add("", &operation.contradictions);
    }
    for (_, answer) in &doc.answers {
        witnesses.entries(&answer.fields);
    }
    for (pointer, contradiction) in witnesses.found {
        for (name, node) in &contradiction.examples {
            let Some(index) = example_named(known, name, diagnostics) else { continue };
            let example = Documented { span: doc.examples[index].1.span, example: &examples[index] };
            check_witness(&pointer, contradiction, node, &example, diagnostics);
        }
    }
    for span in witnesses.unreachable {
        diagnostics.push(
            Diagnostic::new(Code::WitnessInList, "a contradiction inside a list or a map cannot have `examples`")
                .at(span, "inside a list or a map")
                .help("describe the examples in words, or move the contradiction to the outer field"),
        );
    }
}

/// What resources share cannot name an example of one of them.
pub(super) fn reject_examples(doc: &ResourceDoc, diagnostics: &mut Diagnostics) {
    let mut witnesses = Witnesses::default();
    witnesses.fields(&doc.fields, "");
    for (_, answer) in &doc.answers {
        witnesses.entries(&answer.fields);
    }
    let named = witnesses.found.iter().filter_map(|(_, contradiction)| contradiction.examples.first());
    let named = named.map(|(name, _)| name.span).chain(witnesses.unreachable);
    for span in named {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "`examples` is not allowed in a contradiction of `types.yaml`")
                .at(span, "this file has no examples")
                .help("move the contradiction to a resource, beside the name of the field in a list"),
        );
    }
}

/// An example, and where the spec has it.
struct Documented<'e> {
    span: Span,
    example: &'e Example,
}

fn check_witness(
    pointer: &str,
    contradiction: &ContradictionDoc,
    node: &Node,
    documented: &Documented<'_>,
    diagnostics: &mut Diagnostics,
) {
    let found = documented.example.request.pointer(pointer).unwrap_or(&Value::Null);
    if *found != node.json() {
        diagnostics.push_with(|| {
            let message = format!("the example `{}` does not have this value", documented.example.name);
            let place = if pointer.is_empty() { "the request".to_owned() } else { format!("`{pointer}`") };
            Diagnostic::new(Code::StaleContradiction, message)
                .at(node.span, format!("{place} is `{found}` in the example"))
                .with(documented.span, "the example")
                .with(contradiction.span, "")
                .help("correct the value, or remove the contradiction if the example no longer shows it")
        });
    }
}

/// The names of all fields that operations take.
fn taken(doc: &ResourceDoc) -> HashSet<&str> {
    let entries = doc.operations.iter().flat_map(|(_, operation)| operation.query.iter().chain(&operation.body));
    entries.map(|(name, _)| name.is.as_str()).collect()
}

/// Contradictions, with the pointers of the fields that they are about.
#[derive(Default)]
struct Witnesses<'d> {
    found: Vec<(String, &'d ContradictionDoc)>,
    /// Contradictions inside lists and maps, which no pointer reaches.
    unreachable: Vec<Span>,
}

impl<'d> Witnesses<'d> {
    fn add(&mut self, pointer: &str, contradictions: &'d [ContradictionDoc]) {
        self.found.extend(contradictions.iter().map(|contradiction| (pointer.to_owned(), contradiction)));
    }

    fn fields(&mut self, fields: &'d Map<FieldDoc>, within: &str) {
        for (name, field) in fields {
            self.field(&format!("{within}/{}", name.is), field);
        }
    }

    fn field(&mut self, pointer: &str, field: &'d FieldDoc) {
        self.add(pointer, &field.contradictions);
        self.inside(&field.ty, pointer);
    }

    fn inside(&mut self, ty: &'d TypeDoc, pointer: &str) {
        match ty {
            TypeDoc::Object { fields, .. } => self.fields(fields, pointer),
            TypeDoc::List(items) | TypeDoc::Map(items) => {
                let mut inner = Witnesses::default();
                inner.inside(&items.ty, "");
                let with_examples = inner.found.iter().filter(|(_, contradiction)| !contradiction.examples.is_empty());
                self.unreachable.extend(with_examples.map(|(_, contradiction)| contradiction.span));
                self.unreachable.extend(inner.unreachable);
            }
            _ => {}
        }
    }

    fn entries(&mut self, entries: &'d Map<EntryDoc>) {
        for (name, entry) in entries {
            let pointer = format!("/{}", name.is);
            match entry {
                EntryDoc::Own(field) => self.field(&pointer, field),
                EntryDoc::Named(entry) => self.add(&pointer, &entry.contradictions),
                EntryDoc::Fixed(_) => {}
            }
        }
    }
}
