//! Proxies: which are used, and which would read the credentials; and what the HTTP library logs.

use std::process::Command;
use std::sync::{Arc, Mutex};

use log::{LevelFilter, Log, Metadata, Record};
use plivo::Client;

use crate::disconnects::{CREATED, settings};
use crate::fake_transport::{AUTH_ID, TOKEN, bakery};
use crate::faulty_socket::{Ends, FaultySocket, Plan, Reads};

use Ends::Closed;

#[tokio::test]
async fn a_configured_proxy_is_used() {
    let server = FaultySocket::start(Plan { reads: Reads::All, writes: CREATED, ends: Closed }).await;
    // Nothing listens at the address of the request.
    let settings = settings("http://127.0.0.1:9".to_owned()).proxy(format!("http://ada:secret@{}", server.address));
    assert!(!format!("{settings:?}").contains("secret"));
    settings.build().expect("a client").send(bakery()).await.expect("the proxy answers");
    assert!(server.has(&["POST http://127.0.0.1:9/v1/Account/MAXX/Profile/ HTTP/1.1"]));
    assert!(server.has(&["proxy-authorization: Basic "]));
    for url in ["not a proxy: secret", "ftp://secret", "htttp://secret:1", "socks5://secret", "http://", "secret"] {
        let bad = Client::builder().credentials("i", "t").proxy(url).build().expect_err(url);
        assert!(bad.is_config() && !format!("{bad} {bad:?}").contains("secret"), "{bad:?}");
    }
}

#[tokio::test]
async fn the_proxy_of_the_client_overrides_that_of_reqwest() {
    let plan = Plan { reads: Reads::All, writes: CREATED, ends: Closed };
    let (theirs, ours) = (FaultySocket::start(plan).await, FaultySocket::start(plan).await);
    let proxy = reqwest::Proxy::all(format!("http://{}", theirs.address)).expect("a proxy");
    let builder = move || reqwest::Client::builder().proxy(proxy.clone());
    let settings = settings("http://127.0.0.1:9".to_owned()).reqwest013(builder);
    let client = settings.proxy(format!("http://{}", ours.address)).build().expect("a client");
    client.send(bakery()).await.expect("the proxy answers");
    assert_eq!((theirs.connections(), ours.connections()), (0, 1));
}

#[test]
fn a_proxy_elsewhere_does_not_read_the_credentials_of_plain_http() {
    for (base_url, proxy, is_accepted) in [
        ("http://localhost:9", "http://proxy.example.com:3128", false),
        ("http://127.0.0.1:9", "https://proxy.example.com", false),
        ("http://[::1]:9", "http://10.0.0.1:3128", false),
        ("http://localhost:9", "http://127.0.0.1:3128", true),
        ("http://localhost:9", "http://[::1]:3128", true),
        ("https://localhost:9", "http://proxy.example.com:3128", true),
    ] {
        let built = settings(base_url.to_owned()).proxy(proxy).build();
        assert_eq!(built.is_ok(), is_accepted, "{base_url} {proxy}");
        let Err(error) = built else { continue };
        let message = "the base URL is plain http, so the proxy would read the credentials; use a proxy on loopback, or \
            call `no_proxy`";
        assert!(error.is_config() && error.to_string() == message, "{error}");
    }
}

/// Everything that the HTTP library logs.
struct Logged(Arc<Mutex<String>>);

impl Log for Logged {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("reqwest")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            *self.0.lock().expect("no panic") += &format!("{}\n", record.args());
        }
    }

    fn flush(&self) {}
}

#[tokio::test]
async fn the_http_library_never_logs_the_authorization_header() {
    let logged = Arc::new(Mutex::new(String::new()));
    log::set_boxed_logger(Box::new(Logged(Arc::clone(&logged)))).expect("no other test logs");
    log::set_max_level(LevelFilter::Trace);
    let server = FaultySocket::start(Plan { reads: Reads::All, writes: CREATED, ends: Closed }).await;
    let builder = || reqwest::Client::builder().connection_verbose(true);
    let settings = settings(format!("http://{}", server.address)).reqwest013(builder);
    settings.build().expect("a client").send(bakery()).await.expect("an answer");
    log::set_max_level(LevelFilter::Off);
    let logged = logged.lock().expect("no panic");
    assert!(logged.contains("starting new connection") && !logged.to_lowercase().contains("authorization"), "{logged}");
}

/// Runs another test of this program with these environment variables.
pub(crate) fn run_with(test: &str, variables: &[(&str, &str)]) {
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", test, "--nocapture"]).env(CHILD, "1").envs(variables.iter().copied());
    let output = child.output().expect("this program");
    let printed = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}");
}

pub(crate) const CHILD: &str = "PLIVO_TEST_OF_THE_ENVIRONMENT";

#[test]
fn a_proxy_of_the_environment_that_cannot_be_used_fails_the_build() {
    if std::env::var_os(CHILD).is_none() {
        let test = "proxies::a_proxy_of_the_environment_that_cannot_be_used_fails_the_build";
        run_with(test, &[("ALL_PROXY", "socks5://ada:secret@127.0.0.1:1080")]);
        return;
    }
    let error = Client::new(AUTH_ID, TOKEN).expect_err("the proxy cannot be used");
    let message = "the proxy in the environment variable ALL_PROXY cannot be used: it must start with http:// or \
        https://; set another one with `proxy`, or call `no_proxy`";
    assert!(error.is_config() && error.to_string() == message, "{error}");
    let builder = || Client::builder().credentials(AUTH_ID, TOKEN);
    assert!(builder().no_proxy().build().is_ok());
    assert!(builder().proxy("http://proxy.example.com:3128").build().is_ok());
    assert!(builder().base_url("http://localhost:9").build().is_ok());
    assert!(builder().base_url("https://plivo.example.com").build().is_err());
}
