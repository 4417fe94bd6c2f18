//! One cargo feature for each resource, and one for each group of them.

use crate::model::{GroupId, Model, Resource};

pub(in crate::emit) fn emit_features(model: &Model) -> String {
    let mut lines = vec![feature("all-resources", model.resources.iter())];
    for (index, group) in model.groups.iter().enumerate() {
        let members = || model.resources.iter().filter(|resource| resource.group == Some(GroupId(index)));
        if members().next().is_some() {
            lines.push(format!("# {}", group.summary.split_whitespace().collect::<Vec<_>>().join(" ")));
            lines.push(feature(&group.name, members()));
        }
    }
    lines.extend(model.resources.iter().map(|resource| {
        // The handle of a parent returns that of its children.
        feature(&resource.name, resource.parent.iter().map(|parent| &model[parent.resource]))
    }));
    lines.join("\n") + "\n"
}

/// A feature that enables those of some resources.
fn feature<'m>(name: &str, resources: impl Iterator<Item = &'m Resource>) -> String {
    let names: Vec<_> = resources.map(|resource| format!("\"{}\"", resource.name)).collect();
    format!("{name} = [{}]", names.join(", "))
}
