//! What builders, handles and answers have in common.

/// Completes the builder of a request: `build`, `send`, and what a builder with all required fields can do without them.
/// The letters are the states of the required fields.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! request_builder {
    ($builder:ident, $request:ident, $answer:ty $(,)?) => {
        request_builder!(
            @complete $request, $answer, [] $builder<C>, $builder<$crate::Client>, $builder<$crate::blocking::Client>
        );

        impl $builder {
            #[inline]
            fn new(request: $request) -> Self {
                Self { client: (), request }
            }

            fn with_client<C: $crate::Caller>(self, client: &C) -> $builder<C> {
                $builder { client: client.clone(), request: self.request }
            }
        }
    };
    ($builder:ident, $request:ident, $answer:ty, $($state:ident),+ $(,)?) => {
        request_builder!(
            @complete $request, $answer, [$($state),+] $builder<C, ($($state,)+)>,
            $builder<$crate::Client, ($($state,)+)>, $builder<$crate::blocking::Client, ($($state,)+)>
        );

        impl $builder {
            #[inline]
            fn new(request: $request) -> Self {
                Self { client: (), request, state: ::std::marker::PhantomData }
            }

            fn with_client<C: $crate::Caller>(self, client: &C) -> $builder<C> {
                $builder { client: client.clone(), request: self.request, state: ::std::marker::PhantomData }
            }
        }

        impl<C, S> $builder<C, S> {
            fn into_state<T>(self) -> $builder<C, T> {
                $builder { client: self.client, request: self.request, state: ::std::marker::PhantomData }
            }
        }
    };
    (
        @complete $request:ident, $answer:ty,
        [$($state:ident),*] $builder:ty, $with_client:ty, $with_blocking_client:ty
    ) => {
        impl $request {
            /// Returns a request with no field set, for programs that fill it step by step.
            /// [`validate`](Self::validate) and [`Client::send`](crate::Client::send) report the required fields that
            /// are missing.
            #[inline]
            pub fn draft() -> Self {
                <Self as $crate::schema::Object>::empty()
            }

            /// Validates the request without sending it. Returns all errors and warnings.
            #[inline]
            pub fn validate(&self) -> $crate::Report {
                $crate::validate::validate(self, <Self as $crate::Request>::OPERATION)
            }
        }

        /// Shows what is set so far, as the request does.
        impl<C, $($state),*> ::std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.request, f)
            }
        }

        impl<C, $($state),*> $builder {
            #[doc = concat!("Builds the [`", stringify!($request), "`].")]
            pub fn build(self) -> $request
            where
                $($state: $crate::IsSet),*
            {
                self.request
            }
        }

        impl<C: $crate::Caller, $($state),*> $builder {
            /// Returns a lazy call. Nothing is sent until it is awaited or, with the blocking client, until `.wait()` is
            /// called.
            pub fn send(self) -> $crate::Pending<$answer, C::Runtime>
            where
                $($state: $crate::IsSet),*
            {
                $crate::Pending::new(&self.client, self.request)
            }
        }

        impl<$($state: $crate::IsSet),*> ::std::future::IntoFuture for $with_client {
            type Output = $crate::Result<$crate::Response<$answer>>;
            type IntoFuture = $crate::Pending<$answer>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }

        #[cfg(feature = "blocking")]
        impl<$($state),*> $with_blocking_client {
            /// Sends the request and waits for the answer.
            ///
            /// # Errors
            ///
            /// The same errors as the async call; see [`Error`](crate::Error).
            #[inline]
            pub fn wait(self) -> $crate::Result<$crate::Response<$answer>>
            where
                $($state: $crate::IsSet),*
            {
                self.send().wait()
            }
        }
    };
}

