//! Lists as streams of pages or of items.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::Client;
use super::caller::Caller;
use super::pending::Pending;
use crate::codec::Request;
use crate::codec::decode::{Page, PageMeta, page_fingerprint};
use crate::error::Error;
use crate::response::Response;
use crate::schema::{Value, View};

/// The page size if neither the request nor the answer contains it.
const DEFAULT_LIMIT: i64 = 20;

/// A request that returns a page of a list.
pub trait ListRequest: Request<Answer = Page<Self::Item>> + Clone + Unpin {
    /// The type of the items.
    type Item: Value + Unpin;
}

impl<R, T> ListRequest for R
where
    R: Request<Answer = Page<T>> + Clone + Unpin,
    T: Value + Unpin,
{
    type Item = T;
}

/// The pages of a list, with one call per page: a `Stream` with its own method [`next`](Self::next). With the blocking
/// client, it is an `Iterator`.
///
/// The first page starts at the `offset` of the request. The next page starts at the offset in the answer's link to it,
/// or else after the items received so far. The stream ends
///
/// - at an empty page,
/// - after a page that is not full, if its answer has no link to the next page,
/// - after a page whose link does not lead to a greater offset,
/// - at a page that was already returned, identified by the fields that every item has, such as the id,
/// - after an error.
///
/// So it ends even if the server returns the same page forever. Items that are created or deleted meanwhile shift the
/// pages: an item may be skipped or returned twice. If the shifted page has the same items as an earlier one, the
/// stream ends early.
#[must_use = "nothing is sent until the stream is polled for a page"]
pub struct Pages<R: ListRequest, C: Caller = Client> {
    client: C,
    request: R,
    state: PagesState<R, C>,
    options: Option<Options<R, C>>,
    /// The page size, if the options set it.
    limit: Option<i64>,
    /// The fingerprints of all pages so far.
    fingerprints: HashSet<u64>,
    meta: Option<PageMeta>,
    offset: i64,
}

/// The call for one page.
type PendingPage<R, C> = Pending<<R as Request>::Answer, <C as Caller>::Runtime>;

type Options<R, C> = Box<dyn Fn(PendingPage<R, C>) -> PendingPage<R, C> + Send>;

enum PagesState<R: ListRequest, C: Caller> {
    Ready,
    Running(PendingPage<R, C>),
    Done,
}

impl<R: ListRequest> Pages<R> {
    /// Returns the next page, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Response<Page<R::Item>>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }
}

impl<R: ListRequest, C: Caller> Pages<R, C> {
    /// Creates the stream of a request's pages. Builders of lists have a method `pages` that calls this.
    pub fn new(client: C, mut request: R) -> Self {
        let offset = get_integer(&mut request, R::OPERATION.api.offset).unwrap_or(0);
        Self {
            client,
            request,
            state: PagesState::Ready,
            options: None,
            limit: None,
            fingerprints: HashSet::new(),
            meta: None,
            offset,
        }
    }

    /// Sets options of every call, such as its timeout, or a parameter that this crate does not know:
    /// `.pages().with_options(|call| call.with_extra("sort", "created_at"))`. Repeated calls add to each other. An
    /// `offset` has no effect here; set it on the request.
    pub fn with_options(mut self, options: impl Fn(PendingPage<R, C>) -> PendingPage<R, C> + Send + 'static) -> Self {
        let before = self.options.take();
        self.options = Some(Box::new(move |call| {
            options(match &before {
                Some(before) => before(call),
                None => call,
            })
        }));
        self
    }

    /// The metadata of the last page received. An error does not change it.
    pub fn meta(&self) -> Option<&PageMeta> {
        self.meta.as_ref()
    }

    /// The offset of the next page. A later request with this `offset` continues here.
    pub fn offset(&self) -> i64 {
        self.offset
    }

    /// Returns the items of all pages.
    pub fn into_items(self) -> Items<R, C> {
        Items { pages: self, items: Vec::new().into_iter() }
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &C {
        &self.client
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<Page<R::Item>>, Error>>> {
        if let PagesState::Ready = self.state {
            let mut request = self.request.clone();
            // The first request is sent unchanged.
            if self.meta.is_some() {
                set_integer(&mut request, R::OPERATION.api.offset, self.offset);
            }
            let call = Pending::new(&self.client, request);
            let mut call = match &self.options {
                Some(options) => options(call),
                None => call,
            };
            // Only this type sets the offset. The options may set the page size.
            call.remove_extra(R::OPERATION.api.offset);
            self.limit = call.extra(R::OPERATION.api.limit).and_then(serde_json::Value::as_i64);
            self.state = PagesState::Running(call);
        }
        let PagesState::Running(call) = &mut self.state else { return Poll::Ready(None) };
        let result = ready!(call.poll_answer(context));
        self.state = PagesState::Done;
        Poll::Ready(match result {
            Ok(page) => self.record(&page).then_some(Ok(page)),
            Err(error) => Some(Err(error)),
        })
    }

    /// Records a page. Returns whether it has items and was not returned before.
    fn record(&mut self, page: &Response<Page<R::Item>>) -> bool {
        let limit = page.meta.limit.or(self.limit).or_else(|| get_integer(&mut self.request, R::OPERATION.api.limit));
        let span = PageSpan { offset: self.offset, limit: limit.unwrap_or(DEFAULT_LIMIT), count: page.item_count() };
        self.meta = Some(page.meta.clone());
        if span.count == 0 || !self.fingerprints.insert(page_fingerprint(&page.items, page.body(), R::OPERATION.answer))
        {
            return false;
        }
        if let Some(offset) = span.next_offset(&page.meta, R::OPERATION.api.offset) {
            self.offset = offset;
            self.state = PagesState::Ready;
        } else {
            self.offset = self.offset.saturating_add(span.count);
        }
        true
    }
}

/// The position of a page in the list.
#[derive(Clone, Copy)]
struct PageSpan {
    offset: i64,
    limit: i64,
    /// The number of items in the answer, including those that were left out.
    count: i64,
}

impl PageSpan {
    /// The offset of the next page, if there is one.
    fn next_offset(self, meta: &PageMeta, parameter: &str) -> Option<i64> {
        let behind = self.offset.saturating_add(self.count);
        match meta.next.as_deref().filter(|link| !link.is_empty()) {
            // A link to this page or to an earlier one would cause an endless loop.
            Some(link) => Some(offset_in(link, parameter).unwrap_or(behind)).filter(|offset| *offset > self.offset),
            None => (self.count >= self.limit).then_some(behind),
        }
    }
}

/// The offset in a link such as `/v1/Account/../Profile/?limit=20&offset=40`.
fn offset_in(link: &str, parameter: &str) -> Option<i64> {
    let (_, query) = link.split_once('?')?;
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.filter(|(key, _)| key == parameter).find_map(|(_, value)| value.parse().ok())
}

fn slot<'a, R: Request>(request: &'a mut R, name: &str) -> Option<&'a mut dyn Value> {
    request.get_mut(request.schema().position(name)?)
}

fn get_integer<R: Request>(request: &mut R, name: &str) -> Option<i64> {
    match slot(request, name)?.view() {
        View::Integer(number) => Some(number),
        _ => None,
    }
}

fn set_integer<R: Request>(request: &mut R, name: &str, number: i64) {
    if let Some(slot) = slot(request, name) {
        slot.set_integer(number);
    }
}

impl<R: ListRequest> Stream for Pages<R> {
    type Item = Result<Response<Page<R::Item>>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows the operation and the offset, and nothing of the request or the answers.
impl<R: ListRequest, C: Caller> fmt::Debug for Pages<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &R::OPERATION.id)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}

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
