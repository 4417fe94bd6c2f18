//! Lists as streams of items.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::stream::{ListRequest, Pages, PendingPage};
use crate::client::Client;
use crate::client::caller::Caller;
use crate::error::Error;

/// The items of a list, fetched page by page: a `Stream` with its own method [`next`](Self::next). With the blocking
/// client, it is an `Iterator`.
#[must_use = "nothing is sent until the stream is polled for an item"]
pub struct Items<R: ListRequest, C: Caller = Client> {
    pages: Pages<R, C>,
    items: vec::IntoIter<R::Item>,
}

impl<R: ListRequest> Items<R> {
    /// Returns the next item, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<R::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }
}

impl<R: ListRequest, C: Caller> Pages<R, C> {
    /// Returns the items of all pages.
    pub fn into_items(self) -> Items<R, C> {
        Items { pages: self, items: Vec::new().into_iter() }
    }
}

impl<R: ListRequest, C: Caller> Items<R, C> {
    /// Sets options of every call, like [`Pages::with_options`].
    pub fn with_options(mut self, options: impl Fn(PendingPage<R, C>) -> PendingPage<R, C> + Send + 'static) -> Self {
        self.pages = self.pages.with_options(options);
        self
    }

    /// The pages of the items, with the metadata of the last page. Its `offset` counts all items of the fetched page,
    /// including those that [`next`](Items::next) has not returned yet.
    pub fn pages(&self) -> &Pages<R, C> {
        &self.pages
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Item, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.items = page.into_inner().items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: ListRequest> Stream for Items<R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows the pages.
impl<R: ListRequest, C: Caller> fmt::Debug for Items<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Items").field(&self.pages).finish()
    }
}
