//! The values of a request: those of its path, query and body together.

use serde_json::{Map, Value};

use super::delimited;
use super::second::{Also, converted, listed, plain};
use crate::model::{DeferralKeys, EmptyText, Field, Model, Operation, Presence, Type};

/// The values of a request by wire name, whether from its path, its query or its body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    values: Map<String, Value>,
}

impl From<Map<String, Value>> for Parameters {
    fn from(values: Map<String, Value>) -> Self {
        Self { values }
    }
}

impl Parameters {
    /// The meaning of the request: without nulls, unknown keys, and empty strings that count as absent; with listed
    /// values in the letter case of the list, and with delimited strings as lists.
    #[must_use]
    pub fn meant(&self, model: &Model, operation: &Operation) -> Self {
        let reader = Reader { model, empty_text: operation.empty_text };
        let mut values = reader.fields(model[operation.request].fields.iter(), &self.values);
        // The keys that defer the result are no fields, so an empty URL is sent.
        let reader = Reader { model, empty_text: EmptyText::Sent };
        values.extend(reader.fields(operation.deferral.iter().flat_map(DeferralKeys::fields), &self.values));
        Self { values }
    }

    /// What is sent: the meaning of the request, with delimited lists as strings.
    #[must_use]
    pub fn sent(&self, model: &Model, operation: &Operation) -> Self {
        Self { values: sent(model, model.request_fields(operation), &self.meant(model, operation).values) }
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// All values.
    pub fn values(&self) -> &Map<String, Value> {
        &self.values
    }
}

fn sent<'m>(model: &Model, fields: impl Iterator<Item = &'m Field>, meant: &Map<String, Value>) -> Map<String, Value> {
    let given = fields.filter_map(|field| Some((field, meant.get(&field.name)?)));
    given.map(|(field, value)| (field.name.clone(), sent_field(model, field, value))).collect()
}

fn sent_field(model: &Model, field: &Field, value: &Value) -> Value {
    match &field.constraints.delimiter {
        _ if value.is_null() => Value::Null,
        Some(by) => delimited::join(&by.text, value),
        None => plain(field, sent_value(model, &field.ty, value)),
    }
}

fn sent_value(model: &Model, ty: &Type, value: &Value) -> Value {
    match (ty, value) {
        (Type::Object(id), Value::Object(given)) => Value::Object(sent(model, model[*id].fields.iter(), given)),
        (Type::List(item), Value::Array(given)) => given.iter().map(|value| sent_value(model, item, value)).collect(),
        (Type::Map(item), Value::Object(given)) => {
            given.iter().map(|(key, value)| (key.clone(), sent_value(model, item, value))).collect()
        }
        _ => value.clone(),
    }
}

struct Reader<'a> {
    model: &'a Model,
    empty_text: EmptyText,
}

impl Reader<'_> {
    fn fields<'m>(&self, fields: impl Iterator<Item = &'m Field>, given: &Map<String, Value>) -> Map<String, Value> {
        let carried = fields.filter(|field| field.presence != Presence::AnswerOnly);
        carried
            .filter_map(|field| {
                let value = given.get(&field.name).filter(|value| !self.is_absent(field, value))?;
                Some((field.name.clone(), self.field(field, value)))
            })
            .collect()
    }

    fn field(&self, field: &Field, value: &Value) -> Value {
        match (&field.constraints.delimiter, value) {
            (_, Value::Null) => Value::Null,
            (Some(by), Value::String(text)) => {
                self.value(&field.ty, Also::of(field), &delimited::split(&by.text, &field.ty, text))
            }
            _ => self.value(&field.ty, Also::of(field), listed(field, value).as_ref().unwrap_or(value)),
        }
    }

    fn value(&self, ty: &Type, also: Also, value: &Value) -> Value {
        let converted = converted(ty, also.value, value);
        let value = converted.as_ref().unwrap_or(value);
        match (ty, value) {
            (Type::Object(id), Value::Object(given)) => {
                Value::Object(self.fields(self.model[*id].fields.iter(), given))
            }
            (Type::List(item), Value::Array(given)) => {
                given.iter().map(|value| self.value(item, also.of_items(item), value)).collect()
            }
            (Type::Map(item), Value::Object(given)) => {
                // An entry has a name, as a field does: null is no entry.
                let entries = given.iter().filter(|(_, value)| !value.is_null());
                entries.map(|(key, value)| (key.clone(), self.value(item, also.of_items(item), value))).collect()
            }
            (Type::Enum(id), Value::String(text)) => {
                let listed = self.model[*id].values.iter().map(|value| &value.wire);
                let same = listed.clone().find(|wire| *wire == text);
                let alike = same.or_else(|| listed.clone().find(|wire| wire.eq_ignore_ascii_case(text)));
                Value::String(alike.unwrap_or(text).clone())
            }
            _ => value.clone(),
        }
    }

    /// Whether a value counts as absent, because it leaves no trace on the wire. Items of lists and entries of maps
    /// are never absent.
    fn is_absent(&self, field: &Field, value: &Value) -> bool {
        let leaves_out = self.empty_text == EmptyText::LeftOut;
        let is_joined = field.constraints.delimiter.is_some();
        let is_files = matches!(&field.ty, Type::List(items) if **items == Type::File);
        match value {
            Value::Null => !field.clears,
            Value::String(text) => leaves_out && text.is_empty() && (is_joined || holds_text(&field.ty)),
            Value::Array(items) => items.is_empty() && (is_files || (leaves_out && is_joined)),
            Value::Object(entries) => entries.is_empty() && (field.flatten || (leaves_out && is_joined)),
            Value::Bool(_) | Value::Number(_) => false,
        }
    }
}

/// Whether strings are of the type. For other types, an empty string is of the wrong kind.
fn holds_text(ty: &Type) -> bool {
    match ty {
        Type::Text | Type::Timestamp | Type::Moment | Type::Decimal | Type::Enum(_) => true,
        Type::Integer
        | Type::Number
        | Type::Boolean
        | Type::Any
        | Type::Choice(_)
        | Type::File
        | Type::Object(_)
        | Type::List(_)
        | Type::Map(_) => false,
    }
}
