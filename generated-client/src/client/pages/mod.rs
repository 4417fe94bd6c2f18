//! Lists as streams of pages or of items.

mod items;
mod link;
mod progress;
mod stream;

pub use self::items::Items;
pub use self::stream::{ListRequest, Pages};
