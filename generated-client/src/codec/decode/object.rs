//! Decodes the fields of an object.

use serde::de::{Error, MapAccess};

use super::decoding::Decoding;
use super::map_access::Entries;
use super::mistakes::Mistakes;
use super::value::{Decoded, ValueSeed};
use crate::drift::Drift;
use crate::schema::{Object, Schema, ValueKind, nearest};
use crate::trace;

pub(crate) fn decode_object<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    entries: &mut Entries<'de, A>,
    decoding: &mut Decoding,
) -> Result<Decoded, A::Error> {
    let (mut decoder, converted) = (ObjectDecoder::new(object), decoding.converted);
    while let Some(key) = entries.next_key()? {
        decoder.decode_entry(object, &key, entries, decoding)?;
    }
    // The fields of an inner object do not count for the field that contains it.
    decoding.converted = converted;
    decoder.finish(object, decoding)
}

/// Decodes an object and records which of its fields were decoded.
pub(crate) struct ObjectDecoder {
    schema: &'static Schema,
    seen: Seen,
    /// The indices of the fields that every answer has and that have an invalid value, and what is wrong with it.
    invalid: Vec<(usize, Drift)>,
    /// The index after that of the last key. Keys mostly come in the order of the schema.
    next: usize,
    /// The positions of the mistakes about unknown keys, with the fields that were probably meant.
    meant: Vec<(usize, &'static str)>,
}

impl ObjectDecoder {
    pub(crate) fn new(object: &dyn Object) -> Self {
        Self { schema: object.schema(), seen: Seen::default(), invalid: Vec::new(), next: 0, meant: Vec::new() }
    }

    /// Decodes the value of a key.
    pub(crate) fn decode_entry<'de, A: MapAccess<'de>>(
        &mut self,
        object: &mut dyn Object,
        key: &str,
        entries: &mut Entries<'de, A>,
        decoding: &mut Decoding,
    ) -> Result<(), A::Error> {
        decoding.bounds.count_value().map_err(Error::custom)?;
        let index = self.position(key);
        let found = index.and_then(|index| Some((index, self.schema.fields.get(index)?, object.get_mut(index)?)));
        let Some((index, field, slot)) = found else {
            self.report_unknown(key, decoding);
            return entries.skip_value();
        };
        let checkpoint = decoding.checkpoint();
        if self.seen.has(index) {
            decoding.add_duplicate(key);
            slot.clear();
        }
        let converted = decoding.converted;
        let seed = ValueSeed { slot: &mut *slot, name: key, reading: field.reading, decoding: &mut *decoding };
        let decoded = entries.value(seed)?;
        let is_converted = decoding.is_strict() && decoding.converted > converted;
        if let Decoded::Invalid(cause) = &decoded
            && field.always
            && decoding.drift.checkpoint() == checkpoint.drift
        {
            // A second kind that cannot be converted is drift here, because the object lacks the value.
            decoding.drift.add(cause.clone());
        }
        if decoded == Decoded::Null && field.always && decoding.is_strict() {
            decoding.mistakes.add("required", || missing(key));
        }
        decoding.prefix_since(checkpoint, key);
        self.seen.set(index, decoded == Decoded::Value || decoding.is_strict());
        match decoded {
            Decoded::Value => {}
            // Two keys may belong to the same field, as in `PageMeta`. Null does not clear the value of the other key.
            Decoded::Null => slot.set_null(),
            Decoded::Invalid(cause) => {
                // Only these may have been decoded in part.
                if matches!(slot.kind(), ValueKind::Object | ValueKind::List | ValueKind::Map) {
                    slot.clear();
                }
                if field.always {
                    self.invalid.retain(|(of, _)| *of != index);
                    self.invalid.push((index, cause.in_key(key)));
                }
            }
        }
        if let Some(second_forms) = object.second_forms_mut().filter(|_| is_converted) {
            second_forms.insert(index);
        }
        Ok(())
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

    fn position(&mut self, key: &str) -> Option<usize> {
        let is_next = self.schema.fields.get(self.next).is_some_and(|field| field.name == key);
        let index = if is_next { Some(self.next) } else { self.schema.position(key) };
        self.next = index.map_or(self.next, |index| index + 1);
        index
    }

    /// Looks for fields that every answer has and that have no value. The first of them makes the object invalid.
    pub(crate) fn finish<E: Error>(self, object: &mut dyn Object, decoding: &mut Decoding) -> Result<Decoded, E> {
        for (position, name) in &self.meant {
            if self.schema.position(name).is_some_and(|index| !self.seen.has(index)) {
                decoding.mistakes.explain(*position, name);
            }
        }
        let mut first = None;
        for (index, field) in self.schema.fields.iter().enumerate() {
            if !field.always || self.seen.has(index) {
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
        Ok(first.map_or(Decoded::Value, Decoded::Invalid))
    }
}

fn missing(name: &str) -> String {
    format!("{name} is missing")
}

fn unknown(schema: &Schema, key: &str, meant: Option<&str>) -> String {
    let names: Vec<_> = schema.fields.iter().map(|field| field.name).collect();
    let hint = meant.map(|name| format!("did you mean {name}? "));
    let (key, name) = (Mistakes::shown(key), schema.name);
    format!("{key} is not a field of {name}; {}known fields: {}", hint.unwrap_or_default(), names.join(", "))
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
