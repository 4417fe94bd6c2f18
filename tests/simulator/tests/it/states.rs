//! Stored objects move from state to state, and time is moved by the test.

use crate::client::{Client, send, start_with};
use plivo_codegen::SpecFile;
use plivo_codegen::model::Model;
use plivo_simulator::{Options, Transition};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// Calls that are queued, ring, are talked on, and end.
const CALL: &str = r#"
resource: call
plural: calls
summary: Calls.
object: Call
id: call_id
states:
  field: status
  steps: { queued: 1s, ringing: { after: patience }, talking: 30s, over: end }
  also: [busy]
  sets: { talking: [answered_at], over: [ended_at, cause: Hung up] }
sources:
  page: { says: a made-up page, enforce: error }
fields:
  call_id: { type: string, summary: The call., given_by: server }
  to: { type: string, summary: Who is called. }
  patience: { type: integer, summary: How long it rings., example: "2" }
  status: { type: string, summary: How it stands., given_by: server }
  answered_at: { type: timestamp, summary: When it was answered., given_by: server }
  ended_at: { type: timestamp, summary: When it ended., given_by: server }
  cause: { type: string, summary: Why it ended., given_by: server }
  voice: { type: string, summary: Who speaks., given_by: server, example: Ann }
operations:
  create: { does: create, summary: Places a call., request: 'POST /v1/Account/{account}/Call/', body: [to!, patience], answer: { type: Placed } }
  get: { does: read, sees: [over, busy], summary: Returns an ended call., request: 'GET /v1/Account/{account}/Call/{call_id}/', answer: { type: Call } }
  get_live: { does: read, sees: [ringing, talking], summary: Returns a live call., request: 'GET /v1/Account/{account}/Call/{call_id}/', query: [status: { fixed: live }], answer: { type: LiveCall } }
  list: { does: list, sees: [over, busy], summary: Lists ended calls., request: 'GET /v1/Account/{account}/Call/', answer: { type: Call, list: calls, total: count } }
  list_live: { does: list, sees: [ringing, talking], summary: Lists live calls., request: 'GET /v1/Account/{account}/Call/', query: [status: { fixed: live }], answer: { type: string, list: calls, total: none, meta: none } }
  list_queued: { does: list, sees: [queued], summary: Lists queued calls., request: 'GET /v1/Account/{account}/Call/', query: [status: { fixed: queued }], paged: {}, answer: { type: string, list: calls, total: none } }
  hangup: { does: action, moves: { to: over }, summary: Ends a call., request: 'DELETE /v1/Account/{account}/Call/{call_id}/', answer: { type: Ended } }
  refuse: { does: update, sees: [ringing], moves: { to: busy }, summary: Refuses a call., request: 'POST /v1/Account/{account}/Call/{call_id}/Refusal/', body: [to], answer: { type: Call } }
  speak: { does: action, sees: [talking], summary: Speaks., request: 'POST /v1/Account/{account}/Call/{call_id}/Speak/', answer: { type: Spoken }, examples: [said] }
answers:
  Placed: { summary: The id of the call., fields: [call_id!] }
  Call: { summary: An ended call., fields: [call_id!, to, answered_at, ended_at, cause] }
  LiveCall: { summary: A live call., fields: [call_id!, status!, voice] }
  Ended: { summary: The ended call., fields: [call_id, status, message: { type: string, summary: Says so., example: Ended. }] }
  Spoken: { summary: Says so., fields: [message: { type: string, summary: Says so. }] }
examples:
  said: { request: { call_id: someone }, answer: { message: Spoken. } }
"#;

const CALLS: &str = "/v1/Account/{account}/Call/";

fn model() -> Model {
    let sources = [
        SpecFile::new("spec/plivo.yaml", include_str!("spec/plivo.yaml")),
        SpecFile::new("spec/resources/call.yaml", CALL),
    ];
    plivo_codegen::model(&sources).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}

