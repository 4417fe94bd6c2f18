//! The spec under test, and which operations of the SDKs its operations are.

use plivo_codegen::Model;
use plivo_codegen::model::{Field, Object, Operation, Type};

use crate::evidence::{Evidence, Folder};
use crate::route::operations;

/// A spec, its evidence, and what of the two belongs together.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) model: &'a Model,
    pub(crate) evidence: &'a Evidence,
    pub(crate) matches: Vec<Match<'a>>,
}

/// An operation of the SDKs, and the operations of the spec that it is: usually one.
#[derive(Debug)]
pub(crate) struct Match<'a> {
    pub(crate) folder: &'a Folder,
    pub(crate) name: &'a str,
    pub(crate) operations: Vec<&'a Operation>,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(model: &'a Model, evidence: &'a Evidence) -> Self {
        let of_folder = |folder: &'a Folder| {
            let names = folder.operations().into_iter();
            names.map(move |name| {
                let operations = operations(model, evidence, folder, name);
                Match { folder, name, operations }
            })
        };
        let matches = evidence.folders.iter().flat_map(of_folder).collect();
        Self { model, evidence, matches }
    }

    /// The operations of a folder.
    pub(crate) fn of_folder(&self, folder: &Folder) -> impl Iterator<Item = &Match<'a>> {
        self.matches.iter().filter(move |found| found.folder.name == folder.name)
    }

    /// The operations of the spec that an operation of a folder is.
    pub(crate) fn operations(&self, folder: &Folder, name: &str) -> &[&'a Operation] {
        let found = self.of_folder(folder).find(|found| found.name == name);
        found.map(|found| found.operations.as_slice()).unwrap_or_default()
    }

    /// The request type of an operation.
    pub(crate) fn request(&self, operation: &Operation) -> &'a Object {
        &self.model[operation.request]
    }

    /// The objects that the fields of a name contain, in the requests of some operations and in their parts.
    pub(crate) fn parts(&self, operations: &[&'a Operation], name: &str) -> Vec<&'a Object> {
        let mut search = Search { model: self.model, name, seen: Vec::new(), found: Vec::new() };
        operations.iter().for_each(|operation| search.object(self.request(operation)));
        search.found
    }
}

impl Match<'_> {
    /// The place of the first row about the operation.
    pub(crate) fn place(&self) -> &str {
        let row = self.folder.routes.iter().find(|row| row.operation == self.name);
        row.map(|row| row.place.as_str()).unwrap_or_default()
    }
}

/// The field of an object by its name.
pub(crate) fn field<'o>(object: &'o Object, name: &str) -> Option<&'o Field> {
    object.fields.iter().find(|field| field.name == name)
}

/// The object of a type, or of its items.
pub(crate) fn object_of<'m>(model: &'m Model, ty: &Type) -> Option<&'m Object> {
    match ty {
        Type::Object(id) => Some(&model[*id]),
        Type::List(item) | Type::Map(item) => object_of(model, item),
        _ => None,
    }
}

/// A search for the objects in fields of a name.
struct Search<'m, 's> {
    model: &'m Model,
    name: &'s str,
    seen: Vec<*const Object>,
    found: Vec<&'m Object>,
}

impl<'m> Search<'m, '_> {
    fn object(&mut self, object: &'m Object) {
        if self.seen.contains(&std::ptr::from_ref(object)) {
            return;
        }
        self.seen.push(object);
        for field in &object.fields {
            let Some(part) = object_of(self.model, &field.ty) else { continue };
            if field.name == self.name && !self.found.iter().any(|found| std::ptr::eq(*found, part)) {
                self.found.push(part);
            }
            self.object(part);
        }
    }
}
