//! The effects of faults, as a client sees them.

use crate::client::{ACCOUNT, Client, GADGETS, gadget, send, start, start_with_fault};
use crate::raw_http::{post_raw, read_response, send_raw};
use plivo_simulator::{Damage, Drift, Fault, Reset};
use reqwest::Method;
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::time::Instant;

const CREATE: &str = "gadget.create";

/// The number of stored gadgets.
async fn gadget_count(client: &Client) -> usize {
    client.get(GADGETS).await.ok()["gadgets"].as_array().map_or(0, Vec::len)
}

/// The status and the fault of each recorded request.
fn recorded(client: &Client) -> Vec<(Option<u16>, Option<String>)> {
    let requests = client.simulator.requests();
    requests.iter().map(|request| (request.status(), request.fault().map(str::to_owned))).collect()
}

#[tokio::test]
async fn a_status_replaces_the_operation() {
    let client = start_with_fault(Fault::on(CREATE).nth(1).status(503).retry_after(2)).await;
    let response = client.post(GADGETS, json!({"name": "one"})).await;
    assert_eq!(response.error(503), "Fault injected by the simulator.");
    assert_eq!(response.headers["retry-after"], "2");
    assert_eq!(gadget_count(&client).await, 0);
    client.create(json!({"name": "one"})).await;
    assert_eq!(gadget_count(&client).await, 1);
    let fault = Some("retry_after 2, status 503".to_owned());
    let expected = [(Some(503), fault), (Some(200), None), (Some(202), None), (Some(200), None)];
    assert_eq!(recorded(&client), expected);
}

#[tokio::test]
async fn a_request_with_an_error_status_can_be_executed() {
    let date = "Wed, 21 Oct 2026 07:28:00 GMT";
    let client = start_with_fault(Fault::on(CREATE).status(504).executed().retry_after_text(date)).await;
    let response = client.post(GADGETS, json!({"name": "one"})).await;
    response.error(504);
    assert_eq!(response.headers["retry-after"], date);
    assert_eq!(gadget_count(&client).await, 1);
}

#[tokio::test]
async fn retry_at_sends_a_date() {
    let client = start_with_fault(Fault::on(CREATE).status(429).retry_at(3600)).await;
    let response = client.post(GADGETS, json!({"name": "one"})).await;
    let date = |name| httpdate::parse_http_date(response.headers[name].to_str().expect("text")).expect("a date");
    let wait = date("retry-after").duration_since(date("date")).expect("a later date").as_secs();
    assert!((3000..=3601).contains(&wait), "{wait}");
}

#[tokio::test]
async fn a_body_and_its_content_type_are_replaced() {
    let page = "<html>Bad Gateway</html>";
    let client = start_with_fault(Fault::on(CREATE).nth(1).status(502).body(page)).await;
    let answer = client.request(Method::POST, GADGETS).body("{}").send().await.expect("a response");
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (502, &"text/plain; charset=utf-8".parse().expect("a header"))
    );
    assert_eq!(answer.text().await.expect("a body"), page);
    // Without a status, the request is executed and only the content of the response changes.
    let fault = Fault::on(CREATE).body(json!([1])).content_type("text/html");
    client.simulator.set_faults(fault).expect("valid faults");
    let answer = client.post(GADGETS, json!({"name": "one"})).await;
    assert_eq!(
        (answer.status, &answer.body, &answer.headers["content-type"]),
        (202, &json!([1]), &"text/html".parse().expect("a header"))
    );
    assert_eq!(gadget_count(&client).await, 1);
}

#[tokio::test]
async fn each_reset_happens_at_its_moment() {
    for (reset, label, created, read) in [
        (Reset::BeforeRead, "reset before_read", 0, false),
        (Reset::BeforeExecuting, "reset before_executing", 0, true),
        (Reset::AfterExecuting, "reset after_executing", 1, true),
    ] {
        let client = start_with_fault(Fault::on(CREATE).reset(reset)).await;
        let response = post_raw(&client, GADGETS, &json!({"name": "one"})).await;
        assert_eq!((response.text.as_str(), response.error), ("", Some(ErrorKind::ConnectionReset)), "{label}");
        assert_eq!(recorded(&client), [(None, Some(label.to_owned()))]);
        assert_eq!(client.simulator.requests()[0].json().is_some(), read);
        assert_eq!(gadget_count(&client).await, created);
    }
}

#[tokio::test]
async fn a_body_is_cut_off_by_a_reset_or_a_close() {
    let client = start_with_fault(Fault::on(CREATE).reset(Reset::InBody)).await;
    let response = post_raw(&client, GADGETS, &json!({"name": "one"})).await;
    assert_eq!(response.error, Some(ErrorKind::ConnectionReset));
    assert_eq!(response.body().len(), response.announced_length() / 2);
    client.simulator.set_faults(Fault::on(CREATE).damage(Damage::Truncated)).expect("valid faults");
    let response = post_raw(&client, GADGETS, &json!({"name": "two"})).await;
    assert_eq!(response.error, None);
    assert_eq!(response.body().len(), response.announced_length() / 2);
    assert_eq!(gadget_count(&client).await, 2);
}

