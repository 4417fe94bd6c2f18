//! The spec under test.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use plivo_codegen::Model;
use plivo_codegen::interpret::{self, Parameters, Violation};
use plivo_codegen::model::{Field, Object, Operation, Resource, Type};
use serde_json::{Map, Value};

use crate::table;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let project = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let spec = std::env::var_os("PLIVO_SPEC").map_or_else(project, PathBuf::from);
    let sources = plivo_codegen::read_dir(&spec).unwrap_or_else(|diagnostics| panic!("{diagnostics}"));
    plivo_codegen::model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
});

pub(crate) fn model() -> &'static Model {
    &MODEL
}

/// The resources of the spec that have evidence.
pub(crate) fn resources() -> impl Iterator<Item = &'static Resource> {
    model().resources.iter().filter(|resource| table::directory(&resource.name).is_dir())
}

/// The operation of a resource by its name.
pub(crate) fn operation<'r>(resource: &'r Resource, name: &str) -> &'r Operation {
    let found = resource.operations.iter().find(|operation| operation.name == name);
    found.unwrap_or_else(|| panic!("{} has no operation `{name}`", resource.name))
}

/// The request type of an operation.
pub(crate) fn request(operation: &Operation) -> &'static Object {
    &model()[operation.request]
}

/// The object in the answer of an operation, or in its list.
pub(crate) fn answered(operation: &Operation) -> Option<&'static Object> {
    object_of(&operation.answer.ty)
}

pub(crate) fn field<'o>(object: &'o Object, name: &str) -> Option<&'o Field> {
    object.fields.iter().find(|field| field.name == name)
}

/// The object type of a field, from the first operation that has the field.
pub(crate) fn part_of(resource: &Resource, name: &str) -> Option<&'static Object> {
    let types = resource.operations.iter().filter_map(|operation| Some(&field(request(operation), name)?.ty));
    types.filter_map(object_of).next()
}

/// The object of an object type.
pub(crate) fn object_of(ty: &Type) -> Option<&'static Object> {
    match ty {
        Type::Object(id) => Some(&model()[*id]),
        _ => None,
    }
}

/// Validates a request.
pub(crate) fn findings(operation: &Operation, given: &Map<String, Value>) -> Vec<Violation> {
    interpret::validate(model(), operation, &Parameters::from(given.clone()))
}
