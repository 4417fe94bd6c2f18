//! Checks requests: each line is the id of an operation, a tab and the request, and is answered by a line.

use std::io::{BufRead, Write};

use plivo::Report;
use serde::de::DeserializeOwned;

/// The report on a request; null where it is none.
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
            // The operations stand here.
            _ => panic!("there is no operation {operation}"),
        };
        writeln!(out, "{report}").and_then(|()| out.flush()).expect("somebody listens");
    }
}
