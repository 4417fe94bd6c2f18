//! The facts about operations, their rules and their answers.

use super::fields::{Context, field, is_inline, limits, listed, next_in, off_by_one, required};
use super::{levels, states, wire};
use crate::collector::{Collector, join};
use crate::mutant::FactKind;
use crate::tree::Tree;

/// Every mutant of one operation.
pub(crate) fn operation(collector: &mut Collector<'_>, name: &str) {
    let path = join(&[], &["operations", name]);
    let Some(tree) = collector.at(&path) else { return };
    does(collector, &join(&path, &["does"]));
    if let Some(creates) = tree.get("creates") {
        let here = join(&path, &["creates"]);
        collector.drop(FactKind::Does, &here);
        for list in ["ids", "objects"] {
            if creates.get(list).is_some() {
                collector.drop(FactKind::Does, &join(&here, &[list]));
            }
        }
    }
    request(collector, &path, tree);
    for part in tree.get("path").map(Tree::entries).unwrap_or_default() {
        field(collector, &join(&path, &["path", &part.key]), Context::Shared);
    }
    paged(collector, &join(&path, &["paged"]));
    for list in ["query", "body"] {
        entries(collector, &join(&path, &[list]), Context::Request);
    }
    for entry in tree.get("rules").map(Tree::entries).unwrap_or_default() {
        rule(collector, &join(&path, &["rules", &entry.key]), &entry.value);
    }
    if tree.get("at_least").is_some() {
        let at_least = join(&path, &["at_least"]);
        off_by_one(collector, FactKind::AtLeast, &at_least);
        collector.drop(FactKind::AtLeast, &at_least);
        levels::of_fact(collector, &at_least, None);
    }
    if tree.get("body").is_some() {
        let now = tree.get_text("empty_text").unwrap_or("sent");
        set(collector, FactKind::EmptyText, &path, "empty_text", now, next_in(&["sent", "left_out"], now));
    }
    retry(collector, &path, tree);
    answer(collector, &join(&path, &["answer"]), tree);
    states::of_operation(collector, &path, tree);
    wire::of_operation(collector, &path, tree);
}

fn set(collector: &mut Collector<'_>, kind: FactKind, path: &[String], key: &str, old: &str, new: &str) {
    collector.add(kind, &join(path, &[key]), &format!("{old} -> {new}"), |tree| {
        if let Some(owner) = tree.at_mut(path) {
            owner.set(key, Tree::plain(new));
        }
    });
}

/// The mutants without pages, with another maximum, and with a cursor or without it.
fn paged(collector: &mut Collector<'_>, path: &[String]) {
    let Some(tree) = collector.at(path) else { return };
    collector.drop(FactKind::Use, path);
    limits(collector, path, tree);
    let cursor = join(path, &["cursor"]);
    if tree.get("cursor").is_some() {
        return collector.drop(FactKind::Use, &cursor);
    }
    collector.add(FactKind::Use, &cursor, "added", |tree| {
        if let Some(paged) = tree.at_mut(path) {
            paged.set("cursor", Tree::map([]));
        }
    });
}

fn does(collector: &mut Collector<'_>, path: &[String]) {
    let now = collector.at(path).and_then(Tree::text).unwrap_or_default();
    for other in
        ["create", "read", "list", "update", "delete", "delete_all", "action"].into_iter().filter(|other| *other != now)
    {
        collector.replace(FactKind::Does, path, other);
    }
}

/// The mutants with another method, with each literal segment of the path changed, and with the trailing slash
/// added or dropped.
fn request(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    let Some((method, route)) = tree.get_text("request").and_then(|request| request.split_once(' ')) else { return };
    let at = join(path, &["request"]);
    let other = if method == "POST" { "PATCH" } else { "POST" };
    collector.replace(FactKind::Method, &at, &format!("{other} {route}"));
    let slash = route.strip_suffix('/').map_or_else(|| format!("{route}/"), str::to_owned);
    collector.replace(FactKind::Path, &at, &format!("{method} {slash}"));
    let segments: Vec<&str> = route.split('/').collect();
    for (index, segment) in segments.iter().enumerate() {
        if !segment.is_empty() && !segment.contains('{') {
            let changed = format!("{segment}x");
            let mut segments = segments.clone();
            segments[index] = &changed;
            collector.replace(FactKind::Path, &at, &format!("{method} {}", segments.join("/")));
        }
    }
}

/// The mutants of the fields of a query, a body or an answer: each field dropped, and each with the other presence.
pub(crate) fn entries(collector: &mut Collector<'_>, path: &[String], context: Context) {
    for entry in collector.at(path).map(Tree::entries).unwrap_or_default() {
        let here = join(path, &[&entry.key]);
        collector.drop(FactKind::Use, &here);
        if is_inline(&entry.value) {
            field(collector, &here, context);
        } else if entry.value.get("fixed").is_none() {
            required(collector, &here, &entry.value, context);
            if entry.value.get("clears").is_some() {
                collector.drop(FactKind::Use, &join(&here, &["clears"]));
            }
        }
    }
}

const CONSEQUENCES: [&str; 5] = ["needs", "may_skip", "exactly_one_of", "at_least_one_of", "at_most_one_of"];

