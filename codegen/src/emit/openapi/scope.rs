//! What a schema is made for.

use std::collections::BTreeSet;

use crate::model::{
    Answer, EmptyText, Location, Model, Module, Object, ObjectId, Operation, Owner, ResponseShape, Type,
};

/// The side of the API that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// What is sent. Limits and rules count here.
    Request(EmptyText),
    /// What is received. It is described as loosely as clients must read it.
    Answer,
}

/// The module and the side of a schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'m> {
    pub(super) model: &'m Model,
    pub(super) module: &'m Module,
    pub(super) side: Side,
}

impl<'m> Scope<'m> {
    /// The scope of an object. `None`: its module is missing, which a checked spec rules out.
    pub(super) fn of(model: &'m Model, object: &Object, side: Side) -> Option<Self> {
        Some(Self { model, module: model.module(object.owner)?, side })
    }

    pub(super) fn is_answer(&self) -> bool {
        self.side == Side::Answer
    }

    /// Whether an empty string that is sent counts as absent.
    pub(super) fn leaves_out_empty(&self) -> bool {
        self.side == Side::Request(EmptyText::LeftOut)
    }
}

/// The name of a component, such as `profile.Address`. In answers, the parts of requests have one of their own.
pub(super) fn component(model: &Model, owner: Owner, name: &str) -> String {
    let module = match owner {
        Owner::Shared => "types",
        Owner::Resource(id) => &model[id].name,
    };
    format!("{module}.{name}")
}

/// What bodies and parameters of requests contain, and what answers contain.
#[derive(Debug, Default)]
pub(super) struct Reached {
    pub(super) requests: BTreeSet<usize>,
    pub(super) answers: BTreeSet<usize>,
    /// The objects in requests that send empty strings.
    sent_empty: BTreeSet<usize>,
    pub(super) enums: BTreeSet<usize>,
}

impl Reached {
    pub(super) fn by(model: &Model) -> Self {
        let mut reached = Self::default();
        for operation in model.resources.iter().flat_map(|resource| &resource.operations) {
            reached.request(model, operation);
            reached.answer(model, &operation.answer);
        }
        if let Some(deferral) = &model.deferral {
            reached.answer(model, &deferral.answer);
        }
        reached
    }

    fn request(&mut self, model: &Model, operation: &Operation) {
        for field in model.request_fields(operation) {
            collect(model, &field.ty, &mut self.requests, &mut self.enums);
            if operation.empty_text == EmptyText::Sent {
                collect(model, &field.ty, &mut self.sent_empty, &mut self.enums);
            }
            if field.location == Location::Body {
                self.requests.insert(operation.request.0);
            }
        }
        if operation.empty_text == EmptyText::Sent {
            self.sent_empty.insert(operation.request.0);
        }
    }

    fn answer(&mut self, model: &Model, answer: &Answer) {
        let beside = match &answer.shape {
            ResponseShape::List { beside, .. } => beside.map(Type::Object),
            ResponseShape::Bare | ResponseShape::Under(_) | ResponseShape::Says { .. } => None,
        };
        if !matches!(answer.shape, ResponseShape::Says { .. }) {
            collect(model, &answer.ty, &mut self.answers, &mut self.enums);
        }
        beside.iter().for_each(|ty| collect(model, ty, &mut self.answers, &mut self.enums));
    }

    /// The side of an object in requests.
    pub(super) fn request_side(&self, id: ObjectId) -> Side {
        let is_sent = self.sent_empty.contains(&id.0);
        Side::Request(if is_sent { EmptyText::Sent } else { EmptyText::LeftOut })
    }
}

fn collect(model: &Model, ty: &Type, objects: &mut BTreeSet<usize>, enums: &mut BTreeSet<usize>) {
    match ty {
        Type::Object(id) => {
            if objects.insert(id.0) {
                model[*id].fields.iter().for_each(|field| collect(model, &field.ty, objects, enums));
            }
        }
        Type::List(item) | Type::Map(item) => collect(model, item, objects, enums),
        Type::Enum(id) => _ = enums.insert(id.0),
        Type::Text
        | Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Timestamp
        | Type::Moment
        | Type::Decimal
        | Type::Any
        | Type::File
        | Type::Choice(_) => {}
    }
}
