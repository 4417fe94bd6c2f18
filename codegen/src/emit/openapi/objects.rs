//! The schemas of objects and enumerations: the components.

use super::provenance;
use super::rules;
use super::scope::{Reached, Scope, Side, component};
use super::values::{of_type, or_type, reference};
use crate::emit::json::{Json, Object, texts};
use crate::emit::words;
use crate::interpret::{example_value, stored_form};
use crate::model::{Enum, Field, Level, Location, Model, One, Presence, Role, Type};

/// All schemas: enumerations, requests with their parts, and answers.
pub(super) fn schemas(model: &Model) -> Object {
    let reached = Reached::by(model);
    let mut schemas: Vec<(String, Json)> = Vec::new();
    for (_, listed) in model.enums.iter().enumerate().filter(|(index, _)| reached.enums.contains(index)) {
        schemas.push((component(model, listed.owner, &listed.name), enumeration(listed).into()));
    }
    for (index, object) in model.objects.iter().enumerate() {
        let id = crate::model::ObjectId(index);
        let request = reached.requests.contains(&index).then(|| reached.request_side(id));
        let answer = reached.answers.contains(&index).then_some(Side::Answer);
        for side in [request, answer].into_iter().flatten() {
            let Some(scope) = Scope::of(model, object, side) else { continue };
            schemas.push((scope.object_name(id), scope.object(object).into()));
        }
    }
    schemas.sort_by(|one, other| one.0.cmp(&other.0));
    schemas.into_iter().collect()
}

fn enumeration(listed: &Enum) -> Object {
    let described = listed.values.iter().filter_map(|value| Some((&value.wire, value.summary.as_ref()?)));
    let lines: Vec<_> = described.clone().map(|(wire, summary)| format!("- `{wire}`: {summary}")).collect();
    let description = [vec![listed.summary.clone()], lines].concat();
    let mut schema = of_type("string")
        .with("enum", texts(listed.values.iter().map(|value| value.wire.as_str())))
        .with("description", paragraphs(&description));
    schema.set_filled(
        "x-enumDescriptions",
        described.map(|(wire, summary)| (wire.clone(), summary.as_str().into())).collect::<Object>(),
    );
    schema
}

/// Paragraphs as one text. The items of a list follow each other.
pub(super) fn paragraphs(paragraphs: &[String]) -> String {
    let mut text = String::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let in_list = index > 0 && paragraph.starts_with("- ") && paragraphs[index - 1].starts_with("- ");
        text.push_str(if index == 0 { "" } else { "\n\n" });
        if in_list {
            text.pop();
        }
        text.push_str(paragraph);
    }
    text
}

