//! What a call carries beside the fields of its request: parameters and fields that the spec does not know.

use serde_json::Value;

use super::operation::{Method, Operation};

/// Values by name. One that is called like a placeholder of the path belongs there; of the others, those of a GET
/// are parameters of the query, and all else is in the body.
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

    pub(crate) fn in_query<'a>(&'a self, operation: &'a Operation) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.outside_path(operation).filter(|_| operation.method == Method::Get)
    }

    pub(crate) fn in_body<'a>(&'a self, operation: &'a Operation) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.outside_path(operation).filter(|_| operation.method != Method::Get)
    }

    fn outside_path<'a>(&'a self, operation: &'a Operation) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let placeholders = || operation.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        let entries = self.entries.iter().map(|(name, value)| (name.as_str(), value));
        entries.filter(move |(name, _)| placeholders().all(|placeholder| placeholder != *name))
    }
}
