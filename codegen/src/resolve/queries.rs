//! Questions about types.

use crate::model::{Field, Location, Model, ObjectId, Path, Role, Segment, Type};

/// The type of what lists and maps hold in the end.
pub(super) fn item_of(ty: &Type) -> &Type {
    match ty {
        Type::List(items) | Type::Map(items) => item_of(items),
        ty => ty,
    }
}

/// Whether a value is one text on the wire.
pub(super) fn is_scalar(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Text | Type::Integer | Type::Number | Type::Boolean | Type::Moment | Type::Enum(_) | Type::Choice(_)
    )
}

/// Whether values of the type, or the items of its lists, are in answers only.
pub(super) fn holds_answer(model: &Model, ty: &Type) -> bool {
    match item_of(ty) {
        Type::Timestamp | Type::Decimal => true,
        Type::Object(id) => model[*id].role == Role::Answer,
        _ => false,
    }
}

/// Whether a file is somewhere in the type.
pub(super) fn holds_file(model: &Model, ty: &Type) -> bool {
    let mut seen = Vec::new();
    holds_unseen_file(model, ty, &mut seen)
}

/// An object may hold itself, so each is looked into once.
fn holds_unseen_file(model: &Model, ty: &Type, seen: &mut Vec<ObjectId>) -> bool {
    match ty {
        Type::File => true,
        Type::List(items) | Type::Map(items) => holds_unseen_file(model, items, seen),
        Type::Object(id) if !seen.contains(id) => {
            seen.push(*id);
            model[*id].fields.iter().any(|field| holds_unseen_file(model, &field.ty, seen))
        }
        Type::Object(_)
        | Type::Text
        | Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Timestamp
        | Type::Moment
        | Type::Decimal
        | Type::Any
        | Type::Enum(_)
        | Type::Choice(_) => false,
    }
}

/// Whether a path names an object: by its id, or by a text with a form that has the id.
pub(super) fn names_object<'f>(
    model: &Model,
    id: &str,
    path: &Path,
    mut fields: impl Iterator<Item = &'f Field>,
) -> bool {
    let is_named = |segment: &Segment| matches!(segment, Segment::Parameter(name) if name == id);
    let has_form = |ty: &Type| matches!(ty, Type::Choice(choice) if model[*choice].form_of(id).is_some());
    path.segments.iter().any(is_named) || fields.any(|field| field.location == Location::Path && has_form(&field.ty))
}
