//! Decodes a value in one pass, without knowing its type.
//!
//! Answers are decoded leniently: a value that does not fit is absent and recorded as drift. Requests that come as data
//! are decoded strictly: a value that does not fit is an error.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::decoding::Decoding;
use super::delimited::split;
use super::map_access::{Entries, NumberOrObject};
use super::mistakes::Mistakes;
use super::object::decode_object;
use super::second_forms::set_from_text;
use crate::drift::Drift;
use crate::schema::{File, List, MAX_EXACT_INTEGER, Map, PlainJson, Reading, Value, ValueKind};

/// The result of decoding a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decoded {
    /// The value was set.
    Value,
    /// The value is `null`.
    Null,
    /// The value is of the wrong kind or lacks a field that every answer has. The drift names which.
    Invalid(Drift),
}

/// Decodes a value into a slot.
pub(crate) struct ValueSeed<'a> {
    pub(crate) slot: &'a mut dyn Value,
    /// The name of the value, for error messages.
    pub(crate) name: &'a str,
    /// The forms of the value besides that of its type.
    pub(crate) reading: Reading,
    pub(crate) decoding: &'a mut Decoding,
}

impl ValueSeed<'_> {
    /// Converts a value of this second kind, if the field is known to have such values.
    fn convert(&mut self, kind: ValueKind, set: impl FnOnce(&mut dyn Value) -> bool) -> bool {
        let is_converted = self.reading.also == Some(kind) && set(&mut *self.slot);
        self.decoding.converted += usize::from(is_converted);
        is_converted
    }

    fn set_file<E: Error>(self, json: serde_json::Value) -> Result<Decoded, E> {
        match File::from_json(json) {
            Ok(file) => {
                let fits = self.slot.set_file(file);
                self.finish(fits, ValueKind::File)
            }
            Err(problem) => {
                let message = || format!("{}: {problem}", Mistakes::shown(self.name));
                self.decoding.mistakes.add("type", message);
                Ok(Decoded::Invalid(Drift::new(ValueKind::File, ValueKind::Json)))
            }
        }
    }

    fn finish<E: Error>(self, fits: bool, found: ValueKind) -> Result<Decoded, E> {
        if fits { Ok(Decoded::Value) } else { self.mismatch(found) }
    }

    fn mismatch<E: Error>(self, found: ValueKind) -> Result<Decoded, E> {
        let expected = self.slot.kind();
        let drift = Drift::new(expected, found);
        if self.decoding.is_strict() {
            let (expected, found) = (expected.in_words(), found.in_words());
            let message = || format!("{}: expected {expected}, found {found}", Mistakes::shown(self.name));
            self.decoding.mistakes.add("type", message);
            return Ok(Decoded::Invalid(drift));
        }
        let known = [self.reading.also, self.reading.absent];
        if !known.into_iter().flatten().any(|kind| kind.covers(found)) {
            self.decoding.drift.add(drift.clone());
        }
        Ok(Decoded::Invalid(drift))
    }
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Decoded;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decoded, D::Error> {
        match self.slot.kind() {
            ValueKind::File => match PlainJson::deserialize(deserializer)?.0 {
                serde_json::Value::Null => Ok(Decoded::Null),
                json => self.set_file(json),
            },
            ValueKind::Json => match PlainJson::deserialize(deserializer)?.0 {
                serde_json::Value::Null => Ok(Decoded::Null),
                json => {
                    let fits = self.slot.set_json(json);
                    self.finish(fits, ValueKind::Json)
                }
            },
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Decoded;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.kind().in_words())
    }

    fn visit_bool<E: Error>(mut self, boolean: bool) -> Result<Decoded, E> {
        if let Some(item) = self.single_item() {
            let decoded = item.visit_bool(boolean)?;
            return Ok(self.keep_single(decoded));
        }
        let text = if boolean { "true" } else { "false" };
        let fits = self.slot.set_boolean(boolean) || self.convert(ValueKind::Boolean, |slot| slot.set_text(text));
        self.finish(fits, ValueKind::Boolean)
    }

    fn visit_i64<E: Error>(mut self, number: i64) -> Result<Decoded, E> {
        if let Some(item) = self.single_item() {
            let decoded = item.visit_i64(number)?;
            return Ok(self.keep_single(decoded));
        }
        let fits =
            self.slot.set_integer(number) || self.convert(ValueKind::Number, |slot| slot.set_text(&number.to_string()));
        self.finish(fits, ValueKind::Integer)
    }

    fn visit_u64<E: Error>(mut self, number: u64) -> Result<Decoded, E> {
        if let Some(item) = self.single_item() {
            let decoded = item.visit_u64(number)?;
            return Ok(self.keep_single(decoded));
        }
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            // Text keeps the digits that a float would lose.
            Err(_) if self.convert(ValueKind::Number, |slot| slot.set_text(&number.to_string())) => Ok(Decoded::Value),
            Err(_) => self.visit_f64(number as f64),
        }
    }

    fn visit_f64<E: Error>(mut self, number: f64) -> Result<Decoded, E> {
        if let Some(item) = self.single_item() {
            let decoded = item.visit_f64(number)?;
            return Ok(self.keep_single(decoded));
        }
        let set_text = |slot: &mut dyn Value| number.abs() < MAX_EXACT_INTEGER && slot.set_text(&number.to_string());
        let is_read = self.convert(ValueKind::Number, set_text);
        let fits = is_read || self.slot.set_number(number);
        self.finish(fits, ValueKind::Number)
    }

    fn visit_str<E: Error>(mut self, text: &str) -> Result<Decoded, E> {
        if let Some(delimiter) = self.reading.delimiter {
            let fits = split(self.slot, text, delimiter);
            return self.finish(fits, ValueKind::Text);
        }
        if let Some(item) = self.single_item() {
            let decoded = item.visit_str(text)?;
            return Ok(self.keep_single(decoded));
        }
        let fits = self.slot.set_text(text)
            || self.convert(ValueKind::Text, |slot| set_from_text(text, slot))
            // A web form has texts only.
            || (self.decoding.is_strict() && set_from_text(text, self.slot));
        self.finish(fits, ValueKind::Text)
    }

    fn visit_unit<E: Error>(self) -> Result<Decoded, E> {
        Ok(Decoded::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Decoded, E> {
        Ok(Decoded::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Decoded, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Decoded, A::Error> {
        if let Some(list) = self.slot.as_list_mut() {
            return decode_list(list, sequence, self.reading, self.decoding);
        }
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        self.mismatch(ValueKind::List)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, entries: A) -> Result<Decoded, A::Error> {
        let entries = match Entries::open(entries)? {
            NumberOrObject::Number(digits) => return self.visit_digits(&digits),
            NumberOrObject::Object(entries) => entries,
        };
        if let Some(item) = self.single_item() {
            let decoded = item.visit_entries(entries)?;
            return Ok(self.keep_single(decoded));
        }
        self.visit_entries(entries)
    }
}

impl ValueSeed<'_> {
    fn visit_entries<'de, A: MapAccess<'de>>(self, mut entries: Entries<'de, A>) -> Result<Decoded, A::Error> {
        if let Some(object) = self.slot.as_object_mut() {
            return decode_object(object, &mut entries, self.decoding);
        }
        if let Some(map) = self.slot.as_map_mut() {
            return decode_map(map, &mut entries, self.reading, self.decoding);
        }
        entries.skip()?;
        self.mismatch(ValueKind::Object)
    }

    /// The only item of a list that is a single value on the wire.
    fn single_item(&mut self) -> Option<ValueSeed<'_>> {
        if !self.reading.one {
            return None;
        }
        let slot = self.slot.as_list_mut()?.push()?;
        let reading = self.reading.of_items(slot.kind());
        Some(ValueSeed { slot, name: self.name, reading, decoding: &mut *self.decoding })
    }

    /// Clears the list if its only item is not usable.
    fn keep_single(self, decoded: Decoded) -> Decoded {
        if decoded != Decoded::Value {
            self.slot.clear();
        }
        decoded
    }

    fn visit_digits<E: Error>(mut self, digits: &str) -> Result<Decoded, E> {
        if let Some(item) = self.single_item() {
            let decoded = item.visit_digits(digits)?;
            return Ok(self.keep_single(decoded));
        }
        if self.convert(ValueKind::Number, |slot| slot.set_text(digits)) {
            return Ok(Decoded::Value);
        }
        match (digits.parse::<i64>(), digits.parse::<f64>()) {
            (Ok(number), _) => self.visit_i64(number),
            (_, Ok(number)) if number.is_finite() => self.visit_f64(number),
            _ => self.mismatch(ValueKind::Number),
        }
    }
}

fn decode_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut sequence: A,
    reading: Reading,
    decoding: &mut Decoding,
) -> Result<Decoded, A::Error> {
    let mut index = 0;
    while sequence.next_element_seed(Item { list: &mut *list, index, reading, decoding: &mut *decoding })?.is_some() {
        index += 1;
    }
    Ok(Decoded::Value)
}

