//! Decodes the metadata of a page, which is beside the list.

use std::mem;

use super::decoding::Decoding;
use super::object::ObjectDecoder;
use super::page::{ListEnd, PageMeta};
use super::parser::{Parser, Stopped};
use super::value::{Decoded, Slot};
use crate::drift::Drift;
use crate::schema::{Object, Reading, Value, ValueKind};

/// Decodes the metadata of a page. The answer may contain it in several places and under several keys.
pub(crate) struct PageMetaReader<'a> {
    meta: &'a mut PageMeta,
    /// The keys of the total in this operation, the preferred one first.
    total: &'static [&'static str],
    /// The metadata in the object that is being decoded.
    here: MetaInObject,
    beside: Option<BesideReader<'a>>,
}

/// The metadata in one object of the answer. Of two keys of one name, the last counts.
pub(crate) struct MetaInObject {
    meta: PageMeta,
    /// The rank of the key of the total.
    rank: usize,
}

impl Default for MetaInObject {
    fn default() -> Self {
        Self { meta: <PageMeta as Object>::empty(), rank: 0 }
    }
}

impl MetaInObject {
    fn set_total(&mut self, total: Option<i64>, rank: usize) {
        match total {
            Some(_) if rank >= self.rank => (self.meta.total_count, self.rank) = (total, rank),
            None if rank == self.rank => (self.meta.total_count, self.rank) = (None, 0),
            _ => {}
        }
    }

