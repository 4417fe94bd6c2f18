//! One pass over incoming data that puts every value where it belongs.
//!
//! Answers are read leniently: what does not fit is absent and noted. The strict form, which reads
//! requests from outside, differs only in that it refuses there.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::delimited::split;
use super::map_access::{Entries, Opened};
use super::object::fill_object;
use crate::drift::{Drift, DriftLog};
use crate::schema::{EXACT, List, Map, Value, ValueKind};

/// How to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// What does not fit is absent and noted.
    Lenient,
    /// What does not fit is an error.
    Strict,
}

/// How to read, and what was noted so far.
#[derive(Debug)]
pub(crate) struct Decoding {
    pub(crate) strictness: Strictness,
    pub(crate) drift: DriftLog,
    /// How many items of the outermost list could not be read.
    pub(crate) skipped_items: usize,
}

impl Decoding {
    pub(crate) fn new(strictness: Strictness) -> Self {
        Self { strictness, drift: DriftLog::default(), skipped_items: 0 }
    }

    /// Whether what does not fit is an error.
    pub(crate) fn is_strict(&self) -> bool {
        self.strictness == Strictness::Strict
    }

    /// DriftLog what a key lacks.
    pub(crate) fn note_missing(&mut self, key: &str, expected: ValueKind, found: ValueKind) -> Drift {
        let drift = Drift::here(expected, found).under(key);
        self.drift.add_with(|| drift.clone());
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
pub(crate) struct ValueSeed<'a> {
    pub(crate) slot: &'a mut dyn Value,
    /// Its name, for messages.
    pub(crate) name: &'a str,
    /// A second kind that is known to come.
    pub(crate) also: Option<ValueKind>,
    /// What separates the items where a list comes as one text.
    pub(crate) delimiter: Option<&'static str>,
    pub(crate) decoding: &'a mut Decoding,
}

/// Puts the number that a text is the form of.
fn number_in(text: &str, slot: &mut dyn Value) -> bool {
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(number), _) => slot.set_integer(number),
        (_, Ok(number)) => number.abs() < EXACT && slot.set_number(number),
        _ => false,
    }
}

