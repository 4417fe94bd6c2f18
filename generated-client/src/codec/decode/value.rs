//! Decodes a value in one pass, without knowing its type.
//!
//! Answers are decoded leniently: a value that does not fit is absent and recorded as drift. Requests that come as data
//! are decoded strictly: a value that does not fit is an error.

use super::decoding::Decoding;
use super::delimited::split;
use super::mistakes::Mistakes;
use super::object::decode_object;
use super::parser::{Number, Parser, Stopped, Token};
use super::second_forms::set_from_text;
use crate::drift::Drift;
use crate::schema::{File, List, MAX_EXACT_INTEGER, Map, Reading, Value, ValueKind};

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

/// The place of a value.
pub(crate) struct Slot<'a> {
    pub(crate) value: &'a mut dyn Value,
    /// The name of the value, for error messages.
    pub(crate) name: &'a str,
    /// The forms of the value besides that of its type.
    pub(crate) reading: Reading,
}

impl Slot<'_> {
    /// Decodes the next value into the slot.
    pub(crate) fn decode(self, parser: &mut Parser<'_>, decoding: &mut Decoding) -> Result<Decoded, Stopped> {
        match self.value.kind() {
            ValueKind::File => match parser.json()? {
                serde_json::Value::Null => Ok(Decoded::Null),
                json => Ok(self.set_file(json, decoding)),
            },
            ValueKind::Json => match parser.json()? {
                serde_json::Value::Null => Ok(Decoded::Null),
                json => {
                    let fits = self.value.set_json(json);
                    Ok(self.finish(fits, ValueKind::Json, decoding))
                }
            },
            _ => {
                let Some(text) = parser.take_text() else {
                    let token = parser.next_value()?;
                    return self.token(token, parser, decoding);
                };
                // Most values are texts, and fit.
                if self.reading.delimiter.is_none() && !self.reading.one && self.value.set_text(text) {
                    return Ok(Decoded::Value);
                }
                self.token(Token::Text(text.into()), parser, decoding)
            }
        }
    }

    /// Decodes a value that begins with this token.
    fn token(mut self, token: Token<'_>, parser: &mut Parser<'_>, decoding: &mut Decoding) -> Result<Decoded, Stopped> {
        let is_whole_list = match &token {
            Token::Null | Token::List => true,
            Token::Text(_) => self.reading.delimiter.is_some(),
            Token::Boolean(_) | Token::Number(_) | Token::Object => false,
        };
        if self.reading.one
            && !is_whole_list
            && let Some(item) = self.single_item()
        {
            let decoded = item.token(token, parser, decoding)?;
            // A list whose only item is not usable is empty.
            if decoded != Decoded::Value {
                self.value.clear();
            }
            return Ok(decoded);
        }
        Ok(match token {
            Token::Null => Decoded::Null,
            Token::Text(text) => self.set_text(&text, decoding),
            Token::Boolean(boolean) => self.set_boolean(boolean, decoding),
            Token::Number(Number::Integer(number)) => self.set_integer(number, decoding),
            Token::Number(Number::Unsigned(number)) => self.set_unsigned(number, decoding),
            Token::Number(Number::Float(number)) => self.set_float(number, decoding),
            Token::List => return self.list(parser, decoding),
            Token::Object => return self.object(parser, decoding),
        })
    }

    /// The only item of a list that is a single value on the wire.
    fn single_item(&mut self) -> Option<Slot<'_>> {
        let value = self.value.as_list_mut()?.push()?;
        let reading = self.reading.of_items(value.kind());
        Some(Slot { value, name: self.name, reading })
    }

    fn set_text(mut self, text: &str, decoding: &mut Decoding) -> Decoded {
        let fits = match self.reading.delimiter {
            Some(delimiter) => split(&mut *self.value, text, delimiter),
            None => {
                self.value.set_text(text)
                    || self.convert(ValueKind::Text, decoding, |value| set_from_text(text, value))
                    // A web form has texts only.
                    || (decoding.is_strict() && set_from_text(text, &mut *self.value))
            }
        };
        self.finish(fits, ValueKind::Text, decoding)
    }

    fn set_boolean(mut self, boolean: bool, decoding: &mut Decoding) -> Decoded {
        let text = if boolean { "true" } else { "false" };
        let fits =
            self.value.set_boolean(boolean) || self.convert(ValueKind::Boolean, decoding, |value| value.set_text(text));
        self.finish(fits, ValueKind::Boolean, decoding)
    }

    fn set_integer(mut self, number: i64, decoding: &mut Decoding) -> Decoded {
        let fits = self.value.set_integer(number)
            || self.convert(ValueKind::Number, decoding, |value| value.set_text(&number.to_string()));
        self.finish(fits, ValueKind::Integer, decoding)
    }

    fn set_unsigned(mut self, number: u64, decoding: &mut Decoding) -> Decoded {
        // Text keeps the digits that a float would lose.
        if self.convert(ValueKind::Number, decoding, |value| value.set_text(&number.to_string())) {
            return Decoded::Value;
        }
        self.set_float(number as f64, decoding)
    }

    fn set_float(mut self, number: f64, decoding: &mut Decoding) -> Decoded {
        let set_text = |value: &mut dyn Value| number.abs() < MAX_EXACT_INTEGER && value.set_text(&number.to_string());
        let is_read = self.convert(ValueKind::Number, decoding, set_text);
        let fits = is_read || self.value.set_number(number);
        self.finish(fits, ValueKind::Number, decoding)
    }

    fn set_file(self, json: serde_json::Value, decoding: &mut Decoding) -> Decoded {
        match File::from_json(json) {
            Ok(file) => {
                let fits = self.value.set_file(&file);
                self.finish(fits, ValueKind::File, decoding)
            }
            Err(problem) => {
                let message = || format!("{}: {problem}", Mistakes::shown(self.name));
                decoding.mistakes.add("type", message);
                Decoded::Invalid(Drift::new(ValueKind::File, ValueKind::Json))
            }
        }
    }

    fn list(self, parser: &mut Parser<'_>, decoding: &mut Decoding) -> Result<Decoded, Stopped> {
        if let Some(list) = self.value.as_list_mut() {
            return decode_list(list, self.reading, parser, decoding);
        }
        parser.skip_rest(&Token::List)?;
        Ok(self.mismatch(ValueKind::List, decoding))
    }

    fn object(self, parser: &mut Parser<'_>, decoding: &mut Decoding) -> Result<Decoded, Stopped> {
        if let Some(object) = self.value.as_object_mut() {
            return decode_object(object, parser, decoding);
        }
        if let Some(map) = self.value.as_map_mut() {
            return decode_map(map, self.reading, parser, decoding);
        }
        parser.skip_rest(&Token::Object)?;
        Ok(self.mismatch(ValueKind::Object, decoding))
    }

    /// Converts a value of this second kind, if the field is known to have such values.
    fn convert(&mut self, kind: ValueKind, decoding: &mut Decoding, set: impl FnOnce(&mut dyn Value) -> bool) -> bool {
        let is_converted = self.reading.also == Some(kind) && set(&mut *self.value);
        decoding.converted += usize::from(is_converted);
        is_converted
    }

    fn finish(self, fits: bool, found: ValueKind, decoding: &mut Decoding) -> Decoded {
        if fits { Decoded::Value } else { self.mismatch(found, decoding) }
    }

    fn mismatch(self, found: ValueKind, decoding: &mut Decoding) -> Decoded {
        let expected = self.value.kind();
        let drift = Drift::new(expected, found);
        if decoding.is_strict() {
            let (expected, found) = (expected.in_words(), found.in_words());
            let message = || format!("{}: expected {expected}, found {found}", Mistakes::shown(self.name));
            decoding.mistakes.add("type", message);
            return Decoded::Invalid(drift);
        }
        let known = [self.reading.also, self.reading.absent];
        if !known.into_iter().flatten().any(|kind| kind.covers(found)) {
            decoding.drift.add(drift.clone());
        }
        Decoded::Invalid(drift)
    }
}

