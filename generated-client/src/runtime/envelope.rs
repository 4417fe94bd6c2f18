//! Reads an answer out of what stands around it, in the same pass.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::around::Around;
use super::entries::{Entries, Opened};
use super::fill::{Fill, Filled, Manner, Reading};
use super::operation::{ResponseShape, Target};
use super::progress::Progress;
use super::repair::{repaired, without_mark};
use super::schema::ValueKind;
use super::value::{List, Object, Value, View};
use crate::drift::{Drift, Notes};
use crate::page::PageMeta;
use crate::resources::API;
use crate::trace;

/// What was read beside the answer.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    pub(crate) api_id: Option<String>,
    /// An `error`, which may stand under a status of success.
    pub(crate) error: Option<serde_json::Value>,
    /// Where the answer is not as described.
    pub(crate) notes: Notes,
    /// Whether it only confirms the order, so that the answer itself need not be there.
    is_deferred: bool,
    /// What makes the answer unusable: something is not there that always is.
    pub(crate) missing: Option<Drift>,
    /// Or that it is no JSON, although something is always there.
    pub(crate) not_json: Option<serde_json::Error>,
}

/// Reads a body into the places of an answer.
pub(crate) fn read(body: &[u8], shape: ResponseShape, is_deferred: bool, mut target: Target<'_>) -> Envelope {
    // Some operations answer with a status alone.
    let body = without_mark(body);
    let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
    let mut envelope = Envelope { is_deferred, ..Envelope::default() };
    match read_once(body, shape, &mut target, &mut envelope) {
        Ok(()) => envelope,
        Err(error) => read_again(body, shape, &mut target, envelope, error),
    }
}

/// The cold path: what JSON does not allow is blanked, and all is read again.
#[cold]
fn read_again(
    body: &[u8],
    shape: ResponseShape,
    target: &mut Target<'_>,
    mut envelope: Envelope,
    error: serde_json::Error,
) -> Envelope {
    let known = names_in(shape, target);
    clear(target);
    if let Some(repaired) = repaired(body, &known) {
        envelope = Envelope { is_deferred: envelope.is_deferred, ..Envelope::default() };
        if read_once(&repaired.body, shape, target, &mut envelope).is_ok() {
            envelope.notes = repaired.notes.joined_by(envelope.notes);
            return envelope;
        }
        clear(target);
    }
    // What was read of it beside the answer, such as an `error`, still counts.
    envelope.notes = Notes::default();
    if let Target::One(value) = target
        && value.kind() == ValueKind::Json
    {
        // Of any JSON nothing is read before its end; what stands around it may come before it breaks off.
        let mut nothing: Option<String> = None;
        let _ = read_once(body, ResponseShape::Under(""), &mut Target::One(&mut nothing), &mut envelope);
    }
    match target {
        // An answer that owes nothing needs not be understood: the status says that it was done. Of one that may be
        // anything, nobody knows what it owes.
        Target::One(value) if !has_always(*value) && value.kind() != ValueKind::Json => {
            envelope.notes.add(Drift::here(value.kind(), ValueKind::NoJson));
        }
        // A list that cannot be read is not an empty list.
        _ => envelope.not_json = Some(error),
    }
    envelope
}

/// The names that the description of an answer has.
fn names_in(shape: ResponseShape, target: &mut Target<'_>) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::from(["api_id", "meta", API.refusal]);
    match shape {
        ResponseShape::Bare => {}
        ResponseShape::Under(key) | ResponseShape::List { key, .. } => names.extend(key.split('.')),
    }
    match target {
        Target::One(value) => collect_names(*value, 0, &mut names),
        Target::Page(value, meta) => {
            collect_names(*value, 0, &mut names);
            collect_names(*meta, 0, &mut names);
        }
    }
    names
}

/// Makes what is inside of a value, to see what it is called. An object may hold others of its type.
fn collect_names(value: &mut dyn Value, depth: usize, names: &mut BTreeSet<&'static str>) {
    const DEEPEST: usize = 6;
    if depth > DEEPEST {
        return;
    }
    match value.kind() {
        ValueKind::Object => {
            let Some(object) = value.object() else { return };
            for (index, field) in object.schema().fields.iter().enumerate() {
                names.insert(field.name);
                if let Some(slot) = object.slot(index) {
                    collect_names(slot, depth + 1, names);
                }
            }
        }
        ValueKind::List => {
            if let Some(item) = value.list().and_then(List::push) {
                collect_names(item, depth + 1, names);
            }
        }
        ValueKind::Map => {
            if let Some(map) = value.map() {
                collect_names(map.entry(""), depth + 1, names);
            }
        }
        _ => {}
    }
}

