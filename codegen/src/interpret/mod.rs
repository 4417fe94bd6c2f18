//! Interprets requests and answers by the model, without generated code.
//!
//! The generator checks the examples of the spec with it, and a simulator answers with it. It is the second
//! implementation of the rules: the client checks by tables that are generated from the same model and read by
//! other code. A test compares the two.

mod answers;
mod constraints;
mod defaults;
mod delimited;
mod examples;
mod files;
mod formats;
mod parameters;
mod paths;
mod rules;
mod second;
mod text;
mod validate;
mod violation;

pub use self::answers::{answer_to, is_deferred, is_of_kind, validate_answer, validate_shown};
pub use self::defaults::assume_defaults;
pub use self::examples::{example_of, examples_of, shows_success};
pub(crate) use self::examples::{example_value, lacking};
pub use self::parameters::Parameters;
pub use self::paths::segment_of;
pub(crate) use self::second::first_form;
pub use self::second::stored_form;
pub use self::text::{text_of, value_of};
pub use self::validate::{validate, validate_value};
pub use self::violation::{Violation, pointer_to, refusing_sentence};
pub use crate::duration::{duration_of, duration_of_seconds};
