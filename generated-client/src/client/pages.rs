//! Lists that are longer than a page, as streams of pages or of items.

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

/// How many items a page has where neither the request nor the answer says so.
const USUAL: i64 = 20;

/// A request that gives a page of a list, and takes an `offset`.
pub trait ListRequest: Request<Answer = Page<Self::Item>> + Clone + Unpin {
    /// What is listed.
    type Item: Value + Unpin;
}

impl<R, T> ListRequest for R
where
    R: Request<Answer = Page<T>> + Clone + Unpin,
    T: Value + Unpin,
{
    type Item = T;
}

/// The pages of a list, one call after the other: a `Stream`, with a [`next`](Self::next) of its own. Those of the
/// blocking client are an `Iterator`.
///
/// It starts at the `offset` of the request and goes on as the answers say: at the link to the next page, or else
/// behind the items that came. It ends at an empty page, at one that is not full, at one whose rows (by what each always
/// has, such as an id) are those of a page before, and after an error. So it does not go round with a server that does.
/// What was deleted or added meanwhile shifts pages: items may then be skipped or come twice, and where pages are small,
/// one that comes again ends the list.
#[must_use = "nothing is sent until the stream is asked for a page"]
pub struct Pages<R: ListRequest, C: Caller = Client> {
    client: C,
    request: R,
    state: PagesState<R, C>,
    options: Option<Options<R, C>>,
    /// How many items a page holds at most, if the options say so.
    limit: Option<i64>,
    /// What each page is known by.
    seen: HashSet<u64>,
    meta: Option<PageMeta>,
    offset: i64,
}

/// The call for one page.
type PendingPage<R, C> = Pending<<R as Request>::Answer, <C as Caller>::Runtime>;

type Options<R, C> = Box<dyn Fn(PendingPage<R, C>) -> PendingPage<R, C> + Send>;

enum PagesState<R: ListRequest, C: Caller> {
    Ready,
    Asked(PendingPage<R, C>),
    Over,
}

impl<R: ListRequest> Pages<R> {
    /// The next page; `None` when there is none.
    pub async fn next(&mut self) -> Option<Result<Response<Page<R::Item>>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }
}

impl<R: ListRequest, C: Caller> Pages<R, C> {
    /// The pages that a request leads to. Builders of lists have a method `pages` for this.
    pub fn new(client: C, mut request: R) -> Self {
        let offset = read(&mut request, R::OPERATION.api.offset).unwrap_or(0);
        Self {
            client,
            request,
            state: PagesState::Ready,
            options: None,
            limit: None,
            seen: HashSet::new(),
            meta: None,
            offset,
        }
    }

    /// Sets options of every call, such as its time, or a parameter that this crate does not know:
    /// `.pages().with_options(|call| call.with_extra("sort", "created_at"))`. Those that were set before hold, too. An
    /// `offset` has no effect here: give it to the request.
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

    /// What the last answer said about its place in the list, also after an error.
    pub fn meta(&self) -> Option<&PageMeta> {
        self.meta.as_ref()
    }

    /// Where the next page starts: give it to the request as `offset` to go on later from here.
    pub fn offset(&self) -> i64 {
        self.offset
    }