async fn start() -> Client {
    start_with(model(), Options::new()).await
}

impl Client {
    /// Places a call and returns its id.
    async fn place(&self, body: Value) -> String {
        self.post(CALLS, body).await.ok()["call_id"].as_str().expect("an id").to_owned()
    }

    /// The ids in the lists of queued, live and ended calls.
    async fn lists(&self) -> [Vec<String>; 3] {
        let queued = self.get(&format!("{CALLS}?status=queued")).await.ok()["calls"].clone();
        let live = self.get(&format!("{CALLS}?status=live")).await.ok()["calls"].clone();
        let ended = self.get(CALLS).await.ok();
        let ended: Value =
            ended["calls"].as_array().into_iter().flatten().map(|call| call["call_id"].clone()).collect();
        [queued, live, ended].map(|ids| serde_json::from_value(ids).expect("ids"))
    }

    fn seconds(&self, seconds: u64) -> Vec<Transition> {
        self.simulator.advance(Duration::from_secs(seconds))
    }

    async fn admin(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let response = send(self.unauthenticated(method, &format!("/_simulator/{path}")).json(&body)).await;
        (response.status, response.body)
    }
}

fn live(id: &str) -> String {
    format!("{CALLS}{id}/?status=live")
}

fn ended(id: &str) -> String {
    format!("{CALLS}{id}/")
}

/// Lists with these numbers of calls.
fn counts(lists: &[Vec<String>; 3]) -> [usize; 3] {
    [0, 1, 2].map(|index| lists[index].len())
}

