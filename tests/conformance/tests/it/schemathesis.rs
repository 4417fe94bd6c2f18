//! What is made of a report of Schemathesis, and the list of explained failures.

use std::fs;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use plivo_conformance::schemathesis::{Explained, failures};
use serde_json::{Value, json};

use crate::support::root;

/// A line about one case whose checks have these names and statuses.
fn line(operation: &str, checks: &[(&str, &str)], message: &str, answer: &str) -> String {
    let check = |(name, status): &(&str, &str)| match *status {
        "failure" => {
            let failure = json!({ "failure": { "operation": operation, "message": message } });
            json!({ "name": name, "status": status, "failure_info": failure })
        }
        _ => json!({ "name": name, "status": status }),
    };
    let checks: Vec<Value> = checks.iter().map(check).collect();
    let content = json!({ "$base64": BASE64_STANDARD.encode(answer) });
    let recorder = json!({
        "label": operation,
        "checks": { "a": checks },
        "interactions": { "a": { "response": { "content": content } } },
    });
    json!({ "ScenarioFinished": { "recorder": recorder } }).to_string()
}

const EXPLAINED: &str = r#"[
  { "check": "answers", "operation": "GET /a", "says": "no such", "why": "There is none." },
  { "check": "methods", "says": "DELETE", "why": "Two paths fit." }
]"#;

#[test]
fn a_failure_without_an_explanation_is_named_with_its_answer() {
    let checks = [("answers", "failure"), ("other", "success")];
    let report = [
        r#"{ "EngineStarted": { "id": "b" } }"#.to_owned(),
        line("GET /a", &checks, "Refused\nin vain", "{ no such thing }"),
        line("GET /a", &checks, "Refused\nin vain", "{ something else }"),
        line("GET /b", &[("answers", "failure")], "Refused", "no such thing"),
        line("GET /b", &[("methods", "failure")], "DELETE is allowed", ""),
    ];
    let failures = failures(&report.join("\n")).unwrap();
    assert_eq!(failures.len(), 4);
    let explained = Explained::read(EXPLAINED).unwrap();
    let unexplained = explained.unexplained(&failures);
    assert_eq!(
        unexplained,
        ["GET /a: answers: Refused in vain: { something else }", "GET /b: answers: Refused: no such thing"]
    );
    let reasons = explained.reasons(&failures);
    let once = |rest: &str| format!("explained: 1 times {rest}");
    assert_eq!(reasons, [once("answers: There is none."), once("methods: Two paths fit.")]);
}

#[test]
fn an_entry_of_the_list_must_have_a_reason_and_no_unknown_key() {
    let problem = |text: &str| Explained::read(text).unwrap_err().to_string();
    assert_eq!(problem(r#"[{ "check": "a", "says": "b" }]"#), "`why` is missing");
    assert_eq!(problem(r#"[{ "check": "a", "says": "", "why": "c" }]"#), "`says` is missing");
    assert_eq!(problem(r#"[{ "check": "a", "says": "b", "why": "c", "where": "d" }]"#), "unknown key `where`");
    let list = fs::read_to_string(root().join("tests/conformance/schemathesis/explained.json")).expect("the list");
    Explained::read(&list).unwrap();
}

#[test]
fn the_lock_file_of_schemathesis_pins_every_package_by_hash() {
    let path = root().join("tests/conformance/schemathesis/requirements.txt");
    let text = fs::read_to_string(path).expect("the lock file");
    let pins: Vec<_> = text.lines().filter(|line| line.contains("==") && !line.starts_with('#')).collect();
    assert!(pins.len() > 20 && pins.iter().all(|pin| pin.ends_with(" \\")), "{pins:?}");
    assert!(pins.iter().any(|pin| pin.starts_with("schemathesis==")), "{pins:?}");
}