/// Appends an item to a list, or leaves it out if it is not usable.
struct Item<'a> {
    list: &'a mut dyn List,
    index: usize,
    /// The reading of the list.
    reading: Reading,
    decoding: &'a mut Decoding,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Some(slot) = self.list.push() else { return Ok(()) };
        let (checkpoint, skipped_items) = (self.decoding.checkpoint(), self.decoding.skipped_items);
        let expected = slot.kind();
        let reading = self.reading.of_items(expected);
        let seed = ValueSeed { slot: &mut *slot, name: "an item", reading, decoding: &mut *self.decoding };
        let mut decoded = seed.deserialize(deserializer)?;
        if decoded == Decoded::Null && slot.set_json(serde_json::Value::Null) {
            // Where any JSON is expected, null is an item like every other.
            decoded = Decoded::Value;
        } else if decoded == Decoded::Null {
            self.decoding.add_null_item(expected);
        }
        // Items of inner lists do not count for this list.
        self.decoding.skipped_items = skipped_items;
        self.decoding.bounds.count_item(slot, decoded == Decoded::Value).map_err(D::Error::custom)?;
        if decoded != Decoded::Value && !self.decoding.is_strict() {
            self.list.pop();
            self.decoding.skipped_items += 1;
        }
        self.decoding.prefix_index_since(checkpoint, self.index);
        Ok(())
    }
}

