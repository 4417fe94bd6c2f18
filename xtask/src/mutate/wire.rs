//! The facts about how values travel, where that is not as they are.

use super::fields::after;
use super::mutant::{Collector, Kind, join};
use super::tree::Tree;

/// A delimiter that is another one; a list or a map that is taken for a plain one; a comparison less.
pub(crate) fn of_field(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    if let Some(delimiter) = tree.said("delimiter") {
        let here = join(path, &["delimiter"]);
        collector.drop(Kind::Wire, &here);
        collector.replace(Kind::Wire, &here, after(&["<", ",", ";"], delimiter));
    }
    if tree.get("flatten").is_some() {
        collector.drop(Kind::Wire, &join(path, &["flatten"]));
    }
    let compare = join(path, &["compare"]);
    for word in tree.get("compare").map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text) {
        collector.add(Kind::Wire, &compare, &format!("{word} dropped"), |tree| {
            if let Some(list) = tree.at_mut(&compare) {
                list.remove_text(word);
            }
        });
    }
}

/// Another encoding of the body, another part, another fixed value, another server.
pub(crate) fn of_operation(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    for key in ["encoding", "data_part", "host"].into_iter().filter(|key| tree.get(key).is_some()) {
        collector.drop(Kind::Wire, &join(path, &[key]));
    }
    if let Some(part) = tree.said("data_part") {
        collector.replace(Kind::Wire, &join(path, &["data_part"]), &format!("{part}x"));
    }
    for fixed in tree.get("fixed").map(Tree::entries).unwrap_or_default() {
        let value = fixed.value.text().unwrap_or_default();
        collector.replace(Kind::Wire, &join(path, &["fixed", &fixed.key]), &format!("{value}x"));
    }
}

/// Another place of the page's position; an answer that is never put off.
pub(crate) fn of_answer(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    if let Some(meta) = tree.said("meta") {
        collector.replace(Kind::Wire, &join(path, &["meta"]), after(&["object", "flat", "none"], meta));
    }
    if tree.get("deferred_by").is_some() {
        collector.drop(Kind::Wire, &join(path, &["deferred_by"]));
    }
}
