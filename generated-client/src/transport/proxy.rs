//! The proxy of requests, and the checks that it can be used. The HTTP library ignores a proxy with an unknown scheme.

use http::Uri;
use http::uri::Scheme;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::base_url::{BaseUrl, is_loopback};

/// Whether requests go through a proxy.
pub(crate) enum ProxySetting {
    /// Through the proxy in the environment variables, but not to loopback.
    Environment,
    Never,
    /// Through the proxy at this URL, which may contain a password.
    Url(SecretString),
}

impl ProxySetting {
    /// Checks the URL of the proxy. The error message does not contain it.
    pub(crate) fn check(&self, base_url: Option<&BaseUrl>) -> Result<(), String> {
        let Self::Url(url) = self else { return Ok(()) };
        let url = Url::parse(url.expose_secret()).map_err(|error| format!("the proxy is not a URL: {error}"))?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err("the proxy must start with http:// or https://".to_owned());
        }
        if base_url.is_some_and(BaseUrl::is_plain) && !is_loopback(&url) {
            let reason = "the base URL is plain http, so the proxy would read the credentials";
            return Err(format!("{reason}; use a proxy on loopback, or call `no_proxy`"));
        }
        Ok(())
    }

    /// Checks the proxy in the environment variables, if requests to one of these hosts use it.
    pub(crate) fn check_environment<'a>(
        &self,
        mut hosts: impl Iterator<Item = &'a str>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<(), String> {
        let Self::Environment = self else { return Ok(()) };
        let first = |names: [&'static str; 2]| names.into_iter().find_map(|name| Some((name, variable(name)?)));
        let exceptions = first(["NO_PROXY", "no_proxy"]).map_or(String::new(), |(_, value)| value);
        // In a CGI program, a header of the caller could set the proxy, so the HTTP library uses none.
        let is_unused = variable("REQUEST_METHOD").is_some() || hosts.all(|host| is_exception(&exceptions, host));
        let set = |names| first(names).filter(|(_, value)| !value.is_empty());
        let proxy = set(["HTTPS_PROXY", "https_proxy"]).or_else(|| set(["ALL_PROXY", "all_proxy"]));
        match proxy {
            Some((name, value)) if !is_unused && !is_http(&value) => Err(format!(
                "the proxy in the environment variable {name} cannot be used: it must start with http:// or https://; \
                 set another one with `proxy`, or call `no_proxy`"
            )),
            _ => Ok(()),
        }
    }
}

/// Whether a proxy in the environment speaks HTTP. It does by default.
fn is_http(proxy: &str) -> bool {
    let Ok(uri) = proxy.parse::<Uri>() else { return false };
    let is_http = uri.scheme().is_none_or(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
    is_http && uri.authority().is_some()
}

/// Whether `NO_PROXY` lists the host or a domain that contains it.
fn is_exception(exceptions: &str, host: &str) -> bool {
    exceptions.split(',').map(|entry| entry.trim().trim_start_matches('.')).any(|entry| {
        let before = host.len().checked_sub(entry.len()).and_then(|start| host.split_at_checked(start));
        let is_below = before.is_some_and(|(before, end)| {
            (before.is_empty() || before.ends_with('.')) && end.eq_ignore_ascii_case(entry) && !entry.is_empty()
        });
        entry == "*" || is_below
    })
}

#[cfg(test)]
mod tests {
    use super::{ProxySetting, is_exception};

    fn check(variables: &[(&str, &str)]) -> Result<(), String> {
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        ProxySetting::Environment.check_environment(["api.example.com", "stats.example.com"].into_iter(), variable)
    }

    #[test]
    fn a_proxy_of_the_environment_that_cannot_be_used_is_refused() {
        for (name, value) in [
            ("ALL_PROXY", "socks5://secret@127.0.0.1:1080"),
            ("all_proxy", "socks5h://secret"),
            ("HTTPS_PROXY", "htp://secret"),
            ("https_proxy", "http:/secret"),
            ("HTTPS_PROXY", "not a secret"),
        ] {
            let error = check(&[(name, value)]).expect_err(value);
            assert!(error.contains(name) && error.contains("`no_proxy`") && !error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn a_proxy_of_the_environment_that_is_usable_or_unused_is_accepted() {
        let bad = ("ALL_PROXY", "socks5://127.0.0.1:1080");
        for variables in [
            &[][..],
            &[("HTTPS_PROXY", "http://proxy.example.com:3128")],
            &[("HTTPS_PROXY", "HTTPS://ada:secret@proxy.example.com")],
            &[("https_proxy", "proxy.example.com:3128")],
            &[("ALL_PROXY", "")],
            &[("HTTP_PROXY", "socks5://127.0.0.1:1080")],
            &[("HTTPS_PROXY", "http://proxy.example.com"), bad],
            &[bad, ("NO_PROXY", "*")],
            &[bad, ("NO_PROXY", "localhost, .example.com")],
            &[bad, ("no_proxy", "api.example.com,stats.example.com")],
            &[bad, ("REQUEST_METHOD", "POST")],
        ] {
            assert_eq!(check(variables), Ok(()), "{variables:?}");
        }
        assert!(check(&[bad, ("NO_PROXY", "api.example.com")]).is_err());
        assert!(check(&[bad, ("HTTPS_PROXY", "")]).is_err());
    }

    #[test]
    fn exceptions_match_whole_labels() {
        assert!(is_exception("EXAMPLE.com", "api.example.com") && is_exception("127.0.0.1", "127.0.0.1"));
        assert!(!is_exception("example.com", "notexample.com") && !is_exception("", "example.com"));
        assert!(!is_exception("a.example.com", "example.com") && !is_exception(",", "example.com"));
    }
}
