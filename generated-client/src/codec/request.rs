//! The trait of requests, which names the operation and the type of the answer.

use std::fmt::Debug;

use crate::codec::decode::Answer;
use crate::schema::{Object, Operation};

/// A request that [`Client::send`](crate::Client::send) accepts. Every request type of this crate implements it.
pub trait Request: Debug + Object + Sized {
    /// The type of the answer.
    type Answer: Answer;

    /// The operation that the request belongs to.
    #[doc(hidden)]
    const OPERATION: &'static Operation;

    /// The texts that are sent beside the fields, by name.
    #[doc(hidden)]
    fn extra(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
