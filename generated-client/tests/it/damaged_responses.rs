//! Responses of every operation, damaged at every value.

use plivo::Confirmation;
use plivo::profile::{Profile, ProfileCreated};
use plivo::{Error, Outcome, Page, Response};
use serde_json::Value;

use crate::fake_transport::{UUID, bakery, now, responding, responding_bytes};

const PROFILE: &str = r#"{"profile_uuid":"p","profile_alias":"one","entity_type":"PRIVATE","ein":"012","address":{"street":"1 Main Street","city":"Springfield"},"authorized_contact":{"first_name":"Ada","seniority":"CEO"},"created_at":"2026-11-23"}"#;

/// What one operation decoded from a body.
struct Decoded {
    result: Result<Vec<String>, Error>,
    ids: usize,
}

fn decoded<T>(result: Result<Response<T>, Error>, count: impl Fn(&T) -> usize) -> Decoded {
    let ids = result.as_ref().map_or(0, |response| count(response));
    let result = result.map(|response| response.drift().iter().map(|drift| drift.pointer().to_owned()).collect());
    Decoded { result, ids }
}

type Decode = fn(&'static [u8]) -> Decoded;

fn create(body: &'static [u8]) -> Decoded {
    decoded(now(responding_bytes(202, body).0.send(bakery())), |_: &ProfileCreated| 1)
}

fn get(body: &'static [u8]) -> Decoded {
    decoded(now(responding_bytes(200, body).0.profile().get(UUID)), |_: &Profile| 1)
}

fn list(body: &'static [u8]) -> Decoded {
    decoded(now(responding_bytes(200, body).0.profile().list()), |page: &Page<Profile>| page.items.len())
}

fn update(body: &'static [u8]) -> Decoded {
    decoded(now(responding_bytes(200, body).0.profile().update(UUID).website("a")), |_: &Profile| 1)
}

fn delete(body: &'static [u8]) -> Decoded {
    decoded(now(responding_bytes(200, body).0.profile().delete(UUID)), |_: &Confirmation| 0)
}

/// The operations, each with a response body and the number of ids in it.
fn operations() -> [(&'static str, Decode, String, usize); 5] {
    let meta = r#"{"limit":20,"offset":0,"next":"/v1/x","previous":null,"total_count":3}"#;
    let created = r#"{"api_id":"a","message":"created","profile_uuid":"p"}"#;
    let one = format!(r#"{{"api_id":"a","profile":{PROFILE}}}"#);
    let page = format!(r#"{{"api_id":"a","meta":{meta},"profiles":[{PROFILE},{PROFILE},{PROFILE}]}}"#);
    [
        ("create", create, created.to_owned(), 1),
        ("get", get, one.clone(), 1),
        ("list", list, page, 3),
        ("update", update, one, 1),
        ("delete", delete, r#"{"api_id":"a","message":"gone"}"#.to_owned(), 0),
    ]
}

/// Collects the pointers of all nested values.
fn pointers(json: &Value, at: &str, all: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match json {
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let at = format!("{at}/{key}");
        all.push(at.clone());
        pointers(value, &at, all);
    }
}

/// The JSON text with these bytes in pointer of the value at the pointer.
fn with(json: &Value, pointer: &str, text: &[u8]) -> Vec<u8> {
    const MARK: &str = "\"<here>\"";
    let mut json = json.clone();
    *json.pointer_mut(pointer).expect("a value at the pointer") = Value::from("<here>");
    let body = json.to_string();
    let at = body.find(MARK).expect("the mark");
    [&body.as_bytes()[..at], text, &body.as_bytes()[at + MARK.len()..]].concat()
}

fn dropped(json: &Value, pointer: &str) -> Vec<u8> {
    let mut json = json.clone();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match json.pointer_mut(parent).expect("a value at the pointer") {
        Value::Object(entries) => drop(entries.remove(key)),
        Value::Array(items) => drop(items.remove(key.parse().expect("a position"))),
        _ => {}
    }
    json.to_string().into_bytes()
}

fn doubled(json: &Value, pointer: &str) -> Option<Vec<u8>> {
    let key = pointer.rsplit('/').next().filter(|key| key.parse::<usize>().is_err())?;
    let value = json.pointer(pointer)?.to_string();
    Some(with(json, pointer, format!("7,\"{key}\":{value}").as_bytes()))
}

/// The number of ids that are lost with the value at the pointer: none, one or all.
fn lost(operation: &str, pointer: &str, ids: usize) -> usize {
    let segments: Vec<_> = pointer.split('/').skip(1).collect();
    match (operation, segments.as_slice()) {
        (_, [.., "profile_uuid"]) | ("list", ["profiles", _]) => 1,
        (_, ["profile" | "profiles"]) => ids,
        _ => 0,
    }
}

fn check(operation: &str, decode: Decode, pointer: &str, body: Vec<u8>, ids: usize) -> Vec<String> {
    let shown = format!("{operation} {pointer} {}", String::from_utf8_lossy(&body));
    let Decoded { result, ids: read } = decode(body.leak());
    match result {
        Ok(drift) => {
            assert_eq!(read, ids, "{shown}");
            drift
        }
        Err(error) => {
            assert!(ids == 0 && operation != "delete", "{error}: {shown}");
            assert_eq!((error.outcome(), error.is_decode()), (Outcome::Executed, true), "{shown}");
            Vec::new()
        }
    }
}

#[test]
fn only_a_damaged_id_or_list_fails_decoding() {
    // serde_json refuses these tokens.
    let refused: [&[u8]; 6] = [b"1e999", b"-1e999", b"NaN", b"+1", b".5", b"\x0c1"];
    let changes: [&[u8]; 6] = [b"null", b"[[1],{}]", b"{\"a\":{\"b\":[]}}", b"true", b"2.5", b"12345678901234567890"];
    let texts: [&[u8]; 4] = [b"\"\\ud800\"", b"\"x\\udfffy\"", b"\"x\xffy\"", b"\"x\ty\""];
    let mut count = 0;
    for (operation, decode, body, ids) in operations() {
        let json: Value = serde_json::from_str(&body).expect("JSON");
        let mut all = Vec::new();
        pointers(&json, "", &mut all);
        for pointer in &all {
            let left = ids - lost(operation, pointer, ids);
            let is_text = json.pointer(pointer).is_some_and(Value::is_string);
            count += refused.len() + changes.len() + texts.len() + 5;
            for text in refused {
                let drift = check(operation, decode, pointer, with(&json, pointer, text), left);
                let is_reported = drift.iter().any(|drift| drift.starts_with(pointer.as_str()));
                assert!(is_reported || (left == 0 && ids > 0), "{operation} {pointer} {drift:?}");
            }
            for text in changes {
                check(operation, decode, pointer, with(&json, pointer, text), left);
            }
            for text in texts {
                let left = if is_text { ids } else { left };
                check(operation, decode, pointer, with(&json, pointer, text), left);
            }
            check(operation, decode, pointer, dropped(&json, pointer), left);
            if let Some(body) = doubled(&json, pointer) {
                check(operation, decode, pointer, body, ids);
            }
            let null = with(&json, pointer, b"null");
            check(operation, decode, pointer, [b"\xef\xbb\xbf", null.as_slice()].concat(), left);
            let drift = check(operation, decode, pointer, [null.as_slice(), b" and {more"].concat(), left);
            assert!(drift.iter().any(String::is_empty) || (left == 0 && ids > 0), "{operation} {pointer} {drift:?}");
        }
    }
    assert!(count > 1000, "only {count}");
}

#[test]
fn a_value_of_the_wrong_type_is_reported_at_its_pointer() {
    for (operation, decode, body, ids) in operations() {
        let json: Value = serde_json::from_str(&body).expect("JSON");
        let mut all = Vec::new();
        pointers(&json, "", &mut all);
        for pointer in all.iter().filter(|pointer| lost(operation, pointer, ids) == 0) {
            // Only the links may be a boolean, which carries no information.
            if pointer.ends_with("/next") || pointer.ends_with("/previous") {
                continue;
            }
            let drift = check(operation, decode, pointer, with(&json, pointer, b"true"), ids);
            assert_eq!(drift, [pointer.as_str()], "{operation}");
        }
    }
}

#[test]
fn a_value_nested_too_deeply_is_skipped_alone() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (operation, decode, body, ids) in operations() {
        let json: Value = serde_json::from_str(&body).expect("JSON");
        for key in ["error", "new"] {
            let body = body.replacen('{', &format!("{{\"{key}\":{deep},"), 1);
            check(operation, decode, key, body.into_bytes(), ids);
        }
        check(operation, decode, "/api_id", with(&json, "/api_id", deep.as_bytes()), ids);
    }
}

/// With the feature `raw_value`, serde_json would parse the text under this key as JSON again, to any depth.
#[test]
fn a_private_key_of_serde_json_has_no_effect() {
    let mut text = "1".to_owned();
    for _ in 0..12 {
        let inner = format!("{}{text}{}", "[".repeat(120), "]".repeat(120));
        text = serde_json::json!({ "$serde_json::private::RawValue": inner }).to_string();
    }
    for (operation, decode, body, ids) in operations() {
        let body = body.replacen('{', &format!("{{\"new\":{text},"), 1);
        check(operation, decode, "new", body.into_bytes(), ids);
    }
}

#[test]
fn a_body_that_is_not_json_is_shown_in_the_error() {
    for body in ["created", "<html>created</html>", "{\"profile_uuid\":\"p\" oops", "\"p"] {
        let error = now(responding(200, body).0.send(bakery())).expect_err("the id is missing");
        assert!(
            error.is_decode() && error.to_string().contains("the answer is not valid JSON; it begins with"),
            "{error}"
        );
        let deleted = now(responding(200, body).0.profile().delete(UUID)).expect("no field is always there");
        let [drift] = deleted.drift() else { panic!("{:?}", deleted.drift()) };
        assert_eq!((drift.pointer(), deleted.body()), ("", body.as_bytes()));
    }
    // An unreadable list is not an empty list.
    let error = now(responding(200, "<html>").0.profile().list()).expect_err("it is not a list");
    assert_eq!((error.outcome(), error.is_decode()), (Outcome::Executed, true));
}

#[test]
fn an_error_message_is_found_in_a_damaged_body() {
    for body in [
        r#"{"api_id":"a","error":"no such profile","n":1e999}"#,
        "\u{feff}{\"api_id\":\"a\",\"error\":\"no such profile\"} and more",
    ] {
        for status in [200, 400] {
            let error = now(responding(status, body).0.profile().delete(UUID)).expect_err("a refusal");
            assert_eq!((error.outcome(), error.is_rejected()), (Outcome::Rejected, true), "{body}");
            assert_eq!((error.message(), error.api_id()), (Some("no such profile"), Some("a")), "{body}");
        }
    }
    let error = now(responding(200, r#"{"error":"no such profile",oops"#).0.profile().delete(UUID));
    assert_eq!(error.expect_err("a refusal").outcome(), Outcome::Rejected);
}

#[test]
fn the_fatal_drift_is_named_after_a_thousand_others() {
    let body = format!(r#"{{"profile":{{{}"company_name":1}}}}"#, r#""company_name":1,"#.repeat(1000)).leak();
    let error = now(responding(200, body).0.profile().get(UUID)).expect_err("the id is missing");
    assert!(error.to_string().contains("/profile/profile_uuid: expected text, found nothing"), "{error}");
    let page = format!(r#"{{"profiles":[{}0]}}"#, "0,".repeat(9_999)).leak();
    let page = now(responding(200, &*page).0.profile().list()).expect("a page");
    assert_eq!((page.drift().len(), page.more_drift()), (100, 9_900));
}

/// Bytes that mean something in JSON, and some that do not.
const BYTES: &[u8] = b"{}[]\",:\\u0dn1-+.eE tfnaN\x00\x0b\x0c\x1f\x7f\xff\xc3\xe2\x82\t\n/~";

/// An intact body decodes to what serde_json finds in it. A damaged one at least ends.
#[test]
fn any_bytes_are_decoded_without_a_panic() {
    let mut random = fastrand::Rng::with_seed(1);
    let operations = operations();
    for round in 0..20_000 {
        let (operation, decode, body, _) = &operations[round % operations.len()];
        let mut bytes = body.clone().into_bytes();
        for _ in 0..random.usize(1..8) {
            let (at, byte) = (random.usize(..bytes.len()), BYTES[random.usize(..BYTES.len())]);
            match random.u8(..3) {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        let body: &'static [u8] = bytes.leak();
        let Decoded { result, ids } = decode(body);
        match (result, serde_json::from_slice(body)) {
            // An intact body: both decoders agree.
            (result, Ok(json)) if expected(operation, &json).is_some() => {
                assert_eq!(result.map(|_| ids).ok(), expected(operation, &json), "{operation} {json}");
            }
            (Err(error), _) => assert!(matches!(error.outcome(), Outcome::Executed | Outcome::Rejected), "{error:?}"),
            (Ok(_), _) => {}
        }
    }
}

/// The number of ids in a body. `None` if it is a refusal or its only id is missing.
fn expected(operation: &str, json: &Value) -> Option<usize> {
    json.as_object().filter(|answer| !answer.contains_key("error"))?;
    let has_id = |row: &Value| row.get("profile_uuid").is_some_and(Value::is_string);
    match operation {
        "create" => has_id(json).then_some(1),
        "get" | "update" => has_id(json.get("profile")?).then_some(1),
        "list" => Some(json.get("profiles")?.as_array()?.iter().filter(|row| has_id(row)).count()),
        _ => Some(0),
    }
}
