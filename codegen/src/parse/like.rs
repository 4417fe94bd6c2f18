//! `like`: an operation that takes what another operation of the same file takes.

use super::marks::is_first;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{EntryDoc, LikeDoc, Map, OperationDoc, Spanned};
use crate::reader::{Keys, boolean, did_you_mean, text, texts};
use crate::text::listing;
use crate::yaml::Node;

pub(super) fn like(node: &Node, diagnostics: &mut Diagnostics) -> Option<LikeDoc> {
    let mut keys = Keys::open(node, "`like`", diagnostics)?;
    let operation = keys.required("operation", text, diagnostics);
    let optional = keys.optional("optional", boolean, diagnostics);
    let without = keys.optional("without", texts, diagnostics).unwrap_or_default();
    keys.close(diagnostics);
    Some(LikeDoc { operation: operation?, are_optional: optional.is_some_and(|optional| optional.is), without })
}

/// Gives each operation with `like` the body of the operation that it names, with its own entries in their places or
/// after it.
pub(super) fn complete_bodies(operations: &mut Map<OperationDoc>, diagnostics: &mut Diagnostics) {
    for index in 0..operations.len() {
        let Some(like) = operations[index].1.like.take() else { continue };
        let body = source_body(operations, index, &like, diagnostics);
        let own = std::mem::take(&mut operations[index].1.body);
        operations[index].1.body = merged(body, own);
    }
}

/// The body of the operation that `like` names.
fn source_body(
    operations: &Map<OperationDoc>,
    index: usize,
    like: &LikeDoc,
    diagnostics: &mut Diagnostics,
) -> Map<EntryDoc> {
    let others = || operations.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, (name, _))| name.is.as_str());
    let named = operations.iter().position(|(name, _)| name.is == like.operation.is).filter(|at| *at != index);
    let Some(named) = named else {
        let help = did_you_mean(&like.operation.is, others())
            .unwrap_or_else(|| format!("the other operations of this file are {}", listing(others())));
        let unknown = Diagnostic::new(Code::UnknownOperation, format!("unknown operation `{}`", like.operation.is));
        diagnostics.push(unknown.at(like.operation.span, "no other operation of this file").help(help));
        return Map::new();
    };
    let source = &operations[named].1;
    if source.like.is_some() {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`{}` is itself like another operation", like.operation.is))
                .at(like.operation.span, "its body is not written out before this one")
                .help("name the operation that writes its body out, or move this operation behind it"),
        );
        return Map::new();
    }
    check_without(&source.body, like, diagnostics);
    let is_kept = |name: &Spanned<String>| !like.without.iter().any(|without| without.is == name.is);
    let kept = source.body.iter().filter(|(name, _)| is_kept(name));
    kept.map(|(name, entry)| (name.clone(), taken_over(entry, like.are_optional))).collect()
}

fn check_without(body: &Map<EntryDoc>, like: &LikeDoc, diagnostics: &mut Diagnostics) {
    let mut seen = Map::new();
    for name in &like.without {
        if is_first(&seen, name, diagnostics) {
            seen.push((name.clone(), ()));
        }
        if !body.iter().any(|(taken, _)| taken.is == name.is) {
            let names = || body.iter().map(|(name, _)| name.is.as_str());
            let help = did_you_mean(&name.is, names()).unwrap_or_else(|| format!("its body has {}", listing(names())));
            let unknown =
                Diagnostic::new(Code::UnknownField, format!("`{}` does not take `{}`", like.operation.is, name.is));
            diagnostics.push(unknown.at(name.span, "not in its body").help(help));
        }
    }
}

/// An entry of the other operation. Its contradictions are about that operation.
fn taken_over(entry: &EntryDoc, is_optional: bool) -> EntryDoc {
    let mut entry = entry.clone();
    let (required, contradictions) = match &mut entry {
        EntryDoc::Named(entry) => (&mut entry.required, &mut entry.contradictions),
        EntryDoc::Own(field) => (&mut field.required, &mut field.contradictions),
        EntryDoc::Fixed(_) => return entry,
    };
    contradictions.clear();
    if is_optional {
        *required = None;
    }
    entry
}

/// The entries of the other operation, in which an own entry of the same name takes the place. Further own ones follow.
fn merged(mut body: Map<EntryDoc>, own: Map<EntryDoc>) -> Map<EntryDoc> {
    for (name, entry) in own {
        match body.iter_mut().find(|(taken, _)| taken.is == name.is) {
            Some(place) => *place = (name, entry),
            None => body.push((name, entry)),
        }
    }
    body
}
