//! Decides which fault acts on a request.

use super::check::{Target, targets};
use super::{Fault, FaultError, Faults};
use crate::route::Route;
use fastrand::Rng;
use http::Method;
use plivo_codegen::model::Model;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The faults that are in force, and how far each of them is.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    now: Mutex<Now>,
}

#[derive(Debug, Default)]
struct Now {
    faults: Faults,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    target: Target,
    fault: Arc<Fault>,
    label: Arc<str>,
    /// Decides what is random about it.
    seed: u64,
    /// What the seed gives to each operation. Each has its own, so that the nth request for it has the same fate in
    /// every run, whatever else is called in between. Requests for no operation share one.
    random: HashMap<String, Rng>,
    /// How many requests there were at its route.
    met: u64,
    /// On how many of them it acted.
    acted: Arc<AtomicU64>,
}

/// A fault that acts on a request.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    /// The fault.
    pub(crate) fault: Arc<Fault>,
    /// What it does, in one line.
    pub(crate) label: Arc<str>,
    /// Decides what is random about it.
    pub(super) seed: u64,
    acted: Arc<AtomicU64>,
}

impl Schedule {
    /// Puts faults in force in place of those that were, and counts from the start. Where one of them is not
    /// possible, nothing changes.
    pub(crate) fn set(&self, model: &Model, faults: Faults, seed: u64) -> Result<(), FaultError> {
        let mut seeds = Rng::with_seed(faults.seed.unwrap_or(seed));
        let targets = targets(&faults, model)?;
        let entries = targets.into_iter().zip(&faults.faults).map(|(target, fault)| Entry {
            target,
            fault: Arc::new(fault.clone()),
            label: fault.label().into(),
            seed: seeds.u64(..),
            random: HashMap::new(),
            met: 0,
            acted: Arc::default(),
        });
        let entries = entries.collect();
        *self.lock() = Now { faults, entries };
        Ok(())
    }

    /// The fault that acts on the next request. All that it concerns count it, and the first acts.
    pub(crate) fn due(&self, method: &Method, route: Option<&Route<'_>>) -> Option<Due> {
        let operation = route.map(|route| route.operation.id.as_str()).unwrap_or_default();
        let mut due = None;
        for entry in self.lock().entries.iter_mut().filter(|entry| entry.target.is_met(method, route)) {
            entry.met += 1;
            let (lot, seed) = entry.draw(operation);
            let is_chosen = entry.fault.nth.contains(entry.met) && entry.fault.chance.is_none_or(|chance| lot < chance);
            if is_chosen && due.is_none() {
                due = Some(entry.due(seed));
            }
        }
        due
    }

    /// The faults, and for each how many requests it met and on how many it acted.
    pub(crate) fn to_json(&self) -> Value {
        let now = self.lock();
        let count = |of: fn(&Entry) -> u64| now.entries.iter().map(of).collect::<Vec<_>>();
        json!({
            "script": now.faults.to_json(),
            "met": count(|entry| entry.met),
            "acted": count(|entry| entry.acted.load(Ordering::Relaxed)),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    /// Whether to act on the next request for an operation if there is a chance, and the seed of what is random then.
    fn draw(&mut self, operation: &str) -> (f64, u64) {
        let seed = || operation.bytes().fold(self.seed, |seed, byte| Rng::with_seed(seed ^ u64::from(byte)).u64(..));
        let random = self.random.entry(operation.to_owned()).or_insert_with(|| Rng::with_seed(seed()));
        (random.f64(), random.u64(..))
    }

    fn due(&self, seed: u64) -> Due {
        self.acted.fetch_add(1, Ordering::Relaxed);
        let (fault, label, acted) = (Arc::clone(&self.fault), Arc::clone(&self.label), Arc::clone(&self.acted));
        Due { fault, label, seed, acted }
    }
}

impl Due {
    /// Takes down what came of the fault. One of which nothing came has not acted.
    pub(super) fn came_to(&mut self, done: Fault) {
        if done == *self.fault {
            return;
        }
        self.label = done.label().into();
        self.fault = Arc::new(done);
        if self.label.is_empty() {
            self.acted.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Target {
    fn is_met(&self, method: &Method, route: Option<&Route<'_>>) -> bool {
        match self {
            Self::Every => true,
            Self::Method(name) => name == method.as_str(),
            Self::Path(name, template) => {
                name == method.as_str() && route.is_some_and(|route| route.operation.path.template == *template)
            }
            Self::Operation(id) => route.is_some_and(|route| route.operation.id == *id),
        }
    }
}
