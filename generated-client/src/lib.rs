#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod client;
#[doc(hidden)]
pub mod clock;
#[doc(hidden)]
pub mod codec;
mod credentials;
mod drift;
mod engine;
mod error;
mod macros;
#[rustfmt::skip]
mod resources;
mod response;
#[doc(hidden)]
pub mod schema;
mod sending;
#[cfg(feature = "testing")]
pub mod testing;
mod trace;
pub mod transport;
#[doc(hidden)]
pub mod validate;

pub use self::client::{Caller, Client, ClientBuilder, Deferrable, Deferred, Find, Items, ListRequest, Pages, Pending};
pub use self::codec::Request;
pub use self::codec::decode::{Answer, Beside, Page, PageMeta};
pub use self::drift::Drift;
pub use self::engine::Validation;
pub use self::error::{Error, ErrorKind, Outcome, Result};
#[allow(unused_imports, unreachable_pub, reason = "empty if no resource is enabled")]
pub use self::resources::*;
pub use self::response::Response;
pub use self::schema::{Change, Confirmation, Decimal, File, FormText, IntoOptional, IntoValue, IsSet, Method, Moment};
pub use self::schema::{Set, Timestamp, Unlisted, UnlistedError, Unset};
pub use self::validate::{Report, Violation, read_request};
