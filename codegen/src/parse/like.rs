//! `like`: an operation that takes what another operation of the same file takes.

use super::marks::is_first;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{EntryDoc, LikeDoc, Map, OperationDoc, Spanned};
use crate::language::LIKE;
use crate::reader::{Keys, boolean, did_you_mean, text, texts, wrong_kind};
use crate::text::listing;
use crate::yaml::{Data, Node};

pub(super) fn like(node: &Node, diagnostics: &mut Diagnostics) -> Option<LikeDoc> {
    if let Data::Scalar { text, .. } = &node.data {
        let operation = if node.is_absent() { ".." } else { text };
        diagnostics.push(wrong_kind(node, "a mapping").help(format!("write `like: {{ operation: {operation} }}`")));
        return None;
    }
    let mut keys = Keys::open(node, &LIKE, diagnostics)?;
    let operation = keys.read("operation", text, diagnostics);
    let optional = keys.read("optional", boolean, diagnostics);
    let without = keys.read("without", texts, diagnostics).unwrap_or_default();
    keys.close(diagnostics);
    Some(LikeDoc { operation: operation?, are_optional: optional.is_some_and(|optional| optional.is), without })
}

/// Gives each operation with `like` the body of the operation that it names, with its own entries in their places or
/// after it.
pub(super) fn complete_bodies(operations: &mut Map<OperationDoc>, diagnostics: &mut Diagnostics) {
    for index in 0..operations.len() {
        let Some(like) = &operations[index].1.like else { continue };
        check_listed_once(like, diagnostics);
        let source = source(operations, index, like, diagnostics);
        let body = source.map(|source| taken_body(source, like)).unwrap_or_default();
        let is_unread = source.is_none_or(|source| source.is_unread);
        let operation = &mut operations[index].1;
        operation.is_unread |= is_unread;
        operation.body = merged(body, std::mem::take(&mut operation.body));
    }
}

fn check_listed_once(like: &LikeDoc, diagnostics: &mut Diagnostics) {
    let mut seen = Map::new();
    for name in &like.without {
        if is_first(&seen, name, diagnostics) {
            seen.push((name.clone(), ()));
        }
    }
}

/// The operation that `like` names.
fn source<'o>(
    operations: &'o Map<OperationDoc>,
    index: usize,
    like: &LikeDoc,
    diagnostics: &mut Diagnostics,
) -> Option<&'o OperationDoc> {
    let others = || operations.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, (name, _))| name.is.as_str());
    let named = operations.iter().position(|(name, _)| name.is == like.operation.is).filter(|at| *at != index);
    let Some(named) = named else {
        let help = did_you_mean(&like.operation.is, others())
            .unwrap_or_else(|| format!("the other operations of this file are {}", listing(others())));
        let unknown = Diagnostic::new(Code::UnknownOperation, format!("unknown operation `{}`", like.operation.is));
        diagnostics.push(unknown.at(like.operation.span, "no other operation of this file").help(help));
        return None;
    };
    let source = &operations[named].1;
    if source.like.is_some() && named > index {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, format!("`{}` is itself like another operation", like.operation.is))
                .at(like.operation.span, "its body is not written out before this one")
                .help("name the operation that writes its body out, or move this operation behind it"),
        );
        return None;
    }
    Some(source)
}

/// The entries that an operation takes over.
fn taken_body(source: &OperationDoc, like: &LikeDoc) -> Map<EntryDoc> {
    let is_kept = |name: &Spanned<String>| !like.without.iter().any(|without| without.is == name.is);
    let kept = source.body.iter().filter(|(name, _)| is_kept(name));
    kept.map(|(name, entry)| (name.clone(), taken_over(entry, like.are_optional))).collect()
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
