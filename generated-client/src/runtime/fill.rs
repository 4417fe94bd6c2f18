//! One pass over incoming data that puts every value where it belongs.
//!
//! Answers are read leniently: what does not fit is absent and noted. The strict form, which reads
//! requests from outside, differs only in that it refuses there.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::progress::fill_object;
use super::schema::Kind;
use super::value::{List, Map, Value};
use crate::drift::{Drift, step_into};

/// How many differences of one answer are noted.
const MOST_NOTES: usize = 100;

/// How to read, and what was noted so far.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) strict: bool,
    pub(crate) drift: Vec<Drift>,
    /// The key that counts all items of a list, besides the usual ones.
    pub(crate) total: Option<&'static str>,
}

impl Reading {
    pub(crate) fn lenient() -> Self {
        Self { strict: false, drift: Vec::new(), total: None }
    }

    pub(crate) fn strict() -> Self {
        Self { strict: true, drift: Vec::new(), total: None }
    }

    /// Moves what was noted since `before` to the key under which it was found. Nearly always there
    /// is nothing, so that no path is built.
    pub(crate) fn step_into(&mut self, before: usize, key: &str) {
        if let Some(found @ [_, ..]) = self.drift.get_mut(before..) {
            step_into(found, key);
        }
    }

    /// Notes a difference, unless there are so many that nobody would read them.
    pub(crate) fn push(&mut self, drift: Drift) {
        if self.drift.len() < MOST_NOTES {
            self.drift.push(drift);
        }
    }

    /// Notes what did not come, and that an answer cannot be used for it.
    pub(crate) fn lacks(&mut self, key: &str, expected: Kind, found: Kind) {
        let before = self.drift.len();
        self.push(Drift::here(expected, found).decisive());
        self.step_into(before, key);
    }
}

/// Whether a place now holds what came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    Yes,
    /// `null` came in.
    Null,
    /// What came in does not belong here, or lacks a field that must be there.
    No,
}

/// Fills one place.
pub(crate) struct Fill<'a> {
    pub(crate) slot: &'a mut dyn Value,
    /// Its name, for messages.
    pub(crate) name: &'a str,
    /// A second kind that is known to come.
    pub(crate) also: Option<Kind>,
    pub(crate) reading: &'a mut Reading,
}

impl Fill<'_> {
    fn took<E: Error>(self, fits: bool, found: Kind) -> Result<Filled, E> {
        if fits { Ok(Filled::Yes) } else { self.mismatch(found) }
    }

    fn mismatch<E: Error>(self, found: Kind) -> Result<Filled, E> {
        let expected = self.slot.kind();
        if self.reading.strict {
            let (expected, found) = (expected.in_words(), found.in_words());
            return Err(E::custom(format_args!("{}: expected {expected}, found {found}", self.name)));
        }
        if !self.also.is_some_and(|also| also.covers(found)) {
            self.reading.push(Drift::here(expected, found));
        }
        Ok(Filled::No)
    }
}

impl<'de> DeserializeSeed<'de> for Fill<'_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        if self.slot.kind() != Kind::Json {
            return deserializer.deserialize_any(self);
        }
        let json: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
        if json.is_null() {
            return Ok(Filled::Null);
        }
        let fits = self.slot.json(json);
        self.took(fits, Kind::Json)
    }
}

