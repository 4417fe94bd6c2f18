//! How findings count: the level of each fact turned into the other one.

use super::mutant::{Collector, Kind, join};
use super::tree::Tree;

/// The level that a fact has, by the five steps of `spec/README.md`. `field` is absent where the
/// fact is about an operation.
fn level<'t>(file: &'t Tree, fact: &'t Tree, field: Option<&'t Tree>) -> Option<&'t str> {
    let sources = file.get("sources")?;
    let of_source = |name: &str| sources.get(name)?.said("enforce");
    let own = |tree: &'t Tree| tree.said("enforce").or_else(|| of_source(tree.said("source")?));
    let first = || sources.entries().first()?.value.said("enforce");
    own(fact).or_else(|| own(field?)).or_else(first)
}

/// The mutant that counts findings about a fact the other way.
pub(crate) fn of_fact(collector: &mut Collector<'_>, path: &[String], field: Option<&[String]>) {
    let Some(fact) = collector.at(path) else { return };
    let field = field.and_then(|field| collector.at(field));
    let Some(old) = level(collector.tree, fact, field) else { return };
    let new = other(old);
    collector.add(Kind::Level, path, &format!("{old} -> {new}"), |tree| {
        let Some(fact) = tree.at_mut(path) else { return };
        if fact.text().is_some() {
            *fact = Tree::map([("is", fact.clone())]);
        }
        fact.set("enforce", Tree::word(new));
    });
}

/// The mutant that counts findings the other way where `enforce` stands in the thing itself: a list
/// of values, or a rule.
pub(crate) fn of_owner(collector: &mut Collector<'_>, path: &[String]) {
    let Some(owner) = collector.at(path) else { return };
    let Some(old) = level(collector.tree, owner, None) else { return };
    let new = other(old);
    collector.add(Kind::Level, &join(path, &["enforce"]), &format!("{old} -> {new}"), |tree| {
        if let Some(owner) = tree.at_mut(path) {
            owner.set("enforce", Tree::word(new));
        }
    });
}

/// The mutants in which a source counts the other way.
pub(crate) fn of_sources(collector: &mut Collector<'_>) {
    for source in collector.tree.get("sources").map(Tree::entries).unwrap_or_default() {
        let path = join(&[], &["sources", &source.key, "enforce"]);
        if let Some(old) = source.value.said("enforce") {
            collector.replace(Kind::Level, &path, other(old));
        }
    }
}

fn other(level: &str) -> &'static str {
    if level == "error" { "warn" } else { "error" }
}
