//! HTTP messages: bodies of requests as they are received, and responses as they are sent.

pub(crate) mod plain_json;
pub(crate) mod request_body;
pub(crate) mod response;
pub(crate) mod response_body;
