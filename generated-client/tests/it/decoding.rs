//! Decoding of response bodies.

use plivo::profile::{EntityType, Profile};
use plivo::{Error, Outcome, Page, Response};

use crate::fake_transport::{UUID, now, responding};

fn get(body: &'static str) -> Result<Response<Profile>, Error> {
    now(responding(200, body).0.profile().get(UUID))
}

fn list(body: &'static str) -> Response<Page<Profile>> {
    now(responding(200, body).0.profile().list()).expect("a page")
}

fn drift<T>(response: &Response<T>) -> Vec<String> {
    response.drift().iter().map(ToString::to_string).collect()
}

#[test]
fn an_answer_is_unwrapped_from_its_key() {
    let one = get(
        r#"{"api_id":"a","profile":{"profile_uuid":"p","entity_type":"PRIVATE","ein":"012","address":{"city":"Springfield"},
        "authorized_contact":{"name":"Ada Example","seniority":"CFO"},"created_at":"2026-11-23 12:00:00","new":[{"deep":{}}]},"more":1}"#,
    )
    .expect("an answer");
    assert_eq!((one.api_id(), one.profile_uuid.as_str(), one.ein.as_deref()), (Some("a"), "p", Some("012")));
    assert_eq!(one.entity_type, Some(EntityType::Private));
    assert_eq!(one.address.as_ref().and_then(|address| address.city.as_deref()), Some("Springfield"));
    assert_eq!(one.authorized_contact.as_ref().and_then(|contact| contact.name.as_deref()), Some("Ada Example"));
    assert_eq!(one.created_at.as_ref().map(|at| at.as_str()), Some("2026-11-23 12:00:00"));
    assert!(one.drift().is_empty() && one.body().starts_with(b"{\"api_id\""));
}

#[test]
fn values_of_the_wrong_type_are_absent_and_reported() {
    let one = get(
        r#"{"profile":{"company_name":7,"ein":["1"],"website":{"a":1},"vertical":true,"stock_symbol":1.5,
        "address":{"city":{"name":"x"},"country":"US"},"authorized_contact":[1,[2]],"profile_uuid":"p","plivo_subaccount":null}}"#,
    )
    .expect("drift is not fatal");
    assert_eq!(
        drift(&one),
        [
            "/profile/company_name: expected text, found a whole number",
            "/profile/ein: expected text, found a list",
            "/profile/website: expected text, found an object",
            "/profile/vertical: expected text, found true or false",
            "/profile/stock_symbol: expected text, found a number",
            "/profile/address/city: expected text, found an object",
            "/profile/authorized_contact: expected an object, found a list",
        ]
    );
    assert_eq!((&one.company_name, &one.authorized_contact), (&None, &None));
    assert_eq!(one.address.as_ref().and_then(|address| address.country.as_deref()), Some("US"));
}

