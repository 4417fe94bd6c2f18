//! Lists as streams of pages.

use std::collections::HashSet;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::progress::{NextPage, Progress, REPEATED};
use crate::client::Client;
use crate::client::caller::Caller;
use crate::client::pending::Pending;
use crate::codec::Request;
use crate::codec::decode::{Beside, Page, PageMeta, item_fingerprints};
use crate::error::Error;
use crate::response::Response;
use crate::schema::{Value, View};

/// A request that returns a page of a list.
pub trait ListRequest: Request<Answer = Page<Self::Item, Self::Beside>> + Clone + Unpin {
    /// The type of the items.
    type Item: Value + Unpin;

    /// The type of what is beside the list.
    type Beside: Beside;
}

impl<R, T, B> ListRequest for R
where
    R: Request<Answer = Page<T, B>> + Clone + Unpin,
    T: Value + Unpin,
    B: Beside,
{
    type Item = T;
    type Beside = B;
}

/// The pages of a list, with one call per page: a `Stream` with its own method [`next`](Self::next). With the blocking
/// client, it is an `Iterator`.
///
/// The first request is sent unchanged. Each of the next ones takes the query of the answer's link to the next page over
/// its own parameters. The host and the path of the link do not count. If the link has a cursor, the request has no
/// offset any more.
///
/// The stream ends after a page whose link is missing, null or empty. If no answer has a link or says that there is
/// none, the stream goes on behind the items received so far. It then ends at an empty page, or after a page that is
/// smaller than the limit in its answer or than the page before.
///
/// Every other end is an error, with the outcome [`Executed`](crate::Outcome::Executed): an answer without a list, an
/// empty page whose own total counts more items, a link that leads back or skips items, a cursor that was already
/// followed, and a page whose items were all returned before. An item is identified by the fields that every item has,
/// such as the id. So the stream never ends early in silence, and it ends even if the server returns the same page for
/// ever.
///
/// Items that are created or deleted meanwhile shift the pages of a list that goes by offset: an item may be skipped or
/// returned twice.
#[must_use = "nothing is sent until the stream is polled for a page"]
pub struct Pages<R: ListRequest, C: Caller = Client> {
    client: C,
    request: R,
    state: PagesState<R, C>,
    options: Option<Options<R, C>>,
    progress: Progress,
    /// The page size of the last request.
    limit: Option<i64>,
    /// The fingerprints of all items so far.
    fingerprints: HashSet<u64>,
    meta: Option<PageMeta>,
}

/// The call for one page.
pub(super) type PendingPage<R, C> = Pending<<R as Request>::Answer, <C as Caller>::Runtime>;

type Options<R, C> = Box<dyn Fn(PendingPage<R, C>) -> PendingPage<R, C> + Send>;

enum PagesState<R: ListRequest, C: Caller> {
    First,
    Next(NextPage),
    Running(PendingPage<R, C>),
    /// The last page was returned, and the list cannot be continued.
    Failed(Error),
    Done,
}

impl<R: ListRequest> Pages<R> {
    /// Returns the next page, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Response<Page<R::Item, R::Beside>>, Error>> {
        poll_fn(|context| self.poll(context)).await
    }
}

impl<R: ListRequest, C: Caller> Pages<R, C> {
    /// Creates the stream of a request's pages. Builders of lists have a method `pages` that calls this.
    pub fn new(client: C, mut request: R) -> Self {
        let api = R::OPERATION.api;
        let offset = integer(&mut request, api.offset).unwrap_or(0);
        let cursor = api.cursor.and_then(|name| text(&mut request, name));
        Self {
            client,
            request,
            state: PagesState::First,
            options: None,
            progress: Progress::new(api, offset, cursor),
            limit: None,
            fingerprints: HashSet::new(),
            meta: None,
        }
    }

    /// Sets options of every call, such as its timeout, or a parameter that this crate does not know:
    /// `.pages().with_options(|call| call.with_extra("sort", "created_at"))`. Repeated calls add to each other. An
    /// `offset` has no effect here; set it on the request. A `cursor` has an effect on the first call only.
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

    /// The number of items before the next page. If the list goes by offset, a later request with this `offset`
    /// continues here.
    pub fn offset(&self) -> i64 {
        self.progress.offset()
    }

