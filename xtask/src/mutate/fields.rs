//! The facts about one field, wherever it is written out.

use super::mutant::{Collector, Kind, join};
use super::tree::{Shape, Tree};
use super::{level, wire};

/// Where a field is written out, which says whether it can be `required` there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// Under `fields`: the operations say whether it is required.
    Shared,
    /// In an object, or in the query or body of an operation.
    InRequests,
    /// In an answer.
    InAnswers,
}

const LIMITS: [&str; 4] = ["min_length", "max_length", "min", "max"];
const FORMATS: [&str; 7] = ["country", "e164", "email", "uuid", "url", "date", "datetime"];

/// The keys that belong to some types only.
const OF_A_TYPE: [&str; 12] = [
    "name",
    "values",
    "fields",
    "items",
    "format",
    "min_length",
    "max_length",
    "min",
    "max",
    "enforce",
    "delimiter",
    "flatten",
];

/// Each type with those that a writer of a spec could take for it.
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

/// Every mutant of a field and of its parts.
pub(crate) fn field(collector: &mut Collector<'_>, path: &[String], stands: Stands) {
    let Some(tree) = collector.at(path) else { return };
    ty(collector, path, tree);
    limits(collector, path, tree);
    format(collector, path, tree);
    values(collector, path, tree);
    origin(collector, path, tree);
    if stands == Stands::InRequests {
        required(collector, path, tree);
    }
    wire::of_field(collector, path, tree);
    parts(collector, path, tree);
}

/// The fields of an object, also of one that is the item of a list or a map.
pub(crate) fn parts(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    for part in tree.get("fields").map(Tree::entries).unwrap_or_default() {
        field(collector, &join(path, &["fields", &part.key]), Stands::InRequests);
    }
    if let Some(items) = tree.get("items") {
        let items_path = join(path, &["items"]);
        values(collector, &items_path, items);
        parts(collector, &items_path, items);
    }
}

/// The path of a fact's value: itself, or `is` in the long form.
pub(crate) fn is(collector: &Collector<'_>, path: &[String]) -> Vec<String> {
    let long = collector.at(path).is_some_and(|fact| fact.get("is").is_some());
    join(path, if long { &["is"] } else { &[] })
}

/// The mutants of a number: one less, one more.
pub(crate) fn around(collector: &mut Collector<'_>, kind: Kind, path: &[String]) {
    let path = is(collector, path);
    let number = collector.at(&path).and_then(Tree::text).and_then(|text| text.parse::<i64>().ok());
    if let Some(number) = number {
        collector.replace(kind, &path, &(number - 1).to_string());
        collector.replace(kind, &path, &(number + 1).to_string());
    }
}

fn limits(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    for key in LIMITS.into_iter().filter(|key| tree.get(key).is_some()) {
        let limit = join(path, &[key]);
        around(collector, Kind::Limit, &limit);
        collector.drop(Kind::Limit, &limit);
        level::of_fact(collector, &limit, Some(path));
    }
}

fn format(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    if tree.get("format").is_none() {
        return;
    }
    let format = join(path, &["format"]);
    let place = is(collector, &format);
    let old = collector.at(&place).and_then(Tree::text).unwrap_or_default();
    collector.drop(Kind::Format, &format);
    collector.replace(Kind::Format, &place, after(&FORMATS, old));
    level::of_fact(collector, &format, Some(path));
}

/// The item after another one, in a circle.
pub(crate) fn after<'l>(list: &[&'l str], item: &str) -> &'l str {
    let next = list.iter().position(|other| *other == item).map_or(0, |index| index + 1);
    list.get(next % list.len().max(1)).copied().unwrap_or_default()
}

/// The texts that an enumeration lists.
pub(crate) fn listed(field: &Tree) -> Vec<&str> {
    let Some(values) = field.get("values") else { return Vec::new() };
    let keys = values.entries().iter().map(|entry| entry.key.as_str());
    keys.chain(values.items().iter().filter_map(Tree::text)).collect()
}

pub(crate) fn values(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    let at = join(path, &["values"]);
    for value in listed(tree) {
        let here = join(&at, &[value]);
        collector.add(Kind::Value, &here, "dropped", |tree| {
            if let Some(values) = tree.at_mut(&at) {
                values.remove_text(value);
            }
        });
        let new = format!("{value}X");
        collector.add(Kind::Value, &here, &format!("-> {new}"), |tree| {
            if let Some(values) = tree.at_mut(&at) {
                values.rename(value, &new);
                values.items_mut().iter_mut().for_each(|item| item.replace(value, &new));
            }
        });
    }
    if tree.get("values").is_some() {
        level::of_owner(collector, path);
    }
}

/// Another type, without the keys that belong to the old one.
fn ty(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    let Some(old) = tree.said("type") else { return };
    let Some((_, others)) = TYPES.into_iter().find(|(ty, _)| *ty == old) else { return };
    for new in others {
        collector.add(Kind::Type, &join(path, &["type"]), &format!("{old} -> {new}"), |tree| {
            if let Some(field) = tree.at_mut(path) {
                OF_A_TYPE.iter().for_each(|key| field.remove(key));
                field.set("type", Tree::word(*new));
            }
        });
    }
}

/// Who makes the value, and in which shapes and places it is known.
fn origin(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    for key in ["in", "given_by", "also", "filters"].into_iter().filter(|key| tree.get(key).is_some()) {
        collector.drop(Kind::Origin, &join(path, &[key]));
    }
}

fn required(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    let required = join(path, &["required"]);
    if tree.get("required").is_none() {
        return collector.add(Kind::Presence, &required, "added", |tree| {
            if let Some(field) = tree.at_mut(path) {
                field.set("required", Tree::word("true"));
            }
        });
    }
    let place = is(collector, &required);
    let now = collector.at(&place).and_then(Tree::text) == Some("true");
    collector.drop(Kind::Presence, &required);
    if now {
        level::of_fact(collector, &required, None);
    }
}

/// Whether a tree is a field written out, and not a name under `fields`.
pub(crate) fn is_written_out(tree: &Tree) -> bool {
    matches!(tree.shape, Shape::Map(_)) && tree.get("type").is_some()
}