#[tokio::test]
async fn links_keep_what_the_query_of_every_request_has() {
    let client = start().await;
    for _ in 0..3 {
        client.post(CALLS, json!({"to": "someone"})).await.ok();
    }
    let first = client.get(&format!("{CALLS}?status=queued&limit=2")).await.ok();
    assert_eq!(first["meta"]["next"], "/v1/Account/MAEXAMPLE/Call/?limit=2&offset=2&status=queued");
    let second = client.get(first["meta"]["next"].as_str().expect("a link")).await.ok();
    assert_eq!(second["calls"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_object_moves_as_time_passes() {
    let client = start().await;
    let id = client.place(json!({"to": "+12175550101"})).await;
    assert_eq!(counts(&client.lists().await), [1, 0, 0], "time stands still");
    client.seconds(1);
    assert_eq!(client.get(&live(&id)).await.ok()["status"], "ringing");
    client.seconds(2);
    assert_eq!(client.get(&live(&id)).await.ok()["status"], "talking");
    client.seconds(29);
    assert_eq!(counts(&client.lists().await), [0, 1, 0]);
    client.get(&ended(&id)).await.error(404);
    client.seconds(1);
    assert_eq!(client.lists().await, [vec![], vec![], vec![id.clone()]]);
    let mut call = client.get(&ended(&id)).await.ok();
    call["api_id"].take();
    let expected = json!({
        "api_id": null, "call_id": id, "to": "+12175550101", "cause": "Hung up",
        "answered_at": "2026-01-01T00:00:03.000000Z", "ended_at": "2026-01-01T00:00:33.000000Z",
    });
    assert_eq!(call, expected);
    client.seconds(1_000_000);
    assert_eq!(counts(&client.lists().await), [0, 0, 1], "the end is the end");
}

#[tokio::test]
async fn a_late_look_sets_the_times_of_the_transitions() {
    let (late, punctual) = (start().await, start().await);
    let (one, other) = (late.place(json!({"to": "x"})).await, punctual.place(json!({"to": "x"})).await);
    late.seconds(60);
    for _ in 0..60 {
        punctual.seconds(1);
        punctual.lists().await;
    }
    assert_eq!(one, other);
    let [late, punctual] = [late.get(&ended(&one)).await.ok(), punctual.get(&ended(&one)).await.ok()];
    assert_eq!(late["ended_at"], "2026-01-01T00:00:33.000000Z");
    assert_eq!(late["ended_at"], punctual["ended_at"]);
}

#[tokio::test]
async fn a_field_can_say_how_long_a_state_lasts() {
    let client = start().await;
    let (short, long) =
        (client.place(json!({"to": "x", "patience": 1})).await, client.place(json!({"to": "x", "patience": 60})).await);
    client.seconds(5);
    assert_eq!(client.get(&live(&short)).await.ok()["status"], "talking");
    assert_eq!(client.get(&live(&long)).await.ok()["status"], "ringing");
}

#[tokio::test]
async fn an_operation_moves_an_object_and_it_stays_listed() {
    let client = start().await;
    let id = client.place(json!({"to": "x"})).await;
    client.seconds(5);
    let mut hung_up = client.delete(&ended(&id)).await.ok();
    hung_up["api_id"].take();
    assert_eq!(hung_up, json!({"api_id": null, "call_id": id, "status": "over", "message": "Ended."}));
    assert_eq!(client.lists().await, [vec![], vec![], vec![id.clone()]]);
    assert_eq!(client.get(&ended(&id)).await.ok()["ended_at"], "2026-01-01T00:00:05.000000Z");
    let refused = client.delete(&ended(&id)).await;
    let message = "Call has status \"over\". This operation needs one of: queued, ringing, talking.";
    assert_eq!(refused.error(400), message);
    client.seconds(1_000);
    assert_eq!(client.get(&ended(&id)).await.ok()["ended_at"], "2026-01-01T00:00:05.000000Z", "it does not move on");
    client.delete(&ended("nobody")).await.error(404);
}

#[tokio::test]
async fn an_update_moves_to_a_state_that_no_step_leads_to() {
    let client = start().await;
    let id = client.place(json!({"to": "x"})).await;
    let refusal = format!("{CALLS}{id}/Refusal/");
    assert_eq!(client.post(&refusal, json!({})).await.error(404), "Call not found.", "it does not ring");
    client.seconds(1);
    assert_eq!(client.post(&refusal, json!({"to": "y"})).await.ok()["to"], "y");
    client.seconds(100);
    assert_eq!(client.get(&ended(&id)).await.ok()["ended_at"], json!(null), "`busy` is for good");
}

#[tokio::test]
async fn an_action_sees_objects_in_its_states() {
    let client = start().await;
    let id = client.place(json!({"to": "x"})).await;
    let speak = format!("{CALLS}{id}/Speak/");
    client.post(&speak, json!({})).await.error(404);
    client.seconds(5);
    assert_eq!(client.post(&speak, json!({})).await.ok()["message"], "Spoken.");
}

#[tokio::test]
async fn several_answers_show_one_object() {
    let client = start().await;
    let id = client.place(json!({"to": "x"})).await;
    client.seconds(1);
    let mut call = client.get(&live(&id)).await.ok();
    call["api_id"].take();
    assert_eq!(call, json!({"api_id": null, "call_id": id, "status": "ringing", "voice": "Ann"}));
}

#[tokio::test]
async fn every_transition_is_an_event() {
    let client = start().await;
    let (one, two) = (client.place(json!({"to": "x"})).await, client.place(json!({"to": "y", "patience": 1})).await);
    let moved = client.seconds(2);
    let moved: Vec<_> = moved.iter().map(|it| (it.id(), it.from(), it.to(), it.by())).collect();
    let ringing = |id| (id, Some("queued"), "ringing", None);
    assert_eq!(moved, [ringing(&one[..]), ringing(&two), (&two, Some("ringing"), "talking", None)]);
    client.delete(&ended(&two)).await.ok();
    let all = client.simulator.transitions();
    assert_eq!(all.len(), 6);
    let placed = (&all[0], "2026-01-01T00:00:00.000000Z");
    assert_eq!((placed.0.from(), placed.0.to(), placed.0.by()), (None, "queued", Some("call.create")));
    assert_eq!((placed.0.account(), placed.0.resource()), ("MAEXAMPLE", "call"));
    assert_eq!(all[5].at(), client.simulator.time());
    let (_, listed) = client.admin(Method::GET, "transitions", json!(null)).await;
    let last = json!({
        "at": "2026-01-01T00:00:02.000000Z", "account": "MAEXAMPLE", "resource": "call", "id": two,
        "from": "talking", "to": "over", "by": "call.hangup",
    });
    assert_eq!((&listed["transitions"][0]["at"], &listed["transitions"][5]), (&json!(placed.1), &last));
    assert_eq!(client.admin(Method::DELETE, "transitions", json!(null)).await.0, 204);
    assert_eq!(client.simulator.transitions(), []);
    client.seconds(1);
    client.simulator.clear_transitions();
    assert_eq!(client.admin(Method::GET, "transitions", json!(null)).await.1, json!({"transitions": []}));
}

#[tokio::test]
async fn time_is_shown_and_advanced() {
    let client = start().await;
    let id = client.place(json!({"to": "x"})).await;
    let shown = client.admin(Method::GET, "time", json!(null)).await.1;
    assert_eq!(shown, json!({"time": "2026-01-01T00:00:00.000000Z", "clock": "virtual"}));
    let (status, advanced) = client.admin(Method::POST, "time", json!({"advance": "1500ms"})).await;
    assert_eq!((status, &advanced["time"]), (200, &json!("2026-01-01T00:00:01.500000Z")));
    assert_eq!((&advanced["transitions"][0]["id"], &advanced["transitions"][1]), (&json!(id), &json!(null)));
    assert_eq!(advanced["transitions"][0]["at"], "2026-01-01T00:00:01.000000Z");
    let advanced = client.admin(Method::POST, "time", json!({"advance": 0.5})).await.1;
    assert_eq!(advanced, json!({"time": "2026-01-01T00:00:02.000000Z", "clock": "virtual", "transitions": []}));
    for wrong in [json!({"advance": "soon"}), json!({"advance": -1}), json!({"advanc": 1}), json!({}), json!("5s")] {
        let (status, body) = client.admin(Method::POST, "time", wrong).await;
        let problem = "the body must be JSON with a duration, such as {\"advance\": \"5s\"}; the units are ms, s, m, h and d, \
            and a number without a unit is in seconds";
        assert_eq!((status, body), (400, json!({"error": problem})));
    }
}

#[tokio::test]
async fn a_reset_resets_the_clock() {
    let client = start().await;
    client.place(json!({"to": "x"})).await;
    client.seconds(10);
    client.simulator.reset();
    assert_eq!(client.simulator.transitions(), []);
    assert_eq!(client.seconds(0), []);
    let shown = client.admin(Method::GET, "time", json!(null)).await.1;
    assert_eq!(shown["time"], "2026-01-01T00:00:00.000000Z");
}

#[tokio::test]
async fn a_moved_object_does_not_move_at_its_former_time() {
    let client = start().await;
    let id = client.place(json!({"to": "x"})).await;
    client.seconds(1);
    client.delete(&ended(&id)).await.ok();
    assert_eq!(client.seconds(1_000), [], "an object that was moved has no time of its own any more");
}

#[tokio::test]
async fn a_real_clock_runs_and_can_be_advanced() {
    let client = start_with(model(), Options::new().real_time()).await;
    let before = std::time::SystemTime::now();
    assert!(client.simulator.time() >= before - Duration::from_micros(1));
    let id = client.place(json!({"to": "x"})).await;
    client.seconds(3);
    assert_eq!(client.get(&live(&id)).await.ok()["status"], "talking");
    assert_eq!(client.admin(Method::GET, "time", json!(null)).await.1["clock"], "real");
    assert!(client.simulator.time() >= before + Duration::from_secs(2));
}
