//! The description of the API in OpenAPI 3.1, for the tools of others.
//!
//! Only what is an error becomes a keyword. Warnings are in the descriptions and under `x-plivo-warnings`.

mod answers;
mod bodies;
mod examples;
mod formats;
mod objects;
mod operations;
mod parameters;
mod provenance;
mod routes;
mod rules;
mod scope;
mod values;

use super::output::{GENERATED_MARK, Output};
use crate::emit::json::{Json, Object, text_of, texts};
use crate::model::{Model, Resource};

/// The path of the document.
const PATH: &str = "generated-client/reference/openapi.json";

/// What the summary of the API leaves to this document.
const CONVENTIONS: &str = "\
Only what is an error is a keyword of a schema. What is only a warning is in the descriptions and under \
`x-plivo-warnings`. `x-plivo-sources` names who states a fact; the sources are described at the tags. Where they differ, \
`x-plivo-contradictions` has what each says and the decision. `x-plivo-operations` lists the operations of a route.";

/// The document.
pub(super) fn emit(model: &Model) -> Output {
    let mut document = Object::new().with("openapi", "3.1.1").with("x-generated", GENERATED_MARK);
    document.set("info", info(model));
    let default = model.hosts.first().map(|host| operations::server(&host.url, &host.summary));
    document.set("servers", default.into_iter().collect::<Vec<_>>());
    let basic = [("basic".to_owned(), Json::List(Vec::new()))].into_iter().collect::<Object>();
    document.set("security", vec![Json::Object(basic)]);
    document.set("tags", model.resources.iter().map(tag).collect::<Vec<_>>());
    document.set_filled("x-tagGroups", groups(model));
    let routes = routes::routes(model);
    let paths = routes.iter().map(|route| (route.template.to_owned(), operations::path_item(model, route).into()));
    document.set("paths", paths.collect::<Object>());
    document.set("components", components(model));
    Output { path: PATH.to_owned(), text: text_of(&document.into()) }
}

fn info(model: &Model) -> Object {
    let license = env!("CARGO_PKG_LICENSE");
    Object::new()
        .with("title", format!("{} API", model.name))
        .with("version", env!("CARGO_PKG_VERSION"))
        .with("description", format!("{}\n\n{CONVENTIONS}", model.summary.trim()))
        .with("license", Object::new().with("name", license).with("identifier", license))
}

fn tag(resource: &Resource) -> Json {
    Object::new()
        .with("name", resource.name.as_str())
        .with("x-displayName", resource.plural.as_str())
        .with("description", resource.module.summary.as_str())
        .with("x-plivo-sources", provenance::described(&resource.module.sources))
        .into()
}

/// The groups of resources, for tools that know the key; what is in none comes last.
fn groups(model: &Model) -> Vec<Json> {
    let of = |group: Option<usize>| {
        let members = model.resources.iter().filter(move |resource| resource.group.map(|id| id.0) == group);
        texts(members.map(|resource| resource.name.as_str()))
    };
    let named = model.groups.iter().enumerate().map(|(index, group)| (group.name.as_str(), of(Some(index))));
    let groups = named.chain([("other", of(None))]).filter(|(_, tags)| *tags != Json::List(Vec::new()));
    groups.map(|(name, tags)| Object::new().with("name", name).with("tags", tags).into()).collect()
}

fn components(model: &Model) -> Object {
    let mut schemas = objects::schemas(model);
    schemas.extend(answers::shared(model).into_iter().collect());
    let basic = Object::new()
        .with("type", "http")
        .with("scheme", "basic")
        .with("description", "The user name is the id of the account, and the password is its token.");
    Object::new()
        .with("securitySchemes", [("basic".to_owned(), Json::Object(basic))].into_iter().collect::<Object>())
        .with("parameters", parameters::shared())
        .with("responses", answers::shared_responses(model))
        .with("schemas", schemas)
}
