//! One transition.

use crate::time::Moment;
use serde::Serialize;
use std::time::SystemTime;

/// An event: a stored object entered a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Transition {
    at: String,
    account: String,
    resource: String,
    id: String,
    from: Option<String>,
    to: String,
    /// The operation that caused it.
    by: Option<String>,
    #[serde(skip)]
    moment: Moment,
}

/// The object that entered a state.
pub(crate) struct Subject<'a> {
    pub(crate) account: &'a str,
    pub(crate) resource: &'a str,
    pub(crate) id: &'a str,
}

impl Transition {
    /// A transition that time brought about, or the operation `by`.
    pub(crate) fn new(subject: Subject<'_>, from: Option<String>, to: &str, at: Moment, by: Option<&str>) -> Self {
        Self {
            at: at.to_string(),
            account: subject.account.to_owned(),
            resource: subject.resource.to_owned(),
            id: subject.id.to_owned(),
            from,
            to: to.to_owned(),
            by: by.map(str::to_owned),
            moment: at,
        }
    }

    /// The time on the simulator's clock.
    pub fn at(&self) -> SystemTime {
        self.moment.to_system_time()
    }

    /// The account that owns the object.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The name of the resource in the spec.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The id of the object.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The state that the object left. `None`: the object is new.
    pub fn from(&self) -> Option<&str> {
        self.from.as_deref()
    }

    /// The state that the object entered.
    pub fn to(&self) -> &str {
        &self.to
    }

    /// The id of the operation that caused the transition. `None`: time did.
    pub fn by(&self) -> Option<&str> {
        self.by.as_deref()
    }
}
