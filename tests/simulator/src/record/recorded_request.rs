//! One recorded request.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderName, header};
use serde_json::Value;
use std::sync::Arc;

/// Headers whose values are secret.
const SECRET_HEADERS: [HeaderName; 3] = [header::AUTHORIZATION, header::PROXY_AUTHORIZATION, header::COOKIE];

/// A request as it was received, with the status and the fault of its response. Cloning is cheap: clones share
/// their contents.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    method: Arc<str>,
    path: Arc<str>,
    query: Option<Arc<str>>,
    headers: Arc<[(String, String)]>,
    body: Bytes,
    status: Option<u16>,
    fault: Option<Arc<str>>,
}

impl RecordedRequest {
    /// Records a request and the fault that is to be applied to it.
    pub(crate) fn new(head: &Parts, body: Bytes, fault: Option<Arc<str>>) -> Self {
        let headers = head.headers.iter().map(|(name, value)| {
            let value = if SECRET_HEADERS.contains(name) {
                "(hidden)".to_owned()
            } else {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            };
            (name.as_str().to_owned(), value)
        });
        let headers = headers.collect();
        // Copied: the URI shares the read buffer of its connection and would keep all of it in memory.
        let (path, query) = (head.uri.path().into(), head.uri.query().map(Arc::from));
        Self { method: head.method.as_str().into(), path, query, headers, body, status: None, fault }
    }

    /// The method, such as `POST`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, percent-encoded as it was received.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query as it was received, without the question mark.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The headers in order of arrival. Names are in lower case. Values of secret headers are replaced by
    /// `(hidden)`.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The value of the first header with this name. The name must be in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// The body. It is empty if it was not read completely.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, or `None` if it is not valid JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The status of the response. It is `None` while the request is in progress, and if the client disconnected
    /// or the connection was reset before there was a response.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The fault that was applied, such as `retry_after 2, status 503`. While the request is in progress, it is
    /// the fault that is to be applied. Effects that were impossible, such as dropping an absent field, are omitted.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Records the status of the response and the fault that was applied.
    pub(crate) fn set_response(&mut self, status: u16, fault: Option<Arc<str>>) {
        self.status = Some(status);
        self.fault = fault.filter(|fault| !fault.is_empty());
    }

    /// The approximate memory use, in bytes.
    pub(super) fn size(&self) -> usize {
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.len());
        let uri = self.path.len() + self.query.as_ref().map_or(0, |query| query.len());
        self.method.len() + uri + headers.sum::<usize>() + self.body.len()
    }
}
