//! A request with everything that is needed to send it.

use std::sync::Arc;

use super::context::Context;
use super::options::Options;
use crate::schema::{Extra, Object, OperationRef};

/// A request that has not been sent, with its operation and the options of its call.
pub(crate) struct PendingRequest {
    pub(crate) context: Arc<Context>,
    pub(crate) request: Box<dyn Object>,
    pub(crate) extra: Extra,
    pub(crate) operation: OperationRef,
    pub(crate) options: Options,
}
