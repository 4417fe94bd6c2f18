//! `sees` and `moves`: in which states an operation finds the objects, and to which state it moves one.

use std::collections::BTreeSet;

use super::context::Cx;
use super::queries::names_object;
use super::states::check_known;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::document::{MovesDoc, OperationDoc, Spanned, StatesDoc};
use crate::model::{Does, Move, ObjectId, Operation, Path, States, Stay};
use crate::text::listing;

/// The states that the operation sees. `None`: all of them, or there is a problem, which is reported.
pub(super) fn sees(
    cx: &mut Cx<'_, '_>,
    path: Option<&Path>,
    request: ObjectId,
    doc: &OperationDoc,
) -> Option<Vec<String>> {
    let sees = doc.sees.as_ref()?;
    let states = states_of(cx, "sees", sees.span)?;
    check_object(cx, "sees", (path, request), doc, sees.span);
    let names = sees.is.iter().filter(|name| check_known(cx, states, name));
    Some(names.map(|name| name.is.clone()).collect())
}

/// How the operation moves the object in its path.
pub(super) fn moves(
    cx: &mut Cx<'_, '_>,
    states: Option<&States>,
    path: Option<&Path>,
    request: ObjectId,
    doc: &OperationDoc,
) -> Option<Move> {
    let moves = doc.moves.as_ref()?;
    let declared = states_of(cx, "moves", moves.span)?;
    check_object(cx, "moves", (path, request), doc, moves.span);
    let MovesDoc { from, to } = &moves.is;
    let is_known = check_known(cx, declared, to);
    let from = from.as_ref().map(|from| {
        let names: Vec<_> = from.iter().filter(|name| check_known(cx, declared, name)).collect();
        names.iter().for_each(|name| check_seen(cx, doc, name));
        names.into_iter().map(|name| name.is.clone()).collect()
    });
    let from = from.unwrap_or_else(|| steps_before(states, to, doc));
    if from.is_empty() && is_known && states.is_some() {
        cx.diagnostics.push(
            Diagnostic::new(Code::UnreachableState, format!("nothing can be moved to `{}`", to.is))
                .at(to.span, "the operation sees no step before this state")
                .help("add `from: [..]` with the states in which an object can be moved"),
        );
    }
    Some(Move { from, to: to.is.clone() })
}

/// The states of the file. Reports the key if there are none.
fn states_of<'a>(cx: &mut Cx<'_, 'a>, key: &str, span: Span) -> Option<&'a StatesDoc> {
    let states = cx.known.doc.states.as_ref();
    if states.is_none() && !cx.diagnostics.has_broken(cx.known.doc.file) {
        cx.diagnostics.push(
            Diagnostic::new(Code::StatelessKey, format!("`{key}` needs `states`"))
                .at(span, "the resource has no `states`")
                .help(format!("remove `{key}`, or add `states` at the head of the file")),
        );
    }
    states
}

/// The key has an effect on the object in the path; `sees` also on the objects of a list.
fn check_object(
    cx: &mut Cx<'_, '_>,
    key: &str,
    (path, request): (Option<&Path>, ObjectId),
    doc: &OperationDoc,
    span: Span,
) {
    let (Some(path), Some(id)) = (path, &cx.known.doc.id) else { return };
    let names_object = names_object(cx.model, &id.is, path, cx.model[request].fields.iter());
    let (label, help) = match (doc.does, key) {
        (Does::List, "sees") => return,
        (Does::Create, _) => ("a new object is in the first state", format!("remove `{key}`")),
        (Does::List, _) => ("a list moves nothing", format!("remove `{key}`")),
        (Does::Read, "moves") => ("`does: read` moves nothing", "write `does: action`, or remove `moves`".to_owned()),
        (Does::Delete, "moves") => (
            "`does: delete` removes the object",
            "write `does: action` if the object can still be read, or remove `moves`".to_owned(),
        ),
        (Does::DeleteAll, _) => ("all objects are removed, in any state", format!("remove `{key}`")),
        (Does::Read | Does::Update | Does::Delete | Does::Action, _) if !names_object => {
            ("which object does this request act on?", format!("add `{{{}}}` to the path, or remove `{key}`", id.is))
        }
        (Does::Read | Does::Update | Does::Delete | Does::Action, _) => return,
    };
    let message = format!("`{key}` has no effect on this operation");
    cx.diagnostics.push(Diagnostic::new(Code::StatelessKey, message).at(span, label).help(help));
}

