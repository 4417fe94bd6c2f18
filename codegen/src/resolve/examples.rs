//! The documented requests: they pass, warn and go out as they say, and contradictions show in them.

use serde_json::Value;

use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{
    ContradictionDoc, EntryDoc, ExampleDoc, FieldDoc, Map, OperationDoc, ResourceDoc, Spot, TypeDoc,
};
use crate::interpret::{self, Finding, Parameters};
use crate::model::{Checks, Example, Level, Operation, Type};
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
        self.check_contradictions();
        if !self.doc.operations.is_empty() {
            self.check_listed();
        }
        examples
    }

    /// The status of a documented answer, also one that refuses.
    fn example_status(&mut self, status: &Spot<u64>, answer: Option<&Node>) -> Option<u16> {
        let is_status = (200..600).contains(&status.is);
        if !is_status || answer.is_none() {
            let message = if is_status { "a status without an answer" } else { "this is no status of an answer" };
            self.report(
                Diagnostic::new(Code::MalformedStatus, message)
                    .at(status.place, "")
                    .help("an example states the `status` of its `answer`, 200 to 599"),
            );
        }
        u16::try_from(status.is).ok()
    }

    pub(super) fn example_named(&mut self, name: &Spot<String>, examples: &[Example]) -> Option<usize> {
        let found = examples.iter().position(|example| example.name == name.is);
        if found.is_none() && !self.diagnostics.is_broken(self.doc.file, &name.is) {
            let known: Vec<_> = examples.iter().map(|example| example.name.clone()).collect();
            self.unknown(Code::UnknownExample, "example", name, &known);
        }
        found
    }

    pub(super) fn check_examples(&mut self, operation: &Operation, doc: &OperationDoc, examples: &[Example]) {
        for spot in &doc.examples {
            let Some((_, doc)) = self.doc.examples.iter().find(|(name, _)| name.is == spot.is) else { continue };
            let Some(example) = examples.iter().find(|example| example.name == spot.is) else { continue };
            self.check_example(operation, doc, example);
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
        let findings = interpret::validate(self.model, operation, &parameters);
        for finding in findings.iter().filter(|finding| finding.level == Level::Error) {
            let place = place_of(&doc.request, &finding.pointer);
            self.report(
                Diagnostic::new(
                    Code::ExampleBroken,
                    format!("this example is refused: {} {}", finding.pointer, finding.demand),
                )
                .at(place, format!("rule `{}`", finding.rule))
                .help(
                    "correct the example; or, if it is documented so, let the fact be a warning with `enforce: warn`",
                ),
            );
        }
        self.check_warnings(doc, &findings);
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
        for finding in interpret::validate_answer(self.model, operation, &answer.json()) {
            let place = place_of(answer, &finding.pointer);
            self.report(
                Diagnostic::new(Code::AnswerBroken, format!("{} {}", finding.pointer, finding.demand))
                    .at(place, "in this documented answer")
                    .help("correct the example, or what the file says about the answer; a second kind that is known to come is `also`"),
            );
        }
    }

    fn check_known_fields(&mut self, operation: &Operation, request: &Node) {
        let known: Vec<_> = self.model[operation.request].fields.iter().map(|field| field.name.clone()).collect();
        let Data::Map(entries) = &request.data else { return };
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key)) {
            self.unknown(Code::UnknownField, "field", &Spot::new(entry.key.clone(), entry.key_place), &known);
        }
    }

    fn check_warnings(&mut self, doc: &ExampleDoc, findings: &[Finding]) {
        let caused: Vec<_> = findings
            .iter()
            .filter(|finding| finding.level == Level::Warn)
            .map(|finding| (finding.pointer.clone(), finding.rule.clone()))
            .collect();
        for warning in doc.warns.iter().filter(|warning| !caused.contains(&split_warning(&warning.is))) {
            let known: Vec<_> = caused.iter().map(|(pointer, rule)| format!("{pointer} {rule}")).collect();
            let help =
                did_you_mean(&warning.is, known.iter().map(String::as_str)).unwrap_or_else(|| "remove it".to_owned());
            self.report(
                Diagnostic::new(Code::WrongWarnings, "the example does not cause this warning")
                    .at(warning.place, "")
                    .help(help),
            );
        }
        let said: Vec<_> = doc.warns.iter().map(|warning| split_warning(&warning.is)).collect();
        for (pointer, rule) in caused.iter().filter(|caused| !said.contains(caused)) {
            self.report(
                Diagnostic::new(
                    Code::WrongWarnings,
                    format!("the example causes a warning that it does not mention: {pointer} {rule}"),
                )
                .at(place_of(&doc.request, pointer), "")
                .help(format!("add `{pointer} {rule}` to its `warns`")),
            );
        }
    }

    /// Compares what goes out with what the caller writes and what the example says of it.
    fn check_sends(&mut self, operation: &Operation, doc: &ExampleDoc, parameters: &Parameters) {
        let sent = parameters.sent(self.model, operation);
        let known: Vec<_> = self.model[operation.request].fields.iter().map(|field| field.name.clone()).collect();
        for (name, value) in parameters.values().iter().filter(|(name, _)| known.contains(name)) {
            let said = doc.sends.iter().find(|(said, _)| said.is == *name);
            let goes_out = sent.get(name).cloned().unwrap_or(Value::Null);
            let expected = said.map_or_else(|| value.clone(), |(_, node)| node.json());
            if goes_out == expected {
                continue;
            }
            let place = said.map_or_else(|| place_of(&doc.request, &format!("/{name}")), |(spot, _)| spot.place);
            self.report(
                Diagnostic::new(Code::WrongSends, format!("`{name}` goes out as `{goes_out}`"))
                    .at(place, "")
                    .help(format!("write `{name}: {goes_out}` into the example's `sends`")),
            );
        }
        for (name, _) in doc.sends.iter().filter(|(name, _)| parameters.get(&name.is).is_none()) {
            self.report(
                Diagnostic::new(Code::WrongSends, format!("the example's request has no `{}`", name.is))
                    .at(name.place, "")
                    .help("remove it"),
            );
        }
    }

    /// An example value of a field obeys the field's own limits.
    pub(super) fn check_field_example(&mut self, example: &Spot<String>, ty: &Type, checks: &Checks) {
        let value = match ty {
            Type::Integer | Type::Number | Type::Boolean => {
                example.is.parse().unwrap_or_else(|_| Value::from(example.is.as_str()))
            }
            _ => Value::from(example.is.as_str()),
        };
        for finding in interpret::validate_value(self.model, ty, checks, &value) {
            self.report(
                Diagnostic::new(Code::FieldExample, format!("this example {}, says the field itself", finding.demand))
                    .at(example.place, format!("rule `{}`", finding.rule))
                    .help("correct the example or the limit"),
            );
        }
    }

    /// Every example that a contradiction names as a witness holds what it is said to hold.
    fn check_contradictions(&mut self) {
        let doc = self.doc;
        let mut witnesses = Witnesses::default();
        for (name, field) in doc.fields.iter().filter(|(name, _)| is_taken(doc, &name.is)) {
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
                self.check_witness(&pointer, contradiction, name, node);
            }
        }
        for place in witnesses.unreachable {
            self.report(
                Diagnostic::new(Code::WitnessInList, "an example cannot be a witness inside a list or a map")
                    .at(place, "")
                    .help("say it in words, or move the contradiction to the list"),
            );
        }
    }

    /// Every example is one of some operation: otherwise nobody would try it.
    fn check_listed(&mut self) {
        let doc = self.doc;
        let listed: Vec<_> = doc.operations.iter().flat_map(|(_, operation)| &operation.examples).collect();
        for (name, _) in doc.examples.iter().filter(|(name, _)| !listed.iter().any(|example| example.is == name.is)) {
            self.report(
                Diagnostic::new(Code::UnusedExample, format!("no operation lists the example `{}`", name.is))
                    .at(name.place, "")
                    .help("add it to `examples` of its operation, or remove it"),
            );
        }
    }

    fn check_witness(&mut self, pointer: &str, contradiction: &ContradictionDoc, name: &Spot<String>, node: &Node) {
        let Some((_, example)) = self.doc.examples.iter().find(|(known, _)| known.is == name.is) else {
            if !self.diagnostics.is_broken(self.doc.file, &name.is) {
                let known: Vec<_> = self.doc.examples.iter().map(|(name, _)| name.is.clone()).collect();
                self.unknown(Code::UnknownExample, "example", name, &known);
            }
            return;
        };
        let request = example.request.json();
        let found = request.pointer(pointer).unwrap_or(&Value::Null);
        if *found != node.json() {
            self.report(
                Diagnostic::new(
                    Code::StaleContradiction,
                    format!("the example `{}` does not hold this value", name.is),
                )
                .at(node.place, format!("it holds `{found}` at {pointer}"))
                .with(example.place, "this example")
                .with(contradiction.place, "")
                .help("correct the contradiction, or remove it if it no longer shows"),
            );
        }
    }
}

/// Whether an operation takes a field of the file.
fn is_taken(doc: &ResourceDoc, name: &str) -> bool {
    let in_entries = |entries: &Map<EntryDoc>| entries.iter().any(|(entry, _)| entry.is == name);
    doc.operations.iter().any(|(_, operation)| in_entries(&operation.query) || in_entries(&operation.body))
}

/// Contradictions and the pointers of what they are about.
#[derive(Default)]
struct Witnesses<'d> {
    found: Vec<(String, &'d ContradictionDoc)>,
    /// Those inside lists and maps, which no pointer reaches.
    unreachable: Vec<Place>,
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
                self.unreachable.extend(with_examples.map(|(_, contradiction)| contradiction.place));
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
fn place_of(node: &Node, pointer: &str) -> Place {
    let mut at = node;
    let mut place = Node::head(node);
    for step in pointer.split('/').skip(1) {
        let Some(entry) = at.entry(step) else { break };
        at = &entry.value;
        place = if matches!(at.data, Data::Scalar { .. }) { at.place } else { entry.key_place };
    }
    place
}
