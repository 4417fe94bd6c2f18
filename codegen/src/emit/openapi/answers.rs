//! The answers of operations: of success, of a deferred request, and of errors.

use std::collections::HashSet;

use super::examples;
use super::routes::Member;
use super::scope::{Scope, Side};
use super::values::{of_type, or_type, reference};
use crate::emit::json::{Json, Object, texts};
use crate::emit::transfer::API_ID;
use crate::model::{Answer, Meta, Model, ResponseShape};

/// The keys of the position of a page.
const POSITION: [(&str, &[&str]); 4] = [
    ("limit", &["integer", "null"]),
    ("offset", &["integer", "null"]),
    // A link, or whether there is such a page.
    ("next", &["string", "boolean", "null"]),
    ("previous", &["string", "boolean", "null"]),
];
/// The statuses of answers without a body.
const EMPTY: [u16; 3] = [204, 205, 304];

/// The schemas that all answers share.
pub(super) fn shared(model: &Model) -> Vec<(String, Json)> {
    let id = of_type("string").with("description", "Identifies the request to the support of the API.");
    let answer = of_type("object")
        .with("description", "What every answer has.")
        .with("properties", [(API_ID.to_owned(), Json::Object(id))].into_iter().collect::<Object>());
    let description = "The message is under one of these keys, the most likely one first.";
    let messages = model.errors.messages.iter().map(|key| Inside {
        path: key.split('.').collect(),
        schema: Object::new(),
        is_required: false,
    });
    let error = nested(&messages.collect::<Vec<_>>()).with("description", description);
    let error = Object::new().with("allOf", vec![reference("Answer").into(), error.into()]);
    vec![("Answer".to_owned(), answer.into()), ("Error".to_owned(), error.into())]
}

/// The response to a request that was not executed.
pub(super) fn shared_responses(model: &Model) -> Object {
    let description = format!(
        "The request was not executed. A body whose `{}` is not empty says the same with any status.",
        model.errors.refusal
    );
    let response = Object::new().with("description", description).with("content", json(reference("Error")));
    [("Error".to_owned(), Json::Object(response))].into_iter().collect()
}

fn json(schema: Object) -> Object {
    json_with(schema, Object::new())
}

fn json_with(schema: Object, examples: Object) -> Object {
    let mut media = Object::new().with("schema", schema);
    media.set_filled("examples", examples);
    [("application/json".to_owned(), Json::Object(media))].into_iter().collect()
}

/// One response before those of a status are merged.
struct Response {
    status: u16,
    description: String,
    schema: Option<Object>,
    examples: Object,
}

