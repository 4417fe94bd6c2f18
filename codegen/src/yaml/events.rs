//! The event pass: spans of keys and values, and what the project's YAML does not allow.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle, Tag};

use super::node::{Data, Entry, Node};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::limits;
use crate::spec_file::SpecFile;

/// A collection whose end has not been reached.
enum Open {
    List { span: Span, items: Vec<Node> },
    Map { span: Span, entries: Vec<Entry>, names: BTreeMap<String, Span>, key: Option<Key> },
}

/// A key that waits for its value.
struct Key {
    name: String,
    span: Span,
    /// Whether the entry is kept: a second one of the same name, or a merge, is not.
    keep: bool,
}

struct Pass<'a> {
    spec_file: &'a SpecFile,
    file: usize,
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    /// The number of keys and values so far.
    values: usize,
}

/// Reads the events of one file. `None`: a problem was reported.
pub(crate) fn read(spec_file: &SpecFile, file: usize, diagnostics: &mut Diagnostics) -> Option<Node> {
    let options = granit_parser::options! { emit_comments: false };
    let mut pass = Pass { spec_file, file, open: Vec::new(), root: None, documents: 0, values: 0 };
    for next in Parser::new_from_str_with_options(&spec_file.text, options) {
        match next {
            Ok((event, span)) => pass.event(event, span, diagnostics)?,
            Err(error) => {
                let start = error.marker().byte_offset().unwrap_or(0);
                // The parser counts levels as well: it looks ahead where a bracket may begin a key.
                let is_depth = error.info().contains("recursion limit");
                let span = Span { file, start, end: start };
                diagnostics.push(if is_depth { too_deep(span) } else { pass.syntax(start, &error.info()) });
                return None;
            }
        }
    }
    if pass.root.is_none() {
        let span = Span { file, start: 0, end: 0 };
        diagnostics.push(
            Diagnostic::new(Code::Syntax, format!("`{}` is empty", spec_file.path))
                .at(span, "the file has no content")
                .help("spec/README.md lists the keys of each file"),
        );
    }
    pass.root
}

