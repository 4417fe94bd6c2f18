//! Paths and methods.

use crate::client::{Client, GADGETS, gadget, send, start, start_with};
use crate::model::{model, shape};
use plivo_simulator::{Fault, Options};
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

#[tokio::test]
async fn an_object_is_found_by_each_of_its_names() {
    let client = start_with(shape("two_names.yaml"), Options::new()).await;
    let rooms = "/v1/Account/{account}/Chamber/";
    client.post(rooms, json!({ "title": "Attic too" })).await.ok();
    let room = client.post(rooms, json!({ "title": "Big attic" })).await.ok();
    let id = room["room_id"].as_str().expect("an id");
    for name in [format!("id_{id}"), "name_Big%20attic".to_owned()] {
        assert_eq!(client.get(&format!("{rooms}{name}/")).await.ok()["room_id"], id, "{name}");
    }
    for missing in ["id_Big%20attic", "name_Attic", "Big%20attic", "name_"] {
        client.get(&format!("{rooms}{missing}/")).await.error(404);
    }
    client.post(&format!("{rooms}name_Big%20attic/"), json!({ "color": "red" })).await.ok();
    client.delete(&format!("{rooms}name_Big%20attic/")).await.ok();
    client.get(&format!("{rooms}id_{id}/")).await.error(404);
}

const SEAT: &str = "/v1/Account/{account}/Seat/a1/";

async fn start_with_one_route() -> Client {
    start_with(shape("one_route.yaml"), Options::new()).await
}

#[tokio::test]
async fn fixed_values_of_the_body_decide_which_operation_serves() {
    let client = start_with_one_route().await;
    for (body, message) in [
        (json!({}), "taken"),
        (json!({ "rent": "false" }), "taken"),
        (json!({ "guest": "Ann", "rent": "true" }), "bought"),
        (json!({ "rent": true }), "bought"),
    ] {
        assert_eq!(client.post(SEAT, body.clone()).await.ok()["message"], message, "{body}");
    }
    let part = |name, text| format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    let form = format!("{}{}--x--\r\n", part("rent", "true"), part("shown", "yes"));
    let form = client.request(Method::POST, SEAT).header("content-type", "multipart/form-data; boundary=x").body(form);
    assert_eq!(send(form).await.ok()["message"], "shown");
    let malformed = client.request(Method::POST, SEAT).body("{").header("content-type", "application/json");
    send(malformed).await.error(400);
}

#[tokio::test]
async fn a_fault_applies_to_the_operation_that_the_body_selects() {
    let client = start_with_one_route().await;
    client.simulator.set_faults([Fault::on("one_route.buy").status(503)]).expect("a fault");
    assert_eq!(client.post(SEAT, json!({ "rent": "true" })).await.status, 503);
    assert_eq!(client.post(SEAT, json!({})).await.status, 200);
}

#[tokio::test]
async fn a_path_on_two_hosts_has_two_operations() {
    let client = start_with_one_route().await;
    let on = |header: &'static str, host: &'static str| {
        let request = client.request(Method::GET, "/v1/Account/{account}/Seat/").header(header, host);
        async { send(request).await.ok()["message"].clone() }
    };
    assert_eq!(on("x-forwarded-host", "lookup.example.com").await, "outside");
    assert_eq!(on("x-forwarded-host", "api.example.com").await, "inside");
    assert_eq!(on("host", "lookup.example.com").await, "outside");
    assert_eq!(on("x-forwarded-host", "elsewhere.example.com").await, "inside");
    let missing = client.request(Method::POST, SEAT).json(&json!({})).header("host", "lookup.example.com");
    send(missing).await.error(404);
}
