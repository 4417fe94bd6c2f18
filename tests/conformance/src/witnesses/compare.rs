//! Compares two requests: their differences, and the rules that cover them.

use std::collections::{BTreeMap, BTreeSet};

use plivo_codegen::model::{DiffersAt, EmptyText, Model, Operation, SdkMethod, SdkRule, Type};
use serde_json::{Map, Value};

use super::sent_request::{SentBody, SentRequest};

/// One difference between the request of the client and that of an SDK.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where it is.
    pub at: DiffersAt,
    /// The value that the client sends, if any.
    pub ours: Option<Value>,
    /// The value that the SDK sends, if any.
    pub theirs: Option<Value>,
}

/// The result of a comparison.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The differences that no rule covers.
    pub differences: Vec<Difference>,
    /// The rules that were applied, and the fields to which each was.
    pub needed: BTreeMap<SdkRule, BTreeSet<String>>,
}

/// Compares the client's request with that of a method of an SDK under the rules of the SDK.
pub fn compare(
    model: &Model,
    operation: &Operation,
    (rules, method): (&[SdkRule], &SdkMethod),
    ours: &SentRequest,
    theirs: &SentRequest,
) -> Comparison {
    let mut comparer = Comparer { model, operation, rules, method, path: &ours.path, found: Comparison::default() };
    let ty = Type::Object(operation.request);
    comparer.texts(DiffersAt::Method, &ours.method, &theirs.method);
    comparer.texts(DiffersAt::Path, &ours.path, &theirs.path);
    let (mut query, mut body) = (ours.query.clone(), theirs.body.clone());
    comparer.match_query_with_body(&mut query, &theirs.query, &mut body);
    comparer.objects(Some(&ty), "", &query, &theirs.query);
    comparer.bodies(&ty, &ours.body, &body);
    comparer.found
}

struct Comparer<'a> {
    model: &'a Model,
    operation: &'a Operation,
    rules: &'a [SdkRule],
    method: &'a SdkMethod,
    path: &'a str,
    found: Comparison,
}

