//! The facts about one field, wherever it is declared.

use super::{levels, wire};
use crate::collector::{Collector, join};
use crate::marks::MARK;
use crate::mutant::FactKind;
use crate::tree::{Content, Tree};

/// Where a field is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// Under `fields`: the operations say whether it is required.
    Shared,
    /// In an object, or in the query or body of an operation.
    Request,
    /// In an answer.
    Answer,
}

const LIMITS: [&str; 7] = ["min_length", "max_length", "min", "max", "min_items", "max_items", "max_bytes"];
const FORMATS: [&str; 7] = ["country", "e164", "email", "uuid", "url", "date", "datetime"];

/// The keys that only some types have.
const OF_A_TYPE: [&str; 19] = [
    "name",
    "values",
    "fields",
    "items",
    "format",
    "min_length",
    "max_length",
    "min",
    "max",
    "min_items",
    "max_items",
    "max_bytes",
    "content_types",
    "default",
    "enforce",
    "one",
    "all",
    "delimiter",
    "flatten",
];

/// Each type, and the types that an author could write by mistake.
const TYPES: [(&str, &[&str]); 12] = [
    ("string", &["integer", "timestamp", "any"]),
    ("integer", &["number", "string"]),
    ("number", &["integer", "string"]),
    ("boolean", &["string", "any"]),
    ("timestamp", &["string", "decimal"]),
    ("decimal", &["string", "number"]),
    ("enum", &["string", "any"]),
    ("object", &["any"]),
    ("list", &["any"]),
    ("map", &["any"]),
    ("any", &["string"]),
    ("file", &["string"]),
];

/// Every mutant of a field and of its nested fields.
pub(crate) fn field(collector: &mut Collector<'_>, path: &[String], context: Context) {
    let Some(tree) = collector.at(path) else { return };
    field_type(collector, path, tree);
    limits(collector, path, tree);
    format(collector, path, tree);
    content_types(collector, path, tree);
    default(collector, path, tree);
    values(collector, path, tree);
    origin(collector, path, tree);
    if context != Context::Shared {
        required(collector, path, tree, context);
    }
    wire::of_field(collector, path, tree);
    nested_fields(collector, path, tree);
}

/// Every mutant of the fields of an object, or of the object that is the item of a list or a map.
pub(crate) fn nested_fields(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    for nested in tree.get("fields").map(Tree::entries).unwrap_or_default() {
        field(collector, &join(path, &["fields", &nested.key]), Context::Request);
    }
    if let Some(items) = tree.get("items") {
        let items_path = join(path, &["items"]);
        if items.get("also").is_some() {
            collector.drop(FactKind::Origin, &join(&items_path, &["also"]));
        }
        values(collector, &items_path, items);
        nested_fields(collector, &items_path, items);
    }
}

/// The path of the value of a fact: the fact itself, or its key `is` in the long form.
pub(crate) fn value_path(collector: &Collector<'_>, path: &[String]) -> Vec<String> {
    let long = collector.at(path).is_some_and(|fact| fact.get("is").is_some());
    join(path, if long { &["is"] } else { &[] })
}

/// The mutants of a number: one less and one more.
pub(crate) fn off_by_one(collector: &mut Collector<'_>, kind: FactKind, path: &[String]) {
    let path = value_path(collector, path);
    let number = collector.at(&path).and_then(Tree::text).and_then(|text| text.parse::<i64>().ok());
    if let Some(number) = number {
        collector.replace(kind, &path, &(number - 1).to_string());
        collector.replace(kind, &path, &(number + 1).to_string());
    }
}

/// The mutants of each limit: one less, one more, dropped and with the other level.
pub(crate) fn limits(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    for key in LIMITS.into_iter().filter(|key| tree.get(key).is_some()) {
        let limit = join(path, &[key]);
        off_by_one(collector, FactKind::Limit, &limit);
        collector.drop(FactKind::Limit, &limit);
        levels::of_fact(collector, &limit, Some(path));
    }
}

fn format(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    if tree.get("format").is_none() {
        return;
    }
    let format = join(path, &["format"]);
    let value = value_path(collector, &format);
    let old = collector.at(&value).and_then(Tree::text).unwrap_or_default();
    collector.drop(FactKind::Format, &format);
    collector.replace(FactKind::Format, &value, next_in(&FORMATS, old));
    levels::of_fact(collector, &format, Some(path));
}

