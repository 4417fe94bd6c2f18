//! Pages of a list, and their `meta`.
//!
//! The spec names the parameters. The keys `limit`, `offset`, `next` and `previous` of the answer are the same for
//! every operation. They are the only wire names in this crate.

use super::ValidRequest;
use super::error::ApiError;
use super::filter::Filter;
use super::paging::Paging;
use super::shown::shown_fields;
use crate::store::StoredObject;
use plivo_codegen::interpret::text_of;
use plivo_codegen::model::{Collection, Fixed, Location, Pages, Type};
use serde_json::{Map, Value};
use url::form_urlencoded::Serializer;

const LIMIT: &str = "limit";
const OFFSET: &str = "offset";
const NEXT: &str = "next";
const PREVIOUS: &str = "previous";
/// The default page size, and the maximum if the spec gives none.
const DEFAULT_LIMIT: u64 = 20;

/// One page of a list.
#[derive(Debug)]
pub(super) struct Page {
    /// The objects on the page.
    pub(super) objects: Vec<StoredObject>,
    /// The position of the page in the list.
    pub(super) meta: Map<String, Value>,
    /// The number of objects on all pages.
    pub(super) total: usize,
    /// The object that contains the list.
    pub(super) parent: Option<StoredObject>,
}

impl Page {
    /// The only page of a list with one object, and the object that contains it.
    pub(super) fn of_one(object: StoredObject, parent: Option<StoredObject>) -> Self {
        Self { objects: vec![object], meta: meta(to_usize(DEFAULT_LIMIT), 0, None, None), total: 1, parent }
    }
}

/// The page and the filters that a request asks for.
pub(super) struct ListQuery<'a> {
    limit: usize,
    offset: usize,
    filters: Vec<Filter<'a>>,
    /// What the query of every request of the operation has.
    fixed: &'a [Fixed],
    names: &'a Pages,
    paging: Paging,
    /// Whether the list has pages. All objects are on one page otherwise.
    is_paged: bool,
}

impl<'a> ListQuery<'a> {
    /// Reads the query of a request.
    ///
    /// A query field that the stored objects do not have filters nothing: the model does not say what it means.
    pub(super) fn new(request: &ValidRequest<'a>, collection: &Collection) -> Result<Self, ApiError> {
        let ValidRequest { model, parameters, paging, .. } = *request;
        let names = &model.pages;
        let is_of_pages =
            |name: &String| *name == names.limit || *name == names.offset || Some(name) == names.cursor.as_ref();
        let stored_fields = shown_fields(model, request.resource, collection);
        let query_fields =
            model[request.operation.request].fields.iter().filter(|field| field.location == Location::Query);
        let filters = query_fields
            .clone()
            .filter(|field| !is_of_pages(&field.name))
            .filter_map(|query| {
                let name = query.filters.as_deref().unwrap_or(&query.name);
                let stored = stored_fields.iter().find(|stored| stored.name == name)?;
                let values = match parameters.get(&query.name)? {
                    Value::Array(items) => items.iter().map(text_of).collect(),
                    value => vec![text_of(value)],
                };
                let (comparison, is_moment) = (query.compares, stored.ty == Type::Timestamp);
                Some(Filter { parameter: &query.name, field: &stored.name, comparison, is_moment, values })
            })
            .collect();
        let max_limit = query_fields
            .clone()
            .find(|field| field.name == names.limit)
            .and_then(|field| field.constraints.max.as_ref())
            .map_or(DEFAULT_LIMIT, |limit| u64::try_from(limit.is).unwrap_or(DEFAULT_LIMIT));
        // A limit that only causes a warning gets here, and is clamped.
        let limit = non_negative(parameters.get(&names.limit)).unwrap_or(DEFAULT_LIMIT).clamp(1, max_limit.max(1));
        let offset = to_usize(paging.start(names, request)?);
        let is_paged = query_fields.clone().any(|field| is_of_pages(&field.name));
        Ok(Self { limit: to_usize(limit), offset, filters, fixed: &request.operation.fixed, names, paging, is_paged })
    }

    /// Selects the page from all objects of the collection.
    pub(super) fn page<'b>(&self, path: &str, objects: impl Iterator<Item = &'b StoredObject>) -> Page {
        let is_selected = |object: &&StoredObject| self.filters.iter().all(|filter| filter.matches(object));
        let selected: Vec<&StoredObject> = objects.filter(is_selected).collect();
        let total = selected.len();
        let limit = if self.is_paged { self.limit } else { self.limit.max(total) };
        let objects = selected.into_iter().skip(self.offset).take(limit).cloned().collect();
        let end = self.offset.saturating_add(limit);
        let next = (end < total).then(|| self.link(path, end));
        let has_previous = self.offset > 0 && self.paging.links_back();
        let previous = has_previous.then(|| self.link(path, self.offset.saturating_sub(limit)));
        Page { objects, meta: meta(limit, self.offset, next, previous), total, parent: None }
    }

    /// The path and query of another page of the same list.
    fn link(&self, path: &str, position: usize) -> String {
        let (parameter, value) = self.paging.link_parameter(self.names, position);
        let mut query = Serializer::new(String::new());
        query.append_pair(&self.names.limit, &self.limit.to_string());
        query.append_pair(parameter, &value);
        let fixed = self.fixed.iter().filter(|fixed| fixed.location == Location::Query);
        query.extend_pairs(fixed.map(|fixed| (&fixed.name, &fixed.value)));
        for filter in &self.filters {
            filter.values.iter().for_each(|value| _ = query.append_pair(filter.parameter, value));
        }
        format!("{path}?{}", query.finish())
    }
}

fn meta(limit: usize, offset: usize, next: Option<String>, previous: Option<String>) -> Map<String, Value> {
    let meta = [
        (LIMIT, Value::from(limit)),
        (OFFSET, Value::from(offset)),
        (NEXT, Value::from(next)),
        (PREVIOUS, Value::from(previous)),
    ];
    meta.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// An integer parameter. A negative number counts as 0.
fn non_negative(value: Option<&Value>) -> Option<u64> {
    value.and_then(Value::as_i64).map(|number| u64::try_from(number).unwrap_or(0))
}

fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Changes each link of an answer, at any depth. Returns whether there was one.
pub(crate) fn change_links(body: &mut Value, change: &impl Fn(&str) -> String) -> bool {
    let mut has_link = false;
    if let Value::Object(entries) = body {
        for (key, value) in entries {
            match value {
                Value::String(link) if key == NEXT || key == PREVIOUS => {
                    *link = change(link);
                    has_link = true;
                }
                value => has_link |= change_links(value, change),
            }
        }
    }
    has_link
}