impl Comparer<'_> {
    fn texts(&mut self, at: DiffersAt, ours: &str, theirs: &str) {
        if ours != theirs {
            self.differ(at, Some(&Value::from(ours)), Some(&Value::from(theirs)));
        }
    }

    fn differ(&mut self, at: DiffersAt, ours: Option<&Value>, theirs: Option<&Value>) {
        self.found.differences.push(Difference { at, ours: ours.cloned(), theirs: theirs.cloned() });
    }

    /// Whether a rule covers the difference at a location, and applies it.
    fn covers(&mut self, rule: SdkRule, pointer: &str) -> bool {
        let applies = self.rules.contains(&rule);
        if applies {
            self.found.needed.entry(rule).or_default().insert(pointer.to_owned());
        }
        applies
    }

    /// Removes the fields of the client's query that the SDK sends in the body instead, if a rule covers that.
    fn match_query_with_body(
        &mut self,
        ours: &mut Map<String, Value>,
        theirs: &Map<String, Value>,
        body: &mut SentBody,
    ) {
        let SentBody::Json(Value::Object(body)) = body else { return };
        ours.retain(|name, value| {
            let is_moved = !theirs.contains_key(name) && body.get(name) == Some(value);
            if is_moved && self.covers(SdkRule::InBody, &format!("/{name}")) {
                body.remove(name);
                return false;
            }
            true
        });
    }

    /// Whether a rule covers that the SDK omits a field. Only whole fields are arguments.
    fn covers_absence(&mut self, pointer: &str, ours: &Value) -> bool {
        let is_field = pointer.matches('/').count() == 1;
        let is_taken = self.method.takes_field(pointer.trim_start_matches('/'));
        (is_field && !is_taken && self.covers(SdkRule::MissingArgument, pointer))
            || (is_field && is_falsy(ours) && self.covers(SdkRule::Falsy, pointer))
    }

    /// Whether a rule covers that the SDK adds a value: one of the path, or a list of one.
    fn covers_addition(&mut self, pointer: &str, theirs: &Value) -> bool {
        let text = match theirs {
            Value::Array(items) if items.len() == 1 => items[0].as_str(),
            value => value.as_str(),
        };
        // Some segments are a value after the name of its form, as in `uuid_..`.
        let has = |segment: &str, text: &str| {
            segment.strip_suffix(text).is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
        };
        let is_in_path = |text: &str| !text.is_empty() && self.path.split('/').any(|segment| has(segment, text));
        text.is_some_and(is_in_path) && self.covers(SdkRule::PathAgain, pointer)
    }

    fn bodies(&mut self, ty: &Type, ours: &SentBody, theirs: &SentBody) {
        match (ours, theirs) {
            (SentBody::Json(Value::Object(ours)), SentBody::Json(Value::Object(theirs)))
            | (SentBody::Parts(ours), SentBody::Parts(theirs)) => self.objects(Some(ty), "", ours, theirs),
            _ if ours == theirs => {}
            (SentBody::None, SentBody::Json(json)) if is_blank(json) && self.covers(SdkRule::EmptyBody, "") => {}
            (SentBody::None, SentBody::Json(Value::Object(theirs))) if !theirs.is_empty() => {
                self.objects(Some(ty), "", &Map::new(), theirs);
            }
            _ => self.differ(DiffersAt::Body, as_json(ours).as_ref(), as_json(theirs).as_ref()),
        }
    }

    fn objects(&mut self, ty: Option<&Type>, pointer: &str, ours: &Map<String, Value>, theirs: &Map<String, Value>) {
        let added = theirs.keys().filter(|key| !ours.contains_key(*key));
        for key in ours.keys().chain(added) {
            let inner = ty.and_then(|ty| inside(self.model, ty, key));
            let step = key.replace('~', "~0").replace('/', "~1");
            self.values(inner, &format!("{pointer}/{step}"), ours.get(key), theirs.get(key));
        }
    }

    fn values(&mut self, ty: Option<&Type>, pointer: &str, ours: Option<&Value>, theirs: Option<&Value>) {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) if ours == theirs => {}
            (Some(Value::Number(ours)), Some(Value::Number(theirs))) if ours.as_f64() == theirs.as_f64() => {}
            (None, Some(Value::Null)) if self.covers(SdkRule::NullValue, pointer) => {}
            (None, Some(theirs)) if self.covers_addition(pointer, theirs) => {}
            (Some(Value::Object(ours)), Some(Value::Object(theirs))) => self.objects(ty, pointer, ours, theirs),
            (Some(Value::Array(ours)), Some(Value::Array(theirs))) if ours.len() == theirs.len() => {
                let item = ty.and_then(|ty| inside(self.model, ty, ""));
                for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                    self.values(item, &format!("{pointer}/{index}"), Some(ours), Some(theirs));
                }
            }
            // An empty string equals an absent value only for a described string field, and only where the operation
            // omits empty strings.
            (None, Some(Value::String(text)))
                if matches!(ty, Some(Type::Text | Type::Enum(_)))
                    && text.is_empty()
                    && self.operation.empty_text != EmptyText::Sent
                    && self.covers(SdkRule::EmptyText, pointer) => {}
            (Some(Value::String(ours)), Some(Value::String(theirs)))
                if matches!(ty, Some(Type::Enum(_) | Type::Boolean))
                    && ours.eq_ignore_ascii_case(theirs)
                    && self.covers(SdkRule::LetterCase, pointer) => {}
            (Some(ours), None) if self.covers_absence(pointer, ours) => {}
            _ => self.differ(DiffersAt::Field(pointer.to_owned()), ours, theirs),
        }
    }
}

/// Whether a body has no content.
fn is_blank(json: &Value) -> bool {
    json.as_object().is_some_and(Map::is_empty) || json.as_str() == Some("")
}

/// Whether a programming language takes a value for false. In a query every value is a string.
fn is_falsy(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(flag) => !flag,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => matches!(text.as_str(), "" | "0" | "false"),
        Value::Array(items) => items.is_empty(),
        Value::Object(object) => object.is_empty(),
    }
}

/// The type of a nested value.
fn inside<'m>(model: &'m Model, ty: &'m Type, key: &str) -> Option<&'m Type> {
    match ty {
        Type::Object(id) => model[*id].fields.iter().find(|field| field.name == key).map(|field| &field.ty),
        Type::List(item) | Type::Map(item) => Some(item),
        _ => None,
    }
}

pub(super) fn as_json(body: &SentBody) -> Option<Value> {
    match body {
        SentBody::None => None,
        SentBody::Json(json) => Some(json.clone()),
        SentBody::Parts(parts) => Some(Value::Object(parts.clone())),
        SentBody::Other(text) => Some(Value::from(text.as_str())),
    }
}
