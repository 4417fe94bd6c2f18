//! The official SDKs as witnesses: they and the client perform the operations of the spec with the same
//! inputs, each against a simulator of its own, and what arrives there is compared.
//!
//! What an SDK sends otherwise is equal after the rules of its file in `spec/sdks/`, or listed there as a
//! known difference, or the run fails. A rule that nothing needs and a difference that does not occur
//! fail as well.

mod compare;
mod driver;
mod expected;
mod inputs;
mod install;
mod judge;
mod made;
mod perform;
mod run;
mod sent;
mod table;

pub use compare::{Comparison, Difference, compare};
pub use driver::{Driver, Witness};
pub use expected::{Expected, expected};
pub use inputs::{Input, arguments, gaps, inputs};
pub use install::install;
pub use judge::{Beside, Verdict, beside, judge, unused};
pub use run::{Run, run};
pub use sent::{Body, Sent};
pub use table::table;
