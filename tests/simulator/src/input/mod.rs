//! Texts that users write: scripts in YAML or JSON, and names with a spelling mistake.

pub(crate) mod one_line;
mod suggestion;
mod yaml_guard;

pub(crate) use suggestion::nearest;

use serde::de::DeserializeOwned;
use std::error::Error;
use std::fmt;

/// Parses YAML or JSON.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, InputError> {
    // JSON first: YAML does not know JSON's surrogate pairs. Errors come from the YAML parser, which reports lines and
    // paths.
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let value = yaml_guard::check(text).and_then(|()| serde_yaml::from_str(text).map_err(|error| error.to_string()));
    value.map_err(|problem| InputError::new(vec![problem]))
}

/// The problems of a text that a user wrote, such as a fault script. There is one line for each problem, with its path
/// and a way to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    problems: Vec<String>,
}

impl InputError {
    /// An error with these problems.
    pub(crate) fn new(problems: Vec<String>) -> Self {
        Self { problems }
    }

    /// The problems, one line each.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.problems.join("\n"))
    }
}

impl Error for InputError {}
