//! The codec: encodes requests and decodes responses.

pub mod decode;
pub mod encode;
mod request;

pub use self::request::Request;
