//! Requests that break the rules of the spec, and requests that only cause warnings.

use crate::client::{GADGETS, Response, gadget, send, start, start_with};
use crate::model::{model, shape};
use plivo_simulator::{Fault, Options};
use reqwest::Method;
use serde_json::{Value, json};

/// Asserts that an invalid gadget is rejected with this message, and not stored.
async fn check(body: Value, message: &str) {
    let client = start().await;
    assert_eq!(client.post(GADGETS, body).await.error(400), message);
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"], json!([]));
}

#[tokio::test]
async fn requests_with_errors_are_rejected() {
    check(json!({}), "name is required.").await;
    check(json!({"name": null}), "name is required.").await;
    check(json!({"name": ""}), "name is required.").await;
    check(json!({"name": "x"}), "name must have at least 2 characters.").await;
    check(json!({"name": "xxxxxx"}), "name must have at most 5 characters.").await;
    check(json!({"name": "one", "colour": "blue"}), "colour must be one of RED, Dark Blue.").await;
    check(json!({"name": "one", "size": 0}), "size must be at least 1.").await;
    check(json!({"name": "one", "owner": {}}), "owner.mail is required.").await;
    check(json!({"name": "one", "owner": {"mail": "x"}}), "owner.mail must be an e-mail address.").await;
    check(json!({"colour": "red", "size": 1}), "name is required; owner is required when colour is RED.").await;
}

#[tokio::test]
async fn values_of_the_wrong_type_are_rejected() {
    for (field, value, kind) in [
        ("name", json!(1), "text"),
        ("colour", json!([]), "text"),
        ("size", json!("1"), "a whole number"),
        ("size", json!(1.5), "a whole number"),
        ("size", json!(u64::MAX), "a whole number"),
        ("weight", json!("1"), "a number"),
        ("hidden", json!("true"), "true or false"),
        ("owner", json!("x"), "an object"),
        ("tags", json!({}), "a list"),
        ("labels", json!([]), "an object"),
    ] {
        let mut body = json!({"name": "one"});
        body[field] = value;
        check(body, &format!("{field} must be {kind}.")).await;
    }
    check(json!({"name": "one", "tags": ["a", 1]}), "tags.1 must be text.").await;
    check(json!({"name": "one", "labels": {"a/b": 1}}), "labels.a~1b must be text.").await;
}

#[tokio::test]
async fn requests_with_warnings_are_accepted() {
    let client = start().await;
    let id = client.create(json!({"name": "one", "trim": "tartan", "size": 10, "owner": {"mail": "a@b.c"}})).await;
    let read = client.get(&gadget(&id)).await.ok();
    assert_eq!(read["gadget"]["trim"], "tartan");
    assert_eq!(read["gadget"]["size"], 10);
}

/// The values of the header with the warnings.
fn warnings(response: &Response) -> Vec<&str> {
    response.headers.get_all("simulator-warning").iter().map(|value| value.to_str().expect("ASCII")).collect()
}

#[tokio::test]
async fn warnings_are_in_a_header_and_in_the_record() {
    let client = start().await;
    let body = json!({"name": "one", "trim": "tartan", "size": 10, "owner": {"mail": "a@b.c"}});
    let created = client.post(GADGETS, body).await;
    let expected = [
        ("/trim", "values", "trim must be one of RED, Dark Blue"),
        ("/size", "max", "size must be at most 9"),
        ("/owner/title", "required", "owner.title should be given"),
    ];
    let headers: Vec<_> = expected.iter().map(|(_, rule, text)| format!("{text} (rule {rule})")).collect();
    assert_eq!(warnings(&created), headers);
    let records = send(client.unauthenticated(Method::GET, "/_simulator/requests")).await.ok();
    let recorded = expected.map(|(pointer, rule, text)| json!({"pointer": pointer, "rule": rule, "message": text}));
    assert_eq!(records["requests"][0]["warnings"], json!(recorded));
    let requests = client.simulator.requests();
    assert!(requests[0].warnings().iter().map(|warning| warning.pointer.as_str()).eq(expected.map(|one| one.0)));
    // A request that is refused or has a fault is warned about too.
    let refused = client.post(GADGETS, json!({"size": 10})).await;
    assert_eq!((refused.status, warnings(&refused)), (400, vec!["size must be at most 9 (rule max)"]));
    client.simulator.set_faults(Fault::on("*").status(500).executed()).expect("valid faults");
    let failed = client.post(GADGETS, json!({"name": "one", "size": 10})).await;
    assert_eq!((failed.status, warnings(&failed)), (500, vec!["size must be at most 9 (rule max)"]));
    client.simulator.set_faults([]).expect("valid faults");
    assert_eq!(warnings(&client.get(GADGETS).await), Vec::<&str>::new());
}

