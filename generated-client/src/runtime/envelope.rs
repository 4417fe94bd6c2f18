//! Reads an answer out of what stands around it, in the same pass.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::fill::{Fill, Filled, Key, Reading};
use super::operation::{Shape, Target};
use super::progress::Progress;
use super::repair::repaired;
use super::schema::Kind;
use super::value::{Object, Value, View};
use crate::drift::Drift;
use crate::page::PageMeta;

/// What was read beside the answer.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    pub(crate) api_id: Option<String>,
    /// An `error`, which may stand under a status of success.
    pub(crate) error: Option<serde_json::Value>,
    /// Where the answer is not as described.
    pub(crate) drift: Vec<Drift>,
    /// Of those, what makes the answer unusable: something is not there that always is.
    pub(crate) missing: Option<Drift>,
}

/// Reads a body into the places of an answer.
pub(crate) fn read(body: &[u8], shape: Shape, target: Target<'_>) -> Result<Envelope, serde_json::Error> {
    let (value, mut meta) = match target {
        Target::One(value) => (value, None),
        Target::Page(value, meta) => (value, Some(meta)),
    };
    let must_fill = meta.is_none() && has_always(value);
    // Some operations answer with a status alone, and some servers begin with a byte order mark.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    let first = read_once(body, shape, value, meta.as_deref_mut(), must_fill);
    let Err(error) = first else { return first };
    // The cold path: what JSON does not allow is blanked, and all is read again.
    value.clear();
    if let Some(meta) = meta.as_deref_mut() {
        *meta = PageMeta::empty();
    }
    match read_once(&repaired(body), shape, value, meta, must_fill) {
        Ok(mut envelope) => {
            envelope.drift.push(Drift::here(Kind::Json, Kind::Nothing));
            Ok(envelope)
        }
        // An answer that tells nothing needs not be understood: the status says that it was done.
        Err(_) if !must_fill => {
            let drift = vec![Drift::here(Kind::Json, Kind::Nothing)];
            Ok(Envelope { drift, ..Envelope::default() })
        }
        Err(_) => Err(error),
    }
}

fn read_once(
    body: &[u8],
    shape: Shape,
    value: &mut dyn Value,
    meta: Option<&mut PageMeta>,
    must_fill: bool,
) -> Result<Envelope, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let (mut envelope, mut reading) = (Envelope::default(), Reading::lenient());
    let place = match shape {
        Shape::Bare => Place::Here(value),
        Shape::Under(key) => Place::Under(key, value),
        Shape::List { key, total } => {
            reading.total = total;
            Place::Under(key, value)
        }
    };
    let layer = Layer { place, meta, envelope: &mut envelope, reading: &mut reading };
    let filled = layer.deserialize(&mut deserializer)?;
    deserializer.end()?;
    envelope.drift = reading.drift;
    if must_fill && filled != Filled::Yes {
        let decisive = envelope.drift.iter().rfind(|drift| drift.is_decisive()).or_else(|| envelope.drift.last());
        let missing = decisive.cloned();
        envelope.missing = Some(missing.unwrap_or_else(|| Drift::here(Kind::Object, Kind::Nothing)));
    }
    Ok(envelope)
}

fn has_always(value: &dyn Value) -> bool {
    matches!(value.view(), View::Object(object) if object.schema().fields.iter().any(|field| field.always))
}

/// An object in which the answer stands, or which is the answer.
struct Layer<'a> {
    place: Place<'a>,
    meta: Option<&'a mut PageMeta>,
    envelope: &'a mut Envelope,
    reading: &'a mut Reading,
}

enum Place<'a> {
    Here(&'a mut dyn Value),
    Under(&'static str, &'a mut dyn Value),
    /// Where the page lies; not the answer.
    Meta,
}

impl<'de> DeserializeSeed<'de> for Layer<'_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        match self.place {
            Place::Here(slot) if slot.kind() != Kind::Object => {
                Fill { slot, name: "the answer", also: None, reading: self.reading }.deserialize(deserializer)
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl Layer<'_> {
    fn mismatch<E>(self, found: Kind) -> Result<Filled, E> {
        self.reading.push(Drift::here(Kind::Object, found));
        Ok(Filled::No)
    }
}

