//! The link from a page to the next one.

use serde_json::Value;
use url::form_urlencoded;

use crate::schema::{Api, Operation};

/// The query of a link such as `/v1/Account/../Profile/?limit=20&offset=40`.
///
/// The host and the path of a link do not count. Servers write links that name another host, spell the path in another
/// way or lack its slash.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// The parameters that have a value, in the order of the link.
    parameters: Vec<(String, Vec<String>)>,
    pub(super) limit: Option<i64>,
    pub(super) offset: Option<i64>,
    pub(super) cursor: Option<String>,
}

impl Link {
    pub(super) fn read(link: &str, api: &Api) -> Self {
        let (link, _) = link.split_once('#').unwrap_or((link, ""));
        let (_, query) = link.split_once('?').unwrap_or((link, ""));
        let mut parameters: Vec<(String, Vec<String>)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            match parameters.iter_mut().find(|(given, _)| *given == name) {
                Some((_, values)) => values.push(value.into_owned()),
                None => parameters.push((name.into_owned(), vec![value.into_owned()])),
            }
        }
        // The first value counts.
        let first = |name| {
            let found = parameters.iter().find(|(given, _)| given == name);
            found.and_then(|(_, values)| values.first())
        };
        let limit = first(api.limit).and_then(|limit| limit.parse().ok()).filter(|limit| *limit > 0);
        let offset = first(api.offset).and_then(|offset| offset.parse().ok());
        let cursor = api.cursor.and_then(first).cloned();
        Self { parameters, limit, offset, cursor }
    }

    /// What the request for the next page sends in place of the caller's parameters of the same name: the whole query
    /// of the link, but for what belongs to the route of the operation.
    pub(super) fn parameters(&self, operation: &Operation) -> impl Iterator<Item = (&str, Value)> {
        let (limit, offset) = (operation.api.limit, operation.api.offset);
        let others = self.parameters.iter().filter(move |(name, _)| {
            let is_position = name == limit || name == offset || operation.api.cursor == Some(name);
            let is_fixed = operation.fixed.iter().any(|(fixed, _)| fixed == name);
            !is_position && !is_fixed && !operation.path.contains(&format!("{{{name}}}"))
        });
        let others = others.map(|(name, values)| (name.as_str(), values.iter().map(String::as_str).collect()));
        let limit = self.limit.map(|number| (limit, Value::from(number)));
        let position = match (operation.api.cursor, &self.cursor) {
            // A server may apply an offset beside the cursor, and so return the same page for ever.
            (Some(name), Some(cursor)) => Some((name, Value::from(cursor.as_str()))),
            _ => self.offset.map(|number| (offset, Value::from(number))),
        };
        limit.into_iter().chain(position).chain(others)
    }
}
