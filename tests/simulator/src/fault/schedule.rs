//! Decides which fault acts on a request.

use super::check::{Target, targets};
use super::{Fault, FaultError, Faults};
use crate::route::Route;
use fastrand::Rng;
use http::Method;
use plivo_codegen::model::Model;
use serde_json::{Value, json};
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
    /// Its own, so that the nth request at its route has the same fate in every run.
    random: Rng,
    /// How many requests there were at its route.
    met: u64,
    /// On how many of them it acted.
    acted: u64,
}

/// A fault that acts on a request.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    /// The fault.
    pub(crate) fault: Arc<Fault>,
    /// What it does, in one line.
    pub(crate) label: Arc<str>,
    /// Decides what is random about it.
    pub(crate) seed: u64,
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
            random: seeds.fork(),
            met: 0,
            acted: 0,
        });
        let entries = entries.collect();
        *self.lock() = Now { faults, entries };
        Ok(())
    }

    /// The fault that acts on the next request. All that it concerns count it, and the first acts.
    pub(crate) fn due(&self, method: &Method, route: Option<&Route<'_>>) -> Option<Due> {
        let mut due = None;
        for entry in self.lock().entries.iter_mut().filter(|entry| entry.target.is_met(method, route)) {
            entry.met += 1;
            let (lot, seed) = (entry.random.f64(), entry.random.u64(..));
            let is_chosen = entry.fault.nth.contains(entry.met) && entry.fault.chance.is_none_or(|chance| lot < chance);
            if is_chosen && due.is_none() {
                entry.acted += 1;
                due = Some(Due { fault: Arc::clone(&entry.fault), label: Arc::clone(&entry.label), seed });
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
            "acted": count(|entry| entry.acted),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
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
