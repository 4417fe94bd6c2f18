//! Collects the mutants of one file.

use crate::marks;
use crate::mutant::{FactKind, Mutant};
use crate::tree::Tree;

/// The path of a fact: the keys that lead to it from the top of the file.
pub(crate) type Path = Vec<String>;

/// Extends a path by keys.
pub(crate) fn join(path: &[String], keys: &[&str]) -> Path {
    path.iter().map(String::as_str).chain(keys.iter().copied()).map(str::to_owned).collect()
}

/// The mutants of one file so far, and the unchanged file, with its lists of fields opened.
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

    /// The unchanged value at a path.
    pub(crate) fn at(&self, path: &[String]) -> Option<&'t Tree> {
        self.tree.at(path)
    }

    /// Adds the mutant that `edit` turns the file into. `change` describes the change of the value at `path`.
    pub(crate) fn add(&mut self, kind: FactKind, path: &[String], change: &str, edit: impl FnOnce(&mut Tree)) {
        let mut tree = self.tree.clone();
        edit(&mut tree);
        marks::close(&mut tree);
        let change = format!("{}: {change}", path.join("."));
        let line = self.line(path);
        self.mutants.push(Mutant { kind, file: self.file.to_owned(), line, change, text: tree.write() });
    }

    /// Adds the mutant with another value at a path.
    pub(crate) fn replace(&mut self, kind: FactKind, path: &[String], new: &str) {
        let old = self.at(path).and_then(Tree::text).unwrap_or_default();
        self.add(kind, path, &format!("{old} -> {new}"), |tree| {
            if let Some(value) = tree.at_mut(path) {
                *value = Tree::plain(new);
            }
        });
    }

    /// Adds the mutant without the entry at a path.
    pub(crate) fn drop(&mut self, kind: FactKind, path: &[String]) {
        let Some((key, owner)) = path.split_last() else { return };
        self.add(kind, path, "dropped", |tree| {
            if let Some(owner) = tree.at_mut(owner) {
                owner.remove(key);
            }
        });
    }

    /// The line of the last key on a path that the file contains.
    fn line(&self, path: &[String]) -> usize {
        let mut line = self.tree.line;
        let mut tree = self.tree;
        for key in path {
            let Some(entry) = tree.entry(key) else { break };
            // What opening a list has added has no line of its own.
            line = if entry.line > 0 { entry.line } else { line };
            tree = &entry.value;
        }
        line
    }
}
