//! A recorded request in progress.

use super::{RecordedRequest, RecordedResponse, Recorder};
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

    /// Records the response.
    pub(crate) fn set_response(&mut self, response: RecordedResponse) {
        self.request.set_response(response.clone());
        self.recorder.set_response(self.number, response);
    }
}

impl Drop for PendingRequest {
    fn drop(&mut self) {
        self.recorder.notify(&self.request);
    }
}
