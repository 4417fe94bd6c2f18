//! The states of builders: which required fields are set. They exist at compile time only.

use std::marker::PhantomData;

mod sealed {
    pub trait Sealed {}
}

/// The field that `F` names has not been set.
#[derive(Clone, Copy, Debug)]
pub struct Unset<F>(PhantomData<F>);

/// The field has been set.
#[derive(Clone, Copy, Debug)]
pub enum Set {}

/// Implemented by the state of a field that has been set. Builders require it for each required field.
#[diagnostic::on_unimplemented(
    message = "a required field was not set: `{Self}`",
    label = "set the field named in `{Self}` before this",
    note = "every required field must be set before `build()`, `send()`, `.await` or `wait()`"
)]
pub trait IsSet: sealed::Sealed {}

#[diagnostic::do_not_recommend]
impl IsSet for Set {}

impl sealed::Sealed for Set {}
