//! Checks the spec against its sources, as recorded in `evidence/`.
//!
//! The tests use the generator's model of the spec, and no generated code. The environment variable `PLIVO_SPEC` names
//! another spec directory; `cargo xtask mutate` uses it to measure which mistakes the tests detect.

mod answers;
mod arguments;
mod deviations;
mod go;
mod page;
mod project_policy;
mod requests;
mod spec;
mod table;
