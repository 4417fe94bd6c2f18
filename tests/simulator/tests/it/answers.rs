//! Answers from examples, and the `api_id`.

use crate::client::{GADGETS, gadget, start};
use serde_json::json;

#[tokio::test]
async fn an_action_returns_its_successful_example() {
    let client = start().await;
    let id = client.create(json!({"name": "one"})).await;
    let before = client.get(GADGETS).await.ok()["gadgets"].clone();
    let answer = client.post(&format!("{}Ring/", gadget(&id)), json!({})).await;
    assert_eq!(answer.status, 202);
    let mut body = answer.ok();
    assert!(body["api_id"].take().is_string());
    assert_eq!(body, json!({"api_id": null, "message": "The gadget is silent.", "rang": true}));
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], before);
}

#[tokio::test]
async fn a_documented_request_returns_its_documented_answer() {
    let client = start().await;
    let ring = |last: u8| format!("{}Ring/", gadget(&format!("6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c0{last}")));
    client.post(&ring(1), json!({})).await.error(409);
    let over = client.post(&ring(2), json!({})).await;
    assert_eq!((over.status, &over.body["error"]), (200, &json!("The session is over.")));
}

#[tokio::test]
async fn a_deferred_request_returns_a_confirmation() {
    let client = start().await;
    let trace = async |query: &str| client.get(&format!("/v1/Number/+12175550123/Trace{query}")).await;
    let later = trace("?callback_url=https://example.com/later").await;
    assert_eq!((later.status, &later.body["message"]), (203, &json!("It takes a day.")), "documented");
    let other = trace("?callback_url=https://example.com/other&callback_method=GET").await;
    assert_eq!((other.status, &other.body["info"]), (202, &json!("deferred")));
    assert_eq!(other.headers.get("simulator-warning"), None);
    let now = trace("?callback_method=GET").await;
    assert_eq!((now.status, &now.body["message"]), (200, &json!("Traced.")));
    trace("?callback_url=example.com").await.error(400);
}

#[tokio::test]
async fn a_deferred_request_is_executed() {
    let client = start().await;
    let url = json!("https://example.com/later");
    let created = client.post(GADGETS, json!({"name": "one", "callback_url": url})).await;
    assert_eq!((created.status, &created.body["info"]), (202, &json!("deferred")));
    let gadgets = client.get(GADGETS).await.ok()["gadgets"].clone();
    assert_eq!(gadgets[0]["name"], "one");
    assert_eq!(gadgets[0].get("callback_url"), None);
}

#[tokio::test]
async fn the_keys_of_a_deferral_are_unknown_elsewhere() {
    let client = start().await;
    let number = client.get("/v1/Number/+12175550123?callback_url=https://example.com/later").await;
    assert!(number.headers.contains_key("simulator-warning"), "{number:?}");
    assert_eq!((number.status, &number.body["info"]), (200, &json!(null)));
}

#[tokio::test]
async fn a_resource_without_a_collection_returns_examples() {
    let client = start().await;
    let number = client.get("/v1/Number/+12175550123").await.ok();
    assert_eq!(number["country"], "US");
    assert_eq!(number["digits"], 11);
    assert_eq!(number["line"], json!({"kind": 1}));
    assert_eq!(number["carrier"], json!({"name": "Example Telecom"}));
}

#[tokio::test]
async fn every_response_has_its_own_api_id() {
    let client = start().await;
    let first = client.get(GADGETS).await.ok()["api_id"].clone();
    let second = client.get(GADGETS).await.ok()["api_id"].clone();
    assert!(first.is_string());
    assert_ne!(first, second);
}
