//! The endpoints of the simulator, called without credentials.

use crate::client::{Client, GADGETS, Response, send, start, start_with};
use crate::model::model;
use plivo_simulator::{Fault, Options};
use reqwest::Method;
use serde_json::json;

async fn call(client: &Client, method: Method, path: &str) -> Response {
    send(client.unauthenticated(method, path)).await
}

async fn put(client: &Client, faults: &'static str) -> Response {
    send(client.unauthenticated(Method::PUT, "/_simulator/faults").body(faults)).await
}

#[tokio::test]
async fn the_index_lists_operations_and_endpoints() {
    let client = start().await;
    let index = call(&client, Method::GET, "/").await.ok();
    assert_eq!(index["simulates"], "Gadgets");
    let operations = index["operations"].as_array().expect("a list");
    let create = operations.iter().find(|operation| operation["id"] == "gadget.create").expect("an operation");
    let path = "/v1/Account/{account}/Gadget/";
    assert_eq!(create, &json!({"id": "gadget.create", "method": "POST", "path": path, "summary": "Creates a gadget."}));
    // Each endpoint exists.
    for endpoint in index["simulator"].as_array().expect("a list") {
        let method = endpoint["method"].as_str().and_then(|method| Method::from_bytes(method.as_bytes()).ok());
        let path = endpoint["path"].as_str().expect("a path");
        let status = call(&client, method.expect("a method"), path).await.status;
        // Without a body, an endpoint that needs one responds with 400.
        assert!([200, 204, 400].contains(&status), "{endpoint}: {status}");
    }
    assert_eq!(client.simulator.requests().len(), 0);
}

#[tokio::test]
async fn unknown_endpoints_and_methods_are_explained() {
    let client = start().await;
    let reply = call(&client, Method::GET, "/_simulator/nothing").await;
    assert_eq!(
        (reply.status, &reply.body["error"]),
        (404, &json!("The simulator has no such endpoint. GET / lists the endpoints."))
    );
    let reply = call(&client, Method::POST, "/_simulator/requests").await;
    assert_eq!(
        (reply.status, &reply.body["error"]),
        (405, &json!("The method is not allowed. Allowed: GET, DELETE. GET / describes the endpoints."))
    );
    assert_eq!(reply.headers["allow"], "GET, DELETE");
}

#[tokio::test]
async fn the_record_is_returned_and_cleared() {
    let client = start_with(model(), Options::new().faults(Fault::on("*").nth(2).status(502))).await;
    client.post(&format!("{GADGETS}?a=b"), json!({"name": "one"})).await.ok();
    client.get(GADGETS).await.error(502);
    let requests = call(&client, Method::GET, "/_simulator/requests").await.ok()["requests"].clone();
    let first = &requests[0];
    assert_eq!(
        (&first["method"], &first["path"], &first["query"], &first["json"], &first["status"], &first["fault"]),
        (
            &json!("POST"),
            &json!("/v1/Account/MAEXAMPLE/Gadget/"),
            &json!("a=b"),
            &json!({"name": "one"}),
            &json!(202),
            &json!(null)
        )
    );
    assert_eq!(
        (&first["headers"]["content-type"], &first["headers"]["authorization"]),
        (&json!("application/json"), &json!("(hidden)"))
    );
    assert_eq!((&requests[1]["status"], &requests[1]["fault"]), (&json!(502), &json!("status 502")));
    assert!(!requests.to_string().contains("Basic "));
    assert_eq!(call(&client, Method::DELETE, "/_simulator/requests").await.status, 204);
    assert_eq!(call(&client, Method::GET, "/_simulator/requests").await.ok(), json!({"requests": []}));
    client.get(GADGETS).await.ok();
    client.simulator.clear_requests();
    assert_eq!(client.simulator.requests().len(), 0);
}

