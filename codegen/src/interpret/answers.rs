//! Validates the bodies of answers.

use serde_json::{Map, Value};

use super::constraints::kind;
use super::parameters::Parameters;
use super::second::listed;
use super::violation::{Check, Violation, pointer_to};
use crate::model::{Answer, Field, Level, Model, ObjectId, Operation, Presence, ResponseShape, Type, ValueKind};

/// Whether a request defers its result.
pub fn is_deferred(operation: &Operation, request: &Parameters) -> bool {
    operation.deferral.as_ref().is_some_and(|keys| request.get(&keys.url.name).is_some())
}

/// The description of the answer to a request: a confirmation, if the request defers its result.
pub fn answer_to<'m>(model: &'m Model, operation: &'m Operation, request: &Parameters) -> &'m Answer {
    let deferral = model.deferral.as_ref().filter(|_| is_deferred(operation, request));
    deferral.map_or(&operation.answer, |deferral| &deferral.answer)
}

/// Returns the violations in the body of an answer: fields that are always present and absent here, fields that are
/// not described, and values of another kind.
pub fn validate_answer(model: &Model, answer: &Answer, body: &Value) -> Vec<Violation> {
    let mut check = Check::new(model);
    // An answer with an error contains nothing else.
    if refuses(model, body) {
        return check.violations;
    }
    match &answer.shape {
        ResponseShape::Bare => check.answer(&answer.ty, None, "", body),
        ResponseShape::Under(key) => match check.inside(key, body) {
            None | Some((_, Value::Null)) if answer.unwrapped.is_some() && check.is_unwrapped(answer, body) => {}
            Some((pointer, value)) => check.answer(&answer.ty, None, &pointer, value),
            None => check.absent(&pointer_of(key)),
        },
        ResponseShape::Says { key, .. } => match check.inside(key, body) {
            None | Some((_, Value::String(_))) => {}
            Some((pointer, _)) => check.wrong(&pointer, "must be text"),
        },
        ResponseShape::List { key, beside, .. } => match check.inside(key, body) {
            Some((pointer, Value::Array(items))) => {
                check.beside(*beside, key, body);
                for (index, item) in items.iter().enumerate() {
                    check.answer(&answer.ty, None, &pointer_to(&pointer, &index.to_string()), item);
                }
            }
            Some((pointer, _)) => check.wrong(&pointer, "must be a list"),
            None => check.absent(&pointer_of(key)),
        },
    }
    check.violations
}

/// Returns the errors in the value of a field that a stored object has: a value of another kind than answers contain,
/// or one that breaks a constraint.
pub fn validate_shown(model: &Model, field: &Field, value: &Value) -> Vec<Violation> {
    let mut check = Check::new(model);
    if is_second_kind(field, value) {
        return check.violations;
    }
    check.answer(&field.ty, field.items_also, "", value);
    if check.violations.is_empty() {
        check.value(&field.ty, &field.constraints, "", value);
        // The types are right, or the known second ones of items.
        check.violations.retain(|violation| violation.level == Level::Error && violation.rule != "type");
    }
    check.violations
}

/// Whether the body reports an error, whatever the status.
pub(super) fn refuses(model: &Model, body: &Value) -> bool {
    body.get(&model.errors.refusal).is_some_and(says_something)
}

/// Whether a value is a non-empty string, a number other than 0, `true`, or a list or object that contains one.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(is_true) => *is_true,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(entries) => entries.values().any(says_something),
    }
}

fn pointer_of(key: &str) -> String {
    format!("/{}", key.replace('.', "/"))
}

