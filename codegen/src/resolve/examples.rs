//! The documented requests: they pass, warn and go out as they say, and contradictions show in them.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::scope::{Scope, owned};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::document::{
    ContradictionDoc, EntryDoc, ExampleDoc, FieldDoc, Map, OperationDoc, ResourceDoc, Spanned, TypeDoc,
};
use crate::interpret::{self, Parameters, Violation};
use crate::model::{Constraints, Example, Level, ObjectId, Operation, Type};
use crate::reader::did_you_mean;
use crate::yaml::{Data, Node};

impl Scope<'_> {
    /// Resolves the file's `examples`.
    pub(super) fn examples(&mut self) -> Vec<Example> {
        let mut examples = Vec::new();
        for (name, doc) in &self.doc.examples {
            examples.push(Example {
                name: name.is.clone(),
                source: self.source(&doc.by, None),
                request: doc.request.json(),
                sends: doc.sends.iter().map(|(name, node)| (name.is.clone(), node.json())).collect(),
                warns: doc.warns.iter().map(|warning| split_warning(&warning.is)).collect(),
                answer: doc.answer.as_ref().map(Node::json),
                status: doc.status.as_ref().and_then(|status| self.example_status(status, doc.answer.as_ref())),
            });
        }
        self.check_contradictions(&examples);
        if !self.doc.operations.is_empty() {
            self.check_listed();
        }
        examples
    }

    /// The status of a documented answer, also one that refuses.
    fn example_status(&mut self, status: &Spanned<u64>, answer: Option<&Node>) -> Option<u16> {
        let is_status = (200..600).contains(&status.is);
        if !is_status || answer.is_none() {
            let message = if is_status { "a status without an answer" } else { "this is no status of an answer" };
            self.report(
                Diagnostic::new(Code::MalformedStatus, message)
                    .at(status.span, "")
                    .help("an example states the `status` of its `answer`, 200 to 599"),
            );
        }
        u16::try_from(status.is).ok()
    }

    pub(super) fn example_named(&mut self, name: &Spanned<String>) -> Option<usize> {
        let found = self.example_positions.get(name.is.as_str()).copied();
        if found.is_none() && !self.diagnostics.is_broken(self.doc.file, &name.is) {
            let known = |scope: &Self| owned(scope.doc.examples.iter().map(|(name, _)| name.is.as_str()));
            self.unknown(Code::UnknownExample, "example", name, known);
        }
        found
    }

    pub(super) fn check_examples(&mut self, operation: &Operation, doc: &OperationDoc, examples: &[Example]) {
        // One that is listed again says nothing new.
        let listed: BTreeSet<_> =
            doc.examples.iter().filter_map(|spot| self.example_positions.get(spot.is.as_str()).copied()).collect();
        for index in listed {
            self.check_example(operation, &self.doc.examples[index].1, &examples[index]);
        }
    }

    fn check_example(&mut self, operation: &Operation, doc: &ExampleDoc, example: &Example) {
        let Value::Object(request) = &example.request else {
            self.report(
                crate::reader::wrong_kind(&doc.request, "a mapping")
                    .help("a request is written as `field: value` lines"),
            );
            return;
        };
        self.check_known_fields(operation, &doc.request);
        let parameters = Parameters::from(request.clone());
        let violations = interpret::validate(self.model, operation, &parameters);
        for violation in violations.iter().filter(|violation| violation.level == Level::Error) {
            self.diagnostics.push_with(|| {
                Diagnostic::new(
                    Code::ExampleBroken,
                    format!("this example is refused: {} {}", violation.pointer, violation.demand),
                )
                .at(span_of(&doc.request, &violation.pointer), format!("rule `{}`", violation.rule))
                .help("correct the example; or, if it is documented so, let the fact be a warning with `enforce: warn`")
            });
        }
        self.check_warnings(doc, &violations);
        self.check_sends(operation, doc, &parameters);
        self.check_answer(operation, doc);
    }

    /// A documented answer is as the operation's answer is described.
    fn check_answer(&mut self, operation: &Operation, doc: &ExampleDoc) {
        let Some(answer) = &doc.answer else { return };
        let is_success = doc.status.as_ref().is_none_or(|status| (200..300).contains(&status.is));
        if !is_success {
            return;
        }
        for violation in interpret::validate_answer(self.model, operation, &answer.json()) {
            let span = span_of(answer, &violation.pointer);
            self.report(
                Diagnostic::new(Code::AnswerBroken, format!("{} {}", violation.pointer, violation.demand))
                    .at(span, "in this documented answer")
                    .help("correct the example, or what the file says about the answer; a second kind that is known to come is `also`"),
            );
        }
    }

    fn check_known_fields(&mut self, operation: &Operation, request: &Node) {
        let id = operation.request;
        let known = self.names_in(id);
        let Data::Map(entries) = &request.data else { return };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key)) {
            let known = |scope: &Self| owned(scope.model[id].fields.iter().map(|field| field.name.as_str()));
            self.unknown(Code::UnknownField, "field", &Spanned::new(entry.key.clone(), entry.key_span), known);
        }
    }

    fn names_in(&self, request: ObjectId) -> HashSet<String> {
        self.model[request].fields.iter().map(|field| field.name.clone()).collect()
    }

    fn check_warnings(&mut self, doc: &ExampleDoc, violations: &[Violation]) {
        let warnings = || violations.iter().filter(|violation| violation.level == Level::Warn);
        let in_words = |violation: &Violation| format!("{} {}", violation.pointer, violation.rule);
        let caused: HashSet<_> =
            warnings().map(|violation| (violation.pointer.clone(), violation.rule.clone())).collect();
        for warning in doc.warns.iter().filter(|warning| !caused.contains(&split_warning(&warning.is))) {
            self.diagnostics.push_with(|| {
                let known: Vec<_> = warnings().map(in_words).collect();
                let close = did_you_mean(&warning.is, known.iter().map(String::as_str));
                Diagnostic::new(Code::WrongWarnings, "the example does not cause this warning")
                    .at(warning.span, "")
                    .help(close.unwrap_or_else(|| "remove it".to_owned()))
            });
        }
        let said: HashSet<_> = doc.warns.iter().map(|warning| split_warning(&warning.is)).collect();
        let is_said = |violation: &&Violation| said.contains(&(violation.pointer.clone(), violation.rule.clone()));
        for violation in warnings().filter(|violation| !is_said(violation)) {
            self.diagnostics.push_with(|| {
                let words = in_words(violation);
                let message = format!("the example causes a warning that it does not mention: {words}");
                Diagnostic::new(Code::WrongWarnings, message)
                    .at(span_of(&doc.request, &violation.pointer), "")
                    .help(format!("add `{words}` to its `warns`"))
            });
        }
    }

    /// Compares what goes out with what the caller writes and what the example says of it.
    fn check_sends(&mut self, operation: &Operation, doc: &ExampleDoc, parameters: &Parameters) {
        let sent = parameters.sent(self.model, operation);
        let known = self.names_in(operation.request);
        let sends: HashMap<_, _> = doc.sends.iter().map(|entry| (entry.0.is.as_str(), entry)).collect();
        for (name, value) in parameters.values().iter().filter(|(name, _)| known.contains(*name)) {
            let said = sends.get(name.as_str());
            let goes_out = sent.get(name).cloned().unwrap_or(Value::Null);
            let expected = said.map_or_else(|| value.clone(), |(_, node)| node.json());
            if goes_out == expected {
                continue;
            }
            self.diagnostics.push_with(|| {
                let span = said.map_or_else(|| span_of(&doc.request, &format!("/{name}")), |(spot, _)| spot.span);
                Diagnostic::new(Code::WrongSends, format!("`{name}` goes out as `{goes_out}`"))
                    .at(span, "")
                    .help(format!("write `{name}: {goes_out}` into the example's `sends`"))
            });
        }
        for (name, _) in doc.sends.iter().filter(|(name, _)| parameters.get(&name.is).is_none()) {
            self.report(
                Diagnostic::new(Code::WrongSends, format!("the example's request has no `{}`", name.is))
                    .at(name.span, "")
                    .help("remove it"),
            );
        }
    }

    /// An example value of a field obeys the field's own limits.
    pub(super) fn check_field_example(&mut self, example: &Spanned<String>, ty: &Type, constraints: &Constraints) {
        let value = interpret::example_value(ty, &example.is);
        for violation in interpret::validate_value(self.model, ty, constraints, &value) {
            self.report(
                Diagnostic::new(
                    Code::FieldExample,
                    format!("this example {}, says the field itself", violation.demand),
                )
                .at(example.span, format!("rule `{}`", violation.rule))
                .help("correct the example or the limit"),
            );
        }
    }

    /// Every example that a contradiction names as a witness holds what it is said to hold.
    fn check_contradictions(&mut self, examples: &[Example]) {
        let doc = self.doc;
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
                self.check_witness(&pointer, contradiction, name, node, examples);
            }
        }
        for span in witnesses.unreachable {
            self.report(
                Diagnostic::new(Code::WitnessInList, "an example cannot be a witness inside a list or a map")
                    .at(span, "")
                    .help("say it in words, or move the contradiction to the list"),
            );
        }
    }

    /// Every example is one of some operation: otherwise nobody would try it.
    fn check_listed(&mut self) {
        let doc = self.doc;
        let listed = doc.operations.iter().flat_map(|(_, operation)| &operation.examples);
        let listed: HashSet<_> = listed.map(|example| &example.is).collect();
        for (name, _) in doc.examples.iter().filter(|(name, _)| !listed.contains(&name.is)) {
            self.report(
                Diagnostic::new(Code::UnusedExample, format!("no operation lists the example `{}`", name.is))
                    .at(name.span, "")
                    .help("add it to `examples` of its operation, or remove it"),
            );
        }
    }

    fn check_witness(
        &mut self,
        pointer: &str,
        contradiction: &ContradictionDoc,
        name: &Spanned<String>,
        node: &Node,
        examples: &[Example],
    ) {
        let Some(index) = self.example_named(name) else { return };
        let found = examples[index].request.pointer(pointer).unwrap_or(&Value::Null);
        if *found != node.json() {
            let example = self.doc.examples[index].1.span;
            self.diagnostics.push_with(|| {
                let message = format!("the example `{}` does not hold this value", name.is);
                Diagnostic::new(Code::StaleContradiction, message)
                    .at(node.span, format!("it holds `{found}` at {pointer}"))
                    .with(example, "this example")
                    .with(contradiction.span, "")
                    .help("correct the contradiction, or remove it if it no longer shows")
            });
        }
    }
}

