//! The fields of one object, as they come in.

use std::borrow::Cow;

use serde::de::{Error, IgnoredAny, MapAccess};

use super::fill::{Fill, Filled, Key, Reading, refuse_second};
use super::nearest::nearest;
use super::schema::{Kind, Schema};
use super::value::Object;
use crate::drift::Drift;

/// Fills an object from its entries, of which the first key has been read.
pub(crate) fn fill_object<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    mut next: Option<Cow<'de, str>>,
    mut entries: A,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    let mut progress = Progress::new(object, reading);
    while let Some(key) = next {
        progress.fill_entry(object, &key, &mut entries, reading)?;
        next = entries.next_key_seed(Key)?;
    }
    progress.finish(object, reading)
}

/// Which fields of an object have come in.
pub(crate) struct Progress {
    schema: &'static Schema,
    seen: Seen,
    /// Where the notes of this object begin.
    notes: usize,
    /// The position after that of the last key: keys mostly come in the order of the schema.
    next: usize,
}

impl Progress {
    pub(crate) fn new(object: &dyn Object, reading: &Reading) -> Self {
        Self { schema: object.schema(), seen: Seen::default(), notes: reading.drift.len(), next: 0 }
    }

    /// Reads the value of a key.
    pub(crate) fn fill_entry<'de, A: MapAccess<'de>>(
        &mut self,
        object: &mut dyn Object,
        key: &str,
        entries: &mut A,
        reading: &mut Reading,
    ) -> Result<(), A::Error> {
        let index = self.position(key);
        let place = index.and_then(|index| Some((index, self.schema.fields.get(index)?, object.slot(key)?)));
        let Some((index, field, slot)) = place else {
            if reading.strict {
                return Err(unknown(self.schema, key));
            }
            return entries.next_value::<IgnoredAny>().map(drop);
        };
        if self.seen.has(index) {
            refuse_second(reading, true, key)?;
            slot.clear();
        }
        let before = reading.drift.len();
        let fill = Fill { slot: &mut *slot, name: key, also: field.also, reading: &mut *reading };
        let filled = entries.next_value_seed(fill)?;
        // A value that does not fit leaves a simple place as it was; what another key put there stays.
        if filled == Filled::No && matches!(slot.kind(), Kind::Object | Kind::List | Kind::Map) {
            slot.clear();
        }
        self.seen.set(index, filled == Filled::Yes || reading.strict);
        reading.step_into(before, key);
        Ok(())
    }

    fn position(&mut self, key: &str) -> Option<usize> {
        let is_next = self.schema.fields.get(self.next).is_some_and(|field| field.name == key);
        let index = if is_next { Some(self.next) } else { self.schema.position(key) };
        self.next = index.map_or(self.next, |index| index + 1);
        index
    }

    /// Looks for fields that must be there and did not come. The note about one of them is the last.
    pub(crate) fn finish<E: Error>(self, object: &mut dyn Object, reading: &mut Reading) -> Result<Filled, E> {
        let mut filled = Filled::Yes;
        for (index, field) in self.schema.fields.iter().enumerate() {
            if !field.always || self.seen.has(index) {
                continue;
            }
            if reading.strict {
                return Err(E::custom(format_args!("{} is missing", field.name)));
            }
            // That a value of the wrong kind came has been noted already.
            let is_this = |drift: &Drift| drift.pointer().strip_prefix('/') == Some(field.name);
            match reading.drift.iter().skip(self.notes).position(is_this) {
                Some(index) => {
                    let known = reading.drift.remove(self.notes + index);
                    reading.drift.push(known.decisive());
                }
                None => {
                    let expected = object.slot(field.name).map_or(Kind::Json, |slot| slot.kind());
                    reading.lacks(field.name, expected, Kind::Nothing);
                }
            }
            filled = Filled::No;
        }
        Ok(filled)
    }
}

fn unknown<E: Error>(schema: &Schema, key: &str) -> E {
    let known = schema.fields.iter().map(|field| field.name);
    let names: Vec<_> = known.clone().collect();
    let meant = nearest(key, known).map(|name| format!("did you mean {name}? "));
    let (name, meant, names) = (schema.name, meant.unwrap_or_default(), names.join(", "));
    E::custom(format_args!("{key} is no field of {name}; {meant}known are: {names}"))
}

/// A set of positions; 128 of them without allocating.
#[derive(Default)]
struct Seen {
    first: u128,
    more: Vec<bool>,
}

impl Seen {
    const INLINE: usize = 128;

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
