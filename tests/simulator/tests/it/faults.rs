//! What goes wrong on demand, as a caller sees it.

use crate::client::{ACCOUNT, Client, GADGETS, gadget, send, start, start_with};
use crate::model::model;
use crate::wire::{hear, post, say};
use plivo_simulator::{Damage, Drift, Fault, Options, Reset};
use reqwest::Method;
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::time::Instant;

const CREATE: &str = "gadget.create";

async fn faulty(fault: Fault) -> Client {
    start_with(model(), Options::new().faults(fault)).await
}

/// How many gadgets there are.
async fn stored(client: &Client) -> usize {
    client.get(GADGETS).await.ok()["gadgets"].as_array().map_or(0, Vec::len)
}

/// The faults of the record, each with the status of its request.
fn recorded(client: &Client) -> Vec<(Option<u16>, Option<String>)> {
    let requests = client.simulator.requests();
    requests.iter().map(|request| (request.status(), request.fault().map(str::to_owned))).collect()
}

#[tokio::test]
async fn a_status_stands_in_place_of_the_operation() {
    let client = faulty(Fault::on(CREATE).nth(1).status(503).retry_after(2)).await;
    let refused = client.post(GADGETS, json!({"name": "one"})).await;
    assert_eq!(refused.error(503), "The simulator was told to answer so.");
    assert_eq!(refused.headers["retry-after"], "2");
    assert_eq!(stored(&client).await, 0);
    client.create(json!({"name": "one"})).await;
    assert_eq!(stored(&client).await, 1);
    let fault = Some("retry_after 2, status 503".to_owned());
    let expected = [(Some(503), fault), (Some(200), None), (Some(202), None), (Some(200), None)];
    assert_eq!(recorded(&client), expected);
}

#[tokio::test]
async fn a_request_can_be_carried_out_although_the_answer_says_otherwise() {
    let date = "Wed, 21 Oct 2026 07:28:00 GMT";
    let client = faulty(Fault::on(CREATE).status(504).executed().retry_after_text(date)).await;
    let refused = client.post(GADGETS, json!({"name": "one"})).await;
    refused.error(504);
    assert_eq!(refused.headers["retry-after"], date);
    assert_eq!(stored(&client).await, 1);
}

#[tokio::test]
async fn a_time_to_come_back_is_a_date() {
    let client = faulty(Fault::on(CREATE).status(429).retry_at(3600)).await;
    let refused = client.post(GADGETS, json!({"name": "one"})).await;
    let date = |name| httpdate::parse_http_date(refused.headers[name].to_str().expect("text")).expect("a date");
    let wait = date("retry-after").duration_since(date("date")).expect("it is later").as_secs();
    assert!((3000..=3601).contains(&wait), "{wait}");
}

#[tokio::test]
async fn a_body_can_be_anything() {
    let page = "<html>Bad Gateway</html>";
    let client = faulty(Fault::on(CREATE).nth(1).status(502).body(page)).await;
    let answer = client.request(Method::POST, GADGETS).body("{}").send().await.expect("an answer");
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (502, &"text/plain; charset=utf-8".parse().expect("a header"))
    );
    assert_eq!(answer.text().await.expect("a body"), page);
    // Without a status it is carried out, and only what it says is another thing.
    let fault = Fault::on(CREATE).body(json!([1])).content_type("text/html");
    client.simulator.set_faults(fault).expect("possible faults");
    let answer = client.post(GADGETS, json!({"name": "one"})).await;
    assert_eq!(
        (answer.status, &answer.body, &answer.headers["content-type"]),
        (202, &json!([1]), &"text/html".parse().expect("a header"))
    );
    assert_eq!(stored(&client).await, 1);
}

#[tokio::test]
async fn resets_are_real_and_say_what_was_done() {
    for (reset, label, done, read) in [
        (Reset::BeforeRead, "reset before_read", 0, false),
        (Reset::BeforeExecuting, "reset before_executing", 0, true),
        (Reset::AfterExecuting, "reset after_executing", 1, true),
    ] {
        let client = faulty(Fault::on(CREATE).reset(reset)).await;
        let heard = post(&client, GADGETS, &json!({"name": "one"})).await;
        assert_eq!((heard.text.as_str(), heard.error), ("", Some(ErrorKind::ConnectionReset)), "{label}");
        assert_eq!(recorded(&client), [(None, Some(label.to_owned()))]);
        assert_eq!(client.simulator.requests()[0].json().is_some(), read);
        assert_eq!(stored(&client).await, done);
    }
}

