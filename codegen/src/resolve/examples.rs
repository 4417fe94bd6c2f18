//! The documented requests: they are valid, cause the warnings that they name, and are sent as they say.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::context::Known;
use super::references::{self, unknown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{ExampleDoc, OperationDoc, ResourceDoc, Spanned};
use crate::interpret::{self, Parameters, Violation};
use crate::model::{DeferralKeys, Example, Field, Level, Model, Operation};
use crate::reader::did_you_mean;
use crate::yaml::{Data, Node};

/// Resolves the file's `examples`.
pub(super) fn examples(known: &Known<'_>, diagnostics: &mut Diagnostics) -> Vec<Example> {
    let mut examples = Vec::new();
    for (name, doc) in &known.doc.examples {
        let sources = known.sources(&doc.by, None, diagnostics);
        let status = doc.status.as_ref().and_then(|it| status(it, doc.answer.as_ref(), diagnostics));
        examples.push(Example {
            name: name.is.clone(),
            sources,
            request: doc.request.json(),
            sends: doc.sends.iter().map(|(name, node)| (name.is.clone(), node.json())).collect(),
            warns: doc.warns.iter().map(|warning| split_warning(&warning.is)).collect(),
            answer: doc.answer.as_ref().map(Node::json),
            status,
            position: name.span.into(),
        });
    }
    examples
}

/// The status of a documented answer, which may be one of an error.
fn status(status: &Spanned<u64>, answer: Option<&Node>, diagnostics: &mut Diagnostics) -> Option<u16> {
    let is_status = (200..600).contains(&status.is);
    if !is_status || answer.is_none() {
        let (message, label, help) = if is_status {
            ("`status` needs an `answer`".to_owned(), "the status of what?", "add the `answer`, or remove `status`")
        } else {
            let message = format!("`{}` is not the status of an answer", status.is);
            (message, "expected 200 to 599", "write the status of the `answer` of this example")
        };
        diagnostics.push(Diagnostic::new(Code::MalformedStatus, message).at(status.span, label).help(help));
    }
    u16::try_from(status.is).ok()
}

/// Checks that every example belongs to an operation. Others would not be validated.
pub(super) fn check_listed(doc: &ResourceDoc, diagnostics: &mut Diagnostics) {
    // The missing operations may list them.
    if doc.operations.is_empty() {
        return;
    }
    let listed = doc.operations.iter().flat_map(|(_, operation)| &operation.examples);
    let listed: HashSet<_> = listed.map(|example| &example.is).collect();
    for (name, _) in doc.examples.iter().filter(|(name, _)| !listed.contains(&name.is)) {
        diagnostics.push(
            Diagnostic::new(Code::UnusedExample, format!("no operation lists the example `{}`", name.is))
                .at(name.span, "nothing checks this example")
                .help("add it to the `examples` of an operation, or remove it"),
        );
    }
}

/// Checks the examples of one operation.
pub(super) fn check_examples(
    known: &Known<'_>,
    model: &Model,
    operation: &Operation,
    doc: &OperationDoc,
    examples: &[Example],
    diagnostics: &mut Diagnostics,
) {
    let names = model.request_fields(operation).map(|field| field.name.as_str()).collect();
    let mut pass = Examples { model, operation, names, diagnostics };
    // An example that is listed twice is checked once.
    let listed: BTreeSet<_> =
        doc.examples.iter().filter_map(|name| known.examples.get(name.is.as_str()).copied()).collect();
    for index in listed {
        pass.check(&known.doc.examples[index].1, &examples[index]);
    }
}

/// The pass over the examples of one operation.
struct Examples<'p> {
    model: &'p Model,
    operation: &'p Operation,
    /// The names of its fields.
    names: HashSet<&'p str>,
    diagnostics: &'p mut Diagnostics,
}

