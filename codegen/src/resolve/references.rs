//! References by name, and the diagnostics about unknown and duplicate names.

use super::context::Known;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::Spanned;
use crate::reader::did_you_mean;
use crate::text::listing;

/// What a reference names, and what is said about an unknown one.
pub(super) struct Referent {
    code: Code,
    noun: &'static str,
    label: &'static str,
}

pub(super) const ANSWER: Referent =
    Referent { code: Code::UnknownAnswer, noun: "answer", label: "not declared under `answers`" };
pub(super) const EXAMPLE: Referent =
    Referent { code: Code::UnknownExample, noun: "example", label: "not declared under `examples`" };
pub(super) const FIELD: Referent =
    Referent { code: Code::UnknownField, noun: "field", label: "not declared under `fields`" };
pub(super) const FORMAT: Referent =
    Referent { code: Code::UnknownWord, noun: "format", label: "neither built in nor declared in `plivo.yaml`" };
pub(super) const GROUP: Referent =
    Referent { code: Code::UnknownGroup, noun: "group", label: "not declared in `plivo.yaml`" };
pub(super) const HOST: Referent =
    Referent { code: Code::UnknownHost, noun: "host", label: "not declared in `plivo.yaml`" };
pub(super) const REQUEST_FIELD: Referent =
    Referent { code: Code::UnknownField, noun: "field", label: "not a field of this request" };
pub(super) const ANSWER_FIELD: Referent =
    Referent { code: Code::UnknownField, noun: "field", label: "not a field of this answer" };
pub(super) const RESOURCE: Referent =
    Referent { code: Code::UnknownResource, noun: "resource", label: "no file declares it" };
pub(super) const SOURCE: Referent =
    Referent { code: Code::UnknownSource, noun: "source", label: "not declared under `sources`" };
pub(super) const STATE: Referent =
    Referent { code: Code::UnknownState, noun: "state", label: "not declared under `states`" };
pub(super) const TYPE: Referent = Referent { code: Code::UnknownType, noun: "type", label: "not declared" };
pub(super) const VALUE: Referent =
    Referent { code: Code::UnknownValue, noun: "value", label: "not a value of this enumeration" };

/// Reports a name that is not declared. The declared names are collected only if the diagnostic is kept.
pub(super) fn unknown<'n, N: Iterator<Item = &'n str>>(
    diagnostics: &mut Diagnostics,
    referent: &Referent,
    name: &Spanned<String>,
    names: impl FnOnce() -> N,
) {
    let Referent { code, noun, label } = referent;
    diagnostics.push_with(|| {
        let known: Vec<_> = names().collect();
        let help = did_you_mean(&name.is, known.iter().copied()).unwrap_or_else(|| match *known {
            [] => format!("declare the {noun}, or remove this name"),
            _ => format!("known {noun}s: {}", listing(known.iter().copied())),
        });
        Diagnostic::new(*code, format!("unknown {noun} `{}`", name.is)).at(name.span, *label).help(help)
    });
}

/// Checks a path of keys, such as `response.objects`.
pub(super) fn check_key_path(path: &Spanned<String>, diagnostics: &mut Diagnostics) {
    if path.is.split('.').any(str::is_empty) {
        diagnostics.push(
            Diagnostic::new(Code::MalformedName, format!("`{}` is not a path of keys", path.is))
                .at(path.span, "a key is missing before or after a dot")
                .help("write keys with one dot between them, as in `response.objects`"),
        );
    }
}

/// Whether the file has a field of that name, or there is a shared one. Reports it if not.
pub(super) fn has_field(known: &Known<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> bool {
    let found = known.field_names.contains(name.is.as_str());
    if !found && !known.is_broken(&name.is, diagnostics) {
        let fields = || known.doc.fields.iter().chain(known.shared.described());
        let names = || fields().map(|(name, _)| name.is.as_str());
        unknown(diagnostics, &FIELD, name, names);
    }
    found
}

/// The position of an example of the file.
pub(super) fn example_named(known: &Known<'_>, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<usize> {
    let found = known.examples.get(name.is.as_str()).copied();
    if found.is_none() && !diagnostics.is_broken(known.doc.file, &name.is) {
        let names = || known.doc.examples.iter().map(|(name, _)| name.is.as_str());
        unknown(diagnostics, &EXAMPLE, name, names);
    }
    found
}

/// The diagnostic about two things of the spec with the same Rust name.
pub(super) fn same_name(what: &str, name: &str, spanned: &Spanned<String>, first: Span) -> Diagnostic {
    Diagnostic::new(Code::DuplicateName, format!("two {what}s have the Rust name `{name}`"))
        .at_repeated(spanned.span, first)
        .help(match what {
            "field" => "rename one of them, or add `rust: ..` with another name for Rust",
            "value" => "give one of them another name for Rust: `\"value\": { rust: Name, summary: .. }`",
            "operation" => "rename one of them",
            _ => "rename one of them; `plural` names the handle, and `name` the request of an operation",
        })
}
