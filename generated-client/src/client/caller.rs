//! The clients that a builder can belong to. Generated code is generic over them.

/// [`Client`](crate::Client) or the client of [`blocking`](https://docs.rs/plivo/latest/plivo/blocking/). There are no
/// others.
pub trait Caller: sealed::Sealed + Clone + Sized + 'static {
    /// What drives a call: nothing for the async client, whose calls are driven by whatever polls them.
    #[doc(hidden)]
    type Runtime: Clone;

    #[doc(hidden)]
    fn runtime(&self) -> Self::Runtime;
}

pub(crate) mod sealed {
    use std::sync::Arc;

    use crate::engine::Context;

    /// Implemented in this crate only.
    pub trait Sealed {
        fn context(&self) -> &Arc<Context>;
    }
}