#[tokio::test]
async fn a_body_breaks_off() {
    let client = faulty(Fault::on(CREATE).reset(Reset::InBody)).await;
    let heard = post(&client, GADGETS, &json!({"name": "one"})).await;
    assert_eq!(heard.error, Some(ErrorKind::ConnectionReset));
    assert_eq!(heard.body().len(), heard.announced() / 2);
    client.simulator.set_faults(Fault::on(CREATE).damage(Damage::Truncated)).expect("possible faults");
    let heard = post(&client, GADGETS, &json!({"name": "two"})).await;
    assert_eq!(heard.error, None);
    assert_eq!(heard.body().len(), heard.announced() / 2);
    assert_eq!(stored(&client).await, 2);
}

#[tokio::test]
async fn a_body_is_no_json() {
    let client = faulty(Fault::on(CREATE).damage(Damage::Malformed)).await;
    let heard = post(&client, GADGETS, &json!({"name": "one"})).await;
    assert_eq!(heard.body().len(), heard.announced());
    assert!(heard.text.contains("content-type: application/json"), "{heard:?}");
    assert!(serde_json::from_str::<Value>(&heard.body()).is_err(), "{heard:?}");
}

#[tokio::test]
async fn a_body_is_longer_than_anybody_wants() {
    let client = faulty(Fault::on(CREATE).oversized(200_000)).await;
    let heard = post(&client, GADGETS, &json!({"name": "one"})).await;
    assert!(!heard.text.contains("content-length"), "{}", &heard.text[..200]);
    let body = heard.body();
    assert!(body.len() > 200_000);
    assert!(serde_json::from_str::<Value>(&body).expect("JSON")["gadget_uuid"].is_string());
}

#[tokio::test(start_paused = true)]
async fn answers_are_late() {
    let client = faulty(Fault::on(CREATE).delay(Duration::from_secs(3)).body_delay(Duration::from_secs(4))).await;
    let begin = Instant::now();
    let heard = post(&client, GADGETS, &json!({"name": "one"})).await;
    assert!(begin.elapsed() >= Duration::from_secs(7), "{:?}", begin.elapsed());
    assert_eq!(heard.body().len(), heard.announced());
}

#[tokio::test(start_paused = true)]
async fn a_loss_is_late_too() {
    let resets = [Reset::BeforeRead, Reset::BeforeExecuting, Reset::AfterExecuting];
    for (reset, done) in resets.into_iter().zip([0, 0, 1]) {
        let client = faulty(Fault::on(CREATE).delay(Duration::from_secs(3)).reset(reset)).await;
        let begin = Instant::now();
        let heard = post(&client, GADGETS, &json!({"name": "one"})).await;
        assert!(begin.elapsed() >= Duration::from_secs(3), "{reset:?} after {:?}", begin.elapsed());
        assert_eq!((heard.error, heard.text.as_str()), (Some(ErrorKind::ConnectionReset), ""));
        assert_eq!(stored(&client).await, done, "{reset:?}");
    }
}

/// Reads a gadget while this goes wrong: what the record says of it, and how often the fault acted.
async fn came_to(fault: Fault) -> (Option<String>, Value) {
    let client = start().await;
    let path = gadget(&client.create(json!({"name": "one"})).await);
    client.simulator.set_faults(fault).expect("possible faults");
    let answer = client.request(Method::GET, &path).send().await.expect("an answer");
    let _ = answer.bytes().await;
    let faults = send(client.bare(Method::GET, "/_simulator/faults")).await.ok();
    (recorded(&client).pop().and_then(|(_, fault)| fault), faults["acted"][0].clone())
}

#[tokio::test]
async fn the_record_says_what_really_changed() {
    let get = || Fault::on("gadget.get");
    let nothing = (None, json!(0));
    for (drift, at) in [(Drift::Drop, "/gadget/owner"), (Drift::Add, "/gadget/name"), (Drift::SetNull, "/x/y")] {
        assert_eq!(came_to(get().drift(drift, at)).await, nothing, "{drift:?} {at}");
    }
    assert_eq!(came_to(get().drift_anywhere(Drift::Unlisted)).await, nothing, "this gadget has no colour");
    let one = |label: &str| (Some(label.to_owned()), json!(1));
    let two = get().drift(Drift::Drop, "/gadget/owner").drift(Drift::Drop, "/gadget/name");
    assert_eq!(came_to(two).await, one("drift drop /gadget/name"));
    assert_eq!(came_to(get().status(500).drift_anywhere(Drift::Add)).await, one("drift add the whole, status 500"));
    let late = get().drift(Drift::Drop, "/gadget/owner").body_delay(Duration::ZERO);
    assert_eq!(came_to(late).await, one("body_delay_ms 0"));
}

