//! The checked description of the API. Every name is final and every reference is resolved, so emitters and
//! interpreters have nothing left to decide and nothing to refuse.

mod api;
mod choice;
mod contradiction;
mod facts;
mod format;
mod ids;
mod non_empty;
mod operation;
mod path;
mod position;
mod rule;
mod sdk;
mod states;
mod types;

pub use self::api::*;
pub use self::choice::*;
pub use self::contradiction::*;
pub use self::facts::*;
pub use self::format::*;
pub use self::ids::*;
pub use self::non_empty::NonEmpty;
pub use self::operation::*;
pub use self::path::*;
pub use self::position::Position;
pub use self::rule::*;
pub use self::sdk::*;
pub use self::states::*;
pub use self::types::*;
