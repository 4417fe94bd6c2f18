//! A simulator and somebody who calls it.

use crate::model::model;
use plivo_codegen::model::Model;
use plivo_simulator::{Options, Simulator};
use reqwest::Method;
use serde_json::Value;

/// The account that calls.
pub(crate) const ACCOUNT: &str = "MAEXAMPLE";

/// A simulator of its own, and a client of it.
pub(crate) struct Client {
    pub(crate) simulator: Simulator,
    http: reqwest::Client,
    account: String,
}

/// What came back.
#[derive(Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    /// The sentence of a refusal, after a look at its form.
    pub(crate) fn error(&self, status: u16) -> &str {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.body["api_id"].is_string(), "{self:?}");
        assert_eq!(self.headers["content-type"], "application/json");
        self.body["error"].as_str().unwrap_or_default()
    }

    /// The body of a success.
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.body
    }
}

/// A client of a simulator of the made-up model.
pub(crate) async fn start() -> Client {
    start_with(model(), Options::new()).await
}

/// A client of a simulator of this model.
pub(crate) async fn start_with(model: Model, options: Options) -> Client {
    let simulator = Simulator::start(model, options).await.expect("a free port");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    Client { simulator, http, account: ACCOUNT.to_owned() }
}

impl Client {
    /// The same client for another account.
    pub(crate) fn account(&mut self, account: &str) {
        self.account = account.to_owned();
    }

    /// A request with nothing but a method and a path.
    pub(crate) fn bare(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.simulator.url()))
    }

    /// A request with credentials. `{account}` in the path is the account.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.bare(method, &path.replace("{account}", &self.account)).basic_auth(&self.account, Some("token"))
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Reply {
        send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Reply {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// Posts a gadget and gives its id.
    pub(crate) async fn create(&self, body: Value) -> String {
        let created = self.post(GADGETS, body).await.ok();
        created["gadget_uuid"].as_str().expect("an id").to_owned()
    }
}

/// Where the gadgets are.
pub(crate) const GADGETS: &str = "/v1/Account/{account}/Gadget/";

/// Where one gadget is.
pub(crate) fn gadget(id: &str) -> String {
    format!("{GADGETS}{id}/")
}

/// Sends a request.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.expect("a body");
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).expect("JSON") };
    Reply { status, headers, body }
}