/// The responses of the operations of one route.
pub(super) fn of_route(model: &Model, members: &[Member<'_>]) -> Object {
    let mut responses: Vec<(u16, Vec<Response>)> = Vec::new();
    for member in members {
        for response in of_operation(model, *member, members.len() > 1) {
            match responses.iter_mut().find(|(status, _)| *status == response.status) {
                Some((_, same)) => same.push(response),
                None => responses.push((response.status, vec![response])),
            }
        }
    }
    responses.sort_by_key(|(status, _)| *status);
    let mut all: Object =
        responses.into_iter().map(|(status, same)| (status.to_string(), Json::Object(merged(same)))).collect();
    for range in ["4XX", "5XX"] {
        all.set(range, Object::new().with("$ref", "#/components/responses/Error"));
    }
    all
}

fn merged(same: Vec<Response>) -> Object {
    let mut descriptions: Vec<String> = Vec::new();
    let mut schemas: Vec<Json> = Vec::new();
    let mut examples = Object::new();
    for response in same {
        if !descriptions.contains(&response.description) {
            descriptions.push(response.description);
        }
        let schema = response.schema.map(Json::Object).filter(|schema| !schemas.contains(schema));
        schemas.extend(schema);
        examples.extend(response.examples);
    }
    let object = Object::new().with("description", descriptions.join("\n\n"));
    let schema = match schemas.pop() {
        None => return object,
        Some(Json::Object(only)) if schemas.is_empty() => only,
        last => {
            schemas.extend(last);
            Object::new().with("anyOf", schemas)
        }
    };
    object.with("content", json_with(schema, examples))
}

fn of_operation(model: &Model, member: Member<'_>, is_shared: bool) -> Vec<Response> {
    let operation = member.operation;
    let usual = operation.answer.statuses.first();
    let mut responses: Vec<_> = operation
        .answer
        .statuses
        .iter()
        .map(|status| {
            let mut shown = examples::of_answer(model, member, *status, is_shared);
            if shown.is_empty() && Some(status) == usual {
                shown = examples::made_answer(model, operation);
            }
            response(model, &operation.answer, *status, shown)
        })
        .collect();
    if let (Some(keys), Some(deferral)) = (&operation.deferral, &model.deferral) {
        for status in &deferral.answer.statuses {
            let shown = examples::of_deferral(model, member, *status, is_shared);
            let mut response = response(model, &deferral.answer, *status, shown);
            response.description =
                format!("Only confirms the request: its result is sent to the URL in `{}`.", keys.url.name);
            responses.push(response);
        }
    }
    responses.extend(errors(member, is_shared));
    responses
}

/// The documented errors, with their examples.
fn errors(member: Member<'_>, is_shared: bool) -> Vec<Response> {
    let documented = examples::errors(member, is_shared).into_iter();
    let response = |(status, examples)| Response {
        status,
        description: "The request was not executed.".to_owned(),
        schema: Some(reference("Error")),
        examples,
    };
    documented.map(response).collect()
}

fn response(model: &Model, answer: &Answer, status: u16, examples: Object) -> Response {
    let described = answer.object().map(|id| model[id].summary.clone());
    let description = match &answer.shape {
        ResponseShape::Bare | ResponseShape::Under(_) => described,
        ResponseShape::Says { .. } | ResponseShape::List { .. } => None,
    };
    let description = description.unwrap_or_else(|| "The request was executed.".to_owned());
    let schema = (!EMPTY.contains(&status)).then(|| shape(model, answer));
    Response { status, description, schema, examples }
}

/// The schema of a body with an answer.
fn shape(model: &Model, answer: &Answer) -> Object {
    let Some(module) = model.resources.first().map(|resource| &resource.module) else { return Object::new() };
    let scope = Scope { model, module, side: Side::Answer };
    let value = scope.answered(&answer.ty);
    let beside_id = |schema: Object| Object::new().with("allOf", vec![reference("Answer").into(), schema.into()]);
    match &answer.shape {
        ResponseShape::Bare => beside_id(value),
        ResponseShape::Under(key) => {
            let members = [Inside { path: key.split('.').collect(), schema: value.clone(), is_required: true }];
            let under = nested(&members);
            match answer.unwrapped {
                Some(_) => beside_id(Object::new().with("anyOf", vec![under.into(), value.into()])),
                None => beside_id(under),
            }
        }
        ResponseShape::Says { key, text } => {
            let mut schema = or_type(of_type("string"), "null");
            if let Some(text) = text {
                schema.set("examples", vec![text.as_str().into()]);
            }
            beside_id(nested(&[Inside { path: key.split('.').collect(), schema, is_required: false }]))
        }
        ResponseShape::List { key, total, meta, beside } => {
            let list = of_type("array").with("items", value);
            // The position is a sibling of the list, also if the list is inside an object.
            let parent: Vec<&str> =
                key.rsplit_once('.').map(|(parent, _)| parent.split('.').collect()).unwrap_or_default();
            let around = match meta {
                Meta::Object => [&parent[..], &["meta"]].concat(),
                Meta::Flat | Meta::None => parent,
            };
            let position = POSITION.iter().filter(|_| *meta != Meta::None).copied();
            let position = total.iter().map(|name| (name.as_str(), ["integer", "null"].as_slice())).chain(position);
            let position = position.map(|(name, types)| Inside {
                path: [&around[..], &[name]].concat(),
                schema: Object::new().with("type", texts(types.iter().copied())),
                is_required: false,
            });
            let list = Inside { path: key.split('.').collect(), schema: list, is_required: true };
            let members: Vec<_> = [list].into_iter().chain(position).collect();
            let list = nested(&members);
            match beside {
                Some(id) => {
                    let beside = reference(&scope.object_name(*id));
                    Object::new().with("allOf", vec![reference("Answer").into(), list.into(), beside.into()])
                }
                None => beside_id(list),
            }
        }
    }
}

/// A value in nested objects.
struct Inside<'k> {
    path: Vec<&'k str>,
    schema: Object,
    is_required: bool,
}

/// The schema of an object with these values.
fn nested(members: &[Inside<'_>]) -> Object {
    nested_at(&members.iter().collect::<Vec<_>>(), 0)
}

fn nested_at(members: &[&Inside<'_>], depth: usize) -> Object {
    let mut names: Vec<&str> = members.iter().filter_map(|member| member.path.get(depth).copied()).collect();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(*name));
    let inside = |name: &str| -> Vec<_> {
        members.iter().copied().filter(|member| member.path.get(depth) == Some(&name)).collect()
    };
    let required = names.iter().filter(|name| inside(name).iter().any(|member| member.is_required));
    let mut schema = of_type("object");
    schema.set_filled("required", texts(required.copied()));
    let properties = names.iter().map(|name| {
        let inside = inside(name);
        let last = inside.iter().find(|member| member.path.len() == depth + 1);
        let value = last.map_or_else(|| nested_at(&inside, depth + 1), |member| member.schema.clone());
        ((*name).to_owned(), Json::Object(value))
    });
    schema.with("properties", properties.collect::<Object>())
}
