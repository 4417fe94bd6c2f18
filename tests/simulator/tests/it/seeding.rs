//! Objects that tests seed, inspect and remove.

use crate::client::{ACCOUNT, Client, GADGETS, Response, gadget, send, start, start_with};
use crate::model::{model, spec};
use plivo_simulator::{Objects, Options, Simulator};
use reqwest::Method;
use serde_json::{Value, json};

const OBJECTS: &str = "/_simulator/objects";
const FIRST: &str = "6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c01";

async fn call(client: &Client, method: Method, query: &str) -> Response {
    send(client.unauthenticated(method, &format!("{OBJECTS}{query}"))).await
}

async fn seed(client: &Client, objects: &str) -> Response {
    send(client.unauthenticated(Method::POST, OBJECTS).body(objects.to_owned())).await
}

/// Two gadgets, and a part of the first.
fn objects() -> Objects {
    let gadgets = Objects::of(ACCOUNT, "gadget")
        .object(json!({"gadget_uuid": FIRST, "name": "one", "colour": "RED", "note": null}))
        .object(json!({"name": "two", "made_at": "2025-12-31T00:00:00Z"}));
    gadgets.and(Objects::of(ACCOUNT, "part").inside([FIRST]).object(json!({"part_id": 7, "label": "lid"})))
}

#[tokio::test]
async fn seeded_objects_are_served() {
    let client = start_with(model(), Options::new().objects(objects())).await;
    let first = client.get(&gadget(FIRST)).await.ok()["gadget"].clone();
    assert_eq!((&first["name"], &first["colour"], &first["state"]), (&json!("one"), &json!("RED"), &json!("ACTIVE")));
    assert_eq!((first.get("note"), first["made_at"].is_string()), (None, true));
    let listed = client.get(&format!("{GADGETS}?colour=RED")).await.ok();
    assert_eq!(listed["gadgets"].as_array().map(Vec::len), Some(1));
    let both = client.get(GADGETS).await.ok()["gadgets"].clone();
    assert_eq!(both[1]["made_at"], "2025-12-31T00:00:00Z");
    assert!(both[1]["gadget_uuid"].as_str().is_some_and(|id| id.len() == 36), "{both}");
    let parts = client.get(&format!("{}Part/", gadget(FIRST))).await.ok();
    assert_eq!(parts["response"]["objects"], json!([{"part_id": 7, "label": "lid"}]));
    client.delete(&format!("{}Part/7/", gadget(FIRST))).await.ok();
    client.post(&gadget(FIRST), json!({"size": 3})).await.ok();
    assert_eq!(client.get(&gadget(FIRST)).await.ok()["gadget"]["size"], 3);
}

#[tokio::test]
async fn objects_are_shown_and_can_be_seeded_again() {
    let client = start().await;
    let yaml = format!(
        "collections:\n- {{ account: {ACCOUNT}, resource: part, parents: [{FIRST}], objects: [{{ label: lid }}] }}\n\
         - {{ account: {ACCOUNT}, resource: gadget, objects: [{{ gadget_uuid: {FIRST}, size: 3 }}] }}"
    );
    let seeded = seed(&client, &yaml).await;
    assert_eq!(seeded.status, 201, "{seeded:?}");
    assert_eq!(seeded.body["collections"][1]["objects"][0]["gadget_uuid"], FIRST);
    assert!(seeded.body["collections"][0]["objects"][0]["part_id"].is_number(), "{seeded:?}");
    client.create(json!({"name": "two"})).await;
    let shown = call(&client, Method::GET, "").await.ok();
    let resources: Vec<_> =
        shown["collections"].as_array().expect("a list").iter().map(|one| &one["resource"]).collect();
    assert_eq!(resources, ["gadget", "part"]);
    assert_eq!(shown["collections"][0]["objects"].as_array().map(Vec::len), Some(2));
    assert_eq!(shown, json!(client.simulator.objects()));
    assert_eq!(call(&client, Method::DELETE, "").await.status, 204);
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], json!([]));
    assert_eq!(seed(&client, &shown.to_string()).await.status, 201);
    assert_eq!(call(&client, Method::GET, "").await.ok(), shown);
}

