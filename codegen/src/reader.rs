//! Reads nodes into values and collects their problems: all unknown and missing keys of a mapping at once, and each
//! value on its own.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Span};
use crate::document::{Map, Spanned};
use crate::language::{Construct, Key, More, Presence};
use crate::limits;
use crate::text::{alternatives, listing};
use crate::yaml::{Data, Entry, Node, ambiguous, is_ambiguous, is_plain_number};

/// A function that reads one value. `None`: the problem was reported.
pub(crate) type Read<T> = fn(&Node, &mut Diagnostics) -> Option<T>;

/// A mapping whose keys are read one by one.
pub(crate) struct Keys<'n> {
    construct: &'static Construct,
    span: Span,
    entries: &'n [Entry],
    asked: Vec<&'static str>,
}

impl<'n> Keys<'n> {
    /// Opens a mapping.
    pub(crate) fn open(node: &'n Node, construct: &'static Construct, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Data::Map(entries) = &node.data else {
            let help = format!("{} is written as `key: value` lines", construct.what);
            diagnostics.push(wrong_kind(node, "a mapping").help(help));
            return None;
        };
        Some(Self { construct, span: node.span, entries, asked: Vec::new() })
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// The span of a key, if it is there.
    pub(crate) fn span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span)
    }

    /// The entry of a key, which is one of the construct.
    pub(crate) fn entry(&mut self, key: &'static str) -> Option<&'n Entry> {
        debug_assert!(self.construct.key(key).is_some(), "`{key}` is not in the table of {}", self.construct.what);
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Reads the value of a key. `None` if it is absent or cannot be read. Both are reported, except the absence of a key
    /// that may be absent.
    pub(crate) fn read<T>(&mut self, key: &'static str, read: Read<T>, diagnostics: &mut Diagnostics) -> Option<T> {
        let is_missing = match self.construct.key(key)?.presence {
            Presence::Mandatory => true,
            Presence::Optional => false,
            Presence::Unless(others) => !others.iter().any(|other| self.has(other)),
            Presence::InsteadOf(other) => !self.has(other),
        };
        if is_missing {
            return self.needed(key, read, diagnostics);
        }
        let entry = self.entry(key)?;
        read(&entry.value, diagnostics)
    }

    /// Reads the value of a key that is mandatory here.
    pub(crate) fn needed<T>(&mut self, key: &'static str, read: Read<T>, diagnostics: &mut Diagnostics) -> Option<T> {
        if !self.has(key) && !self.has_misspelt(key) {
            diagnostics.push(
                Diagnostic::new(Code::MissingKey, format!("`{key}` is missing"))
                    .at(self.start(), format!("required in {}", self.construct.what))
                    .help(format!("add `{key}: ..`; spec/README.md explains it")),
            );
        }
        let entry = self.entry(key)?;
        read(&entry.value, diagnostics)
    }

    /// Whether there is a key that is reported as unknown with this one as the suggestion.
    pub(crate) fn has_misspelt(&self, key: &str) -> bool {
        let is_unknown = |entry: &Entry| self.construct.key(&entry.key).is_none();
        self.entries.iter().any(|entry| is_unknown(entry) && is_near(&entry.key, key))
    }

    /// Whether there is this key, or an unknown one with this one as the suggestion. All known keys have been read.
    pub(crate) fn has_or_means(&self, key: &str) -> bool {
        let is_unknown = |entry: &Entry| !self.asked.contains(&entry.key.as_str());
        self.has(key) || self.entries.iter().any(|entry| is_unknown(entry) && is_near(&entry.key, key))
    }

    /// The keys of the table that are read in every case, and were not.
    fn unread(&self) -> Vec<&'static str> {
        let is_optional = |key: &&Key| matches!(key.presence, Presence::Mandatory | Presence::Optional);
        let has_types = matches!(self.construct.more, More::OfTypes(_));
        let always = self.construct.keys.iter().filter(|key| is_optional(key) && !has_types).map(|key| key.name);
        always.filter(|key| !self.asked.contains(key)).collect()
    }

    fn start(&self) -> Span {
        self.entries.first().map_or(self.span, |entry| entry.key_span)
    }

    /// Reports every key that was not read.
    pub(crate) fn close(self, diagnostics: &mut Diagnostics) {
        debug_assert_eq!(
            self.unread(),
            Vec::<&str>::new(),
            "the table of {} has keys that nobody reads",
            self.construct.what
        );
        for entry in self.entries.iter().filter(|entry| !self.asked.contains(&entry.key.as_str())) {
            let may_be_text = is_without_colon(entry, diagnostics);
            diagnostics.push_with(|| {
                let keys = || self.asked.iter().copied();
                // The second half of a text seldom looks like a key.
                let is_text = may_be_text && entry.key.contains([' ', '.']);
                let help = did_you_mean(&entry.key, keys()).filter(|_| !is_text).unwrap_or_else(|| {
                    if may_be_text {
                        return "if this is the end of a text that contains a comma, quote the whole text".to_owned();
                    }
                    format!("the keys of {} are {}", self.construct.what, listing(keys()))
                });
                Diagnostic::new(Code::UnknownKey, format!("unknown key `{}`", entry.key))
                    .at(entry.key_span, format!("not a key of {}", self.construct.what))
                    .help(help)
            });
        }
    }
}