#[test]
fn a_documented_second_type_is_not_drift() {
    let one = get(r#"{"profile":{"profile_uuid":"p","address":"1 Main Street, Springfield"}}"#).expect("an answer");
    assert!(one.address.is_none() && one.drift().is_empty());
}

#[test]
fn listed_values_match_in_any_letter_case_and_unlisted_ones_are_kept() {
    let one =
        get(r#"{"profile":{"profile_uuid":"p","entity_type":"public","vertical":"Bananas"}}"#).expect("an answer");
    assert_eq!(one.entity_type, Some(EntityType::Public));
    let vertical = one.vertical.as_ref().expect("an unlisted value");
    assert_eq!((vertical.as_str(), vertical.is_listed()), ("Bananas", false));
    assert!(one.drift().is_empty());
}

#[test]
fn the_last_of_duplicate_keys_wins() {
    let one = get(r#"{"profile":{"profile_uuid":"p","ein":"1","ein":"2","website":"a","website":null,"address":{"city":"a","state":"b"},"address":{"city":"c"}}}"#)
        .expect("an answer");
    let address = one.address.as_ref().expect("an address");
    assert_eq!((one.ein.as_deref(), one.website.as_deref()), (Some("2"), None));
    assert_eq!((address.city.as_deref(), address.state.as_deref()), (Some("c"), None));
}

#[test]
fn the_last_of_two_objects_with_one_key_counts_as_a_whole() {
    let one = get(r#"{"profile":{"profile_uuid":"a","ein":"1"},"profile":{"profile_uuid":"b"}}"#).expect("an answer");
    assert_eq!((one.profile_uuid.as_str(), one.ein.as_deref()), ("b", None));
    let error = get(r#"{"profile":{"profile_uuid":"a"},"profile":{"ein":"1"}}"#).expect_err("the last has no id");
    assert!(error.to_string().contains("/profile/profile_uuid: expected text, found nothing"), "{error}");
    for (last, expected) in [(r#"{"limit":5}"#, (Some(5), None)), ("null", (None, None)), ("7", (None, None))] {
        let body = format!(r#"{{"meta":{{"limit":1,"total_count":9,"next":"/x"}},"profiles":[],"meta":{last}}}"#);
        let meta = list(body.leak()).meta.clone();
        assert_eq!(((meta.limit, meta.total_count), meta.next), (expected, None), "{last}");
    }
}

#[test]
fn the_last_of_two_parts_of_the_metadata_with_one_key_counts() {
    for body in [
        r#"{"profiles":[],"limit":1,"limit":null,"next":"/x","next":null,"total_count":3,"total_count":null}"#,
        r#"{"profiles":[],"meta":{"limit":1,"limit":"x","next":"/x","next":false,"total_count":3,"total_count":[]}}"#,
    ] {
        let meta = list(body).meta.clone();
        assert_eq!((meta.limit, meta.next, meta.total_count), (None, None, None), "{body}");
    }
    // Two keys of different names, or in different places, do not compete.
    let meta = list(r#"{"meta":{"limit":1,"count":2,"total_count":null},"profiles":[],"limit":null}"#).meta.clone();
    assert_eq!((meta.limit, meta.total_count), (Some(1), Some(2)));
}

#[test]
fn escaped_keys_and_strings_are_decoded() {
    let one = get(r#"{"profile":{"profile\u005fuuid":"p\u00fc\n","ein":"\"1\""}}"#).expect("an answer");
    assert_eq!((one.profile_uuid.as_str(), one.ein.as_deref()), ("p\u{fc}\n", Some("\"1\"")));
}

#[test]
fn a_missing_always_there_field_fails_decoding() {
    for (body, drift) in [
        (r#"{"api_id":"a","profile":{"ein":"1"}}"#, "/profile/profile_uuid: expected text, found nothing"),
        (
            r#"{"api_id":"a","profile":{"profile_uuid":5,"company_name":6}}"#,
            "/profile/profile_uuid: expected text, found a whole number",
        ),
        (r#"{"api_id":"a","profile":{"profile_uuid":null}}"#, "/profile/profile_uuid: expected text, found nothing"),
        (r#"{"api_id":"a","profile":null}"#, "/profile: expected an object, found null"),
        (r#"{"api_id":"a","profile":"x"}"#, "/profile: expected an object, found text"),
        (r#"{"api_id":"a"}"#, "/profile: expected an object, found nothing"),
    ] {
        let error = get(body).expect_err(body);
        assert!(error.is_decode() && error.outcome() == Outcome::Executed, "{body}");
        assert_eq!(
            error.to_string(),
            format!(
                "GET /v1/Account/{{account}}/Profile/{{profile_uuid}}/: executed, but the answer is incomplete: {drift} (api_id a)"
            )
        );
        assert_eq!((error.body(), error.status()), (body.as_bytes(), Some(200)));
    }
}

#[test]
fn an_answer_without_always_there_fields_accepts_any_json() {
    for body in ["", " \n", "{}", "[]", "null", "1", "\"ok\"", r#"{"message":5}"#] {
        let deleted = now(responding(200, body).0.profile().delete(UUID)).expect(body);
        assert_eq!(deleted.message, None, "{body}");
    }
    let deleted = now(responding(204, "").0.profile().delete(UUID)).expect("an answer");
    assert!(deleted.drift().is_empty());
}

fn update(status: u16, body: &'static str) -> Result<Response<Profile>, Error> {
    now(responding(status, body).0.profile().update(UUID).website("a"))
}

/// A page of the documentation shows it without the key `profile`.
#[test]
fn an_answer_may_lack_the_key_around_it_if_a_source_says_so() {
    for body in [
        r#"{"api_id":"a","message":"changed","profile_uuid":"u"}"#,
        r#"{"api_id":"a","profile":null,"profile_uuid":"u"}"#,
        r#"{"api_id":"a","profile_uuid":"u"} and more"#,
    ] {
        let updated = update(200, body).expect(body);
        assert_eq!((updated.profile_uuid.as_str(), updated.api_id()), ("u", Some("a")), "{body}");
    }
    let updated = update(200, r#"{"profile_uuid":"u","ein":"1","profile":{"profile_uuid":"p"}}"#).expect("an answer");
    assert_eq!((updated.profile_uuid.as_str(), updated.ein.as_deref()), ("p", None));
    let error = update(200, r#"{"api_id":"a","message":"changed"}"#).expect_err("the id is missing");
    assert!(error.to_string().contains("/profile: expected an object, found nothing"), "{error}");
    // No source says so of reading.
    get(r#"{"api_id":"a","profile_uuid":"u"}"#).expect_err("the key is missing");
}

#[test]
fn pages_have_items_and_meta() {
    let page = list(
        r#"{"api_id":"a","meta":{"limit":20,"offset":0,"next":"/v1/x","previous":null,"total_count":2},
        "profiles":[{"profile_uuid":"p","ein":"1"},{"profile_uuid":"q"}]}"#,
    );
    let ids: Vec<_> = (&page).into_iter().map(|profile| profile.profile_uuid.as_str()).collect();
    assert_eq!(ids, ["p", "q"]);
    assert_eq!((page.meta.limit, page.meta.offset, page.meta.total_count), (Some(20), Some(0), Some(2)));
    assert_eq!(
        (page.meta.next.as_deref(), page.meta.previous.as_deref(), page.api_id()),
        (Some("/v1/x"), None, Some("a"))
    );
    assert_eq!(page.into_iter().count(), 2);
}

#[test]
fn page_meta_can_be_flat_or_missing_or_malformed() {
    let page = list(r#"{"count":3,"limit":20,"offset":5,"profiles":[]}"#);
    assert_eq!((page.meta.total_count, page.meta.limit, page.meta.offset), (Some(3), Some(20), Some(5)));
    let page = list(r#"{"profiles":[{"profile_uuid":"p"}]}"#);
    assert_eq!((page.items.len(), page.meta.limit), (1, None));
    let page = list(r#"{"meta":{"next":true,"previous":false,"limit":"20"},"profiles":[]}"#);
    assert_eq!(drift(&page), ["/meta/limit: expected a whole number, found text"]);
    let page = list(r#"{"meta":{"next":["/v1/x"]},"profiles":[]}"#);
    assert_eq!((drift(&page), page.meta.next.as_ref()), (vec!["/meta/next: expected text, found a list".into()], None));
}

/// The client must not claim that a list is empty if the answer has none.
#[test]
fn a_list_that_is_missing_is_an_error() {
    for (status, body, problem) in [
        (200, "", "/profiles: expected a list, found nothing"),
        (204, "", "/profiles: expected a list, found nothing"),
        (200, r#"{"api_id":"x"}"#, "/profiles: expected a list, found nothing"),
        (200, r#"{"meta":null}"#, "/profiles: expected a list, found nothing"),
        (200, r#"{"objects":[]}"#, "/profiles: expected a list, found nothing"),
        (200, r#"{"profiles":{"a":1}}"#, "/profiles: expected a list, found an object"),
        (200, r#"{"profiles":"none"}"#, "/profiles: expected a list, found text"),
        (200, r#"[{"profile_uuid":"p"}]"#, "the answer: expected an object, found a list"),
        (200, "null", "/profiles: expected a list, found null"),
        (200, "5", "the answer: expected an object, found a whole number"),
    ] {
        let error = now(responding(status, body).0.profile().list()).expect_err(body);
        assert_eq!((error.outcome(), error.is_decode()), (Outcome::Executed, true), "{body}");
        assert!(error.to_string().contains(&format!("the answer is incomplete: {problem}")), "{error}");
    }
}

#[test]
fn null_is_an_empty_list_only_if_the_list_has_no_items() {
    let client = |body| responding(200, body).0.profile();
    for body in [
        r#"{"profiles":null,"meta":{"total_count":0}}"#,
        r#"{"count":0,"profiles":null}"#,
        r#"{"meta":{"next":null,"count":0},"profiles":null}"#,
        r#"{"profiles":null,"meta":{"next":"","total_count":0}}"#,
    ] {
        let page = list(body);
        assert!(page.items.is_empty() && page.drift().is_empty(), "{body}");
        now(client(body).list().offset(0)).expect("the first page");
        let error = now(client(body).list().offset(20)).expect_err("a later page");
        assert_eq!(error.outcome(), Outcome::Executed);
        now(client(body).list().send().with_extra("cursor", "x")).expect_err("a later page");
    }
    for body in [
        r#"{"profiles":null}"#,
        r#"{"profiles":null,"meta":{"next":null}}"#,
        r#"{"profiles":null,"meta":{"total_count":1}}"#,
        r#"{"profiles":null,"meta":{"total_count":0,"next":"/v1/?offset=20"}}"#,
        r#"{"profiles":null,"meta":{"total_count":0,"next":true}}"#,
    ] {
        let error = now(client(body).list()).expect_err(body);
        assert!(error.to_string().contains("/profiles: expected a list, found null"), "{error}");
    }
}

#[test]
fn a_row_without_its_id_is_skipped_and_reported() {
    let page = list(
        r#"{"profiles":[{"profile_uuid":"p"},{"ein":"1"},null,5,{"profile_uuid":"q","company_name":2,"address":{"city":3}}]}"#,
    );
    let ids: Vec<_> = page.items.iter().map(|profile| profile.profile_uuid.as_str()).collect();
    assert_eq!(ids, ["p", "q"]);
    assert_eq!(
        drift(&page),
        [
            "/profiles/1/profile_uuid: expected text, found nothing",
            "/profiles/2: expected an object, found null",
            "/profiles/3: expected an object, found a whole number",
            "/profiles/4/company_name: expected text, found a whole number",
            "/profiles/4/address/city: expected text, found a whole number",
        ]
    );
}

#[test]
fn an_error_body_with_a_success_status_is_an_error() {
    let error = get(r#"{"api_id":"a","error":"no such profile"}"#).expect_err("an error");
    assert_eq!(error.outcome(), Outcome::Rejected);
    assert_eq!((error.message(), error.api_id(), error.status()), (Some("no such profile"), Some("a"), Some(200)));
    assert_eq!(
        error.to_string(),
        "GET /v1/Account/{account}/Profile/{profile_uuid}/: refused with 200 OK: no such profile (api_id a)"
    );
    for body in [
        r#"{"error":"","profile":{"profile_uuid":"p"}}"#,
        r#"{"error":null,"profile":{"profile_uuid":"p"}}"#,
        r#"{"error":{},"profile":{"profile_uuid":"p"}}"#,
    ] {
        get(body).expect("an empty error key is not an error");
    }
}

#[test]
fn a_missing_field_is_named_before_other_drift() {
    let error = get(r#"{"profile":{},"api_id":5}"#).expect_err("the id is missing");
    assert!(error.to_string().contains("/profile/profile_uuid: expected text, found nothing"), "{error}");
    assert_eq!(error.outcome(), Outcome::Executed);
}

#[test]
fn malformed_meta_does_not_discard_valid_meta() {
    for body in [
        r#"{"profiles":[],"meta":{"total_count":5,"count":null,"limit":20}}"#,
        r#"{"profiles":[],"meta":{"count":5,"total_count":"x","limit":20}}"#,
        r#"{"limit":20,"count":5,"profiles":[],"meta":null}"#,
        r#"{"limit":20,"count":5,"profiles":[],"meta":"none"}"#,
    ] {
        let meta = list(body).meta.clone();
        assert_eq!((meta.total_count, meta.limit), (Some(5), Some(20)), "{body}");
    }
}

#[test]
fn an_answer_without_always_there_fields_accepts_a_body_that_is_not_json() {
    for body in ["deleted", "<html>ok</html>", "", "null", "[1"] {
        let deleted = now(responding(200, body).0.profile().delete(UUID)).expect(body);
        assert_eq!(deleted.message, None);
    }
    let created = now(responding(200, "created").0.send(crate::fake_transport::bakery()));
    assert!(created.expect_err("the id is missing").is_decode());
}

/// Response bodies with every kind of value.
const BODIES: [&str; 2] = [
    r#"{"api_id":"a","profile":{"profile_uuid":"p","profile_alias":"one","entity_type":"PRIVATE","ein":"012",
        "address":{"street":"1 Main Street","city":"Springfield","country":"US"},"authorized_contact":{"first_name":"Ada",
        "email":"ada@example.com","seniority":"admin"},"website":"example.com","created_at":"2026-11-23T10:00:00Z"}}"#,
    r#"{"api_id":"a","profile":{"authorized_contact":{"name":" "},"profile_uuid":"p","entity_type":"PUBLIC_PROFIT",
        "address":"1 Main Street Springfield","vertical":"ENERGY","stock_symbol":"ABC"}}"#,
];

/// The keys of a JSON text, each with the range of its value.
fn values(body: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut values = Vec::new();
    for (colon, _) in body.match_indices("\":") {
        let key = body[..colon].rsplit('"').next().expect("a key").to_owned();
        let start = colon + 2;
        let mut stream = serde_json::Deserializer::from_str(&body[start..]).into_iter::<serde_json::Value>();
        stream.next().expect("a value").expect("JSON");
        values.push((key, start..start + stream.byte_offset()));
    }
    values
}

#[test]
fn any_value_in_any_field_but_the_id_is_tolerated() {
    let odd = [
        "null",
        "7",
        "-1.5",
        "true",
        "\"text\"",
        "\"\"",
        "[]",
        "{}",
        "[[1],{}]",
        "{\"a\":{\"b\":[]}}",
        "1e999",
        "-1e999",
        "NaN",
        "\"\\ud800\"",
        "\"\\ud83d\\ude00\"",
        "123456789012345678901234567890",
        "\"\\u0000\"",
    ];
    let mut decoded = 0;
    for body in BODIES {
        for (key, range) in values(body).into_iter().filter(|(key, _)| key != "profile" && key != "profile_uuid") {
            for value in odd {
                let changed = format!("{}{value}{}", &body[..range.start], &body[range.end..]);
                let doubled = format!("{}{value},\"{key}\":{}", &body[..range.start], &body[range.start..]);
                for body in [changed.clone(), doubled, format!("\u{feff}{changed}"), format!("{changed} and more")] {
                    let one = get(body.clone().leak()).unwrap_or_else(|error| panic!("{error}\n{body}"));
                    assert_eq!(one.profile_uuid, "p", "{body}");
                    decoded += 1;
                }
            }
        }
    }
    assert!(decoded > 1000, "only {decoded}");
}

#[test]
fn at_most_a_hundred_differences_are_reported() {
    let body = format!(r#"{{"profiles":[{}0]}}"#, "0,".repeat(10_000)).leak();
    assert_eq!(list(body).drift().len(), 100);
}