impl<'de> Visitor<'de> for Fill<'_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.kind().in_words())
    }

    fn visit_bool<E: Error>(self, boolean: bool) -> Result<Filled, E> {
        let fits = self.slot.boolean(boolean);
        self.took(fits, Kind::Boolean)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Filled, E> {
        let fits = self.slot.integer(number);
        self.took(fits, Kind::Integer)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Filled, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => self.visit_f64(number as f64),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Filled, E> {
        let fits = self.slot.number(number);
        self.took(fits, Kind::Number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Filled, E> {
        let fits = self.slot.text(text);
        self.took(fits, Kind::Text)
    }

    fn visit_unit<E: Error>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Filled, A::Error> {
        if let Some(list) = self.slot.list() {
            return fill_list(list, sequence, self.reading);
        }
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        self.mismatch(Kind::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Filled, A::Error> {
        let first = entries.next_key_seed(Key)?;
        if first.as_deref() == Some(ARBITRARY_NUMBER) {
            return self.visit_digits(&entries.next_value::<String>()?);
        }
        if let Some(object) = self.slot.object() {
            return fill_object(object, first, entries, self.reading);
        }
        if let Some(map) = self.slot.map() {
            return fill_map(map, first, entries, self.reading);
        }
        if first.is_some() {
            entries.next_value::<IgnoredAny>()?;
        }
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.mismatch(Kind::Object)
    }
}

/// With its feature `arbitrary_precision`, which any crate of a program can turn on for all, `serde_json`
/// gives a number as an object with this key.
const ARBITRARY_NUMBER: &str = "$serde_json::private::Number";

impl Fill<'_> {
    fn visit_digits<E: Error>(self, digits: &str) -> Result<Filled, E> {
        match (digits.parse(), digits.parse()) {
            (Ok(number), _) => self.visit_i64(number),
            (_, Ok(number)) => self.visit_f64(number),
            _ => self.mismatch(Kind::Number),
        }
    }
}

fn fill_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut sequence: A,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    let mut index = 0;
    while sequence.next_element_seed(Item { list: &mut *list, index, reading: &mut *reading })?.is_some() {
        index += 1;
    }
    Ok(Filled::Yes)
}

/// Fills the next place of a list, or leaves the item out.
struct Item<'a> {
    list: &'a mut dyn List,
    index: usize,
    reading: &'a mut Reading,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Some(slot) = self.list.push() else { return Ok(()) };
        let before = self.reading.drift.len();
        let expected = slot.kind();
        let filled =
            Fill { slot, name: "an item", also: None, reading: &mut *self.reading }.deserialize(deserializer)?;
        if filled == Filled::Null {
            refuse_null(self.reading, expected)?;
        }
        if filled != Filled::Yes {
            self.list.pop();
        }
        if self.reading.drift.len() > before {
            self.reading.step_into(before, &self.index.to_string());
        }
        Ok(())
    }
}

fn refuse_null<E: Error>(reading: &mut Reading, expected: Kind) -> Result<(), E> {
    if reading.strict {
        return Err(E::custom(format_args!("an item: expected {}, found null", expected.in_words())));
    }
    reading.push(Drift::here(expected, Kind::Null));
    Ok(())
}

fn fill_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    mut next: Option<Cow<'de, str>>,
    mut entries: A,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    while let Some(key) = next {
        refuse_second(reading, map.contains(&key), &key)?;
        let before = reading.drift.len();
        let slot = map.entry(&key);
        let filled = entries.next_value_seed(Fill { slot, name: &key, also: None, reading })?;
        if filled != Filled::Yes {
            map.remove(&key);
        }
        reading.step_into(before, &key);
        next = entries.next_key_seed(Key)?;
    }
    Ok(Filled::Yes)
}

/// Refuses what is given twice, where reading is strict.
pub(crate) fn refuse_second<E: Error>(reading: &Reading, is_second: bool, key: &str) -> Result<(), E> {
    if reading.strict && is_second { Err(E::custom(format_args!("{key} is given twice"))) } else { Ok(()) }
}

/// Reads a key without copying it where the input allows that.
pub(crate) struct Key;

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

    use std::collections::BTreeMap;

    use super::{ARBITRARY_NUMBER, Fill, Filled, Reading};
    use crate::PageMeta;
    use crate::runtime::Value;

    fn fill(slot: &mut dyn Value, digits: &str) -> Result<Filled, Error> {
        let entries = MapDeserializer::new([(ARBITRARY_NUMBER, digits)].into_iter());
        Fill { slot, name: "it", also: None, reading: &mut Reading::lenient() }.deserialize(entries)
    }

    #[test]
    fn numbers_of_arbitrary_precision_are_numbers() {
        let (mut whole, mut float, mut text): (Option<i64>, Option<f64>, Option<String>) = (None, None, None);
        assert_eq!(fill(&mut whole, "5"), Ok(Filled::Yes));
        assert_eq!(fill(&mut float, "1e3"), Ok(Filled::Yes));
        assert_eq!(fill(&mut text, "5"), Ok(Filled::No));
        assert_eq!((whole, float, text), (Some(5), Some(1000.0), None));
        // An object or a map that is given a number is not one with a strange key.
        let (mut object, mut map): (Option<PageMeta>, Option<BTreeMap<String, String>>) = (None, None);
        assert_eq!(fill(&mut object, "5.5"), Ok(Filled::No));
        assert_eq!(fill(&mut map, "5.5"), Ok(Filled::No));
        assert_eq!((object, map), (None, None));
    }
}
