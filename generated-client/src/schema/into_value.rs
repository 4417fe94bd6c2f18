//! What a setter accepts: a value, anything that converts to one, and for an optional field an `Option` of either.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::SystemTime;

use serde_json::{Map, Value as Json};

use super::file::File;
use super::moment::Moment;
use super::value::{Object, Value};
use super::wire_text::{Decimal, Timestamp};

/// A value that a setter takes as it is. An `Option` is not one.
pub trait Single: Value + Sized {}

impl<T: Object> Single for T {}
impl Single for String {}
impl Single for i64 {}
impl Single for f64 {}
impl Single for bool {}
impl Single for Json {}
impl Single for File {}
impl Single for Timestamp {}
impl Single for Decimal {}
impl Single for Moment {}
impl<T: Value> Single for BTreeMap<String, T> {}

/// What a setter of a field of type `T` accepts:
///
/// | `T` | accepted |
/// |---|---|
/// | `String` | `String`, `&String`, `&str`, `Cow<str>`, `Box<str>` |
/// | `i64` | `i64` and the smaller integer types |
/// | `f64` | `f64`, `f32` and integers of at most 32 bits |
/// | `Vec<T>` | a `Vec`, an array or a slice of what a field of type `T` accepts, or a reference to one |
/// | [`Moment`](crate::Moment) | `Moment`, `String`, `&String`, `&str`, `SystemTime`, and `jiff::Timestamp` with the feature `jiff` |
/// | [`serde_json::Value`] | `Value`, `Map`, `String`, `&String`, `&str`, `Cow<str>`, `bool`, any number, and lists of these |
/// | any other type | this type |
///
/// Collect an iterator first: `.collect::<Vec<_>>()`. The setter of an optional field also accepts an `Option`; see
/// [`IntoOptional`].
///
/// A function can accept the same values and hand them on to a setter:
///
/// ```
/// use plivo::IntoValue;
/// use plivo::profile::GetProfile;
///
/// fn get(uuid: impl IntoValue<String>) -> GetProfile {
///     GetProfile::builder(uuid).build()
/// }
///
/// assert_eq!(get("p"), get(String::from("p")));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a field of type `{T}`",
    label = "expected `{T}`",
    note = "the documentation of `plivo::IntoValue` lists what a setter accepts"
)]
pub trait IntoValue<T> {
    /// The value of the field.
    #[doc(hidden)]
    fn into_value(self) -> T;
}

/// What a setter of an optional field of type `T` accepts: what [`IntoValue`] lists for `T`, or an `Option` of it. `None`
/// leaves the field out.
///
/// A bare `None` needs its type, such as `None::<String>`. To leave a field out, do not call its setter.
///
/// A function can accept the same values and hand them on to a setter:
///
/// ```
/// use plivo::IntoOptional;
/// use plivo::profile::UpdateProfile;
///
/// fn rename(uuid: &str, website: impl IntoOptional<String>) -> UpdateProfile {
///     UpdateProfile::builder(uuid).company_name("Example Bakery LLC").website(website).build()
/// }
///
/// assert_eq!(rename("p", "https://example.com").website.as_deref(), Some("https://example.com"));
/// assert_eq!(rename("p", None::<&str>).website, None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of an optional field of type `{T}`",
    label = "expected `{T}` or `Option<{T}>`",
    note = "the documentation of `plivo::IntoValue` lists what a setter accepts"
)]
pub trait IntoOptional<T> {
    /// The value of the field, if there is one.
    #[doc(hidden)]
    fn into_optional(self) -> Option<T>;
}

/// Where an `Option` is not accepted: in a required field, and in a list.
#[derive(Debug)]
pub struct RequiredValue;

/// Implemented by nothing. As the bound of an impl, it lets the compiler say where an `Option` is not accepted. Its
/// type is not that of the value, because the compiler would then prefer the text of [`IntoValue`].
#[diagnostic::on_unimplemented(
    message = "`{V}` cannot be the value of a required field or of an item of a list",
    label = "expected a value, which is always present",
    note = "only the setter of an optional field accepts an `Option`"
)]
pub trait Accepts<V, T> {
    /// The value of the field.
    fn convert(value: V) -> T;
}

