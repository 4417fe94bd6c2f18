//! Decodes the metadata of a page, which is beside the list.

use serde::de::{Error, MapAccess};

use super::map_access::Entries;
use super::object::ObjectDecoder;
use super::page::{ListEnd, PageMeta};
use super::value::{Decoded, Decoding, ValueSeed};
use crate::drift::Drift;
use crate::schema::{Object, Reading, Value, ValueKind};

/// Decodes the metadata of a page. The answer may contain it in several places and under several keys.
pub(crate) struct PageMetaReader<'a> {
    meta: &'a mut PageMeta,
    /// The keys of the total in this operation, the preferred one first.
    total: &'static [&'static str],
    /// The rank of the key of the current total.
    rank: usize,
    beside: Option<BesideReader<'a>>,
}

/// Decodes the object whose fields are beside the list.
struct BesideReader<'a> {
    object: &'a mut dyn Object,
    decoder: ObjectDecoder,
}

impl<'a> PageMetaReader<'a> {
    pub(crate) fn new(
        meta: &'a mut PageMeta,
        total: &'static [&'static str],
        beside: Option<&'a mut dyn Value>,
    ) -> Self {
        let beside = beside.and_then(Value::as_object_mut);
        let beside = beside.map(|object| BesideReader { decoder: ObjectDecoder::new(object), object });
        Self { meta, total, rank: 0, beside }
    }

    /// Decodes the value of a key beside the list. Returns whether the key belongs to the object there.
    pub(crate) fn decode_beside<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        entries: &mut Entries<'de, A>,
        decoding: &mut Decoding,
    ) -> Result<bool, A::Error> {
        let beside = self.beside.as_mut().filter(|beside| beside.object.schema().position(key).is_some());
        let Some(BesideReader { object, decoder }) = beside else { return Ok(false) };
        decoder.decode_entry(*object, key, entries, decoding)?;
        Ok(true)
    }

    /// Looks for fields that every answer has beside the list with this key. Returns the first that is missing.
    pub(crate) fn finish_beside<E: Error>(self, key: &str, decoding: &mut Decoding) -> Result<Option<Drift>, E> {
        let Some(BesideReader { object, decoder }) = self.beside else { return Ok(None) };
        let checkpoint = decoding.drift.checkpoint();
        let decoded = decoder.finish(object, decoding)?;
        let parents = key.rsplit('.').skip(1);
        parents.clone().for_each(|parent| decoding.drift.prefix_since(checkpoint, parent));
        Ok(match decoded {
            Decoded::Invalid(cause) => Some(parents.fold(cause, Drift::in_key)),
            Decoded::Value | Decoded::Null => None,
        })
    }

    /// Decodes the value of a key. An absent value does not replace an earlier one.
    pub(crate) fn decode_entry<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        entries: &mut Entries<'de, A>,
        decoding: &mut Decoding,
    ) -> Result<(), A::Error> {
        if key == "next" {
            return self.decode_next(entries, decoding);
        }
        let (name, rank) = match (self.total.iter().position(|total| *total == key), key) {
            (Some(index), _) => ("total_count", 2 + self.total.len() - index),
            (None, "total_count") => (key, 2),
            (None, _) => (key, 1),
        };
        let mut meta = <PageMeta as Object>::empty();
        let schema = meta.schema();
        let found = schema.position(name).and_then(|index| Some((schema.fields.get(index)?, meta.get_mut(index)?)));
        let Some((field, slot)) = found else { return entries.skip_value() };
        let checkpoint = decoding.drift.checkpoint();
        let decoded = entries.value(ValueSeed { slot, name: key, reading: field.reading, decoding: &mut *decoding })?;
        decoding.drift.prefix_since(checkpoint, key);
        if decoded == Decoded::Value {
            self.merge(meta, rank);
        }
        Ok(())
    }

    /// Decodes the link to the next page. Its absence has several forms, which say different things.
    fn decode_next<'de, A: MapAccess<'de>>(
        &mut self,
        entries: &mut Entries<'de, A>,
        decoding: &mut Decoding,
    ) -> Result<(), A::Error> {
        let mut next: Option<serde_json::Value> = None;
        entries.value(ValueSeed { slot: &mut next, name: "next", reading: Reading::EXACT, decoding })?;
        let end = match next {
            None => ListEnd::Reached,
            Some(serde_json::Value::String(link)) if !link.trim().is_empty() => {
                self.meta.next = Some(link);
                return Ok(());
            }
            Some(serde_json::Value::String(_) | serde_json::Value::Bool(false)) => ListEnd::Reached,
            Some(serde_json::Value::Bool(true)) => ListEnd::NotReached,
            Some(other) => {
                decoding.drift.add(Drift::new(ValueKind::Text, kind_of(&other)).in_key("next"));
                ListEnd::NotReached
            }
        };
        self.meta.end = self.meta.end.max(end);
        Ok(())
    }

    fn merge(&mut self, other: PageMeta, rank: usize) {
        let PageMeta { limit, offset, previous, total_count, .. } = other;
        let meta = &mut *self.meta;
        meta.limit = limit.or(meta.limit);
        meta.offset = offset.or(meta.offset);
        meta.previous = previous.or_else(|| meta.previous.take());
        if total_count.is_some() && rank >= self.rank {
            meta.total_count = total_count;
            self.rank = rank;
        }
    }
}

fn kind_of(json: &serde_json::Value) -> ValueKind {
    match json {
        serde_json::Value::Null => ValueKind::Null,
        serde_json::Value::Bool(_) => ValueKind::Boolean,
        serde_json::Value::Number(number) if number.is_f64() => ValueKind::Number,
        serde_json::Value::Number(_) => ValueKind::Integer,
        serde_json::Value::String(_) => ValueKind::Text,
        serde_json::Value::Array(_) => ValueKind::List,
        serde_json::Value::Object(_) => ValueKind::Object,
    }
}

#[cfg(test)]
mod tests {
    use crate::codec::decode::answer::Answer;
    use crate::codec::decode::envelope::Leeway;
    use crate::codec::decode::page::{Page, PageMeta};
    use crate::codec::decode::response::read;
    use crate::schema::{Method, Operation, ResponseShape};

    fn total(body: &str) -> Option<i64> {
        let mut page = Page::<PageMeta>::unread();
        let answer = ResponseShape::List { key: "calls", total: &["call_count", "number"] };
        let operation = Operation { answer, ..Operation::undescribed(Method::Get, "/") };
        let envelope = read(body.as_bytes(), &operation, Leeway::default(), page.target());
        assert!(envelope.drift.entries().is_empty() && envelope.not_json.is_none(), "{body}");
        page.meta.total_count
    }

    #[test]
    fn the_keys_of_the_spec_have_the_highest_ranks_and_null_replaces_nothing() {
        for body in [
            r#"{"calls":[],"call_count":5}"#,
            r#"{"calls":[],"meta":{"call_count":5,"total_count":4,"count":3}}"#,
            r#"{"meta":{"count":3,"total_count":4,"call_count":5},"call_count":null,"calls":[]}"#,
            r#"{"calls":[],"number":4,"call_count":5,"total_count":3}"#,
            r#"{"calls":[],"count":4,"number":5,"call_count":null}"#,
            r#"{"calls":[],"count":5,"meta":{"total_count":null}}"#,
            r#"{"calls":[],"total_count":5,"count":3,"meta":null}"#,
        ] {
            assert_eq!(total(body), Some(5), "{body}");
        }
    }
}
