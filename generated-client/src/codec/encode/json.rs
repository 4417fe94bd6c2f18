//! Values as JSON and as text: the body of a request, `Serialize` of generated types, and delimited lists and maps.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::schema::{
    EmptyText, Extra, Field, List, Location, Map, Object, Operation, Value, ValueKind, View, is_given,
};

/// Serializes the fields that are set. Answer-only fields are left out, unless the type is one that only answers
/// contain.
pub fn serialize<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let filter = if object.schema().is_answer() { FieldFilter::All } else { FieldFilter::Request };
    JsonValue { view: View::Object(object), filter, empty_text: EmptyText::Sent }.serialize(serializer)
}

/// The JSON body of a request, with the extra values.
pub(crate) fn body(request: &dyn Object, operation: &Operation, extra: &Extra) -> Result<Vec<u8>, serde_json::Error> {
    let json = JsonValue { view: View::Object(request), filter: FieldFilter::Body, empty_text: operation.empty_text };
    serde_json::to_vec(&JsonBody { json, request, operation, extra })
}

/// The fixed values of a body, but for those that an extra value replaces.
pub(crate) fn fixed_in_body<'a>(
    operation: &'a Operation,
    extra: &'a Extra,
) -> impl Iterator<Item = &'a (&'static str, &'static str)> {
    operation.fixed_in_body.iter().filter(|(name, _)| extra.get(name).is_none())
}

/// A body: fixed values, the fields of the request and the extra values. An extra value replaces a field or a fixed
/// value of the same name.
struct JsonBody<'a> {
    json: JsonValue<'a>,
    request: &'a dyn Object,
    operation: &'a Operation,
    extra: &'a Extra,
}

impl Serialize for JsonBody<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in fixed_in_body(self.operation, self.extra) {
            map.serialize_entry(name, value)?;
        }
        self.json.fields(self.request, &|field| self.extra.get(field.name).is_none(), &mut map)?;
        for (name, value) in self.extra.in_body(self.operation, self.request.schema()) {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// A value as JSON text.
pub(crate) fn json_text(view: View<'_>) -> String {
    let json = JsonValue { view, filter: FieldFilter::Request, empty_text: EmptyText::Sent };
    serde_json::to_string(&json).unwrap_or_default()
}

/// Joins the items of a list, or the `key=value` entries of a map. `None` if the value is neither.
pub(crate) fn join(view: View<'_>, delimiter: &str) -> Option<String> {
    let mut texts = Vec::new();
    match view {
        View::List(list) => {
            let items = (0..list.len()).filter_map(|index| list.get(index));
            texts.extend(items.map(|value| text_of(value.view())));
        }
        View::Map(map) => map.each(&mut |key, value| texts.push(format!("{key}={}", text_of(value.view())))),
        _ => return None,
    }
    Some(texts.join(delimiter))
}

/// The text of a value in a query or in a delimited text: scalars as they are, any other value as JSON.
pub(crate) fn text_of(view: View<'_>) -> String {
    match view {
        View::Text(text) | View::Listed(text, _) => text.to_owned(),
        View::Integer(number) => number.to_string(),
        View::Number(number) => number.to_string(),
        view => json_text(view),
    }
}

/// The JSON text of a value in a multipart body. Files are left out, because they are parts of their own.
pub(crate) fn part_text(view: View<'_>, empty_text: EmptyText) -> String {
    serde_json::to_string(&JsonValue { view, filter: FieldFilter::Body, empty_text }).unwrap_or_default()
}

/// Whether a value is a file or a list of files.
pub(crate) fn is_file(view: View<'_>) -> bool {
    match view {
        View::File(_) => true,
        View::List(list) => list.item_kind() == ValueKind::File,
        _ => false,
    }
}

/// The item of a list that is sent as its only item.
fn plain_item<'a>(field: &Field, view: View<'a>) -> Option<View<'a>> {
    match view {
        View::List(list) if field.is_one_plain() && list.len() == 1 => list.get(0).map(Value::view),
        _ => None,
    }
}

/// Which fields of an object are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FieldFilter {
    All,
    /// All but the answer-only fields.
    Request,
    /// The fields of the body, in the form in which they are sent.
    Body,
}

impl FieldFilter {
    fn includes(self, field: &Field) -> bool {
        match self {
            Self::All => true,
            Self::Request => !field.is_answer_only(),
            Self::Body => !field.is_answer_only() && !matches!(field.location, Location::Path | Location::Query),
        }
    }
}

/// A value to be serialized as JSON.
#[derive(Clone, Copy)]
struct JsonValue<'a> {
    view: View<'a>,
    filter: FieldFilter,
    empty_text: EmptyText,
}

impl JsonValue<'_> {
    fn with_view<'b>(&self, view: View<'b>) -> JsonValue<'b> {
        JsonValue { view, filter: self.filter, empty_text: self.empty_text }
    }
}

impl Serialize for JsonValue<'_> {
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

impl JsonValue<'_> {
    fn object<S: Serializer>(&self, object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.fields(object, &|_| true, &mut map)?;
        map.end()
    }

    /// Writes the fields that pass the filter and are wanted.
    fn fields<M: SerializeMap>(
        &self,
        object: &dyn Object,
        is_wanted: &dyn Fn(&Field) -> bool,
        map: &mut M,
    ) -> Result<(), M::Error> {
        for (field, value) in object.fields().filter(|(field, _)| self.filter.includes(field) && is_wanted(field)) {
            let view = value.view();
            if self.is_written(field, view) {
                self.field(field, view, map)?;
            }
        }
        Ok(())
    }

    /// Whether a field is written. A body has the fields that count as given; otherwise all that are set are written.
    fn is_written(&self, field: &Field, view: View<'_>) -> bool {
        match self.filter {
            FieldFilter::Body => is_given(field, view, self.empty_text),
            FieldFilter::All | FieldFilter::Request => !matches!(view, View::Absent),
        }
    }

    /// Writes a field. In a body, it may be delimited, flattened or left out as a file.
    fn field<M: SerializeMap>(&self, field: &Field, view: View<'_>, map: &mut M) -> Result<(), M::Error> {
        if self.filter == FieldFilter::Body {
            if let Some(text) = field.delimiter().and_then(|delimiter| join(view, delimiter)) {
                return map.serialize_entry(field.name, &text);
            }
            if let View::Map(entries) = view
                && field.is_flattened()
            {
                return self.entries(entries, map);
            }
            if is_file(view) {
                return Ok(());
            }
            if let Some(item) = plain_item(field, view) {
                return map.serialize_entry(field.name, &self.with_view(item));
            }
        }
        map.serialize_entry(field.name, &self.with_view(view))
    }

    fn list<S: Serializer>(&self, list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(list.len()))?;
        for value in (0..list.len()).filter_map(|index| list.get(index)) {
            sequence.serialize_element(&self.with_view(value.view()))?;
        }
        sequence.end()
    }

    fn map<S: Serializer>(&self, entries: &dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(entries.len()))?;
        self.entries(entries, &mut map)?;
        map.end()
    }

    fn entries<M: SerializeMap>(&self, entries: &dyn Map, map: &mut M) -> Result<(), M::Error> {
        let mut result = Ok(());
        entries.each(&mut |key, value| {
            if result.is_ok() {
                result = map.serialize_entry(key, &self.with_view(value.view()));
            }
        });
        result
    }
}
