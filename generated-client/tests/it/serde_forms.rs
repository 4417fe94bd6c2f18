//! Requests from outside, and values as JSON.

use plivo::profile::{Address, CreateProfile, Profile, Seniority, UpdateProfile, Vertical};
use serde_json::json;

use crate::double::{UUID, bakery};

fn refused(text: &str) -> String {
    serde_json::from_str::<CreateProfile>(text).expect_err(text).to_string()
}

#[test]
fn a_request_survives_the_way_through_json_and_yaml() {
    let text = serde_json::to_string(&bakery()).expect("it can be written");
    assert_eq!(serde_json::from_str::<CreateProfile>(&text).expect("it can be read"), bakery());
    let text = serde_yaml::to_string(&bakery()).expect("it can be written");
    assert_eq!(serde_yaml::from_str::<CreateProfile>(&text).expect("it can be read"), bakery());
    let update = UpdateProfile::builder(UUID).website("a").build();
    assert_eq!(
        serde_json::to_value(&update).expect("it can be written"),
        json!({ "profile_uuid": UUID, "website": "a" })
    );
}

#[test]
fn reading_a_request_is_strict() {
    assert!(refused(r#"{"compny_name":"x"}"#).starts_with(
        "compny_name is not a field of CreateProfile; did you mean company_name? known fields: profile_alias, "
    ));
    assert!(
        refused(r#"{"bananas":"x"}"#)
            .starts_with("bananas is not a field of CreateProfile; known fields: profile_alias, ")
    );
    assert!(refused(r#"{"address":{"zip":"x"}}"#).starts_with("zip is not a field of Address; "));
    assert!(refused(r#"{"ein":123}"#).starts_with("ein: expected text, found a whole number at line 1"));
    assert!(refused(r#"{"address":"x"}"#).starts_with("address: expected an object, found text"));
    assert!(refused(r#"{"ein":"1","ein":"2"}"#).starts_with("ein is given twice"));
    assert!(refused(r#"{"ein":null,"ein":"2"}"#).starts_with("ein is given twice"));
    assert!(refused("[]").starts_with("this: expected an object, found a list"));
    assert!(refused("null").starts_with("expected an object, found null"));
    assert!(!refused(r#"{"ein":["secret"]}"#).contains("secret"));
}

#[test]
fn null_is_absence_and_listed_values_are_read_in_any_case() {
    let request: CreateProfile =
        serde_json::from_str(r#"{"ein":null,"vertical":"Retail","authorized_contact":{"seniority":"admin"}}"#)
            .expect("a request");
    assert_eq!((request.ein, request.vertical), (None, Some(Vertical::Retail)));
    assert_eq!(request.authorized_contact.and_then(|contact| contact.seniority), Some(Seniority::unlisted("admin")));
}

#[test]
fn what_was_read_from_an_answer_fits_a_request() {
    let text = r#"{"profile_uuid":"p","authorized_contact":{"name":"Ada Example","first_name":"Ada"}}"#;
    let profile: Profile = serde_json::from_str(text).expect("an answer");
    // An answer is written as it was; a part of a request without what requests never carry.
    assert_eq!(
        serde_json::to_string(&profile).expect("it can be written"),
        r#"{"profile_uuid":"p","authorized_contact":{"first_name":"Ada","name":"Ada Example"}}"#
    );
    let contact = profile.authorized_contact.expect("it is given");
    assert_eq!(serde_json::to_value(&contact).expect("it can be written"), json!({ "first_name": "Ada" }));
    let again: CreateProfile =
        serde_json::from_str(r#"{"authorized_contact":{"name":"Ada Example"}}"#).expect("it can be read");
    assert!(again.authorized_contact.is_some_and(|contact| contact.name.is_some()));
    assert!(
        serde_json::from_str::<Profile>("{}")
            .expect_err("the id is missing")
            .to_string()
            .starts_with("/profile_uuid: expected text, found nothing")
    );
}

#[test]
fn parts_can_be_read_alone() {
    let address: Address = serde_json::from_str(r#"{"city":"Springfield"}"#).expect("an address");
    assert_eq!(address.city.as_deref(), Some("Springfield"));
    assert_eq!(serde_json::from_str::<Vertical>("\"x\"").expect("a value"), Vertical::unlisted("x"));
    assert!(serde_json::from_str::<Vertical>("5").is_err());
}

#[test]
fn what_only_answers_hold_is_read_leniently() {
    let text = r#"{"profile_uuid":"p","address":"1 Main Street","new":{"a":1},"vertical":7,"created_at":"2026-11-23"}"#;
    let profile: Profile = serde_json::from_str(text).expect("a profile");
    assert_eq!((profile.profile_uuid.as_str(), &profile.address, &profile.vertical), ("p", &None, &None));
    let again: Profile = serde_json::from_str(&serde_json::to_string(&profile).expect("JSON")).expect("a profile");
    assert_eq!(again, profile);
    let error = serde_json::from_str::<Profile>("{}").expect_err("it has no id");
    assert!(error.to_string().starts_with("/profile_uuid: expected text, found nothing"), "{error}");
}
