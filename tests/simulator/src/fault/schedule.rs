//! Selects the fault that applies to a request, and counts requests.

use super::check::{Target, check};
use super::{Fault, Faults};
use crate::api::route::Route;
use crate::input::InputError;
use fastrand::Rng;
use http::Method;
use plivo_codegen::model::Model;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The current fault script, with the counters of each fault.
#[derive(Debug, Default)]
pub(crate) struct Schedule {
    current: Mutex<Current>,
}

#[derive(Debug, Default)]
struct Current {
    script: Faults,
    faults: Vec<ScheduledFault>,
}

#[derive(Debug)]
struct ScheduledFault {
    target: Target,
    fault: Arc<Fault>,
    label: Arc<str>,
    /// Determines the random choices of this fault.
    seed: u64,
    /// The random numbers of each operation, by its id. They are independent of each other, so that the nth request
    /// of an operation has the same result in every run, regardless of requests to other operations. Requests
    /// without an operation share one entry.
    random: HashMap<String, Rng>,
    /// The number of requests that matched the target.
    matched: u64,
    /// The number of requests that the fault was applied to.
    applied: Arc<AtomicU64>,
}

/// A fault that is selected for a request.
#[derive(Clone, Debug)]
pub(crate) struct SelectedFault {
    /// The fault. After [`set_applied`](Self::set_applied), the effects that took place.
    pub(crate) fault: Arc<Fault>,
    /// The effects in one line.
    pub(crate) label: Arc<str>,
    /// Determines the random choices for this request.
    pub(super) seed: u64,
    applied: Arc<AtomicU64>,
}

impl Schedule {
    /// Replaces the fault script and resets all counters. If a fault is invalid, nothing changes.
    pub(crate) fn set(&self, model: &Model, script: Faults, default_seed: u64) -> Result<(), InputError> {
        let mut seeds = Rng::with_seed(script.seed.unwrap_or(default_seed));
        let targets = check(&script, model)?;
        let faults = targets.into_iter().zip(&script.faults).map(|(target, fault)| ScheduledFault {
            target,
            fault: Arc::new(fault.clone()),
            label: fault.label().into(),
            seed: seeds.u64(..),
            random: HashMap::new(),
            matched: 0,
            applied: Arc::default(),
        });
        let faults = faults.collect();
        *self.lock() = Current { script, faults };
        Ok(())
    }

    /// Selects the fault for a request, the first one that applies. Every fault that matches counts the request.
    pub(crate) fn select(
        &self,
        method: &Method,
        route: Option<&Route<'_>>,
        account: Option<&str>,
    ) -> Option<SelectedFault> {
        let operation = route.map(|route| route.operation.id.as_str()).unwrap_or_default();
        let mut selected = None;
        let matches = |scheduled: &&mut ScheduledFault| {
            scheduled.fault.is_for(account) && scheduled.target.matches(method, route)
        };
        for scheduled in self.lock().faults.iter_mut().filter(matches) {
            scheduled.matched += 1;
            let (draw, seed) = scheduled.draw(operation);
            let fault = &scheduled.fault;
            let applies = fault.nth.contains(scheduled.matched) && fault.chance.is_none_or(|chance| draw < chance);
            if applies && selected.is_none() {
                selected = Some(scheduled.select(seed));
            }
        }
        selected
    }

    /// The script as JSON, with the counters of each fault.
    pub(crate) fn to_json(&self) -> Value {
        let current = self.lock();
        let counts = |count: fn(&ScheduledFault) -> u64| current.faults.iter().map(count).collect::<Vec<_>>();
        json!({
            "script": current.script.to_json(),
            "matched": counts(|fault| fault.matched),
            "applied": counts(|fault| fault.applied.load(Ordering::Relaxed)),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ScheduledFault {
    /// Draws a number to compare with a probability, and the seed of all other choices for the request.
    fn draw(&mut self, operation: &str) -> (f64, u64) {
        let seed = || operation.bytes().fold(self.seed, |seed, byte| Rng::with_seed(seed ^ u64::from(byte)).u64(..));
        let random = self.random.entry(operation.to_owned()).or_insert_with(|| Rng::with_seed(seed()));
        (random.f64(), random.u64(..))
    }

    fn select(&self, seed: u64) -> SelectedFault {
        self.applied.fetch_add(1, Ordering::Relaxed);
        let (fault, label, applied) = (Arc::clone(&self.fault), Arc::clone(&self.label), Arc::clone(&self.applied));
        SelectedFault { fault, label, seed, applied }
    }
}

impl SelectedFault {
    /// Replaces the fault by the effects that took place. A fault without any does not count as applied.
    pub(super) fn set_applied(&mut self, applied: Fault) {
        if applied == *self.fault {
            return;
        }
        self.label = applied.label().into();
        self.fault = Arc::new(applied);
        if self.label.is_empty() {
            self.applied.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Target {
    fn matches(&self, method: &Method, route: Option<&Route<'_>>) -> bool {
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
