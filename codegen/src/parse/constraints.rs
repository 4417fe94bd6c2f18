//! The constraints on the value of a field, and what is assumed without one.

use super::authorship::{fact, sources};
use crate::diagnostic::Diagnostics;
use crate::document::{ConstraintsDoc, DefaultDoc, Spanned};
use crate::language::DEFAULT;
use crate::reader::{Keys, count, data, integer, text, texts};
use crate::yaml::{Data, Node};

pub(super) fn constraints(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> ConstraintsDoc {
    ConstraintsDoc {
        min_length: keys.read("min_length", |node, diagnostics| fact(node, count, diagnostics), diagnostics),
        max_length: keys.read("max_length", |node, diagnostics| fact(node, count, diagnostics), diagnostics),
        min: keys.read("min", |node, diagnostics| fact(node, integer, diagnostics), diagnostics),
        max: keys.read("max", |node, diagnostics| fact(node, integer, diagnostics), diagnostics),
        format: keys.read("format", |node, diagnostics| fact(node, text, diagnostics), diagnostics),
        min_items: keys.read("min_items", |node, diagnostics| fact(node, count, diagnostics), diagnostics),
        max_items: keys.read("max_items", |node, diagnostics| fact(node, count, diagnostics), diagnostics),
        max_bytes: keys.read("max_bytes", |node, diagnostics| fact(node, count, diagnostics), diagnostics),
        content_types: keys.read(
            "content_types",
            |node, diagnostics| fact(node, content_types, diagnostics),
            diagnostics,
        ),
    }
}

fn content_types(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Vec<Spanned<String>>>> {
    texts(node, diagnostics).map(|types| Spanned::new(types, node.head()))
}

/// `value`, or `{ is: value, source: .. }`. It restricts nothing, so it has no `enforce`.
pub(super) fn default(node: &Node, diagnostics: &mut Diagnostics) -> Option<DefaultDoc> {
    let Data::Map(_) = node.data else {
        return Some(DefaultDoc { is: value(node, diagnostics)?, sources: None });
    };
    let mut keys = Keys::open(node, &DEFAULT, diagnostics)?;
    let is = keys.read("is", value, diagnostics);
    let sources = sources(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(DefaultDoc { is: is?, sources })
}

fn value(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Node>> {
    data(node, diagnostics).map(|data| Spanned::new(data, node.span))
}
