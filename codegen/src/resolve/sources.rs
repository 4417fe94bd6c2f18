//! Sources: those of a file, and the source of each fact.

use super::context::Known;
use super::references::{self, unknown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Authorship, ContradictionDoc, Fact, Map, ResourceDoc, SourceDoc, Spanned};
use crate::language::CONTRADICTION;
use crate::model::{Authority, Constraint, Contradiction, Level, NonEmpty, Source, SourceId, Sources};
use crate::names;

/// The sources of a file: its own, then those of `plivo.yaml`. There is always one.
pub(super) fn sources(doc: &ResourceDoc, shared: &Map<SourceDoc>, diagnostics: &mut Diagnostics) -> Vec<Source> {
    for (name, first) in repeated(&doc.sources, shared) {
        diagnostics.push(declared_again("plivo.yaml", name, first));
    }
    let mut sources = declared(&doc.sources, diagnostics);
    // A mistake in a name of `plivo.yaml` is reported there, once.
    sources.extend(shared.iter().filter_map(|(name, doc)| source(name, doc)));
    if sources.is_empty() {
        if !diagnostics.has_errors() {
            diagnostics.push(
                Diagnostic::new(Code::NoSource, "the resource has no source")
                    .at(doc.resource.span, "needs at least one source")
                    .help("add a source under `sources`, such as `page: { says: .., enforce: error }`"),
            );
        }
        // A placeholder, so that the rest of the file is checked.
        let (name, ident, says) = ("page".to_owned(), "PAGE".to_owned(), String::new());
        sources.push(Source { name, ident, says, url: None, enforce: Level::Error });
    }
    sources
}

/// How many sources of `plivo.yaml` every file has, after its own.
pub(super) fn in_api(shared: &Map<SourceDoc>) -> usize {
    shared.iter().filter_map(|(name, doc)| source(name, doc)).count()
}

fn source(name: &Spanned<String>, doc: &SourceDoc) -> Option<Source> {
    let ident = names::shouty(&name.is).filter(|_| names::is_snake(&name.is))?;
    Some(Source { name: name.is.clone(), ident, says: doc.says.clone(), url: doc.url.clone(), enforce: doc.enforce })
}

/// The sources of a resource that takes the shared field at `taken`: also those of `types.yaml`, at the end.
pub(super) fn with_shared(known: &Known<'_>, taken: Option<Span>, diagnostics: &mut Diagnostics) -> Vec<Source> {
    let mut sources = known.sources.clone();
    if let (Some(taken), Some(shared)) = (taken, known.shared.doc) {
        for (name, first) in repeated(&known.doc.sources, &shared.sources) {
            let again = declared_again("types.yaml", name, first);
            diagnostics.push(again.with(taken, "this shared field has the sources of `types.yaml`"));
        }
        sources.extend_from_slice(known.shared.own_sources());
    }
    sources
}

/// The names of sources that were declared before, with the first declarations.
fn repeated<'d>(
    docs: &'d Map<SourceDoc>,
    before: &'d Map<SourceDoc>,
) -> impl Iterator<Item = (&'d Spanned<String>, &'d Spanned<String>)> {
    let first = |name: &Spanned<String>| before.iter().map(|(first, _)| first).find(|first| first.is == name.is);
    docs.iter().filter_map(move |(name, _)| Some((name, first(name)?)))
}

fn declared_again(file: &str, name: &Spanned<String>, first: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(Code::DuplicateName, format!("`{file}` already declares the source `{}`", name.is))
        .at(name.span, "declared again here")
        .with(first.span, "first here")
        .help("remove it, or choose another name")
}

/// Sources that are declared here, with checks of their names.
pub(super) fn declared(docs: &Map<SourceDoc>, diagnostics: &mut Diagnostics) -> Vec<Source> {
    let mut sources = Vec::new();
    for (name, doc) in docs {
        let Some(source) = source(name, doc) else {
            diagnostics.push(
                Diagnostic::new(Code::MalformedName, format!("`{}` cannot be the name of a source", name.is))
                    .at(name.span, "invalid name")
                    .help(names::SNAKE_CASE),
            );
            continue;
        };
        if CONTRADICTION.key(&name.is).is_some() {
            diagnostics.push(
                Diagnostic::new(Code::ReservedName, format!("`{}` cannot be the name of a source", name.is))
                    .at(name.span, "a contradiction has a key of this name")
                    .help("choose another name; a contradiction has a key for each source"),
            );
        }
        sources.push(source);
    }
    sources
}

