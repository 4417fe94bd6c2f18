//! Faults together, and their text.

use super::{Fault, check, plain};
use plivo_codegen::model::Model;
use serde::Deserialize;
use serde_json::{Value, json};
use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// Faults, in the order in which they are asked: of those that concern a request, the first acts.
///
/// They can be read from text, in YAML or JSON; the [crate's documentation](crate#faults) shows it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Faults {
    /// Decides everything that is random; the seed of the simulator if absent.
    pub(super) seed: Option<u64>,
    pub(super) faults: Vec<Fault>,
}

impl Faults {
    /// Decides which requests a fault with a chance concerns, and where an answer drifts. Without it the seed of
    /// the simulator does.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Whether each fault is possible, and at a route of the model.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    pub fn check(&self, model: &Model) -> Result<(), FaultError> {
        check::targets(self, model).map(|_| ())
    }

    /// The faults as they are written.
    pub(super) fn to_json(&self) -> Value {
        let faults: Value = self.faults.iter().map(|fault| Value::Object(fault.keys())).collect();
        match self.seed {
            Some(seed) => json!({ "seed": seed, "faults": faults }),
            None => json!({ "faults": faults }),
        }
    }
}

impl From<Vec<Fault>> for Faults {
    fn from(faults: Vec<Fault>) -> Self {
        Self { seed: None, faults }
    }
}

impl<const N: usize> From<[Fault; N]> for Faults {
    fn from(faults: [Fault; N]) -> Self {
        Self::from(Vec::from(faults))
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self::from([fault])
    }
}

impl FromStr for Faults {
    type Err = FaultError;

    /// Reads YAML, or JSON.
    fn from_str(text: &str) -> Result<Self, FaultError> {
        // Nearly all JSON is YAML; not so the escapes of letters beyond the first 65,536. What is wrong is
        // explained by the reader of YAML, which knows lines and names the place.
        if let Ok(faults) = serde_json::from_str(text) {
            return Ok(faults);
        }
        let faults = plain::check(text).and_then(|()| serde_yaml::from_str(text).map_err(|error| error.to_string()));
        faults.map_err(|problem| FaultError { problems: vec![problem] })
    }
}

/// Why faults cannot be used. Its text has a line for each problem, which says where it is and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError {
    pub(super) problems: Vec<String>,
}

impl FaultError {
    /// What is wrong, in one line each.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for FaultError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.problems.join("\n"))
    }
}

impl Error for FaultError {}
