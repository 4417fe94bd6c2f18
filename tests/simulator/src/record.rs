//! What the simulator received, kept in order.

use axum::http::{HeaderMap, HeaderName, Method, Uri, header};
use bytes::Bytes;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// So many requests are kept; older ones are forgotten, so that a long run does not fill the memory.
const MOST_REQUESTS: usize = 10_000;
/// So many bytes of bodies are kept.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Headers whose values are secrets.
const SECRETS: [HeaderName; 3] = [header::AUTHORIZATION, header::PROXY_AUTHORIZATION, header::COOKIE];

/// One request as it was received.
#[derive(Clone, Debug)]
pub struct Recorded {
    method: Method,
    uri: Uri,
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl Recorded {
    /// Takes down a request.
    pub(crate) fn new(method: &Method, uri: &Uri, headers: &HeaderMap, body: Bytes) -> Self {
        let headers = headers.iter().map(|(name, value)| {
            let value = if SECRETS.contains(name) {
                "(hidden)".to_owned()
            } else {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            };
            (name.as_str().to_owned(), value)
        });
        Self { method: method.clone(), uri: uri.clone(), headers: headers.collect(), body }
    }

    /// The method, as in `POST`.
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// The path as it was sent, still percent-encoded.
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// The query as it was sent, without the question mark.
    pub fn query(&self) -> Option<&str> {
        self.uri.query()
    }

    /// The headers in the order of arrival, names in lower case. Secrets are hidden.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The first header of this name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// The body; of one that was too large, nothing.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Keeps the latest requests.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    requests: VecDeque<Recorded>,
    bytes: usize,
}

impl Recorder {
    /// Keeps one more.
    pub(crate) fn push(&self, request: Recorded) {
        let mut kept = self.lock();
        kept.bytes += request.body.len();
        kept.requests.push_back(request);
        while kept.requests.len() > MOST_REQUESTS || kept.bytes > MOST_BYTES {
            let Some(oldest) = kept.requests.pop_front() else {
                break;
            };
            kept.bytes -= oldest.body.len();
        }
    }

    /// Gives all that are kept, oldest first.
    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.lock().requests.iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // A panic elsewhere leaves the list whole.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, MOST_REQUESTS, Recorded, Recorder};
    use axum::http::{HeaderMap, Method, Uri};
    use bytes::Bytes;

    fn request(body: Bytes) -> Recorded {
        Recorded::new(&Method::POST, &Uri::from_static("/"), &HeaderMap::new(), body)
    }

    #[test]
    fn the_latest_are_kept() {
        let recorder = Recorder::default();
        for number in 0..=MOST_REQUESTS {
            recorder.push(request(Bytes::from(number.to_string())));
        }
        let all = recorder.all();
        assert_eq!(all.len(), MOST_REQUESTS);
        assert_eq!(all.first().map(Recorded::body), Some(b"1".as_slice()));
    }

    #[test]
    fn large_bodies_push_out_more() {
        let recorder = Recorder::default();
        for _ in 0..5 {
            recorder.push(request(Bytes::from(vec![0; MOST_BYTES / 2])));
        }
        assert_eq!(recorder.all().len(), 2);
    }
}
