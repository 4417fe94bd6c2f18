//! Validation of requests.

use plivo::profile::{CreateProfile, EntityType, ListProfiles, Seniority, UpdateProfile, Vertical};
use plivo::{Report, Validation, Violation};

use crate::fake_transport::{UUID, bakery, now, responding};

fn lines(violations: &[Violation]) -> Vec<String> {
    violations
        .iter()
        .map(|violation| format!("{} {}: {}", violation.pointer(), violation.rule(), violation.message()))
        .collect()
}

fn empty() -> CreateProfile {
    serde_json::from_str("{}").expect("a request without fields")
}

#[test]
fn a_valid_request_has_no_violations() {
    let report = bakery().validate();
    assert!(report.is_ok() && report.is_empty(), "{report}");
    assert_eq!(report.to_string(), "");
}

#[test]
fn all_missing_fields_are_reported_at_once() {
    let report = empty().validate();
    assert_eq!(
        lines(report.errors()),
        [
            "/profile_alias required: profile_alias is required",
            "/customer_type required: customer_type is required",
            "/entity_type required: entity_type is required",
            "/company_name required: company_name is required",
            "/vertical required: vertical is required",
            "/address required: address is required",
            "/authorized_contact required: authorized_contact is required",
        ]
    );
    assert!(
        report.errors().iter().all(|violation| violation.source().contains("Create a profile") && violation.is_error())
    );
}

#[test]
fn nested_objects_are_validated() {
    let mut request = bakery();
    let contact = request.authorized_contact.as_mut().expect("a set field");
    contact.email = Some("ada at example.com".to_owned());
    contact.last_name = None;
    contact.phone = Some("12175550123".to_owned());
    contact.seniority = Some(Seniority::unlisted("admin"));
    let report = request.validate();
    assert_eq!(lines(report.errors()), ["/authorized_contact/email format: email is not an email address"]);
    assert_eq!(
        lines(report.warnings()),
        [
            "/authorized_contact/last_name required: last_name should be set",
            "/authorized_contact/seniority values: seniority is not a listed value; \
             listed: DIRECTOR, GM, VP, CEO, CFO, GENERAL_COUNSEL, OTHER",
            "/authorized_contact/phone format: phone is not a phone number in E.164 format, such as +12175550123",
        ]
    );
}

#[test]
fn lengths_count_characters() {
    let mut request = bakery();
    request.company_name = Some("\u{fc}".repeat(100));
    assert!(request.validate().is_empty());
    request.company_name = Some("\u{fc}".repeat(120));
    let report = request.validate();
    assert_eq!(
        lines(report.warnings()),
        ["/company_name max_length: company_name has 120 characters; at most 100 are allowed"]
    );
}

#[test]
fn numbers_are_checked_against_min_and_max() {
    let check = |limit: i64| lines(ListProfiles::builder().limit(limit).build().validate().errors());
    assert_eq!(check(0), ["/limit min: limit is less than 1"]);
    assert_eq!(check(21), ["/limit max: limit is greater than 20"]);
    assert!(check(1).is_empty() && check(20).is_empty());
}

#[test]
fn an_unlisted_value_comes_with_a_suggestion() {
    let mut request = bakery();
    request.vertical = Some(Vertical::unlisted("RETIAL"));
    let report = request.validate();
    assert_eq!(
        lines(report.errors()),
        ["/vertical values: vertical is \"RETIAL\", which is not listed; did you mean RETAIL?"]
    );
    request.vertical = Some(Vertical::unlisted("bananas"));
    let message = lines(request.validate().errors()).concat();
    assert!(message.ends_with("23 values are listed, such as PROFESSIONAL, REAL_ESTATE and HEALTHCARE"), "{message}");
}

#[test]
fn a_rule_reports_each_missing_field() {
    let mut request = bakery();
    request.entity_type = Some(EntityType::Public);
    request.stock_symbol = Some("EXMP".to_owned());
    let report = request.validate();
    let [violation] = report.warnings() else { panic!("{report}") };
    assert_eq!((violation.pointer(), violation.rule()), ("/stock_exchange", "public_needs_stock"));
    assert!(
        violation.message().starts_with("stock_exchange should be set if entity_type is PUBLIC. "),
        "{}",
        violation.message()
    );
    assert!(violation.source().contains("Go SDK") && violation.source_name() == "go");
}

