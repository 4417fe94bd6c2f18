//! Finds items of a list by the value of a field.

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::Client;
use super::caller::Caller;
use super::pages::{Items, ListRequest, Pages};
use crate::error::Error;
use crate::schema::{Value, View, field_view};

/// A lazy search: it reads all pages of a list, and resolves to the items in which a field has a value. Nothing is sent
/// until it is awaited or, with the blocking client, until `.wait()` is called.
///
/// What was created a moment ago may be missing in the list.
#[must_use = "nothing is sent until this is awaited (or, with the blocking client, until `.wait()` is called)"]
pub struct Find<R: ListRequest, C: Caller = Client> {
    items: Items<R, C>,
    field: &'static str,
    value: String,
    found: Vec<R::Item>,
}

impl<R: ListRequest, C: Caller> Pages<R, C> {
    /// Searches the pages. The handle of a resource has a method `find` that calls this.
    #[doc(hidden)]
    pub fn find(self, field: &'static str, value: String) -> Find<R, C> {
        Find { items: self.into_items(), field, value, found: Vec::new() }
    }
}

impl<R: ListRequest, C: Caller> Find<R, C> {
    pub(crate) fn poll_found(&mut self, context: &mut Context<'_>) -> Poll<Result<Vec<R::Item>, Error>> {
        while let Some(item) = ready!(self.items.poll(context)) {
            let item = item?;
            if has_value(&item, self.field, &self.value) {
                self.found.push(item);
            }
        }
        Poll::Ready(Ok(mem::take(&mut self.found)))
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &C {
        self.items.pages().client()
    }
}

/// Whether a field of an item has this value.
fn has_value(item: &dyn Value, field: &str, value: &str) -> bool {
    match item.view() {
        View::Object(object) => matches!(field_view(object, field), View::Text(text) if text == value),
        _ => false,
    }
}

impl<R: ListRequest> Future for Find<R> {
    type Output = Result<Vec<R::Item>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.get_mut().poll_found(context)
    }
}

/// Shows the list and the name of the field, but not the value.
impl<R: ListRequest, C: Caller> fmt::Debug for Find<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Find").field("items", &self.items).field("field", &self.field).finish_non_exhaustive()
    }
}
