//! Schemathesis drives the simulator from the description in OpenAPI: both come from the spec, by different code.

mod explained;
mod report;
mod run;

pub use explained::{Explained, Explanation};
pub use report::{Failure, Report};
pub use run::run;
