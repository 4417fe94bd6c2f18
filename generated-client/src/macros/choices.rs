//! What choices have in common.

/// Implements the functions and traits of a choice, from its forms: the variant, the function that makes it, and the
/// fixed text before and after the value.
#[allow(unused_macros, reason = "only resources use it, and all of them can be disabled")]
macro_rules! choice {
    ($name:ident $(, $variant:ident $make:ident $prefix:literal $suffix:literal)*) => {
        impl $name {
            $(
                #[doc = concat!("Creates the form `", $prefix, "..", $suffix, "` from its value.")]
                #[inline]
                pub fn $make(value: impl AsRef<str>) -> Self {
                    Self::$variant($crate::schema::FormText::new($prefix, value.as_ref(), $suffix))
                }
            )*
        }

        impl $crate::schema::Choice for $name {
            const FORMS: &'static [(&'static str, &'static str)] = &[$(($prefix, $suffix)),*];

            #[inline]
            fn with_form(index: usize, value: $crate::schema::FormText) -> Self {
                let forms = [$(Self::$variant),*];
                forms[index.min(forms.len() - 1)](value)
            }

            #[inline]
            fn value(&self) -> &$crate::schema::FormText {
                match self {
                    $(Self::$variant(value) => value,)*
                }
            }
        }

        /// The text on the wire.
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad($crate::schema::Choice::value(self).wire())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::schema::Choice::value(self).wire())
            }
        }

        /// Accepts a text in one of the forms.
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::codec::decode::deserialize(deserializer)
            }
        }

        impl $crate::schema::Value for $name {
            #[inline]
            fn empty() -> Self {
                $crate::schema::Choice::with_form(0, ::std::default::Default::default())
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
                $crate::schema::View::Text($crate::schema::Choice::value(self).wire())
            }

            #[inline]
            fn clear(&mut self) {
                *self = $crate::schema::Value::empty();
            }

            #[inline]
            fn set(&mut self, content: $crate::schema::Content<'_>) -> bool {
                let read = $crate::schema::choice::read(content);
                let has_form = read.is_some();
                if let Some(read) = read {
                    *self = read;
                }
                has_form
            }
        }

        impl $crate::schema::Single for $name {}
    };
}

#[allow(unused_imports, reason = "only resources use it, and all of them can be disabled")]
pub(crate) use choice;
