//! The trait of answers: types that a response can be decoded into.

use super::page::{Beside, Page, PageMeta};
use crate::schema::Value;

/// A type that a response can be decoded into: a struct of this crate, or a [`Page`] of them.
pub trait Answer: Sized + Send + 'static {
    /// Creates an answer in which nothing is set.
    #[doc(hidden)]
    fn unread() -> Self;

    /// The parts of the answer that decoding fills.
    #[doc(hidden)]
    fn target(&mut self) -> Target<'_>;
}

/// The parts of an answer that decoding fills.
#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "a value has no `Debug` behind a trait object")]
pub enum Target<'a> {
    /// One value.
    One(&'a mut dyn Value),
    /// The items of a page, its metadata, and the object beside the list.
    Page(&'a mut dyn Value, &'a mut PageMeta, Option<&'a mut dyn Value>),
}

impl<T: Value> Answer for T {
    fn unread() -> Self {
        T::empty()
    }

    fn target(&mut self) -> Target<'_> {
        Target::One(self)
    }
}

impl<T: Value, B: Beside> Answer for Page<T, B> {
    fn unread() -> Self {
        Self { items: Vec::new(), meta: PageMeta::empty(), beside: B::unread() }
    }

    fn target(&mut self) -> Target<'_> {
        Target::Page(&mut self.items, &mut self.meta, self.beside.target())
    }
}
