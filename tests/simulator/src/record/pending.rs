//! A recorded request in progress.

use super::{RecordedRequest, Recorder};
use std::sync::Arc;

/// A recorded request in progress. Dropping it notifies the observer: when the response is about to be sent, when
/// the connection is reset, or when the client disconnects.
pub(crate) struct PendingRequest {
    recorder: Arc<Recorder>,
    number: usize,
    request: RecordedRequest,
}

impl PendingRequest {
    /// Adds a request to the record.
    pub(crate) fn new(recorder: &Arc<Recorder>, request: RecordedRequest) -> Self {
        let number = recorder.push(request.clone());
        Self { recorder: Arc::clone(recorder), number, request }
    }

    /// Records the status of the response and the fault that was applied.
    pub(crate) fn set_response(&mut self, status: u16, fault: Option<Arc<str>>) {
        self.request.set_response(status, fault.clone());
        self.recorder.set_response(self.number, status, fault);
    }
}

impl Drop for PendingRequest {
    fn drop(&mut self) {
        self.recorder.notify(&self.request);
    }
}
