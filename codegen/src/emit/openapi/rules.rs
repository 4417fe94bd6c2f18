//! Rules between the fields of a body, as far as JSON Schema can express them. Only errors become keywords.

use super::scope::Scope;
use crate::emit::json::{Json, Object, texts};
use crate::interpret::value_of;
use crate::model::{Condition, Consequence, Field, Level, Location, Object as ModelObject, Rule, Test, Type};

/// Sets the keywords of an object's rules.
pub(super) fn set(schema: &mut Object, scope: Scope<'_>, object: &ModelObject) {
    let body = Body { scope, object };
    let rules = object.rules.iter().filter_map(|rule| body.rule(rule));
    let all: Vec<Json> = rules.chain(body.at_least()).map(Json::Object).collect();
    schema.set_filled("allOf", all);
}

struct Body<'m> {
    scope: Scope<'m>,
    object: &'m ModelObject,
}

impl<'m> Body<'m> {
    /// A rule, if all of its fields are in the body and its violation is an error.
    fn rule(&self, rule: &Rule) -> Option<Object> {
        let then = self.consequence(&rule.then)?;
        let when = rule.when.iter().map(|condition| self.condition(condition));
        let when = when.collect::<Option<Vec<_>>>()?;
        Some(if when.is_empty() { then } else { Object::new().with("if", all_of(when)).with("then", then) })
    }

    fn consequence(&self, consequence: &Consequence) -> Option<Object> {
        let given = |fields: &[String]| fields.iter().map(|field| self.given(field)).collect::<Option<Vec<_>>>();
        match consequence {
            Consequence::Needs(fields, authority) if authority.level == Level::Error => Some(all_of(given(fields)?)),
            Consequence::Count { of, least, most, authority } if authority.level == Level::Error => {
                counted(given(of)?, *least, *most)
            }
            Consequence::Needs(..) | Consequence::Count { .. } | Consequence::MaySkip(_) => None,
        }
    }

    fn condition(&self, condition: &Condition) -> Option<Object> {
        match &condition.test {
            Test::Given => self.given(&condition.field),
            Test::Absent => Some(Object::new().with("not", self.given(&condition.field)?)),
            Test::OneOf(values) => {
                let fields = self.steps(&condition.field)?;
                let values: Vec<Json> = match fields.last() {
                    Some(field) => values.iter().map(|value| Json::from(&value_of(&field.ty, value))).collect(),
                    None => return None,
                };
                Some(present(&fields, Object::new().with("enum", values)))
            }
        }
    }

    /// The condition that a field has a value.
    fn given(&self, name: &str) -> Option<Object> {
        let fields = self.steps(name)?;
        let is_text = fields.last().is_some_and(|field| matches!(field.ty, Type::Text | Type::Enum(_)));
        let filled = if is_text && self.scope.leaves_out_empty() {
            Object::new().with("minLength", 1_u64)
        } else {
            Object::new()
        };
        Some(present(&fields, filled))
    }

    /// The fields that lead to a value. `None`: they do not start in the body.
    fn steps(&self, name: &str) -> Option<Vec<&'m Field>> {
        let find = |object: &'m ModelObject, name: &str| object.fields.iter().find(|field| field.name == name);
        if let Some(field) = find(self.object, name) {
            return (field.location == Location::Body && !field.flatten).then(|| vec![field]);
        }
        let mut fields = Vec::new();
        let mut object = Some(self.object);
        for step in name.split('.') {
            let field = find(object?, step)?;
            object = match &field.ty {
                Type::Object(id) => Some(&self.scope.model[*id]),
                _ => None,
            };
            fields.push(field);
        }
        fields.first().is_some_and(|field| field.location == Location::Body).then_some(fields)
    }

    /// The minimum number of fields, if it is more than none.
    fn at_least(&self) -> Option<Object> {
        let limit = self.object.at_least.as_ref().filter(|limit| limit.authority.level == Level::Error)?;
        if limit.is > 1 {
            return Some(Object::new().with("minProperties", limit.is));
        }
        // Unknown fields do not count, so `minProperties` is not enough.
        let in_body = self.object.fields.iter().filter(|field| field.location == Location::Body && !field.flatten);
        let given = in_body.filter_map(|field| self.given(&field.name));
        Some(Object::new().with("anyOf", list(given.collect())))
    }
}

/// The condition that a value satisfies all schemas.
fn all_of(mut schemas: Vec<Object>) -> Object {
    match schemas.pop() {
        Some(only) if schemas.is_empty() => only,
        last => {
            schemas.extend(last);
            Object::new().with("allOf", list(schemas))
        }
    }
}

fn list(schemas: Vec<Object>) -> Vec<Json> {
    schemas.into_iter().map(Json::Object).collect()
}

/// The condition that the last of nested fields is present and satisfies a schema.
fn present(fields: &[&Field], last: Object) -> Object {
    let Some((field, inner)) = fields.split_first() else { return last };
    let inside = present(inner, last);
    let inside = if inside.is_empty() { Json::from(true) } else { inside.into() };
    let properties: Object = [(field.name.clone(), inside)].into_iter().collect();
    Object::new().with("required", texts([field.name.as_str()])).with("properties", properties)
}

/// The condition that so many of the fields have a value. `None`: it would take too many cases.
fn counted(given: Vec<Object>, least: u64, most: u64) -> Option<Object> {
    let count = u64::try_from(given.len()).unwrap_or(u64::MAX);
    match (least, most) {
        (1, 1) => Some(Object::new().with("oneOf", list(given))),
        (1, most) if most >= count => Some(Object::new().with("anyOf", list(given))),
        (0, 1) => {
            let pairs = given
                .iter()
                .enumerate()
                .flat_map(|(index, one)| given[index + 1..].iter().map(move |other| vec![one.clone(), other.clone()]));
            let pairs = pairs.map(|pair| Object::new().with("not", Object::new().with("allOf", list(pair))));
            Some(all_of(pairs.collect()))
        }
        _ => None,
    }
}