impl ValueSeed<'_> {
    /// Whether a value of this second kind is known to come; where it says the same, it is read.
    fn reads(&self, kind: ValueKind) -> bool {
        self.also == Some(kind)
    }

    fn took<E: Error>(self, fits: bool, found: ValueKind) -> Result<Filled, E> {
        if fits { Ok(Filled::Yes) } else { self.mismatch(found) }
    }

    fn mismatch<E: Error>(self, found: ValueKind) -> Result<Filled, E> {
        let expected = self.slot.kind();
        if self.decoding.is_strict() {
            let (expected, found) = (expected.in_words(), found.in_words());
            return Err(E::custom(format_args!("{}: expected {expected}, found {found}", self.name)));
        }
        if !self.also.is_some_and(|also| also.covers(found)) {
            self.decoding.drift.add(Drift::here(expected, found));
        }
        Ok(Filled::No(Drift::here(expected, found)))
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        match self.slot.kind() {
            ValueKind::File => match Option::deserialize(deserializer)? {
                None => Ok(Filled::Null),
                Some(file) => {
                    let fits = self.slot.set_file(file);
                    self.took(fits, ValueKind::File)
                }
            },
            ValueKind::Json => match serde_json::Value::deserialize(deserializer)? {
                serde_json::Value::Null => Ok(Filled::Null),
                json => {
                    let fits = self.slot.set_json(json);
                    self.took(fits, ValueKind::Json)
                }
            },
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.kind().in_words())
    }

    fn visit_bool<E: Error>(self, boolean: bool) -> Result<Filled, E> {
        let fits = self.slot.set_boolean(boolean);
        self.took(fits, ValueKind::Boolean)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Filled, E> {
        let fits =
            self.slot.set_integer(number) || (self.reads(ValueKind::Number) && self.slot.set_text(&number.to_string()));
        self.took(fits, ValueKind::Integer)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Filled, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            // A text keeps digits that a float would lose.
            Err(_) if self.reads(ValueKind::Number) && self.slot.set_text(&number.to_string()) => Ok(Filled::Yes),
            Err(_) => self.visit_f64(number as f64),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Filled, E> {
        let is_text = || self.reads(ValueKind::Number) && number.abs() < EXACT;
        let is_read = is_text() && self.slot.set_text(&number.to_string());
        let fits = is_read || self.slot.set_number(number);
        self.took(fits, ValueKind::Number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Filled, E> {
        let fits = self.slot.set_text(text) || (self.reads(ValueKind::Text) && number_in(text, self.slot));
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
        if let Some(list) = self.slot.as_list_mut() {
            return fill_list(list, sequence, self.decoding);
        }
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        self.mismatch(ValueKind::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Filled, A::Error> {
        let mut entries = match Entries::open(entries)? {
            Opened::Number(digits) => return self.visit_digits(&digits),
            Opened::Object(entries) => entries,
        };
        if let Some(object) = self.slot.as_object_mut() {
            return fill_object(object, &mut entries, self.decoding);
        }
        if let Some(map) = self.slot.as_map_mut() {
            return fill_map(map, &mut entries, self.decoding);
        }
        entries.skip()?;
        self.mismatch(ValueKind::Object)
    }
}

impl ValueSeed<'_> {
    fn visit_digits<E: Error>(self, digits: &str) -> Result<Filled, E> {
        if self.reads(ValueKind::Number) && self.slot.set_text(digits) {
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
    decoding: &mut Decoding,
) -> Result<Filled, A::Error> {
    let mut index = 0;
    while sequence.next_element_seed(Item { list: &mut *list, index, decoding: &mut *decoding })?.is_some() {
        index += 1;
    }
    Ok(Filled::Yes)
}

/// Fills the next place of a list, or leaves the item out.
struct Item<'a> {
    list: &'a mut dyn List,
    index: usize,
    decoding: &'a mut Decoding,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Some(slot) = self.list.push() else { return Ok(()) };
        let (mark, skipped_items) = (self.decoding.drift.mark(), self.decoding.skipped_items);
        let expected = slot.kind();
        let filled = ValueSeed { slot, name: "an item", also: None, delimiter: None, decoding: &mut *self.decoding }
            .deserialize(deserializer)?;
        if filled == Filled::Null {
            refuse_null(self.decoding, expected)?;
        }
        // What was left out of lists inside of this item is none of this list.
        self.decoding.skipped_items = skipped_items;
        if filled != Filled::Yes {
            self.list.pop();
            self.decoding.skipped_items += 1;
        }
        self.decoding.drift.step_into_item(mark, self.index);
        Ok(())
    }
}

fn refuse_null<E: Error>(decoding: &mut Decoding, expected: ValueKind) -> Result<(), E> {
    if decoding.is_strict() {
        return Err(E::custom(format_args!("an item: expected {}, found null", expected.in_words())));
    }
    decoding.drift.add(Drift::here(expected, ValueKind::Null));
    Ok(())
}

fn fill_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    entries: &mut Entries<'de, A>,
    decoding: &mut Decoding,
) -> Result<Filled, A::Error> {
    while let Some(key) = entries.next_key()? {
        refuse_duplicate(decoding, map.contains(&key), &key)?;
        let mark = decoding.drift.mark();
        let slot = map.entry(&key);
        let filled = entries.value(ValueSeed { slot, name: &key, also: None, delimiter: None, decoding })?;
        if filled != Filled::Yes {
            map.remove(&key);
        }
        // The keys of a map are data, and no data is told of.
        decoding.drift.step_into(mark, "*");
    }
    Ok(Filled::Yes)
}

/// Refuses what is given twice, where decoding is strict.
pub(crate) fn refuse_duplicate<E: Error>(decoding: &Decoding, is_second: bool, key: &str) -> Result<(), E> {
    let is_refused = is_second && decoding.is_strict();
    if is_refused { Err(E::custom(format_args!("{key} is given twice"))) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::codec::decode::answer::Answer;
    use crate::codec::decode::page::Page;
    use crate::codec::decode::response::read;
    use crate::schema::{Generated, Method, Operation, ResponseShape, ThisCrate, Value};

    fn page<T: Value>(body: &str) -> (Page<T>, Vec<String>) {
        let mut page = Page::<T>::unread();
        let answer = ResponseShape::List { key: "rows", total: None };
        let operation = Operation { answer, ..Operation::undescribed(ThisCrate::API, Method::Get, "/") };
        let envelope = read(body.as_bytes(), &operation, false, page.target());
        let places = envelope.drift.kept().iter().map(|drift| drift.pointer().to_owned()).collect();
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
