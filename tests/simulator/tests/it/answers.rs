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
async fn a_deferred_request_returns_its_documented_confirmation() {
    let client = start().await;
    let trace = async |query: &str| client.get(&format!("/v1/Number/+12175550123/Trace{query}")).await.ok();
    let later = trace("?callback_url=https://example.com/later").await;
    assert_eq!(later["message"], "It takes a day.");
    let other = trace("?callback_url=https://example.com/other").await;
    assert_eq!(other["message"], "async api spawned");
    let now = trace("").await;
    assert_eq!(now["message"], "Traced.");
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
