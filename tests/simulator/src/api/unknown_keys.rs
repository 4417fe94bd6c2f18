//! Finds keys of the query and the body that an operation does not take.

use super::parameters::steps_inside;
use super::request_body::DecodedBody;
use crate::input::nearest;
use plivo_codegen::interpret::{Violation, pointer_to};
use plivo_codegen::model::{Field, Fixed, Level, Location, Model, Operation, Presence, Type};
use serde_json::{Map, Value};

/// The rule of these violations.
pub(super) const RULE: &str = "unknown";
/// The maximum number of keys that are reported for one request.
const MAX_KEYS: usize = 20;

/// A key that the operation does not take.
pub(super) struct UnknownKey {
    pub(super) violation: Violation,
    /// The pointer of the field that was probably meant, if it has no value.
    pub(super) meant: Option<String>,
}

/// The keys that the operation does not take, with what was probably meant.
///
/// In a query, they are errors if `strict`. In a body, they are warnings: some of Plivo's SDKs repeat parameters of the
/// path there.
pub(super) fn unknown_keys(
    model: &Model,
    operation: &Operation,
    query: Option<&str>,
    body: &DecodedBody,
    strict: bool,
) -> Vec<UnknownKey> {
    let fields = model.request_fields(operation).collect();
    let mut finder = Finder { model, fields, fixed: &operation.fixed, found: Vec::new() };
    finder.query(query.unwrap_or_default(), if strict { Level::Error } else { Level::Warn });
    finder.body(body);
    finder.found
}

struct Finder<'a> {
    model: &'a Model,
    /// The fields of the request.
    fields: Vec<&'a Field>,
    /// What every request sends.
    fixed: &'a [Fixed],
    found: Vec<UnknownKey>,
}

impl<'a> Finder<'a> {
    fn query(&mut self, query: &str, level: Level) {
        let keys: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).map(|(key, _)| key).collect();
        for key in &keys {
            if !self.takes(Location::Query, key) {
                self.report_parameter(Location::Query, key, level, |name| keys.iter().any(|key| key == name));
            }
        }
    }

    fn body(&mut self, body: &DecodedBody) {
        let is_given = |name: &str| body.object.contains_key(name) || body.parts.iter().any(|(part, _)| part == name);
        let has_flatten = self.fields.iter().any(|field| field.location == Location::Body && field.flatten);
        for (key, value) in &body.object {
            let mut fields = self.fields.iter().filter(|field| field.location == Location::Body);
            match fields.find(|field| field.name == *key) {
                Some(field) => self.value(&pointer_to("", key), &field.ty, value),
                None if has_flatten => {}
                None if self.takes(Location::Body, key) => {}
                None => self.report_parameter(Location::Body, key, Level::Warn, is_given),
            }
        }
        for (name, _) in body.parts.iter().filter(|_| !has_flatten) {
            let mut fields = self.fields.iter().filter(|field| field.location == Location::Body);
            if !self.takes(Location::Body, name) && !fields.any(|field| steps_inside(field, name).is_some()) {
                self.report_parameter(Location::Body, name, Level::Warn, is_given);
            }
        }
    }

    /// Finds the unknown keys inside a value.
    fn value(&mut self, pointer: &str, ty: &Type, value: &Value) {
        match (ty, value) {
            (Type::Object(id), Value::Object(given)) => {
                let model = self.model;
                self.object(pointer, &model[*id].fields, given);
            }
            (Type::List(item), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.value(&pointer_to(pointer, &index.to_string()), item, value);
                }
            }
            (Type::Map(item), Value::Object(entries)) => {
                for (key, value) in entries {
                    self.value(&pointer_to(pointer, key), item, value);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, pointer: &str, fields: &'a [Field], given: &Map<String, Value>) {
        let known = || fields.iter().filter(|field| field.presence != Presence::AnswerOnly);
        for (key, value) in given {
            let of = |name: &str| pointer_to(pointer, name);
            match known().find(|field| field.name == *key) {
                Some(field) => self.value(&of(key), &field.ty, value),
                None if known().any(|field| field.flatten) => {}
                None => {
                    let meant = nearest(key, known().map(|field| &field.name));
                    let hint = meant.map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default();
                    let missing = meant.filter(|name| !given.contains_key(*name)).map(|name| of(name));
                    self.report(of(key), Level::Warn, format!("is not taken here{hint}"), missing);
                }
            }
        }
    }

    fn takes(&self, location: Location, key: &str) -> bool {
        let is_fixed = self.fixed.iter().any(|fixed| fixed.location == location && fixed.name == key);
        is_fixed || self.fields.iter().any(|field| field.location == location && field.name == key)
    }

    fn report_parameter(&mut self, location: Location, key: &str, level: Level, is_given: impl Fn(&str) -> bool) {
        let elsewhere = self.fields.iter().find(|field| field.name == key && field.location != location);
        let known = self.fields.iter().filter(|field| field.location == location);
        let meant = nearest(key, known.map(|field| &field.name)).filter(|_| elsewhere.is_none());
        let hint = match (elsewhere, meant) {
            (Some(field), _) => format!(" (it belongs in the {})", place(field.location)),
            (None, Some(name)) => format!(" (did you mean `{name}`?)"),
            (None, None) => String::new(),
        };
        let missing = meant.filter(|name| !is_given(name)).map(|name| pointer_to("", name));
        self.report(pointer_to("", key), level, format!("is not taken in the {}{hint}", place(location)), missing);
    }

    fn report(&mut self, pointer: String, level: Level, demand: String, meant: Option<String>) {
        if self.found.len() < MAX_KEYS {
            let violation = Violation { pointer, rule: RULE.to_owned(), level, demand };
            self.found.push(UnknownKey { violation, meant });
        }
    }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Body => "body",
    }
}
