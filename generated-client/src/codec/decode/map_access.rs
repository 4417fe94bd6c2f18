//! The entries of an object, and numbers that `serde_json` represents as an object.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::decoding::{Decoding, Strictness};
use super::value::ValueSeed;
use crate::schema::{ARBITRARY_NUMBER, Reading};

/// An object, or a number that is represented as one.
pub(crate) enum NumberOrObject<'de, A> {
    /// The digits of a number.
    Number(String),
    Object(Entries<'de, A>),
}

/// The entries of an object, whose first key has already been read.
pub(crate) struct Entries<'de, A> {
    first: Option<Cow<'de, str>>,
    is_over: bool,
    rest: A,
}

impl<'de, A: MapAccess<'de>> Entries<'de, A> {
    /// Reads the first key, to tell an object from a number.
    pub(crate) fn open(mut rest: A) -> Result<NumberOrObject<'de, A>, A::Error> {
        let first = rest.next_key_seed(Key)?;
        if first.as_deref() != Some(ARBITRARY_NUMBER) {
            let is_over = first.is_none();
            return Ok(NumberOrObject::Object(Self { first, is_over, rest }));
        }
        let mut digits: Option<String> = None;
        let decoding = &mut Decoding::new(Strictness::Lenient);
        rest.next_value_seed(ValueSeed { slot: &mut digits, name: "a number", reading: Reading::EXACT, decoding })?;
        while rest.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        // An object with that key but without digits counts as empty.
        Ok(digits.map_or(NumberOrObject::Object(Self { first: None, is_over: true, rest }), NumberOrObject::Number))
    }

    pub(crate) fn next_key(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        if self.is_over {
            return Ok(None);
        }
        let key = self.rest.next_key_seed(Key)?;
        self.is_over = key.is_none();
        Ok(key)
    }

    /// Decodes the value of the last key.
    pub(crate) fn value<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.rest.next_value_seed(seed)
    }

    pub(crate) fn skip_value(&mut self) -> Result<(), A::Error> {
        self.rest.next_value::<IgnoredAny>().map(drop)
    }

    pub(crate) fn skip(&mut self) -> Result<(), A::Error> {
        while self.next_key()?.is_some() {
            self.skip_value()?;
        }
        Ok(())
    }
}

/// Reads a key, without copying it if the input allows that.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeSeed;
    use serde::de::value::{Error, MapDeserializer};

    use super::ARBITRARY_NUMBER;
    use crate::codec::decode::decoding::{Decoding, Strictness};
    use crate::codec::decode::page::PageMeta;
    use crate::codec::decode::value::{Decoded, ValueSeed};
    use crate::schema::{Reading, Value};

    fn decode(slot: &mut dyn Value, digits: &str) -> Result<Decoded, Error> {
        let entries = MapDeserializer::new([(ARBITRARY_NUMBER, digits)].into_iter());
        let decoding = &mut Decoding::new(Strictness::Lenient);
        ValueSeed { slot, name: "it", reading: Reading::EXACT, decoding }.deserialize(entries)
    }

    #[test]
    fn numbers_of_arbitrary_precision_are_numbers() {
        let (mut whole, mut float, mut text): (Option<i64>, Option<f64>, Option<String>) = (None, None, None);
        assert_eq!(decode(&mut whole, "5"), Ok(Decoded::Value));
        assert_eq!(decode(&mut float, "1e3"), Ok(Decoded::Value));
        assert!(matches!(decode(&mut text, "5"), Ok(Decoded::Invalid(_))));
        assert_eq!((whole, float, text), (Some(5), Some(1000.0), None));
        assert!(matches!(decode(&mut float, "1e999"), Ok(Decoded::Invalid(_))));
    }

    #[test]
    fn a_number_is_no_object_and_no_map() {
        let mut object: Option<PageMeta> = None;
        assert!(matches!(decode(&mut object, "5.5"), Ok(Decoded::Invalid(drift)) if drift.found() == "a number"));
        assert_eq!(object, None);
        let mut map: Option<std::collections::BTreeMap<String, String>> = None;
        assert!(matches!(decode(&mut map, "5.5"), Ok(Decoded::Invalid(drift)) if drift.found() == "a number"));
        assert_eq!(map, None);
    }
}
