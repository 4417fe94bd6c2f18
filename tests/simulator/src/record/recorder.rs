//! Keeps the latest requests within limits of number and size.

use super::RecordedRequest;
use std::collections::VecDeque;
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
    requests: VecDeque<RecordedRequest>,
    /// The total size of the requests, in bytes.
    size: usize,
    /// The number of requests that were dropped.
    dropped: usize,
}

impl Record {
    fn drop_oldest(&mut self) {
        if let Some(oldest) = self.requests.pop_front() {
            self.size -= oldest.size();
            self.dropped += 1;
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
        let number = record.dropped + record.requests.len();
        record.size += request.size();
        record.requests.push_back(request);
        while record.requests.len() > MAX_REQUESTS || record.size > MAX_BYTES {
            record.drop_oldest();
        }
        number
    }

    /// Records the response to the request with this number, unless the request has been dropped.
    pub(crate) fn set_response(&self, number: usize, status: u16, fault: Option<Arc<str>>) {
        let mut record = self.lock();
        let index = number.checked_sub(record.dropped);
        if let Some(request) = index.and_then(|index| record.requests.get_mut(index)) {
            request.set_response(status, fault);
        }
    }

    /// All recorded requests, oldest first.
    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    /// Removes all requests.
    pub(crate) fn clear(&self) {
        let mut record = self.lock();
        while !record.requests.is_empty() {
            record.drop_oldest();
        }
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

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, MAX_REQUESTS, RecordedRequest, Recorder};
    use bytes::Bytes;
    use http::Request;

    fn request(body: impl Into<Bytes>) -> RecordedRequest {
        let (head, ()) = Request::post("/?a=b").body(()).expect("a request").into_parts();
        RecordedRequest::new(&head, body.into(), None)
    }

    #[test]
    fn the_latest_requests_are_kept() {
        let recorder = Recorder::default();
        for number in 0..=MAX_REQUESTS {
            assert_eq!(recorder.push(request(number.to_string())), number);
        }
        let requests = recorder.requests();
        assert_eq!(requests.len(), MAX_REQUESTS);
        assert_eq!(requests.first().map(RecordedRequest::body), Some(b"1".as_slice()));
    }

    #[test]
    fn the_size_includes_more_than_bodies() {
        let recorder = Recorder::default();
        for _ in 0..5 {
            let method = "M".repeat(MAX_BYTES / 2);
            let head = Request::builder().method(method.as_str()).uri("/").body(()).expect("a request");
            recorder.push(RecordedRequest::new(&head.into_parts().0, Bytes::new(), None));
        }
        assert_eq!(recorder.requests().len(), 1);
    }

    #[test]
    fn large_bodies_displace_older_requests() {
        let recorder = Recorder::default();
        for _ in 0..5 {
            recorder.push(request(vec![0; MAX_BYTES / 2 - 100]));
        }
        assert_eq!(recorder.requests().len(), 2);
    }

    #[test]
    fn a_response_is_recorded_with_its_request() {
        let recorder = Recorder::default();
        let statuses = || recorder.requests().iter().map(RecordedRequest::status).collect::<Vec<_>>();
        let (first, second) = (recorder.push(request("1")), recorder.push(request("2")));
        recorder.set_response(second, 202, None);
        assert_eq!(statuses(), [None, Some(202)]);
        recorder.clear();
        let third = recorder.push(request("3"));
        recorder.set_response(first, 200, None);
        recorder.set_response(second, 200, None);
        assert_eq!(statuses(), [None]);
        recorder.set_response(third, 404, None);
        assert_eq!(statuses(), [Some(404)]);
    }
}
