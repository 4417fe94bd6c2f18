//! The schemas of values, by type and limits.

use super::formats;
use super::scope::{Scope, component};
use crate::emit::json::{Json, Object};
use crate::model::{Constraint, Constraints, Delimiter, EnumId, Level, ObjectId, Role, Type};

/// A limit as a keyword, if its violation is an error.
macro_rules! keyword {
    ($schema:ident, $key:literal, $limit:expr) => {
        if let Some(limit) = $limit.as_ref().filter(|limit| limit.authority.level == Level::Error) {
            $schema.set($key, limit.is);
        }
    };
}

pub(super) fn of_type(name: &str) -> Object {
    Object::new().with("type", name)
}

pub(super) fn reference(name: &str) -> Object {
    Object::new().with("$ref", format!("#/components/schemas/{name}"))
}

/// A schema that also allows a type.
pub(super) fn or_type(mut schema: Object, name: &str) -> Object {
    if schema.is_empty() {
        return schema;
    }
    let types = match schema.get("type") {
        Some(Json::Text(one)) => Some(vec![one.as_str().into()]),
        Some(Json::List(several)) => Some(several.clone()),
        _ => None,
    };
    if let Some(mut types) = types {
        let name = Json::from(name);
        if !types.contains(&name) {
            types.push(name);
        }
        schema.set("type", types);
        return schema;
    }
    let mut forms = match schema.get("anyOf") {
        Some(Json::List(forms)) => forms.clone(),
        _ => vec![schema.into()],
    };
    forms.push(of_type(name).into());
    Object::new().with("anyOf", forms)
}

