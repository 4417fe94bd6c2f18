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

/// What a complete report says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The failures, each once.
    pub failures: BTreeSet<Failure>,
    /// How many requests were sent.
    pub requests: usize,
}

impl Report {
    /// Reads a report.
    ///
    /// # Errors
    ///
    /// Fails if a line is not JSON, if an operation could not be tested, or if the run did not end by itself.
    pub fn read(text: &str) -> Result<Self, BoxError> {
        let mut report = Self::default();
        let mut problems = Vec::new();
        let mut end = None;
        for line in text.lines() {
            let event: Value = serde_json::from_str(line).map_err(|error| format!("a line of the report: {error}"))?;
            report.add(&event["ScenarioFinished"]["recorder"]);
            problems.extend(problem(&event));
            end = end.or_else(|| event["EngineFinished"]["stop_reason"].as_str().map(str::to_owned));
        }
        match end.as_deref() {
            Some("completed") => {}
            Some(reason) => problems.push(format!("Schemathesis stopped before the end: {reason}")),
            None => problems.push("the report of Schemathesis has no end".to_owned()),
        }
        if problems.is_empty() { Ok(report) } else { Err(problems.join("\n").into()) }
    }

    fn add(&mut self, recorder: &Value) {
        self.requests += recorder["interactions"].as_object().map_or(0, serde_json::Map::len);
        for (case, checks) in recorder["checks"].as_object().into_iter().flatten() {
            let answer = || content(&recorder["interactions"][case]["response"]["content"]);
            let failed = checks.as_array().into_iter().flatten().filter(|check| check["status"] == "failure");
            self.failures.extend(failed.map(|check| failure(check, recorder, answer())));
        }
    }
}

/// Why Schemathesis could not test something.
fn problem(event: &Value) -> Option<String> {
    let (error, value) = [("NonFatalError", "value"), ("FatalError", "exception")]
        .iter()
        .find_map(|(name, value)| Some((event.get(name)?, *value)))?;
    let place = error["label"].as_str().map(|label| format!("{label}: ")).unwrap_or_default();
    Some(format!("{place}Schemathesis cannot test it: {}", error[value]["message"].as_str().unwrap_or("no reason")))
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
