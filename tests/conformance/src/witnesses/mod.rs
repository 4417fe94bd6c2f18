//! The official SDKs as witnesses: each SDK and the client perform the operations of the spec with the same inputs,
//! each on its own simulator, and the requests that arrive are compared.
//!
//! The run fails unless every difference is covered by a rule or listed as a known difference in the SDK's file in
//! `spec/sdks/`. It also fails for a rule that no request needs and for a listed difference that does not occur.

mod compare;
mod driver;
mod expected;
mod inputs;
mod install;
mod perform;
mod run;
mod sent_request;
mod synthetic;
mod table;
mod verdict;

pub use compare::{Comparison, Difference, compare};
pub(crate) use driver::REMOVED_VARIABLES;
pub use driver::{Driver, Witness};
pub use expected::{Expected, expected};
pub use inputs::{Input, arguments, inputs, uncovered_fields};
pub use install::{Package, install};
pub use run::{Run, run};
pub use sent_request::{SentBody, SentRequest};
pub use table::table;
pub use verdict::{Compared, RequestComparison, Verdict, compare_request, judge, unused_rules};