/// Whether a key has neither a colon nor a value, like the part after the comma in `{ summary: One, or two. }`.
fn is_without_colon(entry: &Entry, diagnostics: &Diagnostics) -> bool {
    let after_key = diagnostics.file(entry.key_span.file).text.get(entry.key_span.end..);
    entry.value.is_absent() && after_key.is_some_and(|rest| !rest.trim_start().starts_with(':'))
}

/// A text. Without quotes, it must be text to every YAML parser.
pub(crate) fn text(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    let mut text = text_or(node, ambiguous, diagnostics)?;
    if has_blank_at_end(&text.is, text.span, diagnostics) {
        // Without the blank, nothing else is reported about the text.
        text.is.truncate(text.is.trim_end_matches(BLANKS).len());
    }
    Some(text)
}

const BLANKS: [char; 2] = [' ', '\t'];

/// A blank at the end of a name or a value is not seen. Only a quoted text can have one. Returns whether it was reported.
pub(crate) fn has_blank_at_end(text: &str, span: Span, diagnostics: &mut Diagnostics) -> bool {
    if text.ends_with(BLANKS) {
        let blank = if text.ends_with(' ') { "U+0020" } else { "U+0009" };
        diagnostics.push(
            Diagnostic::new(Code::Invisible, format!("a blank at the end: {blank}"))
                .at(span, "nobody sees it")
                .help("remove it"),
        );
    }
    text.ends_with(BLANKS)
}

