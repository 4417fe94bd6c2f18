//! One cargo feature for each resource.

use crate::model::Model;

pub(in crate::emit) fn emit_features(model: &Model) -> String {
    let names: Vec<_> = model.resources.iter().map(|resource| format!("\"{}\"", resource.name)).collect();
    let mut lines = vec![format!("all-resources = [{}]", names.join(", "))];
    lines.extend(model.resources.iter().map(|resource| format!("{} = []", resource.name)));
    lines.join("\n") + "\n"
}
