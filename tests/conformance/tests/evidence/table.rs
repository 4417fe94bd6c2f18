//! Reads evidence files: CSV tables and JSON records.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A row of a table, with its cells by column.
pub(crate) struct Row {
    cells: Vec<(String, String)>,
}

impl Row {
    /// The cell of a column, which must exist.
    pub(crate) fn get(&self, column: &str) -> &str {
        let cell = self.cells.iter().find(|(name, _)| name == column);
        cell.map(|(_, text)| text.as_str()).unwrap_or_else(|| panic!("no column `{column}`"))
    }

    /// The items of a cell with a list.
    pub(crate) fn list(&self, column: &str) -> Vec<&str> {
        self.get(column).split_whitespace().collect()
    }
}

/// The folder of a resource's evidence, or a file in the folder of all evidence.
pub(crate) fn directory(resource: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("evidence").join(resource)
}

/// Reads a table. A missing file has no rows.
pub(crate) fn table(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().map(|line| line.split(',').collect()).unwrap_or_default();
    let row = |line: &str| {
        let cells: Vec<&str> = line.splitn(columns.len(), ',').collect();
        assert_eq!(cells.len(), columns.len(), "{}: {line}", path.display());
        Row { cells: columns.iter().map(|name| (*name).to_owned()).zip(cells.into_iter().map(str::to_owned)).collect() }
    };
    lines.map(row).collect()
}

/// Reads a list of records. A missing file has none.
pub(crate) fn records(path: &Path) -> Vec<Value> {
    let Ok(text) = fs::read_to_string(path) else { return Vec::new() };
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A string of a record.
pub(crate) fn text<'r>(record: &'r Value, key: &str) -> &'r str {
    record.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("no `{key}` in {record}"))
}
