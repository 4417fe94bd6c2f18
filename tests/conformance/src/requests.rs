//! The requests of the client, by the ids of their operations. The list is made from the spec.

use plivo::{Client, Report};
use serde_json::Value;

use crate::Failure;

macro_rules! requests {
    ($($id:literal => $request:path,)*) => {
        /// The ids of all operations.
        pub const OPERATIONS: &[&str] = &[$($id),*];

        /// What the client finds in a request of the operation.
        ///
        /// # Errors
        ///
        /// Data that the client cannot read as a request.
        pub fn validate(operation: &str, given: Value) -> Result<Report, Failure> {
            match operation {
                $($id => Ok(serde_json::from_value::<$request>(given)?.validate()),)*
                _ => Err(unknown(operation)),
            }
        }

        /// Sends a request of the operation. Gives what came back.
        ///
        /// # Errors
        ///
        /// Data that the client cannot read as a request, and everything that the client fails with.
        pub async fn send(client: &Client, operation: &str, given: Value) -> Result<Value, Failure> {
            match operation {
                $($id => {
                    let answer = client.send(serde_json::from_value::<$request>(given)?).await?;
                    Ok(serde_json::from_slice(answer.body())?)
                })*
                _ => Err(unknown(operation)),
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/requests.rs"));

fn unknown(operation: &str) -> Failure {
    format!("the client has no operation `{operation}`").into()
}