fn clear(target: &mut Target<'_>) {
    match target {
        Target::One(value) => value.clear(),
        Target::Page(value, meta) => {
            value.clear();
            **meta = PageMeta::empty();
        }
    }
}

fn read_once(
    body: &[u8],
    shape: ResponseShape,
    target: &mut Target<'_>,
    envelope: &mut Envelope,
) -> Result<(), serde_json::Error> {
    // Looked at once as a whole, which is faster than looking at every text of it. The cold path mends what is none.
    let text = std::str::from_utf8(body).map_err(Error::custom)?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut reading = Reading::new(Manner::Lenient);
    let (value, meta) = match target {
        Target::One(value) => (&mut **value, None),
        Target::Page(value, meta) => (&mut **value, Some(&mut **meta)),
    };
    let must_fill = meta.is_none() && has_always(value);
    let (place, total) = match shape {
        ResponseShape::Bare => (Place::Here(value), None),
        ResponseShape::Under(key) => (Place::Under(key, value), None),
        ResponseShape::List { key, total } => (Place::Under(key, value), total),
    };
    let mut around = meta.map(|meta| Around::new(meta, total));
    let layer = Layer { place, around: around.as_mut(), envelope, reading: &mut reading };
    let filled = layer.deserialize(&mut deserializer)?;
    deserializer.end()?;
    let cause = match filled {
        Filled::Yes => None,
        Filled::Null => {
            reading.notes.add(Drift::here(ValueKind::Object, ValueKind::Null));
            Some(Drift::here(ValueKind::Object, ValueKind::Null))
        }
        Filled::No(cause) => Some(cause),
    };
    if let Target::Page(_, meta) = target {
        meta.left_out = reading.left_out;
    }
    envelope.missing = cause.filter(|_| must_fill);
    envelope.notes = reading.notes;
    Ok(())
}

fn has_always(value: &dyn Value) -> bool {
    matches!(value.view(), View::Object(object) if object.schema().fields.iter().any(|field| field.always))
}

/// An object in which the answer stands, or which is the answer.
struct Layer<'a, 'm> {
    place: Place<'a>,
    around: Option<&'a mut Around<'m>>,
    envelope: &'a mut Envelope,
    reading: &'a mut Reading,
}

enum Place<'a> {
    Here(&'a mut dyn Value),
    Under(&'static str, &'a mut dyn Value),
    /// Where the page lies; not the answer.
    Meta,
}

