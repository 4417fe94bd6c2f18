//! What an SDK is expected to send: the client's request, with what its file lists done to it.

use plivo_codegen::model::{Differs, DiffersAt, Location, Model, Operation, Otherwise, SdkMethod};
use serde_json::{Map, Value};

use super::compare::in_json;
use super::sent::{Body, Sent};

/// The client's request as an SDK should send it.
#[derive(Debug)]
pub struct Expected<'m> {
    /// The request.
    pub sent: Sent,
    /// What of the list was done to it.
    pub done: Vec<&'m Differs>,
}

/// Does to the client's request what is listed for the method. `request` is the input, of which names in braces speak.
pub fn expected<'m>(
    model: &Model,
    operation: &Operation,
    method: &'m SdkMethod,
    request: &Map<String, Value>,
    ours: &Sent,
) -> Expected<'m> {
    let mut editor = Editor { model, operation, request, sent: ours.clone() };
    let done = method.differs.iter().filter(|differs| editor.edit(differs)).collect();
    Expected { sent: editor.sent, done }
}

struct Editor<'a> {
    model: &'a Model,
    operation: &'a Operation,
    request: &'a Map<String, Value>,
    sent: Sent,
}

impl Editor<'_> {
    /// Does one difference, and says whether it had something to do.
    fn edit(&mut self, differs: &Differs) -> bool {
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
                let Some(becomes) = self.becomes(differs, in_json(&self.sent.body).as_ref()) else { return false };
                self.sent.body = becomes.map_or(Body::None, Body::Json);
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
            false => in_json(&self.sent.body).unwrap_or_else(|| Value::Object(Map::new())),
        };
        let is_done = self.inside(differs, &mut root, pointer);
        match (root, &self.sent.body) {
            _ if !is_done => {}
            (Value::Object(query), _) if in_query => self.sent.query = query,
            (Value::Object(parts), Body::Parts(_)) => self.sent.body = Body::Parts(parts),
            (json, _) => self.sent.body = Body::Json(json),
        }
        is_done
    }

    /// Whether the first step of a pointer leads into the query. What nobody has described and is added goes
    /// where the method puts such things.
    fn is_in_query(&self, pointer: &str) -> bool {
        let name = unescaped(pointer.split('/').nth(1).unwrap_or_default());
        let field = self.model[self.operation.request].fields.iter().find(|field| field.name == name);
        field.map_or(self.sent.method == "GET", |field| field.location == Location::Query)
    }

    fn inside(&self, differs: &Differs, root: &mut Value, pointer: &str) -> bool {
        let Some((parent, name)) = pointer.rsplit_once('/') else { return false };
        let name = unescaped(name);
        match root.pointer_mut(parent) {
            Some(Value::Object(object)) => match self.becomes(differs, object.get(&name)) {
                Some(Some(value)) => object.insert(name, value).is_none_or(|_| true),
                Some(None) => object.remove(&name).is_some(),
                None => false,
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

    /// What a value becomes, which may be nothing; `None` if the difference does not concern it.
    fn becomes(&self, differs: &Differs, current: Option<&Value>) -> Option<Option<Value>> {
        match (&differs.sdk, current) {
            (Otherwise::Added(value), None) => Some(Some(self.filled(value))),
            (Otherwise::Added(_), Some(_)) | (_, None) => None,
            (_, Some(current)) if differs.when.as_ref().is_some_and(|when| !is(current, when)) => None,
            (Otherwise::LeftOut, Some(_)) => Some(None),
            (Otherwise::AsText, Some(current)) => {
                Some(Some(as_text(current))).filter(|text| text.as_ref() != Some(current))
            }
            (Otherwise::Sends(value), Some(_)) => Some(Some(self.filled(value))),
        }
    }

    /// The value, with the values of fields in place of their names in braces.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let account = ("auth_id", super::perform::AUTH_ID.to_owned());
                let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let fields = self.request.iter().map(|(name, value)| (name.as_str(), said(value)));
                let fill = |text: String, (name, value): (&str, String)| text.replace(&format!("{{{name}}}"), &value);
                Value::from(fields.chain([account]).fold(text.clone(), fill))
            }
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(object) => object.iter().map(|(name, value)| (name.clone(), self.filled(value))).collect(),
            plain => plain.clone(),
        }
    }
}

/// Whether a value is the listed one. In a query every value is a text.
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
