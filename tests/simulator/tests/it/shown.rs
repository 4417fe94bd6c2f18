//! What answers show of stored objects, and what the server sets in them.

use crate::client::{ACCOUNT, Client, start_with};
use crate::model::described;
use plivo_simulator::{Objects, Options};
use serde_json::{Value, json};

const FLOCKS: &str = "/v1/Account/{account}/Flock/";

/// A flock of sheep.
const FLOCK: &str = "
resource: flock
plural: flocks
summary: A flock.
object: Flock
id: flock_id
sources:
  page: { says: a made-up page, enforce: error }
fields:
  flock_id: { type: string, summary: Which flock., given_by: server }
  alias: { type: string, summary: What it is called., example: an example }
  uses: { items: string, summary: What it is kept for. }
  use: { items: string, delimiter: \",\", summary: The same as one text., holds: uses }
  field_id: Where it grazes.
  field: { type: string, summary: The path of this field., holds_path: \"/v1/Account/{account}/Field/{field_id}/\" }
  pen: { type: string, summary: The path of its pen., holds_path: \"/v1/Account/{account}/Pen/{pen_id}/\" }
  shearing: { type: timestamp, summary: The day of the next shearing., given_by: server, example: \"2026-12-24\" }
  born_at: { type: timestamp, summary: Since when there is this flock., given_by: server }
  limits:
    name: Limits
    summary: How large it can be.
    given_by: server
    fields: { sheep: { type: integer, summary: The number of sheep., example: 49 }, note: A note. }
  marks:
    summary: Its marks.
    given_by: server
    items: { name: Mark, summary: A mark., fields: { color: Its color. }, also: string }
operations:
  create:
    does: create
    summary: Adds a flock.
    request: POST /v1/Account/{account}/Flock/
    body: [alias, uses, field_id]
    answer: { type: FlockAdded }
  get:
    does: read
    summary: Returns a flock.
    request: GET /v1/Account/{account}/Flock/{flock_id}/
    answer: { type: Flock }
  update:
    does: update
    summary: Changes a flock.
    request: POST /v1/Account/{account}/Flock/{flock_id}/
    body: [alias, field_id: { clears: true }]
    answer: { type: Flock }
answers:
  FlockAdded:
    summary: The new flock.
    fields:
      - message: { type: string, summary: Confirmation message., example: Added. }
      - flock: { type: Flock, summary: The flock. }
  Flock:
    summary: A flock.
    fields: [flock_id!, alias, use, field_id, field, pen, shearing, born_at, limits, marks]
";

/// A sheep of a flock.
const SHEEP: &str = "
resource: sheep
plural: flock_sheep
summary: A sheep of a flock.
object: Sheep
id: sheep_id
parent: { flock: flock_id }
sources:
  page: { says: a made-up page, enforce: error }
fields:
  flock_id: Which flock.
  sheep_id: Which sheep.
operations:
  add:
    does: create
    summary: Adds a sheep.
    request: POST /v1/Account/{account}/Flock/{flock_id}/Sheep/
    body: [sheep_id!]
    answer: { type: Sheep }
  list:
    does: list
    summary: Lists the sheep.
    request: GET /v1/Account/{account}/Flock/{flock_id}/Sheep/
    answer: { type: Sheep, list: sheep, total: none, meta: none, beside: FlockOfSheep }
  get:
    does: read
    summary: Returns a list with one sheep.
    request: GET /v1/Account/{account}/Flock/{flock_id}/Sheep/{sheep_id}/
    answer: { type: Sheep, list: sheep, total: none, meta: none, beside: FlockOfSheep }
  shear:
    does: action
    summary: Shears a sheep.
    request: POST /v1/Account/{account}/Flock/{flock_id}/Sheep/{sheep_id}/Shear/
    answer: { type: Sheared }
answers:
  Sheep: { summary: A sheep., fields: [sheep_id!] }
  FlockOfSheep:
    summary: The flock of the sheep.
    fields: [alias: { type: string, summary: What it is called., example: an example }]
  Sheared:
    summary: What was shorn.
    fields:
      - status: { type: string, summary: How it went., example: shorn }
      - shorn: { items: ShornSheep, summary: The sheep. }
  ShornSheep:
    summary: A sheep that was shorn.
    fields: [sheep_id!: { type: string, summary: Which sheep., example: dolly }]
";

async fn start() -> Client {
    start_with(described(&[("flock", FLOCK), ("sheep", SHEEP)]), Options::new()).await
}

/// Adds a flock. Returns its path and what the answer shows of it.
async fn add(client: &Client, flock: Value) -> (String, Value) {
    let added = client.post(FLOCKS, flock).await.ok();
    assert_eq!(added["message"], "Added.");
    let id = added["flock"]["flock_id"].as_str().expect("an id").to_owned();
    (format!("{FLOCKS}{id}/"), added["flock"].clone())
}

#[tokio::test]
async fn an_object_of_the_resource_inside_an_answer_is_the_stored_one() {
    let client = start().await;
    let (path, flock) = add(&client, json!({"alias": "white"})).await;
    assert_eq!(flock["alias"], "white");
    assert_eq!(client.get(&path).await.ok()["born_at"], flock["born_at"]);
}

#[tokio::test]
async fn a_delimited_list_is_shown_as_one_text() {
    let client = start().await;
    let (path, flock) = add(&client, json!({"uses": ["wool", "milk"]})).await;
    assert_eq!(flock["use"], "wool,milk");
    assert_eq!(client.get(&path).await.ok()["use"], "wool,milk");
}

#[tokio::test]
async fn an_object_beside_a_list_shows_the_container_also_when_one_item_is_read() {
    let client = start().await;
    let (path, _) = add(&client, json!({"alias": "white"})).await;
    client.post(&format!("{path}Sheep/"), json!({"sheep_id": "shaun"})).await.ok();
    let listed = client.get(&format!("{path}Sheep/")).await.ok();
    let one = client.get(&format!("{path}Sheep/shaun/")).await.ok();
    for shown in [listed, one] {
        assert_eq!((&shown["alias"], &shown["sheep"]), (&json!("white"), &json!([{"sheep_id": "shaun"}])));
    }
}

#[tokio::test]
async fn the_server_gives_an_object_the_examples_of_its_fields() {
    let (_, flock) = add(&start().await, json!({})).await;
    assert_eq!(flock["limits"], json!({"sheep": 49}));
    assert_eq!(flock.get("marks"), None, "a new object has no items");
}

#[tokio::test]
async fn a_time_whose_example_is_a_date_is_a_date() {
    let (_, flock) = add(&start().await, json!({})).await;
    assert_eq!(flock["shearing"], "2026-01-01");
    assert!(flock["born_at"].as_str().is_some_and(|time| time.starts_with("2026-01-01T")), "{flock}");
}

#[tokio::test]
async fn an_id_that_callers_give_is_never_made_up_for_a_path() {
    let client = start().await;
    let (path, flock) = add(&client, json!({})).await;
    assert_eq!((flock.get("field"), flock.get("field_id")), (None, None));
    assert!(flock["pen"].as_str().is_some_and(|pen| pen.starts_with("/v1/Account/MAEXAMPLE/Pen/")), "{flock}");
    let moved = client.post(&path, json!({"field_id": "f1"})).await.ok();
    assert_eq!(moved["field"], "/v1/Account/MAEXAMPLE/Field/f1/");
    let cleared = client.post(&path, json!({"field_id": null})).await.ok();
    assert_eq!((cleared.get("field"), cleared.get("field_id")), (None, None));
    assert_eq!(cleared["pen"], flock["pen"]);
}

#[tokio::test]
async fn a_seeded_path_gives_the_id_in_it() {
    let seeds = Objects::of(ACCOUNT, "flock")
        .object(json!({"flock_id": "one", "field": format!("/v1/Account/{ACCOUNT}/Field/f1/")}))
        .object(json!({"flock_id": "two", "field": "somewhere else"}));
    let client = start_with(described(&[("flock", FLOCK)]), Options::new().objects(seeds)).await;
    let flock = client.get(&format!("{FLOCKS}one/")).await.ok();
    assert_eq!((&flock["field_id"], &flock["field"]), (&json!("f1"), &json!("/v1/Account/MAEXAMPLE/Field/f1/")));
    let moved = client.post(&format!("{FLOCKS}one/"), json!({"field_id": "f2"})).await.ok();
    assert_eq!(moved["field"], "/v1/Account/MAEXAMPLE/Field/f2/");
    let other = client.get(&format!("{FLOCKS}two/")).await.ok();
    assert_eq!((&other["field"], other.get("field_id")), (&json!("somewhere else"), None));
}

#[tokio::test]
async fn seeded_items_can_have_their_second_form() {
    let seeds = Objects::of(ACCOUNT, "flock").object(json!({"flock_id": "one", "marks": ["red", {"color": "blue"}]}));
    let client = start_with(described(&[("flock", FLOCK)]), Options::new().objects(seeds)).await;
    let flock = client.get(&format!("{FLOCKS}one/")).await.ok();
    assert_eq!(flock["marks"], json!(["red", {"color": "blue"}]));
}

#[tokio::test]
async fn the_only_item_of_an_answer_has_the_values_of_the_path() {
    let client = start().await;
    let (path, _) = add(&client, json!({})).await;
    client.post(&format!("{path}Sheep/"), json!({"sheep_id": "shaun"})).await.ok();
    let sheared = client.post(&format!("{path}Sheep/shaun/Shear/"), json!({})).await.ok();
    assert_eq!((&sheared["status"], &sheared["shorn"]), (&json!("shorn"), &json!([{"sheep_id": "shaun"}])));
}
