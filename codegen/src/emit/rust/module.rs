//! A module of the client: the contents of the file to emit.

use std::collections::BTreeMap;

use crate::emit::output::Directory;
use crate::model::{Choice, Enum, Model, Module, Object, Operation, Owner, Resource, Role, Stage};

/// The directory of the generated modules.
pub(in crate::emit) const DIRECTORY: Directory =
    Directory { path: "generated-client/src/resources", extension: "rs", is_shared: false };

/// A module of the client, with the model that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct ClientModule<'m> {
    pub(super) model: &'m Model,
    pub(super) owner: Owner,
    pub(super) module: &'m Module,
}

impl<'m> ClientModule<'m> {
    /// Its resource, unless it is the module of the shared types.
    pub(super) fn resource(self) -> Option<&'m Resource> {
        match self.owner {
            Owner::Resource(id) => self.model.resources.get(id.0),
            Owner::Shared => None,
        }
    }

    /// Its operations: those that are released, or the others.
    pub(super) fn operations(self, is_preview: bool) -> impl Iterator<Item = &'m Operation> {
        let operations = self.resource().into_iter().flat_map(|resource| &resource.operations);
        operations.filter(move |operation| (operation.stage != Stage::Released) == is_preview)
    }

    /// How long it takes to emit, compared with others.
    pub(super) fn weight(&self) -> usize {
        self.resource().map_or(0, |resource| resource.operations.len())
    }

    /// Its objects.
    pub(super) fn objects(self) -> impl Iterator<Item = &'m Object> {
        self.model.objects_of(self.owner).iter()
    }

    /// Its objects of one role.
    pub(super) fn objects_of(self, role: Role) -> impl Iterator<Item = &'m Object> {
        self.objects().filter(move |object| object.role == role)
    }

    /// Its enumerations.
    pub(super) fn enums(self) -> impl Iterator<Item = &'m Enum> {
        self.model.enums_of(self.owner).iter()
    }

    /// Its choices.
    pub(super) fn choices(self) -> impl Iterator<Item = &'m Choice> {
        self.model.choices_of(self.owner).iter()
    }

    /// The types of other modules that it can use, with the paths of these modules.
    pub(super) fn shared_types(self) -> BTreeMap<&'m str, String> {
        let Some(shared) = self.model.shared.as_ref().filter(|_| self.owner != Owner::Shared) else {
            return BTreeMap::new();
        };
        let other = Self { owner: Owner::Shared, module: shared, ..self };
        let objects = other.objects().map(|object| object.name.as_str());
        let enums = other.enums().map(|listed| listed.name.as_str());
        let choices = other.choices().map(|choice| choice.name.as_str());
        objects.chain(enums).chain(choices).map(|name| (name, format!("crate::{}", shared.ident))).collect()
    }
}
