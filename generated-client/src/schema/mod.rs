//! The description of the API as data: kinds of values, fields, rules and operations, and the traits that give the
//! codec and the validator access to values of any type.

mod api;
mod change;
pub mod choice;
mod confirmation;
mod copy;
mod debug;
#[cfg(feature = "rust_decimal")]
mod decimal_conversion;
mod empty_request;
mod extra;
mod field;
mod file;
mod format;
mod into_value;
mod kind;
mod moment;
mod object_schema;
pub mod open_enum;
mod operation;
mod path;
mod presence;
mod reading;
mod rule;
mod second_forms;
mod source;
mod std_values;
mod suggest;
#[cfg(feature = "jiff")]
mod time_conversion;
mod typestate;
mod value;
mod wire_text;

pub use self::api::{Api, Deferral, Generated, ThisCrate};
pub use self::change::Change;
pub use self::choice::{Choice, FormText};
pub use self::confirmation::Confirmation;
pub use self::copy::copy_common_fields;
pub use self::debug::debug;
pub(crate) use self::empty_request::EmptyRequest;
pub(crate) use self::extra::Extra;
pub use self::field::Field;
pub(crate) use self::field::Location;
pub use self::file::File;
pub use self::format::{DeclaredFormat, Format};
pub use self::into_value::{IntoOptional, IntoValue, Single};
pub use self::kind::ValueKind;
pub use self::moment::Moment;
pub use self::object_schema::{Schema, check_numbers};
pub(crate) use self::open_enum::suggestion;
pub use self::open_enum::{OpenEnum, Unlisted, UnlistedError};
pub(crate) use self::operation::{ACCOUNT, OperationRef};
pub use self::operation::{BodyEncoding, EmptyText, Method, Operation, ResponseShape, Retry};
pub use self::path::segment_of;
pub(crate) use self::presence::{field_view, is_first_page, is_given};
pub(crate) use self::reading::Reading;
pub use self::rule::{Consequence, Rule, When};
pub use self::second_forms::SecondForms;
pub(crate) use self::source::Severity;
pub use self::source::{Authority, Source};
pub(crate) use self::std_values::MAX_EXACT_INTEGER;
pub(crate) use self::suggest::{nearest, one_line, truncated};
pub use self::typestate::{IsSet, Set, Unset};
pub use self::value::{List, Map, Object, Value, Values, View};
pub use self::wire_text::{Decimal, Timestamp};
