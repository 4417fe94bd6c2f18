//! The given fields of a request: its own fields, and the extra values that are sent with it.

use serde_json::Value as Json;

use super::pointer::PathStep;
use crate::schema::{Extra, Field, Object, Operation, Schema, View, is_given};

/// The value of a field that is set.
pub(super) enum Found<'v> {
    /// An extra value, or a part of one.
    Extra(&'v Json),
    /// A value of the request.
    Own(&'static Field, View<'v>),
}

/// Decides which fields are given.
#[derive(Clone, Copy)]
pub(super) struct GivenFields<'e> {
    pub(super) operation: &'e Operation,
    pub(super) extra: &'e Extra,
}

impl<'e> GivenFields<'e> {
    /// The extra value that replaces a field of the request.
    pub(super) fn extra(&self, path: &PathStep<'_>, schema: &Schema, name: &str) -> Option<&'e Json> {
        if let PathStep::Root = path { self.extra.sent_value(name, self.operation, schema) } else { None }
    }

    /// The value of a field that is set. Dots in the name lead into objects.
    pub(super) fn find<'v>(&self, path: &PathStep<'_>, object: &'v dyn Object, name: &str) -> Option<Found<'v>>
    where
        'e: 'v,
    {
        if let Some(json) = self.extra(path, object.schema(), name) {
            return Some(Found::Extra(json));
        }
        if let Some((field, value)) = object.fields().find(|(field, _)| field.name == name) {
            return Some(Found::Own(field, value.view()));
        }
        let mut steps = name.split('.');
        let first = steps.next()?;
        if let Some(json) = self.extra(path, object.schema(), first) {
            return steps.try_fold(json, |json, step| json.get(step)).map(Found::Extra);
        }
        let (field, value) = object.fields().find(|(field, _)| field.name == first)?;
        let (field, view) = steps.try_fold((field, value.view()), |(_, view), step| {
            let View::Object(inner) = view else { return None };
            let (field, value) = inner.fields().find(|(field, _)| field.name == step)?;
            Some((field, value.view()))
        })?;
        Some(Found::Own(field, view))
    }

    /// Whether a value counts as given.
    pub(super) fn counts(&self, found: &Found<'_>) -> bool {
        match found {
            Found::Extra(json) => !json.is_null(),
            Found::Own(field, view) => is_given(field, *view, self.operation.empty_text),
        }
    }

    /// The number of extra values in the body. The keys that defer the result do not count.
    pub(super) fn extra_in_body(&self, path: &PathStep<'_>, schema: &Schema) -> u64 {
        let PathStep::Root = path else { return 0 };
        let given = self.extra.in_body(self.operation, schema);
        let given = given.filter(|(name, _)| !self.operation.is_deferral_key(name));
        given.filter(|(name, _)| self.extra.sent_value(name, self.operation, schema).is_some()).count() as u64
    }
}
