//! The groups that `plivo.yaml` declares, and the group of each resource.

use super::references::{self, unknown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ApiDoc, ResourceDoc, Spanned};
use crate::model::{Group, GroupId, Model};
use crate::names;

/// The declared groups.
pub(super) fn groups(doc: &ApiDoc, diagnostics: &mut Diagnostics) -> Vec<Group> {
    for (name, _) in &doc.groups {
        check_name(name, diagnostics);
    }
    doc.groups.iter().map(|(name, summary)| Group { name: name.is.clone(), summary: summary.clone() }).collect()
}

/// A group becomes a feature.
fn check_name(name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let (code, label, help) = if names::is_reserved_resource(&name.is) {
        (Code::ReservedName, "the client uses this name itself", "choose another name")
    } else if !names::is_snake(&name.is) {
        (Code::MalformedName, "invalid name", names::SNAKE_CASE)
    } else {
        return;
    };
    let message = format!("`{}` cannot be the name of a group", name.is);
    diagnostics.push(Diagnostic::new(code, message).at(name.span, label).help(help));
}

/// Gives each resource its group. Resources have the order of their documents.
pub(super) fn members(api: &ApiDoc, docs: &[&ResourceDoc], model: &mut Model, diagnostics: &mut Diagnostics) {
    let are_complete = model.resources.len() == docs.len();
    for (index, doc) in docs.iter().enumerate() {
        check_feature(api, doc, diagnostics);
        let Some(name) = &doc.group else { continue };
        match api.groups.iter().position(|(group, _)| group.is == name.is) {
            Some(group) if are_complete => model.resources[index].group = Some(GroupId(group)),
            Some(_) => {}
            // The groups could not be read, which was reported.
            None if diagnostics.is_broken_in_api("groups") || diagnostics.is_broken_in_api(&name.is) => {}
            None => {
                unknown(diagnostics, &references::GROUP, name, || {
                    api.groups.iter().map(|(group, _)| group.is.as_str())
                });
            }
        }
    }
}

/// A resource and a group have a feature each.
fn check_feature(api: &ApiDoc, doc: &ResourceDoc, diagnostics: &mut Diagnostics) {
    let Some((group, _)) = api.groups.iter().find(|(group, _)| group.is == doc.resource.is) else { return };
    diagnostics.push(
        Diagnostic::new(Code::DuplicateName, format!("a resource and a group have the name `{}`", group.is))
            .at(doc.resource.span, "the resource")
            .with(group.span, "the group")
            .help("rename the group: both become a feature of the client"),
    );
}
