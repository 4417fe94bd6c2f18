//! Decodes the fields of an object.

use super::decoding::{Checkpoint, Decoding};
use super::mistakes::Mistakes;
use super::parser::{Parser, Stopped};
use super::value::{Decoded, Slot};
use crate::drift::Drift;
use crate::schema::{Field, Object, Schema, ValueKind, nearest};
use crate::trace;

/// Decodes the rest of an object that has been entered.
pub(crate) fn decode_object(
    object: &mut dyn Object,
    parser: &mut Parser<'_>,
    decoding: &mut Decoding,
) -> Result<Decoded, Stopped> {
    let (mut decoder, converted) = (ObjectDecoder::new(object), decoding.converted);
    loop {
        match decoder.expected(decoding).filter(|(_, field)| field.has_plain_name && parser.take_key(field.name)) {
            Some((index, field)) => decoder.decode_field(object, index, field, parser, decoding)?,
            None => match parser.next_key()? {
                Some(key) => decoder.decode_entry(object, &key, parser, decoding)?,
                None => break,
            },
        }
    }
    // The fields of an inner object do not count for the field that contains it.
    decoding.converted = converted;
    Ok(decoder.finish(object, decoding))
}

/// Decodes an object and records which of its fields were decoded.
pub(crate) struct ObjectDecoder {
    schema: &'static Schema,
    seen: Seen,
    /// The indices of the fields that every answer has and that have an invalid value, and what is wrong with it.
    invalid: Vec<(usize, Drift)>,
    /// The number of the field of the last key, counted from 1. 0 if there was none.
    last: usize,
    /// The positions of the mistakes about unknown keys, with the fields that were probably meant.
    meant: Vec<(usize, &'static str)>,
}

impl ObjectDecoder {
    pub(crate) fn new(object: &dyn Object) -> Self {
        Self { schema: object.schema(), seen: Seen::default(), invalid: Vec::new(), last: 0, meant: Vec::new() }
    }

    /// The field whose key probably follows.
    fn expected(&self, decoding: &Decoding) -> Option<(usize, &'static Field)> {
        let index = decoding.key_orders.after(self.schema, self.last);
        self.schema.fields.get(index).map(|field| (index, field))
    }

    /// Decodes the value of a key.
    pub(crate) fn decode_entry(
        &mut self,
        object: &mut dyn Object,
        key: &str,
        parser: &mut Parser<'_>,
        decoding: &mut Decoding,
    ) -> Result<(), Stopped> {
        let position = self.schema.position(key);
        if let Some((index, field)) = position.and_then(|index| Some((index, self.schema.fields.get(index)?))) {
            decoding.key_orders.learn(self.schema, self.last, index);
            return self.decode_field(object, index, field, parser, decoding);
        }
        decoding.bounds.count_value()?;
        self.report_unknown(key, decoding);
        parser.skip_value().map(drop)
    }

    fn decode_field(
        &mut self,
        object: &mut dyn Object,
        index: usize,
        field: &'static Field,
        parser: &mut Parser<'_>,
        decoding: &mut Decoding,
    ) -> Result<(), Stopped> {
        decoding.bounds.count_value()?;
        self.last = index + 1;
        let Some(value) = object.get_mut(index) else { return parser.skip_value().map(drop) };
        let before = decoding.checkpoint();
        if self.seen.has(index) {
            decoding.add_duplicate(field.name);
            value.clear();
        }
        let slot = Slot { value: &mut *value, name: field.name, reading: field.reading() };
        let decoded = slot.decode(parser, decoding)?;
        self.seen.set(index, matches!(decoded, Decoded::Value) || decoding.is_strict());
        if !matches!(decoded, Decoded::Value) || decoding.checkpoint() != before {
            self.settle(object, index, field, decoded, before, decoding);
        }
        Ok(())
    }

    /// Deals with a value that is null, or in which something differs.
    fn settle(
        &mut self,
        object: &mut dyn Object,
        index: usize,
        field: &'static Field,
        decoded: Decoded,
        before: Checkpoint,
        decoding: &mut Decoding,
    ) {
        if let Decoded::Invalid(cause) = &decoded
            && field.is_always()
            && decoding.drift.checkpoint() == before.drift
        {
            // A second kind that cannot be converted is drift here, because the object lacks the value.
            decoding.drift.add(cause.clone());
        }
        if decoded == Decoded::Null && field.is_always() && decoding.is_strict() {
            decoding.mistakes.add("required", || missing(field.name));
        }
        decoding.prefix_since(before, field.name);
        let Some(value) = object.get_mut(index) else { return };
        match decoded {
            Decoded::Value => {}
            // Two keys may belong to the same field, as in `PageMeta`. Null does not clear the value of the other key.
            Decoded::Null => value.set_null(),
            Decoded::Invalid(cause) => {
                // Only these may have been decoded in part.
                if matches!(value.kind(), ValueKind::Object | ValueKind::List | ValueKind::Map) {
                    value.clear();
                }
                if field.is_always() {
                    self.invalid.retain(|(of, _)| *of != index);
                    self.invalid.push((index, cause.in_key(field.name)));
                }
            }
        }
        let is_converted = decoding.is_strict() && decoding.converted > before.converted;
        if let Some(second_forms) = object.second_forms_mut().filter(|_| is_converted) {
            second_forms.insert(index);
        }
    }