impl Check<'_> {
    /// The value under a key with dots between its steps.
    fn inside<'b>(&self, key: &str, body: &'b Value) -> Option<(String, &'b Value)> {
        let pointer = pointer_of(key);
        body.pointer(&pointer).map(|value| (pointer.clone(), value))
    }

    fn wrong(&mut self, pointer: &str, demand: impl Into<String>) {
        self.report(pointer, "type", Level::Error, demand);
    }

    fn absent(&mut self, pointer: &str) {
        self.report(pointer, "required", Level::Error, "must be present");
    }

    /// Checks a value. `items_also` is the second kind of what lists and maps contain in the end.
    fn answer(&mut self, ty: &Type, items_also: Option<ValueKind>, pointer: &str, value: &Value) {
        match (ty, value) {
            (Type::Object(id), Value::Object(given)) => self.answer_object(*id, pointer, given),
            (Type::Object(_), _) => self.wrong(pointer, "must be an object"),
            (Type::List(item), Value::Array(given)) => {
                for (index, value) in given.iter().enumerate() {
                    self.item(item, items_also, &pointer_to(pointer, &index.to_string()), value);
                }
            }
            (Type::Map(item), Value::Object(given)) => {
                for (key, value) in given {
                    self.item(item, items_also, &pointer_to(pointer, key), value);
                }
            }
            (Type::Choice(id), Value::String(text)) if self.model[*id].read(text).is_some() => {}
            _ if has_type(ty, value) => {}
            _ => self.wrong(pointer, format!("must be {}", kind(ty))),
        }
    }

    fn item(&mut self, ty: &Type, also: Option<ValueKind>, pointer: &str, value: &Value) {
        if !also.is_some_and(|kind| is_of_kind(kind, value)) {
            self.answer(ty, also, pointer, value);
        }
    }

    /// Whether the body is the object of an answer itself. It may have other keys, such as a message.
    fn is_unwrapped(&self, answer: &Answer, body: &Value) -> bool {
        let mut check = Check::new(self.model);
        if let (Some(id), Value::Object(given)) = (answer.object(), body) {
            check.answer_fields(id, "", given);
        }
        answer.object().is_some() && check.violations.is_empty()
    }

    /// The object whose fields are beside a list. The answer may have other keys there.
    fn beside(&mut self, object: Option<ObjectId>, key: &str, body: &Value) {
        let parent = key.rsplit_once('.').map(|(parent, _)| pointer_of(parent)).unwrap_or_default();
        if let (Some(object), Some(Value::Object(given))) = (object, body.pointer(&parent)) {
            self.answer_fields(object, &parent, given);
        }
    }

    fn answer_object(&mut self, id: ObjectId, pointer: &str, given: &Map<String, Value>) {
        self.answer_fields(id, pointer, given);
        let fields = &self.model[id].fields;
        let refusal = &self.model.errors.refusal;
        let described = |key: &str| key == "api_id" || key == refusal || fields.iter().any(|field| field.name == key);
        for key in given.keys().filter(|key| !described(key)) {
            self.wrong(&pointer_to(pointer, key), "is not described");
        }
    }

    fn answer_fields(&mut self, id: ObjectId, pointer: &str, given: &Map<String, Value>) {
        let model = self.model;
        for field in &model[id].fields {
            let pointer = pointer_to(pointer, &field.name);
            match given.get(&field.name) {
                None | Some(Value::Null) if matches!(field.presence, Presence::Always(_)) => self.absent(&pointer),
                None | Some(Value::Null) => {}
                Some(value) if is_second_kind(field, value) => {}
                Some(value) => {
                    let list = listed(field, value);
                    self.answer(&field.ty, field.items_also, &pointer, list.as_ref().unwrap_or(value));
                }
            }
        }
    }
}

/// Whether a value is of another kind that is known to occur. A list with a delimiter can be a string.
fn is_second_kind(field: &Field, value: &Value) -> bool {
    let also = field.also.is_some_and(|kind| is_of_kind(kind, value));
    also || (field.constraints.delimiter.is_some() && value.is_string())
}

/// Whether a value is of a kind.
pub fn is_of_kind(kind: ValueKind, value: &Value) -> bool {
    matches!(
        (kind, value),
        (ValueKind::Text, Value::String(_))
            | (ValueKind::Number, Value::Number(_))
            | (ValueKind::Boolean, Value::Bool(_))
            | (ValueKind::List, Value::Array(_))
            | (ValueKind::Object, Value::Object(_))
    )
}

fn has_type(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Any => true,
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) => value.is_string(),
        Type::Integer => value.as_i64().is_some() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        Type::Number => value.is_number(),
        Type::Boolean => value.is_boolean(),
        Type::Choice(_) | Type::File | Type::Object(_) | Type::List(_) | Type::Map(_) => false,
    }
}
