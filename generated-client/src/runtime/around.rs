//! What stands beside a list: where the page lies in the whole.

use serde::de::MapAccess;

use super::entries::Entries;
use super::fill::{Fill, Filled, Reading};
use super::value::Object;
use crate::page::PageMeta;

/// The places of a page's metadata, which may come under several keys and in several places.
pub(crate) struct Around<'a> {
    meta: &'a mut PageMeta,
    /// The operation's own key of the number of all items.
    total: Option<&'static str>,
    /// How much the key counts under which that number came.
    weight: u8,
}

impl<'a> Around<'a> {
    pub(crate) fn new(meta: &'a mut PageMeta, total: Option<&'static str>) -> Self {
        Self { meta, total, weight: 0 }
    }

    /// Reads the value of a key. What says nothing takes nothing from what came before.
    pub(crate) fn fill_entry<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        entries: &mut Entries<'de, A>,
        reading: &mut Reading,
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
        let mark = reading.notes.mark();
        let filled =
            entries.value(Fill { slot, name: key, also: field.also, delimiter: None, reading: &mut *reading })?;
        reading.notes.step_into(mark, key);
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
    use crate::page::{Page, PageMeta};
    use crate::runtime::{Answer, ResponseShape, read};

    fn total(body: &str) -> Option<i64> {
        let mut page = Page::<PageMeta>::unread();
        let shape = ResponseShape::List { key: "calls", total: Some("call_count") };
        let envelope = read(body.as_bytes(), shape, false, page.target());
        assert!(envelope.notes.kept().is_empty() && envelope.not_json.is_none(), "{body}");
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
