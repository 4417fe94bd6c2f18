//! Paths and methods.

use crate::client::{GADGETS, gadget, send, start};
use crate::model::model;
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
    assert_eq!(client.get("/v1/").await.error(404), "The API has no such path.");
    client.get(&gadget("%FF")).await.error(404);
    assert_eq!(client.get("/v1/Number/+12175550123").await.status, 200);
    assert_eq!(client.get("/v1/Number/%2B12175550123").await.status, 200);
    client.get("/v1/Number/+12175550123/").await.error(404);
}

#[tokio::test]
async fn a_405_lists_the_allowed_methods() {
    let client = start().await;
    for (method, path, allow) in [
        (Method::PUT, GADGETS.to_owned(), "GET, HEAD, POST"),
        (Method::PATCH, gadget("x"), "DELETE, GET, HEAD, POST"),
        (Method::DELETE, GADGETS.to_owned(), "GET, HEAD, POST"),
        (Method::PUT, gadget("Count"), "DELETE, GET, HEAD, POST"),
        (Method::POST, "/v1/Number/1".to_owned(), "GET, HEAD"),
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

#[tokio::test]
async fn a_404_explains_a_missing_slash_and_one_too_many() {
    let client = start().await;
    let check = async |path: &str, hint: &str| {
        assert_eq!(client.get(path).await.error(404), format!("The API has no such path.{hint}"), "{path}");
    };
    let model = model();
    let mut operations = model.resources.iter().flat_map(|resource| &resource.operations);
    let template = operations.find(|operation| operation.id == "gadget.list").map(|operation| &operation.path.template);
    let with_slash = &format!(" It has `{}`, with one slash at the end.", template.expect("the operation"));
    check("/v1/Account/{account}/Gadget", with_slash).await;
    check("/v1/Account/{account}/Gadget//", with_slash).await;
    let without_slash = " It has `/v1/Number/{number}`, without a slash at the end.";
    check("/v1/Number/+12175550123/", without_slash).await;
    check("/v1/Number/+12175550123///", without_slash).await;
    check("/v1/Numbers/+12175550123/", "").await;
    check("//", "").await;
}

#[tokio::test]
async fn head_is_served_as_get_without_the_body() {
    let client = start().await;
    let id = client.create(json!({"name": "one"})).await;
    for path in [GADGETS, &gadget(&id), &gadget("none"), "/", "/_simulator/faults"] {
        let got = client.request(Method::GET, path).send().await.expect("a response");
        let head = client.request(Method::HEAD, path).send().await.expect("a response");
        assert_eq!(head.status(), got.status(), "{path}");
        for name in ["content-type", "content-length"] {
            assert_eq!(head.headers().get(name), got.headers().get(name), "{path}");
        }
        assert!(head.bytes().await.expect("no body").is_empty(), "{path}");
    }
    assert_eq!(send(client.request(Method::HEAD, "/v1/Account/{account}/Gadget/x/Ring/")).await.status, 405);
    assert_eq!(client.simulator.requests()[2].method(), "HEAD");
}
