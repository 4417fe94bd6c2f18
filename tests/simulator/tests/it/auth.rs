//! Authentication, separation of accounts, and secrets in the record.

use crate::client::{ACCOUNT, GADGETS, gadget, send, start, start_with};
use crate::model::model;
use plivo_simulator::Options;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn credentials_are_required() {
    let client = start().await;
    let path = GADGETS.replace("{account}", ACCOUNT);
    let request = || client.unauthenticated(Method::GET, &path);
    let none = send(request()).await;
    assert_eq!(none.error(401), "Authentication credentials were not provided.");
    assert!(none.headers["www-authenticate"].as_bytes().starts_with(b"Basic "));
    for header in ["Bearer x", "Basic", "Basic ???", "Basic eA==", "Basic Og==", "Basic TUE6", "Basic OnQ="] {
        send(request().header("authorization", header)).await.error(401);
    }
    send(request().basic_auth("MAOTHER", Some("token"))).await.error(401);
    assert_eq!(send(request().basic_auth(ACCOUNT, Some("a:b"))).await.status, 200);
    assert_eq!(send(request().header("authorization", "basic TUFFWEFNUExFOnQ=")).await.status, 200);
}

#[tokio::test]
async fn credentials_are_required_for_a_path_without_an_account() {
    let client = start().await;
    let number = || client.unauthenticated(Method::GET, "/v1/Number/+12175550123");
    send(number()).await.error(401);
    send(number().basic_auth("", Some("token"))).await.error(401);
    assert_eq!(send(number().basic_auth("MAOTHER", Some("token"))).await.status, 200);
}

#[tokio::test]
async fn only_configured_credentials_are_accepted() {
    let client = start_with(model(), Options::new().credentials(ACCOUNT, "secret")).await;
    assert_eq!(client.get(GADGETS).await.error(401), "Authentication credentials are not valid.");
    let accepted =
        client.unauthenticated(Method::GET, &GADGETS.replace("{account}", ACCOUNT)).basic_auth(ACCOUNT, Some("secret"));
    assert_eq!(send(accepted).await.status, 200);
    assert!(!format!("{:?}", client.simulator).contains("secret"));
}

#[tokio::test]
async fn a_subaccount_uses_its_own_credentials() {
    let options = Options::new().credentials(ACCOUNT, "secret").credentials("SAEXAMPLE", "other");
    let client = start_with(model(), options).await;
    let get = |path: &str, id: &'static str, token| {
        let path = GADGETS.replace("{account}", path);
        send(client.unauthenticated(Method::GET, &path).basic_auth(id, Some(token)))
    };
    assert_eq!(get("SAEXAMPLE", "SAEXAMPLE", "other").await.status, 200);
    assert_eq!(get(ACCOUNT, ACCOUNT, "secret").await.status, 200);
    assert_eq!(get("SAEXAMPLE", "SAEXAMPLE", "secret").await.error(401), "Authentication credentials are not valid.");
    get("SAEXAMPLE", ACCOUNT, "secret").await.error(401);
    get(ACCOUNT, "SAEXAMPLE", "other").await.error(401);
}

#[tokio::test]
async fn accounts_cannot_see_each_others_objects() {
    let mut client = start().await;
    let id = client.create(json!({"name": "one"})).await;
    client.set_account("MAOTHER");
    client.get(&gadget(&id)).await.error(404);
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], json!([]));
    client.set_account(ACCOUNT);
    assert_eq!(client.get(&gadget(&id)).await.status, 200);
}

#[tokio::test]
async fn the_record_hides_what_looks_like_a_secret() {
    let client = start().await;
    let request = client.request(Method::GET, &format!("{GADGETS}?limit=3&auth_token=hush&x"));
    send(request.header("x-api-key", "hush").header("x-auth-token", "hush").header("x-plain", "a")).await.ok();
    let requests = client.simulator.requests();
    let hidden = Some("(hidden)");
    assert_eq!(requests[0].query(), Some("limit=3&auth_token=(hidden)&x"));
    assert_eq!((requests[0].header("x-api-key"), requests[0].header("x-auth-token")), (hidden, hidden));
    assert_eq!(requests[0].header("x-plain"), Some("a"));
    let record = client.unauthenticated(Method::GET, "/_simulator/requests").send().await.expect("a response");
    assert!(!record.text().await.expect("text").contains("hush"));
}

#[tokio::test]
async fn the_record_hides_secrets() {
    let client = start().await;
    client.post(GADGETS, json!({"name": "one"})).await.ok();
    client.get(&format!("{GADGETS}?limit=3")).await.ok();
    let requests = client.simulator.requests();
    let [first, second] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!((first.method(), first.path()), ("POST", "/v1/Account/MAEXAMPLE/Gadget/"));
    assert_eq!(first.header("authorization"), Some("(hidden)"));
    assert_eq!(first.header("content-type"), Some("application/json"));
    assert_eq!(first.body(), b"{\"name\":\"one\"}");
    assert_eq!(first.json(), Some(json!({"name": "one"})));
    assert_eq!((second.method(), second.query(), second.json()), ("GET", Some("limit=3"), None));
    assert!(!format!("{requests:?}").contains("Basic "));
}
