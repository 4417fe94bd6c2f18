//! Schemathesis drives the simulator from the description in OpenAPI: both come from the spec, by different code.

mod explained;
mod report;
mod run;

pub use explained::{Explained, Explanation};
pub use report::{Failure, failures};
pub use run::run;
