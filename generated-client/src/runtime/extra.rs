//! What a call carries beside the fields of its request: parameters and fields that the spec does not know.

use serde_json::Value;

use super::operation::{Method, Operation};
use super::schema::{Place, Schema};

/// Values by name. A value that is called like something of the operation belongs where that belongs; of the others,
/// those of a GET are parameters of the query, and all else is in the body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extra {
    entries: Vec<(String, Value)>,
}

impl Extra {
    /// Adds a value. Of two of the same name, the last counts.
    pub(crate) fn set(&mut self, name: String, value: Value) {
        self.entries.retain(|(given, _)| *given != name);
        self.entries.push((name, value));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|(given, _)| given == name).map(|(_, value)| value)
    }

    pub(crate) fn in_query<'a>(
        &'a self,
        operation: &'a Operation,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.at(Place::Query, operation, schema)
    }

    pub(crate) fn in_body<'a>(
        &'a self,
        operation: &'a Operation,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.at(Place::Body, operation, schema)
    }

    fn at<'a>(
        &'a self,
        place: Place,
        operation: &'a Operation,
        schema: &'a Schema,
    ) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let entries = self.entries.iter().map(|(name, value)| (name.as_str(), value));
        entries.filter(move |(name, _)| place_of(name, operation, schema) == place)
    }
}

fn place_of(name: &str, operation: &Operation, schema: &Schema) -> Place {
    let mut placeholders = operation.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let field = schema.position(name).and_then(|position| schema.fields.get(position));
    if placeholders.any(|placeholder| placeholder == name) {
        Place::Path
    } else if let Some(field) = field.filter(|field| field.place != Place::Answer) {
        field.place
    } else if operation.method == Method::Get || operation.fixed.iter().any(|(fixed, _)| *fixed == name) {
        Place::Query
    } else {
        Place::Body
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, place_of};
    use crate::runtime::{Field, Method, Operation, Schema};

    #[test]
    fn a_value_belongs_where_its_name_does() {
        let fields = const { &[Field::query("sort"), Field::body("note"), Field::path("id")] };
        let schema = Schema { name: "Thing", fields, rules: &[], at_least: None };
        let operation =
            |method| Operation { fixed: &[("status", "live")], ..Operation::unknown(method, "/v1/{id}/{part}/") };
        for (name, in_post, in_get) in [
            ("id", Place::Path, Place::Path),
            ("part", Place::Path, Place::Path),
            ("sort", Place::Query, Place::Query),
            ("status", Place::Query, Place::Query),
            ("note", Place::Body, Place::Body),
            ("other", Place::Body, Place::Query),
        ] {
            assert_eq!(place_of(name, &operation(Method::Post), &schema), in_post, "{name}");
            assert_eq!(place_of(name, &operation(Method::Get), &schema), in_get, "{name}");
        }
    }
}
