//! Generates random requests from the fields of the model.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fastrand::Rng;
use plivo_codegen::model::{
    ChoiceId, Constraints, DeferralKeys, EnumId, Field, Model, ObjectId, One, Operation, Presence, Type, ValueKind,
};
use serde_json::{Map, Value, json};

use super::strings::{listed, text};

/// The maximum nesting of objects, for recursive types.
const DEPTH: usize = 3;

/// A generator of random requests of one operation.
pub(super) struct Requests<'m> {
    model: &'m Model,
    request: ObjectId,
    deferral: Option<&'m DeferralKeys>,
    random: Rng,
}

impl<'m> Requests<'m> {
    pub(super) fn new(model: &'m Model, operation: &'m Operation, seed: u64) -> Self {
        Self { model, request: operation.request, deferral: operation.deferral.as_ref(), random: Rng::with_seed(seed) }
    }

    pub(super) fn next(&mut self) -> Map<String, Value> {
        // Few mistakes test each one alone; many mistakes test that all are reported.
        let wrong = [0, 0, 2, 30][self.random.usize(..4)];
        let mut request = self.object(self.request, wrong, DEPTH);
        // The method alone has no effect, and the client does not take it without the URL.
        for key in self.deferral.into_iter().flat_map(DeferralKeys::fields) {
            let value = self.field(key, wrong, DEPTH);
            if value.is_null() || self.random.bool() {
                break;
            }
            request.insert(key.name.clone(), value);
        }
        request
    }

    /// A random object. `wrong` is the percentage of values of a random type.
    fn object(&mut self, id: ObjectId, wrong: u8, depth: usize) -> Map<String, Value> {
        let mut object = Map::new();
        let missing = [0, 10, 50, 97][self.random.usize(..4)];
        for field in &self.model[id].fields {
            let is_dropped = match field.presence {
                Presence::Required(_) => self.random.u8(..100) < missing / 4,
                Presence::Optional | Presence::Always(_) => self.random.u8(..100) < missing,
                Presence::AnswerOnly => true,
            };
            if !is_dropped {
                let value = self.field(field, wrong, depth);
                object.insert(field.name.clone(), value);
            }
        }
        object
    }

    fn field(&mut self, field: &Field, wrong: u8, depth: usize) -> Value {
        if field.clears && self.random.u8(..3) == 0 {
            return Value::Null;
        }
        let mut value = self.value(&field.ty, &field.constraints, wrong, depth);
        if field.items_also.is_some() {
            self.vary_items(&mut value, field.items_also);
        }
        match (field.also, &mut value) {
            (Some(kind), _) if self.random.u8(..3) == 0 => self.of_kind(kind),
            (_, Value::Array(items)) if field.one != One::Listed && items.len() == 1 && self.random.bool() => {
                items.remove(0)
            }
            _ => value,
        }
    }

