//! What a struct or an enumeration has because of its table.

/// Declares a struct from its table. A row is a field: its documentation, its type and, after the arrow, its number,
/// its location and the facts about it. Its name on the wire is its name in Rust, unless `as` states another one. After
/// the rows come the rules between fields. (Numbers and facts are literals, because these cost the compiler least.)
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! object {
    (
        $(#$attribute:tt)*
        $visibility:vis struct $name:ident {
            $(
                $(#$field_attribute:tt)*
                pub $field:ident: $type:ty $(as $wire:literal)? => $index:tt: $location:ident
                    $([$($fact:ident $(($($argument:expr),* $(,)?))?),* $(,)?])?,
            )*
        }
        $($rule:ident: $rule_value:expr;)*
    ) => {
        $(#$attribute)*
        #[derive(Clone)]
        #[non_exhaustive]
        $visibility struct $name {
            $($(#$field_attribute)* pub $field: $type,)*
            __second_forms: $crate::schema::SecondForms,
        }

        impl $crate::schema::Object for $name {
            #[inline]
            fn schema(&self) -> &'static $crate::schema::Schema {
                const {
                    #[allow(unused_imports, reason = "a table without constraints needs none")]
                    use $crate::schema::Authority::{Error, Warning};
                    &$crate::schema::Schema {
                        name: stringify!($name),
                        fields: &[$($crate::macros::row!(
                            $field $(as $wire)?, $location, [$($($fact $(($($argument),*))?),*)?]
                        )),*],
                        $($rule: $rule_value,)*
                        ..$crate::schema::Schema::EMPTY
                    }
                }
            }

            #[inline]
            fn empty() -> Self {
                Self {
                    $($field: $crate::schema::Value::empty(),)*
                    __second_forms: $crate::schema::SecondForms::NONE,
                }
            }

            #[inline]
            fn get(&self, index: usize) -> Option<&dyn $crate::schema::Value> {
                match index {
                    $($index => Some(&self.$field),)*
                    _ => None,
                }
            }

            #[inline]
            fn get_mut(&mut self, index: usize) -> Option<&mut dyn $crate::schema::Value> {
                match index {
                    $($index => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            #[inline]
            fn second_forms(&self) -> &$crate::schema::SecondForms {
                &self.__second_forms
            }

            #[inline]
            fn second_forms_mut(&mut self) -> Option<&mut $crate::schema::SecondForms> {
                Some(&mut self.__second_forms)
            }
        }

        /// Two values are equal if they are the same on the wire.
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::schema::equal(self, other)
            }
        }

        $crate::macros::object_impls!($name);
    };
}

/// A field of a schema.
macro_rules! row {
    ($field:ident, $location:ident, [$($fact:ident $(($($argument:expr),*))?),*]) => {
        $crate::schema::Field {
            name: stringify!($field),
            has_plain_name: true,
            location: $crate::schema::Location::$location,
            facts: &[$($crate::schema::Fact::$fact $(($($argument),*))?),*],
            marks: 0 $(| $crate::schema::mark::$fact)*,
        }
    };
    ($field:ident as $wire:literal, $location:ident, [$($fact:ident $(($($argument:expr),*))?),*]) => {
        $crate::schema::Field {
            name: $wire,
            has_plain_name: $crate::schema::is_plain($wire),
            location: $crate::schema::Location::$location,
            facts: &[$($crate::schema::Fact::$fact $(($($argument),*))?),*],
            marks: 0 $(| $crate::schema::mark::$fact)*,
        }
    };
}

/// Implements `Debug`, `Serialize` and `Deserialize` for a struct that implements `Object`.
macro_rules! object_impls {
    ($name:ident) => {
        /// Shows the fields that are set. The values of sensitive fields are hidden.
        impl ::std::fmt::Debug for $name {
            #[inline]
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
        /// is an error, which names all of them. A number or a boolean may be a text, as in a web form. Types that only
        /// answers contain are read as leniently as an answer.
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codec::decode::deserialize(deserializer)
            }
        }
    };
}

/// Declares an open enumeration from its table of listed values with their text on the wire.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! open_enum {
    (
        $(#$attribute:tt)*
        pub enum $name:ident {
            $($(#$value_attribute:tt)* $value:ident = $wire:literal,)*
        }
    ) => {
        $(#$attribute)*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#$value_attribute)* $value,)*
            /// Any other value. It keeps its text.
            Unlisted($crate::Unlisted),
        }

        impl $crate::schema::OpenEnum for $name {
            const LISTED: &'static [Self] = &[$(Self::$value),*];
            const TEXTS: $crate::schema::Values = &[$($wire),*];

            #[inline]
            fn as_str(&self) -> &str {
                match self {
                    $(Self::$value => $wire,)*
                    Self::Unlisted(text) => text.as_str(),
                }
            }

            #[inline]
            fn from_unlisted(text: $crate::Unlisted) -> Self {
                Self::Unlisted(text)
            }
        }

        impl $name {
            /// The text on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::schema::OpenEnum::as_str(self)
            }

            /// Whether this is a listed value.
            #[inline]
            pub fn is_listed(&self) -> bool {
                $crate::schema::open_enum::is_listed(self)
            }

            /// Creates a value that is not listed. It is sent unchanged.
            #[inline]
            pub fn unlisted(text: impl AsRef<str>) -> Self {
                $crate::schema::open_enum::unlisted(text.as_ref())
            }
        }

        /// Accepts the listed values in any letter case, and no other text.
        impl ::std::str::FromStr for $name {
            type Err = $crate::UnlistedError;

            // Not `Self::Err`, because a variant may have that name.
            #[inline]
            fn from_str(text: &str) -> Result<Self, $crate::UnlistedError> {
                $crate::schema::open_enum::parse(text)
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        /// Two values are equal if their texts on the wire are equal.
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        /// Ordered by the text on the wire.
        impl Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> Option<::std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl AsRef<str> for $name {
            #[inline]
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
            #[inline]
            fn empty() -> Self {
                $crate::schema::open_enum::unlisted("")
            }

            #[inline]
            fn kind_of() -> $crate::schema::ValueKind {
                $crate::schema::ValueKind::Text
            }

            #[inline]
            fn kind(&self) -> $crate::schema::ValueKind {
                $crate::schema::ValueKind::Text
            }

            #[inline]
            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Listed(self.as_str(), <Self as $crate::schema::OpenEnum>::TEXTS)
            }

            #[inline]
            fn clear(&mut self) {
                *self = $crate::schema::open_enum::unlisted("");
            }

            #[inline]
            fn set(&mut self, content: $crate::schema::Content<'_>) -> bool {
                $crate::schema::open_enum::set(self, content)
            }
        }

        impl $crate::schema::Single for $name {}
    };
}

#[allow(unused_imports, reason = "only resources use most of them, and all resources can be disabled")]
pub(crate) use {object, object_impls, open_enum, row};