impl Examples<'_> {
    fn check(&mut self, doc: &ExampleDoc, example: &Example) {
        let Value::Object(request) = &example.request else {
            self.diagnostics.push(
                crate::reader::wrong_kind(&doc.request, "a mapping").help("write the request as `field: value` lines"),
            );
            return;
        };
        self.check_known_fields(&doc.request);
        self.check_deferral(&doc.request);
        let parameters = Parameters::from(request.clone());
        let violations = interpret::validate(self.model, self.operation, &parameters);
        for violation in violations.iter().filter(|violation| violation.level == Level::Error) {
            self.diagnostics.push_with(|| {
                Diagnostic::new(
                    Code::ExampleBroken,
                    format!("invalid example: {}", described(violation, "the request")),
                )
                .at(span_of(&doc.request, &violation.pointer), format!("violates `{}`", violation.rule))
                .help(match violation.rule.as_str() {
                    "type" | "taken" => "correct the example or the description of the field",
                    _ => "correct the example; if it is documented like this, add `enforce: warn` to the violated fact",
                })
            });
        }
        self.check_warnings(doc, &violations);
        self.check_sends(doc, &parameters);
        self.check_answer(doc, &parameters);
    }

    /// Checks a documented answer against the description of the operation's answer.
    fn check_answer(&mut self, doc: &ExampleDoc, parameters: &Parameters) {
        let Some(answer) = &doc.answer else { return };
        let is_success = doc.status.as_ref().is_none_or(|status| (200..300).contains(&status.is));
        if !is_success {
            return;
        }
        let described_as =
            interpret::answer_to(self.model, self.operation, &parameters.meant(self.model, self.operation));
        for violation in interpret::validate_answer(self.model, described_as, &answer.json()) {
            let span = span_of(answer, &violation.pointer);
            self.diagnostics.push(
                Diagnostic::new(Code::AnswerBroken, format!("invalid answer: {}", described(&violation, "the answer")))
                    .at(span, "in this documented answer")
                    .help("correct the example or the description of the answer; `also` adds a second type to a field"),
            );
        }
    }

    fn check_known_fields(&mut self, request: &Node) {
        let fields = self.model.request_fields(self.operation);
        let Data::Map(entries) = &request.data else { return };
        for entry in entries.iter().filter(|entry| !self.names.contains(entry.key.as_str())) {
            let name = Spanned::new(entry.key.clone(), entry.key_span);
            let names = || fields.clone().map(|field| field.name.as_str());
            unknown(self.diagnostics, &references::REQUEST_FIELD, &name, names);
        }
    }

    /// The client does not take the method without the URL.
    fn check_deferral(&mut self, request: &Node) {
        let Some(DeferralKeys { url, method }) = &self.operation.deferral else { return };
        let given = |key: &Field| request.entry(&key.name).filter(|entry| !entry.value.json().is_null());
        if let Some(entry) = given(method).filter(|_| given(url).is_none()) {
            self.diagnostics.push(
                Diagnostic::new(Code::ExampleBroken, format!("`{}` is given without `{}`", method.name, url.name))
                    .at(entry.key_span, "the method of a request to which URL?")
                    .help(format!("add `{}`, or remove `{}`", url.name, method.name)),
            );
        }
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
                Diagnostic::new(Code::WrongWarnings, format!("the example does not cause the warning `{}`", warning.is))
                    .at(warning.span, "listed here")
                    .help(close.unwrap_or_else(|| "remove it from `warns`".to_owned()))
            });
        }
        let said: HashSet<_> = doc.warns.iter().map(|warning| split_warning(&warning.is)).collect();
        let is_said = |violation: &&Violation| said.contains(&(violation.pointer.clone(), violation.rule.clone()));
        for violation in warnings().filter(|violation| !is_said(violation)) {
            self.diagnostics.push_with(|| {
                let words = in_words(violation);
                let message = format!("the example causes the warning `{words}`, which `warns` does not list");
                Diagnostic::new(Code::WrongWarnings, message)
                    .at(span_of(&doc.request, &violation.pointer), format!("violates `{}`", violation.rule))
                    .help(format!("add `{words}` to the `warns` of the example"))
            });
        }
    }

    /// Compares what is sent with the request and with the `sends` of the example.
    fn check_sends(&mut self, doc: &ExampleDoc, parameters: &Parameters) {
        let sent = parameters.sent(self.model, self.operation);
        let sends: HashMap<_, _> = doc.sends.iter().map(|entry| (entry.0.is.as_str(), entry)).collect();
        for (name, value) in parameters.values().iter().filter(|(name, _)| self.names.contains(name.as_str())) {
            let said = sends.get(name.as_str());
            let actual = sent.get(name).cloned().unwrap_or(Value::Null);
            let expected = said.map_or_else(|| value.clone(), |(_, node)| node.json());
            if actual == expected {
                continue;
            }
            self.diagnostics.push_with(|| {
                let span = said.map_or_else(|| span_of(&doc.request, &format!("/{name}")), |(spot, _)| spot.span);
                let is_sent = if actual.is_null() { "not sent".to_owned() } else { format!("sent as `{actual}`") };
                Diagnostic::new(Code::WrongSends, format!("`{name}` is {is_sent}"))
                    .at(span, "this is not what is sent")
                    .help(format!("write `{name}: {actual}` under the `sends` of the example"))
            });
        }
        for (name, _) in doc.sends.iter().filter(|(name, _)| parameters.get(&name.is).is_none()) {
            self.diagnostics.push(
                Diagnostic::new(Code::WrongSends, format!("the request of this example has no `{}`", name.is))
                    .at(name.span, "not in the request")
                    .help("remove it from `sends`"),
            );
        }
    }
}

/// A violation in words, with the value that it is about. `whole` names the root.
fn described(violation: &Violation, whole: &str) -> String {
    match violation.pointer.as_str() {
        "" => format!("{whole} {}", violation.demand),
        pointer => format!("`{pointer}` {}", violation.demand),
    }
}

fn split_warning(text: &str) -> (String, String) {
    let (pointer, rule) = text.rsplit_once(' ').unwrap_or(("", text));
    (pointer.to_owned(), rule.to_owned())
}

/// The span of the value at a pointer, or of the nearest value around it.
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
