//! Pages: which objects of a collection stand on one, and what its `meta` says.
//!
//! The spec names the parameters. The keys of the answer, `limit`, `offset`, `next` and `previous`, are the same
//! everywhere; they are the only wire names in this crate.

use crate::state::Stored;
use plivo_codegen::interpret::{Parameters, text_of};
use plivo_codegen::model::{Collection, Comparison, Location, Model, Operation, Pages};
use serde_json::{Map, Value};
use std::cmp::Ordering;
use url::form_urlencoded::Serializer;

const LIMIT: &str = "limit";
const OFFSET: &str = "offset";
/// The size of a page where none is asked for, and the largest where the spec sets no limit.
const USUAL: u64 = 20;

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Page {
    /// The objects on it.
    pub(crate) objects: Vec<Stored>,
    /// Its place among all.
    pub(crate) meta: Map<String, Value>,
    /// How many objects there are on all pages.
    pub(crate) total: usize,
}

impl Page {
    /// A page with one object that is not stored.
    pub(crate) fn of_one(object: Stored) -> Self {
        Self { objects: vec![object], meta: meta(size(USUAL), 0, None, None), total: 1 }
    }
}

/// What a list is asked for.
pub(crate) struct Wanted<'a> {
    /// The limit, as it is applied.
    limit: usize,
    offset: usize,
    /// The query fields that choose among the stored objects.
    filters: Vec<Filter<'a>>,
    names: &'a Pages,
}

/// A query field that stored objects must agree with.
#[derive(Debug)]
struct Filter<'a> {
    /// Its name in the query.
    name: &'a str,
    /// The field of the stored objects.
    field: &'a str,
    /// How its value must compare with this text.
    compares: Comparison,
    text: String,
}

impl Filter<'_> {
    fn fits(&self, object: &Stored) -> bool {
        let Some(value) = object.get(self.field) else { return false };
        let stored = text_of(value);
        let order = || order(&stored, &self.text);
        match self.compares {
            Comparison::Is => stored == self.text,
            Comparison::Greater => order() == Ordering::Greater,
            Comparison::GreaterOrEqual => order() != Ordering::Less,
            Comparison::Less => order() == Ordering::Less,
            Comparison::LessOrEqual => order() != Ordering::Greater,
        }
    }
}

/// The order of two numbers, or of two times: these have their texts' order once they are written alike.
fn order(one: &str, other: &str) -> Ordering {
    match (one.parse::<f64>(), other.parse::<f64>()) {
        (Ok(one), Ok(other)) => one.total_cmp(&other),
        _ => alike(one).cmp(&alike(other)),
    }
}

/// A time with a space between date and time, and with seconds.
fn alike(time: &str) -> String {
    let time = time.replacen('T', " ", 1).trim_end_matches('Z').to_owned();
    match time.len() {
        10 => time + " 00:00:00",
        16 => time + ":00",
        _ => time,
    }
}

impl<'a> Wanted<'a> {
    /// Reads what a request asks for.
    ///
    /// A query field that the stored objects do not have filters nothing: the model does not say what
    /// it means.
    pub(crate) fn read(
        model: &'a Model,
        operation: &'a Operation,
        collection: &Collection,
        parameters: &Parameters,
    ) -> Self {
        let names = &model.pages;
        let stored = &model[collection.object].fields;
        let query = model[operation.request].fields.iter().filter(|field| field.location == Location::Query);
        let filters = query
            .clone()
            .filter(|field| field.name != names.limit && field.name != names.offset)
            .map(|query| (query, query.filters.as_deref().unwrap_or(&query.name)))
            .filter(|(_, field)| stored.iter().any(|stored| stored.name == *field))
            .filter_map(|(query, field)| {
                let text = text_of(parameters.get(&query.name)?);
                Some(Filter { name: &query.name, field, compares: query.compares, text })
            })
            .collect();
        let largest = query
            .clone()
            .find(|field| field.name == names.limit)
            .and_then(|field| field.constraints.max)
            .map_or(USUAL, |limit| u64::try_from(limit.is).unwrap_or(USUAL));
        // A limit that is only warned about arrives here and is brought into bounds.
        let limit = whole(parameters, &names.limit).unwrap_or(USUAL).clamp(1, largest.max(1));
        let offset = whole(parameters, &names.offset).unwrap_or(0);
        Self { limit: size(limit), offset: size(offset), filters, names }
    }

    /// Makes the page out of all objects of the collection.
    pub(crate) fn page<'b>(&self, path: &str, objects: impl Iterator<Item = &'b Stored>) -> Page {
        let fitting: Vec<&Stored> = objects.filter(|object| self.fits(object)).collect();
        let total = fitting.len();
        let shown: Vec<Stored> = fitting.into_iter().skip(self.offset).take(self.limit).cloned().collect();
        let end = self.offset.saturating_add(self.limit);
        let next = (end < total).then(|| self.link(path, end));
        let previous = (self.offset > 0).then(|| self.link(path, self.offset.saturating_sub(self.limit)));
        let meta = meta(self.limit, self.offset, next, previous);
        Page { objects: shown, meta, total }
    }

    fn fits(&self, object: &Stored) -> bool {
        self.filters.iter().all(|filter| filter.fits(object))
    }

    fn link(&self, path: &str, offset: usize) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair(&self.names.limit, &self.limit.to_string());
        query.append_pair(&self.names.offset, &offset.to_string());
        for filter in &self.filters {
            query.append_pair(filter.name, &filter.text);
        }
        format!("{path}?{}", query.finish())
    }
}

fn meta(limit: usize, offset: usize, next: Option<String>, previous: Option<String>) -> Map<String, Value> {
    let meta = [
        (LIMIT, Value::from(limit)),
        (OFFSET, Value::from(offset)),
        ("next", Value::from(next)),
        ("previous", Value::from(previous)),
    ];
    meta.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn whole(parameters: &Parameters, name: &str) -> Option<u64> {
    parameters.get(name).and_then(Value::as_i64).map(|number| u64::try_from(number).unwrap_or(0))
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
