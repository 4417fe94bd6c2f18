//! The examples of the client, against the simulator. They are the modules that `cargo run --example` runs.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use plivo::transport::{Transport, TransportFuture, TransportRequest};
use plivo::{Client, File};
use plivo_simulator::{Objects, Simulator};

macro_rules! examples {
    ($($name:ident $path:literal)*) => {$(
        #[allow(dead_code, clippy::duplicate_mod, reason = "`main` is not called, and each example has the module `connect`")]
        #[path = $path]
        mod $name;
    )*};
}

examples! {
    buy_number "../../../generated-client/examples/buy_number.rs"
    import_companies "../../../generated-client/examples/import_companies.rs"
    list_messages "../../../generated-client/examples/list_messages.rs"
    look_up_number "../../../generated-client/examples/look_up_number.rs"
    mask_numbers "../../../generated-client/examples/mask_numbers.rs"
    moderate_conference "../../../generated-client/examples/moderate_conference.rs"
    place_call "../../../generated-client/examples/place_call.rs"
    register_for_10dlc "../../../generated-client/examples/register_for_10dlc.rs"
    send_message "../../../generated-client/examples/send_message.rs"
    send_picture "../../../generated-client/examples/send_picture.rs"
    test_without_network "../../../generated-client/examples/test_without_network.rs"
    verify_person "../../../generated-client/examples/verify_person.rs"
    web_service "../../../generated-client/examples/web_service.rs"
}

/// How long an example waits between two questions. Time in the simulator goes on by a second with each request.
const PAUSE: Duration = Duration::from_millis(1);

/// Advances the time of the simulator before each request.
struct Ticking<T> {
    inner: T,
    simulator: Arc<Simulator>,
}

impl<T: Transport> Transport for Ticking<T> {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        self.simulator.advance(Duration::from_secs(1));
        self.inner.send(request)
    }
}

/// A simulator of the API, and a client of it.
async fn pair() -> (Arc<Simulator>, Client) {
    let simulator = Arc::new(Simulator::of_spec().await.expect("a free port"));
    let (url, ticking) = (simulator.url(), simulator.clone());
    let builder = Client::builder().credentials("MAXXXXXXXXXXXXXXXXXX", "auth-token").base_url(url);
    let client = builder.wrap_transport(move |inner| Ticking { inner, simulator: ticking }).build();
    (simulator, client.expect("a client"))
}

/// Puts an object into the simulator that no request can create.
fn seed(simulator: &Simulator, resource: &str, object: serde_json::Value) {
    let collection =
        serde_json::json!({ "account": "MAXXXXXXXXXXXXXXXXXX", "resource": resource, "objects": [object] });
    let objects: Objects = serde_json::from_value(serde_json::json!({ "collections": [collection] })).expect("objects");
    simulator.seed(&objects).expect("an object");
}

/// The methods and the ends of the paths that the simulator was asked for, without repetitions in a row. Ids are `*`.
fn routes(simulator: &Simulator) -> Vec<String> {
    let shown = |step: &str| if step.contains(|letter: char| letter.is_ascii_digit()) { "*" } else { step }.to_owned();
    let route = |request: &plivo_simulator::RecordedRequest| {
        let steps: Vec<String> = request.path().trim_matches('/').split('/').skip(3).map(shown).collect();
        format!("{} {}", request.method(), steps.join("/"))
    };
    let mut routes: Vec<String> = simulator.requests().iter().map(route).collect();
    routes.dedup();
    routes
}

#[tokio::test]
async fn a_message_is_sent_and_followed() {
    let (simulator, client) = pair().await;
    let message =
        send_message::send(&client, "+12125550123", "+13125550147", "Your table is ready.", PAUSE).await.unwrap();
    assert_eq!(message.message_state, Some(plivo::message::MessageState::Delivered));
    assert_eq!(routes(&simulator), ["POST Message", "GET Message/*"]);
}

#[tokio::test]
async fn a_company_is_registered_for_10dlc() {
    let (simulator, client) = pair().await;
    let campaign_id = register_for_10dlc::register(&client, "+12125550123", PAUSE).await.unwrap();
    let numbers = client.campaign().numbers(&campaign_id).list().await.unwrap();
    assert_eq!(numbers.items.len(), 1);
    let expected = [
        "POST Profile",
        "POST */Brand",
        "GET */Brand/*",
        "POST */Campaign",
        "GET */Campaign/*",
        "POST */Campaign/*/Number",
    ];
    assert_eq!(routes(&simulator)[..6], expected);
}

#[tokio::test]
async fn a_number_is_found_and_bought() {
    let (_simulator, client) = pair().await;
    let number = buy_number::buy(&client, "US", "415").await.unwrap().expect("a number");
    assert_eq!(client.number().list().await.unwrap().items[0].number, number.number);
}

#[tokio::test]
async fn a_call_is_placed_recorded_and_ended() {
    let (simulator, client) = pair().await;
    let call = place_call::ask(&client, "+12125550123", "+13125550147", "https://example.com/answer.xml", PAUSE)
        .await
        .unwrap();
    assert!(call.end_time.is_some(), "{call:?}");
    let expected =
        ["POST Call", "GET Call/*", "POST Call/*/Speak", "POST Call/*/Record", "DELETE Call/*", "GET Call/*"];
    assert_eq!(routes(&simulator), expected);
}

