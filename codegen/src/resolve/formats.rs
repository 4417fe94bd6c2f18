//! The formats that `plivo.yaml` declares, and the format of a field.

use std::collections::HashSet;

use super::references::{self, unknown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ApiDoc, FormatDoc, Map, Spanned};
use crate::limits;
use crate::model::{Characters, DeclaredFormat, Format, FormatId, Model};
use crate::names;
use crate::text::listing;

/// The declared formats.
pub(super) fn formats(doc: &ApiDoc, diagnostics: &mut Diagnostics) -> Vec<DeclaredFormat> {
    check_names(&doc.formats, diagnostics);
    doc.formats.iter().map(|(name, doc)| format(name, doc, diagnostics)).collect()
}

fn check_names(formats: &Map<FormatDoc>, diagnostics: &mut Diagnostics) {
    for (name, _) in formats {
        let is_built_in = Format::BUILT_IN.iter().any(|(built_in, _)| *built_in == name.is);
        let (code, label, help) = if is_built_in {
            (Code::ReservedName, "a built-in format has this name", "choose another name")
        } else if !names::is_snake(&name.is) {
            (Code::MalformedName, "invalid name", names::SNAKE_CASE)
        } else {
            continue;
        };
        let message = format!("`{}` cannot be the name of a format", name.is);
        diagnostics.push(Diagnostic::new(code, message).at(name.span, label).help(help));
    }
}

fn format(name: &Spanned<String>, doc: &FormatDoc, diagnostics: &mut Diagnostics) -> DeclaredFormat {
    // They are repeated at each field with the format.
    for text in [Some(&doc.says), doc.prefix.as_ref()].into_iter().flatten() {
        if text.is.chars().count() > limits::NAME {
            let most = limits::NAME;
            diagnostics.push(
                Diagnostic::new(Code::TooLarge, format!("this text has more than {most} characters"))
                    .at(text.span, "too long")
                    .help("describe the format in a few words"),
            );
        }
    }
    let (least, most) = doc.length.is;
    if least > most || most == 0 {
        diagnostics.push(
            Diagnostic::new(Code::ImpossibleLimit, "no text has this length")
                .at(doc.length.span, "the maximum is 0, or less than the minimum")
                .help("write the number of characters after the prefix, such as `18` or `{ min: 2, max: 6 }`"),
        );
    }
    let alphabet = alphabet(&doc.alphabet, diagnostics);
    let (name, says) = (name.is.clone(), doc.says.is.clone());
    let prefix = doc.prefix.as_ref().map(|prefix| prefix.is.clone()).unwrap_or_default();
    DeclaredFormat { name, says, prefix, least, most, alphabet }
}

fn alphabet(doc: &Spanned<Vec<Spanned<String>>>, diagnostics: &mut Diagnostics) -> Vec<Characters> {
    const HELP: &str = "write a list such as `[uppercase, digits, \"-\"]`";
    if doc.is.is_empty() {
        let empty = Diagnostic::new(Code::EmptyText, "the alphabet has no characters");
        diagnostics.push(empty.at(doc.span, "this list is empty").help(HELP));
    }
    let mut seen = HashSet::new();
    let mut alphabet = Vec::new();
    for word in &doc.is {
        let Some(characters) = characters(&word.is) else {
            let words = listing(Characters::WORDS.iter().map(|(word, _)| *word));
            diagnostics.push(
                Diagnostic::new(Code::UnknownWord, format!("unknown characters `{}`", word.is))
                    .at(word.span, format!("expected one character, or one of {words}"))
                    .help(HELP),
            );
            continue;
        };
        if !seen.insert(&word.is) {
            let twice = Diagnostic::new(Code::DuplicateValue, format!("`{}` is listed twice", word.is));
            diagnostics.push(twice.at(word.span, "listed again").help("remove one of them"));
        }
        alphabet.push(characters);
    }
    alphabet
}

/// The characters that a word of an alphabet stands for.
fn characters(word: &str) -> Option<Characters> {
    let mut letters = word.chars();
    let one = letters.next().filter(|_| letters.next().is_none()).map(Characters::One);
    let ranges = Characters::WORDS.iter().find(|(known, _)| *known == word);
    one.or_else(|| ranges.map(|(_, characters)| *characters))
}

/// The format of that name, built in or declared. Reports it if there is none.
pub(super) fn format_named(model: &Model, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Format> {
    let built_in = Format::BUILT_IN.iter().find(|(known, _)| *known == name.is).map(|(_, format)| *format);
    let found = model.formats.iter().position(|format| format.name == name.is);
    let format = built_in.or_else(|| found.map(|index| Format::Declared(FormatId(index))));
    if format.is_none() && !diagnostics.is_broken_in_api(&name.is) {
        let names = || {
            let declared = model.formats.iter().map(|format| format.name.as_str());
            Format::BUILT_IN.iter().map(|(name, _)| *name).chain(declared)
        };
        unknown(diagnostics, &references::FORMAT, name, names);
    }
    format
}