#[tokio::test]
async fn an_answer_without_a_body_has_none_to_damage() {
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
        client.simulator.set_faults(fault).expect("possible faults");
        assert_eq!(client.delete(&format!("{parts}{id}/")).await.status, 204);
        assert_eq!(recorded(&client).pop(), Some((Some(204), label)));
    }
    client.simulator.set_faults(Fault::on("HEAD *").damage(Damage::Truncated)).expect("possible faults");
    assert_eq!(send(client.request(Method::HEAD, GADGETS)).await.status, 405);
    assert_eq!(recorded(&client).pop(), Some((Some(405), None)));
}

#[tokio::test]
async fn what_is_malformed_is_no_json() {
    for body in [json!(1234), json!("1234"), json!(1), json!([]), json!("null"), json!({"a": 1}), json!("\"a\" ")] {
        let client = faulty(Fault::on(CREATE).body(body.clone()).damage(Damage::Malformed)).await;
        let heard = post(&client, GADGETS, &json!({"name": "one"})).await;
        assert!(serde_json::from_str::<Value>(&heard.body()).is_err(), "{body}: {heard:?}");
        assert_eq!(heard.body().len(), heard.announced());
    }
}

#[tokio::test]
async fn an_answer_without_a_body_breaks_off_too() {
    let client = start().await;
    let parts = format!("{}Part/", gadget(&client.create(json!({"name": "one"})).await));
    let id = client.post(&parts, json!({})).await.ok()["part_id"].clone();
    client.simulator.set_faults(Fault::on("part.delete").damage(Damage::Truncated)).expect("possible faults");
    let path = format!("{parts}{id}/").replace("{account}", ACCOUNT);
    let request = format!(
        "DELETE {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Basic TUFFWEFNUExFOnQ=\r\n\r\n"
    );
    let heard = hear(say(&client, &request).await).await;
    // A 204 has no body, so that nothing can be missing.
    assert!(heard.text.starts_with("HTTP/1.1 204"), "{heard:?}");
}

/// The answer to the reading of a gadget whose answer drifts so.
async fn drifted(drift: Drift, at: &str) -> Value {
    let client = start().await;
    let id = client
        .create(json!({"name": "one", "colour": "RED", "owner": {"mail": "a@example.com"}, "size": 1, "tags": ["x"]}))
        .await;
    client.simulator.set_faults(Fault::on("gadget.get").drift(drift, at)).expect("possible faults");
    client.get(&gadget(&id)).await.ok()
}

