//! Finds items of a list by the value of a field.

use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::Client;
use super::caller::Caller;
use super::pages::{ListRequest, Pages};
use crate::codec::decode::Page;
use crate::drift::Drift;
use crate::error::Error;
use crate::response::Response;
use crate::schema::{Value, View, field_view};

const UNREAD: &str = "an item cannot be read, so the search is not complete";

/// A lazy search: it reads all pages of a list, and resolves to the items in which a field has a value. Nothing is sent
/// until it is awaited or, with the blocking client, until `.wait()` is called.
///
/// What was created a moment ago may be missing in the list. If nothing is found, but an item or its field could not be
/// read, the search fails, because that item could be the one.
#[must_use = "nothing is sent until this is awaited (or, with the blocking client, until `.wait()` is called)"]
pub struct Find<R: ListRequest, C: Caller = Client> {
    pages: Pages<R, C>,
    field: &'static str,
    value: String,
    found: Vec<R::Item>,
    /// The first page with an item that could not be read, as an error.
    unread: Option<Error>,
    has_ended: bool,
}

impl<R: ListRequest, C: Caller> Pages<R, C> {
    /// Searches the pages. The handle of a resource has a method `find` that calls this.
    #[doc(hidden)]
    pub fn find(self, field: &'static str, value: String) -> Find<R, C> {
        Find { pages: self, field, value, found: Vec::new(), unread: None, has_ended: false }
    }
}

impl<R: ListRequest, C: Caller> Find<R, C> {
    pub(crate) fn poll_found(&mut self, context: &mut Context<'_>) -> Poll<Result<Vec<R::Item>, Error>> {
        if self.has_ended {
            return Poll::Ready(Err(Error::polled_after_completion()));
        }
        let ended = loop {
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.search(page),
                Some(Err(error)) => break Err(error),
                None => break Ok(()),
            }
        };
        self.has_ended = true;
        let found = mem::take(&mut self.found);
        Poll::Ready(ended.and_then(|()| match self.unread.take() {
            Some(unread) if found.is_empty() => Err(unread),
            _ => Ok(found),
        }))
    }

    fn search(&mut self, page: Response<Page<R::Item, R::Beside>>) {
        if self.unread.is_none() && has_unread(&page, self.field) {
            self.unread = Some(Error::pages(page.parts(), R::OPERATION, UNREAD));
        }
        let items = page.into_inner().items.into_iter();
        self.found.extend(items.filter(|item| has_value(item, self.field, &self.value)));
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &C {
        self.pages.client()
    }
}

/// Whether an item of a page, or this field of one, could not be read. Beyond a maximum, differences are only counted.
fn has_unread<T, B>(page: &Response<Page<T, B>>, field: &str) -> bool {
    let is_of_field = |drift: &Drift| drift.pointer().rsplit('/').next() == Some(field);
    page.meta.skipped_items > 0 || page.more_drift() > 0 || page.drift().iter().any(is_of_field)
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
        f.debug_struct("Find").field("pages", &self.pages).field("field", &self.field).finish_non_exhaustive()
    }
}
