//! The state that all connections of a simulator share.

use crate::api::Api;
use crate::fault::{Faults, Schedule};
use crate::input::InputError;
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
    /// The initial state. Fails if a fault or an object of the options is invalid.
    pub(crate) fn new(model: Model, options: Options) -> Result<Self, InputError> {
        let api = Api::new(model, options.api.clone());
        let recorder = Arc::new(Recorder::new(options.observer.clone()));
        let context = Self { options, api, faults: Schedule::default(), recorder };
        context.set_faults(context.options.faults.clone())?;
        context.api.seed(&context.options.objects)?;
        Ok(context)
    }

    /// Restores the initial state.
    pub(crate) fn reset(&self) {
        self.api.reset();
        self.recorder.clear(None);
        // Cannot fail: `new` has accepted the same faults and objects.
        let _ = self.set_faults(self.options.faults.clone());
        let _ = self.api.seed(&self.options.objects);
    }

    /// Replaces the fault script. If a fault is invalid, nothing changes.
    pub(crate) fn set_faults(&self, faults: Faults) -> Result<(), InputError> {
        self.faults.set(&self.api.model, faults, self.options.api.seed)
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Context").field("options", &self.options).finish_non_exhaustive()
    }
}
