//! The spec as it is written: every key of the language, with spans. Names are not resolved here, and facts are
//! not checked.

mod api;
mod fact;
mod field;
mod operation;
mod resource;
mod sdk;
mod states;

pub(crate) use self::api::*;
pub(crate) use self::fact::*;
pub(crate) use self::field::*;
pub(crate) use self::operation::*;
pub(crate) use self::resource::*;
pub(crate) use self::sdk::*;
pub(crate) use self::states::*;
