//! One pass over incoming data that puts every value where it belongs.
//!
//! Answers are read leniently: what does not fit is absent and noted. The strict form, which reads
//! requests from outside, differs only in that it refuses there.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::entries::{Entries, Opened};
use super::join::split;
use super::plain::EXACT;
use super::progress::fill_object;
use super::schema::ValueKind;
use super::value::{List, Map, Value};
use crate::drift::{Drift, Notes};

/// How to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// What does not fit is absent and noted.
    Lenient,
    /// What does not fit is an error.
    Strict,
}

/// How to read, and what was noted so far.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) manner: Manner,
    pub(crate) notes: Notes,
    /// How many items of the outermost list could not be read.
    pub(crate) left_out: usize,
}

impl Reading {
    pub(crate) fn new(manner: Manner) -> Self {
        Self { manner, notes: Notes::default(), left_out: 0 }
    }

    /// Whether what does not fit is an error.
    pub(crate) fn refuses(&self) -> bool {
        self.manner == Manner::Strict
    }

    /// Notes what a key lacks.
    pub(crate) fn note(&mut self, key: &str, expected: ValueKind, found: ValueKind) -> Drift {
        let drift = Drift::here(expected, found).under(key);
        self.notes.add_with(|| drift.clone());
        drift
    }
}

/// Whether a place now holds what came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    Yes,
    /// `null` came in.
    Null,
    /// What came in does not belong here, or lacks a field that must be there: this one.
    No(Drift),
}

/// Fills one place.
pub(crate) struct Fill<'a> {
    pub(crate) slot: &'a mut dyn Value,
    /// Its name, for messages.
    pub(crate) name: &'a str,
    /// A second kind that is known to come.
    pub(crate) also: Option<ValueKind>,
    /// What separates the items where a list comes as one text.
    pub(crate) delimiter: Option<&'static str>,
    pub(crate) reading: &'a mut Reading,
}

/// Puts the number that a text is the form of.
fn number_in(text: &str, slot: &mut dyn Value) -> bool {
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(number), _) => slot.integer(number),
        (_, Ok(number)) => number.abs() < EXACT && slot.number(number),
        _ => false,
    }
}

impl Fill<'_> {
    /// Whether a value of this second kind is known to come; where it says the same, it is read.
    fn reads(&self, kind: ValueKind) -> bool {
        self.also == Some(kind)
    }

    fn took<E: Error>(self, fits: bool, found: ValueKind) -> Result<Filled, E> {
        if fits { Ok(Filled::Yes) } else { self.mismatch(found) }
    }

    fn mismatch<E: Error>(self, found: ValueKind) -> Result<Filled, E> {
        let expected = self.slot.kind();
        if self.reading.refuses() {
            let (expected, found) = (expected.in_words(), found.in_words());
            return Err(E::custom(format_args!("{}: expected {expected}, found {found}", self.name)));
        }
        if !self.also.is_some_and(|also| also.covers(found)) {
            self.reading.notes.add(Drift::here(expected, found));
        }
        Ok(Filled::No(Drift::here(expected, found)))
    }
}