/// The strictest level of sources, each an index into those that are declared.
fn strictest<'d>(declared: impl IntoIterator<Item = &'d Source>, sources: &Sources) -> Level {
    let declared = declared.into_iter().enumerate();
    let mut stating = declared.filter(|(index, _)| sources.iter().any(|id| id.0 == *index));
    if stating.any(|(_, source)| source.enforce == Level::Error) { Level::Error } else { Level::Warn }
}

impl Known<'_> {
    /// The sources of a fact: its own, else those of the construct that contains it, else the first of the file.
    pub(super) fn sources(
        &self,
        by: &Authorship,
        within: Option<&Authorship>,
        diagnostics: &mut Diagnostics,
    ) -> Sources {
        let named = by.sources.as_ref().or_else(|| within.and_then(|by| by.sources.as_ref()));
        let found = named.into_iter().flat_map(NonEmpty::iter).filter_map(|name| self.source_named(name, diagnostics));
        NonEmpty::new(found).unwrap_or(SourceId(0).into())
    }

    /// The sources of a fact and the level of its violations: that of the fact, else that of its own sources, else that
    /// of the construct that contains it, else that of the construct's sources.
    pub(super) fn authority(
        &self,
        by: &Authorship,
        within: Option<&Authorship>,
        diagnostics: &mut Diagnostics,
    ) -> Authority {
        let sources = self.sources(by, within, diagnostics);
        let of_sources = strictest(&self.sources, &sources);
        let of_own_sources = by.sources.is_some().then_some(of_sources);
        let level = by.enforce.or(of_own_sources).or_else(|| within.and_then(|by| by.enforce));
        Authority { sources, level: level.unwrap_or(of_sources) }
    }

    /// The sources of a copy of the shared field of this name, and the level of its violations.
    pub(super) fn authority_of_copy(&self, name: &str, sources: Sources) -> Authority {
        let described = self.shared.described().find(|(shared, _)| shared.is == name);
        let level = described.and_then(|(_, doc)| doc.by.enforce);
        let declared = self.sources.iter().chain(self.shared.own_sources());
        let level = level.unwrap_or_else(|| strictest(declared, &sources));
        Authority { sources, level }
    }

    /// A constraint of the construct that contains it.
    pub(super) fn constraint<T: Copy>(
        &self,
        fact: &Fact<T>,
        within: &Authorship,
        diagnostics: &mut Diagnostics,
    ) -> Constraint<T> {
        Constraint { is: fact.is.is, authority: self.authority(&fact.by, Some(within), diagnostics) }
    }

    pub(super) fn contradictions(
        &self,
        docs: &[ContradictionDoc],
        diagnostics: &mut Diagnostics,
    ) -> Vec<Contradiction> {
        let mut resolved = Vec::new();
        for doc in docs {
            for (witness, _) in &doc.witnesses {
                self.source_named(witness, diagnostics);
            }
            resolved.push(Contradiction {
                witnesses: doc.witnesses.iter().map(|(name, words)| (name.is.clone(), words.clone())).collect(),
                examples: doc.examples.iter().map(|(name, node)| (name.is.clone(), node.json())).collect(),
                decision: doc.decision.clone(),
                note: doc.note.clone(),
            });
        }
        resolved
    }

    fn source_named(&self, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<SourceId> {
        let found = self.sources.iter().position(|source| source.name == name.is);
        if found.is_none() && !diagnostics.is_broken(self.doc.file, &name.is) {
            let names = || self.sources.iter().map(|source| source.name.as_str());
            unknown(diagnostics, &references::SOURCE, name, names);
        }
        found.map(SourceId)
    }
}
