//! The facts that a spec states: one module per group, each with the mutants of its facts.

pub(crate) mod fields;
pub(crate) mod levels;
pub(crate) mod names;
pub(crate) mod operations;
pub(crate) mod states;
pub(crate) mod wire;
