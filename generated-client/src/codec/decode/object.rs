//! The fields of one object, as they come in.

use serde::de::{Error, MapAccess};

use super::map_access::Entries;
use super::value::refuse_duplicate;
use super::value::{Decoding, Filled, ValueSeed};
use crate::drift::Drift;
use crate::schema::{Object, Schema, ValueKind, nearest};
use crate::trace;

pub(crate) fn fill_object<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    entries: &mut Entries<'de, A>,
    decoding: &mut Decoding,
) -> Result<Filled, A::Error> {
    let mut progress = ObjectDecoder::new(object);
    while let Some(key) = entries.next_key()? {
        progress.fill_entry(object, &key, entries, decoding)?;
    }
    progress.finish(object, decoding)
}

/// Which fields of an object have come in.
pub(crate) struct ObjectDecoder {
    schema: &'static Schema,
    seen: Seen,
    /// Why what came for a field that must be there is of no use.
    causes: Vec<(usize, Drift)>,
    /// The position after that of the last key: keys mostly come in the order of the schema.
    next: usize,
}

impl ObjectDecoder {
    pub(crate) fn new(object: &dyn Object) -> Self {
        Self { schema: object.schema(), seen: Seen::default(), causes: Vec::new(), next: 0 }
    }

    /// Reads the value of a key.
    pub(crate) fn fill_entry<'de, A: MapAccess<'de>>(
        &mut self,
        object: &mut dyn Object,
        key: &str,
        entries: &mut Entries<'de, A>,
        decoding: &mut Decoding,
    ) -> Result<(), A::Error> {
        let index = self.position(key);
        let place = index.and_then(|index| Some((index, self.schema.fields.get(index)?, object.slot(index)?)));
        let Some((index, field, slot)) = place else {
            if decoding.is_strict() {
                return Err(unknown(self.schema, key));
            }
            trace::unknown_field(self.schema.name, key);
            return entries.skip_value();
        };
        if self.seen.has(index) {
            refuse_duplicate(decoding, true, key)?;
            slot.clear();
        }
        let mark = decoding.drift.mark();
        // A second kind does not do where the first must come, nor in what a caller writes.
        let also = field.also.filter(|_| !field.always && !decoding.is_strict());
        let fill =
            ValueSeed { slot: &mut *slot, name: key, also, delimiter: field.delimiter, decoding: &mut *decoding };
        let filled = entries.value(fill)?;
        decoding.drift.step_into(mark, key);
        self.seen.set(index, filled == Filled::Yes || decoding.is_strict());
        match filled {
            Filled::Yes => {}
            Filled::Null if field.always && decoding.is_strict() => return Err(missing(key)),
            // Another key may have filled this place; null takes nothing from it.
            Filled::Null => {}
            Filled::No(cause) => {
                // Only these can be half filled.
                if matches!(slot.kind(), ValueKind::Object | ValueKind::List | ValueKind::Map) {
                    slot.clear();
                }
                if field.always {
                    self.causes.retain(|(of, _)| *of != index);
                    self.causes.push((index, cause.under(key)));
                }
            }
        }
        Ok(())
    }

    fn position(&mut self, key: &str) -> Option<usize> {
        let is_next = self.schema.fields.get(self.next).is_some_and(|field| field.name == key);
        let index = if is_next { Some(self.next) } else { self.schema.position(key) };
        self.next = index.map_or(self.next, |index| index + 1);
        index
    }

    /// Looks for fields that must be there and did not come. The first of them is the cause.
    pub(crate) fn finish<E: Error>(self, object: &mut dyn Object, decoding: &mut Decoding) -> Result<Filled, E> {
        let mut first = None;
        for (index, field) in self.schema.fields.iter().enumerate() {
            if !field.always || self.seen.has(index) {
                continue;
            }
            if decoding.is_strict() {
                return Err(missing(field.name));
            }
            // That a value of the wrong kind came has been noted already.
            let cause = match self.causes.iter().find(|(of, _)| *of == index) {
                Some((_, cause)) => cause.clone(),
                None => {
                    let expected = object.slot(index).map_or(ValueKind::Json, |slot| slot.kind());
                    decoding.note_missing(field.name, expected, ValueKind::Nothing)
                }
            };
            first.get_or_insert(cause);
        }
        Ok(first.map_or(Filled::Yes, Filled::No))
    }
}

fn missing<E: Error>(name: &str) -> E {
    E::custom(format_args!("{name} is missing"))
}

fn unknown<E: Error>(schema: &Schema, key: &str) -> E {
    let known = schema.fields.iter().map(|field| field.name);
    let names: Vec<_> = known.clone().collect();
    let meant = nearest(key, known).map(|name| format!("did you mean {name}? "));
    let (name, meant, names) = (schema.name, meant.unwrap_or_default(), names.join(", "));
    E::custom(format_args!("{key} is no field of {name}; {meant}known are: {names}"))
}

/// A set of positions; 64 of them without allocating.
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