#[tokio::test]
async fn answers_drift() {
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
async fn a_seed_decides_where_answers_drift() {
    let client = start().await;
    for number in 0..5 {
        client.create(json!({"name": "one", "colour": "Dark Blue", "trim": "RED", "size": number + 1})).await;
    }
    let mut plain = client.get(GADGETS).await.ok();
    plain["api_id"] = json!(null);
    let drifted = async |drift, seed| {
        let faults = plivo_simulator::Faults::from(Fault::on("gadget.list").drift_anywhere(drift)).seed(seed);
        client.simulator.set_faults(faults).expect("possible faults");
        let mut list = client.get(GADGETS).await.ok();
        list["api_id"] = json!(null);
        list
    };
    let all = [Drift::Drop, Drift::SetNull, Drift::Retype, Drift::Add, Drift::Unlisted];
    for drift in all {
        let (one, same) = (drifted(drift, 5).await, drifted(drift, 5).await);
        assert_eq!(one, same, "{drift:?}");
    }
    let different = async |drift| {
        let mut seen: Vec<String> = Vec::new();
        for seed in 0..10 {
            seen.push(drifted(drift, seed).await.to_string());
        }
        seen.sort();
        seen.dedup();
        seen.len()
    };
    assert!(different(Drift::Drop).await > 3);
    assert!(different(Drift::Unlisted).await > 3);
    let list = drifted(Drift::Unlisted, 1).await.to_string();
    assert_eq!(list.matches("SIMULATED_UNLISTED").count(), 1);
    assert_eq!(list.matches("RED").count() + list.matches("Dark Blue").count(), 9);
}

/// The statuses of eight requests for the list.
async fn statuses(client: &Client) -> Vec<u16> {
    let mut seen = Vec::new();
    for _ in 0..8 {
        seen.push(client.get(GADGETS).await.status);
    }
    seen
}

#[tokio::test]
async fn faults_choose_among_the_requests() {
    let client = start().await;
    let put = |fault: Fault| client.simulator.set_faults(fault).expect("possible faults");
    put(Fault::on("gadget.list").nth([2, 4]).status(500));
    assert_eq!(statuses(&client).await, [200, 500, 200, 500, 200, 200, 200, 200]);
    put(Fault::on("GET *").nth(2..=3).status(500));
    assert_eq!(statuses(&client).await, [200, 500, 500, 200, 200, 200, 200, 200]);
    put(Fault::on("GET /v1/Account/{auth_id}/Gadget/").nth(7..).status(500));
    assert_eq!(statuses(&client).await, [200, 200, 200, 200, 200, 200, 500, 500]);
    put(Fault::on("POST *").status(500));
    assert_eq!(statuses(&client).await, [200; 8]);
    put(Fault::on("gadget.get").status(500));
    assert_eq!(statuses(&client).await, [200; 8]);
    put(Fault::on("*").status(418));
    assert_eq!(send(client.bare(Method::PUT, "/nothing")).await.status, 418);
}

#[tokio::test]
async fn the_first_that_is_due_acts_and_all_count() {
    let client = start().await;
    let faults = [Fault::on("*").nth(2).status(500), Fault::on("gadget.list").nth(1..=3).status(502)];
    client.simulator.set_faults(faults).expect("possible faults");
    assert_eq!(statuses(&client).await, [502, 500, 502, 200, 200, 200, 200, 200]);
}

#[tokio::test]
async fn a_seed_decides_about_chances() {
    let mut seen = Vec::new();
    for seed in [3, 3, 4] {
        let options = Options::new().seed(seed).faults(Fault::on("*").chance(0.5).status(500));
        seen.push(statuses(&start_with(model(), options).await).await);
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0], seen[2]);
    for (chance, expected) in [(0.0, [200; 8]), (1.0, [500; 8])] {
        let client = faulty(Fault::on("*").chance(chance).status(500)).await;
        assert_eq!(statuses(&client).await, expected);
    }
}

#[tokio::test]
async fn a_seed_decides_for_each_operation_apart() {
    for on in ["*", "POST *", "gadget.create"] {
        let mut seen = Vec::new();
        for lists in [false, true] {
            let fault = Fault::on(on).chance(0.5).status(500);
            let client = start_with(model(), Options::new().seed(5).faults(fault)).await;
            let mut fates = Vec::new();
            for number in 0..10 {
                if lists {
                    client.get(GADGETS).await;
                    client.post("/nothing", json!({})).await;
                    client.post(&gadget("no-id"), json!({})).await;
                }
                fates.push(client.post(GADGETS, json!({"name": "one", "size": number % 9 + 1})).await.status);
            }
            seen.push(fates);
        }
        assert_eq!(seen[0], seen[1], "{on}");
        assert!(seen[0].contains(&500) && seen[0].contains(&202), "{seen:?}");
    }
}

#[tokio::test]
async fn operations_have_fates_of_their_own() {
    let client = start_with(model(), Options::new().faults(Fault::on("GET *").chance(0.5).status(500))).await;
    let mut fates = [String::new(), String::new()];
    for _ in 0..32 {
        for (path, fates) in [GADGETS, "/v1/Account/{account}/Crate/"].into_iter().zip(&mut fates) {
            fates.push(if client.get(path).await.status == 500 { 'x' } else { '.' });
        }
    }
    assert_ne!(fates[0], fates[1]);
}

#[tokio::test]
async fn faults_can_be_taken_away() {
    let client = faulty(Fault::on("*").status(500)).await;
    client.get(GADGETS).await.error(500);
    client.simulator.set_faults([]).expect("no faults are possible");
    client.get(GADGETS).await.ok();
    client.simulator.reset();
    client.get(GADGETS).await.error(500);
    assert_eq!(client.simulator.requests().len(), 1);
}
