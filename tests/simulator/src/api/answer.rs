//! Builds the answer of an operation in the shape that the model gives.

use super::ValidRequest;
use super::examples::{documented_answer, successful_answer};
use super::execute::Executed;
use super::fit::{fit, fit_field};
use super::page::Page;
use super::shown::shown_fields;
use super::stand_in::{default_of, stand_in};
use crate::http::response::{Response, allows_body};
use crate::store::StoredObject;
use http::StatusCode;
use plivo_codegen::interpret::{answer_to, examples_of, stored_form};
use plivo_codegen::model::{Collection, Example, Field, Location, Meta, ObjectId, Presence, ResponseShape, Type};
use serde_json::{Map, Value};

/// The answer of an executed operation, without its `api_id`.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status.
    status: StatusCode,
    /// The JSON body.
    body: Map<String, Value>,
}

impl Answer {
    /// The response with the id of the request.
    pub(super) fn into_response(mut self, api_id: &str) -> Response {
        if !allows_body(self.status) {
            return Response::empty(self.status);
        }
        self.body.insert("api_id".to_owned(), Value::from(api_id));
        Response::json(self.status, self.body)
    }
}

/// Builds the answer of an operation. Its status is the first one that the spec lists, or the status of the example.
pub(super) fn build(request: &ValidRequest<'_>, executed: Executed) -> Answer {
    let described_as = answer_to(request.model, request.operation, request.parameters);
    let first_status = described_as.statuses.first().copied();
    let status = first_status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    let example = match &executed {
        Executed::Example => documented_answer(request).or_else(|| successful_answer(request)),
        Executed::Deferred => documented_answer(request),
        Executed::Object(_) | Executed::Page(_) => None,
    };
    let builder = Builder { request, shape: &described_as.shape, collection: request.resource.collection.as_ref() };
    let from_example = |example: &Example| {
        let mut body = example.answer.as_ref()?.as_object()?.clone();
        if documented_answer(request).is_none() {
            builder.set_path_values_in(&mut body);
        }
        let own_status = example.status.and_then(|status| StatusCode::from_u16(status).ok());
        Some(Answer { status: own_status.unwrap_or(status), body })
    };
    example.and_then(from_example).unwrap_or_else(|| Answer { status, body: builder.body(executed) })
}

struct Builder<'a> {
    request: &'a ValidRequest<'a>,
    /// Where the body has the answer.
    shape: &'a ResponseShape,
    collection: Option<&'a Collection>,
}

