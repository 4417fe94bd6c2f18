#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod caller;
mod client;
#[doc(hidden)]
pub mod clock;
mod credentials;
mod drift;
mod engine;
mod error;
mod file;
mod page;
mod pages;
mod pending;
mod report;
#[rustfmt::skip]
mod resources;
mod response;
#[doc(hidden)]
pub mod runtime;
mod sending;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
mod trace;
pub mod transport;

pub use self::builder::ClientBuilder;
pub use self::client::{Client, Validation};
pub use self::drift::Drift;
pub use self::error::{Error, Outcome};
pub use self::file::File;
pub use self::page::{Page, PageMeta};
pub use self::pages::{Items, ListRequest, Pages};
pub use self::pending::Pending;
pub use self::report::{Report, Violation};
#[allow(unused_imports, unreachable_pub, reason = "with no resource enabled there is nothing here")]
pub use self::resources::*;
pub use self::response::Response;
pub use self::runtime::{Answer, Caller, IsSet, Method, Request, Set, Unlisted, UnlistedError, Unset};
pub use self::text::{Decimal, Timestamp};