/// Each media type of a file, dropped.
fn content_types(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    if tree.get("content_types").is_none() {
        return;
    }
    let types = join(path, &["content_types"]);
    let value = value_path(collector, &types);
    let listed: Vec<&str> =
        collector.at(&value).map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text).collect();
    for ty in listed {
        collector.add(FactKind::Limit, &types, &format!("{ty} dropped"), |tree| {
            if let Some(list) = tree.at_mut(&value) {
                list.remove_text(ty);
            }
        });
    }
    collector.drop(FactKind::Limit, &types);
    levels::of_fact(collector, &types, Some(path));
}

/// The default, dropped and replaced by another value of the same kind.
fn default(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    if tree.get("default").is_none() {
        return;
    }
    let default = join(path, &["default"]);
    let value = value_path(collector, &default);
    collector.drop(FactKind::Origin, &default);
    let old = collector.at(&value).and_then(Tree::text).unwrap_or_default();
    let values = listed(tree);
    let new = match old {
        "true" => "false".to_owned(),
        "false" => "true".to_owned(),
        _ if !values.is_empty() => next_in(&values, old).to_owned(),
        _ => old.parse::<i64>().map_or_else(|_| format!("{old}x"), |number| (number + 1).to_string()),
    };
    collector.replace(FactKind::Origin, &value, &new);
}

/// The item that follows `item` in the list. The first item follows the last one, and an unknown one.
pub(crate) fn next_in<'l>(list: &[&'l str], item: &str) -> &'l str {
    let next = list.iter().position(|other| *other == item).map_or(0, |index| index + 1);
    list.get(next % list.len().max(1)).copied().unwrap_or_default()
}

/// The listed values of an enumeration.
pub(crate) fn listed(field: &Tree) -> Vec<&str> {
    let Some(values) = field.get("values") else { return Vec::new() };
    let keys = values.entries().iter().map(|entry| entry.key.as_str());
    keys.chain(values.items().iter().filter_map(Tree::text)).collect()
}

/// Each value of an enumeration, dropped and changed.
pub(crate) fn values(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    let at = join(path, &["values"]);
    for value in listed(tree) {
        let here = join(&at, &[value]);
        collector.add(FactKind::Value, &here, "dropped", |tree| {
            if let Some(values) = tree.at_mut(&at) {
                values.remove_text(value);
            }
        });
        let new = format!("{value}X");
        collector.add(FactKind::Value, &here, &format!("-> {new}"), |tree| {
            if let Some(values) = tree.at_mut(&at) {
                values.rename(value, &new);
                values.items_mut().iter_mut().for_each(|item| item.replace(value, &new));
            }
        });
    }
    if tree.get("values").is_some() {
        levels::of_owner(collector, path);
    }
}

/// The mutants with another type. Keys of the old type are removed.
fn field_type(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    let Some(old) = tree.get_text("type") else { return };
    let Some((_, others)) = TYPES.into_iter().find(|(ty, _)| *ty == old) else { return };
    for new in others {
        collector.add(FactKind::Type, &join(path, &["type"]), &format!("{old} -> {new}"), |tree| {
            if let Some(field) = tree.at_mut(path) {
                OF_A_TYPE.iter().for_each(|key| field.remove(key));
                field.set("type", Tree::plain(*new));
            }
        });
    }
}

/// The mutants of who sets the field, where it occurs, and which other types its value can have.
fn origin(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    let keys = ["in", "given_by", "also", "one", "all", "filters", "holds"];
    for key in keys.into_iter().filter(|key| tree.get(key).is_some()) {
        collector.drop(FactKind::Origin, &join(path, &[key]));
    }
    if let Some(held) = tree.get_text("holds_path") {
        let here = join(path, &["holds_path"]);
        collector.drop(FactKind::Origin, &here);
        collector.replace(FactKind::Path, &here, &format!("/x{held}"));
    }
}

/// The mutants of whether a request requires the field, or an answer always has it, and of how that counts.
pub(crate) fn required(collector: &mut Collector<'_>, path: &[String], tree: &Tree, context: Context) {
    let required = join(path, &["required"]);
    if tree.get("required").is_none() {
        return collector.add(FactKind::Presence, &required, "added", |tree| {
            if let Some(field) = tree.at_mut(path) {
                field.set("required", Tree::plain(MARK));
            }
        });
    }
    collector.drop(FactKind::Presence, &required);
    if context == Context::Request {
        levels::of_fact(collector, &required, None);
    }
}

/// Whether an entry declares a field inline instead of referring to one under `fields`.
pub(crate) fn is_inline(tree: &Tree) -> bool {
    matches!(tree.content, Content::Map(_)) && tree.get("type").is_some()
}
