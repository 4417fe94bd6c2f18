//! Fault scripts: several faults, and their text form.

use super::{Fault, check};
use crate::input::{self, InputError};
use plivo_codegen::model::Model;
use serde::Deserialize;
use serde_json::{Value, json};
use std::str::FromStr;

/// A list of faults. If several of them apply to a request, the first takes effect.
///
/// Parse it from YAML or JSON; the [crate documentation](crate#faults) describes the format.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Faults {
    /// Determines all random choices. If absent, the seed of the simulator does.
    pub(super) seed: Option<u64>,
    pub(super) faults: Vec<Fault>,
}

impl Faults {
    /// Sets the seed that determines the selection by probability and the locations of drift. The default is the
    /// seed of the simulator.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Checks that each fault can take effect and refers to a route of the model.
    ///
    /// # Errors
    ///
    /// All problems of all faults.
    pub fn check(&self, model: &Model) -> Result<(), InputError> {
        check::check(self, model).map(|_| ())
    }

    /// The JSON form, which can be parsed again.
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
    type Err = InputError;

    /// Parses YAML or JSON.
    fn from_str(text: &str) -> Result<Self, InputError> {
        input::parse(text)
    }
}
