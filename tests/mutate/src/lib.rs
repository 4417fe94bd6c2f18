//! Mutation testing of the spec: changes one fact at a time and counts the changes that are detected.
//!
//! A mutant is detected if the generator rejects it, or if it differs from the evidence: what the sources of the spec
//! say (package `tests/evidence`). A difference in the generated code does not count, because every change causes one.

#![forbid(unsafe_code)]

mod collector;
mod facts;
mod marks;
mod mutant;
mod report;
mod tree;
mod trial;
mod walk;

pub use mutant::{FactKind, Mutant};
pub use report::{Report, line};
pub use trial::{Differences, KnownBy, Verdict, run};
pub use walk::{mutants, unchanged};

/// Why the mutants could not be generated or tested.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
