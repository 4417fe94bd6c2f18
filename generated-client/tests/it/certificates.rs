//! A system without CA certificates: what needs them, and what the error says.

use plivo::Client;

use crate::fake_transport::{AUTH_ID, TOKEN};
use crate::proxies::{CHILD, run_with};

#[test]
fn a_system_without_certificates_fails_the_build_but_not_for_loopback() {
    if std::env::var_os(CHILD).is_none() {
        let empty = tempfile::tempdir().expect("a folder");
        let file = empty.path().join("certificates.pem");
        std::fs::write(&file, "").expect("a file");
        let (file, folder) = (file.to_str().expect("a path"), empty.path().to_str().expect("a path"));
        let test = "certificates::a_system_without_certificates_fails_the_build_but_not_for_loopback";
        run_with(test, &[("SSL_CERT_FILE", file), ("SSL_CERT_DIR", folder)]);
        return;
    }
    let builder = || Client::builder().credentials(AUTH_ID, TOKEN).no_proxy();
    let error = builder().build().expect_err("no server can be verified");
    let message = "the transport cannot be set up: the system has no CA certificates, with which servers are verified; \
        install them (often a package `ca-certificates`), or name a file with the environment variable SSL_CERT_FILE";
    assert!(error.is_config() && error.to_string() == message, "{error}");
    assert!(builder().base_url("http://127.0.0.1:9").build().is_ok());
}
