//! What follows from `impl Object` and from a builder that can be sent as it stands.

/// Everything about a struct that follows from `impl Object`.
macro_rules! object {
    ($name:ident) => {
        impl $name {
            // Inherent, so that `Self::empty()` means this one of the two traits that have it.
            pub(crate) fn empty() -> Self {
                <Self as $crate::runtime::Object>::empty()
            }
        }

        /// Shows the fields that are given; of sensitive ones not what they are.
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::debug(self, f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::serialize(self, serializer)
            }
        }

        /// Strict for what requests hold: a key that is not known, stands twice or has a value of the wrong
        /// kind is an error. What only answers hold is read as leniently as an answer.
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::deserialize(deserializer)
            }
        }

        impl $crate::runtime::Value for $name {
            fn empty() -> Self {
                Self::empty()
            }

            fn kind_of() -> $crate::runtime::ValueKind {
                $crate::runtime::ValueKind::Object
            }

            fn kind(&self) -> $crate::runtime::ValueKind {
                $crate::runtime::ValueKind::Object
            }

            fn view(&self) -> $crate::runtime::View<'_> {
                $crate::runtime::View::Object(self)
            }

            fn clear(&mut self) {
                *self = Self::empty();
            }

            fn object(&mut self) -> Option<&mut dyn $crate::runtime::Object> {
                Some(self)
            }
        }
    };
}

/// A builder without required fields can be awaited, or waited for, as it stands.
#[allow(unused_macros, reason = "with no resource enabled nobody calls it")]
macro_rules! pending {
    ($builder:ident, $request:ident) => {
        impl ::std::future::IntoFuture for $builder<$crate::Client> {
            type Output = Result<$crate::Response<<$request as $crate::Request>::Answer>, $crate::Error>;
            type IntoFuture = $crate::Pending<<$request as $crate::Request>::Answer>;

            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }

        #[cfg(feature = "blocking")]
        impl $builder<$crate::blocking::Client> {
            /// Sends it, and waits for the answer.
            ///
            /// # Errors
            ///
            /// When the call gives no answer.
            pub fn wait(self) -> Result<$crate::Response<<$request as $crate::Request>::Answer>, $crate::Error> {
                self.send().wait()
            }
        }
    };
}

/// A list that is longer than a page can be read page by page.
#[allow(unused_macros, reason = "with no resource enabled nobody calls it")]
macro_rules! paged {
    ($builder:ident, $request:ident) => {
        impl<C: $crate::runtime::Caller> $builder<C> {
            /// All pages, from the `offset` on that is set.
            pub fn pages(self) -> $crate::Pages<$request, C> {
                $crate::Pages::new(self.client, self.request)
            }

            /// The items of all pages, from the `offset` on that is set.
            pub fn items(self) -> $crate::Items<$request, C> {
                self.pages().into_items()
            }
        }
    };
}

/// Gives the blocking client what the other has: the handle of a resource.
#[allow(unused_macros, reason = "with no resource enabled nobody calls it")]
macro_rules! blocking {
    ($method:ident, $handle:ident) => {
        #[cfg(feature = "blocking")]
        impl $crate::blocking::Client {
            #[doc = concat!("As [`Client::", stringify!($method), "`](crate::Client::", stringify!($method), ").")]
            pub fn $method(&self) -> $handle<Self> {
                $handle { client: self.clone() }
            }
        }
    };
}

pub(crate) use {blocking, object, paged, pending};
