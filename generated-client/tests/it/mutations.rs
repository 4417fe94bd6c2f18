//! Answers of every operation, damaged in every place.

use plivo::profile::{Profile, ProfileCreated, ProfileDeleted};
use plivo::{Error, Outcome, Page, Response};
use serde_json::Value;

use crate::double::{UUID, answering, answering_bytes, bakery, now};

const PROFILE: &str = r#"{"profile_uuid":"p","profile_alias":"one","entity_type":"PRIVATE","ein":"012","address":{"street":"1 Main Street","city":"Springfield"},"authorized_contact":{"first_name":"Ada","seniority":"CEO"},"created_at":"2026-11-23"}"#;

/// What one operation made of a body.
struct Outcomes {
    result: Result<Vec<String>, Error>,
    ids: usize,
}

fn of<T>(result: Result<Response<T>, Error>, count: impl Fn(&T) -> usize) -> Outcomes {
    let ids = result.as_ref().map_or(0, |response| count(response));
    let result = result.map(|response| response.drift().iter().map(|drift| drift.pointer().to_owned()).collect());
    Outcomes { result, ids }
}

type Play = fn(&'static [u8]) -> Outcomes;

fn create(body: &'static [u8]) -> Outcomes {
    of(now(answering_bytes(202, body).0.send(bakery())), |_: &ProfileCreated| 1)
}

fn get(body: &'static [u8]) -> Outcomes {
    of(now(answering_bytes(200, body).0.profile().get(UUID)), |_: &Profile| 1)
}

fn list(body: &'static [u8]) -> Outcomes {
    of(now(answering_bytes(200, body).0.profile().list()), |page: &Page<Profile>| page.items.len())
}

fn update(body: &'static [u8]) -> Outcomes {
    of(now(answering_bytes(200, body).0.profile().update(UUID).website("a")), |_: &Profile| 1)
}

fn delete(body: &'static [u8]) -> Outcomes {
    of(now(answering_bytes(200, body).0.profile().delete(UUID)), |_: &ProfileDeleted| 0)
}

/// The operations with what they answer, and how many ids there are to be read.
fn operations() -> [(&'static str, Play, String, usize); 5] {
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

/// The pointers of all values inside.
fn places(json: &Value, at: &str, all: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match json {
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (key, value) in inner {
        let at = format!("{at}/{key}");
        all.push(at.clone());
        places(value, &at, all);
    }
}

/// The text of the JSON in which this text stands at the place, as it is.
fn with(json: &Value, place: &str, text: &[u8]) -> Vec<u8> {
    const MARK: &str = "\"<here>\"";
    let mut json = json.clone();
    *json.pointer_mut(place).expect("the place is there") = Value::from("<here>");
    let body = json.to_string();
    let at = body.find(MARK).expect("it was put there");
    [&body.as_bytes()[..at], text, &body.as_bytes()[at + MARK.len()..]].concat()
}

fn dropped(json: &Value, place: &str) -> Vec<u8> {
    let mut json = json.clone();
    let (parent, key) = place.rsplit_once('/').expect("a pointer");
    match json.pointer_mut(parent).expect("the place is there") {
        Value::Object(entries) => drop(entries.remove(key)),
        Value::Array(items) => drop(items.remove(key.parse().expect("a position"))),
        _ => {}
    }
    json.to_string().into_bytes()
}

fn doubled(json: &Value, place: &str) -> Option<Vec<u8>> {
    let key = place.rsplit('/').next().filter(|key| key.parse::<usize>().is_err())?;
    let value = json.pointer(place)?.to_string();
    Some(with(json, place, format!("7,\"{key}\":{value}").as_bytes()))
}

/// How many ids are lost when the value at the place is: none, one or all.
fn lost(operation: &str, place: &str, ids: usize) -> usize {
    let steps: Vec<_> = place.split('/').skip(1).collect();
    match (operation, steps.as_slice()) {
        (_, [.., "profile_uuid"]) | ("list", ["profiles", _]) => 1,
        (_, ["profile" | "profiles"]) => ids,
        _ => 0,
    }
}

fn check(operation: &str, play: Play, place: &str, body: Vec<u8>, ids: usize) -> Vec<String> {
    let shown = format!("{operation} {place} {}", String::from_utf8_lossy(&body));
    let Outcomes { result, ids: read } = play(body.leak());
    match result {
        Ok(drift) => {
            assert_eq!(read, ids, "{shown}");
            drift
        }
        Err(error) => {
            assert!(ids == 0 && operation != "delete" && operation != "list", "{error}: {shown}");
            assert_eq!((error.outcome(), error.is_decode()), (Outcome::Executed, true), "{shown}");
            Vec::new()
        }
    }
}

#[test]
fn only_a_lost_id_loses_an_answer() {
    // Of these nothing can be read, whatever was expected.
    let refused: [&[u8]; 6] = [b"1e999", b"-1e999", b"NaN", b"+1", b".5", b"\x0c1"];
    let changes: [&[u8]; 6] = [b"null", b"[[1],{}]", b"{\"a\":{\"b\":[]}}", b"true", b"2.5", b"12345678901234567890"];
    let texts: [&[u8]; 4] = [b"\"\\ud800\"", b"\"x\\udfffy\"", b"\"x\xffy\"", b"\"x\ty\""];
    let mut count = 0;
    for (operation, play, body, ids) in operations() {
        let json: Value = serde_json::from_str(&body).expect("JSON");
        let mut all = Vec::new();
        places(&json, "", &mut all);
        for place in &all {
            let left = ids - lost(operation, place, ids);
            let is_text = json.pointer(place).is_some_and(Value::is_string);
            count += refused.len() + changes.len() + texts.len() + 5;
            for text in refused {
                let drift = check(operation, play, place, with(&json, place, text), left);
                let is_noted = drift.iter().any(|pointer| pointer.starts_with(place.as_str()));
                assert!(is_noted || (left == 0 && ids > 0), "{operation} {place} {drift:?}");
            }
            for text in changes {
                check(operation, play, place, with(&json, place, text), left);
            }
            for text in texts {
                let left = if is_text { ids } else { left };
                check(operation, play, place, with(&json, place, text), left);
            }
            check(operation, play, place, dropped(&json, place), left);
            if let Some(body) = doubled(&json, place) {
                check(operation, play, place, body, ids);
            }
            let null = with(&json, place, b"null");
            check(operation, play, place, [b"\xef\xbb\xbf", null.as_slice()].concat(), left);
            let drift = check(operation, play, place, [null.as_slice(), b" and {more"].concat(), left);
            assert!(drift.iter().any(String::is_empty) || (left == 0 && ids > 0), "{operation} {place} {drift:?}");
        }
    }
    assert!(count > 1000, "only {count}");
}

#[test]
fn a_value_of_another_kind_is_noted_where_it_stands() {
    for (operation, play, body, ids) in operations() {
        let json: Value = serde_json::from_str(&body).expect("JSON");
        let mut all = Vec::new();
        places(&json, "", &mut all);
        for place in all.iter().filter(|place| lost(operation, place, ids) == 0) {
            // No place of these answers holds a truth value, but for the links, where it says nothing.
            if place.ends_with("/next") || place.ends_with("/previous") {
                continue;
            }
            let drift = check(operation, play, place, with(&json, place, b"true"), ids);
            assert_eq!(drift, [place.as_str()], "{operation}");
        }
    }
}

#[test]
fn what_nests_too_deep_costs_only_itself() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (operation, play, body, ids) in operations() {
        let json: Value = serde_json::from_str(&body).expect("JSON");
        for place in ["error", "new"] {
            let body = body.replacen('{', &format!("{{\"{place}\":{deep},"), 1);
            check(operation, play, place, body.into_bytes(), ids);
        }
        check(operation, play, "/api_id", with(&json, "/api_id", deep.as_bytes()), ids);
    }
}

#[test]
fn what_is_no_json_names_itself() {
    for body in ["created", "<html>created</html>", "{\"profile_uuid\":\"p\" oops", "\"p"] {
        let error = now(answering(200, body).0.send(bakery())).expect_err("its id is lost");
        assert!(
            error.is_decode() && error.to_string().contains("the answer is not valid JSON; it begins with"),
            "{error}"
        );
        let deleted = now(answering(200, body).0.profile().delete(UUID)).expect("it owes nothing");
        let [drift] = deleted.drift() else { panic!("{:?}", deleted.drift()) };
        assert_eq!((drift.pointer(), deleted.body()), ("", body.as_bytes()));
    }
    // A list that cannot be read is not an empty list.
    let error = now(answering(200, "<html>").0.profile().list()).expect_err("it is no list");
    assert_eq!((error.outcome(), error.is_decode()), (Outcome::Executed, true));
}

#[test]
fn an_error_is_heard_in_a_damaged_answer() {
    for body in [
        r#"{"api_id":"a","error":"no such profile","n":1e999}"#,
        "\u{feff}{\"api_id\":\"a\",\"error\":\"no such profile\"} and more",
    ] {
        for status in [200, 400] {
            let error = now(answering(status, body).0.profile().delete(UUID)).expect_err("it was refused");
            assert_eq!((error.outcome(), error.is_rejected()), (Outcome::Rejected, true), "{body}");
            assert_eq!((error.message(), error.api_id()), (Some("no such profile"), Some("a")), "{body}");
        }
    }
    let error = now(answering(200, r#"{"error":"no such profile",oops"#).0.profile().delete(UUID));
    assert_eq!(error.expect_err("it was refused").outcome(), Outcome::Rejected);
}

#[test]
fn the_cause_is_named_after_a_thousand_others() {
    let body = format!(r#"{{"profile":{{{}"ein":1}}}}"#, r#""ein":1,"#.repeat(1000)).leak();
    let error = now(answering(200, body).0.profile().get(UUID)).expect_err("the id is missing");
    assert!(error.to_string().contains("/profile/profile_uuid: expected text, found nothing"), "{error}");
    let page = format!(r#"{{"profiles":[{}0]}}"#, "0,".repeat(9_999)).leak();
    let page = now(answering(200, &*page).0.profile().list()).expect("a page");
    assert_eq!((page.drift().len(), page.more_drift()), (100, 9_900));
}

/// Letters that mean something to JSON, and some that mean nothing to it.
const LETTERS: &[u8] = b"{}[]\",:\\u0dn1-+.eE tfnaN\x00\x0b\x0c\x1f\x7f\xff\xc3\xe2\x82\t\n/~";

/// Whatever bytes come, reading them ends; and what is made of them does not depend on luck.
#[test]
fn any_bytes_are_read_to_an_end() {
    let mut random = fastrand::Rng::with_seed(1);
    let operations = operations();
    for round in 0..20_000 {
        let (operation, play, body, _) = &operations[round % operations.len()];
        let mut bytes = body.clone().into_bytes();
        for _ in 0..random.usize(1..8) {
            let (at, letter) = (random.usize(..bytes.len()), LETTERS[random.usize(..LETTERS.len())]);
            match random.u8(..3) {
                0 => bytes[at] = letter,
                1 => bytes.insert(at, letter),
                _ => drop(bytes.remove(at)),
            }
        }
        let body: &'static [u8] = bytes.leak();
        let Outcomes { result, ids } = play(body);
        match (result, serde_json::from_slice(body)) {
            // Where all is well, everything is read that another reader finds.
            (result, Ok(json)) if expected(operation, &json).is_some() => {
                assert_eq!(result.map(|_| ids).ok(), expected(operation, &json), "{operation} {json}");
            }
            (Err(error), _) => assert!(matches!(error.outcome(), Outcome::Executed | Outcome::Rejected), "{error:?}"),
            (Ok(_), _) => {}
        }
    }
}

/// How many ids an answer has, unless it refuses or has none.
fn expected(operation: &str, json: &Value) -> Option<usize> {
    json.as_object().filter(|answer| !answer.contains_key("error"))?;
    let is_one = |row: &Value| row.get("profile_uuid").is_some_and(Value::is_string);
    match operation {
        "create" => is_one(json).then_some(1),
        "get" | "update" => is_one(json.get("profile")?).then_some(1),
        "list" => Some(json.get("profiles")?.as_array()?.iter().filter(|row| is_one(row)).count()),
        _ => Some(0),
    }
}