#[tokio::test]
async fn objects_are_selected_by_account_and_resource() {
    let other = Objects::of("MAOTHER", "gadget").object(json!({"name": "three"}));
    let crates = Objects::of("MAOTHER", "crate").object(json!({"place": "here"}));
    let client = start_with(model(), Options::new().objects(objects()).objects(other).objects(crates)).await;
    let owners = async |query: &str| {
        let shown = call(&client, Method::GET, query).await.ok();
        let collections = shown["collections"].as_array().expect("a list").iter();
        collections.map(|one| format!("{} {}", one["account"], one["resource"]).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(owners("").await, ["MAEXAMPLE gadget", "MAEXAMPLE part", "MAOTHER crate", "MAOTHER gadget"]);
    assert_eq!(owners("?account=MAOTHER").await, ["MAOTHER crate", "MAOTHER gadget"]);
    assert_eq!(owners("?resource=gadget").await, ["MAEXAMPLE gadget", "MAOTHER gadget"]);
    assert_eq!(owners("?resource=gadget&account=MAX").await, Vec::<String>::new());
    // Parts are inside of gadgets.
    assert_eq!(call(&client, Method::DELETE, "?account=MAEXAMPLE&resource=gadget").await.status, 204);
    assert_eq!(owners("").await, ["MAOTHER crate", "MAOTHER gadget"]);
    let refused = call(&client, Method::DELETE, "?resource=crates").await;
    assert_eq!(
        (refused.status, &refused.body["error"]),
        (400, &json!("The spec has no resource `crates`; did you mean `crate`?"))
    );
    assert_eq!(call(&client, Method::DELETE, "?resorce=crate").await.status, 400);
    assert_eq!(owners("").await.len(), 2);
}

#[tokio::test]
async fn a_reset_restores_the_initial_objects() {
    let client = start_with(model(), Options::new().objects(objects())).await;
    let initial = client.simulator.objects();
    client.create(json!({"name": "three"})).await;
    client.delete(&gadget(FIRST)).await.ok();
    assert_ne!(client.simulator.objects(), initial);
    client.simulator.reset();
    assert_eq!(client.simulator.objects(), initial);
}

/// Asserts that objects are rejected with these problems, and that nothing is stored.
async fn check(collections: Value, problems: &[&str]) {
    let client = start().await;
    let reply = seed(&client, &json!({ "collections": collections }).to_string()).await;
    assert_eq!((reply.status, reply.body["error"].as_str()), (400, Some(problems.join("\n").as_str())));
    assert_eq!(call(&client, Method::GET, "").await.ok(), json!({"collections": []}));
}

#[tokio::test]
async fn objects_that_the_spec_does_not_allow_are_rejected() {
    let valid = || json!({"account": ACCOUNT, "resource": "gadget", "objects": [{"gadget_uuid": FIRST}]});
    let fields = json!([
        {"nme": "one", "nonsense": 1},
        {"name": 12, "size": "3", "owner": {"mail": "x", "titel": "Dr"}, "tags": ["a", true]},
        {"gadget_uuid": "none", "colour": "BLUE", "size": 0},
        3,
    ]);
    check(
        json!([valid(), {"account": ACCOUNT, "resource": "gadget", "objects": fields}]),
        &[
            "collections[1].objects[0].nme: is not a field of Gadget; did you mean `name`?",
            "collections[1].objects[0].nonsense: is not a field of Gadget; remove it, or add it to the spec",
            "collections[1].objects[1].name: must be text; put it in quotes",
            "collections[1].objects[1].owner.titel: is not described",
            "collections[1].objects[1].size: must be a whole number",
            "collections[1].objects[1].tags.1: must be text; put it in quotes",
            "collections[1].objects[2].colour: must be one of RED, Dark Blue",
            "collections[1].objects[2].gadget_uuid: must be a UUID",
            "collections[1].objects[2].size: must be at least 1",
            "collections[1].objects[3]: must be an object: the names of its fields with their values",
        ],
    )
    .await;
}

#[tokio::test]
async fn collections_that_the_spec_does_not_have_are_rejected() {
    check(
        json!([
            {"account": "", "resource": "gadget", "objects": []},
            {"account": ACCOUNT, "resource": "gadgt", "objects": []},
            {"account": ACCOUNT, "resource": "nonsense", "objects": []},
            {"account": ACCOUNT, "resource": "lookup", "objects": []},
            {"account": ACCOUNT, "resource": "gadget", "parents": ["a"], "objects": []},
            {"account": ACCOUNT, "resource": "part", "objects": []},
            {"account": ACCOUNT, "resource": "part", "parents": [12], "objects": []},
        ]),
        &[
            "collections[0].account: the id is empty; name the account that owns the objects",
            "collections[1].resource: the spec has no resource `gadgt`; did you mean `gadget`?",
            "collections[2].resource: the spec has no resource `nonsense`; GET / lists the operations, each with its \
             resource before the dot",
            "collections[3].resource: `lookup` stores no objects, because its spec declares no `object`; use another \
             resource",
            "collections[4].parents: a gadget is not inside another object; remove `parents`",
            "collections[5].parents: a part is inside one other object; give a list of one id: its `gadget_uuid`",
            "collections[6].parents[0]: no gadget with the gadget_uuid `12` is stored or seeded; add it to `collections`",
        ],
    )
    .await;
}

#[tokio::test]
async fn an_id_is_taken_only_once() {
    let client = start_with(model(), Options::new().objects(objects())).await;
    let gadgets = |id: &str| Objects::of(ACCOUNT, "gadget").object(json!({"gadget_uuid": id}));
    let other = "6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c02";
    let error = client.simulator.seed(&gadgets(FIRST).and(gadgets(other)).and(gadgets(other))).expect_err("an error");
    assert_eq!(
        error.problems(),
        [
            format!(
                "collections[0].objects[0].gadget_uuid: `{FIRST}` is stored already; use another id (DELETE {OBJECTS} \
                 removes objects)"
            ),
            format!("collections[2].objects[0].gadget_uuid: `{other}` occurs twice; use another id"),
        ]
    );
    // Another account has ids of its own.
    let moved = Objects::of("MAOTHER", "gadget").object(json!({"gadget_uuid": FIRST}));
    client.simulator.seed(&moved).expect("valid objects");
    let invalid = Options::new().objects(gadgets(other).and(gadgets(other)));
    assert!(Simulator::start(model(), invalid).await.is_err());
}

#[tokio::test]
async fn syntax_errors_and_many_problems_are_reported_briefly() {
    let client = start().await;
    let error = async |text: &str| seed(&client, text).await.body["error"].as_str().expect("an error").to_owned();
    assert!(error("collections: [{ acount: a }]").await.starts_with("collections[0]: unknown field `acount`"));
    assert!(error("[").await.contains("at line 1"));
    assert!(error(&"x".repeat(2_000_000)).await.contains("larger than 1 MiB"));
    let many = json!({"collections": [{"account": "a", "resource": "gadget", "objects": vec![json!({"x": 1}); 5000]}]});
    let problems = error(&many.to_string()).await;
    assert_eq!((problems.lines().count(), problems.lines().last()), (51, Some("and 4950 more problems")));
}

#[tokio::test]
async fn the_example_file_is_valid() {
    let objects = include_str!("../../objects.yaml").parse::<Objects>().expect("valid YAML");
    objects.check(&spec()).expect("valid objects");
    let client = start_with(spec(), Options::new().objects(objects)).await;
    assert_eq!(json!(client.simulator.objects())["collections"][0]["objects"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn the_size_of_the_objects_is_limited() {
    let client = start().await;
    let of_size = |bytes: usize| Objects::of(ACCOUNT, "gadget").object(json!({"note": "x".repeat(bytes)}));
    let mib = 1024 * 1024;
    let error = client.simulator.seed(&of_size(65 * mib)).expect_err("an error");
    assert_eq!(error.to_string(), "collections: the stored objects would exceed 67108864 bytes of JSON; seed fewer");
    client.simulator.seed(&of_size(63 * mib)).expect("enough room");
    client.create(json!({"name": "one"})).await;
    let large = json!({"name": "one", "note": "x".repeat(mib - 1000)});
    let refused = client.post(GADGETS, large.clone()).await;
    let message = "The simulator has no room for more objects. DELETE /_simulator/objects removes them.";
    assert_eq!(refused.error(507), message);
    call(&client, Method::DELETE, "").await;
    client.create(large).await;
}
