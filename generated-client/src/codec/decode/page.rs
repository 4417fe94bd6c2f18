//! One page of a list.

use std::slice;
use std::vec;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::macros::{object_impls, row};
use crate::schema::{Object, Schema, Value, ValueKind};

/// One page of a list.
///
/// An item that lacks one of the fields that are not an `Option` is left out of `items`. It is reported in
/// [`Response::drift`](crate::Response::drift), and [`Response::body`](crate::Response::body) contains it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T, B = ()> {
    /// The items, in the order of the answer.
    pub items: Vec<T>,
    /// The position of this page. Its fields are `None` if the answer lacks them.
    pub meta: PageMeta,
    /// What the answer has beside the list and its position; in most lists nothing.
    pub beside: B,
}

#[cfg(feature = "testing")]
impl<T> Page<T> {
    /// Returns a page without items, for tests. Its fields are public.
    pub fn draft() -> Self {
        Self { items: Vec::new(), meta: PageMeta::draft(), beside: () }
    }

    /// Sets what the answer has beside the list, for tests.
    pub fn with_beside<B: Beside>(self, beside: B) -> Page<T, B> {
        Page { items: self.items, meta: self.meta, beside }
    }
}

/// What an answer has beside a list: an object, or nothing.
pub trait Beside: Sized + Send + 'static {
    /// Whether there is nothing.
    #[doc(hidden)]
    const IS_NOTHING: bool = false;

    /// Creates the object, with nothing set.
    #[doc(hidden)]
    fn unread() -> Self;

    /// The object that decoding fills.
    #[doc(hidden)]
    fn target(&mut self) -> Option<&mut dyn Value>;
}

impl Beside for () {
    const IS_NOTHING: bool = true;

    fn unread() -> Self {}

    fn target(&mut self) -> Option<&mut dyn Value> {
        None
    }
}

impl<O: Object + Value> Beside for O {
    fn unread() -> Self {
        Object::empty()
    }

    fn target(&mut self) -> Option<&mut dyn Value> {
        Some(self)
    }
}

impl<T, B> Page<T, B> {
    /// The number of items in the answer, including those that were left out.
    pub(crate) fn item_count(&self) -> i64 {
        i64::try_from(self.items.len() + self.meta.skipped_items).unwrap_or(i64::MAX)
    }
}

impl<T: Serialize, B: Beside + Serialize> Serialize for Page<T, B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_struct("Page", if B::IS_NOTHING { 2 } else { 3 })?;
        page.serialize_field("items", &self.items)?;
        page.serialize_field("meta", &self.meta)?;
        if !B::IS_NOTHING {
            page.serialize_field("beside", &self.beside)?;
        }
        page.end()
    }
}

impl<T, B> IntoIterator for Page<T, B> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T, B> IntoIterator for &'a Page<T, B> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// The position of a page in its list. A field is `None` if the answer lacks it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PageMeta {
    /// The maximum number of items per page.
    pub limit: Option<i64>,
    /// The number of items before this page.
    pub offset: Option<i64>,
    /// The link to the next page, as the server wrote it. `None` on the last page, or if the answer has no links. Its
    /// host and its path may be wrong; [`Pages`](crate::Pages) uses its query only.
    pub next: Option<String>,
    /// The link to the previous page, as the server wrote it. `None` on the first page, or if the answer has no links.
    pub previous: Option<String>,
    /// The total number of items. Plivo calls it `total_count` or `count`.
    pub total_count: Option<i64>,
    /// The number of items that were left out, because they lack a field that is not an `Option`.
    pub(crate) skipped_items: usize,
    /// What the answer has in place of a link to the next page.
    pub(crate) end: ListEnd,
}

/// What an answer without a link says about a next page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ListEnd {
    /// Nothing: it has no key for the link.
    #[default]
    Unknown,
    /// There is none: the link is null, empty or false.
    Reached,
    /// There is one, but the value cannot be followed: `true`, or no link at all.
    NotReached,
}

impl PageMeta {
    /// Whether the answer says that the list has no items.
    pub(crate) fn is_of_an_empty_list(&self) -> bool {
        self.total_count == Some(0) && self.next.is_none() && self.end != ListEnd::NotReached
    }
}

#[cfg(feature = "testing")]
impl PageMeta {
    /// Returns a position with no field set, for tests. Its fields are public.
    pub fn draft() -> Self {
        <Self as Object>::empty()
    }
}

impl Object for PageMeta {
    fn schema(&self) -> &'static Schema {
        // Some operations return booleans instead of links; these hold no position.
        static SCHEMA: Schema = Schema {
            name: "PageMeta",
            fields: &[
                row!(limit, Answer, []),
                row!(offset, Answer, []),
                row!(next, Answer, [AbsentAs(ValueKind::Boolean)]),
                row!(previous, Answer, [AbsentAs(ValueKind::Boolean)]),
                row!(total_count, Answer, []),
                row!(count, Answer, []),
            ],
            ..Schema::EMPTY
        };
        &SCHEMA
    }

    fn empty() -> Self {
        Self {
            limit: None,
            offset: None,
            next: None,
            previous: None,
            total_count: None,
            skipped_items: 0,
            end: ListEnd::Unknown,
        }
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        match index {
            0 => Some(&self.limit),
            1 => Some(&self.offset),
            2 => Some(&self.next),
            3 => Some(&self.previous),
            4 => Some(&self.total_count),
            _ => None,
        }
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        match index {
            0 => Some(&mut self.limit),
            1 => Some(&mut self.offset),
            2 => Some(&mut self.next),
            3 => Some(&mut self.previous),
            // The total has two names.
            4 | 5 => Some(&mut self.total_count),
            _ => None,
        }
    }
}

object_impls!(PageMeta);
