//! What a setter accepts: a value, anything that converts to one, and for an optional field an `Option` of either.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::file::File;
use super::value::Value;
use super::wire_text::{Decimal, Timestamp};

/// A value that a setter takes as it is. An `Option` is not one.
pub trait Single: Value + Sized {}

impl Single for String {}
impl Single for i64 {}
impl Single for f64 {}
impl Single for bool {}
impl Single for serde_json::Value {}
impl Single for File {}
impl Single for Timestamp {}
impl Single for Decimal {}
impl<T: Value> Single for BTreeMap<String, T> {}

/// What a setter of a field of type `T` accepts.
///
/// This is `T` itself; for a string also `&str`, `&String` and `Cow<str>`; for a number also the smaller numeric types;
/// for JSON also strings, numbers and booleans; for a list a `Vec`, an array or a slice of what its items accept.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a field of type `{T}`",
    label = "expected `{T}`",
    note = "the setter of an optional field also accepts an `Option`; the setter of a required field does not"
)]
pub trait IntoValue<T> {
    /// The value of the field.
    #[doc(hidden)]
    fn into_value(self) -> T;
}

/// What a setter of an optional field of type `T` accepts: a value, or an `Option` of one. `None` leaves the field out.
///
/// A bare `None` needs a type, such as `None::<String>`. To leave a field out, do not call its setter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of an optional field of type `{T}`",
    label = "expected `{T}` or `Option<{T}>`"
)]
pub trait IntoOptional<T> {
    /// The value of the field, if there is one.
    #[doc(hidden)]
    fn into_optional(self) -> Option<T>;
}

// Written out for each kind of value: with one impl for all of them, the compiler could not tell them from `Option`.
impl<T: Single> IntoOptional<T> for T {
    fn into_optional(self) -> Option<T> {
        Some(self)
    }
}

impl<T, V: IntoValue<T>> IntoOptional<T> for Option<V> {
    fn into_optional(self) -> Option<T> {
        self.map(V::into_value)
    }
}

impl<T: Single> IntoValue<T> for T {
    fn into_value(self) -> T {
        self
    }
}

/// Implements both traits for types that convert with `From`.
macro_rules! convert {
    ($to:ty: $($from:ty),*) => {
        $(
            impl IntoValue<$to> for $from {
                fn into_value(self) -> $to {
                    <$to>::from(self)
                }
            }

            impl IntoOptional<$to> for $from {
                fn into_optional(self) -> Option<$to> {
                    Some(self.into_value())
                }
            }
        )*
    };
}

convert!(String: &str, &String, Cow<'_, str>, Box<str>);
convert!(i64: i8, i16, i32, u8, u16, u32);
convert!(f64: f32, i8, i16, i32, u8, u16, u32);
convert!(serde_json::Value: &str, String, bool, i32, i64, u32, u64, f64);

/// Implements both traits for a list of values.
macro_rules! list {
    ([$($generics:tt)*] $list:ty, |$from:ident| $items:expr) => {
        impl<T, $($generics)*> IntoValue<Vec<T>> for $list {
            fn into_value(self) -> Vec<T> {
                let $from = self;
                $items.map(V::into_value).collect()
            }
        }

        impl<T, $($generics)*> IntoOptional<Vec<T>> for $list {
            fn into_optional(self) -> Option<Vec<T>> {
                Some(self.into_value())
            }
        }
    };
}

list!([V: IntoValue<T>] Vec<V>, |list| list.into_iter());
list!([V: IntoValue<T>, const N: usize] [V; N], |list| list.into_iter());
list!([V: IntoValue<T> + Clone] &[V], |list| list.iter().cloned());

#[cfg(test)]
mod tests {
    use super::*;

    fn optional<T>(value: impl IntoOptional<T>) -> Option<T> {
        value.into_optional()
    }

    #[test]
    fn a_value_and_an_option_of_one_are_accepted() {
        assert_eq!(optional::<String>("a").as_deref(), Some("a"));
        assert_eq!(optional::<String>(Some("a")).as_deref(), Some("a"));
        assert_eq!(optional::<String>(None::<String>), None);
        assert_eq!(optional::<String>(&String::from("a")).as_deref(), Some("a"));
        assert_eq!(optional::<String>(Some(Cow::from("a"))).as_deref(), Some("a"));
        assert_eq!(optional::<i64>(5_u32), Some(5));
        assert_eq!(optional::<i64>(Some(5)), Some(5));
        assert_eq!(optional::<f64>(0.5), Some(0.5));
        assert_eq!(optional::<bool>(Some(true)), Some(true));
        assert_eq!(optional::<serde_json::Value>("a"), Some("a".into()));
    }

    #[test]
    fn a_list_is_made_of_what_its_items_accept() {
        let expected = Some(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(optional::<Vec<String>>(["a", "b"]), expected);
        assert_eq!(optional::<Vec<String>>(vec!["a", "b"]), expected);
        assert_eq!(optional::<Vec<String>>(["a", "b"].as_slice()), expected);
        assert_eq!(optional::<Vec<String>>(expected.clone()), expected);
        assert_eq!(optional::<Vec<i64>>(vec![1_u8]), Some(vec![1]));
    }
}
