//! Who calls.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// The auth id, which stands in paths, and the token, which nobody can print.
#[derive(Clone)]
pub(crate) struct Credentials {
    auth_id: String,
    token: SecretString,
}

impl Credentials {
    /// Checks both; an error says what is wrong with which, and shows neither.
    pub(crate) fn new(auth_id: String, token: SecretString) -> Result<Self, String> {
        if let Some(is) = fault(&auth_id) {
            return Err(format!("the auth id {is}"));
        }
        if auth_id == "." || auth_id == ".." {
            return Err("the auth id is a step in a path".to_owned());
        }
        if auth_id.contains(char::is_whitespace) {
            return Err("the auth id contains white space".to_owned());
        }
        // It ends at the first colon of `id:token`.
        if auth_id.contains(':') {
            return Err("the auth id contains a colon".to_owned());
        }
        match fault(token.expose_secret()) {
            Some(is) => Err(format!("the auth token {is}")),
            None => Ok(Self { auth_id, token }),
        }
    }

    pub(crate) fn auth_id(&self) -> &str {
        &self.auth_id
    }

    /// The value of the Authorization header, marked so that it is not printed.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        let pair = SecretString::from(format!("{}:{}", self.auth_id, self.token.expose_secret()));
        let text = format!("Basic {}", STANDARD.encode(pair.expose_secret()));
        let mut value = HeaderValue::try_from(text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

fn fault(text: &str) -> Option<&'static str> {
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
