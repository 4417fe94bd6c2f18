//! Endpoints, parameters and fields that the spec does not describe.

use http::{HeaderMap, StatusCode};
use plivo::transport::TransportResponse;
use plivo::{Method, Outcome, Validation};
use serde_json::json;

use crate::fake_transport::{UUID, bakery, builder, now, responding};

const PATH: &str = "/v1/Account/{account}/Powerpack/{uuid}/";

#[test]
fn an_undocumented_endpoint_uses_the_same_auth_and_encoding() {
    let (client, sent) = responding(200, r#"{"api_id":"a","name":"one","rows":[1]}"#);
    let answer = now(client.request(Method::Get, PATH).with_extra("uuid", "p/1").with_extra("limit", 5)).expect("JSON");
    assert_eq!((answer["name"].as_str(), answer.api_id(), answer.attempts()), (Some("one"), Some("a"), 1));
    assert_eq!(sent.target(), "/v1/Account/MAXXXXXXXXXXXXXXXXXX/Powerpack/p%2F1/?limit=5");
    assert!(sent.last().headers.contains_key("authorization") && sent.last().body.is_empty());
    let call = client.request(Method::Post, PATH).with_extra("uuid", 7).with_extra("name", "two");
    now(call.with_extra("tags", json!(["a"])).with_extra("note", json!(null))).expect("JSON");
    assert_eq!(sent.json(), json!({ "name": "two", "tags": ["a"], "note": null }));
    assert!(sent.target().ends_with("/Powerpack/7/"));
    now(client.request(Method::Delete, PATH).with_extra("uuid", "p")).expect("JSON");
    assert!(sent.last().method == "DELETE" && sent.last().body.is_empty());
}

#[test]
fn errors_of_an_undocumented_endpoint_show_the_route_template() {
    let (client, _) = responding(404, r#"{"api_id":"a","error":"no such thing"}"#);
    let error = now(client.request(Method::Get, PATH).with_extra("uuid", "secret-id")).expect_err("404");
    assert_eq!(
        error.to_string(),
        "GET /v1/Account/{account}/Powerpack/{uuid}/: 404 Not Found: no such thing (api_id a)"
    );
    let (client, _) = responding(200, r#"{"api_id":"a","error":"not for you"}"#);
    let error = now(client.request(Method::Put, PATH).with_extra("uuid", "p")).expect_err("an error under 200");
    assert_eq!((error.outcome(), error.message()), (Outcome::Rejected, Some("not for you")));
}

#[test]
fn an_undocumented_endpoint_is_retried_by_its_method() {
    for (method, attempts) in [(Method::Get, 3), (Method::Post, 1), (Method::Patch, 1), (Method::Delete, 1)] {
        let (client, sent) = responding(503, "");
        let error = now(client.request(method, "/v1/Account/{account}/")).expect_err("it is down");
        assert_eq!((error.attempts(), sent.count()), (attempts, attempts as usize), "{method:?}");
    }
}

#[test]
fn a_truncated_or_non_json_body_is_a_decode_error() {
    for body in ["hello", "<html>sign in</html>", r#"{"objects":[{"amount":"10.0"},{"amo"#] {
        let (client, _) = responding(200, body);
        let error = now(client.request(Method::Post, "/v1/Account/{account}/")).expect_err("it is not JSON");
        assert!(error.is_decode() && error.outcome() == Outcome::Executed, "{error:?}");
        assert_eq!(error.body(), body.as_bytes());
    }
    // An error message before the damage still counts.
    let (client, _) = responding(200, r#"{"api_id":"a","error":"no balance","x"#);
    let error = now(client.request(Method::Post, "/v1/Account/{account}/")).expect_err("a refusal");
    assert!(error.outcome() == Outcome::Rejected && !error.is_decode(), "{error:?}");
    let (client, _) = responding(204, "");
    let answer = now(client.request(Method::Delete, "/v1/Account/{account}/")).expect("an empty body");
    assert_eq!(*answer, json!({}));
}

#[test]
fn a_path_can_name_another_host_of_the_api() {
    let (client, sent) = responding(200, "{}");
    let path = "https://lookup.plivo.com/v1/Number/{number}";
    now(client.request(Method::Get, path).with_extra("number", "+12175550123")).expect("JSON");
    assert_eq!(sent.last().url, "https://lookup.plivo.com/v1/Number/%2B12175550123");
}

#[test]
fn paths_to_other_hosts_and_malformed_paths_are_refused() {
    let (client, sent) = responding(200, "{}");
    for (path, says) in [
        ("https://example.com/v1/", "it must start with a slash or with a server of the API"),
        ("https://api.plivo.com.example.com/", "it must start with a slash or with a server of the API"),
        ("v1/", "it must start with a slash or with a server of the API"),
        ("/v1/?a=b", "use placeholders and `with_extra`"),
        ("/v1/#a", "use placeholders and `with_extra`"),
        ("/v1/a b/", "use placeholders and `with_extra`"),
        ("/v1/../", "it contains a `.` or `..` segment"),
        ("/v1/%2e%2e/", "a special character"),
        ("/v1/{uuid}/", "not sent: uuid is missing"),
    ] {
        let error = now(client.request(Method::Get, path)).expect_err(path);
        assert!(error.is_validation() && error.outcome() == Outcome::NotSent, "{error:?}");
        assert!(error.to_string().contains(says), "{error}");
    }
    for value in [json!(""), json!(".."), json!(["a"]), json!({}), json!(null)] {
        let error =
            now(client.request(Method::Get, "/v1/{uuid}/").with_extra("uuid", value)).expect_err("an invalid path id");
        assert!(error.is_validation(), "{error:?}");
    }
    let path = "/v1/Account/{account}/";
    let error = now(client.request(Method::Get, path).with_extra("account", "MAYYY")).expect_err("another account");
    assert!(
        error.to_string().contains("account is the account of the client and cannot be set for a single call"),
        "{error}"
    );
    assert_eq!(sent.count(), 0);
}

#[test]
fn extra_fields_satisfy_required_fields_and_rules() {
    let (client, sent) = responding(200, r#"{"profile":{"profile_uuid":"p"},"profile_uuid":"p"}"#);
    now(client.profile().update(UUID).send().with_extra("new", 1)).expect("an extra field counts");
    assert_eq!(sent.json(), json!({ "new": 1 }));
    let mut request = bakery();
    request.vertical = None;
    request.entity_type = Some("PUBLIC".parse().expect("it is listed"));
    let call = client.send(request).with_extra("vertical", "BAKERIES").with_extra("stock_symbol", "EXMP");
    let created = now(call).expect("the extra fields count");
    let pointers: Vec<_> = created.report().warnings().iter().map(|warning| warning.pointer()).collect();
    assert_eq!(pointers, ["/stock_exchange"], "the rule sees the extra field");
    // A field of the same name in a nested object is another field.
    let mut request = bakery();
    request.address = request.address.map(|mut address| {
        address.city = None;
        address
    });
    let created = now(client.send(request).with_extra("city", "Springfield")).expect("a missing city is a warning");
    assert_eq!(created.report().warnings()[0].pointer(), "/address/city");
}

#[test]
fn a_documented_request_takes_extra_fields() {
    let (client, sent) = responding(202, r#"{"profile_uuid":"p"}"#);
    let call = client.send(bakery()).with_extra("number_of_employees", "BETWEEN_1_AND_10");
    // The last of two extra fields with the same name wins, and replaces the documented field.
    now(call.with_extra("ein", "1").with_extra("ein", json!({ "a": 1 }))).expect("an answer");
    let body = sent.json();
    assert_eq!((&body["number_of_employees"], &body["ein"]), (&json!("BETWEEN_1_AND_10"), &json!({ "a": 1 })));
    assert_eq!(body["profile_alias"], "Example Bakery");
    let text = String::from_utf8_lossy(sent.last().body.as_bytes().expect("a body in memory")).into_owned();
    assert_eq!(text.matches("\"ein\"").count(), 1, "{text}");
}

#[test]
fn a_list_takes_extra_query_parameters() {
    let (client, sent) = responding(200, r#"{"profiles":[]}"#);
    let call = client.profile().list().limit(5).offset(1).send().with_extra("limit", 500);
    let call = call.with_extra("sort by", json!(["a&b", 2, true])).with_extra("none", json!(null));
    now(call.with_validation(Validation::Error)).expect("extra parameters are not validated");
    assert!(
        sent.target().ends_with("?offset=1&limit=500&sort%20by=a%26b&sort%20by=2&sort%20by=true"),
        "{}",
        sent.target()
    );
}

#[test]
fn extra_fields_add_a_body_to_a_request_without_one() {
    let (client, sent) = responding(200, "{}");
    now(client.profile().delete(UUID).send().with_extra("cascade", false)).expect("an answer");
    assert_eq!((sent.json(), sent.last().method.as_str()), (json!({ "cascade": false }), "DELETE"));
    assert_eq!(sent.last().headers["content-type"], "application/json");
}

#[test]
fn extra_fields_are_not_shown() {
    let (settings, _) = builder(|| Ok(TransportResponse::new(StatusCode::BAD_REQUEST, HeaderMap::new(), "{}")));
    let call = settings.build().expect("a client").send(bakery()).with_extra("pin", "1234-secret");
    let shown = format!("{call:?}");
    let error = now(call).expect_err("a refusal");
    let shown = format!("{shown} {error} {error:?}");
    assert!(!shown.contains("1234-secret"), "{shown}");
}