/// Adds `deferred_to` to the builder of a request that can defer its result. The letters are the states of the required
/// fields.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! deferrable {
    ($builder:ident, $request:ident $(,)?) => {
        deferrable!(@complete $request, [] $builder<C>);
    };
    ($builder:ident, $request:ident, $($state:ident),+ $(,)?) => {
        deferrable!(@complete $request, [$($state),+] $builder<C, ($($state,)+)>);
    };
    (@complete $request:ident, [$($state:ident),*] $builder:ty) => {
        impl $crate::Deferrable for $request {}

        impl<C, $($state),*> $builder {
            /// Defers the result to a URL: Plivo confirms the request at once, and sends the result later.
            pub fn deferred_to(self, url: impl Into<String>) -> $crate::Deferred<$request, C>
            where
                $($state: $crate::IsSet),*
            {
                $crate::Deferred::with_client(self.client, self.request, url)
            }
        }
    };
}

/// Completes the builder of a part of requests, as `request_builder!` does for a request.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! part_builder {
    ($builder:ident, $part:ident $(,)?) => {
        part_builder!(@complete $builder, $part, { value: Self::draft() }, [] $builder);
    };
    ($builder:ident, $part:ident, $($state:ident),+ $(,)?) => {
        part_builder!(
            @complete $builder, $part, { value: Self::draft(), state: ::std::marker::PhantomData },
            [$($state),+] $builder<($($state,)+)>
        );

        impl<S> $builder<S> {
            fn into_state<T>(self) -> $builder<T> {
                $builder { value: self.value, state: ::std::marker::PhantomData }
            }
        }
    };
    (@complete $name:ident, $part:ident, $new:tt, [$($state:ident),*] $builder:ty) => {
        /// Shows what is set so far, as the built value does.
        impl<$($state),*> ::std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.value, f)
            }
        }

        impl<$($state),*> $builder {
            #[doc = concat!("Builds the [`", stringify!($part), "`].")]
            pub fn build(self) -> $part
            where
                $($state: $crate::IsSet),*
            {
                self.value
            }
        }

        impl $part {
            /// Returns a builder with no field set.
            #[inline]
            pub fn builder() -> $name {
                $name $new
            }

            /// Returns a value with no field set, for programs that fill it step by step.
            #[inline]
            pub fn draft() -> Self {
                <Self as $crate::schema::Object>::empty()
            }
        }
    };
}

/// Adds `draft` to an answer, for tests of programs that read it.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! draft {
    ($name:ident $(,)?) => {
        #[cfg(feature = "testing")]
        impl $name {
            /// Returns an answer with no field set, for tests. A field that is not an `Option` has an empty value, such
            /// as an empty string, 0 or `false`.
            #[inline]
            pub fn draft() -> Self {
                <Self as $crate::schema::Object>::empty()
            }
        }
    };
}

/// Adds `pages` and `items` to the builder of a list.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! paged {
    ($builder:ident, $request:ident $(,)?) => {
        impl<C: $crate::Caller> $builder<C> {
            /// Returns a lazy stream (blocking client: an iterator) of all pages, starting at `offset` (0 by default).
            pub fn pages(self) -> $crate::Pages<$request, C> {
                $crate::Pages::new(self.client, self.request)
            }

            /// Returns a lazy stream (blocking client: an iterator) of the items of all pages, starting at `offset` (0
            /// by default).
            pub fn items(self) -> $crate::Items<$request, C> {
                self.pages().into_items()
            }
        }
    };
}

/// Adds the handle of a resource to the blocking client.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! blocking {
    ($method:ident, $handle:ident $(,)?) => {
        #[cfg(feature = "blocking")]
        impl $crate::blocking::Client {
            #[doc = concat!(
                                "Returns the same operations as [`Client::", stringify!($method), "`](crate::Client::",
                                stringify!($method), ")."
                            )]
            #[inline]
            pub fn $method(&self) -> $handle<Self> {
                $handle { client: self.clone() }
            }
        }
    };
}

#[allow(unused_imports, reason = "only resources use them, and all of them can be disabled")]
pub(crate) use {blocking, deferrable, draft, paged, part_builder, request_builder};
