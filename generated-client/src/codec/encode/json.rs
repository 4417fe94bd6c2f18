//! The JSON form of values: the body of a request, and `Serialize` and `Deserialize` for callers.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::delimited::join;
use crate::schema::{EmptyText, Extra, Field, List, Location, Map, Object, Operation, ValueKind, View, is_given};

/// Writes every field that is given. Fields that requests never carry are written in answers only.
pub fn serialize<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let choice = if object.schema().is_answer() { Selection::Everything } else { Selection::Sendable };
    JsonForm { view: View::Object(object), choice, empty_text: EmptyText::Sent }.serialize(serializer)
}

/// The JSON text of a request's body, with what is given beside its own fields.
pub(crate) fn body(request: &dyn Object, operation: &Operation, extra: &Extra) -> Result<Vec<u8>, serde_json::Error> {
    let wire = JsonForm { view: View::Object(request), choice: Selection::Body, empty_text: operation.empty_text };
    serde_json::to_vec(&JsonBody { wire, request, operation, extra })
}

/// A body: the fields of the request, and what is given beside them or in their location.
struct JsonBody<'a> {
    wire: JsonForm<'a>,
    request: &'a dyn Object,
    operation: &'a Operation,
    extra: &'a Extra,
}

impl Serialize for JsonBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.wire.fields(self.request, &|field| self.extra.get(field.name).is_none(), &mut map)?;
        for (name, value) in self.extra.in_body(self.operation, self.request.schema()) {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A value as JSON text, for places that hold text only.
pub(crate) fn json_text(view: View<'_>) -> String {
    let wire = JsonForm { view, choice: Selection::Sendable, empty_text: EmptyText::Sent };
    serde_json::to_string(&wire).unwrap_or_default()
}

/// The text of a value in a part: everything that goes into a body but files, which are parts of their own.
pub(crate) fn part_text(view: View<'_>, empty_text: EmptyText) -> String {
    serde_json::to_string(&JsonForm { view, choice: Selection::Body, empty_text }).unwrap_or_default()
}

/// Whether a value is a file, or several.
pub(crate) fn is_file(view: View<'_>) -> bool {
    match view {
        View::File(_) => true,
        View::List(list) => list.item_kind() == ValueKind::File,
        _ => false,
    }
}

/// Which fields of an object are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Selection {
    Everything,
    Sendable,
    Body,
}

impl Selection {
    fn includes(self, field: &Field) -> bool {
        match self {
            Self::Everything => true,
            Self::Sendable => !field.answer_only,
            Self::Body => !field.answer_only && !matches!(field.location, Location::Path | Location::Query),
        }
    }
}

/// A value in its form on the wire.
#[derive(Clone, Copy)]
struct JsonForm<'a> {
    view: View<'a>,
    choice: Selection,
    empty_text: EmptyText,
}

impl JsonForm<'_> {
    fn of<'b>(&self, view: View<'b>) -> JsonForm<'b> {
        JsonForm { view, choice: self.choice, empty_text: self.empty_text }
    }
}

impl Serialize for JsonForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::Absent => serializer.serialize_unit(),
            View::Text(text) | View::Listed(text, _) => serializer.serialize_str(text),
            View::Integer(number) => serializer.serialize_i64(number),
            View::Number(number) => serializer.serialize_f64(number),
            View::Boolean(boolean) => serializer.serialize_bool(boolean),
            View::Json(json) => json.serialize(serializer),
            View::File(file) => file.serialize(serializer),
            View::Object(object) => self.object(object, serializer),
            View::List(list) => self.list(list, serializer),
            View::Map(map) => self.map(map, serializer),
        }
    }
}

impl JsonForm<'_> {
    fn object<S: Serializer>(&self, object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.fields(object, &|_| true, &mut map)?;
        map.end()
    }

    /// Those of the fields that are wanted.
    fn fields<M: SerializeMap>(
        &self,
        object: &dyn Object,
        is_wanted: &dyn Fn(&Field) -> bool,
        map: &mut M,
    ) -> Result<(), M::Error> {
        let mut outcome = Ok(());
        let mut fields = object.schema().fields.iter();
        object.each(&mut |value| {
            let view = value.view();
            if let Some(field) = fields.next().filter(|field| self.choice.includes(field) && is_wanted(field))
                && self.writes(field, view)
                && outcome.is_ok()
            {
                outcome = self.field(field, view, map);
            }
        });
        outcome
    }

    /// For callers, everything is written that there is.
    fn writes(&self, field: &Field, view: View<'_>) -> bool {
        match self.choice {
            Selection::Body => is_given(field, view, self.empty_text),
            Selection::Everything | Selection::Sendable => !matches!(view, View::Absent),
        }
    }

    /// In a body a field may travel otherwise than it is.
    fn field<M: SerializeMap>(&self, field: &Field, view: View<'_>, map: &mut M) -> Result<(), M::Error> {
        if self.choice == Selection::Body {
            if let Some(text) = field.delimiter.and_then(|delimiter| join(view, delimiter)) {
                return map.serialize_entry(field.name, &text);
            }
            if let View::Map(entries) = view
                && field.flatten
            {
                return self.entries(entries, map);
            }
            if is_file(view) {
                return Ok(());
            }
        }
        map.serialize_entry(field.name, &self.of(view))
    }

    fn list<S: Serializer>(&self, list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(list.len()))?;
        for value in (0..list.len()).filter_map(|index| list.get(index)) {
            sequence.serialize_element(&self.of(value.view()))?;
        }
        sequence.end()
    }

    fn map<S: Serializer>(&self, entries: &dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(entries.len()))?;
        self.entries(entries, &mut map)?;
        map.end()
    }

    fn entries<M: SerializeMap>(&self, entries: &dyn Map, map: &mut M) -> Result<(), M::Error> {
        let mut outcome = Ok(());
        entries.each(&mut |key, value| {
            if outcome.is_ok() {
                outcome = map.serialize_entry(key, &self.of(value.view()));
            }
        });
        outcome
    }
}