impl<'de> DeserializeSeed<'de> for Fill<'_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        match self.slot.kind() {
            ValueKind::File => match Option::deserialize(deserializer)? {
                None => Ok(Filled::Null),
                Some(file) => {
                    let fits = self.slot.file(file);
                    self.took(fits, ValueKind::File)
                }
            },
            ValueKind::Json => match serde_json::Value::deserialize(deserializer)? {
                serde_json::Value::Null => Ok(Filled::Null),
                json => {
                    let fits = self.slot.json(json);
                    self.took(fits, ValueKind::Json)
                }
            },
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Fill<'_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.kind().in_words())
    }

    fn visit_bool<E: Error>(self, boolean: bool) -> Result<Filled, E> {
        let fits = self.slot.boolean(boolean);
        self.took(fits, ValueKind::Boolean)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Filled, E> {
        let fits = self.slot.integer(number) || (self.reads(ValueKind::Number) && self.slot.text(&number.to_string()));
        self.took(fits, ValueKind::Integer)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Filled, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            // A text keeps digits that a float would lose.
            Err(_) if self.reads(ValueKind::Number) && self.slot.text(&number.to_string()) => Ok(Filled::Yes),
            Err(_) => self.visit_f64(number as f64),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Filled, E> {
        let is_text = || self.reads(ValueKind::Number) && number.abs() < EXACT;
        let is_read = is_text() && self.slot.text(&number.to_string());
        let fits = is_read || self.slot.number(number);
        self.took(fits, ValueKind::Number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Filled, E> {
        let fits = self.slot.text(text) || (self.reads(ValueKind::Text) && number_in(text, self.slot));
        if let Some(delimiter) = self.delimiter.filter(|_| !fits) {
            let fits = split(self.slot, text, delimiter);
            return self.took(fits, ValueKind::Text);
        }
        self.took(fits, ValueKind::Text)
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
        self.mismatch(ValueKind::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Filled, A::Error> {
        let mut entries = match Entries::open(entries)? {
            Opened::Number(digits) => return self.visit_digits(&digits),
            Opened::Object(entries) => entries,
        };
        if let Some(object) = self.slot.object() {
            return fill_object(object, &mut entries, self.reading);
        }
        if let Some(map) = self.slot.map() {
            return fill_map(map, &mut entries, self.reading);
        }
        entries.skip()?;
        self.mismatch(ValueKind::Object)
    }
}

impl Fill<'_> {
    fn visit_digits<E: Error>(self, digits: &str) -> Result<Filled, E> {
        if self.reads(ValueKind::Number) && self.slot.text(digits) {
            return Ok(Filled::Yes);
        }
        match (digits.parse::<i64>(), digits.parse::<f64>()) {
            (Ok(number), _) => self.visit_i64(number),
            (_, Ok(number)) if number.is_finite() => self.visit_f64(number),
            _ => self.mismatch(ValueKind::Number),
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
        let (mark, left_out) = (self.reading.notes.mark(), self.reading.left_out);
        let expected = slot.kind();
        let filled = Fill { slot, name: "an item", also: None, delimiter: None, reading: &mut *self.reading }
            .deserialize(deserializer)?;
        if filled == Filled::Null {
            refuse_null(self.reading, expected)?;
        }
        // What was left out of lists inside of this item is none of this list.
        self.reading.left_out = left_out;
        if filled != Filled::Yes {
            self.list.pop();
            self.reading.left_out += 1;
        }
        self.reading.notes.step_into_item(mark, self.index);
        Ok(())
    }
}

fn refuse_null<E: Error>(reading: &mut Reading, expected: ValueKind) -> Result<(), E> {
    if reading.refuses() {
        return Err(E::custom(format_args!("an item: expected {}, found null", expected.in_words())));
    }
    reading.notes.add(Drift::here(expected, ValueKind::Null));
    Ok(())
}

fn fill_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    entries: &mut Entries<'de, A>,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    while let Some(key) = entries.next_key()? {
        refuse_second(reading, map.contains(&key), &key)?;
        let mark = reading.notes.mark();
        let slot = map.entry(&key);
        let filled = entries.value(Fill { slot, name: &key, also: None, delimiter: None, reading })?;
        if filled != Filled::Yes {
            map.remove(&key);
        }
        // The keys of a map are data, and no data is told of.
        reading.notes.step_into(mark, "*");
    }
    Ok(Filled::Yes)
}

/// Refuses what is given twice, where reading is strict.
pub(crate) fn refuse_second<E: Error>(reading: &Reading, is_second: bool, key: &str) -> Result<(), E> {
    let is_refused = is_second && reading.refuses();
    if is_refused { Err(E::custom(format_args!("{key} is given twice"))) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::page::Page;
    use crate::runtime::{Answer, ResponseShape, Value, read};

    fn page<T: Value>(body: &str) -> (Page<T>, Vec<String>) {
        let mut page = Page::<T>::unread();
        let envelope = read(body.as_bytes(), ResponseShape::List { key: "rows", total: None }, false, page.target());
        let places = envelope.notes.kept().iter().map(|drift| drift.pointer().to_owned()).collect();
        (page, places)
    }

    #[test]
    fn what_is_left_out_inside_of_rows_is_no_row() {
        let (page, places) = page::<Vec<i64>>(r#"{"rows":[[1,null,2],[null,"x"],7]}"#);
        assert_eq!((page.items.as_slice(), page.rows()), ([vec![1, 2], vec![]].as_slice(), 3));
        assert_eq!(places, ["/rows/0/1", "/rows/1/0", "/rows/1/1", "/rows/2"]);
    }

    #[test]
    fn no_key_of_a_map_is_told_of() {
        let (one, places) = page::<BTreeMap<String, i64>>(r#"{"rows":[{"ada@example.com":"x","b":1}]}"#);
        assert_eq!((one.items[0].len(), places), (1, vec!["/rows/0/*".to_owned()]));
        // Nor of one whose value is no JSON.
        let (page, places) = page::<BTreeMap<String, i64>>(r#"{"rows":[{"ada@example.com":1e999,"b":1}]}"#);
        assert_eq!((page.items[0].len(), places), (1, vec!["/rows/0/*".to_owned()]));
    }

    #[test]
    fn of_a_list_that_comes_twice_the_last_counts() {
        let (page, _) = page::<i64>(r#"{"rows":[1,"x",null],"rows":[2]}"#);
        assert_eq!((page.items.as_slice(), page.rows()), ([2].as_slice(), 1));
    }
}
