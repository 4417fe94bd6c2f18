//! What answers hold beside stored objects.

use crate::client::{GADGETS, gadget, start};
use serde_json::json;

#[tokio::test]
async fn an_act_answers_as_is_documented_of_a_success() {
    let client = start().await;
    let id = client.create(json!({"name": "one"})).await;
    let before = client.get(GADGETS).await.ok()["gadgets"].clone();
    let answer = client.post(&format!("{}Ring/", gadget(&id)), json!({})).await;
    assert_eq!(answer.status, 202);
    let mut rang = answer.ok();
    assert!(rang["api_id"].take().is_string());
    assert_eq!(rang, json!({"api_id": null, "message": "Nobody heard it.", "rang": true}));
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], before);
}

#[tokio::test]
async fn a_documented_request_has_its_documented_answer() {
    let client = start().await;
    let ring = |last: u8| format!("{}Ring/", gadget(&format!("6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c0{last}")));
    client.post(&ring(1), json!({})).await.error(409);
    let over = client.post(&ring(2), json!({})).await;
    assert_eq!((over.status, &over.body["error"]), (200, &json!("The session is over.")));
}

#[tokio::test]
async fn what_is_put_off_is_confirmed_as_is_documented() {
    let client = start().await;
    let traced = async |query: &str| client.get(&format!("/v1/Number/+12175550123/Trace{query}")).await.ok();
    let later = traced("?callback_url=https://example.com/later").await;
    assert_eq!(later["message"], "It takes a day.");
    let other = traced("?callback_url=https://example.com/other").await;
    assert_eq!(other["message"], "async api spawned");
    let now = traced("").await;
    assert_eq!(now["message"], "Traced.");
}

#[tokio::test]
async fn a_resource_without_a_collection_answers_with_examples() {
    let client = start().await;
    let looked_up = client.get("/v1/Number/+12175550123").await.ok();
    assert_eq!(looked_up["country"], "US");
    assert_eq!(looked_up["digits"], 11);
    assert_eq!(looked_up["line"], json!({"kind": 1}));
    assert_eq!(looked_up["carrier"], json!({"name": "Example Telecom"}));
}

#[tokio::test]
async fn every_answer_has_an_id_of_its_own() {
    let client = start().await;
    let one = client.get(GADGETS).await.ok()["api_id"].clone();
    let two = client.get(GADGETS).await.ok()["api_id"].clone();
    assert!(one.is_string());
    assert_ne!(one, two);
}
