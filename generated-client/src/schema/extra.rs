//! Extra values: parameters and fields that a call sends in addition to those of the request.

use serde_json::Value;

use super::field::Location;
use super::object_schema::Schema;
use super::operation::{BodyEncoding, Method, Operation};

/// Extra values by name. A value with the name of a placeholder, a field or a fixed parameter of the operation has the
/// location of that. Any other value is a query parameter of a GET, and a field of the body with every other method. A
/// key that defers the result is a query parameter of a DELETE without a body, too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extra {
    entries: Vec<(String, Value)>,
}

impl Extra {
    /// Sets a value. It replaces a value of the same name.
    pub(crate) fn set(&mut self, name: String, value: Value) {
        self.remove(&name);
        self.entries.push((name, value));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.entries.retain(|(given, _)| given != name);
    }

    #[inline]
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    /// The value of a name, if it is sent. Null and empty lists are sent only in a JSON body.
    pub(crate) fn sent_value(&self, name: &str, operation: &Operation, schema: &Schema) -> Option<&Value> {
        let value = self.get(name)?;
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        let is_multipart = matches!(operation.body, BodyEncoding::Multipart { .. });
        let is_json = || location_of(name, operation, schema) == Location::Body && !is_multipart;
        (!is_empty || is_json()).then_some(value)
    }

    pub(crate) fn in_query<'a>(
        &'a self,
        operation: &'a Operation,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.in_location(Location::Query, operation, schema)
    }

    pub(crate) fn in_body<'a>(
        &'a self,
        operation: &'a Operation,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.in_location(Location::Body, operation, schema)
    }

    fn in_location<'a>(
        &'a self,
        location: Location,
        operation: &'a Operation,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let entries = self.entries.iter().map(|(name, value)| (name.as_str(), value));
        entries.filter(move |(name, _)| location_of(name, operation, schema) == location)
    }
}

fn location_of(name: &str, operation: &Operation, schema: &Schema) -> Location {
    let mut placeholders = operation.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let field = schema.position(name).and_then(|position| schema.fields.get(position));
    if placeholders.any(|placeholder| placeholder == name) {
        Location::Path
    } else if let Some(field) = field.filter(|field| field.location != Location::Answer) {
        field.location
    } else if is_in_query(name, operation) {
        Location::Query
    } else {
        Location::Body
    }
}

/// Whether a value that is neither in the path nor a field is in the query.
fn is_in_query(name: &str, operation: &Operation) -> bool {
    let has_body = operation.body != BodyEncoding::None;
    match operation.method {
        Method::Get => true,
        Method::Delete if operation.is_deferral_key(name) && !has_body => true,
        _ => operation.fixed.iter().any(|(fixed, _)| *fixed == name),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Extra, location_of};
    use crate::macros::row;
    use crate::schema::field::Location;
    use crate::schema::object_schema::Schema;
    use crate::schema::operation::{BodyEncoding, Method, Operation};

    #[test]
    fn the_name_of_a_value_decides_its_location() {
        let fields = const { &[row!(sort, Query, []), row!(note, Body, []), row!(id, Path, [])] };
        let schema = Schema { name: "Thing", fields, ..Schema::EMPTY };
        let operation =
            |method| Operation { fixed: &[("status", "live")], ..Operation::undescribed(method, "/v1/{id}/{part}/") };
        for (name, in_post, in_get) in [
            ("id", Location::Path, Location::Path),
            ("part", Location::Path, Location::Path),
            ("sort", Location::Query, Location::Query),
            ("status", Location::Query, Location::Query),
            ("note", Location::Body, Location::Body),
            ("other", Location::Body, Location::Query),
        ] {
            assert_eq!(location_of(name, &operation(Method::Post), &schema), in_post, "{name}");
            assert_eq!(location_of(name, &operation(Method::Get), &schema), in_get, "{name}");
        }
    }

    #[test]
    fn null_and_empty_lists_are_sent_in_json_only() {
        let schema = Schema::EMPTY;
        let mut extra = Extra::default();
        extra.set("none".to_owned(), Value::Null);
        extra.set("empty".to_owned(), json!([]));
        let form = |method| Operation {
            body: BodyEncoding::Multipart { data: None },
            ..Operation::undescribed(method, "/v1/")
        };
        for name in ["none", "empty"] {
            assert!(extra.sent_value(name, &Operation::undescribed(Method::Post, "/v1/"), &schema).is_some());
            assert!(extra.sent_value(name, &Operation::undescribed(Method::Get, "/v1/"), &schema).is_none());
            assert!(extra.sent_value(name, &form(Method::Post), &schema).is_none());
        }
    }
}
