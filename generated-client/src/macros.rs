//! What follows from `impl Object` and from a builder that can be sent as it stands.

/// Everything about a struct that follows from `impl Object`.
macro_rules! object {
    ($name:ident) => {
        impl $name {
            // Inherent, so that `Self::empty()` means this one of the two traits that have it.
            pub(crate) fn empty() -> Self {
                <Self as $crate::schema::Object>::empty()
            }
        }

        /// Shows the fields that are given; of sensitive ones not what they are.
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::schema::debug(self, f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::codec::encode::serialize(self, serializer)
            }
        }

        /// Strict for what requests hold: a key that is not known, stands twice or has a value of the wrong
        /// kind is an error. What only answers hold is read as leniently as an answer.
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codec::decode::deserialize(deserializer)
            }
        }

        impl $crate::schema::Value for $name {
            fn empty() -> Self {
                Self::empty()
            }

            fn kind_of() -> $crate::schema::ValueKind {
                $crate::schema::ValueKind::Object
            }

            fn kind(&self) -> $crate::schema::ValueKind {
                $crate::schema::ValueKind::Object
            }

            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Object(self)
            }

            fn clear(&mut self) {
                *self = Self::empty();
            }

            fn as_object_mut(&mut self) -> Option<&mut dyn $crate::schema::Object> {
                Some(self)
            }
        }
    };
}

/// Everything about an enumeration that follows from `impl OpenEnum`.
#[allow(unused_macros, reason = "with no resource enabled nobody calls it")]
macro_rules! open_enum {
    ($name:ident) => {
        impl $name {
            /// The text on the wire.
            pub fn as_str(&self) -> &str {
                $crate::schema::OpenEnum::as_str(self)
            }

            /// Whether it is one of the listed values.
            pub fn is_listed(&self) -> bool {
                $crate::schema::open_enum::listed::<Self>().iter().any(|text| text == self.as_str())
            }

            /// A value that is sent as it is, although it is not listed.
            pub fn unlisted(text: impl AsRef<str>) -> Self {
                $crate::schema::open_enum::unlisted(text.as_ref())
            }
        }

        /// Reads a listed value in any letter case and refuses every other text.
        impl ::std::str::FromStr for $name {
            type Err = $crate::UnlistedError;

            // Not `Self::Err`: a value may be called so.
            fn from_str(text: &str) -> Result<Self, $crate::UnlistedError> {
                $crate::schema::open_enum::parse(text)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// Equal are values that are the same text on the wire.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        /// Ordered by the text on the wire.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::hash::Hash for $name {
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        /// Reads any text and keeps what is not listed.
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codec::decode::deserialize(deserializer)
            }
        }

        impl $crate::schema::Value for $name {
            fn empty() -> Self {
                $crate::schema::open_enum::unlisted("")
            }

            fn kind_of() -> $crate::schema::ValueKind {
                $crate::schema::ValueKind::Text
            }

            fn kind(&self) -> $crate::schema::ValueKind {
                $crate::schema::ValueKind::Text
            }

            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Listed(self.as_str(), $crate::schema::open_enum::listed::<Self>())
            }

            fn clear(&mut self) {
                *self = $crate::schema::open_enum::unlisted("");
            }

            fn set_text(&mut self, text: &str) -> bool {
                *self = $crate::schema::open_enum::read(text);
                true
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
        impl<C: $crate::Caller> $builder<C> {
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

#[allow(unused_imports, reason = "with no resource enabled nobody calls them")]
pub(crate) use {blocking, object, open_enum, paged, pending};
