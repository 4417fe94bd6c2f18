//! The state that all connections of a simulator share.

use crate::api::Api;
use crate::fault::{FaultError, Faults, Schedule};
use crate::options::Options;
use crate::record::Recorder;
use plivo_codegen::model::Model;
use std::fmt;
use std::sync::Arc;

/// The state that all connections of a simulator share.
pub(crate) struct Context {
    /// The options of the simulator.
    pub(crate) options: Options,
    /// The simulated API.
    pub(crate) api: Api,
    /// The faults to inject.
    pub(crate) faults: Schedule,
    /// The record of received requests.
    pub(crate) recorder: Arc<Recorder>,
}

impl Context {
    /// The initial state. Fails if a fault of the options is invalid.
    pub(crate) fn new(model: Model, options: Options) -> Result<Self, FaultError> {
        let api = Api::new(model, options.api.clone());
        let recorder = Arc::new(Recorder::new(options.observer.clone()));
        let context = Self { options, api, faults: Schedule::default(), recorder };
        context.set_faults(context.options.faults.clone())?;
        Ok(context)
    }

    /// Restores the initial state.
    pub(crate) fn reset(&self) {
        self.api.reset();
        self.recorder.clear();
        // Cannot fail: `new` has accepted the same faults.
        let _ = self.set_faults(self.options.faults.clone());
    }

    /// Replaces the fault script. If a fault is invalid, nothing changes.
    pub(crate) fn set_faults(&self, faults: Faults) -> Result<(), FaultError> {
        self.faults.set(&self.api.model, faults, self.options.api.seed)
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Context").field("options", &self.options).finish_non_exhaustive()
    }
}
