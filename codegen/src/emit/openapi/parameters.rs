//! The parameters of paths and queries.

use super::examples::first_value;
use super::objects::paragraphs;
use super::routes::{Member, parameter_name};
use super::scope::{Scope, Side};
use super::values::of_type;
use crate::emit::json::{Json, Object};
use crate::emit::words;
use crate::model::{ACCOUNT, Field, Level, Location, Model, Presence, Role, Segment, Type};

/// A parameter before those of one route are merged.
struct Parameter {
    name: String,
    place: &'static str,
    is_required: bool,
    head: Object,
    schema: Object,
}

/// The parameters that operations share: the account in the path.
pub(super) fn shared() -> Object {
    let account = Object::new()
        .with("name", ACCOUNT)
        .with("in", "path")
        .with("required", true)
        .with("description", "Id of the account, which is also the user name of the credentials.")
        .with("schema", of_type("string").with("minLength", 1_u64));
    [(ACCOUNT.to_owned(), Json::Object(account))].into_iter().collect()
}

/// The parameters of the operations of one route. One that only some of them require is optional.
pub(super) fn of_route(model: &Model, template: &str, members: &[Member<'_>]) -> Json {
    let mut merged: Vec<(Parameter, usize)> = Vec::new();
    for member in members {
        for parameter in of_operation(model, template, *member) {
            let same =
                |known: &&mut (Parameter, usize)| known.0.name == parameter.name && known.0.place == parameter.place;
            match merged.iter_mut().find(same) {
                Some((known, count)) => {
                    known.merge(parameter);
                    *count += 1;
                }
                None => merged.push((parameter, 1)),
            }
        }
    }
    let has_account = members.first().is_some_and(|member| member.operation.path.segments.contains(&Segment::Account));
    let account = Object::new().with("$ref", format!("#/components/parameters/{ACCOUNT}"));
    let account = has_account.then_some(Json::Object(account));
    let others = merged.into_iter().map(|(parameter, count)| {
        let is_required = parameter.is_required && count == members.len();
        Json::Object(parameter.json(is_required))
    });
    account.into_iter().chain(others).collect()
}

fn of_operation(model: &Model, template: &str, member: Member<'_>) -> Vec<Parameter> {
    let operation = member.operation;
    let side = Side::Request(operation.empty_text);
    let Some(scope) = Scope::of(model, &model[operation.request], side) else { return Vec::new() };
    let fixed = operation.fixed.iter().filter(|fixed| fixed.location == Location::Query).map(|fixed| Parameter {
        name: fixed.name.clone(),
        place: "query",
        is_required: true,
        head: Object::new().with("description", format!("`{}` for `{}`.", fixed.value, operation.id)),
        schema: Object::new().with("const", fixed.value.as_str()),
    });
    let fields = model.request_fields(operation).filter_map(|field| {
        let is_required = matches!(&field.presence, Presence::Required(authority) if authority.level == Level::Error);
        let (name, place, is_required) = match field.location {
            Location::Path => (parameter_name(template, operation, &field.name)?, "path", true),
            Location::Query => (field.name.as_str(), "query", is_required),
            Location::Body => return None,
        };
        let (head, schema) = described(scope, member, field, is_required);
        Some(Parameter { name: name.to_owned(), place, is_required, head, schema })
    });
    fixed.chain(fields).collect()
}

/// A parameter's head, without name, place and presence; and its schema.
fn described(scope: Scope<'_>, member: Member<'_>, field: &Field, is_required: bool) -> (Object, Object) {
    let description = words::wire_field(scope.model, scope.module, Role::Request, field);
    let mut head = Object::new().with("description", paragraphs(&description));
    let comma = field.constraints.delimiter.as_ref().filter(|delimiter| delimiter.text == ",");
    let value = match (comma, &field.ty) {
        (Some(_), ty @ Type::List(_)) => {
            head.set("style", if field.location == Location::Path { "simple" } else { "form" });
            head.set("explode", false);
            let list = scope.value(ty, &field.constraints, None);
            if is_required && list.get("minItems").is_none() { list.with("minItems", 1_u64) } else { list }
        }
        _ => scope.forms(field),
    };
    let value = match value.get("type") {
        // An empty segment is another path.
        Some(Json::Text(ty)) if ty == "string" && field.location == Location::Path => {
            if value.get("minLength").is_none() { value.with("minLength", 1_u64) } else { value }
        }
        _ => value,
    };
    let mut schema = scope.annotate(value, Role::Request, field);
    schema.remove("description");
    if schema.remove("deprecated").is_some() {
        head.set("deprecated", true);
    }
    if let Some(example) = first_value(scope.model, member, field) {
        head.set("example", &example);
    }
    (head, schema)
}

impl Parameter {
    /// Makes a parameter that both operations take.
    fn merge(&mut self, other: Self) {
        self.is_required &= other.is_required;
        if self.schema == other.schema {
            return;
        }
        let forms = |schema: &Object| match (schema.get("anyOf"), schema.get("const")) {
            (Some(Json::List(forms)), _) if schema.get("x-plivo-sources").is_none() => forms.clone(),
            _ => vec![schema.clone().into()],
        };
        let mut all = forms(&self.schema);
        for form in forms(&other.schema) {
            if !all.contains(&form) {
                all.push(form);
            }
        }
        self.schema = Object::new().with("anyOf", all);
        if let (Some(Json::Text(one)), Some(Json::Text(two))) =
            (self.head.get("description"), other.head.get("description"))
            && one != two
        {
            let description = format!("{one}\n\n{two}");
            self.head.set("description", description);
        }
    }

    fn json(self, is_required: bool) -> Object {
        let mut parameter = Object::new().with("name", self.name).with("in", self.place);
        if is_required {
            parameter.set("required", true);
        }
        parameter.extend(self.head);
        parameter.with("schema", self.schema)
    }
}
