//! Wire names: each one taken for another, everywhere in its file.
//!
//! A name that is changed in one place only is an unknown name, which the generator reports whatever
//! the name is. So the change is made wherever the file speaks of the field, in the documented
//! requests too, as if its writer had misread the name from the start.

use super::fields::is_written_out;
use super::mutant::{Collector, Kind, join};
use super::tree::Tree;

/// The mutants of every name in a file.
pub(crate) fn names(collector: &mut Collector<'_>) {
    for entry in collector.tree.get("fields").map(Tree::entries).unwrap_or_default() {
        let name = entry.key.as_str();
        let path = join(&[], &["fields", name]);
        let new = format!("{name}_x");
        collector.add(Kind::Name, &path, &format!("-> {new}"), |tree| rename(tree, name, &new));
        for part in entry.value.get("fields").map(Tree::entries).unwrap_or_default() {
            let new = format!("{}_x", part.key);
            let path = join(&path, &["fields", &part.key]);
            collector.add(Kind::Name, &path, &format!("-> {new}"), |tree| rename_part(tree, name, &part.key, &new));
        }
    }
    for (owner, lists) in [("operations", &["query", "body"][..]), ("answers", &["fields"])] {
        for thing in collector.tree.get(owner).map(Tree::entries).unwrap_or_default() {
            for list in lists {
                written_out(collector, &join(&[], &[owner, &thing.key, list]));
            }
        }
    }
}

/// The fields that an operation or an answer writes out itself.
fn written_out(collector: &mut Collector<'_>, path: &[String]) {
    for entry in collector.at(path).map(Tree::entries).unwrap_or_default() {
        if is_written_out(&entry.value) {
            let new = format!("{}_x", entry.key);
            collector.add(Kind::Name, &join(path, &[&entry.key]), &format!("-> {new}"), |tree| {
                if let Some(list) = tree.at_mut(path) {
                    list.rename(&entry.key, &new);
                }
            });
        }
    }
}

/// A field under `fields`, and all that refers to it.
fn rename(tree: &mut Tree, old: &str, new: &str) {
    if let Some(fields) = tree.get_mut("fields") {
        fields.rename(old, new);
    }
    if let Some(id) = tree.get_mut("id") {
        id.replace(old, new);
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
        *request = Tree::word(text.replace(&format!("{{{old}}}"), &format!("{{{new}}}")));
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

/// A list that takes fields by name; one that it writes out itself is another field.
fn in_list(owner: &mut Tree, list: &str, old: &str, new: &str) {
    let Some(list) = owner.get_mut(list) else { return };
    for entry in list.entries_mut() {
        if let Some(filters) = entry.value.get_mut("filters") {
            filters.replace(old, new);
        }
    }
    if list.get(old).is_some_and(|entry| !is_written_out(entry)) {
        list.rename(old, new);
    }
}

/// A part of an object under `fields`, there and in the documented requests.
fn rename_part(tree: &mut Tree, field: &str, old: &str, new: &str) {
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

/// The pointers of warnings that lead to a field or into it.
fn in_warnings(example: &mut Tree, old: &str, new: &str) {
    for warning in example.get_mut("warns").map(Tree::items_mut).unwrap_or_default() {
        let rest = warning.text().and_then(|text| text.strip_prefix(old));
        let Some(rest) = rest.filter(|rest| rest.starts_with(['/', ' '])) else { continue };
        *warning = Tree::word(format!("{new}{rest}"));
    }
}
