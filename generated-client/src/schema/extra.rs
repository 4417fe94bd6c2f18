//! What a call carries beside the fields of its request: parameters and fields that the spec does not know.

use serde_json::Value;

use super::field::Location;
use super::object_schema::Schema;
use super::operation::{BodyEncoding, Method, Operation};

/// Values by name. A value that is called like something of the operation belongs where that belongs; of the others,
/// those of a GET are parameters of the query, and all else is in the body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extra {
    entries: Vec<(String, Value)>,
}

impl Extra {
    /// Adds a value. Of two of the same name, the last counts.
    pub(crate) fn set(&mut self, name: String, value: Value) {
        self.remove(&name);
        self.entries.push((name, value));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.entries.retain(|(given, _)| given != name);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    /// The value of a name, if it goes out: only JSON has null and empty lists.
    pub(crate) fn sent(&self, name: &str, operation: &Operation, schema: &Schema) -> Option<&Value> {
        // Nearly always there is nothing.
        let value = self.get(name)?;
        let is_nothing = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        let is_multipart = matches!(operation.body, BodyEncoding::Multipart { .. });
        let is_json = || location_of(name, operation, schema) == Location::Body && !is_multipart;
        (!is_nothing || is_json()).then_some(value)
    }

    pub(crate) fn in_query<'a>(
        &'a self,
        operation: &'a Operation,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.at(Location::Query, operation, schema)
    }

    pub(crate) fn in_body<'a>(
        &'a self,
        operation: &'a Operation,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.at(Location::Body, operation, schema)
    }

    fn at<'a>(
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
    } else if operation.method == Method::Get || operation.fixed.iter().any(|(fixed, _)| *fixed == name) {
        Location::Query
    } else {
        Location::Body
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Extra, location_of};
    use crate::schema::api::{Generated, ThisCrate};
    use crate::schema::field::{Field, Location};
    use crate::schema::object_schema::Schema;
    use crate::schema::operation::{BodyEncoding, Method, Operation};

    #[test]
    fn a_value_belongs_where_its_name_does() {
        let fields = const { &[Field::query("sort"), Field::body("note"), Field::path("id")] };
        let schema = Schema { name: "Thing", fields, rules: &[], at_least: None };
        let operation = |method| Operation {
            fixed: &[("status", "live")],
            ..Operation::undescribed(ThisCrate::API, method, "/v1/{id}/{part}/")
        };
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
    fn only_json_has_nothing_to_send() {
        let schema = Schema { name: "Thing", fields: &[], rules: &[], at_least: None };
        let mut extra = Extra::default();
        extra.set("none".to_owned(), Value::Null);
        extra.set("empty".to_owned(), json!([]));
        let form = |method| Operation {
            body: BodyEncoding::Multipart { data: None },
            ..Operation::undescribed(ThisCrate::API, method, "/v1/")
        };
        for name in ["none", "empty"] {
            assert!(extra.sent(name, &Operation::undescribed(ThisCrate::API, Method::Post, "/v1/"), &schema).is_some());
            assert!(extra.sent(name, &Operation::undescribed(ThisCrate::API, Method::Get, "/v1/"), &schema).is_none());
            assert!(extra.sent(name, &form(Method::Post), &schema).is_none());
        }
    }
}
