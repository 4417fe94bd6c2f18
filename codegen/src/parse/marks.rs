//! The mark of a field that must be there: the last character of its name.

use super::authorship::authorship;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Authorship, Map, RequiredDoc, Spanned};
use crate::language::REQUIRED;
use crate::reader::{Keys, has_blank_at_end, wrong_kind};
use crate::yaml::{Data, Node};

const MARK: char = '!';

/// `{ source: .., enforce: .. }`: who requires the field, and how a violation counts.
pub(super) fn required(node: &Node, diagnostics: &mut Diagnostics) -> Option<RequiredDoc> {
    if !matches!(&node.data, Data::Map(keys) if !keys.is_empty()) {
        let wrong = wrong_kind(node, "`source` or `enforce`");
        diagnostics.push(wrong.help("mark the name instead, as in `name!`; or write `required: { source: .. }`"));
        return None;
    }
    let mut keys = Keys::open(node, &REQUIRED, diagnostics)?;
    let by = authorship(&mut keys, diagnostics);
    keys.close(diagnostics);
    Some(RequiredDoc { span: node.span, by })
}

pub(super) fn by_mark(span: Span) -> RequiredDoc {
    RequiredDoc { span, by: Authorship::default() }
}

/// A field is marked, or has the key, and never both.
pub(super) fn required_once(
    key: Option<RequiredDoc>,
    mark: Option<Span>,
    diagnostics: &mut Diagnostics,
) -> Option<RequiredDoc> {
    if let (Some(key), Some(mark)) = (&key, mark) {
        diagnostics.push(
            Diagnostic::new(Code::MisplacedKey, "a field is marked with `!` and has `required`")
                .at(key.span, "says who requires it")
                .with(mark, "says that the first source does")
                .help("remove one of the two"),
        );
    }
    key.or(mark.map(by_mark))
}

/// Takes the mark off a name.
pub(super) fn marked(name: Spanned<String>, diagnostics: &mut Diagnostics) -> Option<(Spanned<String>, Option<Span>)> {
    let Spanned { is, span } = name;
    if !is.contains(MARK) && has_blank_at_end(&is, span, diagnostics) {
        return None;
    }
    let bare = is.strip_suffix(MARK).unwrap_or(&is);
    if bare.contains(MARK) || bare.ends_with(char::is_whitespace) || bare.is_empty() {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{is}` is not the name of a field"))
                .at(span, "`!` can only be the last character of a name")
                .help("write `name` or `name!`; the mark says that the field must be there"),
        );
        return None;
    }
    let mark = (bare.len() < is.len()).then_some(span);
    // Unquoted, the mark is the last byte of the span.
    let is_plain = span.end - span.start == is.len();
    let named = Span { end: span.end - usize::from(is_plain && mark.is_some()), ..span };
    Some((Spanned::new(bare.to_owned(), named), mark))
}

/// Whether a name was not listed before. A second time is reported.
pub(super) fn is_first<T>(taken: &Map<T>, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> bool {
    let first = taken.iter().find(|(other, _)| other.is == name.is);
    if let Some((first, _)) = first {
        diagnostics.push(
            Diagnostic::new(Code::DuplicateField, format!("the field `{}` is listed twice", name.is))
                .at_repeated(name.span, first.span)
                .help("remove one of them"),
        );
    }
    first.is_none()
}
