//! The simulator's own endpoints, as curl calls them: without credentials.

use crate::client::{Client, GADGETS, Reply, send, start, start_with};
use crate::model::model;
use plivo_simulator::{Fault, Options};
use reqwest::Method;
use serde_json::json;

async fn call(client: &Client, method: Method, path: &str) -> Reply {
    send(client.bare(method, path)).await
}

async fn put(client: &Client, faults: &'static str) -> Reply {
    send(client.bare(Method::PUT, "/_simulator/faults").body(faults)).await
}

#[tokio::test]
async fn the_index_lists_operations_and_switches() {
    let client = start().await;
    let index = call(&client, Method::GET, "/").await.ok();
    assert_eq!(index["simulates"], "Gadgets");
    let operations = index["operations"].as_array().expect("a list");
    let create = operations.iter().find(|operation| operation["id"] == "gadget.create").expect("an operation");
    let path = "/v1/Account/{auth_id}/Gadget/";
    assert_eq!(create, &json!({"id": "gadget.create", "method": "POST", "path": path, "summary": "Makes a gadget."}));
    // Each switch is there.
    for switch in index["simulator"].as_array().expect("a list") {
        let method = switch["method"].as_str().and_then(|method| Method::from_bytes(method.as_bytes()).ok());
        let path = switch["path"].as_str().expect("a path");
        let status = call(&client, method.expect("a method"), path).await.status;
        assert!(status == 200 || status == 204 || switch["method"] == "PUT" && status == 400, "{switch}: {status}");
    }
    assert_eq!(client.simulator.requests().len(), 0);
}

#[tokio::test]
async fn what_is_not_there_is_explained() {
    let client = start().await;
    let reply = call(&client, Method::GET, "/_simulator/nothing").await;
    assert_eq!(
        (reply.status, &reply.body["error"]),
        (404, &json!("The simulator has nothing at this path. GET / lists what it has."))
    );
    let reply = call(&client, Method::POST, "/_simulator/requests").await;
    assert_eq!(
        (reply.status, &reply.body["error"]),
        (405, &json!("Allowed here: GET, DELETE. GET / says what they do."))
    );
    assert_eq!(reply.headers["allow"], "GET, DELETE");
}

#[tokio::test]
async fn requests_are_read_and_forgotten() {
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
async fn faults_are_set_and_counted_and_taken_away() {
    let client = start().await;
    let set = put(&client, "faults: [{ on: gadget.list, nth: 2-, status: 503 }]").await.ok();
    let script = json!({"faults": [{"on": "gadget.list", "nth": "2-", "status": 503}]});
    assert_eq!(set, json!({"script": script, "met": [0], "acted": [0]}));
    client.get(GADGETS).await.ok();
    client.get(GADGETS).await.error(503);
    client.get(GADGETS).await.error(503);
    let faults = call(&client, Method::GET, "/_simulator/faults").await.ok();
    assert_eq!(faults, json!({"script": script, "met": [3], "acted": [2]}));
    // What is shown can be put again.
    let again = send(client.bare(Method::PUT, "/_simulator/faults").json(&faults["script"])).await.ok();
    assert_eq!(again, set);
    assert_eq!(call(&client, Method::DELETE, "/_simulator/faults").await.status, 204);
    client.get(GADGETS).await.ok();
    assert_eq!(
        call(&client, Method::GET, "/_simulator/faults").await.ok(),
        json!({"script": {"faults": []}, "met": [], "acted": []})
    );
}

#[tokio::test]
async fn impossible_faults_change_nothing() {
    let client = start().await;
    put(&client, "faults: [{ on: '*', status: 503 }]").await.ok();
    let refused = put(&client, "faults: [{ on: gadget.lst, status: 503 }, { on: '*' }]").await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.body["error"],
        "faults[0].on: there is no operation `gadget.lst`; did you mean `gadget.list`?\nfaults[1]: it does nothing; give it \
         `status`, `delay_ms`, `reset` or another effect"
    );
    client.get(GADGETS).await.error(503);
}

#[tokio::test]
async fn a_reset_is_a_new_start() {
    let client = start_with(model(), Options::new().faults(Fault::on("*").nth(3).status(503))).await;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let created = client.post(GADGETS, json!({"name": "one"})).await.ok();
        assert_eq!(client.get(GADGETS).await.ok()["gadgets"].as_array().map(Vec::len), Some(1));
        client.get(GADGETS).await.error(503);
        assert_eq!(client.simulator.requests().len(), 3);
        assert_eq!(call(&client, Method::POST, "/_simulator/reset").await.status, 204);
        seen.push(created);
    }
    assert_eq!(seen[0], seen[1]);
}
