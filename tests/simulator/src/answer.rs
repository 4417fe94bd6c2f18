//! Gives an outcome the form that the model wants.

use crate::operate::Outcome;
use crate::page::Page;
use crate::placeholder::{is_always, placeholder};
use crate::state::Stored;
use http::StatusCode;
use plivo_codegen::interpret::{Parameters, example_of, examples_of, shows_success};
use plivo_codegen::model::{Collection, Example, Field, Meta, Model, ObjectId, Operation, Resource, ResponseShape};
use serde_json::{Map, Value};

/// The answer of an operation that succeeded, without its `api_id`.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The first status of the operation.
    pub(crate) status: StatusCode,
    /// The body.
    pub(crate) body: Map<String, Value>,
}

/// Makes the answer of an operation.
pub(crate) fn answer(
    model: &Model,
    resource: &Resource,
    operation: &Operation,
    parameters: &Parameters,
    outcome: Outcome,
) -> Answer {
    let form = Form { model, operation, collection: resource.collection.as_ref() };
    let first_status = operation.answer.statuses.first().copied();
    let status = first_status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    let of_request = || documented(model, resource, operation, parameters);
    let example = match &outcome {
        Outcome::Examples => {
            of_request().or_else(|| examples(resource, operation).find(|it| shows_success(model, operation, it)))
        }
        Outcome::Deferred => of_request(),
        Outcome::One(_) | Outcome::Many(_) => None,
    };
    let of_example = |example: &Example| {
        let body = example.answer.as_ref()?.as_object()?.clone();
        let own_status = example.status.and_then(|status| StatusCode::from_u16(status).ok());
        Some(Answer { status: own_status.unwrap_or(status), body })
    };
    example.and_then(of_example).unwrap_or_else(|| Answer { status, body: form.body(outcome) })
}

fn examples<'a>(resource: &'a Resource, operation: &'a Operation) -> impl Iterator<Item = &'a Example> {
    operation.examples.iter().filter_map(|index| resource.examples.get(*index))
}

/// The example that holds the documented answer to this request.
pub(crate) fn documented<'a>(
    model: &Model,
    resource: &'a Resource,
    operation: &'a Operation,
    parameters: &Parameters,
) -> Option<&'a Example> {
    examples(resource, operation).find(|example| answers(model, operation, example, parameters))
}

fn answers(model: &Model, operation: &Operation, example: &Example, parameters: &Parameters) -> bool {
    let request = example.request.as_object().cloned().map(Parameters::from);
    let is_same = request.is_some_and(|request| request.meant(model, operation) == *parameters);
    is_same && example.answer.as_ref().is_some_and(Value::is_object)
}

struct Form<'a> {
    model: &'a Model,
    operation: &'a Operation,
    collection: Option<&'a Collection>,
}

impl Form<'_> {
    fn body(&self, outcome: Outcome) -> Map<String, Value> {
        let mut body = Map::new();
        if matches!(outcome, Outcome::Deferred) {
            body.insert("message".to_owned(), Value::from("async api spawned"));
            return body;
        }
        match &self.operation.answer.shape {
            ResponseShape::Bare => body = self.single(&outcome),
            ResponseShape::Under(key) => put(&mut body, key, Value::Object(self.single(&outcome))),
            ResponseShape::List { key, total, meta } => {
                let page = self.page(outcome);
                let mut position = page.meta;
                if let Some(total) = total {
                    position.insert(total.clone(), Value::from(page.total));
                }
                put(&mut body, key, page.objects.into_iter().map(|item| self.item(item)).collect());
                // The position stands beside the array, also where the array stands inside of an object.
                let beside = |name: &str| match key.rsplit_once('.') {
                    Some((outer, _)) => format!("{outer}.{name}"),
                    None => name.to_owned(),
                };
                match meta {
                    Meta::Object => put(&mut body, &beside("meta"), Value::Object(position)),
                    Meta::Flat => position.into_iter().for_each(|(name, value)| put(&mut body, &beside(&name), value)),
                    Meta::None => {}
                }
            }
        }
        body
    }

    /// An item of a list: the object, or of plain values the id of the stored object.
    fn item(&self, object: Map<String, Value>) -> Value {
        if self.operation.answer.object().is_some() {
            return Value::Object(object);
        }
        self.collection.and_then(|collection| object.get(&collection.id).cloned()).unwrap_or_default()
    }

    fn single(&self, outcome: &Outcome) -> Map<String, Value> {
        match outcome {
            Outcome::One(stored) => self.object(stored),
            Outcome::Many(_) | Outcome::Examples | Outcome::Deferred => {
                // Where there are none, the answer has no fields: the generator sees to it.
                self.operation.answer.object().and_then(|id| examples_of(self.model, id)).unwrap_or_default()
            }
        }
    }

    fn page(&self, outcome: Outcome) -> Page {
        match outcome {
            Outcome::Many(page) => {
                let objects = page.objects.iter().map(|stored| self.object(stored)).collect();
                Page { objects, ..page }
            }
            Outcome::One(_) | Outcome::Examples | Outcome::Deferred => Page::of_one(self.single(&outcome)),
        }
    }

    /// The answer's fields out of a stored object.
    ///
    /// What the stored object could have and has not is absent: an example there would be something
    /// that nobody stored. What it could not have, such as a message, is the example.
    fn object(&self, stored: &Stored) -> Map<String, Value> {
        let Some(id) = self.operation.answer.object() else { return stored.clone() };
        self.shown(id, stored)
    }

    fn shown(&self, id: ObjectId, stored: &Stored) -> Map<String, Value> {
        let fields = self.model[id].fields.iter();
        let shown = fields.filter_map(|field| {
            let value = stored.get(&field.name).cloned();
            let value = value.or_else(|| self.otherwise(field))?;
            Some((field.name.clone(), value))
        });
        shown.collect()
    }

    fn otherwise(&self, field: &Field) -> Option<Value> {
        let example = if self.is_stored(field) { None } else { example_of(self.model, field) };
        example.or_else(|| is_always(field).then(|| placeholder(self.model, &field.ty)))
    }

    fn is_stored(&self, field: &Field) -> bool {
        self.collection
            .is_some_and(|collection| self.model[collection.object].fields.iter().any(|kept| kept.name == field.name))
    }
}

/// Puts a value under a key. Dots in it lead into objects.
fn put(body: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            body.insert(key.to_owned(), value);
        }
        Some((outer, inner)) => {
            let nested = body.entry(outer).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(nested) = nested {
                put(nested, inner, value);
            }
        }
    }
}
