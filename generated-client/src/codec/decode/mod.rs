//! Decodes responses leniently, and requests that come from outside as data strictly.

mod answer;
mod bounds;
mod decoding;
mod delimited;
mod empty_body;
mod envelope;
mod item_fingerprints;
mod json_text;
mod key_orders;
mod known_names;
mod mistakes;
mod object;
mod page;
mod page_meta;
mod parser;
mod response;
mod sanitize;
mod second_forms;
mod strict;
mod transcode;
mod value;

pub use self::answer::{Answer, Target};
pub(crate) use self::bounds::{Bounds, Exceeded};
pub(crate) use self::empty_body::fill_from_path;
pub(crate) use self::envelope::{Envelope, Leeway};
pub(crate) use self::item_fingerprints::item_fingerprints;
pub(crate) use self::mistakes::Mistake;
pub(crate) use self::page::ListEnd;
pub use self::page::{Beside, Page, PageMeta};
pub(crate) use self::response::read;
pub(crate) use self::sanitize::{parse_any, strip_bom};
pub(crate) use self::strict::decode_into;
pub use self::strict::deserialize;
