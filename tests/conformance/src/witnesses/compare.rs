//! Two requests beside each other: what differs, and which rules make it equal.

use std::collections::BTreeSet;

use plivo_codegen::model::{DiffersAt, EmptyText, Equal, Model, Operation, Type};
use serde_json::{Map, Value};

use super::sent::{Body, Sent};

/// One difference between the request of the client and that of an SDK.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where it is.
    pub at: DiffersAt,
    /// What the client sends there, if anything.
    pub ours: Option<Value>,
    /// What the SDK sends there, if anything.
    pub theirs: Option<Value>,
}

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// What differs.
    pub differences: Vec<Difference>,
    /// The rules that were needed.
    pub needed: BTreeSet<Equal>,
}

/// Compares the client's request with that of an SDK, by the rules of the SDK.
pub fn compare(model: &Model, operation: &Operation, rules: &[Equal], ours: &Sent, theirs: &Sent) -> Comparison {
    let mut comparer = Comparer { model, operation, rules, found: Comparison::default() };
    let ty = Type::Object(operation.request);
    comparer.texts(DiffersAt::Method, &ours.method, &theirs.method);
    comparer.texts(DiffersAt::Path, &ours.path, &theirs.path);
    comparer.objects(Some(&ty), "", &ours.query, &theirs.query);
    comparer.bodies(&ty, &ours.body, &theirs.body);
    comparer.found
}

struct Comparer<'a> {
    model: &'a Model,
    operation: &'a Operation,
    rules: &'a [Equal],
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

    /// Whether a rule makes two things equal that are not the same. An empty text is nothing only where the
    /// operation says so.
    fn are_equal_by(&mut self, rule: Equal) -> bool {
        let means_something = rule == Equal::EmptyText && self.operation.empty_text == EmptyText::Sent;
        let applies = self.rules.contains(&rule) && !means_something;
        if applies {
            self.found.needed.insert(rule);
        }
        applies
    }

    fn bodies(&mut self, ty: &Type, ours: &Body, theirs: &Body) {
        match (ours, theirs) {
            (Body::Json(Value::Object(ours)), Body::Json(Value::Object(theirs)))
            | (Body::Parts(ours), Body::Parts(theirs)) => self.objects(Some(ty), "", ours, theirs),
            _ if ours == theirs => {}
            (Body::None, Body::Json(Value::Object(object)))
                if object.is_empty() && self.are_equal_by(Equal::EmptyBody) => {}
            _ => self.differ(DiffersAt::Body, in_json(ours).as_ref(), in_json(theirs).as_ref()),
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
            (Some(Value::Object(ours)), Some(Value::Object(theirs))) => self.objects(ty, pointer, ours, theirs),
            (Some(Value::Array(ours)), Some(Value::Array(theirs))) if ours.len() == theirs.len() => {
                let item = ty.and_then(|ty| inside(self.model, ty, ""));
                for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                    self.values(item, &format!("{pointer}/{index}"), Some(ours), Some(theirs));
                }
            }
            // Of a key that nobody has described, and of what is no text, nobody knows what it means.
            (None, Some(Value::String(text)))
                if matches!(ty, Some(Type::Text | Type::Enum(_)))
                    && text.is_empty()
                    && self.are_equal_by(Equal::EmptyText) => {}
            (Some(Value::String(ours)), Some(Value::String(theirs)))
                if matches!(ty, Some(Type::Enum(_)))
                    && ours.eq_ignore_ascii_case(theirs)
                    && self.are_equal_by(Equal::LetterCase) => {}
            _ => self.differ(DiffersAt::Field(pointer.to_owned()), ours, theirs),
        }
    }
}

/// The type of what is inside of a value.
fn inside<'m>(model: &'m Model, ty: &'m Type, key: &str) -> Option<&'m Type> {
    match ty {
        Type::Object(id) => model[*id].fields.iter().find(|field| field.name == key).map(|field| &field.ty),
        Type::List(item) | Type::Map(item) => Some(item),
        _ => None,
    }
}

pub(super) fn in_json(body: &Body) -> Option<Value> {
    match body {
        Body::None => None,
        Body::Json(json) => Some(json.clone()),
        Body::Parts(parts) => Some(Value::Object(parts.clone())),
        Body::Other(text) => Some(Value::from(text.as_str())),
    }
}
