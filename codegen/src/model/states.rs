//! How stored objects move from state to state: by themselves as time passes, or by an operation.

use std::time::Duration;

use serde_json::Value;

/// The states of the stored objects of a resource.
///
/// An object starts in the first step. It leaves each step for the next one, and stays in `end`. The other states are
/// entered only by an operation, and an object stays in them too.
#[derive(Clone, Debug)]
pub struct States {
    /// The wire name of the field that holds the state.
    pub field: String,
    /// The states that an object leaves by itself or when it is moved, in their order.
    pub steps: Vec<Step>,
    /// The state after the last step.
    pub end: State,
    /// The states that no step leads to.
    pub others: Vec<State>,
}

/// A state that another one follows.
#[derive(Clone, Debug)]
pub struct Step {
    /// The state.
    pub state: State,
    /// How long an object stays in it.
    pub stay: Stay,
}

/// A state.
#[derive(Clone, Debug)]
pub struct State {
    /// Its value on the wire.
    pub name: String,
    /// What the server sets when an object enters it.
    pub sets: Vec<Assignment>,
}

/// How long an object stays in a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stay {
    /// This long.
    For(Duration),
    /// The number of seconds in a field of the object.
    Field {
        /// The wire name of the field.
        name: String,
        /// How long an object without the field stays.
        otherwise: Duration,
    },
    /// Until an operation moves it.
    UntilMoved,
}

/// A field that the server sets when an object enters a state.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The wire name of the field.
    pub field: String,
    /// Its new value.
    pub value: Assigned,
}

/// The value that the server sets.
#[derive(Clone, Debug, PartialEq)]
pub enum Assigned {
    /// The time at which the object enters the state.
    Time,
    /// Always the same.
    Value(Value),
}

/// How an operation moves an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The states in which an object can be moved.
    pub from: Vec<String>,
    /// The state that it enters.
    pub to: String,
}

impl States {
    /// The state of a new object.
    pub fn first(&self) -> &State {
        self.steps.first().map_or(&self.end, |step| &step.state)
    }

    /// All states: the steps, the end, then the others.
    pub fn all(&self) -> impl Iterator<Item = &State> {
        self.steps.iter().map(|step| &step.state).chain([&self.end]).chain(&self.others)
    }

    /// The state with this name.
    pub fn find(&self, name: &str) -> Option<&State> {
        self.all().find(|state| state.name == name)
    }

    /// Whether entering a state sets a field: the one that holds the state, or another one.
    pub fn set(&self, field: &str) -> bool {
        self.field == field || self.all().flat_map(|state| &state.sets).any(|assignment| assignment.field == field)
    }

    /// How long an object stays in a state, and the state that follows. `None`: it stays for good.
    pub fn next(&self, name: &str) -> Option<(&Stay, &State)> {
        let position = self.steps.iter().position(|step| step.state.name == name)?;
        let next = self.steps.get(position + 1).map_or(&self.end, |step| &step.state);
        Some((&self.steps[position].stay, next))
    }
}
