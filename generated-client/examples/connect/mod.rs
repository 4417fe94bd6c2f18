//! The client of the examples, and how they fail.

use std::error::Error;
use std::{env, fmt};

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

/// An error that `main` returns. Rust prints it with `Debug`, which shows the message and its causes here.
pub(crate) struct Failure(Box<dyn Error>);

impl<E: Into<Box<dyn Error>>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)?;
        let mut source = self.0.source();
        while let Some(cause) = source {
            write!(f, "\n  because: {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}
