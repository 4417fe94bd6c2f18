//! What is made of a report of Schemathesis, and the list of explained failures.

use std::fs;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use plivo_conformance::schemathesis::{Explained, Report};
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
  { "check": "answers", "says": "by chance", "why": "It is random.", "seen": "sometimes" },
  { "check": "methods", "says": "DELETE", "why": "Two paths fit." }
]"#;

/// A report with these lines that has an end.
fn complete(lines: &[String]) -> Report {
    let end = r#"{ "EngineFinished": { "stop_reason": "completed" } }"#;
    Report::read(&[lines, &[end.to_owned()]].concat().join("\n")).expect("a complete report")
}

fn judge(lines: &[String]) -> Result<Vec<String>, String> {
    Explained::read(EXPLAINED).expect("a list").judge(&complete(lines).failures)
}

#[test]
fn a_failure_without_an_explanation_is_named_with_its_answer() {
    let checks = [("answers", "failure"), ("other", "success")];
    let explained = [
        r#"{ "EngineStarted": { "id": "b" } }"#.to_owned(),
        line("GET /a", &checks, "Refused\nin vain", "{ no such thing }"),
        line("GET /a", &checks, "Refused\nin vain", "{ no such file }"),
        line("GET /b", &[("methods", "failure")], "DELETE is allowed", ""),
    ];
    assert_eq!(complete(&explained).requests, 3);
    let reasons = ["2 failures of answers at GET /a: There is none.", "1 failure of methods: Two paths fit."];
    assert_eq!(judge(&explained).unwrap(), reasons);
    let others = [
        line("GET /a", &checks, "Refused\nin vain", "{ something else }"),
        line("GET /b", &[("answers", "failure")], "Refused", "no such thing"),
    ];
    let expected = "GET /a: answers: Refused in vain: { something else }\n\
        GET /b: answers: Refused: no such thing\n\
        not explained: mend the spec or the simulator, or add the reason to the list";
    assert_eq!(judge(&[&explained[..], &others].concat()).unwrap_err(), expected);
}

#[test]
fn an_explanation_that_no_failure_needs_is_a_failure() {
    let problems = judge(&[line("GET /b", &[("methods", "failure")], "DELETE is allowed", "")]).unwrap_err();
    let expected = "no failure of answers at GET /a says `no such`\n\
        not needed: remove the explanation from the list, or correct it";
    assert_eq!(problems, expected);
}

#[test]
fn a_run_that_did_not_test_everything_is_a_failure() {
    let problem = |report: &str| Report::read(report).unwrap_err().to_string();
    assert_eq!(problem(""), "the report of Schemathesis has no end");
    let stopped = r#"{ "EngineFinished": { "stop_reason": "interrupted" } }"#;
    assert_eq!(problem(stopped), "Schemathesis stopped before the end: interrupted");
    let error =
        r#"{ "NonFatalError": { "label": "GET /a", "value": { "type": "Unsatisfiable", "message": "no data" } } }"#;
    let end = r#"{ "EngineFinished": { "stop_reason": "completed" } }"#;
    assert_eq!(problem(&format!("{error}\n{end}")), "GET /a: Schemathesis cannot test it: no data");
    let fatal = r#"{ "FatalError": { "exception": { "type": "OSError", "message": "no socket" } } }"#;
    let expected = "Schemathesis cannot test it: no socket\nthe report of Schemathesis has no end";
    assert_eq!(problem(fatal), expected);
    assert!(problem("{").starts_with("a line of the report: "));
}

#[test]
fn an_entry_of_the_list_must_have_a_reason_and_no_unknown_key() {
    let problem = |text: &str| Explained::read(text).unwrap_err().to_string();
    assert_eq!(problem(r#"[{ "check": "a", "says": "b" }]"#), "`why` is missing");
    assert_eq!(problem(r#"[{ "check": "a", "says": "", "why": "c" }]"#), "`says` is missing");
    assert_eq!(problem(r#"[{ "check": "a", "says": "b", "why": "c", "where": "d" }]"#), "unknown key `where`");
    let seen = r#"[{ "check": "a", "says": "b", "why": "c", "seen": "often" }]"#;
    assert_eq!(problem(seen), "`seen` is `often`, not `sometimes`");
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
