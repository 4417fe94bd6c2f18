//! References by name, and the diagnostics about those that lead nowhere.

use super::context::Known;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::Spanned;
use crate::reader::did_you_mean;
use crate::text::listing;

/// Reports an unknown name. The known names are collected only if the diagnostic is kept.
pub(super) fn unknown<'n, N: Iterator<Item = &'n str>>(
    diagnostics: &mut Diagnostics,
    code: Code,
    what: &str,
    name: &Spanned<String>,
    names: impl FnOnce() -> N,
) {
    diagnostics.push_with(|| {
        let known: Vec<_> = names().collect();
        let help = did_you_mean(&name.is, known.iter().copied()).unwrap_or_else(|| match *known {
            [] => format!("there is no {what} here yet; declare it"),
            _ => format!("known here: {}", listing(known.iter().copied())),
        });
        Diagnostic::new(code, format!("unknown {what} `{}`", name.is)).at(name.span, "not declared").help(help)
    });
}

/// Whether the file has a field of that name. Reports it if not.
pub(super) fn has_field(known: &Known<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> bool {
    let found = known.field_names.contains(name.is.as_str());
    if !found && !diagnostics.is_broken(known.doc.file, &name.is) {
        let names = || known.doc.fields.iter().map(|(name, _)| name.is.as_str());
        unknown(diagnostics, Code::UnknownField, "field", name, names);
    }
    found
}

/// The position of an example of the file.
pub(super) fn example_named(known: &Known<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<usize> {
    let found = known.examples.get(name.is.as_str()).copied();
    if found.is_none() && !diagnostics.is_broken(known.doc.file, &name.is) {
        let names = || known.doc.examples.iter().map(|(name, _)| name.is.as_str());
        unknown(diagnostics, Code::UnknownExample, "example", name, names);
    }
    found
}

/// The diagnostic about two things of the spec with the same Rust name.
pub(super) fn same_name(what: &str, name: &str, spanned: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateName, format!("two {what}s become the Rust name `{name}`"))
        .at(spanned.span, "this one")
        .with(first, "and this one")
        .help(match what {
            "field" => "rename one of them, or give it a Rust name of its own with `rust:`",
            "value" => "name one of them: `\"value\": { rust: Name, summary: .. }`",
            "operation" => "rename one of them",
            _ => "rename one of them; the handle is called like the `plural`, and the request of an operation has a `name:`",
        })
}
