//! What stands beside a list: where the page lies in the whole.

use serde::de::MapAccess;

use super::map_access::Entries;
use super::page::PageMeta;
use super::value::{Decoding, Filled, ValueSeed};
use crate::schema::Object;

/// The places of a page's metadata, which may come under several keys and in several places.
pub(crate) struct PageMetaReader<'a> {
    meta: &'a mut PageMeta,
    /// The operation's own key of the number of all items.
    total: Option<&'static str>,
    /// How much the key counts under which that number came.
    weight: u8,
}

impl<'a> PageMetaReader<'a> {
    pub(crate) fn new(meta: &'a mut PageMeta, total: Option<&'static str>) -> Self {
        Self { meta, total, weight: 0 }
    }

    /// Reads the value of a key. What says nothing takes nothing from what came before.
    pub(crate) fn fill_entry<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        entries: &mut Entries<'de, A>,
        decoding: &mut Decoding,
    ) -> Result<(), A::Error> {
        let (name, weight) = match key {
            _ if self.total == Some(key) => ("total_count", 3),
            "total_count" => (key, 2),
            _ => (key, 1),
        };
        let mut came = PageMeta::empty();
        let schema = came.schema();
        let place = schema.position(name).and_then(|index| Some((schema.fields.get(index)?, came.slot(index)?)));
        let Some((field, slot)) = place else { return entries.skip_value() };
        let mark = decoding.drift.mark();
        let filled = entries.value(ValueSeed {
            slot,
            name: key,
            also: field.also,
            delimiter: None,
            decoding: &mut *decoding,
        })?;
        decoding.drift.step_into(mark, key);
        if filled == Filled::Yes {
            self.take(came, weight);
        }
        Ok(())
    }

    fn take(&mut self, came: PageMeta, weight: u8) {
        let PageMeta { limit, offset, next, previous, total_count, .. } = came;
        let meta = &mut *self.meta;
        meta.limit = limit.or(meta.limit);
        meta.offset = offset.or(meta.offset);
        meta.next = next.or_else(|| meta.next.take());
        meta.previous = previous.or_else(|| meta.previous.take());
        if total_count.is_some() && weight >= self.weight {
            meta.total_count = total_count;
            self.weight = weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::codec::decode::answer::Answer;
    use crate::codec::decode::page::{Page, PageMeta};
    use crate::codec::decode::response::read;
    use crate::schema::{Generated, Method, Operation, ResponseShape, ThisCrate};

    fn total(body: &str) -> Option<i64> {
        let mut page = Page::<PageMeta>::unread();
        let answer = ResponseShape::List { key: "calls", total: Some("call_count") };
        let operation = Operation { answer, ..Operation::undescribed(ThisCrate::API, Method::Get, "/") };
        let envelope = read(body.as_bytes(), &operation, false, page.target());
        assert!(envelope.drift.kept().is_empty() && envelope.not_json.is_none(), "{body}");
        page.meta.total_count
    }

    #[test]
    fn the_key_of_the_spec_counts_most_and_null_takes_nothing() {
        for body in [
            r#"{"calls":[],"call_count":5}"#,
            r#"{"calls":[],"meta":{"call_count":5,"total_count":4,"count":3}}"#,
            r#"{"meta":{"count":3,"total_count":4,"call_count":5},"call_count":null,"calls":[]}"#,
            r#"{"calls":[],"count":5,"meta":{"total_count":null}}"#,
            r#"{"calls":[],"total_count":5,"count":3,"meta":null}"#,
        ] {
            assert_eq!(total(body), Some(5), "{body}");
        }
    }
}
