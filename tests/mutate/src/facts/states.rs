//! The facts about the states of stored objects, and about operations that see and move them.

use super::fields::next_in;
use crate::collector::{Collector, join};
use crate::mutant::FactKind;
use crate::tree::Tree;

/// The mutants of `states`: with each duration changed, with each state of `also` dropped, and with each field that is
/// set dropped.
pub(crate) fn of_resource(collector: &mut Collector<'_>) {
    let Some(states) = collector.tree.get("states") else { return };
    let path = join(&[], &["states"]);
    for step in states.get("steps").map(Tree::entries).unwrap_or_default() {
        let stay = step.value.text().unwrap_or_default();
        if stay != "end" {
            let other = if stay == "wait" { "30s" } else { "wait" };
            collector.replace(FactKind::States, &join(&path, &["steps", &step.key]), other);
        }
    }
    drop_each(collector, &join(&path, &["also"]));
    for state in states.get("sets").map(Tree::entries).unwrap_or_default() {
        drop_each(collector, &join(&path, &["sets", &state.key]));
    }
}

/// The mutants of `sees` and `moves`: with each state dropped, and with another new state.
pub(crate) fn of_operation(collector: &mut Collector<'_>, path: &[String], tree: &Tree) {
    drop_each(collector, &join(path, &["sees"]));
    drop_each(collector, &join(path, &["moves", "from"]));
    if let Some(to) = tree.get("moves").and_then(|moves| moves.get_text("to")) {
        let states = names(collector.tree);
        collector.replace(FactKind::States, &join(path, &["moves", "to"]), next_in(&states, to));
    }
}

/// The names of all states.
fn names(resource: &Tree) -> Vec<&str> {
    let Some(states) = resource.get("states") else { return Vec::new() };
    let steps = states.get("steps").map(Tree::entries).unwrap_or_default().iter().map(|step| step.key.as_str());
    let also = states.get("also").map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text);
    steps.chain(also).collect()
}

/// The mutants of a list without each of its texts.
fn drop_each(collector: &mut Collector<'_>, path: &[String]) {
    for item in collector.at(path).map(Tree::items).unwrap_or_default().iter().filter_map(Tree::text) {
        collector.add(FactKind::States, path, &format!("{item} dropped"), |tree| {
            if let Some(list) = tree.at_mut(path) {
                list.remove_text(item);
            }
        });
    }
}
