//! The spec against what its sources say, as it is written down in `evidence/`.
//!
//! The spec is read by the generator and judged by its model; no generated code is involved. The
//! environment variable `PLIVO_SPEC` names another spec directory, by which `cargo xtask mutate`
//! tries whether mistakes would be noticed.

mod answers;
mod arguments;
mod deviation;
mod go;
mod house;
mod page;
mod requests;
mod spec;
mod table;