#[tokio::test]
async fn a_value_in_a_second_form_is_converted_and_warned_about() {
    let client = start_with(shape("mixed_kinds.yaml"), Options::new()).await;
    let set = |body: Value| client.post("/v1/Account/{account}/Mixed/", body);
    let changed = set(json!({"ein": 123456789, "seconds": "60", "extensions": [1, "2"], "ratio": 1})).await;
    let expected = ["ein should not be a number", "seconds should not be text", "extensions should not be text"];
    let expected: Vec<_> = expected.iter().map(|text| format!("{text}; it is converted (rule also)")).collect();
    assert_eq!((changed.status, warnings(&changed)), (200, expected.iter().map(String::as_str).collect()));
    assert_eq!(warnings(&set(json!({"ein": "012345678", "seconds": 60})).await), Vec::<&str>::new());
    set(json!({"seconds": "soon"})).await.error(400);
}

#[tokio::test]
async fn a_key_that_the_operation_does_not_take_is_reported() {
    let client = start().await;
    let body = json!({"name": "one", "collor": "RED", "gadget_uuid": "x", "owner": {"mail": "a@b.c", "title": "Dr",
        "full_name": "x", "mial": 1}, "extra": {"any": 1}, "labels": {"any": "1"}});
    let created = client.post(&format!("{GADGETS}?size=3&ascii=\u{e9}&\u{e9}=1"), body).await;
    assert_eq!(
        warnings(&created),
        [
            "size is not taken in the query (it belongs in the body) (rule unknown)",
            "ascii is not taken in the query (rule unknown)",
            "\\u{e9} is not taken in the query (rule unknown)",
            "collor is not taken in the body (did you mean `colour`?) (rule unknown)",
            "gadget_uuid is not taken in the body (rule unknown)",
            "owner.full_name is not taken here (rule unknown)",
            "owner.mial is not taken here (did you mean `mail`?) (rule unknown)",
        ]
    );
    created.ok();
    let refused = client.post(GADGETS, json!({"nme": "one"})).await;
    assert_eq!(refused.error(400), "nme is not taken in the body (did you mean `name`?).");
    let refused = client.post(GADGETS, json!({"nme": "one", "name": 1})).await;
    assert_eq!(refused.error(400), "name must be text; nme is not taken in the body (did you mean `name`?).");
    let id = client.create(json!({"name": "one"})).await;
    let updated = client.post(&gadget(&id), json!({"size": 1, "gadget_uuid": id})).await;
    assert_eq!(warnings(&updated), ["gadget_uuid is not taken in the body (it belongs in the path) (rule unknown)"]);
    let deleted = send(client.request(Method::DELETE, &gadget(&id)).json(&json!({"force": true}))).await;
    assert_eq!((deleted.status, warnings(&deleted)), (200, vec!["force is not taken in the body (rule unknown)"]));
}

#[tokio::test]
async fn the_number_of_warnings_is_limited() {
    let client = start().await;
    let query: String = (0..5000).map(|number| format!("&a{number}=1")).collect();
    let reply = client.get(&format!("{GADGETS}?{query}")).await;
    assert_eq!((reply.status, warnings(&reply).len()), (200, 20));
    let long = client.get(&format!("{GADGETS}?{}=1", "a".repeat(10_000))).await;
    assert!(warnings(&long)[0].len() < 250);
    assert_eq!(client.simulator.requests()[0].warnings().len(), 20);
}

#[tokio::test]
async fn unknown_filters_are_refused_in_strict_mode() {
    let client = start_with(model(), Options::new().strict()).await;
    let refused = client.get(&format!("{GADGETS}?collour=RED")).await;
    assert_eq!(refused.error(400), "collour is not taken in the query (did you mean `colour`?).");
    assert_eq!(warnings(&refused), Vec::<&str>::new());
    client.get(&format!("{GADGETS}?colour=RED&limit=1")).await.ok();
    // The body is not strict.
    client.post(GADGETS, json!({"name": "one", "nme": 1})).await.ok();
    client.get(&format!("{}?gadget_uuid=x", gadget("6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c01"))).await.error(400);
}

#[tokio::test]
async fn parameters_are_stored_in_normalized_form() {
    let client = start().await;
    let id = client
        .create(json!({
            "name": "üüüüü",
            "colour": "dark blue",
            "trim": "",
            "size": null,
            "unknown_key": 1,
            "unknown": "set by the server",
            "gadget_uuid": "mine",
            "owner": {"mail": "a@b.c", "title": "", "full_name": "answers only", "more": 1},
            "tags": [""],
            "labels": {"a": ""},
            "extra": {"kept": ["", null]},
        }))
        .await;
    let read = client.get(&gadget(&id)).await.ok();
    assert_eq!(
        read["gadget"],
        json!({
            "gadget_uuid": id,
            "name": "üüüüü",
            "colour": "Dark Blue",
            "owner": {"mail": "a@b.c"},
            "tags": [""],
            "labels": {"a": ""},
            "extra": {"kept": ["", null]},
            "made_at": "2026-01-01T00:00:00.000000Z",
            "state": "ACTIVE",
        })
    );
}

