//! Deserializing requests and values, and serializing them.

use plivo::profile::{Address, CreateProfile, Profile, Seniority, UpdateProfile, Vertical};
use serde_json::json;

use crate::fake_transport::{UUID, bakery};

fn refused(text: &str) -> String {
    serde_json::from_str::<CreateProfile>(text).expect_err(text).to_string()
}

#[test]
fn a_request_round_trips_through_json_and_yaml() {
    let text = serde_json::to_string(&bakery()).expect("JSON");
    assert_eq!(serde_json::from_str::<CreateProfile>(&text).expect("a request"), bakery());
    let text = serde_yaml::to_string(&bakery()).expect("YAML");
    assert_eq!(serde_yaml::from_str::<CreateProfile>(&text).expect("a request"), bakery());
    let update = UpdateProfile::builder(UUID).website("a").build();
    assert_eq!(serde_json::to_value(&update).expect("JSON"), json!({ "profile_uuid": UUID, "website": "a" }));
}

#[test]
fn deserializing_a_request_is_strict() {
    let misspelt = refused(r#"{"compny_name":"x"}"#);
    assert!(misspelt.starts_with("compny_name is not a field of CreateProfile; did you mean company_name?"));
    assert!(!misspelt.contains("known fields"), "{misspelt}");
    assert!(
        refused(r#"{"bananas":"x"}"#)
            .starts_with("bananas is not a field of CreateProfile; known fields: profile_alias, ")
    );
    assert!(refused(r#"{"address":{"zip":"x"}}"#).starts_with("/address/zip: zip is not a field of Address; "));
    assert!(refused(r#"{"website":1}"#).starts_with("website: expected text, found a whole number"));
    assert!(refused(r#"{"address":"x"}"#).starts_with("address: expected an object, found text"));
    assert!(refused(r#"{"ein":"1","ein":"2"}"#).starts_with("ein is given twice"));
    assert!(refused(r#"{"ein":null,"ein":"2"}"#).starts_with("ein is given twice"));
    assert!(refused("[]").starts_with("this: expected an object, found a list"));
    assert!(refused("null").starts_with("expected an object, found null"));
    assert!(!refused(r#"{"ein":["secret"]}"#).contains("secret"));
}

/// The page says that it is an integer.
#[test]
fn an_ein_that_is_a_number_is_read_as_text_with_a_warning() {
    let request =
        |ein: &str| serde_json::from_str::<UpdateProfile>(&format!(r#"{{"profile_uuid":"{UUID}","ein":{ein}}}"#));
    let update = request("123456789").expect("a request");
    assert_eq!(update.ein.as_deref(), Some("123456789"));
    let report = update.validate();
    let [warning] = report.warnings() else { panic!("{report}") };
    assert_eq!((warning.pointer(), warning.rule()), ("/ein", "also"));
    assert_eq!(warning.message(), "ein should not be a number; it is converted");
    assert!(report.is_ok());
    assert_eq!(serde_json::to_value(&update).expect("JSON")["ein"], "123456789");
    // It is no part of the value.
    assert!(update == request(r#""123456789""#).expect("a request") && update.clone().validate().warnings().len() == 1);
    assert!(request(r#""012345678""#).expect("a request").validate().is_empty());
    let profile: Profile = serde_json::from_str(r#"{"profile_uuid":"p","ein":123456789}"#).expect("an answer");
    assert_eq!(profile.ein.as_deref(), Some("123456789"));
}

#[test]
fn null_is_absent_and_listed_values_match_in_any_letter_case() {
    let request: CreateProfile =
        serde_json::from_str(r#"{"ein":null,"vertical":"Retail","authorized_contact":{"seniority":"admin"}}"#)
            .expect("a request");
    assert_eq!((request.ein, request.vertical), (None, Some(Vertical::Retail)));
    assert_eq!(request.authorized_contact.and_then(|contact| contact.seniority), Some(Seniority::unlisted("admin")));
}

#[test]
fn a_value_from_an_answer_can_be_put_into_a_request() {
    let text = r#"{"profile_uuid":"p","authorized_contact":{"name":"Ada Example","first_name":"Ada"}}"#;
    let profile: Profile = serde_json::from_str(text).expect("an answer");
    // An answer serializes all fields. A nested value of a request omits answer-only fields.
    assert_eq!(
        serde_json::to_string(&profile).expect("JSON"),
        r#"{"profile_uuid":"p","authorized_contact":{"first_name":"Ada","name":"Ada Example"}}"#
    );
    let contact = profile.authorized_contact.expect("a set field");
    assert_eq!(serde_json::to_value(&contact).expect("JSON"), json!({ "first_name": "Ada" }));
    let again: CreateProfile =
        serde_json::from_str(r#"{"authorized_contact":{"name":"Ada Example"}}"#).expect("a request");
    assert!(again.authorized_contact.is_some_and(|contact| contact.name.is_some()));
    assert!(
        serde_json::from_str::<Profile>("{}")
            .expect_err("the id is missing")
            .to_string()
            .starts_with("/profile_uuid: expected text, found nothing")
    );
}

#[test]
fn nested_types_can_be_deserialized_alone() {
    let address: Address = serde_json::from_str(r#"{"city":"Springfield"}"#).expect("an address");
    assert_eq!(address.city.as_deref(), Some("Springfield"));
    assert_eq!(serde_json::from_str::<Vertical>("\"x\"").expect("a value"), Vertical::unlisted("x"));
    assert!(serde_json::from_str::<Vertical>("5").is_err());
}

#[test]
fn answer_types_are_deserialized_leniently() {
    let text = r#"{"profile_uuid":"p","address":"1 Main Street","new":{"a":1},"vertical":7,"created_at":"2026-11-23"}"#;
    let profile: Profile = serde_json::from_str(text).expect("a profile");
    assert_eq!((profile.profile_uuid.as_str(), &profile.address, &profile.vertical), ("p", &None, &None));
    let again: Profile = serde_json::from_str(&serde_json::to_string(&profile).expect("JSON")).expect("a profile");
    assert_eq!(again, profile);
    let error = serde_json::from_str::<Profile>("{}").expect_err("it has no id");
    assert!(error.to_string().starts_with("/profile_uuid: expected text, found nothing"), "{error}");
}

#[test]
fn requests_are_equal_if_they_are_the_same_on_the_wire() {
    let request = |vertical| {
        let mut request = CreateProfile::draft();
        request.vertical = Some(vertical);
        request
    };
    assert_eq!(request(Vertical::unlisted("RETAIL")), request(Vertical::Retail));
    assert_ne!(request(Vertical::unlisted("retail")), request(Vertical::Retail));
    assert_ne!(request(Vertical::Retail), CreateProfile::draft());
}
