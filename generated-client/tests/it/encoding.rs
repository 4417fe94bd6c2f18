//! Encoding of requests: method, URL, headers and body.

use plivo::profile::{CreateProfile, EntityType, ListProfiles, UpdateProfile};
use plivo::{Outcome, Validation};
use serde_json::json;

use crate::fake_transport::{AUTH_ID, TOKEN, UUID, bakery, builder, now, responding};

#[test]
fn a_create_request_has_a_json_body() {
    let (client, sent) = responding(202, r#"{"api_id":"a","message":"ok","profile_uuid":"p"}"#);
    let created = now(client.send(bakery())).expect("an answer");
    assert_eq!((created.status(), created.api_id(), created.profile_uuid.as_str()), (202, Some("a"), "p"));
    assert_eq!((created.attempts(), created.headers().contains_key("x-test")), (1, true));
    let request = sent.last();
    assert_eq!((request.method.as_str(), sent.target()), ("POST", format!("/v1/Account/{AUTH_ID}/Profile/")));
    assert_eq!(
        sent.json(),
        json!({
            "profile_alias": "Example Bakery", "customer_type": "DIRECT", "entity_type": "PRIVATE",
            "company_name": "Example Bakery LLC", "vertical": "RETAIL", "ein": "012345678",
            "address": { "street": "1 Main Street", "city": "Springfield", "state": "IL", "postal_code": "62701", "country": "US" },
            "authorized_contact": {
                "first_name": "Ada", "last_name": "Example", "email": "ada@example.com", "title": "Ms",
                "seniority": "CEO", "phone": "+12175550123",
            },
        })
    );
}

#[test]
fn headers_carry_credentials_content_type_and_user_agent() {
    let (client, sent) = responding(200, r#"{"profile_uuid":"p"}"#);
    now(client.send(bakery())).expect("an answer");
    let headers = sent.last().headers;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    assert!(headers["authorization"].is_sensitive());
    assert_eq!(
        text("authorization").as_deref(),
        Some("Basic TUFYWFhYWFhYWFhYWFhYWFhYWFg6ZG8tbm90LXByaW50LXRoaXMtdG9rZW4=")
    );
    assert_eq!(text("content-type").as_deref(), Some("application/json"));
    assert!(text("user-agent").is_some_and(|agent| agent.starts_with("plivo-rust/") && agent.ends_with(" (rust)")));

    let (builder, sent) =
        builder(|| Ok(plivo::transport::TransportResponse::new(http::StatusCode::OK, http::HeaderMap::new(), "{}")));
    let client = builder.user_agent_suffix("bakery/1.0").build().expect("a client");
    now(client.profile().delete(UUID)).expect("an answer");
    assert!(sent.last().headers["user-agent"].to_str().is_ok_and(|agent| agent.ends_with(" (rust) bakery/1.0")));
    assert!(!sent.last().headers.contains_key("content-type") && sent.last().body.is_empty());
    assert!(!format!("{:?} {:?}", sent.last(), TOKEN.len()).contains(AUTH_ID));
}

#[test]
fn empty_strings_are_omitted_where_the_spec_says_so() {
    let (client, sent) = responding(200, r#"{"profile_uuid":"p","profile":{"profile_uuid":"p"}}"#);
    let mut request = bakery();
    request.ein = Some(String::new());
    request.address.as_mut().expect("a set field").state = Some(String::new());
    now(client.send(request)).expect("an answer");
    assert_eq!(sent.json().get("ein"), None);
    assert_eq!(sent.json().pointer("/address/state"), None);

    let update = UpdateProfile::builder(UUID).website("").build();
    now(client.send(update)).expect("an answer");
    assert_eq!(sent.json(), json!({ "website": "" }));
}

#[test]
fn an_empty_object_is_sent_if_it_was_set() {
    let (client, sent) = responding(200, r#"{"profile_uuid":"p"}"#);
    let request: CreateProfile = serde_json::from_str(r#"{"address":{}}"#).expect("a request");
    now(client.send(request).with_validation(Validation::Off)).expect("an answer");
    assert_eq!(sent.json(), json!({ "address": {} }));
}

#[test]
fn answer_only_fields_are_never_sent() {
    let (client, sent) = responding(200, r#"{"profile_uuid":"p"}"#);
    let mut request = bakery();
    request.authorized_contact.as_mut().expect("a set field").name = Some("Ada Example".to_owned());
    now(client.send(request)).expect("an answer");
    assert_eq!(sent.json().pointer("/authorized_contact/name"), None);
}

#[test]
fn path_ids_are_percent_encoded_and_not_repeated_in_the_body() {
    let (client, sent) = responding(200, r#"{"profile":{"profile_uuid":"p"}}"#);
    now(client.profile().get("a/b?c#d e%2e\u{fc}~._-").send().with_validation(Validation::Off)).expect("an answer");
    assert_eq!(sent.target(), format!("/v1/Account/{AUTH_ID}/Profile/a%2Fb%3Fc%23d%20e%252e%C3%BC~._-/"));
    now(client.profile().update(UUID).website("bakery.example.com")).expect("an answer");
    assert_eq!(sent.json(), json!({ "website": "bakery.example.com" }));
}

#[test]
fn path_ids_that_change_the_path_are_refused() {
    let (client, sent) = responding(200, "{}");
    for id in ["", ".", ".."] {
        let error = now(client.profile().delete(id).send().with_validation(Validation::Off)).expect_err("another path");
        assert!(error.is_validation() && error.outcome() == Outcome::NotSent, "{error}");
        assert!(
            error
                .to_string()
                .starts_with("DELETE /v1/Account/{account}/Profile/{profile_uuid}/: not sent: profile_uuid is "),
            "{error}"
        );
    }
    assert_eq!(sent.count(), 0);
}

#[test]
fn a_query_contains_the_fields_that_were_set() {
    let (client, sent) = responding(200, r#"{"profiles":[]}"#);
    now(client.profile().list()).expect("an answer");
    assert_eq!(sent.target(), format!("/v1/Account/{AUTH_ID}/Profile/"));
    now(client.profile().list().limit(20).offset(0).entity_type(EntityType::NonProfit)).expect("an answer");
    assert_eq!(sent.target(), format!("/v1/Account/{AUTH_ID}/Profile/?limit=20&offset=0&entity_type=NON_PROFIT"));
    let request: ListProfiles = serde_json::from_str(r#"{"type":"A&B=C +1"}"#).expect("a request");
    now(client.send(request)).expect("an answer");
    assert_eq!(sent.target(), format!("/v1/Account/{AUTH_ID}/Profile/?type=A%26B%3DC%20%2B1"));
}

#[test]
fn the_base_url_replaces_every_host() {
    let (builder, sent) =
        builder(|| Ok(plivo::transport::TransportResponse::new(http::StatusCode::OK, http::HeaderMap::new(), "{}")));
    let client = builder.base_url("http://127.0.0.1:8080/").build().expect("a client");
    now(client.profile().delete(UUID)).expect("an answer");
    assert_eq!(sent.last().url, format!("http://127.0.0.1:8080/v1/Account/{AUTH_ID}/Profile/{UUID}/"));
    assert_eq!(sent.last().headers["x-forwarded-host"], "api.plivo.com");
}
