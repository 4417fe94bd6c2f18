//! Five thousand requests from 64 connections while everything goes wrong that can: what the callers saw, what
//! the record says and what is stored in the end must agree.

use crate::client::{ACCOUNT, GADGETS, gadget, start_with};
use crate::model::model;
use fastrand::Rng;
use plivo_simulator::{Damage, Drift, Fault, Options, Recorded, Reset, Simulator};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CALLERS: usize = 64;
const REQUESTS: usize = 5_000;
/// Numbers a request, so that it is found in the record.
const NUMBER: &str = "x-number";

/// Those that stop a request before it is carried out come first; their labels begin as in [`NOT_DONE`].
pub(crate) fn faults() -> Vec<Fault> {
    let some = || Fault::on("*").chance(0.03);
    vec![
        some().reset(Reset::BeforeRead),
        some().reset(Reset::BeforeExecuting),
        some().status(503),
        some().status(504).executed(),
        some().reset(Reset::AfterExecuting),
        some().reset(Reset::InBody),
        some().damage(Damage::Truncated),
        some().damage(Damage::Malformed),
        some().oversized(100_000),
        some().drift_anywhere(Drift::Drop),
        some().drift_anywhere(Drift::Retype),
        some().status(502).executed().body("<html>"),
    ]
}

const NOT_DONE: [&str; 3] = ["reset before_read", "reset before_executing", "status 503"];

/// Somebody with a connection and gadgets of their own.
struct Caller {
    http: Client,
    url: String,
    name: usize,
    /// What the body of a change holds besides, under a key that nobody knows.
    ballast: String,
    random: Rng,
    /// The ids of gadgets that are there for sure, with their notes.
    mine: Vec<(String, String)>,
    /// What was asked for under each number, and whether the answer said that it was done.
    asked: Vec<(String, Asked, Option<bool>)>,
}

/// A change that was asked for, by the note of its gadget.
pub(crate) enum Asked {
    Create(String),
    Resize(String, u64),
    Delete(String),
    Nothing,
}

impl Caller {
    async fn call(&mut self, number: usize) {
        let number = format!("{}-{number}", self.name);
        let choice = self.random.u8(0..10);
        let picked = (!self.mine.is_empty()).then(|| self.random.usize(0..self.mine.len()));
        let (answer, asked) = match (choice, picked) {
            (0..5, _) | (_, None) => {
                let body = json!({"name": "one", "note": number, "size": 1, "ballast": self.ballast});
                (self.send(Method::POST, GADGETS, &number, body).await, Asked::Create(number.clone()))
            }
            (5..7, Some(place)) => {
                let ((id, note), size) = (self.mine[place].clone(), self.random.u64(2..9));
                let body = json!({"size": size, "ballast": self.ballast});
                (self.send(Method::POST, &gadget(&id), &number, body).await, Asked::Resize(note, size))
            }
            (7, Some(place)) => {
                // Whatever comes of it, this caller does not speak of it again.
                let (id, note) = self.mine.swap_remove(place);
                (self.send(Method::DELETE, &gadget(&id), &number, json!({})).await, Asked::Delete(note))
            }
            (_, Some(_)) => (self.send(Method::GET, GADGETS, &number, json!({})).await, Asked::Nothing),
        };
        if let (Asked::Create(note), Some((202, body))) = (&asked, &answer)
            && let Some(id) = body["gadget_uuid"].as_str()
        {
            self.mine.push((id.to_owned(), note.clone()));
        }
        let done = answer.and_then(|(status, _)| match status {
            200..300 => Some(true),
            503 => Some(false),
            _ => None,
        });
        self.asked.push((number, asked, done));
    }

    /// The status and body, if an answer came whole.
    async fn send(&self, method: Method, path: &str, number: &str, body: Value) -> Option<(u16, Value)> {
        let url = format!("{}{}", self.url, path.replace("{account}", ACCOUNT));
        let request = self.http.request(method, url).basic_auth(ACCOUNT, Some("token")).header(NUMBER, number);
        let answer = request.json(&body).send().await.ok()?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.ok()?;
        Some((status, serde_json::from_slice(&body).unwrap_or_default()))
    }
}

/// Lets all callers make so many requests at once, with so many bytes of ballast in each change, and gives what they
/// asked for and heard.
pub(crate) async fn run(simulator: &Simulator, requests: usize, ballast: usize) -> Vec<(String, Asked, Option<bool>)> {
    let callers = (0..CALLERS).map(|name| Caller {
        http: Client::builder().no_proxy().build().expect("a client"),
        url: simulator.url(),
        name,
        ballast: "x".repeat(ballast),
        random: Rng::with_seed(name as u64),
        mine: Vec::new(),
        asked: Vec::new(),
    });
    let tasks = callers.map(|mut caller| {
        tokio::spawn(async move {
            for number in (caller.name..requests).step_by(CALLERS) {
                caller.call(number).await;
            }
            caller.asked
        })
    });
    let tasks: Vec<_> = tasks.collect();
    let mut asked = Vec::new();
    for task in tasks {
        asked.extend(task.await.expect("no panic"));
    }
    asked
}

/// Whether a request was carried out, as the record has it.
fn was_done(request: &Recorded) -> bool {
    request.fault().is_none_or(|fault| !NOT_DONE.contains(&fault))
}

/// On several threads, so that the server and its callers run at the same time, and connections beside each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_or_done_twice() {
    let client = start_with(model(), Options::new().no_limit().seed(11).faults(faults())).await;
    let asked = run(&client.simulator, REQUESTS, 0).await;
    client.simulator.set_faults([]).expect("no faults are possible");
    let record = client.simulator.requests();
    assert_eq!(record.len(), REQUESTS);
    let by_number: BTreeMap<&str, &Recorded> =
        record.iter().map(|request| (request.header(NUMBER).expect("a number"), request)).collect();
    assert_eq!(by_number.len(), REQUESTS, "none was received twice");
    let expected = expected(&asked, &by_number);
    assert_eq!(stored(&client).await, expected);
    assert!(expected.len() > 1000, "only {}", expected.len());
    // Each of the faults took part.
    let acted = crate::client::send(client.bare(Method::GET, "/_simulator/faults")).await;
    assert_eq!(acted.body["acted"], json!([]), "the faults were taken away");
    for fault in
        NOT_DONE.iter().chain(&["executed, status 504", "reset after_executing", "reset in_body", "damage truncated"])
    {
        assert!(record.iter().filter(|request| request.fault() == Some(fault)).count() > 50, "{fault}");
    }
}

/// The gadgets that must be there: their notes and sizes.
fn expected(asked: &[(String, Asked, Option<bool>)], record: &BTreeMap<&str, &Recorded>) -> Vec<(String, u64)> {
    let mut gadgets = BTreeMap::new();
    for (number, asked, seen) in asked {
        let done = was_done(record[number.as_str()]);
        assert!(seen.is_none_or(|seen| seen == done), "{number}: the caller saw {seen:?}");
        match asked {
            _ if !done => None,
            Asked::Create(note) => gadgets.insert(note.clone(), 1),
            Asked::Resize(note, size) => gadgets.insert(note.clone(), *size),
            Asked::Delete(note) => gadgets.remove(note),
            Asked::Nothing => None,
        };
    }
    gadgets.into_iter().collect()
}

/// The gadgets that are there, on all pages.
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
