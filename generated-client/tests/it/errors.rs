//! Errors: outcome, predicates, message and source.

use std::error::Error as _;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::transport::{TransportError, TransportResponse};
use plivo::{Client, Error, ErrorKind, Outcome};

use crate::fake_transport::{AUTH_ID, TOKEN, UUID, bakery, builder, failing, now, responding};

fn create(status: u16, body: &'static str) -> Error {
    now(responding(status, body).0.send(bakery())).expect_err("an error")
}

#[test]
fn outcomes_claim_no_more_than_is_known() {
    for (status, outcome) in [
        (300, Outcome::Unknown),
        (301, Outcome::Rejected),
        (302, Outcome::Unknown),
        (303, Outcome::Unknown),
        (304, Outcome::Unknown),
        (307, Outcome::Rejected),
        (308, Outcome::Rejected),
        (400, Outcome::Rejected),
        (401, Outcome::Rejected),
        (404, Outcome::Rejected),
        (408, Outcome::Unknown),
        (418, Outcome::Unknown),
        (429, Outcome::Rejected),
        (444, Outcome::Unknown),
        (451, Outcome::Rejected),
        (499, Outcome::Unknown),
        (500, Outcome::Unknown),
        (502, Outcome::Unknown),
        (503, Outcome::Unknown),
        (504, Outcome::Unknown),
    ] {
        assert_eq!(create(status, "").outcome(), outcome, "{status}");
    }
    for (fail, outcome) in [
        ((|| TransportError::connect("refused")) as fn() -> TransportError, Outcome::NotSent),
        (|| TransportError::connect("slow").by_timeout(), Outcome::NotSent),
        (|| TransportError::not_processed("REFUSED_STREAM"), Outcome::NotSent),
        (|| TransportError::unknown("reset"), Outcome::Unknown),
        (|| TransportError::unknown("slow").by_timeout(), Outcome::Unknown),
        (|| TransportError::cut_off(StatusCode::OK, HeaderMap::new(), "closed"), Outcome::Executed),
        (|| TransportError::too_large(StatusCode::OK, HeaderMap::new()), Outcome::Executed),
        (|| TransportError::cut_off(StatusCode::BAD_REQUEST, HeaderMap::new(), "closed"), Outcome::Rejected),
        (|| TransportError::cut_off(StatusCode::BAD_GATEWAY, HeaderMap::new(), "closed"), Outcome::Unknown),
    ] {
        let error = now(failing(fail).send(bakery())).expect_err("an error");
        assert_eq!(error.outcome(), outcome, "{error}");
    }
}

