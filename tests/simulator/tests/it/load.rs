//! Five thousand requests on 64 connections with all kinds of faults: the responses, the record and the stored
//! objects must agree.

use crate::client::{ACCOUNT, GADGETS, gadget, start_with};
use crate::model::model;
use fastrand::Rng;
use plivo_simulator::{Damage, Drift, Fault, Options, RecordedRequest, Reset, Simulator};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CLIENTS: usize = 64;
const REQUESTS: usize = 5_000;
/// The header with the number that identifies a request in the record.
const NUMBER: &str = "x-number";

/// All kinds of faults. The labels of those that prevent execution are in [`NOT_EXECUTED`].
pub(crate) fn faults() -> Vec<Fault> {
    let rare = || Fault::on("*").chance(0.03);
    vec![
        rare().reset(Reset::BeforeRead),
        rare().reset(Reset::BeforeExecuting),
        rare().status(503),
        rare().status(504).executed(),
        rare().reset(Reset::AfterExecuting),
        rare().reset(Reset::InBody),
        rare().damage(Damage::Truncated),
        rare().damage(Damage::Malformed),
        rare().oversized(100_000),
        rare().drift_anywhere(Drift::Drop),
        rare().drift_anywhere(Drift::Retype),
        rare().status(502).executed().body("<html>"),
    ]
}

const NOT_EXECUTED: [&str; 3] = ["reset before_read", "reset before_executing", "status 503"];

/// A client with its own connection and gadgets.
struct LoadClient {
    http: Client,
    url: String,
    index: usize,
    /// The value of an unknown key in the body of each change.
    padding: String,
    random: Rng,
    /// The ids and notes of gadgets that certainly exist.
    gadgets: Vec<(String, String)>,
    /// The requests sent so far.
    sent: Vec<Sent>,
}

/// A request that was sent.
pub(crate) struct Sent {
    /// The number that identifies the request in the record.
    number: String,
    change: Change,
    /// Whether the request was executed according to its response. `None` if the response leaves it open.
    executed: Option<bool>,
}

/// The change that a request makes. The note identifies the gadget.
pub(crate) enum Change {
    Create(String),
    Resize(String, u64),
    Delete(String),
    None,
}

impl LoadClient {
    async fn call(&mut self, number: usize) {
        let number = format!("{}-{number}", self.index);
        let choice = self.random.u8(0..10);
        let picked = (!self.gadgets.is_empty()).then(|| self.random.usize(0..self.gadgets.len()));
        let (response, change) = match (choice, picked) {
            (0..5, _) | (_, None) => {
                let body = json!({"name": "one", "note": number, "size": 1, "padding": self.padding});
                (self.send(Method::POST, GADGETS, &number, body).await, Change::Create(number.clone()))
            }
            (5..7, Some(index)) => {
                let ((id, note), size) = (self.gadgets[index].clone(), self.random.u64(2..9));
                let body = json!({"size": size, "padding": self.padding});
                (self.send(Method::POST, &gadget(&id), &number, body).await, Change::Resize(note, size))
            }
            (7, Some(index)) => {
                // Not used again, because the gadget may or may not exist afterwards.
                let (id, note) = self.gadgets.swap_remove(index);
                (self.send(Method::DELETE, &gadget(&id), &number, json!({})).await, Change::Delete(note))
            }
            (_, Some(_)) => (self.send(Method::GET, GADGETS, &number, json!({})).await, Change::None),
        };
        if let (Change::Create(note), Some((202, body))) = (&change, &response)
            && let Some(id) = body["gadget_uuid"].as_str()
        {
            self.gadgets.push((id.to_owned(), note.clone()));
        }
        let executed = response.and_then(|(status, _)| match status {
            200..300 => Some(true),
            503 => Some(false),
            _ => None,
        });
        self.sent.push(Sent { number, change, executed });
    }

