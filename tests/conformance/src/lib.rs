//! Support for the tests of spec, client and simulator together, and the comparison of the client with the official
//! SDKs.

#![forbid(unsafe_code)]

pub mod path_objects;
pub mod programs;
pub mod requests;
pub mod seeding;
pub mod witnesses;

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
