//! One request in every retry class.

use plivo::Request;
use plivo::profile::{GetProfile, Profile};
use plivo::schema::{Method, Object, Operation, Retry, Schema, Value};

pub(crate) const IF_NOT_SENT: usize = 1;
pub(crate) const NEVER: usize = 2;

/// The request to get a profile, in another retry class.
#[derive(Debug)]
pub(crate) struct Reclassified<const CLASS: usize>(GetProfile);

pub(crate) fn safe(id: &str) -> GetProfile {
    GetProfile::builder(id).build()
}

pub(crate) fn reclassified<const CLASS: usize>(id: &str) -> Reclassified<CLASS> {
    Reclassified(safe(id))
}

impl<const CLASS: usize> Request for Reclassified<CLASS> {
    type Answer = Profile;
    const OPERATION: &'static Operation = &Operation {
        method: Method::Post,
        retry: [Retry::Safe, Retry::IfNotSent, Retry::Never][CLASS],
        ..*GetProfile::OPERATION
    };
}

impl<const CLASS: usize> Object for Reclassified<CLASS> {
    fn schema(&self) -> &'static Schema {
        self.0.schema()
    }

    fn empty() -> Self {
        Self(<GetProfile as Object>::empty())
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        self.0.get(index)
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.0.get_mut(index)
    }
}
