//! Objects as the spec describes them: named by callers, several at once, inside of others, and alone.

use crate::client::{Client, start_with};
use crate::model::shapes;
use plivo_simulator::Options;
use serde_json::json;

async fn start(names: &[&str]) -> Client {
    start_with(shapes(names), Options::new()).await
}

#[tokio::test]
async fn one_request_creates_an_object_for_each_item() {
    let client = start(&["one_for_each.yaml"]).await;
    let letters = "/v1/Account/{account}/Letter/";
    let sent = client.post(letters, json!({"src": "Ada", "dst": "Bob<Eve"})).await.ok();
    let ids = sent["letter_uuid"].as_array().expect("a list").clone();
    assert_eq!(ids.len(), 2);
    let listed = client.get(letters).await.ok()["letters"].clone();
    assert_eq!(
        listed,
        json!([
            {"letter_uuid": ids[0], "sender": "Ada", "recipient": "Bob"},
            {"letter_uuid": ids[1], "sender": "Ada", "recipient": "Eve"},
        ])
    );
    let to_eve = client.get(&format!("{letters}?recipient=Eve")).await.ok()["letters"].clone();
    assert_eq!(to_eve, json!([listed[1]]));
    let to_one = client.post(letters, json!({"src": "Ada", "dst": "Bob"})).await.ok();
    assert_eq!(to_one["letter_uuid"].as_array().map(Vec::len), Some(1), "a list of one id");
}

#[tokio::test]
async fn an_answer_shows_each_object_that_a_request_creates() {
    let client = start(&["one_for_each.yaml"]).await;
    let sent =
        client.post("/v1/Account/{account}/RegisteredLetter/", json!({"src": "Ada", "dst": "Bob<Eve"})).await.ok();
    let listed = client.get("/v1/Account/{account}/Letter/").await.ok()["letters"].clone();
    let shown = |index: usize, recipient: &str| json!({"letter_uuid": listed[index]["letter_uuid"], "recipient": recipient, "status": "accepted"});
    assert_eq!(sent["letters"], json!([shown(0, "Bob"), shown(1, "Eve")]));
}

#[tokio::test]
async fn the_only_object_exists_from_the_start_for_each_account() {
    let mut client = start(&["only_one.yaml"]).await;
    let household = "/v1/Account/{account}/Household/";
    let first = client.get(household).await.ok();
    assert_eq!((&first["auth_id"], &first["city"]), (&json!("MAEXAMPLE"), &json!("Springfield")));
    client.post(household, json!({"city": "Shelbyville"})).await.ok();
    assert_eq!(client.get(household).await.ok()["city"], "Shelbyville");
    client.set_account("MAOTHER");
    let other = client.get(household).await.ok();
    assert_eq!((&other["auth_id"], &other["city"]), (&json!("MAOTHER"), &json!("Springfield")));
    // The account's own name for its id is a parameter like any other.
    assert_eq!(client.get(&format!("{household}SAEXAMPLE/")).await.ok()["auth_id"], "SAEXAMPLE");
}

/// Creates a pool. Returns its id and the path of its numbers.
async fn pool(client: &Client) -> (String, String) {
    let pool = client.post("/v1/Account/{account}/Pool/", json!({"label": "a"})).await.ok();
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    (text(&pool["pool_id"]), format!("{}Number/", text(&pool["number_pool"])))
}

#[tokio::test]
async fn a_pool_contains_numbers_that_callers_name() {
    let client = start(&["pool.yaml", "pool_number.yaml"]).await;
    let ((one, numbers), (_, others)) = (pool(&client).await, pool(&client).await);
    assert!(numbers.starts_with("/v1/Account/MAEXAMPLE/NumberPool/"), "{numbers}");
    let number = format!("{numbers}+12175550123/");
    let added = client.post(&number, json!({"service": "mms"})).await;
    assert_eq!((added.status, &added.body["number"]), (201, &json!("+12175550123")));
    assert_eq!(client.post(&number, json!({})).await.error(409), "PoolNumber already exists.");
    assert_eq!(client.get(&number).await.ok()["service"], "mms");
    // Each pool has its own numbers.
    assert_eq!(client.get(&others).await.ok()["numbers"], json!([]));
    client.post(&format!("{others}+12175550123/"), json!({})).await.ok();
    assert_eq!(client.get(&numbers).await.ok()["meta"]["total_count"], 1);
    // A pool that does not exist has none, and neither has a pool that is deleted.
    let unknown = "/v1/Account/{account}/NumberPool/unknown/Number/";
    assert_eq!(client.get(unknown).await.error(404), "Pool not found.");
    assert_eq!(client.post(&format!("{unknown}1/"), json!({})).await.error(404), "Pool not found.");
    client.delete(&format!("/v1/Account/{{account}}/Pool/{one}/")).await.ok();
    assert_eq!(client.get(&number).await.error(404), "Pool not found.");
    assert_eq!(client.get(&others).await.ok()["meta"]["total_count"], 1);
}

