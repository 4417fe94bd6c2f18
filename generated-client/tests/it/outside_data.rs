//! Requests that come as data: from web forms, and with mistakes.

use plivo::profile::{CreateProfile, ListProfiles, Profile};
use plivo::{Confirmation, File, Report, read_request};
use serde::Deserialize;
use serde::de::value::{Error, MapDeserializer};
use serde_json::{Value, json};

use crate::fake_transport::bakery;

/// Reads the query of a web form: all values are texts.
fn query<'de, T: Deserialize<'de>>(query: &'de str) -> Result<T, String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    T::deserialize(MapDeserializer::<_, Error>::new(pairs)).map_err(|error| error.to_string())
}

#[test]
fn numbers_are_read_from_the_texts_of_a_web_form() {
    let list: ListProfiles = query("limit=2&offset=40").expect("a request");
    assert_eq!((list.limit, list.offset), (Some(2), Some(40)));
    for (wrong, problem) in [
        ("limit=two", "limit: expected a whole number, found text"),
        ("limit=2.5", "limit: expected a whole number, found text"),
        ("limit=", "limit: expected a whole number, found text"),
        ("limit= 2", "limit: expected a whole number, found text"),
        ("limit=99999999999999999999", "limit: expected a whole number, found text"),
        ("limit=1&limit=2", "limit is given twice"),
    ] {
        assert_eq!(query::<ListProfiles>(wrong), Err(problem.to_owned()));
    }
    // Answers are read as before: a text is not a number there.
    let page: plivo::PageMeta = serde_json::from_value(json!({ "limit": "2" })).expect("an answer");
    assert_eq!(page.limit, None);
}

#[test]
fn a_key_that_a_web_form_repeats_is_reported_beside_the_other_mistakes() {
    let pairs = ["limit=1", "offset=no", "limit=2"].into_iter().filter_map(|pair| pair.split_once('='));
    let data = MapDeserializer::<_, Error>::new(pairs);
    let report = read_request::<ListProfiles, _>(data).expect_err("two mistakes");
    assert_eq!(
        lines(&report),
        ["/offset type: offset: expected a whole number, found text", "/limit duplicate: limit is given twice",]
    );
}

fn report(data: Value) -> Report {
    read_request::<CreateProfile, _>(data).expect_err("a mistake")
}

fn lines(report: &Report) -> Vec<String> {
    report.errors().iter().map(|error| format!("{} {}: {}", error.pointer(), error.rule(), error.message())).collect()
}

#[test]
fn all_mistakes_of_a_request_are_reported_at_once_beside_its_violations() {
    let mut data = serde_json::to_value(bakery()).expect("JSON");
    data["company_name"] = json!(7);
    data["address"]["street"] = json!(["1 Main Street"]);
    data["address"]["zip"] = json!("62701");
    data["website"] = json!({});
    data.as_object_mut().expect("an object").remove("profile_alias");
    data["authorized_contact"]["email"] = json!("nobody");
    let report = report(data);
    assert_eq!(
        lines(&report)[..4],
        [
            "/address/street type: street: expected text, found a list",
            "/address/zip unknown: zip is not a field of Address; known fields: street, city, state, postal_code, country",
            "/company_name type: company_name: expected text, found a whole number",
            "/website type: website: expected text, found an object",
        ]
    );
    let rest: Vec<_> = report.errors()[4..].iter().map(|error| (error.pointer(), error.rule())).collect();
    assert_eq!(rest, [("/profile_alias", "required"), ("/authorized_contact/email", "format")]);
    assert_eq!(report.errors()[0].source(), "the types of the request");
}

#[test]
fn a_field_with_a_misspelt_key_is_not_missing_as_well() {
    let mut data = serde_json::to_value(bakery()).expect("JSON");
    let mut rename = |within: &str, name: &str, misspelt: &str| {
        let object = data.pointer_mut(within).and_then(Value::as_object_mut).expect("an object");
        let value = object.remove(name).expect("a value");
        object.insert(misspelt.to_owned(), value);
    };
    rename("/address", "postal_code", "postal-code");
    rename("/authorized_contact", "email", "emial");
    rename("", "company_name", "compny_name");
    rename("", "address", "adress");
    // This key is given as well, and its value counts.
    data["websit"] = json!("https://www.example.com");
    data["vertcal"] = json!("RETAIL");
    data["vertical"] = json!("RETIAL");
    let report = report(data);
    let found: Vec<_> = report.errors().iter().map(|error| (error.pointer(), error.rule())).collect();
    let unknown = ["/adress", "/authorized_contact/emial", "/compny_name", "/vertcal", "/websit"];
    let mut expected: Vec<_> = unknown.map(|pointer| (pointer, "unknown")).to_vec();
    expected.push(("/vertical", "values"));
    assert_eq!(found, expected, "{report}");
    // No key is similar to this one.
    let report = read_request::<CreateProfile, _>(json!({ "adress": {} })).expect_err("most is missing");
    let required: Vec<_> = report.errors()[1..].iter().map(|error| error.pointer()).collect();
    assert!(required.contains(&"/company_name") && !required.contains(&"/address"), "{report}");
}

