//! Macros for generated code. Each one adds the impls that are the same for all types of a kind.

/// Implements `Object` for a struct with a constant `SCHEMA`, from its fields in the order of the schema, and everything
/// that follows from that.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! object {
    ($name:ident $(, $field:ident)*) => {
        impl $crate::schema::Object for $name {
            fn schema(&self) -> &'static $crate::schema::Schema {
                const { &Self::SCHEMA }
            }

            fn empty() -> Self {
                Self { $($field: $crate::schema::Value::empty()),* }
            }

            fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a dyn $crate::schema::Value)) {
                // A struct without fields visits nothing.
                let _ = &visit;
                $(visit(&self.$field);)*
            }

            fn slot(&mut self, index: usize) -> Option<&mut dyn $crate::schema::Value> {
                // The compiler knows every `position`, and makes a jump of the comparisons.
                let position = 0;
                $(
                    if index == position {
                        return Some(&mut self.$field);
                    }
                    let position = position + 1;
                )*
                let _ = (index, position);
                None
            }
        }

        $crate::macros::object_impls!($name);
    };
}

/// Implements `Debug`, `Serialize`, `Deserialize` and `Value` for a struct that implements `Object`.
macro_rules! object_impls {
    ($name:ident) => {
        impl $name {
            // An inherent method, because both `Object` and `Value` have an `empty`.
            pub(crate) fn empty() -> Self {
                <Self as $crate::schema::Object>::empty()
            }
        }

        /// Shows the fields that are set. The values of sensitive fields are hidden.
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

        /// Types that requests contain are read strictly: an unknown key, a duplicate key or a value of the wrong kind
        /// is an error. Types that only answers contain are read as leniently as an answer.
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

        impl $crate::schema::Single for $name {}
    };
}

/// Implements the methods and traits of an open enumeration, from its listed values with their text on the wire.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! open_enum {
    ($name:ident $(, $value:ident = $wire:literal)*) => {
        impl $crate::schema::OpenEnum for $name {
            const LISTED: &'static [Self] = &[$(Self::$value),*];

            fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $wire,)*
                    Self::Unlisted(text) => text.as_str(),
                }
            }

            fn from_unlisted(text: $crate::Unlisted) -> Self {
                Self::Unlisted(text)
            }
        }

        impl $name {
            /// The text on the wire.
            pub fn as_str(&self) -> &str {
                $crate::schema::OpenEnum::as_str(self)
            }

            /// Whether this is a listed value.
            pub fn is_listed(&self) -> bool {
                $crate::schema::open_enum::listed::<Self>().iter().any(|text| text == self.as_str())
            }

            /// Creates a value that is not listed. It is sent unchanged.
            pub fn unlisted(text: impl AsRef<str>) -> Self {
                $crate::schema::open_enum::unlisted(text.as_ref())
            }
        }

        /// Accepts the listed values in any letter case, and no other text.
        impl ::std::str::FromStr for $name {
            type Err = $crate::UnlistedError;

            // Not `Self::Err`, because a variant may have that name.
            fn from_str(text: &str) -> Result<Self, $crate::UnlistedError> {
                $crate::schema::open_enum::parse(text)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// Two values are equal if their texts on the wire are equal.
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

        /// Accepts any text. A text that is not listed is kept.
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

        impl $crate::schema::Single for $name {}
    };
}

/// Completes the builder of a request: `build`, `send`, and what a builder with all required fields can do without them.
/// The letters are the states of the required fields.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! request_builder {
    ($builder:ident, $request:ident, $answer:ty) => {
        request_builder!(
            @complete $request, $answer, [] $builder<C>, $builder<$crate::Client>, $builder<$crate::blocking::Client>
        );

        impl $builder {
            fn new(request: $request) -> Self {
                Self { client: (), request }
            }

            fn with_client<C: $crate::Caller>(self, client: &C) -> $builder<C> {
                $builder { client: client.clone(), request: self.request }
            }
        }
    };
    ($builder:ident, $request:ident, $answer:ty, $($state:ident),+) => {
        request_builder!(
            @complete $request, $answer, [$($state),+] $builder<C, ($($state,)+)>,
            $builder<$crate::Client, ($($state,)+)>, $builder<$crate::blocking::Client, ($($state,)+)>
        );

        impl $builder {
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
            pub fn draft() -> Self {
                Self::empty()
            }

            /// Validates the request without sending it. Returns all errors and warnings.
            pub fn validate(&self) -> $crate::Report {
                $crate::validate::validate(self, <Self as $crate::Request>::OPERATION)
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
            pub fn wait(self) -> $crate::Result<$crate::Response<$answer>>
            where
                $($state: $crate::IsSet),*
            {
                self.send().wait()
            }
        }
    };
}

/// Completes the builder of a part of requests, as `request_builder!` does for a request.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! part_builder {
    ($builder:ident, $part:ident $(, $state:ident)*) => {
        impl<$($state),*> $builder<($($state,)*)> {
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
            pub fn builder() -> $builder {
                $builder { value: Self::empty(), state: ::std::marker::PhantomData }
            }

            /// Returns a value with no field set, for programs that fill it step by step.
            pub fn draft() -> Self {
                Self::empty()
            }
        }
    };
}

/// Adds `draft` to an answer, for tests of programs that read it.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! draft {
    ($name:ident) => {
        #[cfg(feature = "testing")]
        impl $name {
            /// Returns an answer with no field set, for tests. Strings that every answer has are empty.
            pub fn draft() -> Self {
                Self::empty()
            }
        }
    };
}

/// Adds `pages` and `items` to the builder of a list.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! paged {
    ($builder:ident, $request:ident) => {
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
    ($method:ident, $handle:ident) => {
        #[cfg(feature = "blocking")]
        impl $crate::blocking::Client {
            #[doc = concat!("Returns the same operations as [`Client::", stringify!($method), "`]")]
            #[doc = concat!("(crate::Client::", stringify!($method), ").")]
            pub fn $method(&self) -> $handle<Self> {
                $handle { client: self.clone() }
            }
        }
    };
}

#[allow(unused_imports, reason = "only resources use most of them, and all resources can be disabled")]
pub(crate) use {blocking, draft, object, object_impls, open_enum, paged, part_builder, request_builder};