fn decode_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    entries: &mut Entries<'de, A>,
    reading: Reading,
    decoding: &mut Decoding,
) -> Result<Decoded, A::Error> {
    while let Some(key) = entries.next_key()? {
        decoding.bounds.count_value().map_err(Error::custom)?;
        let checkpoint = decoding.checkpoint();
        if map.contains(&key) {
            decoding.add_duplicate(&key);
        }
        let slot = map.entry(&key);
        let decoded =
            entries.value(ValueSeed { reading: reading.of_items(slot.kind()), slot, name: &key, decoding })?;
        if decoded != Decoded::Value {
            map.remove(&key);
        }
        decoding.prefix_map_key_since(checkpoint, &key);
    }
    Ok(Decoded::Value)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::codec::decode::answer::Answer;
    use crate::codec::decode::bounds::Bounds;
    use crate::codec::decode::envelope::Leeway;
    use crate::codec::decode::page::Page;
    use crate::codec::decode::response::read;
    use crate::schema::{Method, Operation, ResponseShape, Value};

    fn page<T: Value>(body: &str) -> (Page<T>, Vec<String>) {
        let mut page = Page::<T>::unread();
        let answer = ResponseShape::List { key: "rows", total: &[] };
        let operation = Operation { answer, ..Operation::undescribed(Method::Get, "/") };
        let envelope = read(body.as_bytes(), &operation, Leeway::default(), Bounds::default(), page.target());
        let places = envelope.drift.entries().iter().map(|drift| drift.pointer().to_owned()).collect();
        (page, places)
    }

    #[test]
    fn items_left_out_of_inner_lists_are_not_rows() {
        let (page, places) = page::<Vec<i64>>(r#"{"rows":[[1,null,2],[null,"x"],7]}"#);
        assert_eq!((page.items.as_slice(), page.item_count()), ([vec![1, 2], vec![]].as_slice(), 3));
        assert_eq!(places, ["/rows/0/1", "/rows/1/0", "/rows/1/1", "/rows/2"]);
    }

    #[test]
    fn drift_never_shows_the_key_of_a_map() {
        let (one, places) = page::<BTreeMap<String, i64>>(r#"{"rows":[{"ada@example.com":"x","b":1}]}"#);
        assert_eq!((one.items[0].len(), places), (1, vec!["/rows/0/*".to_owned()]));
        // The same holds if the value is not valid JSON.
        let (page, places) = page::<BTreeMap<String, i64>>(r#"{"rows":[{"ada@example.com":1e999,"b":1}]}"#);
        assert_eq!((page.items[0].len(), places), (1, vec!["/rows/0/*".to_owned()]));
    }

    #[test]
    fn the_last_of_two_entries_with_the_same_key_counts_as_a_whole() {
        type Entries = BTreeMap<String, BTreeMap<String, i64>>;
        let (page, _) = page::<Entries>(r#"{"rows":[{"a":{"x":1},"a":{"y":2},"b":{"x":1},"b":null}]}"#);
        assert_eq!(page.items, [BTreeMap::from([("a".to_owned(), BTreeMap::from([("y".to_owned(), 2)]))])]);
    }

    #[test]
    fn the_last_of_two_lists_with_the_same_key_counts() {
        let (page, _) = page::<i64>(r#"{"rows":[1,"x",null],"rows":[2]}"#);
        assert_eq!((page.items.as_slice(), page.item_count()), ([2].as_slice(), 1));
    }
}