#[doc(hidden)]
impl<T, V> IntoValue<T> for Option<V>
where
    RequiredValue: Accepts<Self, T>,
{
    fn into_value(self) -> T {
        RequiredValue::convert(self)
    }
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
convert!(Moment: &str, String, &String, SystemTime);
#[cfg(feature = "jiff")]
convert!(Moment: jiff::Timestamp);
convert!(i64: i8, i16, i32, u8, u16, u32);
convert!(f64: f32, i8, i16, i32, u8, u16, u32);
convert!(Json: &str, String, Cow<'_, str>, bool, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f32, f64);
convert!(Json: Map<String, Json>);

impl IntoValue<Json> for &String {
    fn into_value(self) -> Json {
        Json::from(self.as_str())
    }
}

impl IntoOptional<Json> for &String {
    fn into_optional(self) -> Option<Json> {
        Some(self.into_value())
    }
}

/// Implements both traits for a collection of values: as a list, and as JSON.
macro_rules! list {
    ($from:ty, [$($bound:tt)*], [$($parameter:tt)*], $($items:tt)+) => {
        impl<T, V: IntoValue<T> $($bound)*, $($parameter)*> IntoValue<Vec<T>> for $from {
            fn into_value(self) -> Vec<T> {
                self.$($items)+.map(V::into_value).collect()
            }
        }

        impl<T, V: IntoValue<T> $($bound)*, $($parameter)*> IntoOptional<Vec<T>> for $from {
            fn into_optional(self) -> Option<Vec<T>> {
                Some(self.into_value())
            }
        }

        impl<V: IntoValue<Json> $($bound)*, $($parameter)*> IntoValue<Json> for $from {
            fn into_value(self) -> Json {
                Json::Array(self.$($items)+.map(V::into_value).collect())
            }
        }

        impl<V: IntoValue<Json> $($bound)*, $($parameter)*> IntoOptional<Json> for $from {
            fn into_optional(self) -> Option<Json> {
                Some(self.into_value())
            }
        }
    };
}

list!(Vec<V>, [], [], into_iter());
list!(&Vec<V>, [+ Clone], [], iter().cloned());
list!([V; N], [], [const N: usize], into_iter());
list!(&[V; N], [+ Clone], [const N: usize], iter().cloned());
list!(&[V], [+ Clone], [], iter().cloned());

#[cfg(test)]
mod tests {
    use super::*;

    /// What the setter of an optional field stores.
    fn optional<T>(value: impl IntoOptional<T>) -> Option<T> {
        value.into_optional()
    }

    /// What both setters store for a value.
    fn both<T: PartialEq + std::fmt::Debug, V: IntoValue<T> + IntoOptional<T> + Clone>(value: V) -> T {
        let stored = value.clone().into_value();
        assert_eq!(value.into_optional().as_ref(), Some(&stored));
        stored
    }

    #[test]
    fn a_value_is_accepted_in_several_types() {
        assert_eq!(both::<String, _>("a"), "a");
        assert_eq!(both::<String, _>(&String::from("a")), "a");
        assert_eq!(both::<String, _>(Cow::from("a")), "a");
        assert_eq!(both::<i64, _>(5_u32), 5);
        assert_eq!(both::<i64, _>(5), 5);
        assert_eq!(both::<f64, _>(0.5_f32), 0.5);
        assert_eq!(both::<f64, _>(5), 5.0);
    }

    #[test]
    fn an_optional_field_also_accepts_an_option() {
        assert_eq!(optional::<String>(Some("a")).as_deref(), Some("a"));
        assert_eq!(optional::<String>(None::<String>), None);
        assert_eq!(optional::<String>(Some(Cow::from("a"))).as_deref(), Some("a"));
        assert_eq!(optional::<i64>(Some(5)), Some(5));
        assert_eq!(optional::<bool>(Some(true)), Some(true));
        assert_eq!(optional::<Vec<String>>(Some(["a"])), Some(vec!["a".to_owned()]));
    }

    #[test]
    fn a_list_is_made_of_what_its_items_accept() {
        let expected = ["a".to_owned(), "b".to_owned()];
        assert_eq!(both::<Vec<String>, _>(["a", "b"]), expected);
        assert_eq!(both::<Vec<String>, _>(&["a", "b"]), expected);
        assert_eq!(both::<Vec<String>, _>(vec!["a", "b"]), expected);
        assert_eq!(both::<Vec<String>, _>(["a", "b"].as_slice()), expected);
        assert_eq!(both::<Vec<String>, _>(expected.to_vec()), expected);
        assert_eq!(both::<Vec<String>, _>(&expected.to_vec()), expected);
        assert_eq!(both::<Vec<i64>, _>(vec![1_u8]), [1]);
        assert_eq!(both::<Vec<Vec<String>>, _>([["a"]]), [["a"]]);
    }

    #[test]
    fn json_is_made_of_what_has_a_form_in_json() {
        let object = Map::from_iter([("a".to_owned(), Json::Null)]);
        for (json, expected) in [
            (both::<Json, _>("a"), r#""a""#),
            (both(&String::from("a")), r#""a""#),
            (both(Cow::from("a")), r#""a""#),
            (both(true), "true"),
            (both(5_u8), "5"),
            (both(0.5_f32), "0.5"),
            (both(vec!["a", "b"]), r#"["a","b"]"#),
            (both(&[[1, 2], [3, 4]]), "[[1,2],[3,4]]"),
            (both(object), r#"{"a":null}"#),
        ] {
            assert_eq!(json.to_string(), expected);
        }
    }
}
