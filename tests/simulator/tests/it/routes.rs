//! Paths and methods.

use crate::client::{GADGETS, gadget, send, start};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn paths_must_match_exactly() {
    let client = start().await;
    for path in [
        "//",
        "/v1/",
        "/v1/Account/{account}/Gadget",
        "/v1/account/{account}/Gadget/",
        "//v1/Account/{account}/Gadget/",
    ] {
        client.get(path).await.error(404);
    }
    let unknown = client.get(&format!("{GADGETS}/")).await;
    assert_eq!(unknown.error(404), "The API has no such path.");
    client.get(&gadget("%FF")).await.error(404);
    assert_eq!(client.get("/v1/Number/+12175550123").await.status, 200);
    assert_eq!(client.get("/v1/Number/%2B12175550123").await.status, 200);
    client.get("/v1/Number/+12175550123/").await.error(404);
}

#[tokio::test]
async fn a_405_lists_the_allowed_methods() {
    let client = start().await;
    for (method, path, allow) in [
        (Method::PUT, GADGETS.to_owned(), "GET, POST"),
        (Method::PATCH, gadget("x"), "DELETE, GET, POST"),
        (Method::DELETE, GADGETS.to_owned(), "GET, POST"),
        (Method::PUT, gadget("Count"), "DELETE, GET, POST"),
        (Method::POST, "/v1/Number/1".to_owned(), "GET"),
    ] {
        let reply = send(client.request(method, &path)).await;
        assert!(reply.error(405).contains(allow));
        assert_eq!(reply.headers["allow"], allow);
    }
}

#[tokio::test]
async fn fixed_text_takes_precedence_over_a_parameter() {
    let client = start().await;
    assert_eq!(client.get(&gadget("Count")).await.ok()["message"], "Done.");
    client.delete(&gadget("Count")).await.error(404);
    client.post(&gadget("Count"), json!({"size": 1})).await.error(404);
}
