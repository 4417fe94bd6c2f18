//! The states of stored objects, and how operations see and move them.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{MovesDoc, SetDoc, Spanned, StatesDoc, StayDoc};
use crate::duration::duration_of;
use crate::language::{END, MOVES, STATES, STEP, WAIT};
use crate::reader::{Keys, data, list, map, text, texts, wrong_kind};
use crate::yaml::{Data, Node};

pub(super) fn states(node: &Node, diagnostics: &mut Diagnostics) -> Option<StatesDoc> {
    let mut keys = Keys::open(node, &STATES, diagnostics)?;
    let field = keys.read("field", text, diagnostics);
    let steps = keys.read("steps", |node, diagnostics| map(node, stay, diagnostics), diagnostics);
    let also = keys.read("also", texts, diagnostics);
    let sets = keys.read(
        "sets",
        |node, diagnostics| map(node, |node, diagnostics| list(node, set, diagnostics), diagnostics),
        diagnostics,
    );
    keys.close(diagnostics);
    Some(StatesDoc { field: field?, steps: steps?, also: also.unwrap_or_default(), sets: sets.unwrap_or_default() })
}

/// `1s`, `wait`, `end`, or `{ after: field }`.
fn stay(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<StayDoc>> {
    if let Data::Map(_) = node.data {
        let mut keys = Keys::open(node, &STEP, diagnostics)?;
        let after = keys.read("after", text, diagnostics);
        keys.close(diagnostics);
        return Some(Spanned::new(StayDoc::After(after?), node.span));
    }
    let text = text(node, diagnostics)?;
    let stay = match text.is.as_str() {
        WAIT => StayDoc::Wait,
        END => StayDoc::End,
        other => match duration_of(other) {
            Some(duration) if !duration.is_zero() => StayDoc::For(duration),
            _ => {
                diagnostics.push(no_stay(other, node.span));
                return None;
            }
        },
    };
    Some(Spanned::new(stay, node.span))
}

fn no_stay(text: &str, span: Span) -> Diagnostic {
    let help = "write a whole number with a unit, such as `500ms`, `30s`, `5m`, `2h` or `1d`; `wait`, if an operation \
        moves the object on; `{ after: <field> }`, if a field has the number of seconds; or `end` for the last state";
    Diagnostic::new(Code::UnknownWord, format!("`{text}` does not say how long an object stays in a state"))
        .at(span, "expected a duration, `wait`, `{ after: .. }` or `end`")
        .help(help)
}

/// `name`, or `name: value`.
fn set(node: &Node, diagnostics: &mut Diagnostics) -> Option<SetDoc> {
    let Data::Map(entries) = &node.data else {
        return text(node, diagnostics).map(|name| SetDoc { name, value: None });
    };
    let [entry] = entries.as_slice() else {
        let help = "write each field as an item of its own: `[end_time, reason: none]`";
        diagnostics.push(wrong_kind(node, "one field").help(help));
        return None;
    };
    let value = data(&entry.value, diagnostics)?;
    Some(SetDoc { name: Spanned::new(entry.key.clone(), entry.key_span), value: Some(value) })
}

pub(super) fn sees(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Vec<Spanned<String>>>> {
    some_texts(node, "`sees` lists no state", "remove `sees`; the operation then sees every object", diagnostics)
        .map(|states| Spanned::new(states, node.span))
}

pub(super) fn moves(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<MovesDoc>> {
    let mut keys = Keys::open(node, &MOVES, diagnostics)?;
    let from = keys.read("from", from, diagnostics);
    let to = keys.read("to", text, diagnostics);
    let is_whole = from.is_some() || !keys.has("from");
    keys.close(diagnostics);
    if !is_whole || to.is_none() {
        diagnostics.mark_broken(node.span.file, "moves");
        return None;
    }
    Some(Spanned::new(MovesDoc { from, to: to? }, node.head()))
}

fn from(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<String>>> {
    some_texts(node, "`from` lists no state", "remove `from`; every step before `to` then counts", diagnostics)
}

/// A list of texts that is not empty.
fn some_texts(node: &Node, message: &str, help: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<String>>> {
    let found = texts(node, diagnostics)?;
    if matches!(&node.data, Data::List(items) if items.is_empty()) {
        let empty = Diagnostic::new(Code::EmptyText, message).at(node.head(), "this list is empty");
        diagnostics.push(empty.help(help));
        return None;
    }
    Some(found)
}
