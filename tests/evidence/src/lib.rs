//! Compares the spec with the evidence: what its sources say, each in its own terms.
#![forbid(unsafe_code)]

mod answer_fields;
mod answers;
mod authority;
mod checks;
mod coverage;
mod evidence;
mod exceptions;
mod finding;
mod go_struct;
mod record;
mod report;
mod requests;
mod route;
mod subject;
mod table;

pub use coverage::{Coverage, Share};
pub use evidence::{Evidence, Folder};
pub use finding::{Finding, Source, Stated};
pub use report::{Flaw, Report, check};

/// Why the evidence could not be read.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
