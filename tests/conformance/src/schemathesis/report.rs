//! The failures in a report of Schemathesis: one JSON object on each line.

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use crate::BoxError;

/// A check that failed for an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The check, such as `positive_data_acceptance`.
    pub check: String,
    /// The operation, such as `GET /v1/Account/{account}/`.
    pub operation: String,
    /// What Schemathesis says about it.
    pub message: String,
    /// The body of the answer.
    pub answer: String,
}

/// The failures in a report, and whether it is complete.
///
/// # Errors
///
/// Fails if a line is not JSON.
pub fn failures(report: &str) -> Result<BTreeSet<Failure>, BoxError> {
    let mut found = BTreeSet::new();
    for line in report.lines() {
        let event: Value = serde_json::from_str(line).map_err(|error| format!("a line of the report: {error}"))?;
        let recorder = &event["ScenarioFinished"]["recorder"];
        for (case, checks) in recorder["checks"].as_object().into_iter().flatten() {
            let answer = || content(&recorder["interactions"][case]["response"]["content"]);
            let failed = checks.as_array().into_iter().flatten().filter(|check| check["status"] == "failure");
            found.extend(failed.map(|check| failure(check, recorder, answer())));
        }
    }
    Ok(found)
}

fn failure(check: &Value, recorder: &Value, answer: String) -> Failure {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let failure = &check["failure_info"]["failure"];
    let operation = [&failure["operation"], &recorder["label"]].into_iter().find(|value| value.is_string());
    Failure {
        check: text(&check["name"]),
        operation: operation.map(text).unwrap_or_default(),
        message: text(&failure["message"]),
        answer,
    }
}

/// A body, which is written in Base64.
fn content(content: &Value) -> String {
    let bytes = content["$base64"].as_str().and_then(|encoded| BASE64_STANDARD.decode(encoded).ok());
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}
