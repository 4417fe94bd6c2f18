//! Keeps the latest requests within limits of number and size.

use super::{RecordedRequest, RecordedResponse};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The record keeps this number of requests and drops older ones.
const MAX_REQUESTS: usize = 10_000;
/// The record keeps this number of bytes of methods, paths, queries, headers and bodies.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Called with each request when it ends.
pub(crate) type Observer = Arc<dyn Fn(&RecordedRequest) + Send + Sync>;

/// Keeps the latest requests.
#[derive(Default)]
pub(crate) struct Recorder {
    record: Mutex<Record>,
    observer: Option<Observer>,
}

#[derive(Debug, Default)]
struct Record {
    /// The requests by number.
    requests: BTreeMap<usize, RecordedRequest>,
    /// The total size of the requests, in bytes.
    size: usize,
    /// The number of the next request.
    next: usize,
}

impl Record {
    fn drop_excess(&mut self) {
        while self.requests.len() > MAX_REQUESTS || self.size > MAX_BYTES {
            let Some((_, oldest)) = self.requests.pop_first() else { return };
            self.size -= oldest.size();
        }
    }
}

impl Recorder {
    /// An empty record. The observer is called with each request when it ends.
    pub(crate) fn new(observer: Option<Observer>) -> Self {
        Self { record: Mutex::default(), observer }
    }

    /// Adds a request and returns its number.
    pub(crate) fn push(&self, request: RecordedRequest) -> usize {
        let mut record = self.lock();
        let number = record.next;
        record.next += 1;
        record.size += request.size();
        record.requests.insert(number, request);
        record.drop_excess();
        number
    }

    /// Records the response to the request with this number, unless the request has been dropped.
    pub(crate) fn set_response(&self, number: usize, response: RecordedResponse) {
        let mut record = self.lock();
        let Record { requests, size, .. } = &mut *record;
        if let Some(request) = requests.get_mut(&number) {
            *size -= request.size();
            request.set_response(response);
            *size += request.size();
        }
        record.drop_excess();
    }

    /// The recorded requests of an account, or of all accounts, oldest first.
    pub(crate) fn requests(&self, account: Option<&str>) -> Vec<RecordedRequest> {
        self.lock().requests.values().filter(|request| is_of(account, request)).cloned().collect()
    }

    /// Removes the requests of an account, or of all accounts.
    pub(crate) fn clear(&self, account: Option<&str>) {
        let mut record = self.lock();
        record.requests.retain(|_, request| !is_of(account, request));
        record.size = record.requests.values().map(RecordedRequest::size).sum();
    }

    /// Calls the observer.
    pub(super) fn notify(&self, request: &RecordedRequest) {
        if let Some(observer) = &self.observer {
            observer(request);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Record> {
        // A panic while the lock is held leaves the record consistent.
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a request is of the account. Without an account, every request is.
fn is_of(account: Option<&str>, request: &RecordedRequest) -> bool {
    account.is_none() || request.account() == account
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, MAX_REQUESTS, RecordedRequest, RecordedResponse, Recorder};
    use bytes::Bytes;
    use http::Request;
    use std::sync::Arc;

    fn request(body: impl Into<Bytes>) -> RecordedRequest {
        let (head, ()) = Request::post("/?a=b").body(()).expect("a request").into_parts();
        RecordedRequest::new(&head, body.into(), None, None)
    }

    fn response(status: u16) -> RecordedResponse {
        RecordedResponse { status, fault: None, warnings: Arc::default() }
    }

    #[test]
    fn the_latest_requests_are_kept() {
        let recorder = Recorder::default();
        for number in 0..=MAX_REQUESTS {
            assert_eq!(recorder.push(request(number.to_string())), number);
        }
        let requests = recorder.requests(None);
        assert_eq!(requests.len(), MAX_REQUESTS);
        assert_eq!(requests.first().map(RecordedRequest::body), Some(b"1".as_slice()));
    }

    #[test]
    fn the_size_includes_more_than_bodies() {
        let recorder = Recorder::default();
        for _ in 0..5 {
            let method = "M".repeat(MAX_BYTES / 2);
            let head = Request::builder().method(method.as_str()).uri("/").body(()).expect("a request");
            recorder.push(RecordedRequest::new(&head.into_parts().0, Bytes::new(), None, None));
        }
        assert_eq!(recorder.requests(None).len(), 1);
    }

    #[test]
    fn large_bodies_displace_older_requests() {
        let recorder = Recorder::default();
        for _ in 0..5 {
            recorder.push(request(vec![0; MAX_BYTES / 2 - 100]));
        }
        assert_eq!(recorder.requests(None).len(), 2);
    }

    #[test]
    fn a_response_is_recorded_with_its_request() {
        let recorder = Recorder::default();
        let statuses = || recorder.requests(None).iter().map(RecordedRequest::status).collect::<Vec<_>>();
        let (first, second) = (recorder.push(request("1")), recorder.push(request("2")));
        recorder.set_response(second, response(202));
        assert_eq!(statuses(), [None, Some(202)]);
        recorder.clear(None);
        let third = recorder.push(request("3"));
        recorder.set_response(first, response(200));
        recorder.set_response(second, response(200));
        assert_eq!(statuses(), [None]);
        recorder.set_response(third, response(404));
        assert_eq!(statuses(), [Some(404)]);
    }
}