    fn report_unknown(&mut self, key: &str, decoding: &mut Decoding) {
        if decoding.is_strict() {
            let (checkpoint, position) = (decoding.checkpoint(), decoding.mistakes.checkpoint());
            let schema = self.schema;
            // A message that is not kept needs no suggestion: data can have any number of unknown keys.
            let mut meant = None;
            decoding.mistakes.add("unknown", || {
                meant = nearest(key, schema.fields.iter().map(|field| field.name));
                unknown(schema, key, meant)
            });
            decoding.prefix_since(checkpoint, key);
            self.meant.extend(meant.map(|name| (position, name)));
        } else {
            trace::unknown_field(self.schema.name, key);
        }
    }

    /// Looks for fields that every answer has and that have no value. The first of them makes the object invalid.
    pub(crate) fn finish(self, object: &mut dyn Object, decoding: &mut Decoding) -> Decoded {
        for (position, name) in &self.meant {
            if self.schema.position(name).is_some_and(|index| !self.seen.has(index)) {
                decoding.mistakes.explain(*position, name);
            }
        }
        let mut first = None;
        for (index, field) in self.schema.fields.iter().enumerate() {
            if !field.is_always() || self.seen.has(index) {
                continue;
            }
            if decoding.is_strict() {
                let checkpoint = decoding.checkpoint();
                decoding.mistakes.add("required", || missing(field.name));
                decoding.prefix_since(checkpoint, field.name);
                continue;
            }
            // A value of the wrong kind has already been reported.
            let cause = match self.invalid.iter().find(|(of, _)| *of == index) {
                Some((_, cause)) => cause.clone(),
                None => {
                    let expected = object.get_mut(index).map_or(ValueKind::Json, |slot| slot.kind());
                    decoding.add_missing(field.name, expected, ValueKind::Nothing)
                }
            };
            first.get_or_insert(cause);
        }
        first.map_or(Decoded::Value, Decoded::Invalid)
    }
}

fn missing(name: &str) -> String {
    format!("{name} is missing")
}

fn unknown(schema: &Schema, key: &str, meant: Option<&str>) -> String {
    let known = || schema.fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
    let help = meant.map_or_else(|| format!("known fields: {}", known()), |name| format!("did you mean {name}?"));
    format!("{} is not a field of {}; {help}", Mistakes::shown(key), schema.name)
}

/// A set of field indices. The first 64 indices need no allocation.
#[derive(Default)]
struct Seen {
    first: u64,
    more: Vec<bool>,
}

impl Seen {
    const INLINE: usize = 64;

    fn has(&self, index: usize) -> bool {
        match index.checked_sub(Self::INLINE) {
            None => self.first & (1 << index) != 0,
            Some(index) => self.more.get(index).copied().unwrap_or_default(),
        }
    }

    fn set(&mut self, index: usize, is_seen: bool) {
        let Some(index) = index.checked_sub(Self::INLINE) else {
            let bit = 1 << index;
            self.first = if is_seen { self.first | bit } else { self.first & !bit };
            return;
        };
        if self.more.len() <= index {
            self.more.resize(index + 1, false);
        }
        if let Some(seen) = self.more.get_mut(index) {
            *seen = is_seen;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::decode::decoding::Strictness;
    use crate::codec::decode::parser::Token;

    crate::macros::object! {
        struct Odd {
            pub pair: Option<i64> as "a\":1,\"b" => 0: Answer,
            pub path: Option<i64> as "back\\slash" => 1: Answer,
            pub line: Option<i64> as "new\nline" => 2: Answer,
        }
    }

    fn decode(text: &str) -> Result<Odd, Stopped> {
        let (mut odd, mut parser) = (<Odd as Object>::empty(), Parser::new(text));
        assert_eq!(parser.next_value(), Ok(Token::Object));
        decode_object(&mut odd, &mut parser, &mut Decoding::new(Strictness::Lenient))?;
        parser.end()?;
        Ok(odd)
    }

    #[test]
    fn a_name_that_json_escapes_is_found_and_never_compared_with_the_raw_text() {
        let text = serde_json::json!({ "a\":1,\"b": 1, "back\\slash": 2, "new\nline": 3 }).to_string();
        let odd = decode(&text).expect("JSON");
        assert_eq!((odd.pair, odd.path, odd.line), (Some(1), Some(2), Some(3)));
        assert_eq!(decode(r#"{"a":1,"b":2}"#).expect("JSON").pair, None);
        assert!(decode(r#"{"back\slash":2}"#).is_err());
        assert!(decode("{\"new\nline\":3}").is_err());
    }
}