#[tokio::test]
async fn a_conference_is_moderated() {
    let (simulator, client) = pair().await;
    let members = ["10", "11", "12"].map(|id| serde_json::json!({ "member_id": id, "muted": false }));
    seed(&simulator, "conference", serde_json::json!({ "conference_name": "bakery", "members": members }));
    assert_eq!(moderate_conference::give_the_floor(&client, "bakery").await.unwrap(), 2);
    assert_eq!(routes(&simulator).last().unwrap(), "POST Conference/bakery/Record");
}

#[tokio::test]
async fn a_person_is_verified_by_a_code() {
    let (_simulator, client) = pair().await;
    let session_uuid = verify_person::send_code(&client, "+13125550147").await.unwrap();
    assert!(verify_person::is_right(&client, &session_uuid, "123456").await.unwrap());
}

#[tokio::test]
async fn a_number_is_looked_up() {
    let (_simulator, client) = pair().await;
    let lookup = look_up_number::look_up(&client, "+13125550147").await.unwrap();
    assert!(look_up_number::described(&lookup).contains(", "), "{}", look_up_number::described(&lookup));
}

#[tokio::test]
async fn a_picture_is_uploaded_and_sent() {
    let (simulator, client) = pair().await;
    let picture = File::new("cake.jpg", &b"made up"[..]).with_type("image/jpeg");
    let message_uuid = send_picture::send(&client, picture, "+12125550123", "+13125550147").await.unwrap();
    assert!(!message_uuid.is_empty());
    assert_eq!(routes(&simulator), ["POST Media", "POST Message"]);
}

#[tokio::test]
async fn two_numbers_are_masked() {
    let (_simulator, client) = pair().await;
    let created = mask_numbers::mask(&client, "+12125550123", "+13125550147").await.unwrap();
    let session = client.masking_session().get(&created.session_uuid).await.unwrap();
    assert_eq!(session.first_party.as_deref(), Some("+12125550123"));
}

#[test]
fn the_messages_of_a_day_are_added_up() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let simulator = runtime.block_on(async {
        let (simulator, client) = pair().await;
        send_message::send(&client, "+12125550123", "+13125550147", "Hello", PAUSE).await.unwrap();
        simulator
    });
    let builder = Client::builder().credentials("MAXXXXXXXXXXXXXXXXXX", "auth-token").base_url(simulator.url());
    let (count, cost) = list_messages::cost_of(&builder.build().unwrap().blocking().unwrap(), "2026-01-01").unwrap();
    assert_eq!(count, 1);
    assert!(cost >= 0.0);
}

#[tokio::test]
async fn companies_are_imported_once_and_failures_are_reported() {
    let (simulator, client) = pair().await;
    let file = include_str!("../../../generated-client/examples/companies.csv");
    let progress = Mutex::new(Vec::new());
    for _ in 0..2 {
        let companies = import_companies::read(file.as_bytes()).unwrap();
        let failed = import_companies::import(&client, companies, |done| progress.lock().unwrap().push(done)).await;
        assert!(failed.is_empty(), "{failed:?}");
    }
    assert_eq!(*progress.lock().unwrap(), [1, 2, 1, 2]);
    // The second run finds both.
    let created = simulator.requests().iter().filter(|request| request.method() == "POST").count();
    assert_eq!(created, 2);
}

#[test]
fn a_csv_file_with_mistakes_is_refused_with_all_of_them() {
    let file = "profile_alias,vertical,address.city\nExample Bakery,RETIAL,\nExample Mill,RETAIL,Springfield\n";
    let mistakes = import_companies::read(file.as_bytes()).unwrap_err().to_string();
    assert!(mistakes.contains("row 2:") && mistakes.contains("RETIAL"), "{mistakes}");
    assert!(mistakes.contains("row 3:") && mistakes.contains("customer_type is required"), "{mistakes}");
}

/// Posts a message to the web service of the example. Returns the status and the body.
async fn post(client: Client) -> (u16, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/messages", listener.local_addr().expect("an address"));
    let service = web_service::service(client, "+12125550123".to_owned());
    tokio::spawn(async move { axum::serve(listener, service).await });
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let request = http.post(&url).header("content-type", "application/json");
    let answer = request.body(r#"{ "to": "+13125550147", "text": "Hello" }"#).send().await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a body"))
}

#[tokio::test]
async fn a_web_service_sends_messages() {
    let (simulator, client) = pair().await;
    assert_eq!(post(client).await.0, 202);
    assert_eq!(routes(&simulator), ["POST Message"]);
}

#[tokio::test]
async fn a_web_service_tells_whether_a_message_may_be_sent() {
    let refused = plivo::testing::Script::new().answer(400, r#"{ "api_id": "a", "error": "src is wrong" }"#);
    let (status, body) = post(refused.client()).await;
    assert_eq!(status, 502);
    assert!(body.contains(r#""may_be_sent":false"#), "{body}");
    let broken = plivo::testing::Script::new().answer(500, r#"{ "api_id": "a" }"#);
    assert!(post(broken.client()).await.1.contains(r#""may_be_sent":true"#));
}

#[tokio::test]
async fn a_function_is_tested_without_a_network() {
    let script = plivo::testing::Script::new().answer(200, r#"{ "api_id": "a", "cash_credits": "12.50" }"#);
    assert_eq!(test_without_network::balance(&script.client()).await.unwrap(), "12.50 USD");
}