impl Builder<'_> {
    fn body(&self, executed: Executed) -> Map<String, Value> {
        let mut body = Map::new();
        match self.shape {
            ResponseShape::Bare => body = self.single(&executed),
            ResponseShape::Under(key) => insert_at(&mut body, key, Value::Object(self.single(&executed))),
            ResponseShape::Says { key, text } => {
                if let Some(text) = text {
                    insert_at(&mut body, key, Value::from(text.as_str()));
                }
            }
            ResponseShape::List { key, total, meta, beside } => {
                let page = self.page(executed);
                let mut position = page.meta;
                if let Some(total) = total.first() {
                    position.insert(total.clone(), Value::from(page.total));
                }
                insert_at(&mut body, key, page.objects.into_iter().filter_map(|object| self.item(object)).collect());
                // The position is a sibling of the array, also if the array is inside an object.
                let sibling = |name: &str| match key.rsplit_once('.') {
                    Some((parent, _)) => format!("{parent}.{name}"),
                    None => name.to_owned(),
                };
                let parent = page.parent.unwrap_or_default();
                for (name, value) in beside.map(|beside| self.beside(beside, &parent)).unwrap_or_default() {
                    insert_at(&mut body, &sibling(&name), value);
                }
                match meta {
                    Meta::Object => insert_at(&mut body, &sibling("meta"), Value::Object(position)),
                    Meta::Flat => {
                        position.into_iter().for_each(|(name, value)| insert_at(&mut body, &sibling(&name), value));
                    }
                    Meta::None => {}
                }
            }
        }
        body
    }

    /// The object beside a list: values of the request and of the object that contains the list, and examples.
    fn beside(&self, id: ObjectId, parent: &StoredObject) -> Map<String, Value> {
        let fields = self.request.model[id].fields.iter().filter_map(|field| {
            let mut names = field.holds.iter().chain([&field.name]);
            let given = names.find_map(|name| self.request.parameters.get(name).or_else(|| parent.get(name)));
            let given = given.and_then(|value| self.shown(field, value));
            Some((field.name.clone(), given.or_else(|| self.default_value(field))?))
        });
        fields.collect()
    }

    /// An item of a list: the object, or only its id if the list contains plain values.
    fn item(&self, object: Map<String, Value>) -> Option<Value> {
        let answer = &self.request.operation.answer;
        if answer.object().is_some() {
            return Some(Value::Object(object));
        }
        fit(self.request.model, &answer.ty, object.get(self.collection?.id.as_ref()?)?)
    }

    fn single(&self, executed: &Executed) -> Map<String, Value> {
        match executed {
            Executed::Object(stored) => self.object(stored),
            Executed::Page(_) | Executed::Example | Executed::Deferred => {
                // The generator ensures that an answer without examples has no fields.
                let object = self.request.operation.answer.object();
                let mut object = object.and_then(|id| examples_of(self.request.model, id)).unwrap_or_default();
                self.set_path_values(&mut object);
                object
            }
        }
    }

    /// Replaces what an example shows of another object: where the answer has fields that are parameters of the path
    /// or hold them, it has the values of this request.
    fn set_path_values(&self, object: &mut Map<String, Value>) {
        if let Some(id) = self.request.operation.answer.object() {
            self.set_path_values_of(id, object);
        }
    }

    /// The same, for an object in the answer. The items of a longer list are not all about one path.
    fn set_path_values_of(&self, id: ObjectId, object: &mut Map<String, Value>) {
        let ValidRequest { model, operation, parameters, .. } = *self.request;
        let in_path = |name: &&String| {
            let mut fields = model[operation.request].fields.iter();
            fields.any(|field| field.location == Location::Path && field.name == **name)
        };
        for field in &model[id].fields {
            let source = [Some(&field.name), field.holds.as_ref()].into_iter().flatten().find(in_path);
            let value = source.and_then(|name| self.shown(field, parameters.get(name)?));
            if let Some(value) = value {
                object.insert(field.name.clone(), value);
                continue;
            }
            let inner = match (&field.ty, object.get_mut(&field.name)) {
                (Type::Object(id), Some(Value::Object(inner))) => Some((*id, inner)),
                (Type::List(item), Some(Value::Array(items))) => match (&**item, items.as_mut_slice()) {
                    (Type::Object(id), [Value::Object(inner)]) => Some((*id, inner)),
                    _ => None,
                },
                _ => None,
            };
            if let Some((id, inner)) = inner {
                self.set_path_values_of(id, inner);
            }
        }
    }

    /// The same, in the body of a documented answer.
    fn set_path_values_in(&self, body: &mut Map<String, Value>) {
        match self.shape {
            ResponseShape::Bare => self.set_path_values(body),
            ResponseShape::Under(key) => match value_at(body, key) {
                Some(Value::Object(object)) => self.set_path_values(object),
                None | Some(Value::Null) if self.request.operation.answer.unwrapped.is_some() => {
                    self.set_path_values(body);
                }
                _ => {}
            },
            ResponseShape::Says { .. } => {}
            ResponseShape::List { key, .. } => {
                let Some(Value::Array(items)) = value_at(body, key) else { return };
                items.iter_mut().filter_map(Value::as_object_mut).for_each(|item| self.set_path_values(item));
            }
        }
    }

    fn page(&self, executed: Executed) -> Page {
        match executed {
            Executed::Page(page) => {
                let objects = page.objects.iter().map(|stored| self.object(stored)).collect();
                Page { objects, ..page }
            }
            Executed::Object(_) | Executed::Example | Executed::Deferred => Page::of_one(self.single(&executed), None),
        }
    }

    /// The fields of the answer, taken from a stored object.
    ///
    /// A field that the stored object lacks is absent: an example would look like a stored value. A field that is
    /// never stored, such as a message, has its example.
    fn object(&self, stored: &StoredObject) -> Map<String, Value> {
        match self.request.operation.answer.object() {
            Some(id) => self.object_of(id, stored),
            None => stored.clone(),
        }
    }

    /// The same, for one of the objects in the answer.
    fn object_of(&self, id: ObjectId, stored: &StoredObject) -> Map<String, Value> {
        let fields = self.request.model[id].fields.iter().filter_map(|field| {
            let held = || stored.get(field.holds.as_ref()?);
            let value = || stored.get(&field.name).or_else(held).and_then(|value| self.shown(field, value));
            let value = self.inner(field, stored).or_else(value);
            Some((field.name.clone(), value.or_else(|| self.default_value(field))?))
        });
        fields.collect()
    }

    /// A value as an answer shows it in a field.
    fn shown(&self, field: &Field, value: &Value) -> Option<Value> {
        let model = self.request.model;
        fit_field(model, field, value).map(|value| stored_form(model, field, &value))
    }

    /// What is inside of an answer: the stored object itself, or the list of all objects that a request created.
    fn inner(&self, field: &Field, stored: &StoredObject) -> Option<Value> {
        match &field.ty {
            Type::Object(id) => {
                let is_itself = Some(*id) == self.collection.map(|collection| collection.object);
                (is_itself && !self.is_stored(field)).then(|| Value::from(self.object_of(*id, stored)))
            }
            Type::List(item) => {
                let Type::Object(id) = **item else { return None };
                let creates = self.request.operation.creates.as_ref()?;
                let created = stored.get(creates.objects.as_ref().filter(|list| **list == field.name)?)?.as_array()?;
                Some(created.iter().filter_map(Value::as_object).map(|object| self.object_of(id, object)).collect())
            }
            _ => None,
        }
    }

    fn default_value(&self, field: &Field) -> Option<Value> {
        let model = self.request.model;
        if !self.is_stored(field) {
            return default_of(model, field);
        }
        matches!(field.presence, Presence::Always(_)).then(|| stand_in(model, field))
    }

    fn is_stored(&self, field: &Field) -> bool {
        self.collection.is_some_and(|collection| {
            let shown = shown_fields(self.request.model, self.request.resource, collection);
            shown.iter().any(|stored| stored.name == field.name)
        })
    }
}

/// The value under a key. Dots in the key separate nested objects.
fn value_at<'b>(body: &'b mut Map<String, Value>, key: &str) -> Option<&'b mut Value> {
    match key.split_once('.') {
        None => body.get_mut(key),
        Some((parent, rest)) => value_at(body.get_mut(parent)?.as_object_mut()?, rest),
    }
}

/// Inserts a value under a key. Dots in the key separate nested objects.
fn insert_at(body: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            body.insert(key.to_owned(), value);
        }
        Some((parent, rest)) => {
            let nested = body.entry(parent).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(nested) = nested {
                insert_at(nested, rest, value);
            }
        }
    }
}
