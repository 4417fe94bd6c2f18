//! The async and the blocking client, as one trait. Generated code is generic over it.

/// The async [`Client`](crate::Client) or the client of [`blocking`](https://docs.rs/plivo/latest/plivo/blocking/). The
/// trait is sealed.
pub trait Caller: sealed::Sealed + Clone + Sized + 'static {
    /// The tokio runtime of the blocking client. The async client has none: its calls run where they are polled.
    #[doc(hidden)]
    type Runtime: Clone;

    #[doc(hidden)]
    fn runtime(&self) -> Self::Runtime;
}

pub(crate) mod sealed {
    use std::sync::Arc;

    use crate::engine::Context;

    /// Seals [`Caller`](super::Caller).
    pub trait Sealed {
        fn context(&self) -> &Arc<Context>;
    }
}
