//! What all connections of a simulator share.

use crate::fault::{FaultError, Faults, Schedule};
use crate::limit::Limiter;
use crate::mint::Mint;
use crate::operate::World;
use crate::options::Options;
use crate::record::{Recorded, Recorder};
use crate::state::State;
use plivo_codegen::model::Model;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What all connections share.
pub(crate) struct Shared {
    /// The description of the API.
    pub(crate) model: Model,
    /// What was chosen at the start.
    pub(crate) options: Options,
    /// What was received.
    pub(crate) recorder: Recorder,
    /// What goes wrong.
    pub(crate) faults: Schedule,
    /// How often each account has called.
    pub(crate) limiter: Limiter,
    world: Mutex<World>,
    /// Apart from the world, so that a request more or less does not change the ids of objects.
    api_ids: Mutex<Mint>,
}

impl Shared {
    /// An empty world.
    pub(crate) fn new(model: Model, options: Options) -> Result<Self, FaultError> {
        let (world, api_ids) = start(options.seed);
        let shared = Self {
            model,
            options,
            recorder: Recorder::default(),
            faults: Schedule::default(),
            limiter: Limiter::default(),
            world: Mutex::new(world),
            api_ids: Mutex::new(api_ids),
        };
        shared.set_faults(shared.options.faults.clone())?;
        Ok(shared)
    }

    /// Makes everything as it was at the start.
    pub(crate) fn reset(&self) {
        let (world, api_ids) = start(self.options.seed);
        *self.world() = world;
        *self.api_ids() = api_ids;
        self.recorder.clear();
        self.limiter.clear();
        // They were possible at the start.
        let _ = self.set_faults(self.options.faults.clone());
    }

    /// Puts faults in force.
    pub(crate) fn set_faults(&self, faults: Faults) -> Result<(), FaultError> {
        self.faults.set(&self.model, faults, self.options.seed)
    }

    /// The objects. Whoever holds them is alone: one request after the other changes them.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id of the next answer.
    pub(crate) fn api_id(&self) -> String {
        self.api_ids().uuid()
    }

    fn api_ids(&self) -> MutexGuard<'_, Mint> {
        self.api_ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request under way, in the record. It ends when this is dropped, be it because its answer leaves, because
/// its connection is reset, or because the caller is gone.
pub(crate) struct UnderWay {
    shared: Arc<Shared>,
    number: usize,
    request: Recorded,
}

impl UnderWay {
    /// Takes down a request.
    pub(crate) fn new(shared: &Arc<Shared>, request: Recorded) -> Self {
        let number = shared.recorder.push(request.clone());
        Self { shared: Arc::clone(shared), number, request }
    }

    /// Takes down the status of its answer, and what went wrong with it.
    pub(crate) fn answered(&mut self, status: u16, fault: Option<Arc<str>>) {
        self.request.answered(status, fault.clone());
        self.shared.recorder.answered(self.number, status, fault);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        if let Some(observer) = &self.shared.options.observer {
            observer(&self.request);
        }
    }
}

/// An empty world, and what makes the ids of answers.
fn start(seed: u64) -> (World, Mint) {
    let world = World { state: State::default(), mint: Mint::new(seed) };
    // Another stream of the same seed: the two must not give the same ids.
    (world, Mint::new(!seed))
}

impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shared").field("options", &self.options).finish_non_exhaustive()
    }
}
