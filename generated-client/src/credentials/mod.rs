//! The credentials of an account.

mod mask;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use self::mask::mask;

/// The number of letters that are read of a text that is masked.
const MAX_MASKED: usize = 8192;

/// The auth id, which is part of every path, and the auth token, which is never printed.
#[derive(Clone)]
pub(crate) struct Credentials {
    auth_id: String,
    token: SecretString,
    /// `id:token` in Base64.
    encoded_pair: SecretString,
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
        if let Some(problem) = problem(token.expose_secret()) {
            return Err(format!("the auth token {problem}"));
        }
        // The auth id is part of every URL, where a token would be logged.
        if looks_like_id(token.expose_secret()) && looks_like_token(&auth_id) {
            return Err("the auth id and the auth token are swapped".to_owned());
        }
        let pair = SecretString::from(format!("{auth_id}:{}", token.expose_secret()));
        let encoded_pair = SecretString::from(STANDARD.encode(pair.expose_secret()));
        Ok(Self { auth_id, token, encoded_pair })
    }

    pub(crate) fn auth_id(&self) -> &str {
        &self.auth_id
    }

    /// The value of the Authorization header, marked as sensitive.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        let text = ["Basic ", self.encoded_pair.expose_secret()].concat();
        let mut value = HeaderValue::try_from(text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// Replaces the token and the value of the header in a text from outside, for example of a gateway that repeats the
    /// request in its response. Only the beginning of a long text is returned.
    pub(crate) fn mask(&self, text: &str) -> String {
        let cut = (text.len() > MAX_MASKED).then(|| text.char_indices().nth(MAX_MASKED)).flatten();
        let text = cut.map_or(text, |(end, _)| &text[..end]);
        mask(text, &[self.encoded_pair.expose_secret(), self.token.expose_secret()])
    }
}

fn problem(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty")
    } else if text.contains(char::is_control) {
        Some("contains a control character, such as a line break")
    } else if text.trim() != text {
        Some("begins or ends with white space")
    } else if text.starts_with(is_quote) || text.ends_with(is_quote) {
        Some("begins or ends with a quotation mark")
    } else {
        None
    }
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}')
}

/// The length from which a text can be told to be an id or a token.
const MIN_TELLING_LENGTH: usize = 16;

/// Ids consist of uppercase letters and digits.
fn looks_like_id(text: &str) -> bool {
    text.len() >= MIN_TELLING_LENGTH && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Tokens are random letters of both cases and digits.
fn looks_like_token(text: &str) -> bool {
    text.len() >= MIN_TELLING_LENGTH && text.contains(|letter: char| letter.is_ascii_lowercase())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}
