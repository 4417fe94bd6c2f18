//! The facts about the encoding of values, where the spec states one.

use super::fields::next_in;
use super::levels;
use crate::collector::{Collector, join};
use crate::mutant::FactKind;
use crate::tree::Tree;

/// The mutants with another delimiter or none, without `flatten`, and with each comparison dropped.
pub(crate) fn of_field(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    if let Some(delimiter) = tree.get_text("delimiter") {
        let here = join(path, &["delimiter"]);
        collector.drop(FactKind::Wire, &here);
        collector.replace(FactKind::Wire, &here, next_in(&["<", ",", ";"], delimiter));
    }
    if tree.get("flatten").is_some() {
        collector.drop(FactKind::Wire, &join(path, &["flatten"]));
    }
    let compare = join(path, &["compare"]);
    for word in tree.get("compare").map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text) {
        collector.add(FactKind::Wire, &compare, &format!("{word} dropped"), |tree| {
            if let Some(list) = tree.at_mut(&compare) {
                list.remove_text(word);
            }
        });
    }
}

/// The mutants with the default encoding of the body or the default host, without `deferred`, and with another data part or fixed value.
pub(crate) fn of_operation(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    for key in ["encoding", "data_part", "host", "deferred"].into_iter().filter(|key| tree.get(key).is_some()) {
        collector.drop(FactKind::Wire, &join(path, &[key]));
    }
    if tree.get("deferred").is_some() {
        levels::of_owner(collector, &join(path, &["deferred"]));
    }
    if let Some(stage) = tree.get_text("stage") {
        let stages = ["released", "announced", "documented"];
        collector.replace(FactKind::Wire, &join(path, &["stage"]), next_in(&stages, stage));
    }
    if let Some(part) = tree.get_text("data_part") {
        collector.replace(FactKind::Wire, &join(path, &["data_part"]), &format!("{part}x"));
    }
    for place in ["query", "body"] {
        for entry in tree.get(place).map(Tree::entries).unwrap_or_default() {
            if let Some(value) = entry.value.get_text("fixed") {
                let here = join(path, &[place, &entry.key, "fixed"]);
                collector.replace(FactKind::Wire, &here, &format!("{value}x"));
            }
        }
    }
}

/// The mutants with the page metadata in another form.
pub(crate) fn of_answer(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    if let Some(meta) = tree.get_text("meta") {
        collector.replace(FactKind::Wire, &join(path, &["meta"]), next_in(&["object", "flat", "none"], meta));
    }
}
