//! Hides values that look like secrets.

use percent_encoding::percent_decode_str;

/// The text in place of a secret.
pub(super) const HIDDEN: &str = "(hidden)";

/// Parts of the names of headers and query keys whose values are secret. Separators are left out.
const PARTS: [&str; 15] = [
    "authorization",
    "authtoken",
    "token",
    "secret",
    "passw",
    "cookie",
    "credential",
    "signature",
    "apikey",
    "accesskey",
    "privatekey",
    "authkey",
    "sessionid",
    "bearer",
    "jwt",
];

/// Whole names whose values are secret.
const WORDS: [&str; 7] = ["auth", "key", "otp", "pin", "pwd", "session", "sig"];

/// Whether the value under this name looks like a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let letters: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    WORDS.contains(&letters.as_str()) || letters.ends_with("xauth") || PARTS.iter().any(|part| letters.contains(part))
}

/// A query without the values of secret keys.
pub(super) fn without_secrets(query: &str) -> String {
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if is_secret(&percent_decode_str(name).decode_utf8_lossy()) => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    });
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::{is_secret, without_secrets};

    #[test]
    fn names_of_secrets_are_recognized() {
        for name in [
            "authorization",
            "x-plivo-auth-token",
            "Cookie",
            "set-cookie",
            "x-api-key",
            "API_KEY",
            "x-auth",
            "client_secret",
            "password",
            "x-plivo-signature-v3",
            "access_token",
            "X-Auth-Key",
            "sig",
            "key",
            "PHPSESSIONID",
            "proxy-authorization",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["auth_id", "content-type", "author", "session_uuid", "keyword", "limit"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn a_query_keeps_everything_but_secrets() {
        assert_eq!(without_secrets("a=1&auth_token=x=y&b&&%74oken=z"), "a=1&auth_token=(hidden)&b&&%74oken=(hidden)");
        assert_eq!(without_secrets(""), "");
    }
}
