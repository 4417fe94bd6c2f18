//! Support for the tests of spec, client and simulator together, and the comparison of the client with the official
//! SDKs and with Schemathesis.

#![forbid(unsafe_code)]

pub mod path_objects;
pub mod programs;
pub mod requests;
pub mod schemathesis;
pub mod witnesses;

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