impl Pass<'_> {
    fn event(&mut self, event: Event<'_>, span: granit_parser::Span, diagnostics: &mut Diagnostics) -> Option<()> {
        let span = self.span(span);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents == 2 {
                    diagnostics.push(
                        Diagnostic::new(Code::SecondDocument, "a second YAML document in one file")
                            .at(span, "it starts here")
                            .help("move the second document to a file of its own"),
                    );
                    return None;
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                diagnostics.push(indirection("aliases", span));
                return None;
            }
            Event::Scalar(text, style, anchor, tag) => {
                let plain = matches!(style, ScalarStyle::Plain);
                if plain && text.contains('?') && self.is_in_flow() {
                    diagnostics.push(question_mark(&text, span));
                }
                let mark = tag.as_ref().filter(|_| plain && text.is_empty()).and_then(|tag| self.mark(tag, span.start));
                self.node(anchor, tag.is_some() && mark.is_none(), span, diagnostics)?;
                match mark {
                    Some((name, span)) => {
                        diagnostics.push(mark_in_front(&name, span));
                        self.scalar(format!("{name}!"), plain, span, diagnostics);
                    }
                    None => self.scalar(text.into_owned(), plain, span, diagnostics),
                }
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.node(anchor, tag.is_some(), span, diagnostics)?;
                self.open(Open::List { span, items: Vec::new() }, span, diagnostics)?;
            }
            Event::MappingStart(_, anchor, tag) => {
                self.node(anchor, tag.is_some(), span, diagnostics)?;
                let map = Open::Map { span, entries: Vec::new(), names: BTreeMap::new(), key: None };
                self.open(map, span, diagnostics)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span, diagnostics)?,
            _ => {}
        }
        Some(())
    }

    /// Whether the current value is inside braces or brackets.
    fn is_in_flow(&self) -> bool {
        let starts = self.open.iter().map(|collection| match collection {
            Open::List { span, .. } | Open::Map { span, .. } => span.start,
        });
        let mut texts = starts.filter_map(|start| self.spec_file.text.get(start..));
        texts.any(|text| text.starts_with(['{', '[']))
    }

    /// The name in `!name`, which is a tag of an empty value that ends here.
    fn mark(&self, tag: &Tag, end: usize) -> Option<(String, Span)> {
        let before = self.spec_file.text.get(..end)?.trim_end();
        let (rest, name) = before.rsplit_once('!')?;
        let span = Span { file: self.file, start: rest.len(), end: before.len() };
        let is_name = tag.handle() == "!" && !name.is_empty() && name == tag.suffix();
        is_name.then(|| (name.to_owned(), span))
    }

    /// Counts a key or value, which must be written without indirection. `None`: there are too many.
    fn node(&mut self, anchor: usize, tagged: bool, span: Span, diagnostics: &mut Diagnostics) -> Option<()> {
        if anchor != 0 {
            diagnostics.push(indirection("anchors", span));
        }
        if tagged {
            diagnostics.push(indirection("tags", span));
        }
        self.values += 1;
        if self.values > limits::VALUES {
            diagnostics.push(
                Diagnostic::new(Code::TooLarge, format!("more than {} keys and values in a file", limits::VALUES))
                    .at(span, "this one exceeds the limit")
                    .help("split the file"),
            );
            return None;
        }
        Some(())
    }

    /// Opens a collection. `None`: it is nested too deep.
    fn open(&mut self, collection: Open, span: Span, diagnostics: &mut Diagnostics) -> Option<()> {
        if self.open.len() >= limits::DEPTH {
            diagnostics.push(too_deep(span));
            return None;
        }
        self.open.push(collection);
        Some(())
    }

    fn scalar(&mut self, text: String, plain: bool, span: Span, diagnostics: &mut Diagnostics) {
        let Some(Open::Map { names, key: key @ None, .. }) = self.open.last_mut() else {
            return self.attach(Node { span, data: Data::Scalar { text, plain } });
        };
        let is_merge = plain && text == "<<";
        let mut keep = !is_merge;
        if is_merge {
            diagnostics.push(indirection("merge keys", span));
        } else if plain && super::scalar::is_ambiguous(&text) {
            diagnostics.push(ambiguous(&text, span));
        }
        if let Some(first) = names.get(&text) {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateKey, format!("duplicate key `{text}`"))
                    .at_repeated(span, *first)
                    .help("remove or rename one of them"),
            );
            keep = false;
        }
        if keep {
            names.insert(text.clone(), span);
        }
        *key = Some(Key { name: text, span, keep });
    }

    fn attach(&mut self, value: Node) {
        match self.open.last_mut() {
            None => self.root = Some(value),
            Some(Open::List { items, .. }) => items.push(value),
            Some(Open::Map { entries, key, .. }) => {
                if let Some(Key { name, span, .. }) = key.take().filter(|key| key.keep) {
                    entries.push(Entry { key: name, key_span: span, value });
                }
            }
        }
    }

    fn close(&mut self, end: Span, diagnostics: &mut Diagnostics) -> Option<()> {
        let node = match self.open.pop()? {
            Open::List { span, items } => {
                let last = items.last().map_or(end.end, |item| item.span.end.max(end.end));
                Node { span: Span { end: self.trim(span.start, last), ..span }, data: Data::List(items) }
            }
            Open::Map { span, entries, .. } => {
                let last = entries.last().map_or(end.end, |entry| entry.value.span.end);
                let last = if end.end > end.start { end.end } else { last };
                Node { span: Span { end: self.trim(span.start, last), ..span }, data: Data::Map(entries) }
            }
        };
        if let Some(Open::Map { key: None, .. }) = self.open.last() {
            diagnostics.push(
                Diagnostic::new(Code::WrongKind, "a key must be text")
                    .at(node.span, "this is a list or a mapping")
                    .help("if the brackets or braces are text, quote the key"),
            );
            return None;
        }
        self.attach(node);
        Some(())
    }

    /// Block collections end where the next token begins; their span ends with the last visible byte.
    fn trim(&self, start: usize, end: usize) -> usize {
        let text = self.spec_file.text.get(start..end).unwrap_or("");
        start + text.trim_end().len()
    }

    fn span(&self, span: granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let end = self.trim(range.start, range.end).max(range.start);
        Span { file: self.file, start: range.start, end }
    }

    fn syntax(&self, at: usize, info: &str) -> Diagnostic {
        let text = &self.spec_file.text;
        let at = at.min(text.len());
        if let Some(start) = tab_near(text, at) {
            let span = Span { file: self.file, start, end: start + 1 };
            return Diagnostic::new(Code::Tab, "a tab in the indentation")
                .at(span, "this is a tab")
                .help("indent with spaces; YAML does not allow tabs there");
        }
        let span = Span { file: self.file, start: at, end: at };
        Diagnostic::new(Code::Syntax, format!("invalid YAML: {info}")).at(span, "the parser stopped here").help(
            "check this line and the one before it for an open quote or bracket, a missing `:` or wrong indentation",
        )
    }
}

/// The first tab in the indentation of the line of a byte, or of the line after it.
fn tab_near(text: &str, at: usize) -> Option<usize> {
    let mut start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    for line in text.get(start..)?.split_inclusive('\n').take(2) {
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        if let Some(tab) = indent.find('\t') {
            return Some(start + tab);
        }
        start += line.len();
    }
    None
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, format!("more than {} levels of lists and mappings", limits::DEPTH))
        .at(span, "the next level starts here")
        .help("use fewer levels; a description can use a type under `types`, or `type: any`")
}

fn indirection(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::Indirection, format!("{what} are not allowed in the spec"))
        .at(span, "not allowed")
        .help("write the value itself, so that each part of the spec can be read on its own")
}

/// A mark before the name instead of after it.
fn mark_in_front(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::Indirection, format!("`!{name}` is a tag, and tags are not allowed in the spec"))
        .at(span, "not allowed")
        .help(format!("write `{name}!`: the mark of a field that must be there follows its name"))
}

/// A text in braces or brackets that ends at its `?` for some YAML parsers.
fn question_mark(text: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::Ambiguous, format!("`{text}` needs quotes inside braces and brackets"))
        .at(span, "some YAML parsers take `?` for the mark of a key here")
        .help(format!("write `\"{text}\"`"))
}

/// A scalar that is not text to every YAML parser.
pub(crate) fn ambiguous(text: &str, span: Span) -> Diagnostic {
    let shown = if text.is_empty() { "an empty value".to_owned() } else { format!("`{text}`") };
    let read_as = super::scalar::read_as(text).unwrap_or("another value");
    Diagnostic::new(Code::Ambiguous, format!("{shown} needs quotes to be text"))
        .at(span, format!("YAML can read this as {read_as}"))
        .help(format!("write `\"{text}\"`"))
}