    /// The cursor of the next page. A later request with this cursor continues here. `None` if the list goes by offset.
    pub fn cursor(&self) -> Option<&str> {
        self.progress.cursor()
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> &C {
        &self.client
    }

    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<Page<R::Item, R::Beside>>, Error>>> {
        loop {
            let mut call = match mem::replace(&mut self.state, PagesState::Done) {
                PagesState::First => self.call(None),
                PagesState::Next(next) => self.call(Some(&next)),
                PagesState::Running(call) => call,
                PagesState::Failed(error) => return Poll::Ready(Some(Err(error))),
                PagesState::Done => return Poll::Ready(None),
            };
            match call.poll_answer(context) {
                Poll::Pending => {
                    self.state = PagesState::Running(call);
                    return Poll::Pending;
                }
                Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(Ok(page)) => {
                    if self.record(&page) {
                        return Poll::Ready(Some(Ok(page)));
                    }
                }
            }
        }
    }

    /// The call for the first or the next page.
    fn call(&mut self, next: Option<&NextPage>) -> PendingPage<R, C> {
        let api = R::OPERATION.api;
        let mut request = self.request.clone();
        if next.is_some() {
            [Some(api.offset), api.cursor].into_iter().flatten().for_each(|name| clear(&mut request, name));
        }
        if let Some(NextPage::Offset(offset)) = next
            && let Some(slot) = slot(&mut request, api.offset)
        {
            slot.set_integer(*offset);
        }
        let call = Pending::new(&self.client, request);
        let mut call = match &self.options {
            Some(options) => options(call),
            None => call,
        };
        // Only this type sets the position. The options may set the page size.
        call.remove_extra(api.offset);
        match (next, api.cursor) {
            (None, Some(cursor)) => {
                let start = call.extra(cursor).and_then(serde_json::Value::as_str);
                self.progress.start_at(start.map(str::to_owned));
            }
            (Some(_), Some(cursor)) => call.remove_extra(cursor),
            (_, None) => {}
        }
        if let Some(NextPage::Link(link)) = next {
            call = link.parameters(R::OPERATION).fold(call, |call, (name, value)| call.with_extra(name, value));
        }
        let limit = call.extra(api.limit).and_then(serde_json::Value::as_i64);
        self.limit = limit.or_else(|| integer(&mut self.request, api.limit));
        call
    }

    /// Records a page and what follows it. Returns whether the page is returned to the caller: it has items and is new.
    fn record(&mut self, page: &Response<Page<R::Item, R::Beside>>) -> bool {
        let failed = |problem| PagesState::Failed(Error::pages(page.parts(), R::OPERATION, problem));
        let count = page.item_count();
        self.meta = Some(page.meta.clone());
        let mut has_new_items = count == 0;
        for fingerprint in item_fingerprints(&page.items, page.body(), R::OPERATION.answer) {
            has_new_items |= self.fingerprints.insert(fingerprint);
        }
        if !has_new_items {
            if !self.progress.is_whole_list(count, self.limit) {
                self.state = failed(REPEATED);
            }
            return false;
        }
        self.state = match self.progress.advance(count, self.limit, &page.meta) {
            Ok(Some(next)) => PagesState::Next(next),
            Ok(None) => PagesState::Done,
            Err(problem) => failed(problem),
        };
        count > 0
    }
}

fn slot<'a, R: Request>(request: &'a mut R, name: &str) -> Option<&'a mut dyn Value> {
    request.get_mut(request.schema().position(name)?)
}

fn integer<R: Request>(request: &mut R, name: &str) -> Option<i64> {
    match slot(request, name)?.view() {
        View::Integer(number) => Some(number),
        _ => None,
    }
}

fn text<R: Request>(request: &mut R, name: &str) -> Option<String> {
    match slot(request, name)?.view() {
        View::Text(text) if !text.is_empty() => Some(text.to_owned()),
        _ => None,
    }
}

fn clear<R: Request>(request: &mut R, name: &str) {
    if let Some(slot) = slot(request, name) {
        slot.clear();
    }
}

impl<R: ListRequest> Stream for Pages<R> {
    type Item = Result<Response<Page<R::Item, R::Beside>>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows the operation and the offset, and nothing of the request or the answers.
impl<R: ListRequest, C: Caller> fmt::Debug for Pages<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &R::OPERATION.id)
            .field("offset", &self.offset())
            .finish_non_exhaustive()
    }
}