#[tokio::test]
async fn a_malformed_body_is_invalid_json_of_the_announced_length() {
    let client = start_with_fault(Fault::on(CREATE).damage(Damage::Malformed)).await;
    let response = post_raw(&client, GADGETS, &json!({"name": "one"})).await;
    assert_eq!(response.body().len(), response.announced_length());
    assert!(response.text.contains("content-type: application/json"), "{response:?}");
    assert!(serde_json::from_str::<Value>(&response.body()).is_err(), "{response:?}");
}

#[tokio::test]
async fn an_oversized_body_is_valid_json_of_unannounced_length() {
    let client = start_with_fault(Fault::on(CREATE).oversized(200_000)).await;
    let response = post_raw(&client, GADGETS, &json!({"name": "one"})).await;
    assert!(!response.text.contains("content-length"), "{}", &response.text[..200]);
    let body = response.body();
    assert!(body.len() > 200_000);
    assert!(serde_json::from_str::<Value>(&body).expect("JSON")["gadget_uuid"].is_string());
}

#[tokio::test(start_paused = true)]
async fn the_head_and_the_body_are_delayed() {
    let client =
        start_with_fault(Fault::on(CREATE).delay(Duration::from_secs(3)).body_delay(Duration::from_secs(4))).await;
    let begin = Instant::now();
    let response = post_raw(&client, GADGETS, &json!({"name": "one"})).await;
    assert!(begin.elapsed() >= Duration::from_secs(7), "{:?}", begin.elapsed());
    assert_eq!(response.body().len(), response.announced_length());
}

#[tokio::test(start_paused = true)]
async fn a_reset_is_delayed() {
    let resets = [Reset::BeforeRead, Reset::BeforeExecuting, Reset::AfterExecuting];
    for (reset, created) in resets.into_iter().zip([0, 0, 1]) {
        let client = start_with_fault(Fault::on(CREATE).delay(Duration::from_secs(3)).reset(reset)).await;
        let begin = Instant::now();
        let response = post_raw(&client, GADGETS, &json!({"name": "one"})).await;
        assert!(begin.elapsed() >= Duration::from_secs(3), "{reset:?} after {:?}", begin.elapsed());
        assert_eq!((response.error, response.text.as_str()), (Some(ErrorKind::ConnectionReset), ""));
        assert_eq!(gadget_count(&client).await, created, "{reset:?}");
    }
}

/// Reads a gadget with a fault. Returns the fault in the record and the number of requests that it was applied to.
async fn applied(fault: Fault) -> (Option<String>, Value) {
    let client = start().await;
    let path = gadget(&client.create(json!({"name": "one"})).await);
    client.simulator.set_faults(fault).expect("valid faults");
    let answer = client.request(Method::GET, &path).send().await.expect("a response");
    let _ = answer.bytes().await;
    let faults = send(client.unauthenticated(Method::GET, "/_simulator/faults")).await.ok();
    (recorded(&client).pop().and_then(|(_, fault)| fault), faults["applied"][0].clone())
}

#[tokio::test]
async fn the_record_contains_only_effects_that_took_place() {
    let get = || Fault::on("gadget.get");
    let nothing = (None, json!(0));
    for (drift, at) in [(Drift::Drop, "/gadget/owner"), (Drift::Add, "/gadget/name"), (Drift::SetNull, "/x/y")] {
        assert_eq!(applied(get().drift(drift, at)).await, nothing, "{drift:?} {at}");
    }
    assert_eq!(applied(get().drift_anywhere(Drift::Unlisted)).await, nothing, "the gadget has no enum value");
    let one = |label: &str| (Some(label.to_owned()), json!(1));
    let two = get().drift(Drift::Drop, "/gadget/owner").drift(Drift::Drop, "/gadget/name");
    assert_eq!(applied(two).await, one("drift drop /gadget/name"));
    assert_eq!(applied(get().status(500).drift_anywhere(Drift::Add)).await, one("drift add at the root, status 500"));
    let late = get().drift(Drift::Drop, "/gadget/owner").body_delay(Duration::ZERO);
    assert_eq!(applied(late).await, one("body_delay_ms 0"));
}

#[tokio::test]
async fn a_response_without_a_body_has_no_body_effects() {
    let client = start().await;
    let parts = format!("{}Part/", gadget(&client.create(json!({"name": "one"})).await));
    let on = || Fault::on("part.delete");
    let body = on().body("<html>").content_type("text/html");
    for (fault, label) in [
        (on().damage(Damage::Malformed), None),
        (on().damage(Damage::Truncated), None),
        (on().reset(Reset::InBody), None),
        (on().oversized(1000), None),
        (on().drift_anywhere(Drift::Add), None),
        (body, Some("content_type text/html".to_owned())),
    ] {
        let id = client.post(&parts, json!({})).await.ok()["part_id"].clone();
        client.simulator.set_faults(fault).expect("valid faults");
        assert_eq!(client.delete(&format!("{parts}{id}/")).await.status, 204);
        assert_eq!(recorded(&client).pop(), Some((Some(204), label)));
    }
    client.simulator.set_faults(Fault::on("HEAD *").damage(Damage::Truncated)).expect("valid faults");
    assert_eq!(send(client.request(Method::HEAD, GADGETS)).await.status, 200);
    assert_eq!(recorded(&client).pop(), Some((Some(200), None)));
}