#[test]
fn a_request_without_mistakes_is_returned() {
    let data = serde_json::to_value(bakery()).expect("JSON");
    assert_eq!(read_request::<CreateProfile, _>(data).expect("a request"), bakery());
    let empty = read_request::<CreateProfile, _>(json!({})).expect("a request in which nothing is set");
    assert!(!empty.validate().is_ok());
}

#[test]
fn data_that_is_no_request_has_one_error() {
    for (data, line) in [
        (json!(null), " type: expected an object, found null"),
        (json!([1]), " type: this: expected an object, found a list"),
    ] {
        assert_eq!(lines(&report(data)), [line]);
    }
    let report = read_request::<CreateProfile, _>(&mut serde_json::Deserializer::from_str("{\"ein\": nope}"));
    assert_eq!(lines(&report.expect_err("no JSON")), [" syntax: expected ident at line 1 column 10"]);
}

#[test]
fn one_error_of_serde_names_all_mistakes() {
    let error = serde_json::from_str::<CreateProfile>(r#"{"website":7,"address":{"city":1},"company_name":[]}"#);
    assert_eq!(
        error.expect_err("three mistakes").to_string(),
        "website: expected text, found a whole number; /address/city: city: expected text, found a whole number; \
         company_name: expected text, found a list"
    );
}

#[test]
fn errors_are_short_whatever_the_size_of_the_data() {
    const LONGEST: usize = 2000;
    let long = "k".repeat(1 << 20);
    let shown = |text: String| {
        assert!(!text.is_empty() && text.len() < LONGEST, "{} bytes: {}", text.len(), &text[..LONGEST.min(text.len())]);
    };
    for data in [
        json!({ &long: 1 }),
        json!({ "address": { &long: 1 } }),
        json!(&long),
        json!({ "address": &long }),
        json!({ "authorized_contact": [&long] }),
    ] {
        shown(serde_json::from_value::<CreateProfile>(data.clone()).expect_err("a mistake").to_string());
        let report = report(data);
        shown(format!("{}", report.errors()[0]));
        shown(report.errors()[0].pointer().to_owned() + "/");
    }
    for data in [json!(&long), json!({ &long: 1, "name": "a", "base64": "" }), json!({ "name": [&long] })] {
        shown(serde_json::from_value::<File>(data).expect_err("no file").to_string());
    }
    shown(serde_json::from_value::<Confirmation>(json!(&long)).expect_err("no object").to_string());
    shown(serde_json::from_value::<Profile>(json!(&long)).expect_err("no object").to_string());
    shown(serde_json::from_value::<plivo::profile::Vertical>(json!([&long])).expect_err("no text").to_string());
    let keys: serde_json::Map<_, _> = (0..10_000).map(|key| (format!("key_{key}"), json!(1))).collect();
    let report = report(keys.into());
    assert_eq!(report.errors().iter().filter(|error| error.rule() == "unknown").count(), 100);
    assert!(report.errors().iter().any(|error| error.message() == "9900 more mistakes"), "{report}");
}

/// A key of the data may have any letters, also in a log.
#[test]
fn a_key_cannot_forge_a_line_of_a_report() {
    let key = "x\nerror\u{2028}/ein\u{202e}\r";
    let data = json!({ key: 1, "address": { key: 1 } });
    let report = report(data.clone());
    let lines = report.errors().iter().chain(report.warnings()).count();
    let error = serde_json::from_value::<CreateProfile>(data).expect_err("two mistakes").to_string();
    let file = serde_json::from_value::<File>(json!({ key: 1, "name": "a", "base64": "" })).expect_err("no such key");
    for text in [&report.to_string().lines().collect::<String>(), &error, &file.to_string()] {
        assert!(!text.contains(|letter: char| letter.is_control() || "\u{2028}\u{202e}".contains(letter)), "{text:?}");
    }
    assert_eq!(report.to_string().lines().count(), lines);
    assert_eq!(report.errors()[1].pointer(), "/x\nerror\u{2028}~1ein\u{202e}\r");
}

#[test]
fn a_report_is_an_error_that_a_program_can_pass_on() {
    fn read(data: Value) -> Result<CreateProfile, Box<dyn std::error::Error>> {
        Ok(read_request(data)?)
    }
    let error = read(json!({ "website": 7, "vertical": "RETIAL" })).expect_err("two mistakes");
    assert!(error.downcast_ref::<Report>().is_some_and(|report| report.errors().len() > 2), "{error}");
}