impl Scope<'_> {
    /// The schema of a value. The limits of a list or a map are also those of what it contains.
    pub(super) fn value(&self, ty: &Type, limits: &Constraints, items_also: Option<&str>) -> Object {
        let item = |ty: &Type| {
            let schema = self.value(ty, limits, items_also);
            let is_last = !matches!(ty, Type::List(_) | Type::Map(_));
            match items_also.filter(|_| is_last) {
                Some(kind) => or_type(schema, kind),
                None => schema,
            }
        };
        match ty {
            Type::Text | Type::Timestamp | Type::Moment => self.text(of_type("string"), limits),
            Type::Decimal => of_type("string").with("format", "decimal"),
            Type::Integer => self.number(of_type("integer").with("format", "int64"), limits),
            Type::Number => self.number(of_type("number"), limits),
            Type::Boolean => of_type("boolean"),
            Type::Any => Object::new(),
            Type::File => self.file(limits),
            Type::Enum(id) => self.listed(*id, limits),
            Type::Choice(id) => {
                let pattern = format!("^{}$", formats::choice(&self.model[*id]));
                of_type("string").with("pattern", pattern)
            }
            Type::Object(id) => reference(&self.object_name(*id)),
            Type::List(of) => {
                let mut schema = of_type("array").with("items", self.item_or_all(item(of), limits));
                if !self.is_answer() {
                    keyword!(schema, "minItems", limits.min_items);
                    keyword!(schema, "maxItems", limits.max_items);
                }
                schema
            }
            Type::Map(of) => {
                let mut schema = of_type("object").with("additionalProperties", item(of));
                if !self.is_answer() {
                    keyword!(schema, "minProperties", limits.min_items);
                    keyword!(schema, "maxProperties", limits.max_items);
                }
                schema
            }
        }
    }

    fn item_or_all(&self, item: Object, limits: &Constraints) -> Object {
        match limits.delimiter.as_ref().and_then(|delimiter| delimiter.all.as_deref()) {
            Some(all) if !self.is_answer() => {
                let all = Object::new().with("const", all);
                Object::new().with("anyOf", vec![item.into(), all.into()])
            }
            _ => item,
        }
    }

    /// The name of an object on this side.
    pub(super) fn object_name(&self, id: ObjectId) -> String {
        let object = &self.model[id];
        let name = component(self.model, object.owner, &object.name);
        if self.is_answer() && object.role == Role::Part { format!("{name}.answer") } else { name }
    }

    fn text(&self, mut schema: Object, limits: &Constraints) -> Object {
        if self.is_answer() {
            return schema;
        }
        keyword!(schema, "minLength", limits.min_length);
        keyword!(schema, "maxLength", limits.max_length);
        if let Some(limit) = limits.format.as_ref().filter(|limit| limit.authority.level == Level::Error) {
            if let Some(name) = formats::name(limit.is) {
                schema.set("format", name);
            }
            let expression = formats::expression(self.model, limit.is);
            // An empty string that is sent clears a field, so it has no format.
            let pattern =
                if self.leaves_out_empty() { format!("^{expression}$") } else { format!("^(?:{expression})?$") };
            schema.set("pattern", pattern);
        }
        schema
    }

    fn number(&self, mut schema: Object, limits: &Constraints) -> Object {
        if !self.is_answer() {
            keyword!(schema, "minimum", limits.min);
            keyword!(schema, "maximum", limits.max);
        }
        schema
    }

    fn file(&self, limits: &Constraints) -> Object {
        let mut schema = of_type("string").with("format", "binary");
        keyword!(schema, "maxLength", limits.max_bytes);
        schema
    }

    /// An enumeration. It is open unless an unlisted value is an error.
    fn listed(&self, id: EnumId, limits: &Constraints) -> Object {
        let listed = reference(&component(self.model, self.model[id].owner, &self.model[id].name));
        let is_closed = limits.values.as_ref().is_some_and(|values| values.level == Level::Error);
        if is_closed && !self.is_answer() {
            return listed;
        }
        let other = self.text(of_type("string"), limits);
        Object::new().with("anyOf", vec![listed.into(), other.into()])
    }

    /// A list or a map as one text. Its pattern says what is known of the items and of their number.
    pub(super) fn delimited(&self, ty: &Type, limits: &Constraints, delimiter: &Delimiter) -> Object {
        let pattern = match ty {
            Type::List(item) if !self.is_answer() => self.list_expression(item, limits, delimiter),
            _ => None,
        };
        let text = of_type("string").with_some("pattern", pattern.map(|pattern| format!("^{pattern}$")));
        match ty {
            // One listed value is a list too.
            Type::List(item) => match &**item {
                Type::Enum(id) => {
                    let listed = reference(&component(self.model, self.model[*id].owner, &self.model[*id].name));
                    Object::new().with("anyOf", vec![listed.into(), text.into()])
                }
                _ => text,
            },
            _ => text,
        }
    }

    fn list_expression(&self, item: &Type, limits: &Constraints, delimiter: &Delimiter) -> Option<String> {
        let count = |limit: &Option<Constraint<u64>>| {
            limit.as_ref().filter(|limit| limit.authority.level == Level::Error).map(|limit| limit.is)
        };
        let (least, most) = (count(&limits.min_items), count(&limits.max_items));
        let item = self.item_expression(item, limits);
        if item.is_none() && least.is_none() && most.is_none() {
            return None;
        }
        let mut letters = delimiter.text.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
        let letter = formats::escaped(&letter.to_string());
        let all = delimiter.all.as_deref().map(|all| format!("|{}", formats::escaped(all))).unwrap_or_default();
        let item = item.map_or_else(|| format!("[^{letter}]*"), |item| format!("(?:{item}{all})"));
        let least = least.unwrap_or(0);
        let count = match most {
            None if least <= 1 => "*".to_owned(),
            None => format!("{{{},}}", least.saturating_sub(1)),
            Some(most) => format!("{{{},{}}}", least.saturating_sub(1), most.saturating_sub(1)),
        };
        let list = format!("{item}(?:{letter}{item}){count}");
        // An empty text has no items.
        Some(if least == 0 { format!("(?:{list})?") } else { list })
    }

    fn item_expression(&self, item: &Type, limits: &Constraints) -> Option<String> {
        let is_error = |level: &Level| *level == Level::Error;
        match item {
            Type::Text => {
                let format = limits.format.as_ref().filter(|format| is_error(&format.authority.level));
                format.map(|format| formats::expression(self.model, format.is))
            }
            Type::Integer => Some("-?[0-9]+".to_owned()),
            Type::Enum(id) => {
                limits.values.as_ref().filter(|values| is_error(&values.level))?;
                let values: Vec<_> = self.model[*id].values.iter().map(|value| formats::escaped(&value.wire)).collect();
                Some(values.join("|"))
            }
            _ => None,
        }
    }
}
