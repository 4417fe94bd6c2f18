//! The client of the examples.

use std::env;

use plivo::{Client, ClientBuilder, Result};

/// A client for the account in `PLIVO_AUTH_ID` and `PLIVO_AUTH_TOKEN`. It uses Plivo, or the server in
/// `PLIVO_BASE_URL`, such as the simulator of this project.
pub(crate) fn builder() -> Result<ClientBuilder> {
    let builder = Client::builder().credentials_from_env()?;
    Ok(match env::var("PLIVO_BASE_URL") {
        Ok(base_url) => builder.base_url(base_url),
        Err(_) => builder,
    })
}