/// A text, with a diagnostic of its own for text that needs quotes.
pub(crate) fn text_or(
    node: &Node,
    ambiguous: fn(&str, Span) -> Diagnostic,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<String>> {
    let Data::Scalar { text, plain } = &node.data else {
        let wrong = wrong_kind(node, "text");
        diagnostics.push(wrong.help("write text, in quotes if it begins with a bracket or a brace"));
        return None;
    };
    if text.trim().is_empty() || node.is_absent() {
        diagnostics.push(empty(node, "text"));
        return None;
    }
    if *plain && is_ambiguous(text) {
        diagnostics.push(ambiguous(text, node.span));
        return None;
    }
    Some(Spanned::new(text.clone(), node.span))
}

/// The required summary, in Markdown. If it is absent, that is reported, and the rest can still be used.
pub(crate) fn summary(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> String {
    keys.read("summary", prose, diagnostics).unwrap_or_default()
}

fn empty(node: &Node, expected: &str) -> Diagnostic {
    let (message, comma) = if node.is_absent() {
        ("a value is missing", "; inside braces, quote text that contains a comma")
    } else {
        ("an empty text", "")
    };
    Diagnostic::new(Code::EmptyText, message)
        .at(node.span, format!("expected {expected}"))
        .help(format!("write the value, or remove the key{comma}"))
}

/// Prose in Markdown.
pub(crate) fn prose(node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
    text_or(node, ambiguous, diagnostics).map(|text| text.is.trim().to_owned())
}

/// A whole number that is not negative.
pub(crate) fn count(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<u64>> {
    let number = plain_number(node).and_then(|number| number.as_u64());
    if number.is_none() {
        let wrong = wrong_kind(node, "a non-negative whole number");
        diagnostics.push(wrong.help("write digits without quotes; the largest number is 18446744073709551615"));
    }
    number.map(|number| Spanned::new(number, node.span))
}

/// A whole number.
pub(crate) fn integer(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<i64>> {
    let number = plain_number(node).and_then(|number| number.as_i64());
    if number.is_none() {
        diagnostics.push(wrong_kind(node, "a whole number").help("write digits without quotes"));
    }
    number.map(|number| Spanned::new(number, node.span))
}

fn plain_number(node: &Node) -> Option<serde_json::Value> {
    let is_number = matches!(&node.data, Data::Scalar { text, plain: true } if is_plain_number(text));
    is_number.then(|| node.json())
}

/// `true` or `false`.
pub(crate) fn boolean(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<bool>> {
    let word = match &node.data {
        Data::Scalar { text, plain: true, .. } => text.parse().ok(),
        _ => None,
    };
    if word.is_none() {
        diagnostics.push(
            wrong_kind(node, "`true` or `false`").help("write `true` or `false`, in lower case and without quotes"),
        );
    }
    word.map(|word| Spanned::new(word, node.span))
}

/// One of a fixed list of words.
pub(crate) fn word<T: Copy>(
    node: &Node,
    words: &[(&'static str, T)],
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<T>> {
    let known = || words.iter().map(|(word, _)| *word);
    // The words count, whatever YAML takes the scalar for.
    let Data::Scalar { text, .. } = &node.data else {
        let known = alternatives(known());
        diagnostics.push(wrong_kind(node, &known).help(format!("write {known}")));
        return None;
    };
    if node.is_absent() {
        let known = alternatives(known());
        diagnostics.push(empty(node, &known).help(format!("write {known}")));
        return None;
    }
    if let Some((_, value)) = words.iter().find(|(word, _)| word == text) {
        return Some(Spanned::new(*value, node.span));
    }
    diagnostics.push(
        Diagnostic::new(Code::UnknownWord, format!("unknown word `{text}`"))
            .at(node.span, format!("expected {}", alternatives(known())))
            .help(did_you_mean(text, known()).unwrap_or_else(|| format!("write {}", alternatives(known())))),
    );
    None
}

/// A list, each item read on its own.
pub(crate) fn list<T>(node: &Node, read: Read<T>, diagnostics: &mut Diagnostics) -> Option<Vec<T>> {
    let Data::List(items) = &node.data else {
        diagnostics.push(wrong_kind(node, "a list").help("write it as `[one, two]`"));
        return None;
    };
    Some(items.iter().filter_map(|item| read(item, diagnostics)).collect())
}

/// Texts in a list.
pub(crate) fn texts(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Spanned<String>>> {
    list(node, text, diagnostics)
}

/// A mapping from names to values, each read on its own.
pub(crate) fn map<T>(node: &Node, read: Read<T>, diagnostics: &mut Diagnostics) -> Option<Map<T>> {
    let Data::Map(entries) = &node.data else {
        diagnostics.push(wrong_kind(node, "a mapping").help("write it as `name: value` lines"));
        return None;
    };
    let read = |entry: &Entry| {
        if entry.key.trim().is_empty() {
            let empty = Diagnostic::new(Code::EmptyText, "a name is empty").at(entry.key_span, "expected a name");
            diagnostics.push(empty.help("write the name, or remove the entry"));
        } else {
            has_blank_at_end(&entry.key, entry.key_span, diagnostics);
        }
        let value = read(&entry.value, diagnostics);
        if value.is_none() {
            diagnostics.mark_broken(entry.key_span.file, &entry.key);
        }
        Some((Spanned::new(entry.key.clone(), entry.key_span), value?))
    };
    Some(entries.iter().filter_map(read).collect())
}

/// JSON-like data. Its plain scalars must mean the same to every YAML parser.
pub(crate) fn data(node: &Node, diagnostics: &mut Diagnostics) -> Option<Node> {
    let before = diagnostics.errors();
    check_data(node, diagnostics);
    (diagnostics.errors() == before).then(|| node.clone())
}

/// A mapping from names to data.
pub(crate) fn data_by_name(node: &Node, diagnostics: &mut Diagnostics) -> Option<Map<Node>> {
    map(node, data, diagnostics)
}

fn check_data(node: &Node, diagnostics: &mut Diagnostics) {
    match &node.data {
        Data::List(items) => items.iter().for_each(|item| check_data(item, diagnostics)),
        Data::Map(entries) => entries.iter().for_each(|entry| check_data(&entry.value, diagnostics)),
        Data::Scalar { text, plain, .. } => {
            let exact = matches!(text.as_str(), "true" | "false" | "null") || is_plain_number(text);
            if *plain && !exact && is_ambiguous(text) {
                let help =
                    format!("write `\"{text}\"` if it is text, or a number in plain digits such as `1000` or `0.5`");
                diagnostics.push(ambiguous(text, node.span).help(help));
            }
        }
    }
}

pub(crate) fn wrong_kind(node: &Node, expected: &str) -> Diagnostic {
    let message = format!("expected {expected}, found {}", node.found());
    Diagnostic::new(Code::WrongKind, message).at(node.span, format!("expected {expected}"))
}

/// "did you mean .." for a word that is close to a known one.
pub(crate) fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    let near = known.into_iter().take(limits::NEIGHBOURS).filter(|candidate| is_near(word, candidate));
    let nearest = near.min_by_key(|candidate| distance(word, candidate));
    nearest.map(|candidate| format!("did you mean `{candidate}`?"))
}

/// Whether a word is a typo of a known one, or the beginning of it: `int` for `integer`.
fn is_near(word: &str, known: &str) -> bool {
    let longest = known.len().max(word.len());
    let most = (longest / 3).max(1);
    let begins = word.len() >= 3 && known.starts_with(word);
    // The comparison costs time and memory for each pair of letters, so it is made only if it can succeed.
    let may_be = longest <= limits::NAME && known.len().abs_diff(word.len()) <= most;
    word != known && (begins || (may_be && distance(word, known) <= most))
}

fn distance(word: &str, known: &str) -> usize {
    strsim::damerau_levenshtein(&word.to_lowercase(), &known.to_lowercase())
}