#[tokio::test]
async fn the_record_is_selected_by_account() {
    let mut client = start().await;
    client.get(GADGETS).await.ok();
    client.set_account("MAOTHER");
    client.get(GADGETS).await.ok();
    send(client.unauthenticated(Method::GET, "/v1/Account/MAOTHER/Gadget/")).await.error(401);
    send(client.unauthenticated(Method::GET, "/nothing")).await.error(404);
    let accounts = async |query: &str| {
        let record = call(&client, Method::GET, &format!("/_simulator/requests{query}")).await.ok();
        let requests = record["requests"].as_array().expect("a list");
        requests.iter().map(|request| request["account"].clone()).collect::<Vec<_>>()
    };
    let (one, other) = (json!("MAEXAMPLE"), json!("MAOTHER"));
    assert_eq!(accounts("").await, [one.clone(), other.clone(), other.clone(), json!(null)]);
    assert_eq!(accounts("?account=MAOTHER").await, [other.clone(), other]);
    assert_eq!(call(&client, Method::DELETE, "/_simulator/requests?account=MAOTHER").await.status, 204);
    assert_eq!(accounts("").await, [one, json!(null)]);
    // A misspelt key does not clear everything.
    let refused = call(&client, Method::DELETE, "/_simulator/requests?acount=MAOTHER").await;
    assert_eq!(
        (refused.status, &refused.body["error"]),
        (400, &json!("The endpoint does not take the query key `acount`; did you mean `account`?"))
    );
    assert_eq!(client.simulator.requests().len(), 2);
}

#[tokio::test]
async fn faults_are_set_counted_and_removed() {
    let client = start().await;
    let set = put(&client, "faults: [{ on: gadget.list, nth: 2-, status: 503 }]").await.ok();
    let script = json!({"faults": [{"on": "gadget.list", "nth": "2-", "status": 503}]});
    assert_eq!(set, json!({"script": script, "matched": [0], "applied": [0]}));
    client.get(GADGETS).await.ok();
    client.get(GADGETS).await.error(503);
    client.get(GADGETS).await.error(503);
    let faults = call(&client, Method::GET, "/_simulator/faults").await.ok();
    assert_eq!(faults, json!({"script": script, "matched": [3], "applied": [2]}));
    // The script in the response can be set again.
    let again = send(client.unauthenticated(Method::PUT, "/_simulator/faults").json(&faults["script"])).await.ok();
    assert_eq!(again, set);
    assert_eq!(call(&client, Method::DELETE, "/_simulator/faults").await.status, 204);
    client.get(GADGETS).await.ok();
    assert_eq!(
        call(&client, Method::GET, "/_simulator/faults").await.ok(),
        json!({"script": {"faults": []}, "matched": [], "applied": []})
    );
}

#[tokio::test]
async fn invalid_faults_change_nothing() {
    let client = start().await;
    put(&client, "faults: [{ on: '*', status: 503 }]").await.ok();
    let rejected = put(&client, "faults: [{ on: gadget.lst, status: 503 }, { on: '*' }]").await;
    assert_eq!(rejected.status, 400);
    assert_eq!(
        rejected.body["error"],
        "faults[0].on: the spec has no operation `gadget.lst`; did you mean `gadget.list`?\nfaults[1]: the fault has no effect; \
         add `status`, `delay_ms`, `reset` or another effect"
    );
    client.get(GADGETS).await.error(503);
}

#[tokio::test]
async fn a_reset_restores_the_initial_state() {
    let client = start_with(model(), Options::new().faults(Fault::on("*").nth(3).status(503))).await;
    let mut created = Vec::new();
    for _ in 0..2 {
        created.push(client.post(GADGETS, json!({"name": "one"})).await.ok());
        assert_eq!(client.get(GADGETS).await.ok()["gadgets"].as_array().map(Vec::len), Some(1));
        client.get(GADGETS).await.error(503);
        assert_eq!(client.simulator.requests().len(), 3);
        assert_eq!(call(&client, Method::POST, "/_simulator/reset").await.status, 204);
    }
    assert_eq!(created[0], created[1]);
}