    /// The status and the body, if the response was complete.
    async fn send(&self, method: Method, path: &str, number: &str, body: Value) -> Option<(u16, Value)> {
        let url = format!("{}{}", self.url, path.replace("{account}", ACCOUNT));
        let request = self.http.request(method, url).basic_auth(ACCOUNT, Some("token")).header(NUMBER, number);
        let response = request.json(&body).send().await.ok()?;
        let status = response.status().as_u16();
        let body = response.bytes().await.ok()?;
        Some((status, serde_json::from_slice(&body).unwrap_or_default()))
    }
}

/// Sends this number of requests from all clients concurrently, with this number of bytes of padding in each change.
pub(crate) async fn run(simulator: &Simulator, requests: usize, padding: usize) -> Vec<Sent> {
    let clients = (0..CLIENTS).map(|index| LoadClient {
        http: Client::builder().no_proxy().build().expect("a client"),
        url: simulator.url(),
        index,
        padding: "x".repeat(padding),
        random: Rng::with_seed(index as u64),
        gadgets: Vec::new(),
        sent: Vec::new(),
    });
    let tasks = clients.map(|mut client| {
        tokio::spawn(async move {
            for number in (client.index..requests).step_by(CLIENTS) {
                client.call(number).await;
            }
            client.sent
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut sent = Vec::new();
    for task in tasks {
        sent.extend(task.await.expect("no panic"));
    }
    sent
}

/// Whether a request was executed according to the record.
fn was_executed(request: &RecordedRequest) -> bool {
    request.fault().is_none_or(|fault| !NOT_EXECUTED.contains(&fault))
}

/// Runs on several threads, so that the server and its clients run in parallel.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_request_is_executed_exactly_as_recorded() {
    let client = start_with(model(), Options::new().no_limit().seed(11).faults(faults())).await;
    let sent = run(&client.simulator, REQUESTS, 0).await;
    client.simulator.set_faults([]).expect("valid faults");
    let record = client.simulator.requests();
    assert_eq!(record.len(), REQUESTS);
    let by_number: BTreeMap<&str, &RecordedRequest> =
        record.iter().map(|request| (request.header(NUMBER).expect("a number"), request)).collect();
    assert_eq!(by_number.len(), REQUESTS, "no request was received twice");
    let expected = expected(&sent, &by_number);
    assert_eq!(stored(&client).await, expected);
    assert!(expected.len() > 1000, "only {}", expected.len());
    let faults = crate::client::send(client.unauthenticated(Method::GET, "/_simulator/faults")).await;
    assert_eq!(faults.body["applied"], json!([]), "the faults were removed");
    // Each fault was applied.
    for fault in NOT_EXECUTED.iter().chain(&[
        "executed, status 504",
        "reset after_executing",
        "reset in_body",
        "damage truncated",
    ]) {
        assert!(record.iter().filter(|request| request.fault() == Some(fault)).count() > 50, "{fault}");
    }
}

/// The notes and sizes of the gadgets that must exist.
fn expected(sent: &[Sent], record: &BTreeMap<&str, &RecordedRequest>) -> Vec<(String, u64)> {
    let mut gadgets = BTreeMap::new();
    for Sent { number, change, executed } in sent {
        let was_executed = was_executed(record[number.as_str()]);
        assert!(executed.is_none_or(|executed| executed == was_executed), "{number}: the response says {executed:?}");
        match change {
            _ if !was_executed => None,
            Change::Create(note) => gadgets.insert(note.clone(), 1),
            Change::Resize(note, size) => gadgets.insert(note.clone(), *size),
            Change::Delete(note) => gadgets.remove(note),
            Change::None => None,
        };
    }
    gadgets.into_iter().collect()
}

/// The notes and sizes of the stored gadgets, from all pages.
async fn stored(client: &crate::client::Client) -> Vec<(String, u64)> {
    let mut gadgets = Vec::new();
    loop {
        let page = client.get(&format!("{GADGETS}?offset={}", gadgets.len())).await.ok();
        let rows = page["gadgets"].as_array().expect("a list");
        if rows.is_empty() {
            break;
        }
        let row =
            |row: &Value| (row["note"].as_str().expect("a note").to_owned(), row["size"].as_u64().expect("a size"));
        gadgets.extend(rows.iter().map(row));
    }
    gadgets.sort();
    gadgets
}
