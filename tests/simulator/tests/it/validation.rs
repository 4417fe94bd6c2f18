//! Requests that break the rules of the spec, and requests that only cause warnings.

use crate::client::{GADGETS, gadget, send, start};
use reqwest::Method;
use serde_json::{Value, json};

/// Asserts that an invalid gadget is rejected with this message, and not stored.
async fn check(body: Value, message: &str) {
    let client = start().await;
    assert_eq!(client.post(GADGETS, body).await.error(400), message);
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], json!([]));
}

#[tokio::test]
async fn requests_with_errors_are_rejected() {
    check(json!({}), "name is required.").await;
    check(json!({"name": null}), "name is required.").await;
    check(json!({"name": ""}), "name is required.").await;
    check(json!({"name": "x"}), "name must have at least 2 characters.").await;
    check(json!({"name": "xxxxxx"}), "name must have at most 5 characters.").await;
    check(json!({"name": "one", "colour": "blue"}), "colour must be one of RED, Dark Blue.").await;
    check(json!({"name": "one", "size": 0}), "size must be at least 1.").await;
    check(json!({"name": "one", "owner": {}}), "owner.mail is required.").await;
    check(json!({"name": "one", "owner": {"mail": "x"}}), "owner.mail must be an e-mail address.").await;
    check(json!({"colour": "red", "size": 1}), "name is required; owner is needed when colour is RED.").await;
}

#[tokio::test]
async fn values_of_the_wrong_type_are_rejected() {
    for (field, value, kind) in [
        ("name", json!(1), "text"),
        ("colour", json!([]), "text"),
        ("size", json!("1"), "a whole number"),
        ("size", json!(1.5), "a whole number"),
        ("size", json!(u64::MAX), "a whole number"),
        ("weight", json!("1"), "a number"),
        ("hidden", json!("true"), "true or false"),
        ("owner", json!("x"), "an object"),
        ("tags", json!({}), "a list"),
        ("labels", json!([]), "an object"),
    ] {
        let mut body = json!({"name": "one"});
        body[field] = value;
        check(body, &format!("{field} must be {kind}.")).await;
    }
    check(json!({"name": "one", "tags": ["a", 1]}), "tags.1 must be text.").await;
    check(json!({"name": "one", "labels": {"a/b": 1}}), "labels.a~1b must be text.").await;
}

#[tokio::test]
async fn requests_with_warnings_are_accepted() {
    let client = start().await;
    let id = client.create(json!({"name": "one", "trim": "tartan", "size": 10, "owner": {"mail": "a@b.c"}})).await;
    let read = client.get(&gadget(&id)).await.ok();
    assert_eq!(read["gadget"]["trim"], "tartan");
    assert_eq!(read["gadget"]["size"], 10);
}

#[tokio::test]
async fn parameters_are_stored_in_normalized_form() {
    let client = start().await;
    let id = client
        .create(json!({
            "name": "üüüüü",
            "colour": "dark blue",
            "trim": "",
            "size": null,
            "unknown_key": 1,
            "unknown": "set by the server",
            "gadget_uuid": "mine",
            "owner": {"mail": "a@b.c", "title": "", "full_name": "answers only", "more": 1},
            "tags": [""],
            "labels": {"a": ""},
            "extra": {"kept": ["", null]},
        }))
        .await;
    let read = client.get(&gadget(&id)).await.ok();
    assert_eq!(
        read["gadget"],
        json!({
            "gadget_uuid": id,
            "name": "üüüüü",
            "colour": "Dark Blue",
            "owner": {"mail": "a@b.c"},
            "tags": [""],
            "labels": {"a": ""},
            "extra": {"kept": ["", null]},
            "made_at": "2026-01-01T00:00:01.000001Z",
            "state": "ACTIVE",
        })
    );
}

#[tokio::test]
async fn an_update_without_fields_is_rejected() {
    let client = start().await;
    let id = client.create(json!({"name": "one"})).await;
    assert_eq!(client.post(&gadget(&id), json!({})).await.error(400), "The request must give at least 1 field.");
    client.post(&gadget(&id), json!({"nonsense": 1})).await.error(400);
    // In an update, an empty text is a value.
    client.post(&gadget(&id), json!({"note": ""})).await.ok();
    assert_eq!(client.get(&gadget(&id)).await.ok()["gadget"]["note"], "");
    client.post(&gadget(&id), json!({"colour": "", "name": "two"})).await.ok();
    client.post(&gadget(&id), json!({"name": ""})).await.error(400);
}

#[tokio::test]
async fn bodies_must_be_json_objects() {
    let client = start().await;
    let post = |body: &'static str| send(client.request(Method::POST, GADGETS).body(body));
    assert!(post("{").await.error(400).starts_with("The body is not valid JSON: "));
    assert!(post("name=one").await.error(400).starts_with("The body is not valid JSON: "));
    assert_eq!(post("[]").await.error(400), "The body must be a JSON object.");
    assert_eq!(post("").await.error(400), "name is required.");
    assert_eq!(post("{\"name\": \"one\"}").await.status, 202);
    // An operation without a body ignores one.
    assert_eq!(send(client.request(Method::GET, GADGETS).body("{")).await.status, 200);
}

#[tokio::test]
async fn query_parameters_are_validated() {
    let client = start().await;
    for (query, message) in [
        ("limit=0", "limit must be at least 1."),
        ("limit=21", "limit must be at most 20."),
        ("limit=x", "limit must be a whole number."),
        ("limit=", "limit must be a whole number."),
        ("offset=-1", "offset must be at least 0."),
        ("colour=x&limit=1.0", "limit must be a whole number; colour must be one of RED, Dark Blue."),
    ] {
        assert_eq!(client.get(&format!("{GADGETS}?{query}")).await.error(400), message);
    }
    assert_eq!(
        client.get("/v1/Number/12").await.error(400),
        "number must be a telephone number in E.164 form, as in +12175550123."
    );
}