    /// Gives some of the items in a list or a map another kind.
    fn vary_items(&mut self, value: &mut Value, kind: Option<ValueKind>) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.vary_items(item, kind)),
            Value::Object(entries) => entries.values_mut().for_each(|item| self.vary_items(item, kind)),
            value => {
                if let Some(kind) = kind.filter(|_| self.random.u8(..3) == 0) {
                    *value = self.of_kind(kind);
                }
            }
        }
    }

    /// A value of a kind, often one that another type can take.
    fn of_kind(&mut self, kind: ValueKind) -> Value {
        const TEXTS: [&str; 14] =
            ["true", "False", "7", "-7", "+5", "7.0", "7.5", "1e3", "nan", "inf", "9007199254740993", "1e300", "", "x"];
        match kind {
            ValueKind::Text => Value::from(TEXTS[self.random.usize(..TEXTS.len())]),
            ValueKind::Number => {
                [json!(7), json!(7.0), json!(-0.5), json!(1e300), json!(u64::MAX)][self.random.usize(..5)].clone()
            }
            ValueKind::Boolean => Value::from(self.random.bool()),
            ValueKind::List => json!([]),
            ValueKind::Object => json!({}),
        }
    }

    fn value(&mut self, ty: &Type, checks: &Constraints, wrong: u8, depth: usize) -> Value {
        if self.random.u8(..100) < wrong {
            // Unknown keys are an error in the client, and ignored by a server.
            let has_known_keys = match ty {
                Type::Object(_) => true,
                // A single object can stand for a list of one.
                Type::List(item) => matches!(**item, Type::Object(_)),
                _ => false,
            };
            return self.anything(if has_known_keys { 0 } else { depth.min(1) });
        }
        match ty {
            Type::Text | Type::Timestamp | Type::Moment | Type::Decimal => Value::from(self.text(checks)),
            Type::Enum(id) => Value::from(self.listed(*id, checks)),
            Type::Choice(id) => self.formed(*id),
            Type::Integer => Value::from(self.integer(checks)),
            Type::Number if self.random.bool() => Value::from(self.integer(checks)),
            Type::Number => Value::from(self.integer(checks) as f64 / 4.0),
            Type::Boolean => Value::from(self.random.bool()),
            Type::Any => self.anything(1),
            Type::File => self.file(checks),
            Type::Object(id) => Value::Object(self.object(*id, wrong, depth.saturating_sub(1))),
            Type::List(_) | Type::Map(_) if depth == 0 => {
                if matches!(ty, Type::List(_)) {
                    json!([])
                } else {
                    json!({})
                }
            }
            Type::List(item) => {
                let length = self.items(checks);
                (0..length).map(|_| self.value(item, checks, wrong, depth - 1)).collect()
            }
            Type::Map(item) => {
                let length = self.random.usize(0..4);
                let entries = (0..length).map(|_| (self.key(checks), self.value(item, checks, wrong, depth - 1)));
                Value::Object(entries.collect())
            }
        }
    }

    /// The number of items of a list: few, or rarely as many as the limit, or one more.
    fn items(&mut self, checks: &Constraints) -> usize {
        match checks.max_items.as_ref().filter(|_| self.random.u8(0..32) == 0) {
            Some(limit) => usize::try_from(limit.is).expect("a small limit") + self.random.usize(..2),
            None => self.random.usize(0..4),
        }
    }

    /// A file with or without a media type, which may be too large.
    fn file(&mut self, checks: &Constraints) -> Value {
        let types = checks.content_types.iter().flat_map(|types| types.are.iter().map(String::as_str));
        let types: Vec<_> = types.chain(["", "text/plain; charset=utf-8", "IMAGE/PNG"]).collect();
        let mut base64 = ["", "aGVsbG8=", "aGVsbG8gd29ybGQ="][self.random.usize(..3)].to_owned();
        // Limits can be megabytes, so few files are that large.
        if let Some(limit) = checks.max_bytes.as_ref().filter(|_| self.random.u8(0..32) == 0) {
            let length = usize::try_from(limit.is).expect("a small limit") + self.random.usize(..2);
            base64 = STANDARD.encode(vec![0; length]);
        }
        let mut file = json!({ "name": "a.txt", "base64": base64 });
        if self.random.bool() {
            file["content_type"] = Value::from(types[self.random.usize(..types.len())]);
        }
        file
    }

    /// A text of one of the forms; sometimes without a value.
    fn formed(&mut self, id: ChoiceId) -> Value {
        let forms = &self.model[id].forms;
        let value = if self.random.u8(0..6) == 0 { String::new() } else { self.text(&Constraints::default()) };
        Value::from(forms[self.random.usize(..forms.len())].text(&value))
    }

    fn text(&mut self, checks: &Constraints) -> String {
        let text = text(self.model, &mut self.random, checks);
        match &checks.delimiter {
            Some(delimiter) if self.random.u8(0..6) == 0 => text + &delimiter.text,
            _ => text,
        }
    }

    /// A random key of a map; sometimes the name of a field.
    fn key(&mut self, checks: &Constraints) -> String {
        let fields = &self.model[self.request].fields;
        match self.random.u8(0..8) {
            0 => fields[self.random.usize(..fields.len())].name.clone(),
            1 => self.text(checks) + "=",
            _ => self.text(checks),
        }
    }

    fn listed(&mut self, id: EnumId, checks: &Constraints) -> String {
        let values = &self.model[id].values;
        if self.random.u8(0..12) == 0 {
            return self.text(checks);
        }
        let value = &values[self.random.usize(..values.len())];
        listed(&mut self.random, &value.wire)
    }

    /// A number at or next to a limit, an extreme number, or any number.
    fn integer(&mut self, checks: &Constraints) -> i64 {
        let limits = [&checks.min, &checks.max].map(|limit| limit.as_ref().map(|limit| limit.is));
        let near = limits[self.random.usize(..2)].unwrap_or(0);
        match self.random.u8(0..8) {
            0 => [i64::MIN, i64::MAX, 0, -1][self.random.usize(..4)],
            1 => self.random.i64(..),
            _ => near.saturating_add(self.random.i64(-1..=1)),
        }
    }

    fn anything(&mut self, depth: usize) -> Value {
        match self.random.u8(0..12) {
            0 => Value::Null,
            1 => Value::from(self.random.bool()),
            2 => Value::from(self.integer(&Constraints::default())),
            3 => Value::from(u64::MAX),
            4 => json!([1.0, 1.5, -0.0, 1e300, 20.0][self.random.usize(..5)]),
            5 => json!(["true", "1", "null", "20"][self.random.usize(..4)]),
            6 if depth > 0 => json!([self.anything(depth - 1)]),
            7 if depth > 0 => json!({ "key": self.anything(depth - 1) }),
            8 => json!([]),
            9 => json!({}),
            _ => Value::from(self.text(&Constraints::default())),
        }
    }
}
