//! The bodies of requests: JSON, or the parts of a form.

use super::examples;
use super::routes::Member;
use super::scope::{Scope, Side, component};
use super::values::{of_type, reference};
use crate::emit::json::{Json, Object, texts};
use crate::interpret::{Parameters, Violation, pointer_to, validate};
use crate::model::{Body, Field, Fixed, Level, Location, Model, Object as ModelObject, Operation, Type};

const JSON: &str = "application/json";
const FORM: &str = "multipart/form-data";

/// The body of the operations of one route. `None`: none of them has one.
pub(super) fn of_route(model: &Model, members: &[Member<'_>]) -> Option<Object> {
    let with_body: Vec<_> = members.iter().filter(|member| has_body(model, member.operation)).collect();
    let mut content: Vec<(&str, Vec<Json>, Object, Object)> = Vec::new();
    for member in &with_body {
        let operation = member.operation;
        let media_type = if matches!(operation.body, Body::Multipart { .. }) { FORM } else { JSON };
        let schema = Json::Object(schema(model, operation, members));
        let shown = examples::of_body(model, **member, members.len() > 1);
        let encoding = encoding(model, operation);
        match content.iter_mut().find(|(known, ..)| *known == media_type) {
            Some((_, schemas, examples, parts)) => {
                schemas.push(schema);
                examples.extend(shown);
                parts.extend(encoding);
            }
            None => content.push((media_type, vec![schema], shown, encoding)),
        }
    }
    let content = content.into_iter().map(|(media_type, mut schemas, examples, encoding)| {
        let schema = match schemas.pop() {
            Some(only) if schemas.is_empty() => only,
            last => {
                schemas.extend(last);
                Object::new().with("oneOf", schemas).into()
            }
        };
        let mut media = Object::new().with("schema", schema);
        media.set_filled("examples", examples);
        media.set_filled("encoding", encoding);
        (media_type.to_owned(), media.into())
    });
    let content: Object = content.collect();
    if content.is_empty() {
        return None;
    }
    let is_required =
        with_body.len() == members.len() && with_body.iter().all(|member| is_required(model, member.operation));
    let mut body = Object::new();
    if is_required {
        body.set("required", true);
    }
    Some(body.with("content", content))
}

fn in_body<'m>(model: &'m Model, operation: &'m Operation) -> impl Iterator<Item = &'m Field> + Clone {
    model.request_fields(operation).filter(|field| field.location == Location::Body)
}

fn fixed_in_body(operation: &Operation) -> impl Iterator<Item = &Fixed> {
    operation.fixed.iter().filter(|fixed| fixed.location == Location::Body)
}

/// A request without a body of its own can have one for the keys that defer the result.
fn has_body(model: &Model, operation: &Operation) -> bool {
    in_body(model, operation).next().is_some() || fixed_in_body(operation).next().is_some()
}

/// Whether a request without a body is refused. A form always has one.
fn is_required(model: &Model, operation: &Operation) -> bool {
    let is_elsewhere = |violation: &Violation| {
        let mut others = model.request_fields(operation).filter(|field| field.location != Location::Body);
        others.any(|field| pointer_to("", &field.name) == violation.pointer)
    };
    let violations = validate(model, operation, &Parameters::default());
    let mut errors = violations.iter().filter(|violation| violation.level == Level::Error);
    fixed_in_body(operation).next().is_some()
        || matches!(operation.body, Body::Multipart { .. })
        || errors.any(|violation| !is_elsewhere(violation))
}

/// The schema of the body: that of the request, with what is fixed and the keys that defer the result.
fn schema(model: &Model, operation: &Operation, members: &[Member<'_>]) -> Object {
    let request = &model[operation.request];
    let named = reference(&component(model, request.owner, &request.name));
    let mut more = Object::new();
    let fixed: Vec<_> = fixed_in_body(operation).collect();
    let mut properties: Vec<(String, Json)> = Vec::new();
    for fixed in &fixed {
        properties.push((fixed.name.clone(), Object::new().with("const", fixed.value.as_str()).into()));
    }
    let side = Side::Request(crate::model::EmptyText::Sent);
    if let Some(scope) = Scope::of(model, request, side) {
        let keys = operation.deferral.iter().flat_map(|keys| keys.fields());
        let keys = keys.filter(|field| field.location == Location::Body);
        properties.extend(keys.map(|key| (key.name.clone(), scope.field(request.role, key).into())));
    }
    if !properties.is_empty() {
        more = of_type("object");
        more.set_filled("required", texts(fixed.iter().map(|fixed| fixed.name.as_str())));
        more.set("properties", properties.into_iter().collect::<Object>());
    }
    // Without what other operations of the route fix, the body is that of this one.
    let others = members.iter().flat_map(|member| fixed_in_body(member.operation));
    for other in others.filter(|other| fixed.iter().all(|fixed| fixed.name != other.name)) {
        let value = Object::new().with("const", other.value.as_str());
        let is_other = Object::new()
            .with("required", texts([other.name.as_str()]))
            .with("properties", [(other.name.clone(), Json::Object(value))].into_iter().collect::<Object>());
        more.set("not", is_other);
    }
    let whole = if more.is_empty() { named } else { Object::new().with("allOf", vec![named.into(), more.into()]) };
    match &operation.body {
        Body::Multipart { data: Some(data) } => with_data(model, request, data, whole),
        Body::Multipart { data: None } | Body::Json | Body::None => whole,
    }
}

/// A form in which one part has everything except the files.
fn with_data(model: &Model, request: &ModelObject, data: &str, inside: Object) -> Object {
    let mut schema = of_type("object").with("required", texts([data]));
    schema.set("properties", [(data.to_owned(), Json::Object(inside))].into_iter().collect::<Object>());
    let mut files = Vec::new();
    for field in &request.fields {
        file_parts(model, field, &field.ty, &field.name, 0, &mut files);
    }
    let parts = files.into_iter().map(|(pattern, file)| (format!("^{pattern}$"), Json::Object(file)));
    schema.set_filled("patternProperties", parts.collect::<Object>());
    schema
}

/// How deep files in objects are followed: an object may contain itself.
const DEEPEST: usize = 4;

/// The parts with files inside of the data: their names as expressions, such as `documents\[[0-9]+\]\.file`, and their
/// schemas.
fn file_parts(model: &Model, field: &Field, ty: &Type, name: &str, depth: usize, found: &mut Vec<(String, Object)>) {
    match ty {
        _ if depth > DEEPEST => {}
        Type::File => {
            let file = of_type("string").with("format", "binary");
            found.push((name.to_owned(), file.with("description", field.summary.as_str())));
        }
        Type::List(item) => file_parts(model, field, item, &format!(r"{name}\[[0-9]+\]"), depth + 1, found),
        Type::Object(id) => {
            for field in &model[*id].fields {
                let name = format!(r"{name}\.{}", field.name);
                file_parts(model, field, &field.ty, &name, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// The media types of the parts of a form, where they are known.
fn encoding(model: &Model, operation: &Operation) -> Object {
    let Body::Multipart { data } = &operation.body else { return Object::new() };
    let part = |name: &str, types: &str| (name.to_owned(), Json::Object(Object::new().with("contentType", types)));
    let data = data.iter().map(|data| part(data, JSON));
    let types = in_body(model, operation).filter_map(|field| {
        let types = field.constraints.content_types.as_ref()?;
        (types.authority.level == Level::Error).then(|| part(&field.name, &types.are.join(", ")))
    });
    data.chain(types).collect()
}
