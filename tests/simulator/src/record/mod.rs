//! The record of received requests.

mod pending;
mod record_json;
mod recorded_request;
mod recorder;
mod secrets;
mod valid_json;

pub(crate) use pending::PendingRequest;
pub(crate) use record_json::body_steps;
pub use recorded_request::RecordedRequest;
pub(crate) use recorded_request::RecordedResponse;
pub(crate) use recorder::{Observer, Recorder};