fn decode_list(
    list: &mut dyn List,
    reading: Reading,
    parser: &mut Parser<'_>,
    decoding: &mut Decoding,
) -> Result<Decoded, Stopped> {
    let mut index = 0;
    while parser.next_item()? {
        decode_item(list, index, reading, parser, decoding)?;
        index += 1;
    }
    Ok(Decoded::Value)
}

/// Appends an item to a list, or leaves it out if it is not usable.
fn decode_item(
    list: &mut dyn List,
    index: usize,
    reading: Reading,
    parser: &mut Parser<'_>,
    decoding: &mut Decoding,
) -> Result<(), Stopped> {
    let Some(value) = list.push() else { return parser.skip_value().map(drop) };
    let (checkpoint, skipped_items) = (decoding.checkpoint(), decoding.skipped_items);
    let expected = value.kind();
    let slot = Slot { value: &mut *value, name: "an item", reading: reading.of_items(expected) };
    let mut decoded = slot.decode(parser, decoding)?;
    if decoded == Decoded::Null && value.set_json(serde_json::Value::Null) {
        // Where any JSON is expected, null is an item like every other.
        decoded = Decoded::Value;
    } else if decoded == Decoded::Null {
        decoding.add_null_item(expected);
    }
    // Items of inner lists do not count for this list.
    decoding.skipped_items = skipped_items;
    decoding.bounds.count_item(value, decoded == Decoded::Value)?;
    if decoded != Decoded::Value && !decoding.is_strict() {
        list.pop();
        decoding.skipped_items += 1;
    }
    decoding.prefix_index_since(checkpoint, index);
    Ok(())
}

fn decode_map(
    map: &mut dyn Map,
    reading: Reading,
    parser: &mut Parser<'_>,
    decoding: &mut Decoding,
) -> Result<Decoded, Stopped> {
    while let Some(key) = parser.next_key()? {
        decoding.bounds.count_value()?;
        let checkpoint = decoding.checkpoint();
        if map.contains(&key) {
            decoding.add_duplicate(&key);
        }
        let value = map.entry(&key);
        let reading = reading.of_items(value.kind());
        let decoded = Slot { value, name: &key, reading }.decode(parser, decoding)?;
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
