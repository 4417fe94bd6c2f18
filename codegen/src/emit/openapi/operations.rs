//! The operations of one route, as one operation of OpenAPI.

use super::objects::paragraphs;
use super::provenance;
use super::routes::{Member, Route};
use super::{answers, bodies, parameters};
use crate::emit::json::{Json, Object, texts};
use crate::emit::words;
use crate::model::{Body, Consequence, Level, Method, Model, Retry, Stage};

/// The path item of a route.
pub(super) fn path_item(model: &Model, route: &Route<'_>) -> Object {
    let operation =
        |(method, members): &(Method, Vec<Member<'_>>)| (key(*method).to_owned(), one(model, route, members).into());
    route.methods.iter().map(operation).collect()
}

fn key(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Delete => "delete",
        Method::Patch => "patch",
    }
}

fn one(model: &Model, route: &Route<'_>, members: &[Member<'_>]) -> Object {
    let mut object = Object::new();
    let Some(first) = members.first() else { return object };
    let mut tags: Vec<&str> = members.iter().map(|member| member.resource.name.as_str()).collect();
    tags.dedup();
    object.set("operationId", first.operation.id.as_str());
    object.set("tags", texts(tags));
    let summaries: Vec<_> = members.iter().map(|member| first_sentence(&member.operation.summary)).collect();
    object.set("summary", summaries.join(" / "));
    object.set("description", described(model, members));
    if members.iter().all(|member| member.operation.deprecated.is_some()) {
        object.set("deprecated", true);
    }
    object.set_filled("servers", servers(model, members));
    object.set_filled("parameters", parameters::of_route(model, route.template, members));
    if let Some(body) = bodies::of_route(model, members) {
        object.set("requestBody", body);
    }
    object.set("responses", answers::of_route(model, members));
    let operations: Json = members.iter().map(|member| Json::Object(provenance_of(model, *member))).collect();
    object.with("x-plivo-operations", operations)
}

/// The summary without what follows its first sentence.
fn first_sentence(summary: &str) -> &str {
    let end = summary.find(". ").or_else(|| summary.strip_suffix('.').map(str::len)).unwrap_or(summary.len());
    &summary[..end]
}

fn described(model: &Model, members: &[Member<'_>]) -> String {
    let each = members.iter().map(|Member { resource, operation }| {
        let mut texts = vec![operation.summary.clone()];
        if members.len() > 1 {
            texts[0] = format!(
                "**`{}`** (`{}`): {}",
                operation.id,
                words::request_line(operation).trim_matches('`'),
                operation.summary
            );
        }
        texts.extend(operation.deprecated.as_ref().map(|reason| format!("Deprecated: {reason}")));
        texts.extend(words::operation(resource, &model[operation.request], operation));
        paragraphs(&texts)
    });
    each.collect::<Vec<_>>().join("\n\n")
}

/// The servers, unless there is only the default one.
fn servers(model: &Model, members: &[Member<'_>]) -> Vec<Json> {
    let mut hosts: Vec<usize> = members.iter().map(|member| member.operation.host.0).collect();
    hosts.sort_unstable();
    hosts.dedup();
    if hosts == [0] {
        return Vec::new();
    }
    hosts.into_iter().filter_map(|host| model.hosts.get(host)).map(|host| server(&host.url, &host.summary)).collect()
}

pub(super) fn server(url: &str, description: &str) -> Json {
    Object::new().with("url", url).with("description", description).into()
}

/// What OpenAPI has no key for.
fn provenance_of(model: &Model, member: Member<'_>) -> Object {
    let Member { resource, operation } = member;
    let (module, request) = (&resource.module, &model[operation.request]);
    let stage = match operation.stage {
        Stage::Released => "released",
        Stage::Announced => "announced",
        Stage::Documented => "documented",
    };
    let retry = match operation.retry {
        Retry::Safe => "safe",
        Retry::IfNotSent => "if_not_sent",
        Retry::Never => "never",
    };
    let mut object = Object::new()
        .with("id", operation.id.as_str())
        .with("request", words::request_line(operation).replace('`', ""))
        .with("stage", stage)
        .with("retry", retry)
        .with("sources", provenance::names(module, &operation.sources));
    if let Body::Multipart { data: Some(data) } = &operation.body {
        object.set("data", data.as_str());
    }
    object.set_filled("deferred_by", texts(operation.deferral.iter().map(|keys| keys.url.name.as_str())));
    let mut rules = Vec::new();
    let mut warnings = Vec::new();
    for rule in &request.rules {
        let authority = match &rule.then {
            Consequence::Needs(_, authority) | Consequence::Count { authority, .. } => authority,
            Consequence::MaySkip(_) => continue,
        };
        let entry = Object::new()
            .with("name", rule.name.as_str())
            .with("enforce", provenance::level(authority.level))
            .with("sources", provenance::names(module, &authority.sources));
        rules.push(Json::Object(entry));
        if authority.level == Level::Warn {
            warnings.push(Json::Object(Object::new().with("rule", rule.name.as_str())));
        }
    }
    object.set_filled("rules", rules);
    object.set_filled("x-plivo-warnings", warnings);
    object.set_filled("contradictions", provenance::contradictions(&operation.contradictions));
    object
}
