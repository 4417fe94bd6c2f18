//! Error responses of the API.

use crate::http::response::Response;
use http::{HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value};

/// The reason why a request is not executed.
#[derive(Debug)]
pub(crate) struct ApiError {
    /// The status of the response.
    status: StatusCode,
    /// A sentence for the caller.
    message: String,
    /// A header that belongs to the status.
    header: Option<(HeaderName, String)>,
}

impl ApiError {
    /// An error with a status and a message.
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), header: None }
    }

    /// The request is invalid: 400.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// An object does not exist: 404. `object` is the name of its type.
    pub(super) fn not_found(object: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{object} not found."))
    }

    /// Adds a header.
    pub(super) fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.header = Some((name, value));
        self
    }

    /// The response, with the message under `key`.
    pub(super) fn into_response(self, key: &str, api_id: &str) -> Response {
        let body = [("api_id", api_id), (key, &self.message)];
        let body = body.into_iter().map(|(key, text)| (key.to_owned(), Value::from(text)));
        let mut response = Response::json(self.status, body.collect::<Map<_, _>>());
        if let Some((name, value)) = self.header
            && let Ok(value) = HeaderValue::from_str(&value)
        {
            response.headers.insert(name, value);
        }
        response
    }
}
