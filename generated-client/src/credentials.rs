//! The credentials of an account.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// The auth id, which is part of every path, and the auth token, which is never printed.
#[derive(Clone)]
pub(crate) struct Credentials {
    auth_id: String,
    token: SecretString,
}

impl Credentials {
    /// Checks both values. The error message names the problem and contains neither value.
    pub(crate) fn new(auth_id: String, token: SecretString) -> Result<Self, String> {
        if let Some(problem) = problem(&auth_id) {
            return Err(format!("the auth id {problem}"));
        }
        if auth_id == "." || auth_id == ".." {
            return Err("the auth id is `.` or `..`, which a path cannot hold".to_owned());
        }
        if auth_id.contains(char::is_whitespace) {
            return Err("the auth id contains white space".to_owned());
        }
        // In `id:token`, the first colon ends the id.
        if auth_id.contains(':') {
            return Err("the auth id contains a colon".to_owned());
        }
        match problem(token.expose_secret()) {
            Some(problem) => Err(format!("the auth token {problem}")),
            None => Ok(Self { auth_id, token }),
        }
    }

    pub(crate) fn auth_id(&self) -> &str {
        &self.auth_id
    }

    /// The value of the Authorization header, marked as sensitive.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        let pair = SecretString::from(format!("{}:{}", self.auth_id, self.token.expose_secret()));
        let text = format!("Basic {}", STANDARD.encode(pair.expose_secret()));
        let mut value = HeaderValue::try_from(text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

fn problem(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty")
    } else if text.contains(char::is_control) {
        Some("contains a control character, such as a line break")
    } else {
        None
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}
