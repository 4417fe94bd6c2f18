//! The fields of a stored object. Several answers may show one object, each with other fields.

use plivo_codegen::model::{Collection, Does, Field, Model, Resource};

/// The fields that the answers about a stored object show: those of the object, then those that only an operation
/// shows that reads or lists objects.
pub(super) fn shown_fields<'a>(model: &'a Model, resource: &'a Resource, collection: &Collection) -> Vec<&'a Field> {
    let reads = |does| matches!(does, Does::Read | Does::List);
    let operations = resource.operations.iter().filter(|operation| reads(operation.does));
    let answers = operations.filter_map(|operation| operation.answer.object());
    let mut shown: Vec<&Field> = Vec::new();
    for object in [collection.object].into_iter().chain(answers) {
        for field in &model[object].fields {
            if !shown.iter().any(|other| other.name == field.name) {
                shown.push(field);
            }
        }
    }
    shown
}
