//! What answers hold beside stored objects.

use crate::client::{GADGETS, gadget, start};
use serde_json::json;

#[tokio::test]
async fn an_act_answers_with_examples() {
    let client = start().await;
    let id = client.create(json!({"name": "one"})).await;
    let before = client.get(GADGETS).await.ok()["gadgets"].clone();
    let mut rang = client.post(&format!("{}Ring/", gadget(&id)), json!({})).await.ok();
    assert!(rang["api_id"].take().is_string());
    assert_eq!(rang, json!({"api_id": null, "message": "Done.", "rang": false}));
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], before);
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
