//! Who states a fact, and how a violation counts: `source` and `enforce`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{Authorship, Fact, Spanned};
use crate::language::{FACT, LEVELS};
use crate::model::{Level, NonEmpty};
use crate::reader::{Keys, Read, text, texts, word};
use crate::yaml::{Data, Node};

/// `source` and `enforce` of a fact.
pub(super) fn authorship(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Authorship {
    Authorship {
        sources: sources(keys, diagnostics),
        enforce: keys.read("enforce", level, diagnostics).map(|level| level.is),
    }
}

/// `source` of a fact: `source: one`, or `source: [one, two]`.
pub(super) fn sources(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<NonEmpty<Spanned<String>>> {
    keys.read("source", one_or_more, diagnostics)
}

pub(super) fn level(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<Level>> {
    word(node, &LEVELS, diagnostics)
}

/// `value`, or `{ is: value, source: .., enforce: .. }`.
pub(super) fn fact<T>(node: &Node, read: Read<Spanned<T>>, diagnostics: &mut Diagnostics) -> Option<Fact<T>> {
    if !matches!(node.data, Data::Map(_)) {
        return Some(Fact { is: read(node, diagnostics)?, by: Authorship::default() });
    }
    let mut keys = Keys::open(node, &FACT, diagnostics)?;
    let is = keys.read("is", read, diagnostics);
    let by = authorship(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(Fact { is: is?, by })
}

/// A source, or a list of at least two.
fn one_or_more(node: &Node, diagnostics: &mut Diagnostics) -> Option<NonEmpty<Spanned<String>>> {
    let Data::List(items) = &node.data else {
        return text(node, diagnostics).map(NonEmpty::from);
    };
    let malformed = |message: &str, label: &str| Diagnostic::new(Code::SourceList, message).at(node.head(), label);
    if items.is_empty() {
        let empty = malformed("`source` names no source", "this list is empty");
        diagnostics.push(empty.help("name a source, or remove `source`"));
    }
    let named = texts(node, diagnostics)?;
    if let ([only], [_]) = (&named[..], &items[..]) {
        let help = format!("write it without brackets: `source: {}`", only.is);
        diagnostics.push(malformed("`source` lists only one source", "a list of one").help(help));
    }
    let mut seen = BTreeMap::new();
    for name in &named {
        if let Some(first) = seen.insert(&name.is, name.span) {
            let message = format!("`source` lists `{}` twice", name.is);
            let twice = Diagnostic::new(Code::SourceList, message).at_repeated(name.span, first);
            diagnostics.push(twice.help("remove one of them"));
        }
    }
    NonEmpty::new(named)
}
