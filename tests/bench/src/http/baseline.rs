//! The committed counts of instructions. A person replaces them on purpose, with `--save`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Row;
use crate::BoxError;

/// Instructions per request, by request and implementation.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub(super) struct Baseline {
    instructions: BTreeMap<String, u64>,
}

impl Baseline {
    pub(super) fn of(rows: &[Row]) -> Self {
        let counts = rows.iter().filter_map(|row| Some((key(row), row.instructions?.round() as u64)));
        Self { instructions: counts.collect() }
    }

    pub(super) fn read() -> Result<Self, BoxError> {
        let path = path();
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
    }

    /// Returns the path of the file.
    pub(super) fn write(&self) -> Result<String, BoxError> {
        let path = path();
        let text = serde_json::to_string_pretty(self)? + "\n";
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path.display().to_string())
    }

    /// The change of a row in percent.
    pub(super) fn change(&self, row: &Row) -> Option<f64> {
        let before = *self.instructions.get(&key(row)).filter(|count| **count > 0)? as f64;
        Some(100.0 * (row.instructions? - before) / before)
    }
}

fn key(row: &Row) -> String {
    format!("{}, {} at once: {}", row.task, row.at_once, row.side)
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http/baseline.json")
}
