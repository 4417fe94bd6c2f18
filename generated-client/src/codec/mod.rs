//! Between values and what travels: requests are encoded, responses decoded.

pub mod decode;
pub mod encode;
mod request;

pub use self::request::Request;