fn rule(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    collector.drop(FactKind::Rule, path);
    if tree.get("when").is_some() {
        collector.drop(FactKind::Rule, &join(path, &["when"]));
    }
    for key in ["given", "absent"] {
        let at = join(path, &[key]);
        for name in tree.get(key).map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text) {
            collector.add(FactKind::Rule, &at, &format!("{name} dropped"), |tree| {
                if let Some(list) = tree.at_mut(&at) {
                    list.remove_text(name);
                }
            });
        }
    }
    for condition in tree.get("when").map(Tree::entries).unwrap_or_default() {
        let field = collector.at(&join(&[], &["fields", &condition.key]));
        let values = field.map(listed).unwrap_or_default();
        if let Some(old) = condition.value.text() {
            collector.replace(FactKind::Rule, &join(path, &["when", &condition.key]), next_in(&values, old));
        }
    }
    for key in CONSEQUENCES.into_iter().filter(|key| tree.get(key).is_some()) {
        consequence(collector, path, key);
        if key != "may_skip" {
            levels::of_owner(collector, path);
        }
    }
}

/// The mutants with another consequence for the same fields, with each field dropped, and with each replaced.
fn consequence(collector: &mut Collector<'_>, path: &[String], key: &str) {
    let at = join(path, &[key]);
    let other = if key == "needs" { "at_least_one_of" } else { "needs" };
    collector.add(FactKind::Rule, &at, &format!("-> {other}"), |tree| {
        if let Some(rule) = tree.at_mut(path) {
            rule.rename(key, other);
        }
    });
    let operation = &path[..path.len() - 2];
    let body = collector.at(&join(operation, &["body"])).map(Tree::entries).unwrap_or_default();
    let named: Vec<&str> =
        collector.at(&at).map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text).collect();
    let free = body.iter().map(|entry| entry.key.as_str()).find(|name| !named.contains(name));
    for name in named {
        collector.add(FactKind::Rule, &at, &format!("{name} dropped"), |tree| {
            if let Some(list) = tree.at_mut(&at) {
                list.remove_text(name);
            }
        });
        let Some(free) = free else { continue };
        collector.add(FactKind::Rule, &at, &format!("{name} -> {free}"), |tree| {
            let items = tree.at_mut(&at).map(Tree::items_mut).unwrap_or_default();
            items.iter_mut().for_each(|item| item.replace(name, free));
        });
    }
}

fn retry(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    let is_get = tree.get_text("request").is_some_and(|request| request.starts_with("GET "));
    let now = tree.get_text("retry").unwrap_or(if is_get { "safe" } else { "if_not_sent" });
    for other in ["safe", "if_not_sent", "never"].into_iter().filter(|other| *other != now) {
        set(collector, FactKind::Retry, path, "retry", now, other);
    }
}

/// The mutants of the type of the answer, the keys that enclose it, whether it may lack them, and the success statuses.
fn answer(collector: &mut Collector<'_>, path: &[String], operation: &Tree) {
    let Some(tree) = operation.get("answer") else { return };
    let types = collector.tree.get("answers").map(Tree::entries).unwrap_or_default();
    let types: Vec<&str> = types.iter().map(|entry| entry.key.as_str()).collect();
    let now = tree.get_text("type").unwrap_or_default();
    if types.len() > 1 {
        collector.replace(FactKind::Answer, &join(path, &["type"]), next_in(&types, now));
    }
    if let Some(key) = tree.get_text("under") {
        collector.drop(FactKind::Answer, &join(path, &["under"]));
        collector.replace(FactKind::Answer, &join(path, &["under"]), &format!("{key}x"));
    } else if tree.get("list").is_none() {
        set(collector, FactKind::Answer, path, "under", "absent", "object");
    }
    if tree.get("unwrapped").is_some() {
        collector.drop(FactKind::Answer, &join(path, &["unwrapped"]));
    }
    if let Some(key) = tree.get_text("list") {
        collector.replace(FactKind::Answer, &join(path, &["list"]), &format!("{key}x"));
        total(collector, &join(path, &["total"]), tree);
    }
    wire::of_answer(collector, path, tree);
    statuses(collector, &join(path, &["status"]), tree);
}

/// The mutants with a total or without one. Of several keys, each is dropped.
fn total(collector: &mut Collector<'_>, path: &[String], answer: &Tree) {
    if let Some(now) = answer.get_text("total") {
        collector.replace(FactKind::Answer, path, if now == "none" { "total_count" } else { "none" });
    }
    let keys = answer.get("total").map(Tree::items).unwrap_or_default();
    for key in keys.iter().filter_map(Tree::text).filter(|_| keys.len() > 1) {
        collector.add(FactKind::Answer, path, &format!("{key} dropped"), |tree| {
            if let Some(list) = tree.at_mut(path) {
                list.remove_text(key);
            }
        });
    }
    let beside = &[&path[..path.len() - 1], &["beside".to_owned()]].concat();
    if answer.get("beside").is_some() {
        collector.drop(FactKind::Answer, beside);
    }
}

fn statuses(collector: &mut Collector<'_>, path: &[String], answer: &Tree) {
    let statuses = answer.get("status").map(Tree::items).unwrap_or_default();
    for status in statuses.iter().filter_map(Tree::text) {
        if statuses.len() > 1 {
            collector.add(FactKind::Status, path, &format!("{status} dropped"), |tree| {
                if let Some(list) = tree.at_mut(path) {
                    list.remove_text(status);
                }
            });
        }
        collector.add(FactKind::Status, path, &format!("{status} -> 201"), |tree| {
            let items = tree.at_mut(path).map(Tree::items_mut).unwrap_or_default();
            items.iter_mut().for_each(|item| item.replace(status, "201"));
        });
    }
}
