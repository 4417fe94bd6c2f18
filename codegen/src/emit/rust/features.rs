//! One cargo feature for each resource.

use crate::model::Model;

pub(in crate::emit) fn emit_features(model: &Model) -> String {
    let names: Vec<_> = model.resources.iter().map(|resource| format!("\"{}\"", resource.name)).collect();
    let mut lines = vec![format!("all-resources = [{}]", names.join(", "))];
    lines.extend(model.resources.iter().map(|resource| {
        // The handle of a parent returns that of its children.
        let parent = resource.parent.as_ref().map(|parent| format!("\"{}\"", model[parent.resource].name));
        format!("{} = [{}]", resource.name, parent.unwrap_or_default())
    }));
    lines.join("\n") + "\n"
}
