//! One recorded request.

use super::secrets::{HIDDEN, is_secret, without_secrets};
use crate::http::plain_json::PlainJson;
use bytes::Bytes;
use http::request::Parts;
use plivo_codegen::interpret::Violation;
use serde_json::Value;
use std::sync::Arc;

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
    account: Option<Arc<str>>,
    warnings: Arc<[Violation]>,
}

/// What is recorded about a response.
#[derive(Clone, Debug)]
pub(crate) struct RecordedResponse {
    /// Its status.
    pub(crate) status: u16,
    /// The fault that was applied.
    pub(crate) fault: Option<Arc<str>>,
    /// The warnings about the request.
    pub(crate) warnings: Arc<[Violation]>,
}

impl RecordedRequest {
    /// Records a request, the account that it claims to come from, and the fault that is to be applied to it.
    pub(crate) fn new(head: &Parts, body: Bytes, account: Option<&str>, fault: Option<Arc<str>>) -> Self {
        let headers = head.headers.iter().map(|(name, value)| {
            let value = if is_secret(name.as_str()) {
                HIDDEN.to_owned()
            } else {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            };
            (name.as_str().to_owned(), value)
        });
        let headers = headers.collect();
        // Copied: the URI shares the read buffer of its connection and would keep all of it in memory.
        let (path, query) = (head.uri.path().into(), head.uri.query().map(|query| without_secrets(query).into()));
        let (method, account) = (head.method.as_str().into(), account.map(Arc::from));
        Self { method, path, query, headers, body, status: None, fault, account, warnings: Arc::default() }
    }

    /// The method, such as `POST`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, percent-encoded as it was received.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query as it was received, without the question mark. Values of keys that look like secrets are replaced by
    /// `(hidden)`.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The headers in order of arrival. Names are in lower case. Values of headers that look like secrets are
    /// replaced by `(hidden)`.
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
        serde_json::from_slice(&self.body).ok().map(|PlainJson(json)| json)
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

    /// The account that the request claims to come from: the id of its credentials, valid or not, or else the account
    /// in its path.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The warnings about the request: violations that a client reports without refusing the request, and keys that
    /// the operation does not take. At most 20 are recorded.
    pub fn warnings(&self) -> &[Violation] {
        &self.warnings
    }

    /// Records the response.
    pub(crate) fn set_response(&mut self, response: RecordedResponse) {
        self.status = Some(response.status);
        self.fault = response.fault.filter(|fault| !fault.is_empty());
        self.warnings = response.warnings;
    }

    /// The approximate memory use, in bytes.
    pub(super) fn size(&self) -> usize {
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.len());
        let uri = self.path.len() + self.query.as_ref().map_or(0, |query| query.len());
        let warnings = self.warnings.iter().map(|warning| warning.pointer.len() + warning.demand.len());
        let account = self.account.as_ref().map_or(0, |account| account.len());
        let parts = [self.method.len(), uri, headers.sum(), self.body.len(), account, warnings.sum()];
        parts.into_iter().sum()
    }
}