    /// The items of all pages.
    pub fn into_items(self) -> Items<R, C> {
        Items { pages: self, ready: Vec::new().into_iter() }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<Page<R::Item>>, Error>>> {
        if let PagesState::Ready = self.state {
            let mut request = self.request.clone();
            // The first request goes out as it was made.
            if self.meta.is_some() {
                write(&mut request, R::OPERATION.api.offset, self.offset);
            }
            let call = Pending::new(&self.client, request);
            let mut call = match &self.options {
                Some(options) => options(call),
                None => call,
            };
            // Where a page starts, nobody else decides; how long it is, the options may.
            call.remove_extra(R::OPERATION.api.offset);
            self.limit = call.extra(R::OPERATION.api.limit).and_then(serde_json::Value::as_i64);
            self.state = PagesState::Asked(call);
        }
        let PagesState::Asked(call) = &mut self.state else { return Poll::Ready(None) };
        let outcome = ready!(call.poll_answer(context));
        self.state = PagesState::Over;
        Poll::Ready(match outcome {
            Ok(page) => self.turn(&page).then_some(Ok(page)),
            Err(error) => Some(Err(error)),
        })
    }

    /// Takes note of a page. Whether it is one that has not come before, and has items.
    fn turn(&mut self, page: &Response<Page<R::Item>>) -> bool {
        let limit = page.meta.limit.or(self.limit).or_else(|| read(&mut self.request, R::OPERATION.api.limit));
        let span = PageSpan { offset: self.offset, limit: limit.unwrap_or(USUAL), rows: page.rows() };
        self.meta = Some(page.meta.clone());
        if span.rows == 0 || !self.seen.insert(page_fingerprint(&page.items, page.body(), R::OPERATION.answer)) {
            return false;
        }
        if let Some(offset) = span.next(&page.meta, R::OPERATION.api.offset) {
            self.offset = offset;
            self.state = PagesState::Ready;
        } else {
            self.offset = self.offset.saturating_add(span.rows);
        }
        true
    }
}

/// Where a page lies.
#[derive(Clone, Copy)]
struct PageSpan {
    offset: i64,
    limit: i64,
    /// How many items came, with those that could not be read.
    rows: i64,
}

impl PageSpan {
    /// Where the next page starts, if there is one.
    fn next(self, meta: &PageMeta, parameter: &str) -> Option<i64> {
        let behind = self.offset.saturating_add(self.rows);
        match meta.next.as_deref().filter(|link| !link.is_empty()) {
            // A link that does not lead on would lead round.
            Some(link) => Some(offset_in(link, parameter).unwrap_or(behind)).filter(|offset| *offset > self.offset),
            None => (self.rows >= self.limit).then_some(behind),
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
    request.slot(request.schema().position(name)?)
}

fn read<R: Request>(request: &mut R, name: &str) -> Option<i64> {
    match slot(request, name)?.view() {
        View::Integer(number) => Some(number),
        _ => None,
    }
}

fn write<R: Request>(request: &mut R, name: &str, number: i64) {
    if let Some(slot) = slot(request, name) {
        slot.set_integer(number);
    }
}

#[cfg(feature = "blocking")]
impl<R: ListRequest> Iterator for Pages<R, crate::blocking::Client> {
    type Item = Result<Response<Page<R::Item>>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let runtime = self.client.runtime();
        runtime.wait(poll_fn(|context| self.poll(context)))
    }
}

impl<R: ListRequest> Stream for Pages<R> {
    type Item = Result<Response<Page<R::Item>>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows where the next page starts; nothing of the request and nothing of the answers.
impl<R: ListRequest, C: Caller> fmt::Debug for Pages<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &R::OPERATION.id)
            .field("offset", &self.offset)
            .finish_non_exhaustive()
    }
}

/// The items of a list, page after page: a `Stream`, with a [`next`](Self::next) of its own. Those of the blocking
/// client are an `Iterator`.
#[must_use = "nothing is sent until the stream is asked for an item"]
pub struct Items<R: ListRequest, C: Caller = Client> {
    pages: Pages<R, C>,
    ready: vec::IntoIter<R::Item>,
}

impl<R: ListRequest> Items<R> {
    /// The next item; `None` when there is none.
    pub async fn next(&mut self) -> Option<Result<R::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }
}

impl<R: ListRequest, C: Caller> Items<R, C> {
    /// Sets options of every call, as [`Pages::with_options`] does.
    pub fn with_options(mut self, options: impl Fn(PendingPage<R, C>) -> PendingPage<R, C> + Send + 'static) -> Self {
        self.pages = self.pages.with_options(options);
        self
    }

    /// The pages that the items come from, with the last page's metadata.
    pub fn pages(&self) -> &Pages<R, C> {
        &self.pages
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Item, Error>>> {
        loop {
            if let Some(item) = self.ready.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.ready = page.into_inner().items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

#[cfg(feature = "blocking")]
impl<R: ListRequest> Iterator for Items<R, crate::blocking::Client> {
    type Item = Result<R::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let runtime = self.pages.client.runtime();
        runtime.wait(poll_fn(|context| self.poll(context)))
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
