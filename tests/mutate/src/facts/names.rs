//! The wire names: each mutant changes one name everywhere in its file.
//!
//! If a name changed in one place only, the generator would report an unknown name, whatever the name is. So
//! the mutant changes the name wherever the file refers to the field, including documented requests, as if
//! the author had misread it from the start.

use super::fields::is_inline;
use crate::collector::{Collector, join};
use crate::mutant::FactKind;
use crate::tree::Tree;

/// The mutants of every name in a file.
pub(crate) fn names(collector: &mut Collector<'_>) {
    for entry in collector.tree.get("fields").map(Tree::entries).unwrap_or_default() {
        let name = entry.key.as_str();
        let path = join(&[], &["fields", name]);
        let new = format!("{name}_x");
        collector.add(FactKind::Name, &path, &format!("-> {new}"), |tree| rename(tree, name, &new));
        for nested in entry.value.get("fields").map(Tree::entries).unwrap_or_default() {
            let new = format!("{}_x", nested.key);
            let path = join(&path, &["fields", &nested.key]);
            collector
                .add(FactKind::Name, &path, &format!("-> {new}"), |tree| rename_nested(tree, name, &nested.key, &new));
        }
    }
    for (owner, lists) in [("operations", &["query", "body"][..]), ("answers", &["fields"])] {
        for thing in collector.tree.get(owner).map(Tree::entries).unwrap_or_default() {
            for list in lists {
                inline_fields(collector, &join(&[], &[owner, &thing.key, list]));
            }
        }
    }
}

/// The fields that an operation or an answer declares inline.
fn inline_fields(collector: &mut Collector<'_>, path: &[String]) {
    for entry in collector.at(path).map(Tree::entries).unwrap_or_default() {
        if is_inline(&entry.value) {
            let new = format!("{}_x", entry.key);
            collector.add(FactKind::Name, &join(path, &[&entry.key]), &format!("-> {new}"), |tree| {
                if let Some(list) = tree.at_mut(path) {
                    list.rename(&entry.key, &new);
                }
            });
        }
    }
}

/// Renames a field under `fields`, and every reference to it.
fn rename(tree: &mut Tree, old: &str, new: &str) {
    if let Some(fields) = tree.get_mut("fields") {
        fields.rename(old, new);
    }
    if let Some(id) = tree.get_mut("id") {
        id.replace(old, new);
    }
    if let Some(parent) = tree.get_mut("parent") {
        parent.entries_mut().iter_mut().for_each(|entry| entry.value.replace(old, new));
    }
    for field in values(tree, "fields") {
        if let Some(holds) = field.get_mut("holds") {
            holds.replace(old, new);
        }
    }
    for operation in values(tree, "operations") {
        in_operation(operation, old, new);
    }
    for answer in values(tree, "answers") {
        in_list(answer, "fields", old, new);
    }
    for example in values(tree, "examples") {
        for key in ["request", "sends"] {
            if let Some(map) = example.get_mut(key) {
                map.rename(old, new);
            }
        }
        in_warnings(example, &format!("/{old}"), &format!("/{new}"));
    }
}

fn values<'t>(tree: &'t mut Tree, key: &str) -> impl Iterator<Item = &'t mut Tree> {
    tree.get_mut(key).map(Tree::entries_mut).unwrap_or_default().iter_mut().map(|entry| &mut entry.value)
}

fn in_operation(operation: &mut Tree, old: &str, new: &str) {
    if let Some(request) = operation.get_mut("request")
        && let Some(text) = request.text()
    {
        *request = Tree::plain(text.replace(&format!("{{{old}}}"), &format!("{{{new}}}")));
    }
    if let Some(creates) = operation.get_mut("creates") {
        creates.entries_mut().iter_mut().for_each(|entry| entry.value.replace(old, new));
    }
    for list in ["query", "body"] {
        in_list(operation, list, old, new);
    }
    for rule in values(operation, "rules") {
        if let Some(when) = rule.get_mut("when") {
            when.rename(old, new);
        }
        for part in rule.entries_mut() {
            part.value.items_mut().iter_mut().for_each(|item| item.replace(old, new));
        }
    }
}

/// Renames a field in a list that refers to fields by name. An inline field with the same name is a different field.
fn in_list(owner: &mut Tree, list: &str, old: &str, new: &str) {
    let Some(list) = owner.get_mut(list) else { return };
    for entry in list.entries_mut() {
        if let Some(filters) = entry.value.get_mut("filters") {
            filters.replace(old, new);
        }
    }
    if list.get(old).is_some_and(|entry| !is_inline(entry)) {
        list.rename(old, new);
    }
}

/// Renames a nested field of an object under `fields`, there and in the documented requests.
fn rename_nested(tree: &mut Tree, field: &str, old: &str, new: &str) {
    if let Some(parts) = tree.at_mut(&join(&[], &["fields", field, "fields"])) {
        parts.rename(old, new);
    }
    for example in values(tree, "examples") {
        if let Some(given) = example.at_mut(&join(&[], &["request", field])) {
            given.rename(old, new);
        }
        in_warnings(example, &format!("/{field}/{old}"), &format!("/{field}/{new}"));
    }
}

/// Renames a field in the JSON pointers of expected warnings.
fn in_warnings(example: &mut Tree, old: &str, new: &str) {
    for warning in example.get_mut("warns").map(Tree::items_mut).unwrap_or_default() {
        let rest = warning.text().and_then(|text| text.strip_prefix(old));
        let Some(rest) = rest.filter(|rest| rest.starts_with(['/', ' '])) else { continue };
        *warning = Tree::plain(format!("{new}{rest}"));
    }
}