#[test]
fn the_kind_is_the_most_specific_predicate() {
    for (status, kind) in [
        (301, ErrorKind::Other),
        (400, ErrorKind::Rejected),
        (401, ErrorKind::Authentication),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (429, ErrorKind::RateLimited),
        (503, ErrorKind::Server),
    ] {
        assert_eq!(create(status, "").kind(), kind, "{status}");
    }
    assert_eq!(create(200, r#"{"error":"no"}"#).kind(), ErrorKind::Rejected);
    assert_eq!(create(200, "{}").kind(), ErrorKind::Decode);
    for (fail, kind) in [
        ((|| TransportError::connect("refused")) as fn() -> TransportError, ErrorKind::Connect),
        (|| TransportError::connect("slow").by_timeout(), ErrorKind::Timeout),
        (|| TransportError::not_processed("REFUSED_STREAM"), ErrorKind::Other),
        (|| TransportError::unknown("reset"), ErrorKind::Other),
        (|| TransportError::unknown("slow").by_timeout(), ErrorKind::Timeout),
        (|| TransportError::body(std::io::Error::other("gone")), ErrorKind::File),
        (|| TransportError::cut_off(StatusCode::OK, HeaderMap::new(), "closed").by_timeout(), ErrorKind::Decode),
    ] {
        let error = now(failing(fail).send(bakery())).expect_err("an error");
        assert_eq!(error.kind(), kind, "{error}");
    }
    let mut request = bakery();
    request.profile_alias = None;
    let error = now(responding(200, "{}").0.send(request)).expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Validation);
    assert_eq!(Client::new("", "").expect_err("no credentials").kind(), ErrorKind::Config);
}

#[test]
fn predicates_match_the_kind_of_error() {
    assert!(create(401, "").is_authentication());
    assert!(create(403, "").is_forbidden());
    assert!(create(404, "").is_not_found());
    assert!(create(429, "").is_rate_limited());
    assert!(create(503, "").is_server());
    assert!(!create(400, "").is_server() && !create(400, "").is_validation());
    let timeout = now(failing(|| TransportError::unknown("slow").by_timeout()).send(bakery())).expect_err("an error");
    assert!(timeout.is_timeout() && !timeout.is_connect());
    let connect = now(failing(|| TransportError::connect("refused")).send(bakery())).expect_err("an error");
    assert!(connect.is_connect() && !connect.is_timeout());
    assert_eq!(connect.source().map(ToString::to_string).as_deref(), Some("refused"));
    assert!(create(200, "<html>").is_decode());
    assert!(Client::new("", "t").is_err_and(|error| error.is_config() && error.outcome() == Outcome::NotSent));
}

#[test]
fn an_error_displays_as_one_line() {
    let line = |error: Error| error.to_string();
    const ROUTE: &str = "POST /v1/Account/{account}/Profile/";
    assert_eq!(
        line(create(400, r#"{"api_id":"a-1","error":"email\nis bad"}"#)),
        format!("{ROUTE}: 400 Bad Request: email is bad (api_id a-1)")
    );
    assert_eq!(line(create(503, "")), format!("{ROUTE}: 503 Service Unavailable"));
    assert_eq!(
        line(create(200, "<html>\n<body>")),
        format!("{ROUTE}: executed, but the answer is not valid JSON; it begins with \"<html>\\n<body>\"")
    );
    assert_eq!(
        line(now(failing(|| TransportError::connect("refused")).send(bakery())).expect_err("an error")),
        format!("{ROUTE}: no connection was made")
    );
    let (client, _) = responding(200, "{}");
    let mut request = bakery();
    request.vertical = None;
    request.address = None;
    assert_eq!(
        line(now(client.send(request)).expect_err("an error")),
        format!("{ROUTE}: not sent: the request has 2 errors: vertical is required; address is required")
    );
}

#[test]
fn an_error_keeps_status_message_and_body() {
    let error = create(404, r#"{"api_id":"a","error_code":404,"message":"no such thing"}"#);
    assert_eq!((error.status(), error.api_id(), error.message()), (Some(404), Some("a"), Some("no such thing")));
    assert!(error.headers().is_some_and(|headers| headers.contains_key("x-test")) && error.body().starts_with(b"{"));
    assert_eq!((error.attempts(), error.report().is_none()), (1, true));
}

#[test]
fn debug_and_display_show_no_secret() {
    let reply = || Ok(TransportResponse::new(StatusCode::UNAUTHORIZED, HeaderMap::new(), "{}"));
    let (settings, sent) = builder(reply);
    let printed = format!("{settings:?}");
    let client = settings.build().expect("a client");
    let call = client.send(bakery());
    let printed = format!("{printed} {client:?} {call:?} {:?}", client.profile());
    let error = now(call).expect_err("an error");
    let mut printed = format!("{printed} {error} {error:?} {:?}", sent.last());
    let unreachable = now(failing(|| TransportError::connect("refused")).profile().get(UUID)).expect_err("an error");
    printed += &format!("{unreachable} {unreachable:?}");
    for secret in [TOKEN, AUTH_ID, UUID, "TUFYWFh", "Example Bakery", "api.plivo.com"] {
        assert!(!printed.contains(secret), "{secret} is in {printed}");
    }
}

#[test]
fn invalid_client_settings_are_refused() {
    let build = |id: &str, token: &str| Client::new(id, token);
    for (id, token) in
        [("", "t"), (" i", "t"), ("i", ""), ("i:j", "t"), (".", "t"), ("..", "t"), ("i\n", "t"), ("i", "secret\r\n")]
    {
        let error = build(id, token).expect_err("invalid credentials");
        assert!(error.is_config() && !error.to_string().contains("secret"), "{error}");
    }
    assert!(build("SAXXXXXXXXXXXXXXXXXX", "t").is_ok() && build("anything", "t").is_ok());
    let error = Client::builder().build().expect_err("no credentials");
    assert_eq!(
        error.to_string(),
        "the client for Plivo has no credentials: call `credentials` or `credentials_from_env`"
    );
    let error =
        Client::builder().credentials("i", "t").base_url("http://plivo.example.com").build().expect_err("not loopback");
    assert!(error.to_string().contains("loopback only"), "{error}");
    let error = Client::builder().credentials("i", "t").user_agent_suffix("a\nb").build().expect_err("a line break");
    assert!(error.is_config());
}

#[test]
fn timeouts_reach_the_transport() {
    let reply = || Ok(TransportResponse::new(StatusCode::OK, HeaderMap::new(), "{}"));
    let (settings, sent) = builder(reply);
    let client = settings.build().expect("a client");
    now(client.profile().delete(UUID)).expect("an answer");
    assert_eq!(sent.last().timeout, Duration::from_secs(30));
    now(client.profile().delete(UUID).send().with_timeout(Duration::from_secs(5))).expect("an answer");
    assert_eq!(sent.last().timeout, Duration::from_secs(5));
    now(client.profile().delete(UUID).send().with_attempt_timeout(Duration::from_secs(2))).expect("an answer");
    assert_eq!(sent.last().timeout, Duration::from_secs(2));
}

#[test]
fn a_violation_in_a_nested_object_shows_its_pointer() {
    let mut request = bakery();
    request.authorized_contact = request.authorized_contact.map(|mut contact| {
        contact.email = Some("ada".to_owned());
        contact
    });
    let error = now(responding(200, "{}").0.send(request)).expect_err("this is no address");
    let expected = "POST /v1/Account/{account}/Profile/: not sent: the request has 1 error: \
        /authorized_contact/email: email is not an email address";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn a_refusal_can_come_with_an_error_status_or_with_200() {
    for (status, body) in [(400, r#"{"error":"no"}"#), (404, ""), (200, r#"{"error":"Profile not found."}"#)] {
        let error = create(status, body);
        assert!(error.is_rejected() && !error.is_decode() && !error.is_server(), "{status} {body}");
        assert_eq!(error.outcome(), Outcome::Rejected);
    }
    for status in [301, 303, 307, 408, 418, 499, 500] {
        assert!(!create(status, "").is_rejected(), "{status}");
    }
}

#[test]
fn an_empty_error_key_is_not_an_error() {
    for error in ["null", "0", "\"\"", "{\"code\":null}", "[]", "false"] {
        let body = format!(r#"{{"profile_uuid":"p","error":{error}}}"#).leak();
        let created = now(responding(200, body).0.send(bakery())).expect(error);
        assert_eq!(created.profile_uuid, "p");
    }
}

#[test]
fn the_status_counts_although_the_body_was_cut_off() {
    let cut = |status: StatusCode| {
        let (builder, _) = builder(move || Err(TransportError::cut_off(status, HeaderMap::new(), "closed")));
        now(builder.build().expect("a client").send(bakery())).expect_err("the body was cut off")
    };
    assert!(cut(StatusCode::UNAUTHORIZED).is_authentication());
    assert!(cut(StatusCode::NOT_FOUND).is_not_found());
    assert!(cut(StatusCode::TOO_MANY_REQUESTS).is_rate_limited());
    assert!(cut(StatusCode::BAD_GATEWAY).is_server());
    assert!(cut(StatusCode::OK).is_decode());
}

#[test]
fn debug_output_of_a_response_omits_its_body() {
    let response = TransportResponse::new(StatusCode::OK, HeaderMap::new(), "ada@example.com");
    assert!(!format!("{response:?}").contains("ada"));
}
