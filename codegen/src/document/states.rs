//! The states of stored objects.

use std::time::Duration;

use super::fact::{Map, Spanned};
use crate::yaml::Node;

/// How stored objects move from state to state.
pub(crate) struct StatesDoc {
    /// The field that holds the state.
    pub(crate) field: Spanned<String>,
    pub(crate) steps: Map<Spanned<StayDoc>>,
    pub(crate) also: Vec<Spanned<String>>,
    pub(crate) sets: Map<Vec<SetDoc>>,
}

/// How long an object stays in a state.
#[derive(Clone)]
pub(crate) enum StayDoc {
    /// `1s`
    For(Duration),
    /// `{ after: field }`
    After(Spanned<String>),
    /// `wait`
    Wait,
    /// `end`
    End,
}

/// `name`, or `name: value`.
pub(crate) struct SetDoc {
    pub(crate) name: Spanned<String>,
    pub(crate) value: Option<Node>,
}

/// How an operation moves an object.
pub(crate) struct MovesDoc {
    pub(crate) from: Option<Vec<Spanned<String>>>,
    pub(crate) to: Spanned<String>,
}
