//! What `spec/README.md` says about each key: its tables are the only place with these words.

use std::collections::HashMap;

use super::Construct;

const README: &str = include_str!("../../../spec/README.md");

/// The header of each column of a table of keys begins with this: `| key of a rule | meaning |`.
const HEADER: &str = "key of ";

/// Constructs whose keys are explained among those of another one.
const ELSEWHERE: [(&str, &str); 3] =
    [("`items`", "a field"), ("a fixed value", "an entry"), ("the cursor", "a parameter of pages")];

/// The explanations of the keys, by what the table is about and the key.
pub(crate) struct Reference(HashMap<(String, String), String>);

impl Reference {
    pub(crate) fn read() -> Self {
        let mut explained = HashMap::new();
        let mut lines = README.lines().peekable();
        while let Some(line) = lines.next() {
            let header = cells(line);
            let Some(what) = header.first().and_then(|cell| cell.strip_prefix(HEADER)) else { continue };
            lines.next();
            while let Some(row) = lines.next_if(|line| line.starts_with('|')).map(cells) {
                let text = explanation(&header, &row);
                explained.extend(
                    keys(row.first().copied().unwrap_or_default())
                        .map(|key| ((what.to_owned(), key.to_owned()), text.clone())),
                );
            }
        }
        Self(explained)
    }

    /// What is said about a key of a construct: in its table, in a table of dotted keys such as `auth.account`, among the
    /// keys of another construct, or among the keys of all facts.
    pub(crate) fn of(&self, construct: &Construct, key: &str) -> Option<&str> {
        let find = |what: &str, key: &str| self.0.get(&(what.to_owned(), key.to_owned()));
        let dotted = || {
            let dotted = format!("{}.{key}", construct.what.trim_matches('`'));
            self.0.iter().find(|((_, listed), _)| *listed == dotted).map(|(_, text)| text)
        };
        let elsewhere = || {
            let (_, other) = ELSEWHERE.iter().find(|(what, _)| *what == construct.what)?;
            find(other, key)
        };
        let found = find(construct.what, key).or_else(dotted).or_else(elsewhere).or_else(|| find("a fact", key));
        found.map(String::as_str)
    }
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split(" | ").map(str::trim).collect()
}

/// The keys in the first cell of a row, such as "`min`, `max`".
fn keys(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(", ").filter_map(|key| key.strip_prefix('`')?.strip_suffix('`'))
}

/// The words of a row as plain text: each column with what stands before and after it.
fn explanation(header: &[&str], row: &[&str]) -> String {
    const COLUMNS: [(&str, &str, &str); 5] = [
        ("meaning", "", "."),
        ("holds if", "holds if ", "."),
        ("type", "only with the type ", "."),
        ("place", "only in ", "."),
        ("example", "example: ", ""),
    ];
    let cell = |title: &str| header.iter().position(|cell| *cell == title).and_then(|at| row.get(at)).copied();
    let sentences = COLUMNS.iter().filter_map(|(title, before, after)| {
        let cell = cell(title).filter(|cell| !cell.is_empty())?;
        Some(capitalized(&format!("{before}{}{after}", without_links(cell))))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// Markdown with the text of each link in place of the link.
fn without_links(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some((before, linked)) = rest.split_once('[') {
        text.push_str(before);
        match linked.split_once("](").and_then(|(words, after)| Some((words, after.split_once(')')?.1))) {
            Some((words, after)) if !words.contains(['[', ']', '`']) => {
                text.push_str(words);
                rest = after;
            }
            _ => {
                text.push('[');
                rest = linked;
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::{ELSEWHERE, Reference};
    use crate::language::{Construct, FILE_KINDS, constructs};

    fn all() -> Vec<&'static Construct> {
        FILE_KINDS.iter().flat_map(|kind| constructs(&kind.content)).collect()
    }

    #[test]
    fn the_reference_explains_every_key() {
        let reference = Reference::read();
        let keys = all().into_iter().flat_map(|construct| construct.keys.iter().map(move |key| (construct, key)));
        let missing = keys.filter(|(construct, key)| reference.of(construct, key.name).is_none());
        let missing: Vec<_> = missing.map(|(construct, key)| format!("`{}` of {}", key.name, construct.what)).collect();
        assert!(missing.is_empty(), "spec/README.md does not explain {}", missing.join(", "));
    }

    #[test]
    fn the_reference_explains_no_other_keys() {
        let constructs = all();
        let has = |what: &str, key: &str| {
            constructs.iter().any(|construct| construct.what == what && construct.key(key).is_some())
        };
        let mut explained: Vec<_> = Reference::read().0.into_keys().collect();
        explained.retain(|(what, key)| {
            let is_elsewhere = ELSEWHERE.iter().any(|(of, table)| table == what && has(of, key));
            let is_dotted = key.split_once('.').is_some_and(|(outer, inner)| has(&format!("`{outer}`"), inner));
            !has(what, key) && !is_elsewhere && !is_dotted
        });
        assert!(explained.is_empty(), "spec/README.md explains keys that are none: {explained:?}");
    }

    #[test]
    fn a_row_becomes_plain_text() {
        let header = ["key of a thing", "type", "meaning", "example"];
        let row = ["`size`", "`list`", "see [Fields](#fields), or `[a, b]`", "`size: 1`"];
        let text = "See Fields, or `[a, b]`. Only with the type `list`. Example: `size: 1`";
        assert_eq!(super::explanation(&header, &row), text);
    }
}
