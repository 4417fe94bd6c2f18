//! A simulator with an HTTP client.

use crate::model::model;
use plivo_codegen::model::Model;
use plivo_simulator::{Fault, Options, Simulator};
use reqwest::Method;
use serde_json::Value;

/// The account of the client.
pub(crate) const ACCOUNT: &str = "MAEXAMPLE";

/// An HTTP client with its own simulator.
pub(crate) struct Client {
    pub(crate) simulator: Simulator,
    http: reqwest::Client,
    account: String,
}

/// A response with a JSON body, or with none.
#[derive(Debug, PartialEq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Response {
    /// The message of an error response with this status. Asserts its shape.
    pub(crate) fn error(&self, status: u16) -> &str {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.body["api_id"].is_string(), "{self:?}");
        assert_eq!(self.headers["content-type"], "application/json");
        self.body["error"].as_str().unwrap_or_default()
    }

    /// The body of a successful response.
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.body
    }
}

/// Starts a simulator of the made-up model with default options.
pub(crate) async fn start() -> Client {
    start_with(model(), Options::new()).await
}

/// Starts a simulator of a model.
pub(crate) async fn start_with(model: Model, options: Options) -> Client {
    let simulator = Simulator::start(model, options).await.expect("a free port");
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    Client { simulator, http, account: ACCOUNT.to_owned() }
}

/// Starts a simulator of the made-up model with a fault.
pub(crate) async fn start_with_fault(fault: Fault) -> Client {
    start_with(model(), Options::new().faults(fault)).await
}

impl Client {
    /// Changes the account of the client.
    pub(crate) fn set_account(&mut self, account: &str) {
        self.account = account.to_owned();
    }

    /// A request without credentials.
    pub(crate) fn unauthenticated(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.simulator.url()))
    }

    /// A request with credentials. `{account}` in the path is replaced by the account.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.unauthenticated(method, &path.replace("{account}", &self.account)).basic_auth(&self.account, Some("token"))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Response {
        send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Response {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// Creates a gadget and returns its id.
    pub(crate) async fn create(&self, body: Value) -> String {
        let created = self.post(GADGETS, body).await.ok();
        created["gadget_uuid"].as_str().expect("an id").to_owned()
    }
}

/// The path of the gadgets.
pub(crate) const GADGETS: &str = "/v1/Account/{account}/Gadget/";

/// The path of one gadget.
pub(crate) fn gadget(id: &str) -> String {
    format!("{GADGETS}{id}/")
}

/// Sends a request and reads the response.
pub(crate) async fn send(request: reqwest::RequestBuilder) -> Response {
    let response = request.send().await.expect("a response");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.expect("a body");
    let body = if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).expect("JSON") };
    Response { status, headers, body }
}
