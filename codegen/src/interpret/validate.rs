//! Validates requests: each field with its value, then the rules between fields.

use serde_json::{Map, Value};

use super::constraints::{check_items, check_key, check_listed, check_number, check_text, is_whole, kind};
use super::files::check_file;
use super::parameters::Parameters;
use super::second::{in_second_form, second_kind};
use super::violation::{Check, Violation, pointer_to};
use crate::model::{Constraints, DeferralKeys, Field, Level, Model, Object, Operation, Presence, Type};

/// Returns all violations in a request.
///
/// The fields come first, in the order of the spec and each with its parts, then the rules, then `at_least`,
/// then the keys that defer the result.
/// Keys that the spec does not describe are ignored, as an older server ignores keys of a newer client.
pub fn validate(model: &Model, operation: &Operation, parameters: &Parameters) -> Vec<Violation> {
    let meant = parameters.meant(model, operation);
    let mut check = Check::new(model);
    check.second_forms = in_second_form(model, operation, parameters.values());
    let request = &model[operation.request];
    let keys = || operation.deferral.iter().flat_map(DeferralKeys::fields);
    check.object(request, "", meant.values());
    for flatten in request.fields.iter().filter(|field| field.flatten) {
        check.taken(flatten, "", meant.values(), |name| keys().any(|key| key.name == name));
    }
    for key in keys() {
        if let Some(value) = meant.get(&key.name) {
            check.field(key, &pointer_to("", &key.name), value);
        }
    }
    check.violations
}

/// Returns the violations of the constraints on one value.
pub fn validate_value(model: &Model, ty: &Type, constraints: &Constraints, value: &Value) -> Vec<Violation> {
    let mut check = Check::new(model);
    check.value(ty, constraints, "", value);
    check.violations
}

impl Check<'_> {
    fn object(&mut self, object: &Object, pointer: &str, given: &Map<String, Value>) {
        for field in &object.fields {
            match (given.get(&field.name), &field.presence) {
                (Some(value), _) => self.field(field, &pointer_to(pointer, &field.name), value),
                (None, Presence::Required(authority)) => {
                    let demand = if authority.level == Level::Error { "is required" } else { "should be given" };
                    self.report(&pointer_to(pointer, &field.name), "required", authority.level, demand);
                }
                (None, Presence::Optional | Presence::Always(_) | Presence::AnswerOnly) => {}
            }
        }
        for field in object.fields.iter().filter(|field| field.flatten) {
            self.flatten(object, field, pointer, given);
        }
        for rule in &object.rules {
            self.rule(object, rule, pointer, given);
        }
        self.at_least(object, pointer, given);
    }

    fn field(&mut self, field: &Field, pointer: &str, value: &Value) {
        if field.clears && value.is_null() {
            return;
        }
        if self.second_forms.contains(pointer) {
            let demand = format!("should not be {}; it is converted", second_kind(field));
            self.report(pointer, "also", Level::Warn, demand);
        }
        match (&field.ty, value) {
            (Type::List(_), Value::Array(items)) => check_items(self, &field.constraints, pointer, items.len()),
            (Type::Map(_), Value::Object(entries)) => check_items(self, &field.constraints, pointer, entries.len()),
            _ => {}
        }
        self.value(&field.ty, &field.constraints, pointer, value);
    }

    /// Checks a value that is given. A value of the wrong kind has no further violations.
    pub(super) fn value(&mut self, ty: &Type, constraints: &Constraints, pointer: &str, value: &Value) {
        match (ty, value) {
            (Type::Any, _) | (Type::Boolean, Value::Bool(_)) => {}
            (Type::Text | Type::Timestamp | Type::Moment | Type::Decimal, Value::String(text)) => {
                check_text(self, constraints, pointer, text);
            }
            (Type::Enum(id), Value::String(text)) => {
                check_listed(self, *id, constraints, pointer, text);
                check_text(self, constraints, pointer, text);
            }
            (Type::Choice(id), Value::String(text)) if self.model[*id].read(text).is_some() => {}
            (Type::Integer, Value::Number(number)) if is_whole(number) => {
                check_number(self, constraints, pointer, number)
            }
            (Type::Number, Value::Number(number)) => check_number(self, constraints, pointer, number),
            (Type::Object(id), Value::Object(given)) => {
                let model = self.model;
                self.object(&model[*id], pointer, given);
            }
            (Type::List(item), Value::Array(given)) => {
                for (index, value) in given.iter().enumerate().filter(|(_, value)| !is_all(constraints, value)) {
                    self.value(item, constraints, &pointer_to(pointer, &index.to_string()), value);
                }
            }
            (Type::Map(item), Value::Object(given)) => {
                for (key, value) in given {
                    check_key(self, constraints, &pointer_to(pointer, key), key);
                    self.value(item, constraints, &pointer_to(pointer, key), value);
                }
            }
            (Type::File, Value::Object(given)) if given.get("name").is_some_and(Value::is_string) => {
                check_file(self, constraints, pointer, given);
            }
            _ => self.report(pointer, "type", Level::Error, format!("must be {}", kind(ty))),
        }
    }
}

/// Whether an item stands for all objects.
fn is_all(constraints: &Constraints, value: &Value) -> bool {
    let all = constraints.delimiter.as_ref().and_then(|delimiter| delimiter.all.as_deref());
    all.is_some_and(|all| value.as_str() == Some(all))
}