/// The names of everything that operations take.
fn taken(doc: &ResourceDoc) -> HashSet<&str> {
    let entries = doc.operations.iter().flat_map(|(_, operation)| operation.query.iter().chain(&operation.body));
    entries.map(|(name, _)| name.is.as_str()).collect()
}

/// Contradictions and the pointers of what they are about.
#[derive(Default)]
struct Witnesses<'d> {
    found: Vec<(String, &'d ContradictionDoc)>,
    /// Those inside lists and maps, which no pointer reaches.
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
                inner.inside(items, "");
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
                EntryDoc::Named { contradictions, .. } => self.add(&pointer, contradictions),
            }
        }
    }
}

fn split_warning(text: &str) -> (String, String) {
    let (pointer, rule) = text.rsplit_once(' ').unwrap_or(("", text));
    (pointer.to_owned(), rule.to_owned())
}

/// The place that a pointer leads to, or of the nearest thing around it.
fn span_of(node: &Node, pointer: &str) -> Span {
    let mut at = node;
    let mut span = Node::head(node);
    for step in pointer.split('/').skip(1) {
        let Some(entry) = at.entry(step) else { break };
        at = &entry.value;
        span = if matches!(at.data, Data::Scalar { .. }) { at.span } else { entry.key_span };
    }
    span
}