/// An object that the operation does not see is not found, and cannot be moved.
fn check_seen(cx: &mut Cx<'_, '_>, doc: &OperationDoc, name: &Spanned<String>) {
    let Some(sees) = doc.sees.as_ref().filter(|sees| !sees.is.iter().any(|seen| seen.is == name.is)) else { return };
    cx.diagnostics.push(
        Diagnostic::new(Code::StatelessKey, format!("the operation does not see `{}`", name.is))
            .at(name.span, "an object in this state is not found")
            .with(sees.span, "these states are seen")
            .help(format!("remove `{0}`, or add `{0}` to `sees`", name.is)),
    );
}

/// Where an object is moved from if the operation does not say it: the steps before the new state, or all of them,
/// as far as the operation sees them.
fn steps_before(states: Option<&States>, to: &Spanned<String>, doc: &OperationDoc) -> Vec<String> {
    let names = states.into_iter().flat_map(|states| &states.steps).map(|step| step.state.name.as_str());
    let is_seen = |name: &&str| doc.sees.as_ref().is_none_or(|sees| sees.is.iter().any(|seen| seen.is == **name));
    names.take_while(|name| *name != to.is).filter(is_seen).map(str::to_owned).collect()
}

/// Every step and the end can be reached, by time or by an operation.
pub(super) fn check_reachable(cx: &mut Cx<'_, '_>, states: &States, operations: &[Operation]) {
    // An operation with a problem may be the one that leads there.
    if operations.len() < cx.known.doc.operations.len() || cx.diagnostics.has_broken(cx.known.doc.file) {
        return;
    }
    let mut reached = BTreeSet::from([states.first().name.as_str()]);
    // What can be seeded counts as reached: only operations lead to these states, or nothing that is described.
    reached.extend(states.others.iter().map(|state| state.name.as_str()));
    loop {
        let by_time = states.steps.iter().filter(|step| step.stay != Stay::UntilMoved).map(|step| &step.state.name);
        let next = by_time.filter(|name| reached.contains(name.as_str())).filter_map(|name| states.next(name));
        let next: Vec<_> = next.map(|(_, state)| state.name.as_str()).collect();
        let moves = operations.iter().filter_map(|operation| operation.moves.as_ref());
        let moved = moves.filter(|it| it.from.iter().any(|from| reached.contains(from.as_str())));
        let before = reached.len();
        let moved: Vec<_> = moved.map(|it| it.to.as_str()).collect();
        reached.extend(next.into_iter().chain(moved));
        if reached.len() == before {
            break;
        }
    }
    let unreached = states.all().map(|state| state.name.as_str()).filter(|name| !reached.contains(name));
    let unreached: Vec<_> = unreached.collect();
    let Some(first) = unreached.first() else { return };
    let Some(doc) = &cx.known.doc.states else { return };
    let span = doc.steps.iter().find(|(name, _)| name.is == *first).map_or(doc.field.span, |(name, _)| name.span);
    let verb = if unreached.len() == 1 { "is" } else { "are" };
    cx.diagnostics.push(
        Diagnostic::new(Code::UnreachableState, format!("{} {verb} never reached", listing(unreached.iter().copied())))
            .at(span, "the step before it waits until an operation moves the object")
            .help(format!("add `moves: {{ to: {first} }}` to an operation, or write a duration instead of `wait`")),
    );
}
