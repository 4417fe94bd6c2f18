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

impl PendingRequest {
    /// The scheme and the authority of the server.
    pub(super) fn origin(&self) -> &str {
        self.context.base_url.as_ref().map_or(self.operation.host, |base_url| base_url.origin())
    }
}
