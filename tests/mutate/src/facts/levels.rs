//! The level of each fact: errors become warnings, and warnings become errors.

use crate::collector::{Collector, join};
use crate::marks::MARK;
use crate::mutant::FactKind;
use crate::tree::Tree;

/// The level of a fact, by the five steps of `spec/README.md`. `field` is absent for a fact about an
/// operation.
fn level<'t>(file: &'t Tree, fact: &'t Tree, field: Option<&'t Tree>) -> Option<&'t str> {
    let sources = file.get("sources")?;
    let of_sources = |source: &'t Tree| {
        let names = source.text().into_iter().chain(source.items().iter().filter_map(Tree::text));
        let levels: Vec<_> = names.filter_map(|name| sources.get(name)?.get_text("enforce")).collect();
        levels.iter().copied().find(|level| *level == "error").or(levels.first().copied())
    };
    let own = |tree: &'t Tree| tree.get_text("enforce").or_else(|| of_sources(tree.get("source")?));
    let first = || sources.entries().first()?.value.get_text("enforce");
    own(fact).or_else(|| own(field?)).or_else(first)
}

/// The mutant with the other level of a fact.
pub(crate) fn of_fact(collector: &mut Collector<'_>, path: &[String], field: Option<&[String]>) {
    let Some(fact) = collector.at(path) else { return };
    let field = field.and_then(|field| collector.at(field));
    let Some(old) = level(collector.tree, fact, field) else { return };
    let new = other(old);
    collector.add(FactKind::Level, path, &format!("{old} -> {new}"), |tree| {
        let Some(fact) = tree.at_mut(path) else { return };
        if fact.text() == Some(MARK) {
            *fact = Tree::map([]);
        } else if fact.text().is_some() {
            *fact = Tree::map([("is", fact.clone())]);
        }
        fact.set("enforce", Tree::plain(new));
    });
}

/// The mutant with the other level of a rule, or of the values of an enumeration: their `enforce` is a
/// sibling key.
pub(crate) fn of_owner(collector: &mut Collector<'_>, path: &[String]) {
    let Some(owner) = collector.at(path) else { return };
    let Some(old) = level(collector.tree, owner, None) else { return };
    let new = other(old);
    collector.add(FactKind::Level, &join(path, &["enforce"]), &format!("{old} -> {new}"), |tree| {
        if let Some(owner) = tree.at_mut(path) {
            owner.set("enforce", Tree::plain(new));
        }
    });
}

/// The mutants with the other level of a source.
pub(crate) fn of_sources(collector: &mut Collector<'_>) {
    for source in collector.tree.get("sources").map(Tree::entries).unwrap_or_default() {
        let path = join(&[], &["sources", &source.key, "enforce"]);
        if let Some(old) = source.value.get_text("enforce") {
            collector.replace(FactKind::Level, &path, other(old));
        }
    }
}

fn other(level: &str) -> &'static str {
    if level == "error" { "warn" } else { "error" }
}
