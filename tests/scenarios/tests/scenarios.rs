//! The examples of the client, against the simulator. They are the modules that `cargo run --example` runs.

use std::error::Error;
use std::sync::Mutex;
use std::time::Duration;

use pair::{TICK, pair, pair_with, routes, seed};
use plivo::testing::Script;
use plivo::transport::TransportError;
use plivo::{Client, File};
use plivo_simulator::Fault;
use register_for_10dlc::Created;

mod pair;

macro_rules! examples {
    ($($name:ident $path:literal)*) => {$(
        #[allow(dead_code, clippy::duplicate_mod, reason = "`main` is not called, and each example has the module `connect`")]
        #[path = $path]
        mod $name;
    )*};
}

examples! {
    connect "../../../generated-client/examples/connect/mod.rs"
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

/// How long an example waits between two requests. The time of the simulator advances by `TICK` after each request.
const PAUSE: Duration = Duration::from_millis(1);

#[tokio::test]
async fn a_message_is_sent_and_followed() {
    let (simulator, client) = pair().await;
    let message_uuid =
        send_message::send(&client, "+12125550123", "+13125550147", "Your table is ready.").await.unwrap();
    let message = send_message::follow(&client, &message_uuid, PAUSE).await.unwrap();
    assert_eq!(message.message_state, Some(plivo::message::MessageState::Delivered));
    assert_eq!(routes(&simulator), ["POST Message", "GET Message/*"]);
}

/// Plivo accepts a message without valid recipients, and gives no id.
const NO_RECIPIENT: &str = r#"{ "api_id": "a", "message_uuid": [], "invalid_number": ["+1312"] }"#;

#[tokio::test]
async fn a_message_without_a_valid_recipient_is_an_error() {
    let script = Script::new().answer(202, NO_RECIPIENT);
    let error = send_message::send(&script.client(), "+12125550123", "+1312", "Hello").await.unwrap_err();
    assert_eq!(error.to_string(), "invalid number: +1312");

    let uploaded = r#"{ "api_id": "a", "objects": [{ "media_id": "801c2056-33ab-499c-80ef-58b574a462a2" }] }"#;
    let script = Script::new().answer(201, uploaded).answer(202, NO_RECIPIENT);
    let picture = File::new("cake.jpg", &b"made up"[..]).with_type("image/jpeg");
    let error = send_picture::send(&script.client(), picture, "+12125550123", "+1312").await.unwrap_err();
    assert_eq!(error.to_string(), "invalid number: +1312");

    let (status, body) = post(Script::new().answer(202, NO_RECIPIENT).client()).await;
    assert_eq!((status, body.as_str()), (400, r#"{"error":"invalid number: +13125550147","may_be_sent":false}"#));
}

/// Registers the company of the example from `created` on, and collects what was created after it.
/// `main` returns a failure, and Rust prints its `Debug`.
#[tokio::test]
async fn an_example_fails_with_a_message_and_its_causes() {
    let script = Script::new().fail(TransportError::unknown("the line is dead"));
    let error = send_message::send(&script.client(), "+12125550123", "+13125550147", "Hello").await.unwrap_err();
    let shown = format!("{:?}", connect::Failure::from(error));
    let expected = "POST /v1/Account/{account}/Message/: the connection broke before a response arrived
  because: the line is dead";
    assert_eq!(shown, expected);
}

async fn register(client: &Client, created: Created, saved: &mut Vec<Created>) -> Result<(), Box<dyn Error>> {
    register_for_10dlc::register(client, "+12125550123", created, PAUSE, |created| saved.push(created.clone())).await
}

#[tokio::test]
async fn a_company_is_registered_for_10dlc() {
    let (simulator, client) = pair().await;
    let mut saved = Vec::new();
    register(&client, Created::Nothing, &mut saved).await.unwrap();
    let [Created::Profile(_), Created::Brand(_), Created::Campaign(campaign_id)] = saved.as_slice() else {
        panic!("{saved:?}");
    };
    let numbers = client.campaign().numbers(campaign_id).list().await.unwrap();
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
async fn a_registration_that_fails_goes_on_from_the_last_id() {
    let (simulator, client) = pair().await;
    let mut saved = Vec::new();
    for step in
        ["profile.create", "brand.create", "brand.get", "campaign.create", "campaign.get", "campaign_number.link"]
    {
        simulator.set_faults([Fault::on(step).nth(1).status(400)]).unwrap();
        let before = saved.last().cloned().unwrap_or(Created::Nothing);
        register(&client, before, &mut saved).await.unwrap_err();
    }
    register(&client, saved.last().unwrap().clone(), &mut saved).await.unwrap();

    // Each line ends with the option and the id.
    let lines: Vec<String> = saved.iter().map(register_for_10dlc::shown).collect();
    let options: Vec<&str> =
        lines.iter().flat_map(|line| line.split(' ')).filter(|word| word.starts_with("--")).collect();
    assert_eq!(options, ["--profile", "--brand", "--campaign"]);
    for collection in ["Profile/", "Brand/", "Campaign/"] {
        let created = simulator.requests().into_iter().filter(|request| {
            request.method() == "POST" && request.path().ends_with(collection) && request.status() < Some(300)
        });
        assert_eq!(created.count(), 1, "{collection}");
    }
}

#[tokio::test]
async fn a_number_is_found_and_bought() {
    let (_simulator, client) = pair().await;
    let number = buy_number::buy(&client, "US", "415").await.unwrap().expect("a number");
    assert_eq!(client.number().list().await.unwrap().items[0].number, number);
}

/// Places the call of the example, and returns it as it ended.
async fn call(client: &Client) -> plivo::call::Call {
    let answer_url = "https://example.com/answer.xml";
    let call_uuid = place_call::place(client, "+12125550123", "+13125550147", answer_url).await.expect("a placed call");
    place_call::ask(client, &call_uuid, PAUSE).await.expect("the state of the call")
}

#[tokio::test]
async fn a_call_is_placed_recorded_and_ended() {
    let (simulator, client) = pair().await;
    let call = call(&client).await;
    assert!(call.end_time.is_some(), "{call:?}");
    // At first, the call is queued. It is neither live nor ended.
    assert_eq!(simulator.requests()[1].status(), Some(404));
    let expected = [
        "POST Call",
        "GET Call/*",
        "POST Call/*/Speak",
        "POST Call/*/Record",
        "GET Call/*",
        "DELETE Call/*",
        "GET Call/*",
    ];
    assert_eq!(routes(&simulator), expected);
}

#[tokio::test]
async fn a_call_that_nobody_answers_is_returned_as_it_ended() {
    let missed = r#"{ "api_id": "a", "call_uuid": "0f5c9726-1086-4f62-bf43-2ea24224901c", "call_status": "busy",
        "hangup_cause_name": "Busy Line" }"#;
    let created = r#"{ "api_id": "a", "request_uuid": "0f5c9726-1086-4f62-bf43-2ea24224901c" }"#;
    let not_found = r#"{ "api_id": "a", "error": "Call not found" }"#;
    let script = Script::new().answer(201, created).answer(404, not_found).answer(200, missed);
    assert_eq!(call(&script.client()).await.hangup_cause_name.as_deref(), Some("Busy Line"));
}

#[tokio::test]
async fn the_other_party_can_hang_up_first() {
    // The call is in progress for 30 seconds, and ends while the example waits for the recording.
    let (simulator, client) = pair_with(Duration::from_secs(10)).await;
    let call = call(&client).await;
    assert!(call.end_time.is_some(), "{call:?}");
    assert_eq!(simulator.requests().iter().filter(|request| request.status() == Some(404)).count(), 1);
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
async fn a_conference_of_one_member_is_recorded_only() {
    let (simulator, client) = pair().await;
    let members = serde_json::json!([{ "member_id": "10", "muted": false }]);
    seed(&simulator, "conference", serde_json::json!({ "conference_name": "bakery", "members": members }));
    assert_eq!(moderate_conference::give_the_floor(&client, "bakery").await.unwrap(), 0);
    assert_eq!(routes(&simulator), ["GET Conference/bakery", "POST Conference/bakery/Record"]);
}

#[tokio::test]
async fn a_person_is_verified_by_a_code() {
    let (simulator, client) = pair().await;
    let session_uuid = verify_person::send_code(&client, "+13125550147").await.unwrap();
    let wrong = Fault::on("verify_session.validate").nth(1).status(400);
    simulator.set_faults([wrong]).unwrap();
    assert!(!verify_person::is_right(&client, &session_uuid, "000000").await.unwrap());
    assert!(verify_person::is_right(&client, &session_uuid, "123456").await.unwrap());
}

#[tokio::test]
async fn only_the_refusal_of_a_code_means_that_it_is_wrong() {
    for status in [401, 403, 404, 429, 500] {
        let script = Script::new().answer(status, r#"{ "api_id": "a", "error": "no" }"#);
        let client = script.builder().max_retries(0).build().unwrap();
        let error = verify_person::is_right(&client, "413496a6-819c-4b06-9ecd-59314974762c", "123456").await;
        assert_eq!(error.unwrap_err().status(), Some(status));
    }
}

#[tokio::test]
async fn a_number_is_looked_up() {
    let (_simulator, client) = pair().await;
    let lookup = look_up_number::look_up(&client, "+13125550147").await.unwrap();
    let described = look_up_number::described(&lookup);
    assert!(described.starts_with("+1 217-555-01"), "{described}");
    assert!(described.ends_with(", United States, Example Carrier, mobile"), "{described}");
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
        let send = || send_message::send(&client, "+12125550123", "+13125550147", "Hello");
        send().await.unwrap();
        // The last moment of the day, and the next day.
        simulator.advance(Duration::from_secs(24 * 60 * 60) - 2 * TICK);
        send().await.unwrap();
        send().await.unwrap();
        simulator
    });
    let builder = Client::builder().credentials("MAXXXXXXXXXXXXXXXXXX", "auth-token").base_url(simulator.url());
    let client = builder.build().unwrap().blocking().unwrap();
    let (count, cost) = list_messages::cost_of(&client, "2026-01-01".parse().unwrap()).unwrap();
    assert_eq!((count, cost.to_string().as_str()), (2, "0.00540"));
}

#[tokio::test]
async fn messages_are_listed_20_times_a_minute() {
    let script = Script::new().otherwise(200, r#"{ "api_id": "a", "objects": [] }"#);
    let client = list_messages::paced(script.builder()).build().unwrap();
    for _ in 0..20 {
        client.message().list().await.unwrap();
    }
    // The next request waits, and its timeout allows it to.
    let next = tokio::time::timeout(Duration::ZERO, client.message().list().send()).await;
    assert!(next.is_err(), "{next:?}");
    assert_eq!(script.requests().len(), 20);
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
    let refused = Script::new().answer(400, r#"{ "api_id": "a", "error": "src is wrong" }"#);
    let (status, body) = post(refused.client()).await;
    assert_eq!(status, 502);
    assert!(body.contains(r#""may_be_sent":false"#), "{body}");
    // A message with a broken answer has been sent.
    for (status, answer) in [(500, r#"{ "api_id": "a" }"#), (202, r#"{ "api_id": "a", "message_uuid": [""#)] {
        let (_, body) = post(Script::new().answer(status, answer).client()).await;
        assert!(body.contains(r#""may_be_sent":true"#), "{body}");
    }
}

#[tokio::test]
async fn a_function_is_tested_without_a_network() {
    let script = Script::new().answer(200, r#"{ "api_id": "a", "cash_credits": "12.50" }"#);
    assert_eq!(test_without_network::balance(&script.client()).await.unwrap(), "12.50 USD");
}

#[test]
fn no_example_prints_debug_text() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../generated-client/examples");
    for entry in std::fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            assert!(!std::fs::read_to_string(&path).unwrap().contains(":?}"), "{}", path.display());
        }
    }
}