impl Scope<'_> {
    /// The schema of an object: of the body, if it is a request.
    fn object(&self, object: &crate::model::Object) -> Object {
        let in_body = object.fields.iter().filter(|field| {
            let is_carried = self.is_answer() || field.presence != Presence::AnswerOnly;
            // A file inside of JSON is a part of its own.
            let is_part = object.role == Role::Part && field.ty == Type::File;
            field.location == Location::Body && is_carried && !is_part
        });
        let mut schema = of_type("object").with("description", object.summary.as_str());
        let required = in_body.clone().filter(|field| self.requires(field));
        schema.set_filled("required", texts(required.map(|field| field.name.as_str())));
        let named = in_body.clone().filter(|field| !field.flatten);
        let properties = named.map(|field| (field.name.clone(), self.field(object.role, field).into()));
        schema.set_filled("properties", properties.collect::<Object>());
        for field in in_body.filter(|field| field.flatten) {
            let Type::Map(item) = &field.ty else { continue };
            let description = paragraphs(&words::wire_field(self.model, self.module, self.role(object.role), field));
            schema.set(
                "additionalProperties",
                self.value(item, &field.constraints, None).with("description", description),
            );
        }
        if !self.is_answer() {
            rules::set(&mut schema, *self, object);
        }
        schema
    }

    fn requires(&self, field: &Field) -> bool {
        match &field.presence {
            Presence::Required(authority) => !self.is_answer() && authority.level == Level::Error,
            Presence::Always(_) => self.is_answer(),
            Presence::Optional | Presence::AnswerOnly => false,
        }
    }

    fn role(&self, role: Role) -> Role {
        if self.is_answer() { Role::Answer } else { role }
    }

    /// The schema of a field.
    pub(super) fn field(&self, role: Role, field: &Field) -> Object {
        let mut schema = self.forms(field);
        let is_null_known = if self.is_answer() { !self.requires(field) } else { field.clears };
        if is_null_known {
            schema = or_type(schema, "null");
        }
        self.annotate(schema, role, field)
    }

    /// The values of a field, null aside.
    pub(super) fn forms(&self, field: &Field) -> Object {
        let items_also = field.items_also.filter(|_| self.is_answer()).map(provenance::kind_of);
        let value = self.value(&field.ty, &field.constraints, items_also);
        let mut schema = match (&field.constraints.delimiter, &field.ty) {
            (Some(_), _) if self.is_answer() => or_type(value, "string"),
            (Some(delimiter), ty) => self.delimited(ty, &field.constraints, delimiter),
            (None, Type::List(item)) if field.one != One::Listed => {
                let single = self.value(item, &field.constraints, items_also);
                Object::new().with("anyOf", vec![value.into(), single.into()])
            }
            (None, _) => value,
        };
        if let Some(kind) = field.also.filter(|_| self.is_answer()) {
            schema = or_type(schema, provenance::kind_of(kind));
        }
        // What counts as absent does not satisfy a request that needs the field. No listed value is empty.
        let is_text = matches!(field.ty, Type::Text | Type::Enum(_)) || field.constraints.delimiter.is_some();
        let is_filled = schema.get("minLength").is_some() || schema.get("$ref").is_some();
        if is_text && self.leaves_out_empty() && self.requires(field) && !is_filled {
            schema.set("minLength", 1_u64);
        }
        // A form without a part has no list.
        let is_files = matches!(&field.ty, Type::List(item) if **item == Type::File);
        if is_files && self.requires(field) && schema.get("minItems").is_none() {
            schema.set("minItems", 1_u64);
        }
        schema
    }

    /// A schema with what is known about its field.
    pub(super) fn annotate(&self, mut schema: Object, role: Role, field: &Field) -> Object {
        let description = words::wire_field(self.model, self.module, self.role(role), field);
        schema.set("description", paragraphs(&description));
        if !self.is_answer() {
            let is_required = matches!(field.presence, Presence::Required(_));
            if let Some(default) = field.default.as_ref().filter(|_| !is_required) {
                schema.set("default", &stored_form(self.model, field, &default.is));
            }
        }
        if let Some(text) = &field.example {
            schema.set("examples", vec![Json::from(&example_value(&field.ty, text))]);
        }
        if field.deprecated.is_some() {
            schema.set("deprecated", true);
        }
        if field.sensitive {
            schema.set("x-plivo-sensitive", true);
        }
        match field.ty {
            Type::Timestamp | Type::Moment => schema.set("x-plivo-type", "timestamp"),
            Type::Decimal => schema.set("x-plivo-type", "decimal"),
            _ => {}
        }
        if let Some(delimiter) = &field.constraints.delimiter {
            schema.set("x-plivo-delimiter", delimiter.text.as_str());
            if let Type::List(item) | Type::Map(item) = &field.ty {
                schema.set("x-plivo-items", self.value(item, &field.constraints, None));
            }
        }
        provenance::set_field(&mut schema, self.module, field, self.is_answer());
        schema
    }

    /// A reference to the schema of a type that is answered.
    pub(super) fn answered(&self, ty: &Type) -> Object {
        match ty {
            Type::Object(id) => reference(&self.object_name(*id)),
            ty => self.value(ty, &crate::model::Constraints::default(), None),
        }
    }
}