impl<'de> DeserializeSeed<'de> for Layer<'_, '_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        match self.place {
            Place::Here(slot) if slot.kind() != ValueKind::Object => {
                let fill =
                    Fill { slot: &mut *slot, name: "the answer", also: None, delimiter: None, reading: self.reading };
                let filled = fill.deserialize(deserializer)?;
                self.envelope.look_into(slot.view());
                Ok(filled)
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl Layer<'_, '_> {
    fn mismatch<E>(self, found: ValueKind) -> Result<Filled, E> {
        self.reading.notes.add(Drift::here(ValueKind::Object, found));
        Ok(Filled::No(Drift::here(ValueKind::Object, found)))
    }
}

impl<'de> Visitor<'de> for Layer<'_, '_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Filled, E> {
        self.mismatch(ValueKind::Boolean)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Filled, E> {
        self.mismatch(ValueKind::Integer)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Filled, E> {
        self.mismatch(ValueKind::Integer)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Filled, E> {
        self.mismatch(ValueKind::Number)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Filled, E> {
        self.mismatch(ValueKind::Text)
    }

    fn visit_unit<E: Error>(self) -> Result<Filled, E> {
        Ok(Filled::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Filled, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        self.mismatch(ValueKind::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Filled, A::Error> {
        let mut entries = match Entries::open(entries)? {
            Opened::Number(_) => return self.mismatch(ValueKind::Number),
            Opened::Object(entries) => entries,
        };
        let Layer { place, around, envelope, reading } = self;
        match (place, around) {
            (Place::Here(value), _) => match value.object() {
                Some(object) => read_bare(object, &mut entries, envelope, reading),
                None => entries.skip().map(|()| Filled::Yes),
            },
            (Place::Under(key, value), around) => {
                read_under(key, value, Beside { around, envelope, reading }, &mut entries)
            }
            (Place::Meta, Some(around)) => {
                while let Some(key) = entries.next_key()? {
                    around.fill_entry(&key, &mut entries, reading)?;
                }
                Ok(Filled::Yes)
            }
            (Place::Meta, None) => entries.skip().map(|()| Filled::Yes),
        }
    }
}

/// The answer's own fields stand beside those of the envelope.
fn read_bare<'de, A: MapAccess<'de>>(
    object: &mut dyn Object,
    entries: &mut Entries<'de, A>,
    envelope: &mut Envelope,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    let mut progress = Progress::new(object);
    while let Some(key) = entries.next_key()? {
        match envelope.slot(&key).filter(|_| object.schema().position(&key).is_none()) {
            Some(slot) => fill_own(slot, &key, entries, reading)?,
            None => progress.fill_entry(object, &key, entries, reading)?,
        }
    }
    progress.finish(object, reading)
}

/// What is read while an answer is looked for.
struct Beside<'a, 'm> {
    around: Option<&'a mut Around<'m>>,
    envelope: &'a mut Envelope,
    reading: &'a mut Reading,
}

impl<'m> Beside<'_, 'm> {
    fn layer<'b>(&'b mut self, place: Place<'b>) -> Layer<'b, 'm> {
        Layer { place, around: self.around.as_deref_mut(), envelope: self.envelope, reading: self.reading }
    }
}

/// The answer stands under a key. Beside it stands where a page lies, either in `meta` or flat.
fn read_under<'de, A: MapAccess<'de>>(
    path: &'static str,
    value: &mut dyn Value,
    mut beside: Beside<'_, '_>,
    entries: &mut Entries<'de, A>,
) -> Result<Filled, A::Error> {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let mut filled = None;
    while let Some(key) = entries.next_key()? {
        if key == head {
            let mark = beside.reading.notes.mark();
            let is = match rest {
                Some(rest) => entries.value(beside.layer(Place::Under(rest, &mut *value)))?,
                None => {
                    // Of a list that comes twice, the last counts.
                    beside.reading.left_out = 0;
                    fill_from(&mut *value, head, entries, beside.reading)?
                }
            };
            beside.reading.notes.step_into(mark, head);
            filled = Some(is);
        } else if let Some(slot) = beside.envelope.slot(&key) {
            fill_own(slot, &key, entries, beside.reading)?;
        } else if key == "meta" && beside.around.is_some() {
            let mark = beside.reading.notes.mark();
            entries.value(beside.layer(Place::Meta))?;
            beside.reading.notes.step_into(mark, "meta");
        } else if let Some(around) = beside.around.as_deref_mut() {
            around.fill_entry(&key, entries, beside.reading)?;
        } else {
            trace::unknown_field("the answer", &key);
            entries.skip_value()?;
        }
    }
    if filled.is_none() && beside.envelope.is_deferred {
        return Ok(Filled::Yes);
    }
    Ok(found(filled, head, value.kind(), beside.reading))
}

/// Notes an answer that did not come. No list at all is how some servers write an empty one.
fn found(filled: Option<Filled>, key: &str, expected: ValueKind, reading: &mut Reading) -> Filled {
    match filled {
        Some(Filled::Yes) => Filled::Yes,
        Some(Filled::Null) if expected == ValueKind::List => Filled::Yes,
        Some(Filled::Null) => Filled::No(reading.note(key, expected, ValueKind::Null)),
        Some(Filled::No(cause)) => Filled::No(cause.under(key)),
        None => Filled::No(reading.note(key, expected, ValueKind::Nothing)),
    }
}

fn fill_from<'de, A: MapAccess<'de>>(
    slot: &mut dyn Value,
    key: &str,
    entries: &mut Entries<'de, A>,
    reading: &mut Reading,
) -> Result<Filled, A::Error> {
    let filled = entries.value(Fill { slot: &mut *slot, name: key, also: None, delimiter: None, reading })?;
    if filled != Filled::Yes {
        slot.clear();
    }
    Ok(filled)
}

fn fill_own<'de, A: MapAccess<'de>>(
    slot: &mut dyn Value,
    key: &str,
    entries: &mut Entries<'de, A>,
    reading: &mut Reading,
) -> Result<(), A::Error> {
    let mark = reading.notes.mark();
    fill_from(slot, key, entries, reading)?;
    reading.notes.step_into(mark, key);
    Ok(())
}

impl Envelope {
    /// Where the answer is any JSON, what stands around others stands in it.
    fn look_into(&mut self, view: View<'_>) {
        if let View::Json(json) = view {
            self.api_id = json.get("api_id").and_then(serde_json::Value::as_str).map(str::to_owned);
            self.error = json.get(API.refusal).cloned();
        }
    }

    /// The place of a key that stands around every answer.
    fn slot(&mut self, key: &str) -> Option<&mut dyn Value> {
        match key {
            "api_id" => Some(&mut self.api_id),
            _ if key == API.refusal => Some(&mut self.error),
            _ => None,
        }
    }
}
