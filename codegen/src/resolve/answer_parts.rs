//! Objects that are declared at a field or under `types`, and that only answers hold.

use super::queries::item_of;
use crate::model::{Model, ObjectId, Presence, Role, Type};

/// Makes answers of the parts that no request has: nothing builds them, and nothing checks their fields.
pub(super) fn make_answers_of_parts(model: &mut Model) {
    let sent = sent_objects(model);
    let parts = model.objects.iter_mut().zip(sent).filter(|(object, is_sent)| object.role == Role::Part && !is_sent);
    for (object, _) in parts {
        object.role = Role::Answer;
        for field in &mut object.fields {
            field.presence = in_answer(&field.presence);
        }
    }
}

/// The presence of a field, once only answers have it.
fn in_answer(presence: &Presence) -> Presence {
    match presence {
        Presence::Required(authority) => Presence::Always(authority.sources.clone()),
        Presence::Always(sources) => Presence::Always(sources.clone()),
        Presence::Optional | Presence::AnswerOnly => Presence::Optional,
    }
}

/// Which objects are requests, or inside of one.
fn sent_objects(model: &Model) -> Vec<bool> {
    let mut sent = vec![false; model.objects.len()];
    let requests = model.objects.iter().enumerate().filter(|(_, object)| object.role == Role::Request);
    let mut next: Vec<_> = requests.map(|(index, _)| ObjectId(index)).collect();
    while let Some(id) = next.pop() {
        if std::mem::replace(&mut sent[id.0], true) {
            continue;
        }
        let fields = model[id].fields.iter().filter(|field| field.presence != Presence::AnswerOnly);
        next.extend(fields.filter_map(|field| match item_of(&field.ty) {
            Type::Object(inner) => Some(*inner),
            _ => None,
        }));
    }
    sent
}
