//! What `spec/README.md` says about each key: its tables are the only place with these words.

use std::collections::HashMap;

use super::Construct;

const README: &str = include_str!("../../../spec/README.md");

/// The header of each column of a table of keys begins with this: `| key of a rule | meaning |`.
const HEADER: &str = "key of ";

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
                explained.extend(keys(row.first().copied().unwrap_or_default()).map(|key| {
                    ((what.to_owned(), key.to_owned()), text.clone())
                }));
            }
        }
        Self(explained)
    }

    /// What is said about a key of a construct: in its table, in a table of dotted keys such as `auth.account`, or among
    /// the keys of all facts.
    pub(crate) fn of(&self, construct: &Construct, key: &str) -> Option<&str> {
        let find = |what: &str, key: &str| self.0.get(&(what.to_owned(), key.to_owned()));
        let dotted = || {
            let dotted = format!("{}.{key}", construct.what.trim_matches('`'));
            self.0.iter().find(|((_, listed), _)| *listed == dotted).map(|(_, text)| text)
        };
        let found = find(construct.what, key).or_else(dotted).or_else(|| find("a fact", key));
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

/// The words of a row as plain text.
fn explanation(header: &[&str], row: &[&str]) -> String {
    let cell = |title: &str| header.iter().position(|cell| *cell == title).and_then(|at| row.get(at)).copied();
    let mut text = without_links(cell("meaning").unwrap_or_default());
    text.push('.');
    for (title, words) in [("type", "Only with the type"), ("place", "Only in"), ("example", "Example:")] {
        if let Some(cell) = cell(title).filter(|cell| !cell.is_empty()) {
            let stop = if title == "example" { "" } else { "." };
            text.push_str(&format!(" {words} {}{stop}", without_links(cell)));
        }
    }
    text
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
