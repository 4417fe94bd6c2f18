//! The latest transitions.

use super::Transition;
use std::collections::VecDeque;

/// The maximum number of transitions.
const CAPACITY: usize = 10_000;

/// The latest 10,000 transitions, oldest first.
#[derive(Debug, Default)]
pub(crate) struct History {
    transitions: VecDeque<Transition>,
}

impl History {
    /// Adds a transition, and drops the oldest one if there are too many.
    pub(crate) fn push(&mut self, transition: Transition) {
        if self.transitions.len() == CAPACITY {
            self.transitions.pop_front();
        }
        self.transitions.push_back(transition);
    }

    /// All transitions, oldest first.
    pub(crate) fn all(&self) -> Vec<Transition> {
        self.transitions.iter().cloned().collect()
    }

    /// Forgets all transitions.
    pub(crate) fn clear(&mut self) {
        self.transitions.clear();
    }
}
