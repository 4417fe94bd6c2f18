//! What the simulator received, kept in order.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderName, header};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many requests are kept; older ones are forgotten, so that a long run does not fill the memory.
const MOST_REQUESTS: usize = 10_000;
/// So many bytes of paths, headers and bodies are kept.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Headers whose values are secrets.
const SECRETS: [HeaderName; 3] = [header::AUTHORIZATION, header::PROXY_AUTHORIZATION, header::COOKIE];

/// One request as it was received, and what became of it. A clone shares its texts.
#[derive(Clone, Debug)]
pub struct Recorded {
    method: Arc<str>,
    path: Arc<str>,
    query: Option<Arc<str>>,
    headers: Arc<[(String, String)]>,
    body: Bytes,
    status: Option<u16>,
    fault: Option<Arc<str>>,
}

impl Recorded {
    /// Takes down a request, and what is to go wrong with it.
    pub(crate) fn new(head: &Parts, body: Bytes, fault: Option<Arc<str>>) -> Self {
        let headers = head.headers.iter().map(|(name, value)| {
            let value = if SECRETS.contains(name) {
                "(hidden)".to_owned()
            } else {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            };
            (name.as_str().to_owned(), value)
        });
        let headers = headers.collect();
        // The URI itself is a part of all that was read from its connection, and would keep it.
        let (path, query) = (head.uri.path().into(), head.uri.query().map(Arc::from));
        Self { method: head.method.as_str().into(), path, query, headers, body, status: None, fault }
    }

    /// The method, as in `POST`.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path as it was sent, still percent-encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query as it was sent, without the question mark.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The headers in the order of arrival, names in lower case. Secrets are hidden.
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The first header of this name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// The body; of one that was not read whole, nothing.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The status that it was answered with. There is none while it is under way, and where the caller was
    /// gone or the connection was reset before there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// What went wrong on purpose, as in `retry_after 2, status 503`; while the request is under way, what is to
    /// go wrong. What a fault could not do to this answer, such as drop a field that it has not, is not in it.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// Takes down the status of its answer, and what went wrong with it.
    pub(crate) fn answered(&mut self, status: u16, fault: Option<Arc<str>>) {
        self.status = Some(status);
        self.fault = fault.filter(|fault| !fault.is_empty());
    }

    /// The memory that it takes, roughly.
    fn size(&self) -> usize {
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.len());
        let uri = self.path.len() + self.query.as_ref().map_or(0, |query| query.len());
        self.method.len() + uri + headers.sum::<usize>() + self.body.len()
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
    size: usize,
    /// How many requests there were before the first that is kept.
    before: usize,
}

impl Kept {
    fn forget_oldest(&mut self) {
        if let Some(oldest) = self.requests.pop_front() {
            self.size -= oldest.size();
            self.before += 1;
        }
    }
}

impl Recorder {
    /// Keeps one more, and gives its number.
    pub(crate) fn push(&self, request: Recorded) -> usize {
        let mut kept = self.lock();
        let number = kept.before + kept.requests.len();
        kept.size += request.size();
        kept.requests.push_back(request);
        while kept.requests.len() > MOST_REQUESTS || kept.size > MOST_BYTES {
            kept.forget_oldest();
        }
        number
    }

    /// Takes down the status that the request of a number is answered with, and what went wrong with it.
    pub(crate) fn answered(&self, number: usize, status: u16, fault: Option<Arc<str>>) {
        let mut kept = self.lock();
        let place = number.checked_sub(kept.before);
        // It may be forgotten by now.
        if let Some(request) = place.and_then(|place| kept.requests.get_mut(place)) {
            request.answered(status, fault);
        }
    }

    /// Gives all that are kept, oldest first.
    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.lock().requests.iter().cloned().collect()
    }

    /// Forgets all.
    pub(crate) fn clear(&self) {
        let mut kept = self.lock();
        while !kept.requests.is_empty() {
            kept.forget_oldest();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // A panic elsewhere leaves the list whole.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, MOST_REQUESTS, Recorded, Recorder};
    use bytes::Bytes;
    use http::Request;

    fn request(body: impl Into<Bytes>) -> Recorded {
        let (head, ()) = Request::post("/?a=b").body(()).expect("a request").into_parts();
        Recorded::new(&head, body.into(), None)
    }

    #[test]
    fn the_latest_are_kept() {
        let recorder = Recorder::default();
        for number in 0..=MOST_REQUESTS {
            assert_eq!(recorder.push(request(number.to_string())), number);
        }
        let all = recorder.all();
        assert_eq!(all.len(), MOST_REQUESTS);
        assert_eq!(all.first().map(Recorded::body), Some(b"1".as_slice()));
    }

    #[test]
    fn everything_that_is_kept_counts() {
        let recorder = Recorder::default();
        for _ in 0..5 {
            let method = "M".repeat(MOST_BYTES / 2);
            let head = http::Request::builder().method(method.as_str()).uri("/").body(()).expect("a request");
            recorder.push(Recorded::new(&head.into_parts().0, Bytes::new(), None));
        }
        assert_eq!(recorder.all().len(), 1);
    }

    #[test]
    fn large_bodies_push_out_more() {
        let recorder = Recorder::default();
        for _ in 0..5 {
            recorder.push(request(vec![0; MOST_BYTES / 2 - 100]));
        }
        assert_eq!(recorder.all().len(), 2);
    }

    #[test]
    fn an_answer_finds_its_request() {
        let recorder = Recorder::default();
        let (one, two) = (recorder.push(request("1")), recorder.push(request("2")));
        recorder.answered(two, 202, None);
        assert_eq!(recorder.all().iter().map(Recorded::status).collect::<Vec<_>>(), [None, Some(202)]);
        recorder.clear();
        let three = recorder.push(request("3"));
        recorder.answered(one, 200, None);
        recorder.answered(two, 200, None);
        assert_eq!(recorder.all().iter().map(Recorded::status).collect::<Vec<_>>(), [None]);
        recorder.answered(three, 404, None);
        assert_eq!(recorder.all().iter().map(Recorded::status).collect::<Vec<_>>(), [Some(404)]);
    }
}