#[tokio::test]
async fn a_whole_collection_is_deleted() {
    let client = start(&["pool.yaml", "pool_number.yaml"]).await;
    let ((_, numbers), (_, others)) = (pool(&client).await, pool(&client).await);
    for number in ["1", "2"] {
        client.post(&format!("{numbers}{number}/"), json!({})).await.ok();
        client.post(&format!("{others}{number}/"), json!({})).await.ok();
    }
    assert_eq!(client.delete(&numbers).await.ok()["message"], "Cleared.");
    assert_eq!(client.get(&numbers).await.ok()["numbers"], json!([]));
    assert_eq!(client.get(&others).await.ok()["meta"]["total_count"], 2);
    client.delete(&numbers).await.ok();
    client.post(&format!("{numbers}1/"), json!({})).await.ok();
}

#[tokio::test]
async fn a_path_names_several_objects_or_all() {
    let client = start(&["pool.yaml", "pool_number.yaml"]).await;
    let (_, numbers) = pool(&client).await;
    let add = async |number: &str| client.post(&format!("{numbers}{number}/"), json!({})).await.ok();
    let left = async || client.get(&numbers).await.ok()["meta"]["total_count"].clone();
    for number in ["1", "2", "3", "4"] {
        add(number).await;
    }
    // One unknown number, and nothing is removed.
    assert_eq!(client.delete(&format!("{numbers}1,9/")).await.error(404), "PoolNumber not found.");
    assert_eq!(left().await, 4);
    client.delete(&format!("{numbers}1,3/")).await.ok();
    assert_eq!(left().await, 2);
    client.delete(&format!("{numbers}all/")).await.ok();
    assert_eq!(left().await, 0);
}

#[tokio::test]
async fn the_first_child_makes_its_parent() {
    let client = start(&["room.yaml", "room_guest.yaml"]).await;
    let room = "/v1/Account/{account}/Room/kitchen/";
    client.get(room).await.error(404);
    let guest = format!("{room}Guest/1/");
    assert_eq!(client.get(&guest).await.error(404), "Room not found.");
    let invited = client.post(&format!("{room}Guest/"), json!({"guest_id": 1})).await.ok();
    assert_eq!((&invited["guest_id"], &invited["room_name"]), (&json!(1), &json!("kitchen")));
    assert_eq!(client.get(room).await.ok()["room_name"], "kitchen");
    client.get(&guest).await.ok();
    assert_eq!(client.get(&format!("{room}Guest/2/")).await.error(404), "Guest not found.");
    client.post(&format!("{room}Guest/"), json!({"guest_id": 2})).await.ok();
    assert_eq!(client.post(&format!("{room}Guest/"), json!({"guest_id": 2})).await.error(409), "Guest already exists.");
}

#[tokio::test]
async fn null_clears_a_field_and_absence_keeps_it() {
    let client = start(&["clearing.yaml"]).await;
    let lamps = "/v1/Account/{account}/Lamp/";
    let lamp = client.post(lamps, json!({"room": "study", "watts": 40})).await.ok();
    let path = format!("{lamps}{}/", lamp["lamp_id"].as_str().expect("an id"));
    let changed = client.post(&path, json!({"watts": null})).await.ok();
    assert_eq!((&changed["room"], changed.get("watts")), (&json!("study"), None));
    assert_eq!(client.post(&path, json!({})).await.status, 400);
}
