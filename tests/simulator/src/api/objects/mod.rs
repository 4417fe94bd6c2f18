//! Objects that are stored without a request of a client: seeded, shown and removed by tests.

mod check;
mod manage;

use crate::input::{self, InputError};
use crate::store::Store;
use crate::time::Pace;
use plivo_codegen::interpret::text_of;
use plivo_codegen::model::Model;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use std::str::FromStr;

/// Objects to store, by account and resource.
///
/// Parse them from YAML or JSON, or build them:
///
/// ```
/// use plivo_simulator::Objects;
/// use serde_json::json;
///
/// let gadgets = Objects::of("MAEXAMPLE", "gadget")
///     .object(json!({ "gadget_uuid": "6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c01", "size": 3 }))
///     .object(json!({ "size": 4 }));
/// let parts = Objects::of("MAEXAMPLE", "part")
///     .inside(["6f0e0b6c-5f0a-4a53-9d4d-8f1f3a2b1c01"])
///     .object(json!({ "label": "lid" }));
/// let objects = gadgets.and(parts);
/// # let _ = objects;
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objects {
    collections: Vec<CollectionObjects>,
}

/// Objects of one resource of an account, inside the same parent objects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CollectionObjects {
    account: String,
    resource: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "names")]
    parents: Vec<String>,
    objects: Vec<Value>,
}

impl Objects {
    /// No objects yet, for a resource of an account.
    pub fn of(account: impl Into<String>, resource: impl Into<String>) -> Self {
        let (account, resource) = (account.into(), resource.into());
        Self { collections: vec![CollectionObjects { account, resource, parents: Vec::new(), objects: Vec::new() }] }
    }

    /// Names the objects that contain the latest objects, outermost first, as paths name them.
    #[must_use]
    pub fn inside<S: Into<String>>(mut self, parents: impl IntoIterator<Item = S>) -> Self {
        if let Some(last) = self.collections.last_mut() {
            last.parents = parents.into_iter().map(Into::into).collect();
        }
        self
    }

    /// Adds an object with these fields. An id that it lacks is generated, and other fields that the server sets are
    /// added, as for a created object.
    #[must_use]
    pub fn object(mut self, fields: impl Into<Value>) -> Self {
        if let Some(last) = self.collections.last_mut() {
            last.objects.push(fields.into());
        }
        self
    }

    /// Adds objects of another resource or account.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.collections.extend(other.collections);
        self
    }

    /// Checks that the spec describes the objects, and that each of their parents is among them.
    ///
    /// # Errors
    ///
    /// All problems, up to a limit.
    pub fn check(&self, model: &Model) -> Result<(), InputError> {
        check::check(self, model, &Store::new(0, Pace::Virtual)).map(|_| ())
    }
}

impl FromStr for Objects {
    type Err = InputError;

    /// Parses YAML or JSON.
    fn from_str(text: &str) -> Result<Self, InputError> {
        input::parse(text)
    }
}

/// Names of objects: texts, or numbers for ids that are numbers.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected the id of an object: a text or a whole number")]
    enum Name {
        Text(String),
        Number(i64),
    }
    let names = Vec::<Name>::deserialize(deserializer)?.into_iter().map(|name| match name {
        Name::Text(text) => text,
        Name::Number(number) => text_of(&Value::from(number)),
    });
    Ok(names.collect())
}
