//! A mutant: a file of the spec with one fact changed.

use super::tree::Tree;

/// The kinds of fact, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Presence,
    Use,
    Name,
    Type,
    Limit,
    Format,
    Level,
    Value,
    Origin,
    Does,
    Method,
    Path,
    Rule,
    AtLeast,
    EmptyText,
    Retry,
    Answer,
    Wire,
    Status,
    Server,
}

impl Kind {
    pub(crate) const ALL: [Self; 20] = [
        Self::Presence,
        Self::Use,
        Self::Name,
        Self::Type,
        Self::Limit,
        Self::Format,
        Self::Level,
        Self::Value,
        Self::Origin,
        Self::Does,
        Self::Method,
        Self::Path,
        Self::Rule,
        Self::AtLeast,
        Self::EmptyText,
        Self::Retry,
        Self::Answer,
        Self::Wire,
        Self::Status,
        Self::Server,
    ];

    /// The word for it in the report.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Presence => "presence",
            Self::Use => "use",
            Self::Name => "wire name",
            Self::Type => "type",
            Self::Limit => "limit",
            Self::Format => "format",
            Self::Level => "level",
            Self::Value => "value",
            Self::Origin => "origin",
            Self::Does => "does",
            Self::Method => "method",
            Self::Path => "path",
            Self::Rule => "rule",
            Self::AtLeast => "at_least",
            Self::EmptyText => "empty_text",
            Self::Retry => "retry",
            Self::Answer => "answer",
            Self::Wire => "wire form",
            Self::Status => "status",
            Self::Server => "server",
        }
    }
}

/// One fact that is changed.
#[derive(Clone, Debug)]
pub(crate) struct Mutant {
    pub(crate) kind: Kind,
    /// The file, as in `spec/resources/profile.yaml`.
    pub(crate) file: String,
    /// Where the fact stands there.
    pub(crate) line: usize,
    /// What is changed, as in `fields.ein.max_length: 100 -> 101`.
    pub(crate) what: String,
    /// The file with the change.
    pub(crate) text: String,
}

/// Where a fact stands: the keys that lead to it.
pub(crate) type Path = Vec<String>;

/// A path, one or more keys further.
pub(crate) fn join(path: &[String], keys: &[&str]) -> Path {
    path.iter().map(String::as_str).chain(keys.iter().copied()).map(str::to_owned).collect()
}

/// Collects the mutants of one file.
pub(crate) struct Collector<'t> {
    pub(crate) tree: &'t Tree,
    file: &'t str,
    mutants: Vec<Mutant>,
}

impl<'t> Collector<'t> {
    pub(crate) fn new(tree: &'t Tree, file: &'t str) -> Self {
        Self { tree, file, mutants: Vec::new() }
    }

    pub(crate) fn finish(self) -> Vec<Mutant> {
        self.mutants
    }

    /// What stands at a path.
    pub(crate) fn at(&self, path: &[String]) -> Option<&'t Tree> {
        self.tree.at(path)
    }

    /// The file with one change, as a mutant; `change` says what becomes of what.
    pub(crate) fn add(&mut self, kind: Kind, path: &[String], change: &str, edit: impl FnOnce(&mut Tree)) {
        let mut tree = self.tree.clone();
        edit(&mut tree);
        let what = format!("{}: {change}", path.join("."));
        let line = self.line(path);
        self.mutants.push(Mutant { kind, file: self.file.to_owned(), line, what, text: tree.write() });
    }

    /// A mutant that replaces what stands at a path.
    pub(crate) fn replace(&mut self, kind: Kind, path: &[String], new: &str) {
        let old = self.at(path).and_then(Tree::text).unwrap_or_default();
        self.add(kind, path, &format!("{old} -> {new}"), |tree| {
            if let Some(place) = tree.at_mut(path) {
                *place = Tree::word(new);
            }
        });
    }

    /// A mutant without the entry at a path.
    pub(crate) fn drop(&mut self, kind: Kind, path: &[String]) {
        let Some((key, owner)) = path.split_last() else { return };
        self.add(kind, path, "dropped", |tree| {
            if let Some(owner) = tree.at_mut(owner) {
                owner.remove(key);
            }
        });
    }

    /// The line of the last key of a path that is in the file.
    fn line(&self, path: &[String]) -> usize {
        let mut line = self.tree.line;
        let mut tree = self.tree;
        for key in path {
            let Some(entry) = tree.entry(key) else { break };
            line = entry.line;
            tree = &entry.value;
        }
        line
    }
}
