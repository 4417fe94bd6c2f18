//! The base URL that replaces Plivo's servers.

use url::{Host, Url};

/// The scheme and authority that replace those of every server, such as those of a simulator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    origin: String,
    is_loopback: bool,
}

impl BaseUrl {
    /// Parses a base URL. The error message names the problem and does not contain the URL.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| format!("the base URL is not a URL: {error}"))?;
        if !url.has_host() {
            return Err("the base URL names no host".to_owned());
        }
        let is_loopback = is_loopback(&url);
        match url.scheme() {
            "https" => {}
            "http" if is_loopback => {}
            "http" => {
                let reason = "plain http would expose the credentials and is accepted for loopback only";
                return Err(format!("the base URL must start with https://: {reason}"));
            }
            _ => return Err("the base URL must start with https://".to_owned()),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("the base URL contains credentials; set them with `credentials`".to_owned());
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("the base URL contains a query or a fragment".to_owned());
        }
        if url.path() != "/" {
            return Err("the base URL contains a path; it replaces only the scheme and the host".to_owned());
        }
        Ok(Self { origin: url.origin().ascii_serialization(), is_loopback })
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Whether requests are not encrypted. The host is loopback then.
    pub(crate) fn is_plain(&self) -> bool {
        self.origin.starts_with("http://")
    }
}

/// Whether the host of a URL is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn http_is_accepted_for_loopback_only() {
        for text in [
            "http://127.0.0.1:8080",
            "http://127.9.9.9/",
            "http://[::1]:1",
            "http://localhost:3000",
            "https://localhost",
        ] {
            assert!(BaseUrl::parse(text).is_ok_and(|url| url.is_loopback()), "{text}");
        }
        assert!(BaseUrl::parse("https://plivo.example.com").is_ok_and(|url| !url.is_loopback()));
        for text in [
            "http://plivo.example.com",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
        ] {
            assert!(BaseUrl::parse(text).is_err_and(|error| error.contains("loopback")), "{text}");
        }
    }

    #[test]
    fn only_scheme_and_authority_are_accepted() {
        for text in [
            "",
            "example.com",
            "ftp://example.com",
            "https://a:b@example.com",
            "https://a@example.com",
            "https://example.com/v1",
            "https://example.com?a",
            "https://example.com/#a",
            "file:///etc/hosts",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            BaseUrl::parse("https://example.com:443/").map(|url| url.origin().to_owned()),
            Ok("https://example.com".to_owned())
        );
    }
}
