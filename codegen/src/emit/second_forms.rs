//! Sentences about the second forms that values of answers are known to have.

use crate::model::{Field, One, Presence, Role, Type, ValueKind};

/// What other kinds of value a field of an answer can have, and what happens to them.
pub(super) fn second_forms(role: Role, field: &Field) -> Vec<String> {
    if role != Role::Answer {
        return Vec::new();
    }
    let items = field.items_also.map(|kind| {
        let consequence = if is_read(item_of(&field.ty), kind) { "it is converted" } else { "it is then left out" };
        format!("Some items are {} instead; {consequence}.", value_of_kind(kind))
    });
    let one = (field.one != One::Listed).then(|| "A single value is read as a list of one.".to_owned());
    let also = field.also.map(|kind| {
        let consequence = match field.presence {
            _ if is_read(&field.ty, kind) => "it is converted to the type of the field",
            Presence::Always(_) => "it is then invalid",
            _ => "the field is then `None`",
        };
        format!("Some answers contain {} instead; {consequence}.", value_of_kind(kind))
    });
    [items, one, also].into_iter().flatten().collect()
}

/// Whether a value of the second kind can be converted to the type.
fn is_read(ty: &Type, also: ValueKind) -> bool {
    match ty {
        Type::Text | Type::Decimal | Type::Timestamp | Type::Moment | Type::Enum(_) => {
            matches!(also, ValueKind::Number | ValueKind::Boolean)
        }
        Type::Integer | Type::Number | Type::Boolean => also == ValueKind::Text,
        Type::Choice(_) | Type::Any | Type::File | Type::Object(_) | Type::List(_) | Type::Map(_) => false,
    }
}

/// What lists and maps contain in the end.
fn item_of(ty: &Type) -> &Type {
    match ty {
        Type::List(items) | Type::Map(items) => item_of(items),
        ty => ty,
    }
}

/// A value of a kind, as in "a string".
fn value_of_kind(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Text => "a string",
        ValueKind::Number => "a number",
        ValueKind::Boolean => "a boolean",
        ValueKind::List => "a list",
        ValueKind::Object => "an object",
    }
}
