//! Recorded answers and requests: JSON files with a record on each line.

use std::path::Path;

use serde_json::{Map, Value};

use crate::BoxError;
use crate::table::{text_of, words};

/// An answer recorded in the tests of SDKs, or promised by a page.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) place: String,
    pub(crate) operation: String,
    pub(crate) sdks: Vec<String>,
    /// The statuses with which the tests answer.
    pub(crate) statuses: Vec<u16>,
    pub(crate) body: Value,
}

/// A request that an SDK sends in its tests, or refuses in its code.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) place: String,
    pub(crate) operation: String,
    pub(crate) sdks: Vec<String>,
    pub(crate) path: String,
    pub(crate) query: Map<String, Value>,
    pub(crate) body: Map<String, Value>,
    /// The expected errors, as pointers and rules.
    pub(crate) refused: Vec<String>,
    /// The expected warnings, if they are stated.
    pub(crate) warned: Option<Vec<String>>,
    /// What is sent, if that is stated.
    pub(crate) sent: Option<Map<String, Value>>,
}

/// The answers of a folder.
pub(crate) fn answers(folder: &Path, name: &str) -> Result<Vec<Answer>, BoxError> {
    let records = records(folder, name, "answers.json")?.into_iter().map(|(place, record)| Answer {
        place,
        operation: text(&record, "operation"),
        sdks: words(&text(&record, "sdks")),
        statuses: object(&record, "status").keys().filter_map(|status| status.parse().ok()).collect(),
        body: record.get("body").cloned().unwrap_or_default(),
    });
    Ok(records.collect())
}

/// The requests of a folder.
pub(crate) fn requests(folder: &Path, name: &str) -> Result<Vec<Request>, BoxError> {
    let records = records(folder, name, "requests.json")?.into_iter().map(|(place, record)| Request {
        place,
        operation: text(&record, "operation"),
        sdks: words(&text(&record, "sdks")),
        path: text(&record, "path"),
        query: object(&record, "query"),
        body: object(&record, "body"),
        refused: texts(&record, "refused").unwrap_or_default(),
        warned: texts(&record, "warned"),
        sent: record.get("sent").map(|_| object(&record, "sent")),
    });
    Ok(records.collect())
}

/// The records of a file, each with its place. A missing file has none.
fn records(folder: &Path, name: &str, file: &str) -> Result<Vec<(String, Value)>, BoxError> {
    let path = folder.join(file);
    let Some(text) = text_of(&path)? else { return Ok(Vec::new()) };
    let mut records = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !matches!(*line, "[" | "]")) {
        let record = serde_json::from_str(line.trim_end_matches(','));
        let record = record.map_err(|error| format!("{}:{number}: {error}", path.display()))?;
        records.push((format!("{name}/{file}:{number}"), record));
    }
    Ok(records)
}

fn text(record: &Value, key: &str) -> String {
    record.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn object(record: &Value, key: &str) -> Map<String, Value> {
    record.get(key).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn texts(record: &Value, key: &str) -> Option<Vec<String>> {
    let items = record.get(key)?.as_array()?;
    Some(items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