    /// Adds the metadata in an object inside this one. What it lacks replaces nothing.
    fn add(&mut self, inner: Self) {
        let PageMeta { limit, offset, next, previous, total_count, end, .. } = inner.meta;
        self.set_total(total_count, inner.rank);
        let meta = &mut self.meta;
        meta.limit = limit.or(meta.limit);
        meta.offset = offset.or(meta.offset);
        meta.previous = previous.or_else(|| meta.previous.take());
        meta.next = next.or_else(|| meta.next.take());
        meta.end = meta.end.max(end);
    }
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
        let beside = beside.and_then(|value| value.as_object_mut());
        let beside = beside.map(|object| BesideReader { decoder: ObjectDecoder::new(object), object });
        Self { meta, total, here: MetaInObject::default(), beside }
    }

    /// Enters an object inside the current one. Returns the metadata in the current one.
    pub(crate) fn enter(&mut self) -> MetaInObject {
        mem::take(&mut self.here)
    }

    /// Goes back to the object around the current one. Returns the metadata in the inner one.
    pub(crate) fn leave(&mut self, outer: MetaInObject) -> MetaInObject {
        mem::replace(&mut self.here, outer)
    }

    /// Adds the metadata in the objects inside the current one.
    pub(crate) fn add(&mut self, inner: impl IntoIterator<Item = MetaInObject>) {
        inner.into_iter().for_each(|inner| self.here.add(inner));
    }

    /// Forgets the object beside the list, whose place comes a second time.
    pub(crate) fn restart_beside(&mut self) {
        let Some(BesideReader { object, decoder }) = &mut self.beside else { return };
        *decoder = ObjectDecoder::new(*object);
        for index in 0..object.schema().fields.len() {
            object.get_mut(index).into_iter().for_each(Value::clear);
        }
    }

    /// Decodes the value of a key beside the list. Returns whether the key belongs to the object there.
    pub(crate) fn decode_beside(
        &mut self,
        key: &str,
        parser: &mut Parser<'_>,
        decoding: &mut Decoding,
    ) -> Result<bool, Stopped> {
        let beside = self.beside.as_mut().filter(|beside| beside.object.schema().position(key).is_some());
        let Some(BesideReader { object, decoder }) = beside else { return Ok(false) };
        decoder.decode_entry(*object, key, parser, decoding)?;
        Ok(true)
    }

    /// Completes the metadata, and looks for fields that every answer has beside the list with this key. Returns the
    /// first that is missing.
    pub(crate) fn finish(self, key: &str, decoding: &mut Decoding) -> Option<Drift> {
        *self.meta = self.here.meta;
        let BesideReader { object, decoder } = self.beside?;
        let checkpoint = decoding.drift.checkpoint();
        let decoded = decoder.finish(object, decoding);
        let parents = key.rsplit('.').skip(1);
        parents.clone().for_each(|parent| decoding.drift.prefix_since(checkpoint, parent));
        match decoded {
            Decoded::Invalid(cause) => Some(parents.fold(cause, Drift::in_key)),
            Decoded::Value | Decoded::Null => None,
        }
    }

    /// Decodes the value of a key.
    pub(crate) fn decode_entry(
        &mut self,
        key: &str,
        parser: &mut Parser<'_>,
        decoding: &mut Decoding,
    ) -> Result<(), Stopped> {
        if key == "next" {
            return self.decode_next(parser, decoding);
        }
        let (rank, mut total) = (self.rank(key), None::<i64>);
        let schema = self.here.meta.schema();
        let index = schema.position(if rank.is_some() { "total_count" } else { key });
        let found = index.and_then(|index| {
            let value = if rank.is_some() { Some(&mut total as &mut dyn Value) } else { self.here.meta.get_mut(index) };
            Some((schema.fields.get(index)?.reading(), value?))
        });
        let Some((reading, value)) = found else { return parser.skip_value().map(drop) };
        let checkpoint = decoding.drift.checkpoint();
        let decoded = Slot { value: &mut *value, name: key, reading }.decode(parser, decoding)?;
        decoding.drift.prefix_since(checkpoint, key);
        if decoded != Decoded::Value {
            value.clear();
        }
        if let Some(rank) = rank {
            self.here.set_total(total, rank);
        }
        Ok(())
    }

    /// How much a key of the total counts. `None` if it is no such key.
    fn rank(&self, key: &str) -> Option<usize> {
        match (self.total.iter().position(|total| *total == key), key) {
            (Some(index), _) => Some(2 + self.total.len() - index),
            (None, "total_count") => Some(2),
            (None, "count") => Some(1),
            (None, _) => None,
        }
    }

    /// Decodes the link to the next page. Its absence has several forms, which say different things.
    fn decode_next(&mut self, parser: &mut Parser<'_>, decoding: &mut Decoding) -> Result<(), Stopped> {
        let mut next: Option<serde_json::Value> = None;
        Slot { value: &mut next, name: "next", reading: Reading::EXACT }.decode(parser, decoding)?;
        let (link, end) = match next {
            None => (None, ListEnd::Reached),
            Some(serde_json::Value::String(link)) if !link.trim().is_empty() => (Some(link), ListEnd::Unknown),
            Some(serde_json::Value::String(_) | serde_json::Value::Bool(false)) => (None, ListEnd::Reached),
            Some(serde_json::Value::Bool(true)) => (None, ListEnd::NotReached),
            Some(other) => {
                decoding.drift.add(Drift::new(ValueKind::Text, kind_of(&other)).in_key("next"));
                (None, ListEnd::NotReached)
            }
        };
        (self.here.meta.next, self.here.meta.end) = (link, end);
        Ok(())
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
    use crate::codec::decode::bounds::Bounds;
    use crate::codec::decode::envelope::Leeway;
    use crate::codec::decode::page::{Page, PageMeta};
    use crate::codec::decode::response::read;
    use crate::schema::{Method, Operation, ResponseShape};

    fn total(body: &str) -> Option<i64> {
        let mut page = Page::<PageMeta>::unread();
        let answer = ResponseShape::List { key: "calls", total: &["call_count", "number"] };
        let operation = Operation { answer, ..Operation::undescribed(Method::Get, "/") };
        let envelope = read(body.as_bytes(), &operation, Leeway::default(), Bounds::default(), page.target());
        assert!(envelope.drift.entries().is_empty() && envelope.not_json.is_none(), "{body}");
        page.meta.total_count
    }

    #[test]
    fn the_last_of_two_objects_around_a_list_counts_as_a_whole() {
        let mut page = Page::<PageMeta>::unread();
        let answer = ResponseShape::List { key: "response.rows", total: &[] };
        let operation = Operation { answer, ..Operation::undescribed(Method::Get, "/") };
        let first = r#""response":{"meta":{"limit":1,"total_count":9},"offset":1,"rows":[{"limit":1}]}"#;
        let body = format!(r#"{{{first},"response":{{"rows":[],"meta":{{"limit":2}}}},"previous":"/p"}}"#);
        let envelope = read(body.as_bytes(), &operation, Leeway::default(), Bounds::default(), page.target());
        assert!(envelope.missing.is_none());
        let PageMeta { limit, offset, total_count, previous, .. } = page.meta;
        assert_eq!((page.items.len(), limit, offset, total_count), (0, Some(2), None, None));
        assert_eq!(previous.as_deref(), Some("/p"));
        let body = format!(r#"{{{first},"response":{{}}}}"#);
        let mut page = Page::<PageMeta>::unread();
        let envelope = read(body.as_bytes(), &operation, Leeway::default(), Bounds::default(), page.target());
        assert!(envelope.missing.is_some() && page.items.is_empty());
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
