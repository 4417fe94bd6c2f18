//! Validates requests: each input line is an operation id, a tab and a request; each output line is a report.

use std::io::{BufRead, Write};

use plivo::Report;
use serde::de::DeserializeOwned;

/// The report on a request as JSON; null if the request cannot be deserialized.
fn report<R: DeserializeOwned>(request: &str, validate: fn(&R) -> Report) -> String {
    let report = serde_json::from_str::<R>(request).map(|request| validate(&request));
    serde_json::to_string(&report.ok()).expect("JSON")
}

fn main() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (operation, request) = line.split_once('\t').expect("a tab");
        let report = match operation {
            // INSERT OPERATIONS
            _ => panic!("there is no operation {operation}"),
        };
        writeln!(out, "{report}").and_then(|()| out.flush()).expect("stdout is open");
    }
}
