//! Gives an outcome the form that the model wants.

use crate::examples;
use crate::operate::Outcome;
use crate::page::Page;
use crate::state::Stored;
use axum::http::StatusCode;
use plivo_codegen::model::{Collection, Field, Model, Operation, Presence, Shape};
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
    operation: &Operation,
    collection: Option<&Collection>,
    outcome: Outcome,
) -> Answer {
    let form = Form { model, operation, collection };
    let first_status = operation.answer.statuses.first().copied();
    let status = first_status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    Answer { status, body: form.body(outcome) }
}

struct Form<'a> {
    model: &'a Model,
    operation: &'a Operation,
    collection: Option<&'a Collection>,
}

impl Form<'_> {
    fn body(&self, outcome: Outcome) -> Map<String, Value> {
        let mut body = Map::new();
        match &self.operation.answer.shape {
            Shape::Bare => body = self.single(&outcome),
            Shape::Under(key) => put(&mut body, key, Value::Object(self.single(&outcome))),
            Shape::List { key, total } => {
                let page = self.page(outcome);
                let mut meta = page.meta;
                if let Some(total) = total {
                    meta.insert(total.clone(), Value::from(page.total));
                }
                // `meta` stands beside the array, also where the array stands inside of an object.
                let beside =
                    key.rsplit_once('.').map_or_else(|| "meta".to_owned(), |(outer, _)| format!("{outer}.meta"));
                put(&mut body, key, page.objects.into_iter().map(Value::Object).collect());
                put(&mut body, &beside, Value::Object(meta));
            }
        }
        body
    }

    fn single(&self, outcome: &Outcome) -> Map<String, Value> {
        match outcome {
            Outcome::One(stored) => self.object(stored),
            Outcome::Many(_) | Outcome::Examples => examples::object(self.model, self.operation.answer.object),
        }
    }

    fn page(&self, outcome: Outcome) -> Page {
        match outcome {
            Outcome::Many(page) => {
                let objects = page.objects.iter().map(|stored| self.object(stored)).collect();
                Page { objects, ..page }
            }
            Outcome::One(_) | Outcome::Examples => Page::of_one(self.single(&outcome)),
        }
    }

    /// The answer's fields out of a stored object.
    ///
    /// What the stored object could have and has not is absent: an example there would be something
    /// that nobody stored. What it could not have, such as a message, is the example.
    fn object(&self, stored: &Stored) -> Map<String, Value> {
        let fields = self.model[self.operation.answer.object].fields.iter();
        let shown = fields.filter_map(|field| {
            let value = stored.get(&field.name).cloned();
            let value = value.or_else(|| self.otherwise(field))?;
            Some((field.name.clone(), value))
        });
        shown.collect()
    }

    fn otherwise(&self, field: &Field) -> Option<Value> {
        let always = matches!(field.presence, Presence::Always(_));
        let example = if self.is_stored(field) { None } else { examples::example(self.model, field) };
        example.or_else(|| always.then(|| examples::placeholder(self.model, &field.ty)))
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
