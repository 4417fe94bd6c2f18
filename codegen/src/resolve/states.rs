//! `states`: the field that holds the state, the steps from one state to the next, and what the server sets.

use std::collections::HashMap;
use std::time::Duration;

use serde_json::Value;

use super::context::Cx;
use super::copy_budget::Fields;
use super::references::{self, has_field, unknown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{SetDoc, Spanned, StatesDoc, StayDoc};
use crate::duration::duration_of_seconds;
use crate::interpret::{example_of, validate_value};
use crate::model::{Assigned, Assignment, Field, Level, Model, State, States, Stay, Step, Type};
use crate::text::listing;
use crate::yaml::Node;

/// The states of the file's objects. `None`: the file has none, or they have a problem, which is reported.
pub(super) fn states(cx: &mut Cx<'_, '_>, fields: &Fields<'_>) -> Option<States> {
    let doc = cx.known.doc.states.as_ref()?;
    let before = cx.diagnostics.errors();
    check_distinct(doc, cx.diagnostics);
    let field = field_named(cx, fields, &doc.field);
    if let Some(field) = field {
        check_values(cx.model, doc, field, cx.diagnostics);
    }
    let end = end(doc, cx.diagnostics);
    let stays: Vec<_> = doc.steps.iter().map(|(name, stay)| (name, self::stay(cx, fields, stay))).collect();
    let sets: HashMap<_, _> = doc.sets.iter().map(|(state, sets)| (state.is.as_str(), sets)).collect();
    let mut state = |name: &Spanned<String>| {
        let sets = sets.get(name.is.as_str()).into_iter().copied().flatten();
        let sets = sets.filter_map(|set| assignment(cx, fields, &doc.field, set)).collect();
        State { name: name.is.clone(), sets }
    };
    let mut steps = Vec::new();
    for (name, stay) in stays {
        steps.extend(stay.flatten().map(|stay| Step { state: state(name), stay }));
    }
    let end = end.map(&mut state);
    let others = doc.also.iter().map(state).collect();
    for (name, _) in &doc.sets {
        check_known(cx, doc, name);
    }
    let states = States { field: doc.field.is.clone(), steps, end: end?, others };
    (field.is_some() && cx.diagnostics.errors() == before).then_some(states)
}

/// A state is declared once.
fn check_distinct(doc: &StatesDoc, diagnostics: &mut Diagnostics) {
    let mut first: HashMap<&str, Span> = HashMap::new();
    for name in names(doc) {
        if let Some(first) = first.insert(&name.is, name.span) {
            diagnostics.push(
                Diagnostic::new(Code::BrokenStates, format!("the state `{}` is declared twice", name.is))
                    .at_repeated(name.span, first)
                    .help("remove one of them; `also` lists only states that are not under `steps`"),
            );
        }
    }
}

/// The names of all states.
pub(super) fn names(doc: &StatesDoc) -> impl Iterator<Item = &Spanned<String>> {
    doc.steps.iter().map(|(name, _)| name).chain(&doc.also)
}

/// Whether a state is declared. Reports it if not.
pub(super) fn check_known(cx: &mut Cx<'_, '_>, doc: &StatesDoc, name: &Spanned<String>) -> bool {
    let found = names(doc).any(|state| state.is == name.is);
    if !found && !cx.diagnostics.is_broken(cx.known.doc.file, &name.is) {
        unknown(cx.diagnostics, &references::STATE, name, || names(doc).map(|state| state.is.as_str()));
    }
    found
}

/// The field of the file with that name.
fn field_named<'f>(cx: &mut Cx<'_, '_>, fields: &'f Fields<'_>, name: &Spanned<String>) -> Option<&'f Field> {
    if has_field(cx.known, name, cx.diagnostics) { fields.get(&name.is) } else { None }
}

/// The states are values of the field, and all of its listed values are states.
fn check_values(model: &Model, doc: &StatesDoc, field: &Field, diagnostics: &mut Diagnostics) {
    let values = match field.ty {
        Type::Enum(id) => &model[id].values,
        Type::Text => return,
        _ => {
            let help = "choose a field of the type `string` or `enum`";
            return diagnostics.push(wrong_field(&doc.field, "cannot hold a state", help));
        }
    };
    let listed = || values.iter().map(|value| value.wire.as_str());
    for name in names(doc).filter(|name| !listed().any(|value| value == name.is)) {
        unknown(diagnostics, &references::VALUE, name, listed);
    }
    // A step that could not be read is not missing.
    let is_state = |value: &str| names(doc).any(|name| name.is == value);
    let is_missing = |value: &&str| !is_state(value) && !diagnostics.is_broken(doc.field.span.file, value);
    let missing: Vec<_> = listed().filter(is_missing).collect();
    if !missing.is_empty() {
        let values = listing(missing.iter().copied());
        let verb = if missing.len() == 1 { "is a value" } else { "are values" };
        diagnostics.push(
            Diagnostic::new(Code::BrokenStates, format!("{values} {verb} of `{}` and no state", doc.field.is))
                .at(doc.field.span, "each value of this field is a state")
                .help("add them to `steps`, or to `also` if no step leads to them"),
        );
    }
}

fn wrong_field(name: &Spanned<String>, what: &str, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::StateField, format!("the field `{}` {what}", name.is))
        .at(name.span, "of another type")
        .help(help)
}

