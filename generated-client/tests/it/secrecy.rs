//! No `Debug`, `Display` or source of an error shows a secret; public values can be printed and serialized.

use std::error::Error as _;
use std::fmt::{Debug, Display};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use plivo::profile::{Address, CreateProfile, ListProfiles, Vertical};
use plivo::transport::{Transport, TransportError, TransportRequest, TransportResponse};
use plivo::{Client, Decimal, Error, Outcome, Page, Timestamp};
use serde_json::json;

use crate::fake_transport::{AUTH_ID, TOKEN, UUID, bakery, builder, failing, now, responding};

/// Every way to print an error and its sources.
fn printed(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(" {error} {error:?}");
        cause = error.source();
    }
    text
}

/// Both `Debug` forms of a value.
fn debug(value: &(impl Debug + ?Sized)) -> String {
    format!("{value:?} {value:#?}")
}

/// An error of every kind, from clients with these credentials.
fn errors() -> Vec<Error> {
    let mut errors: Vec<Error> = [(400, "{}"), (401, ""), (200, "<html>"), (200, "{}"), (200, r#"{"error":"no"}"#)]
        .map(|(status, body)| now(responding(status, body).0.send(bakery())).expect_err(body))
        .into();
    for fail in [
        (|| TransportError::connect("refused")) as fn() -> TransportError,
        || TransportError::unknown("reset").by_timeout(),
        || TransportError::cut_off(StatusCode::OK, HeaderMap::new(), "closed"),
        || TransportError::too_large(StatusCode::OK, HeaderMap::new()),
    ] {
        errors.push(now(failing(fail).profile().get(UUID)).expect_err("it fails"));
    }
    let empty: CreateProfile = serde_json::from_str("{}").expect("a request");
    errors.push(now(responding(200, "{}").0.send(empty)).expect_err("an invalid request"));
    errors.push(now(responding(200, "{}").0.profile().get("..")).expect_err("an invalid path id"));
    errors.push(Client::new(format!("{AUTH_ID}:"), TOKEN).expect_err("a colon"));
    errors.push(Client::new(AUTH_ID, format!("{TOKEN}\n")).expect_err("a line break"));
    let settings = Client::builder().credentials(AUTH_ID, TOKEN);
    errors.push(settings.base_url(format!("https://{AUTH_ID}:{TOKEN}@example.com")).build().expect_err("a user"));
    errors
}

#[test]
fn neither_token_nor_auth_id_can_be_printed() {
    let (settings, sent) = builder(|| Err(TransportError::unknown("down")));
    let mut text = debug(&settings);
    let client = settings.build().expect("a client");
    let mut call = client.send(bakery());
    text += &[debug(&client), debug(&client.profile()), debug(&call), debug(&client.profile().get(UUID))].concat();
    text += &printed(&now(&mut call).expect_err("it is down"));
    text += &[debug(&call), debug(&sent.last())].concat();
    let errors = errors();
    text.extend(errors.iter().map(printed));
    // The header `Authorization` contains both, encoded as Base64.
    let encoded = sent.last().headers["authorization"].to_str().expect("text").to_owned();
    let encoded = encoded.strip_prefix("Basic ").expect("Basic");
    for secret in [TOKEN, AUTH_ID, &encoded[..12], "Example Bakery LLC"] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    let displays: Vec<&dyn Display> = errors.iter().map(|error| error as &dyn Display).collect();
    assert!(displays.iter().all(|error| !error.to_string().contains('\n')));
}

/// A gateway may repeat the request in its response.
#[test]
fn a_response_that_repeats_the_header_does_not_put_it_into_an_error() {
    let pair = "TUFYWFhYWFhYWFhYWFhYWFhYWFg6ZG8tbm90LXByaW50LXRoaXMtdG9rZW4=";
    assert_eq!(
        {
            let (client, sent) = responding(200, "{}");
            now(client.send(bakery())).expect_err("an incomplete answer");
            sent.last().headers["authorization"].to_str().expect("text").to_owned()
        },
        format!("Basic {pair}")
    );
    let unpadded = pair.trim_end_matches('=');
    for secret in [TOKEN, pair, unpadded, &format!("{AUTH_ID}:{TOKEN}")] {
        // The last one begins before the end of a message of 500 characters, and ends after it.
        for before in [0, 5, 70, 495] {
            let text = format!("{} {secret} is not valid", "x".repeat(before));
            let json = json!({ "error": text }).to_string();
            for (status, body) in [(401, &json), (502, &text), (200, &json), (200, &text)] {
                let body: &'static str = body.clone().leak();
                let text = printed(&now(responding(status, body).0.send(bakery())).expect_err(body));
                for secret in [TOKEN, unpadded, &TOKEN[..4], &unpadded[..4]] {
                    assert!(!text.contains(secret), "{secret} is in {text}");
                }
            }
        }
    }
    let error = now(responding(401, r#"{"error":"do-not-print-this-token is unknown"}"#).0.send(bakery()));
    assert_eq!(error.expect_err("a refusal").message(), Some("[REDACTED] is unknown"));
}

/// A secret as other programs write it: in JSON, in JSON within JSON, in a URL, in HTML, or cut.
fn written(secret: &str) -> Vec<String> {
    let all = |write: fn(u32) -> String| secret.chars().map(|letter| write(letter.into())).collect::<String>();
    let url: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    vec![
        secret.replace('/', "\\/"),
        secret.replace('/', "\\\\/"),
        all(|letter| format!("\\u{letter:04x}")),
        all(|letter| format!("\\\\u{letter:04X}")),
        all(|letter| format!("\\x{letter:02x}")),
        all(|letter| format!("%{letter:02X}")),
        all(|letter| format!("%25{letter:02x}")),
        all(|letter| format!("&#{letter};")),
        all(|letter| format!("&#x{letter:x};")),
        url,
        secret.replace('&', "&amp;").replace('/', "&#x2F;"),
        secret[..secret.len() / 2].to_owned(),
    ]
}

#[test]
fn a_secret_is_masked_however_the_response_writes_it() {
    let (id, token) = ("MAXXXXXXXXXXXXXXXXXX", "Zm9v/YmFy+MTIz&NDU2 Nzg5");
    let pair = "TUFYWFhYWFhYWFhYWFhYWFhYWFg6Wm05di9ZbUZ5K01USXomTkRVMiBOemc1";
    for secret in [token, pair] {
        for text in written(secret) {
            for (status, body) in
                [(401, format!("<b>{text}</b>")), (401, format!("no {text}")), (200, format!("no JSON: {text}."))]
            {
                let (settings, _) =
                    builder(move || Ok(TransportResponse::new(code(status), HeaderMap::new(), body.clone())));
                let client = settings.credentials(id, token).build().expect("a client");
                let shown = printed(&now(client.send(bakery())).expect_err("no answer"));
                assert!(!shown.contains(&text[text.len() / 2..]), "{text} is in {shown}");
                assert!(status == 401 && shown.contains("401") || shown.contains("[REDACTED]"), "{text}: {shown}");
            }
        }
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).expect("a status")
}

#[test]
fn an_api_id_is_masked_and_short_wherever_it_is_shown() {
    let id = format!("{TOKEN}\\n{}", "x".repeat(5000));
    for (status, body) in [
        (200, format!(r#"{{"api_id":"{id}","profile":{{"profile_uuid":"p"}}}}"#)),
        (200, format!(r#"{{"api_id":"{id}"}}"#)),
        (200, format!(r#"{{"api_id":"{id}","error":"no"}}"#)),
        (404, format!(r#"{{"api_id":"{id}"}}"#)),
    ] {
        let (client, _) = responding(status, body.leak());
        let (shown, api_id) = match now(client.profile().get(UUID)) {
            Ok(response) => (debug(&response), response.api_id().map(str::to_owned)),
            Err(error) => (printed(&error), error.api_id().map(str::to_owned)),
        };
        assert!(!shown.contains(TOKEN) && shown.len() < 2000 && shown.contains("[REDACTED]"), "{shown}");
        assert!(api_id.is_some_and(|id| id.starts_with("[REDACTED] x") && id.len() < 200), "{status}");
    }
}

/// The error of a transport that repeats the request, as an error of HTTP/2 repeats what the server says.
#[test]
fn a_transport_error_that_repeats_a_secret_is_masked() {
    fn repeating() -> TransportError {
        TransportError::unknown(format!("closed after {TOKEN}\nand more"))
    }
    let error = now(failing(repeating).profile().get(UUID)).expect_err("it fails");
    assert!(!printed(&error).contains(TOKEN), "{error:?}");
    assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("closed after [REDACTED]\nand more"));
    fn other() -> TransportError {
        TransportError::unknown(std::io::Error::from(std::io::ErrorKind::BrokenPipe))
    }
    let error = now(failing(other).profile().get(UUID)).expect_err("it fails");
    assert!(error.source().is_some_and(|source| source.is::<std::io::Error>()), "{error:?}");
}

#[test]
fn a_response_and_a_transport_error_show_no_value_of_a_header() {
    let headers = HeaderMap::from_iter([(http::header::SET_COOKIE, TOKEN.parse().expect("a value"))]);
    let response = TransportResponse::new(StatusCode::OK, headers.clone(), "");
    let error = TransportError::cut_off(StatusCode::OK, headers, "closed");
    let text = debug(&response) + &debug(&error);
    assert!(!text.contains(TOKEN) && text.contains("set-cookie") && text.contains("closed"), "{text}");
}

#[test]
fn an_auth_id_with_white_space_is_refused() {
    for id in ["MA XX", " MAXX", "MAXX ", "MA\u{a0}XX", "MAXX\t"] {
        let error = Client::new(id, "t").expect_err("white space");
        assert!(
            error.is_config() && error.outcome() == Outcome::NotSent && !error.to_string().contains("MA"),
            "{error}"
        );
    }
}

/// The auth id is part of every URL, and a token with quotes would only fail at the first call.
#[test]
fn a_token_that_was_pasted_wrongly_is_refused_before_it_is_sent() {
    let token = "NzQ4YmE5Zjc2MmUwYjQxZDhlYzY3YjE5ZmY1Nz";
    for (id, token, problem) in [
        (AUTH_ID, format!(" {token}"), "the auth token begins or ends with white space"),
        (AUTH_ID, format!("{token}\u{a0}"), "the auth token begins or ends with white space"),
        (AUTH_ID, format!("{token}\r\n"), "the auth token contains a control character, such as a line break"),
        (AUTH_ID, format!("\"{token}\""), "the auth token begins or ends with a quotation mark"),
        (AUTH_ID, format!("'{token}'"), "the auth token begins or ends with a quotation mark"),
        (AUTH_ID, format!("\u{201c}{token}\u{201d}"), "the auth token begins or ends with a quotation mark"),
        ("'MAXXXXXXXXXXXXXXXXXX'", token.to_owned(), "the auth id begins or ends with a quotation mark"),
        (token, AUTH_ID.to_owned(), "the auth id and the auth token are swapped"),
    ] {
        let error = Client::new(id, token).expect_err(problem);
        assert!(error.is_config() && error.to_string() == problem, "{error}");
    }
    for (id, token) in [(AUTH_ID, token), ("SAXXXXXXXXXXXXXXXXXX", "with a space"), ("id", "TOKEN"), ("i", "t")] {
        assert!(Client::new(id, token).is_ok(), "{id}");
    }
}

#[test]
fn polling_a_finished_call_is_an_error() {
    let (client, sent) = responding(200, r#"{"profile":{"profile_uuid":"p"}}"#);
    let mut call = client.profile().get(UUID).send();
    now(&mut call).expect("an answer");
    for _ in 0..2 {
        let error = now(&mut call).expect_err("the call has finished");
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert!(error.to_string().ends_with("polled again after the call had completed"), "{error}");
        assert!(!error.is_config() && !error.is_decode() && !error.is_rejected());
    }
    assert_eq!(sent.count(), 1);
}

#[test]
fn answer_values_can_be_constructed_and_serialized() {
    let (at, price) = (Timestamp::new("2026-11-23 10:00:00"), Decimal::new("0.0050"));
    assert_eq!((at.as_ref(), price.as_ref()), ("2026-11-23 10:00:00", "0.0050"));
    assert_eq!(serde_json::to_value(&price).expect("JSON"), json!("0.0050"));
    assert_eq!(serde_json::from_value::<Timestamp>(json!("2026-11-23 10:00:00")).expect("text"), at);
    assert!(Vertical::Agriculture < Vertical::Retail && Vertical::Retail.as_ref() == "RETAIL");
    let page = now(responding(200, r#"{"profiles":[{"profile_uuid":"p"}],"count":1}"#).0.profile().list());
    let page: Page<_> = page.expect("a page").into_inner();
    let written = json!({ "items": [{ "profile_uuid": "p" }], "meta": { "total_count": 1 } });
    assert_eq!(serde_json::to_value(&page).expect("JSON"), written);
    let mut request = bakery();
    request.vertical = None;
    let written = json!({
        "errors": [{ "pointer": "/vertical", "rule": "required", "message": "vertical is required", "source": "page" }],
        "warnings": [],
    });
    assert_eq!(serde_json::to_value(request.validate()).expect("JSON"), written);
}

#[test]
fn a_transport_can_be_boxed() {
    struct Gone;
    impl Transport for Gone {
        fn send(&self, request: TransportRequest) -> plivo::transport::TransportFuture<'_> {
            Box::pin(async move {
                let body = request.body.collect().await.expect("a body in memory");
                Ok(TransportResponse::new(StatusCode::GONE, request.headers, body))
            })
        }
    }
    let boxed: Box<dyn Transport> = Box::new(Gone);
    let request = TransportRequest::new(http::Method::GET, "x", HeaderMap::new(), "body", Duration::from_secs(1));
    assert_eq!(now(boxed.send(request)).expect("a response").body, "body");
    let client = Client::builder().credentials("i", "t").transport(boxed).build().expect("a client");
    assert_eq!(now(client.profile().get(UUID)).expect_err("it is gone").status(), Some(410));
}

#[test]
fn an_unlisted_value_without_a_similar_one_is_not_shown() {
    let mut request = bakery();
    request.vertical = Some(Vertical::unlisted("ada@example.com"));
    let error = now(responding(202, "{}").0.send(request)).expect_err("it is not listed");
    assert!(!format!("{error} {error:?}").contains("ada@"), "{error}");
    assert!(error.to_string().contains("vertical is not a listed value; 23 values are listed, such as"), "{error}");
}

#[test]
fn a_builder_is_shown_as_what_it_builds() {
    let request = CreateProfile::builder().profile_alias("Bakery").website("example.com");
    let expected = r#"CreateProfile { profile_alias: "Bakery", website: "example.com" }"#;
    assert_eq!(format!("{request:?}"), expected);
    let part = Address::builder().city("Springfield");
    assert_eq!(format!("{part:?}"), r#"Address { city: "Springfield" }"#);
    let list = ListProfiles::builder().limit(5);
    assert_eq!(format!("{list:?}"), "ListProfiles { limit: 5 }");
}