#[tokio::test]
async fn a_malformed_body_is_invalid_json_whatever_it_was() {
    for body in [json!(1234), json!("1234"), json!(1), json!([]), json!("null"), json!({"a": 1}), json!("\"a\" ")] {
        let client = start_with_fault(Fault::on(CREATE).body(body.clone()).damage(Damage::Malformed)).await;
        let response = post_raw(&client, GADGETS, &json!({"name": "one"})).await;
        assert!(serde_json::from_str::<Value>(&response.body()).is_err(), "{body}: {response:?}");
        assert_eq!(response.body().len(), response.announced_length());
    }
}

#[tokio::test]
async fn a_truncated_response_without_a_body_is_complete() {
    let client = start().await;
    let parts = format!("{}Part/", gadget(&client.create(json!({"name": "one"})).await));
    let id = client.post(&parts, json!({})).await.ok()["part_id"].clone();
    client.simulator.set_faults(Fault::on("part.delete").damage(Damage::Truncated)).expect("valid faults");
    let path = format!("{parts}{id}/").replace("{account}", ACCOUNT);
    let request = format!(
        "DELETE {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Basic TUFFWEFNUExFOnQ=\r\n\r\n"
    );
    let response = read_response(send_raw(&client, &request).await).await;
    // A 204 never has a body, so nothing can be missing.
    assert!(response.text.starts_with("HTTP/1.1 204"), "{response:?}");
}

/// Reads a gadget with a drift.
async fn drifted(drift: Drift, at: &str) -> Value {
    let client = start().await;
    let id = client
        .create(json!({"name": "one", "colour": "RED", "owner": {"mail": "a@example.com"}, "size": 1, "tags": ["x"]}))
        .await;
    client.simulator.set_faults(Fault::on("gadget.get").drift(drift, at)).expect("valid faults");
    client.get(&gadget(&id)).await.ok()
}

#[tokio::test]
async fn each_drift_changes_the_response() {
    assert!(drifted(Drift::Drop, "/gadget/name").await["gadget"].get("name").is_none());
    assert_eq!(drifted(Drift::SetNull, "/gadget/owner").await["gadget"]["owner"], json!(null));
    assert_eq!(drifted(Drift::Retype, "/gadget/size").await["gadget"]["size"], json!([1]));
    assert_eq!(drifted(Drift::Retype, "/gadget/tags").await["gadget"]["tags"], json!(true));
    assert_eq!(drifted(Drift::Add, "/gadget/owner").await["gadget"]["owner"]["simulated_addition"], "added");
    assert_eq!(drifted(Drift::Add, "").await["simulated_addition"], "added");
    assert_eq!(drifted(Drift::Unlisted, "/gadget/colour").await["gadget"]["colour"], "SIMULATED_UNLISTED");
    assert_eq!(drifted(Drift::Unlisted, "/gadget/nothing").await["gadget"]["name"], "one");
}

#[tokio::test]
async fn the_seed_determines_the_location_of_drift() {
    let client = start().await;
    for number in 0..5 {
        client.create(json!({"name": "one", "colour": "Dark Blue", "trim": "RED", "size": number + 1})).await;
    }
    let mut plain = client.get(GADGETS).await.ok();
    plain["api_id"] = json!(null);
    let drifted = async |drift, seed| {
        let faults = plivo_simulator::Faults::from(Fault::on("gadget.list").drift_anywhere(drift)).seed(seed);
        client.simulator.set_faults(faults).expect("valid faults");
        let mut list = client.get(GADGETS).await.ok();
        list["api_id"] = json!(null);
        list
    };
    let all = [Drift::Drop, Drift::SetNull, Drift::Retype, Drift::Add, Drift::Unlisted];
    for drift in all {
        let (first, second) = (drifted(drift, 5).await, drifted(drift, 5).await);
        assert_eq!(first, second, "{drift:?}");
    }
    let distinct_responses = async |drift| {
        let mut responses: Vec<String> = Vec::new();
        for seed in 0..10 {
            responses.push(drifted(drift, seed).await.to_string());
        }
        responses.sort();
        responses.dedup();
        responses.len()
    };
    assert!(distinct_responses(Drift::Drop).await > 3);
    assert!(distinct_responses(Drift::Unlisted).await > 3);
    let list = drifted(Drift::Unlisted, 1).await.to_string();
    assert_eq!(list.matches("SIMULATED_UNLISTED").count(), 1);
    assert_eq!(list.matches("RED").count() + list.matches("Dark Blue").count(), 9);
}