#[test]
fn an_empty_string_counts_as_absent_where_the_spec_says_so() {
    let mut request = bakery();
    request.company_name = Some(String::new());
    request.ein_issuing_country = Some(String::new());
    request.vertical = Some(Vertical::unlisted(""));
    request.address.as_mut().expect("a set field").city = Some(String::new());
    let report = request.validate();
    let errors: Vec<_> =
        report.errors().iter().map(|violation| format!("{} {}", violation.pointer(), violation.rule())).collect();
    assert_eq!(errors, ["/company_name required", "/vertical required"]);
    assert_eq!(lines(report.warnings()), ["/address/city required: city should be set"]);
}

#[test]
fn an_empty_update_is_refused() {
    let report = UpdateProfile::builder(UUID).build().validate();
    assert_eq!(lines(report.errors()), [" at_least: no field is set; at least one is required"]);
    // An update sends empty strings, so this one has a field.
    assert!(UpdateProfile::builder(UUID).website("").build().validate().is_ok());
}

/// Nobody knows whether it clears the field, so the request is sent.
#[test]
fn an_empty_text_for_a_listed_value_that_is_sent_is_a_warning() {
    let update = UpdateProfile::builder(UUID).vertical(Vertical::unlisted("")).website("").build();
    let report = update.validate();
    let message = "vertical is an empty text, which is not a listed value";
    assert!(report.is_ok(), "{report}");
    assert_eq!(lines(report.warnings()), [format!("/vertical values: {message}")]);
    let (client, sent) = responding(200, r#"{"profile":{"profile_uuid":"p"}}"#);
    let updated = now(client.send(update)).expect("it is sent");
    assert_eq!((updated.report().warnings().len(), &sent.json()["vertical"]), (1, &"".into()));
}

#[test]
fn a_report_has_one_line_per_violation() {
    let mut request = empty();
    request.stock_symbol = Some("ELEVENCHARS".to_owned());
    let text = request.validate().to_string();
    assert_eq!(text.lines().count(), 8);
    assert!(text.lines().next().is_some_and(|line| line.starts_with("error /profile_alias required: ")), "{text}");
    assert!(text.lines().last().is_some_and(|line| line.starts_with("warning /stock_symbol max_length: ")), "{text}");
}

#[test]
fn violations_show_no_personal_values() {
    let mut request = bakery();
    let contact = request.authorized_contact.as_mut().expect("a set field");
    contact.email = Some("secret person".repeat(20));
    contact.phone = Some("secret number".to_owned());
    let report = request.validate();
    assert!(!report.errors().is_empty() && !report.warnings().is_empty());
    assert!(!format!("{report} {report:?}").contains("secret"), "{report}");
}

#[test]
fn errors_stop_the_call_unless_validation_is_relaxed() {
    let (client, sent) = responding(200, r#"{"profile_uuid":"p"}"#);
    let error = now(client.send(empty())).expect_err("an invalid request");
    assert!(error.is_validation() && sent.count() == 0);
    assert_eq!(error.report().map(|report| report.errors().len()), Some(7));

    let created = now(client.send(empty()).with_validation(Validation::Warn)).expect("it is sent");
    assert_eq!((created.report().errors().len(), sent.count()), (7, 1));

    let created = now(client.send(empty()).with_validation(Validation::Off)).expect("it is sent");
    assert!(created.report().is_empty() && sent.count() == 2);
}

#[test]
fn warnings_are_attached_to_the_response() {
    let (client, _) = responding(200, r#"{"profile_uuid":"p"}"#);
    let mut request = bakery();
    request.stock_symbol = Some("ELEVENCHARS".to_owned());
    let created = now(client.send(request)).expect("warnings do not stop a call");
    let report: &Report = created.report();
    assert!(report.is_ok() && report.warnings().len() == 1);
}