/// The last step, which is the only end. There is a step before it.
fn end<'d>(doc: &'d StatesDoc, diagnostics: &mut Diagnostics) -> Option<&'d Spanned<String>> {
    let mut ends = doc.steps.iter().enumerate().filter(|(_, (_, stay))| matches!(stay.is, StayDoc::End));
    let last = doc.steps.len().saturating_sub(1);
    let (label, span, help) = match (ends.next(), ends.next()) {
        (_, Some((_, (name, _)))) => {
            let help = "keep the last one; a state that only operations lead to is listed in `also`";
            ("this is the second `end`", name.span, help)
        }
        (None, None) => {
            let span = doc.steps.last().map_or(doc.field.span, |(name, _)| name.span);
            ("no step is the `end`", span, "write `end` as the value of the last step, as in `completed: end`")
        }
        (Some((index, (name, _))), None) if index < last => {
            let help =
                "move the `end` behind the other steps; a state that only operations lead to is listed in `also`";
            ("no step can follow the `end`", name.span, help)
        }
        (Some((0, (name, _))), None) => {
            ("no step is before the `end`", name.span, "add the steps before it, or remove `states`")
        }
        (Some((_, (name, _))), None) => return Some(name),
    };
    // A step that could not be read is not missing.
    if !diagnostics.has_broken(span.file) {
        let message = "`steps` must be one or more steps and then one `end`";
        diagnostics.push(Diagnostic::new(Code::BrokenStates, message).at(span, label).help(help));
    }
    None
}

/// How long an object stays. The inner `None` is the end; the outer one a problem, which is reported.
fn stay(cx: &mut Cx<'_, '_>, fields: &Fields<'_>, doc: &Spanned<StayDoc>) -> Option<Option<Stay>> {
    Some(Some(match &doc.is {
        StayDoc::For(duration) => Stay::For(*duration),
        StayDoc::Wait => Stay::UntilMoved,
        StayDoc::End => return Some(None),
        StayDoc::After(name) => {
            let field = field_named(cx, fields, name)?;
            let otherwise = seconds(cx, name, field)?;
            Stay::Field { name: name.is.clone(), otherwise }
        }
    }))
}

/// The example of a field with a number of seconds. It counts for objects without the field.
fn seconds(cx: &mut Cx<'_, '_>, name: &Spanned<String>, field: &Field) -> Option<Duration> {
    if !matches!(field.ty, Type::Integer | Type::Number) {
        let help = "choose a field of the type `integer` or `number`";
        cx.diagnostics.push(wrong_field(name, "cannot hold a number of seconds", help));
        return None;
    }
    let example = example_of(cx.model, field).and_then(|value| value.as_f64());
    let duration = example.and_then(duration_of_seconds).filter(|duration| !duration.is_zero());
    if duration.is_none() {
        let message = format!("the field `{}` has no `example` with a number of seconds", name.is);
        cx.diagnostics.push(
            Diagnostic::new(Code::StateField, message)
                .at(name.span, "how long does an object stay that does not have this field?")
                .help("add an `example` to the field, such as `example: \"300\"`"),
        );
    }
    duration
}

/// What the server sets in one field.
fn assignment(cx: &mut Cx<'_, '_>, fields: &Fields<'_>, holder: &Spanned<String>, doc: &SetDoc) -> Option<Assignment> {
    let name = &doc.name;
    if name.is == holder.is {
        cx.diagnostics.push(
            Diagnostic::new(Code::StateField, format!("`sets` cannot set `{}`", name.is))
                .at(name.span, "this field holds the state")
                .help("remove it; entering a state sets this field"),
        );
        return None;
    }
    let field = field_named(cx, fields, name)?;
    let value = match (&doc.value, &field.ty) {
        (Some(node), _) => given_value(cx, field, node).map(Assigned::Value),
        (None, Type::Timestamp) => Some(Assigned::Time),
        (None, _) => example_value(cx, name, field).map(Assigned::Value),
    };
    Some(Assignment { field: name.is.clone(), value: value? })
}

/// A value that `sets` states.
fn given_value(cx: &mut Cx<'_, '_>, field: &Field, node: &Node) -> Option<Value> {
    let value = node.json();
    let violations = validate_value(cx.model, &field.ty, &field.constraints, &value);
    let Some(error) = violations.iter().find(|violation| violation.level == Level::Error) else {
        return Some(value);
    };
    cx.diagnostics.push(
        Diagnostic::new(Code::StateField, format!("`sets` cannot give `{}` this value", field.name))
            .at(node.span, format!("the value {}", error.demand))
            .help("correct the value, or the description of the field"),
    );
    None
}

/// The value of a field for which `sets` states none: its example.
fn example_value(cx: &mut Cx<'_, '_>, name: &Spanned<String>, field: &Field) -> Option<Value> {
    let example = example_of(cx.model, field);
    if example.is_none() {
        cx.diagnostics.push(
            Diagnostic::new(Code::StateField, format!("`sets` states no value of `{}`", name.is))
                .at(name.span, "only a `timestamp` needs no value")
                .help(format!("write `{}: <value>`, or add an `example` to the field", name.is)),
        );
    }
    example
}
