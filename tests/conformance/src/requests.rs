//! The client's requests by operation id. `build.rs` generates the list from the spec.

use plivo::{Client, Report, Request};
use serde_json::Value;

use crate::BoxError;

macro_rules! requests {
    ($($id:literal => $request:ty $(, $url:literal => $deferred:ty)?;)*) => {
        /// The ids of all operations.
        pub const OPERATIONS: &[&str] = &[$($id),*];

        /// Validates a request of the operation with the client. With the key of a URL that receives the result, the request
        /// is deferred.
        ///
        /// # Errors
        ///
        /// Fails if the client cannot deserialize the request.
        pub fn validate(operation: &str, request: Value) -> Result<Report, BoxError> {
            match operation {
                $($($id if request.get($url).is_some() => {
                    Ok(serde_json::from_value::<$deferred>(request)?.validate())
                })?
                $id => Ok(serde_json::from_value::<$request>(request)?.validate()),)*
                _ => Err(unknown(operation)),
            }
        }

        /// Sends a request of the operation. Returns the body of the response.
        ///
        /// # Errors
        ///
        /// Fails if the client cannot deserialize the request, or if the call fails.
        pub async fn send(client: &Client, operation: &str, request: Value) -> Result<Value, BoxError> {
            match operation {
                $($($id if request.get($url).is_some() => sent(client, serde_json::from_value::<$deferred>(request)?).await,)?
                $id => sent(client, serde_json::from_value::<$request>(request)?).await,)*
                _ => Err(unknown(operation)),
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/requests.rs"));

async fn sent<R: Request>(client: &Client, request: R) -> Result<Value, BoxError> {
    let answer = client.send(request).await?;
    match answer.body() {
        [] => Ok(Value::Null),
        body => Ok(serde_json::from_slice(body)?),
    }
}

fn unknown(operation: &str) -> BoxError {
    format!("the client has no operation `{operation}`").into()
}
