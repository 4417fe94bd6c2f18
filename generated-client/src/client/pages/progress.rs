//! How far the pages of a list have been read, and what follows a page.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::link::Link;
use crate::codec::decode::{ListEnd, PageMeta};
use crate::schema::Api;

/// The page size if neither the request nor the answer contains it.
const DEFAULT_LIMIT: i64 = 20;

/// The number of empty pages in a row after which a list of cursors counts as endless.
const MAX_EMPTY_PAGES: u32 = 100;

/// Why a list cannot be continued.
pub(super) type Problem = &'static str;

pub(super) const REPEATED: Problem = "all items of a page were already returned";
const LEADS_BACK: Problem = "the link to the next page leads to items that were already returned";
const SKIPS: Problem = "the link to the next page skips items";
const SAME_CURSOR: Problem = "the link to the next page has a cursor that was already followed";
const NO_CURSOR: Problem = "the answer has no cursor to the next page";
const EMPTY: Problem = "the page is empty, although the list has more items";
const ENDLESS: Problem = "100 pages in a row are empty";

/// How the next page is requested.
#[derive(Clone, Debug)]
pub(super) enum NextPage {
    /// With the query of a link.
    Link(Link),
    /// Behind the items received so far.
    Offset(i64),
}

/// The position in a list.
#[derive(Debug)]
pub(super) struct Progress {
    api: &'static Api,
    /// The number of items before the next page.
    offset: i64,
    /// Whether `offset` counts from the start of the list, and not from a cursor.
    is_offset_known: bool,
    /// The cursor of the next page.
    cursor: Option<String>,
    /// The hashes of all cursors so far.
    cursors: HashSet<u64>,
    /// Whether an answer has said where the next page is, or whether there is one. If so, silence is the end.
    speaks_of_next: bool,
    /// The number of items on the previous page.
    previous_count: Option<i64>,
    total: Option<i64>,
    empty_pages: u32,
}

impl Progress {
    /// The start of a request with this offset or cursor.
    pub(super) fn new(api: &'static Api, offset: i64, cursor: Option<String>) -> Self {
        let mut this = Self {
            api,
            offset,
            is_offset_known: true,
            cursor: None,
            cursors: HashSet::new(),
            speaks_of_next: false,
            previous_count: None,
            total: None,
            empty_pages: 0,
        };
        this.start_at(cursor);
        this
    }

    /// Starts at a cursor that the caller has.
    pub(super) fn start_at(&mut self, cursor: Option<String>) {
        if let Some(cursor) = cursor {
            self.cursors.insert(hash(&cursor));
            self.cursor = Some(cursor);
            self.is_offset_known = false;
        }
    }

    pub(super) fn offset(&self) -> i64 {
        self.offset
    }

    pub(super) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Whether a page that was returned again is the whole list: it is not full, and the server pays no attention to
    /// the offset, of which its answers do not speak either.
    pub(super) fn is_whole_list(&self, count: i64, asked: Option<i64>) -> bool {
        let is_silent = !self.speaks_of_next && self.cursor.is_none() && !self.has_items_behind(self.offset);
        is_silent && count < asked.unwrap_or(DEFAULT_LIMIT)
    }

    /// Moves behind a page with this number of items. `asked` is the page size of the request. Returns how the next page
    /// is requested, or `None` at the end.
    pub(super) fn advance(
        &mut self,
        count: i64,
        asked: Option<i64>,
        meta: &PageMeta,
    ) -> Result<Option<NextPage>, Problem> {
        let start = self.offset;
        self.offset = start.saturating_add(count);
        self.total = meta.total_count.or(self.total);
        self.empty_pages = if count == 0 { self.empty_pages + 1 } else { 0 };
        self.speaks_of_next |= meta.next.is_some() || meta.end != ListEnd::Unknown;
        let limit = meta.limit.or(self.previous_count.replace(count));
        let Some(link) = meta.next.as_deref().map(|link| Link::read(link, self.api)) else {
            let next = self.without_link(count, limit, meta.end)?;
            return if next.is_none() && self.lacks_items(count, meta) { Err(EMPTY) } else { Ok(next) };
        };
        if let Some(cursor) = link.cursor.clone() {
            return self.follow_cursor(cursor, count, link);
        }
        let Some(offset) = link.offset else { return self.without_link(count, limit, ListEnd::NotReached) };
        if count == 0 {
            // Some servers write a link on every page, also on those behind the end.
            let has_more = offset > start && self.has_items_behind(offset);
            return Ok(has_more.then(|| self.follow_offset(offset, link)));
        }
        if self.is_offset_known {
            let limits = [asked, meta.limit, link.limit, Some(count)];
            let limit = limits.into_iter().flatten().max().unwrap_or(count);
            if offset < self.offset {
                return Err(LEADS_BACK);
            } else if offset > start.saturating_add(limit) {
                return Err(SKIPS);
            }
        }
        Ok(Some(self.follow_offset(offset, link)))
    }

    fn follow_cursor(&mut self, cursor: String, count: i64, link: Link) -> Result<Option<NextPage>, Problem> {
        if count == 0 && self.cursor.as_ref() == Some(&cursor) {
            return Ok(None);
        }
        if !self.cursors.insert(hash(&cursor)) {
            return Err(SAME_CURSOR);
        }
        if self.empty_pages >= MAX_EMPTY_PAGES {
            return Err(ENDLESS);
        }
        self.cursor = Some(cursor);
        Ok(Some(NextPage::Link(link)))
    }

    fn follow_offset(&mut self, offset: i64, link: Link) -> NextPage {
        (self.offset, self.is_offset_known, self.cursor) = (offset, true, None);
        NextPage::Link(link)
    }

    /// What follows a page whose answer has no link that can be followed. `limit` is the size of a full page, if known.
    fn without_link(&self, count: i64, limit: Option<i64>, end: ListEnd) -> Result<Option<NextPage>, Problem> {
        let has_more = match (end, &self.cursor) {
            (ListEnd::Reached, _) | (ListEnd::Unknown, Some(_)) => false,
            (ListEnd::NotReached, Some(_)) => return Err(NO_CURSOR),
            (ListEnd::NotReached, None) => true,
            (ListEnd::Unknown, None) => {
                let is_last = self.speaks_of_next || limit.is_some_and(|limit| count < limit);
                !is_last || self.has_items_behind(self.offset)
            }
        };
        Ok((has_more && count > 0).then_some(NextPage::Offset(self.offset)))
    }

    /// Whether a page is empty although its own answer counts items behind it. An earlier total may count items that were
    /// deleted since.
    fn lacks_items(&self, count: i64, meta: &PageMeta) -> bool {
        let is_end = meta.end == ListEnd::Reached || self.cursor.is_some() || !self.is_offset_known;
        !is_end && count == 0 && meta.total_count.is_some_and(|total| self.offset < total)
    }

    fn has_items_behind(&self, offset: i64) -> bool {
        self.total.is_some_and(|total| offset < total)
    }
}

fn hash(cursor: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    cursor.hash(&mut hasher);
    hasher.finish()
}
