//! Who calls: a client that is awaited, or one that is waited for. Generated code is the same for both.

use crate::client::Client;
use crate::pending::Pending;
use crate::runtime::Request;

/// [`Client`], or that of [`blocking`](https://docs.rs/plivo/latest/plivo/blocking/). There are no others.
pub trait Caller: sealed::Sealed + Clone + Sized + 'static {
    /// What a call runs on, where it does not run on whatever polls it.
    #[doc(hidden)]
    type Runtime: Clone;

    #[doc(hidden)]
    fn client(&self) -> &Client;

    #[doc(hidden)]
    fn runtime(&self) -> Self::Runtime;

    /// Sends a request that was made as a value.
    #[doc(hidden)]
    fn send<R: Request>(&self, request: R) -> Pending<R::Answer, Self> {
        Pending::new(self, Box::new(request), R::OPERATION)
    }
}

impl Caller for Client {
    type Runtime = ();

    fn client(&self) -> &Client {
        self
    }

    fn runtime(&self) {}
}

impl sealed::Sealed for Client {}

pub(crate) mod sealed {
    /// Only this crate makes callers.
    pub trait Sealed {}
}
