//! One request in every retry class.

use plivo::Request;
use plivo::profile::{GetProfile, ListProfiles};
use plivo::schema::{Method, Object, Operation, Retry, Schema, Value};

pub(crate) const IF_NOT_SENT: usize = 1;
pub(crate) const NEVER: usize = 2;

/// A GET in another retry class.
#[derive(Debug)]
pub(crate) struct Reclassified<R, const CLASS: usize>(R);

pub(crate) fn safe(id: &str) -> GetProfile {
    GetProfile::builder(id).build()
}

pub(crate) fn reclassified<const CLASS: usize>(id: &str) -> Reclassified<GetProfile, CLASS> {
    Reclassified(safe(id))
}

pub(crate) fn reclassified_list<const CLASS: usize>() -> Reclassified<ListProfiles, CLASS> {
    Reclassified(ListProfiles::builder().build())
}

impl<R: Request, const CLASS: usize> Request for Reclassified<R, CLASS> {
    type Answer = R::Answer;
    const OPERATION: &'static Operation = &Operation {
        method: Method::Post,
        retry: [Retry::Safe, Retry::IfNotSent, Retry::Never][CLASS],
        ..*R::OPERATION
    };
}

impl<R: Object, const CLASS: usize> Object for Reclassified<R, CLASS> {
    fn schema(&self) -> &'static Schema {
        self.0.schema()
    }

    fn empty() -> Self {
        Self(R::empty())
    }

    fn get(&self, index: usize) -> Option<&dyn Value> {
        self.0.get(index)
    }

    fn get_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        self.0.get_mut(index)
    }
}
