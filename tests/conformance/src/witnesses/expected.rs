//! The request that an SDK is expected to send: the client's request with the listed differences applied.

use plivo_codegen::model::{Differs, DiffersAt, Location, Model, Operation, Otherwise, SdkMethod};
use serde_json::{Map, Value};

use super::compare::as_json;
use super::sent_request::{SentBody, SentRequest};

/// The expected request of an SDK.
#[derive(Debug)]
pub struct Expected<'m> {
    /// The request.
    pub sent: SentRequest,
    /// The listed differences that were applied.
    pub applied: Vec<&'m Differs>,
}

/// Applies the differences listed for the method to the client's request. `request` is the input; its fields replace
/// placeholders in braces.
pub fn expected<'m>(
    model: &Model,
    operation: &Operation,
    method: &'m SdkMethod,
    request: &Map<String, Value>,
    ours: &SentRequest,
) -> Expected<'m> {
    let mut editor = Editor { model, operation, request, sent: ours.clone() };
    let applied = method.differs.iter().filter(|differs| editor.apply(differs)).collect();
    Expected { sent: editor.sent, applied }
}

struct Editor<'a> {
    model: &'a Model,
    operation: &'a Operation,
    request: &'a Map<String, Value>,
    sent: SentRequest,
}

impl Editor<'_> {
    /// Applies one difference. Returns whether it changed anything.
    fn apply(&mut self, differs: &Differs) -> bool {
        match &differs.at {
            DiffersAt::Method => {
                let text = self.text(differs, &self.sent.method);
                text.map(|text| self.sent.method = text).is_some()
            }
            DiffersAt::Path => {
                let text = self.text(differs, &self.sent.path);
                text.map(|text| self.sent.path = text).is_some()
            }
            DiffersAt::Body => {
                let Some(becomes) = self.becomes(differs, as_json(&self.sent.body).as_ref()) else { return false };
                self.sent.body = becomes.map_or(SentBody::None, SentBody::Json);
                true
            }
            DiffersAt::Field(pointer) => self.field(differs, pointer),
        }
    }

    fn text(&self, differs: &Differs, current: &str) -> Option<String> {
        self.becomes(differs, Some(&Value::from(current)))??.as_str().map(str::to_owned)
    }

    fn field(&mut self, differs: &Differs, pointer: &str) -> bool {
        let in_query = self.is_in_query(pointer);
        let mut root = match in_query {
            true => Value::Object(self.sent.query.clone()),
            false => as_json(&self.sent.body).unwrap_or_else(|| Value::Object(Map::new())),
        };
        let is_applied = self.apply_inside(differs, &mut root, pointer);
        match (root, &self.sent.body) {
            _ if !is_applied => {}
            (Value::Object(query), _) if in_query => self.sent.query = query,
            (Value::Object(parts), SentBody::Parts(_)) => self.sent.body = SentBody::Parts(parts),
            (json, _) => self.sent.body = SentBody::Json(json),
        }
        is_applied
    }

    /// Whether a pointer is in the query. An added field that the spec does not describe is in the query of a GET and in
    /// the body of other requests.
    fn is_in_query(&self, pointer: &str) -> bool {
        let name = unescaped(pointer.split('/').nth(1).unwrap_or_default());
        let field = self.model.request_fields(self.operation).find(|field| field.name == name);
        field.map_or(self.sent.method == "GET", |field| field.location == Location::Query)
    }

    fn apply_inside(&self, differs: &Differs, root: &mut Value, pointer: &str) -> bool {
        let Some((parent, name)) = pointer.rsplit_once('/') else { return false };
        let name = unescaped(name);
        match root.pointer_mut(parent) {
            Some(Value::Object(object)) => match (self.becomes(differs, object.get(&name)), &differs.sdk) {
                (Some(None), Otherwise::Renamed(new)) => {
                    let value = object.remove(&name);
                    value.map(|value| object.insert(new.clone(), value)).is_some()
                }
                (Some(Some(value)), _) => object.insert(name, value).is_none_or(|_| true),
                (Some(None), _) => object.remove(&name).is_some(),
                (None, _) => false,
            },
            Some(Value::Array(items)) => {
                let Some(index) = name.parse().ok().filter(|index| *index < items.len()) else { return false };
                match self.becomes(differs, items.get(index)) {
                    Some(Some(value)) => items[index] = value,
                    Some(None) => drop(items.remove(index)),
                    None => return false,
                }
                true
            }
            _ => false,
        }
    }

    /// The new value, or an inner `None` to remove it. The outer `None` means that the difference does not apply.
    fn becomes(&self, differs: &Differs, current: Option<&Value>) -> Option<Option<Value>> {
        match (&differs.sdk, current) {
            (Otherwise::Added(value), None) => self.is_fillable(value).then(|| Some(self.filled(value))),
            (Otherwise::Added(_), Some(_)) | (_, None) => None,
            (_, Some(current)) if differs.when.as_ref().is_some_and(|when| !is(current, when)) => None,
            (Otherwise::LeftOut | Otherwise::Renamed(_), Some(_)) => Some(None),
            (Otherwise::AsText, Some(current)) => {
                Some(Some(as_text(current))).filter(|text| text.as_ref() != Some(current))
            }
            (Otherwise::Sends(value), Some(_)) => Some(Some(self.filled(value))),
        }
    }

    /// Whether the request has the fields in the placeholders of a text.
    fn is_fillable(&self, value: &Value) -> bool {
        let text = value.as_str().unwrap_or_default();
        let mut fields = self.model.request_fields(self.operation);
        fields.all(|field| !text.contains(&format!("{{{}}}", field.name)) || self.request.contains_key(&field.name))
    }

    /// Replaces placeholders in braces with the values of fields.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(template) => {
                let account = ("account", super::perform::AUTH_ID.to_owned());
                // A file stands for its name.
                let name = |value: &Value| value.get("name").filter(|_| value.get("base64").is_some()).cloned();
                let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let text = |value: &Value| plain(&name(value).unwrap_or_else(|| value.clone()));
                let fields = self.request.iter().map(|(name, value)| (name.as_str(), text(value)));
                let fill = |text: String, (name, value): (&str, String)| text.replace(&format!("{{{name}}}"), &value);
                Value::from(fields.chain([account]).fold(template.clone(), fill))
            }
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(object) => object.iter().map(|(name, value)| (name.clone(), self.filled(value))).collect(),
            plain => plain.clone(),
        }
    }
}

/// Whether a value is the listed one. In a query every value is a string.
fn is(current: &Value, when: &Value) -> bool {
    current == when || current.as_str().map(str::to_owned) == Some(when.to_string())
}

fn as_text(value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => Value::from(value.to_string()),
        Value::Array(items) => items.iter().map(as_text).collect(),
        Value::Object(object) => object.iter().map(|(name, value)| (name.clone(), as_text(value))).collect(),
        Value::String(_) | Value::Null => value.clone(),
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