impl<'de> Visitor<'de> for Layer<'_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Filled, E> {
        self.mismatch(Kind::Boolean)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Filled, E> {
        self.mismatch(Kind::Integer)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Filled, E> {
        self.mismatch(Kind::Integer)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Filled, E> {
        self.mismatch(Kind::Number)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Filled, E> {
        self.mismatch(Kind::Text)
    }

    fn visit_unit<E: Error>(self) -> Result<Filled, E> {
        match self.place {
            Place::Meta => Ok(Filled::Null),
            _ => self.mismatch(Kind::Null),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Filled, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        self.mismatch(Kind::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Filled, A::Error> {
        let Layer { place, meta, envelope, reading } = self;
        match place {
            Place::Here(value) => match value.object() {
                Some(object) => read_bare(object, entries, envelope, reading),
                None => Ok(Filled::No),
            },
            Place::Under(key, value) => read_under(key, value, meta, entries, envelope, reading),
            Place::Meta => match meta {
                Some(meta) => read_meta(meta, entries, reading),
                None => Ok(Filled::No),
            },
        }
    }
}

/// The answer's own fields stand beside those of the envelope.
fn read_bare<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    mut entries: A,
    envelope: &mut Envelope,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    let mut progress = Progress::new(object, reading);
    while let Some(key) = entries.next_key_seed(Key)? {
        match envelope.slot(&key).filter(|_| object.slot(&key).is_none()) {
            Some(slot) => fill_own(slot, &key, &mut entries, reading)?,
            None => progress.fill_entry(object, &key, &mut entries, reading)?,
        }
    }
    progress.finish(object, reading)
}

/// The answer stands under a key. Beside it stands where a page lies, either in `meta` or flat.
fn read_under<'de, A: MapAccess<'de>>(
    path: &'static str,
    value: &mut dyn Value,
    mut meta: Option<&mut PageMeta>,
    mut entries: A,
    envelope: &mut Envelope,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let mut around = meta.as_deref_mut().map(|meta| Progress::new(meta, reading));
    let mut filled = None;
    while let Some(key) = entries.next_key_seed(Key)? {
        if key == head {
            let before = reading.drift.len();
            let is = match rest {
                Some(rest) => {
                    let (place, meta) = (Place::Under(rest, &mut *value), meta.as_deref_mut());
                    let layer = Layer { place, meta, envelope: &mut *envelope, reading: &mut *reading };
                    entries.next_value_seed(layer)?
                }
                None => fill_from(&mut *value, head, &mut entries, reading)?,
            };
            reading.step_into(before, head);
            filled = Some(is);
        } else if let Some(slot) = envelope.slot(&key) {
            fill_own(slot, &key, &mut entries, reading)?;
        } else if let (Some(meta), Some(around)) = (meta.as_deref_mut(), &mut around) {
            match key.as_ref() {
                // An unusable `meta` does not undo what stands beside it.
                "meta" => {
                    let (before, meta) = (reading.drift.len(), Some(&mut *meta));
                    let layer = Layer { place: Place::Meta, meta, envelope: &mut *envelope, reading: &mut *reading };
                    entries.next_value_seed(layer)?;
                    reading.step_into(before, "meta");
                }
                key => around.fill_entry(meta, count_as(key, reading), &mut entries, reading)?,
            }
        } else {
            entries.next_value::<IgnoredAny>()?;
        }
    }
    Ok(found(filled, head, value.kind(), reading))
}

fn read_meta<'de, A: MapAccess<'de>>(
    meta: &mut PageMeta,
    mut entries: A,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    let mut progress = Progress::new(meta, reading);
    while let Some(key) = entries.next_key_seed(Key)? {
        progress.fill_entry(meta, count_as(&key, reading), &mut entries, reading)?;
    }
    progress.finish(meta, reading)
}

/// The spec's own name for the number of all items is one more name of `total_count`.
fn count_as<'k>(key: &'k str, reading: &Reading) -> &'k str {
    if reading.total == Some(key) { "total_count" } else { key }
}

/// Notes an answer that did not come. No list at all is how some servers write an empty one.
fn found(filled: Option<Filled>, key: &str, expected: Kind, reading: &mut Reading) -> Filled {
    match filled {
        Some(Filled::Null) if expected == Kind::List => Filled::Yes,
        Some(Filled::Null) => {
            reading.lacks(key, expected, Kind::Null);
            Filled::No
        }
        None => {
            reading.lacks(key, expected, Kind::Nothing);
            Filled::No
        }
        Some(filled) => filled,
    }
}

fn fill_from<'de, A: MapAccess<'de>>(
    slot: &mut dyn Value,
    key: &str,
    entries: &mut A,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    let filled = entries.next_value_seed(Fill { slot: &mut *slot, name: key, also: None, reading })?;
    if filled != Filled::Yes {
        slot.clear();
    }
    Ok(filled)
}

fn fill_own<'de, A: MapAccess<'de>>(
    slot: &mut dyn Value,
    key: &str,
    entries: &mut A,
    reading: &mut Reading,
) -> Result<(), A::Error> {
    let before = reading.drift.len();
    fill_from(slot, key, entries, reading)?;
    reading.step_into(before, key);
    Ok(())
}

impl Envelope {
    /// The place of a key that stands around every answer.
    fn slot(&mut self, key: &str) -> Option<&mut dyn Value> {
        match key {
            "api_id" => Some(&mut self.api_id),
            "error" => Some(&mut self.error),
            _ => None,
        }
    }
}