#[tokio::test]
async fn an_update_without_fields_is_rejected() {
    let client = start().await;
    let id = client.create(json!({"name": "one"})).await;
    assert_eq!(client.post(&gadget(&id), json!({})).await.error(400), "The request must have at least 1 field.");
    client.post(&gadget(&id), json!({"nonsense": 1})).await.error(400);
    // In an update, an empty text is a value.
    client.post(&gadget(&id), json!({"note": ""})).await.ok();
    assert_eq!(client.get(&gadget(&id)).await.ok()["gadget"]["note"], "");
    let changed = client.post(&gadget(&id), json!({"colour": "", "name": "two"})).await;
    let doubt = "colour should not be an empty text, but one of RED, Dark Blue (rule values)";
    assert_eq!((changed.status, warnings(&changed)), (200, vec![doubt]));
    client.post(&gadget(&id), json!({"name": ""})).await.error(400);
}

#[tokio::test]
async fn bodies_must_be_json_objects() {
    let client = start().await;
    let post = |body: &'static str| send(client.request(Method::POST, GADGETS).body(body));
    assert!(post("{").await.error(400).starts_with("The body is not valid JSON: "));
    assert!(post("name=one").await.error(400).starts_with("The body is not valid JSON: "));
    assert_eq!(post("[]").await.error(400), "The body must be a JSON object.");
    assert_eq!(post("").await.error(400), "name is required.");
    assert_eq!(post("{\"name\": \"one\"}").await.status, 202);
    // An operation without a body ignores one.
    assert_eq!(send(client.request(Method::GET, GADGETS).body("{")).await.status, 200);
}

#[tokio::test]
async fn query_parameters_are_validated() {
    let client = start().await;
    for (query, message) in [
        ("limit=0", "limit must be at least 1."),
        ("limit=21", "limit must be at most 20."),
        ("limit=x", "limit must be a whole number."),
        ("limit=", "limit must be a whole number."),
        ("offset=-1", "offset must be at least 0."),
        ("colour=x&limit=1.0", "limit must be a whole number; colour must be one of RED, Dark Blue."),
    ] {
        assert_eq!(client.get(&format!("{GADGETS}?{query}")).await.error(400), message);
    }
    assert_eq!(
        client.get("/v1/Number/12").await.error(400),
        "number must be a telephone number in E.164 form, as in +12175550123."
    );
}

#[tokio::test]
async fn a_body_that_is_not_json_by_its_content_type_is_rejected() {
    let client = start().await;
    let post = |content_type: &str| {
        let request = client.request(Method::POST, GADGETS).header("content-type", content_type);
        send(request.body("{\"name\":\"one\"}"))
    };
    for accepted in ["application/json", "Application/JSON; charset=utf-8", "application/problem+json"] {
        post(accepted).await.ok();
    }
    for refused in ["application/x-www-form-urlencoded", "text/plain; charset=utf-8", "json", ""] {
        let reply = post(refused).await;
        let media_type = refused.split(';').next().unwrap_or_default();
        let message =
            format!("The header Content-Type says `{media_type}`. This operation takes a body of `application/json`.");
        assert_eq!(reply.error(415), message);
        assert_eq!(reply.headers["accept"], "application/json");
    }
    // Without a body or a content type, nothing is announced.
    send(client.request(Method::POST, GADGETS).header("content-type", "text/plain")).await.error(400);
    send(client.request(Method::POST, GADGETS).body("{\"name\":\"one\"}")).await.ok();
    assert_eq!(client.get(GADGETS).await.ok()["gadgets"].as_array().map(Vec::len), Some(4));
}

#[tokio::test]
async fn a_form_must_be_multipart_by_its_content_type() {
    let client = start_with(shape("upload.yaml"), Options::new()).await;
    let path = "/v1/Account/{account}/Picture/";
    let reply = client.post(path, json!({})).await;
    assert!(reply.error(415).ends_with("This operation takes a body of `multipart/form-data`."), "{reply:?}");
}

#[tokio::test]
async fn a_form_that_needs_no_file_can_be_json_with_a_warning() {
    let client = start_with(shape("replaced.yaml"), Options::new()).await;
    let path = "/v1/Account/{account}/Passport/";
    let reply = client.post(path, json!({"owner": "Ada", "towns": ["Springfield"]})).await;
    let warning = "should be sent as `multipart/form-data`";
    assert!(reply.headers["simulator-warning"].to_str().is_ok_and(|text| text.contains(warning)), "{reply:?}");
    let passport = reply.ok();
    assert_eq!((&passport["owner"], &passport["towns"]), (&json!("Ada"), &json!(["Springfield"])));
    client.post(path, json!({"towns": []})).await.error(400);
}

#[tokio::test]
async fn the_data_of_a_form_can_be_a_text_in_json() {
    let client = start_with(shape("data_part.yaml"), Options::new()).await;
    let path = "/v1/Account/{account}/Proof/";
    for body in [json!({"data": "{\"alias\":\"a\"}"}), json!({"data": {"alias": "a"}}), json!({"alias": "a"})] {
        assert_eq!(client.post(path, body).await.ok()["message"], "Done.");
    }
    client.post(path, json!({"data": "{\"documents\":[]}"})).await.error(400);
    let refused = client.post(path, json!({"data": 5, "alias": "a"})).await;
    assert_eq!(refused.error(400), "The value of `data` must be a JSON object.");
}
