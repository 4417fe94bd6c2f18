//! Builds the default transport, and says what is missing if it cannot be built.

use std::env;
use std::error::Error as _;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::schema::{Generated, ThisCrate};
use crate::transport::{HAS_TLS, ReqwestTransport, Settings, Transport, lacks_crypto_provider};

const NO_TLS: &str = "the transport cannot be set up: this crate was compiled without TLS; enable one of its features \
                      `rustls`, `native-tls` and `rustls-no-provider`";

const NO_CRYPTO_PROVIDER: &str = "the transport cannot be set up: rustls has no crypto provider; install one first, \
                                  for example with `rustls::crypto::ring::default_provider().install_default()`";

const NO_CERTIFICATES: &str = "the transport cannot be set up: the system has no CA certificates, with which servers \
                               are verified; install them (often a package `ca-certificates`), or name a file with \
                               the environment variable SSL_CERT_FILE";

pub(super) fn default_transport(base_url: Option<&BaseUrl>, settings: Settings) -> Result<Arc<dyn Transport>, Error> {
    // The caller decides about TLS and the proxy of a builder of their own.
    if !settings.has_custom_builder() {
        check_tls(HAS_TLS, lacks_crypto_provider(), base_url)?;
        check_proxy(base_url, &settings)?;
    }
    // Only `reqwest` knows whether the TLS settings of the caller have a provider. Without one, it panics.
    let built = panic::catch_unwind(AssertUnwindSafe(|| ReqwestTransport::new(base_url, settings)));
    match built {
        Ok(Ok(transport)) => Ok(Arc::new(transport)),
        Ok(Err(error)) if lacks_certificates(&error) => {
            Err(Error::config_with_source(NO_CERTIFICATES, error.without_url()))
        }
        Ok(Err(error)) => Err(Error::config_with_source("the transport cannot be set up", error.without_url())),
        Err(_) => Err(Error::config(NO_CRYPTO_PROVIDER)),
    }
}

/// Checks the features and the crypto provider.
fn check_tls(has_tls: bool, lacks_crypto_provider: bool, base_url: Option<&BaseUrl>) -> Result<(), Error> {
    if !has_tls && !base_url.is_some_and(BaseUrl::is_plain) {
        return Err(Error::config(NO_TLS));
    }
    if lacks_crypto_provider { Err(Error::config(NO_CRYPTO_PROVIDER)) } else { Ok(()) }
}

/// Checks the proxy of the environment, which requests to loopback do not use.
fn check_proxy(base_url: Option<&BaseUrl>, settings: &Settings) -> Result<(), Error> {
    let variable = |name: &str| env::var(name).ok();
    let checked = match base_url {
        Some(base_url) if base_url.is_loopback() => Ok(()),
        Some(base_url) => settings.proxy.check_environment([base_url.origin()].map(host).into_iter(), variable),
        None => settings.proxy.check_environment(ThisCrate::API.hosts.iter().copied().map(host), variable),
    };
    checked.map_err(Error::config)
}

/// The host of an origin, without scheme and port.
fn host(origin: &str) -> &str {
    let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
    authority.split_once(':').map_or(authority, |(host, _)| host)
}

/// Whether the verifier of rustls found no certificate in the system. It has no error of its own for that.
fn lacks_certificates(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.to_string().contains("No CA certificates") {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_tls_only_plain_http_can_be_used() {
        let url = |text| BaseUrl::parse(text).expect("a base URL");
        let (plain, encrypted) = (url("http://localhost:9"), url("https://localhost:9"));
        for base_url in [None, Some(&encrypted)] {
            let error = check_tls(false, false, base_url).expect_err("no TLS");
            assert!(error.is_config() && error.to_string() == NO_TLS, "{error}");
            assert!(check_tls(true, false, base_url).is_ok());
        }
        assert!(check_tls(false, false, Some(&plain)).is_ok());
    }

    #[cfg(not(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls")))]
    #[test]
    fn a_build_without_tls_names_its_features() {
        let error = crate::Client::new("i", "t").expect_err("no TLS");
        assert_eq!(error.to_string(), NO_TLS);
    }
}
