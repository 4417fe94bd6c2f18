//! A field as data: its name on the wire, its location, and the constraints on its value.

use super::format::Format;
use super::kind::ValueKind;
use super::reading::Reading;
use super::source::Authority;

/// Where a field is sent. `Answer` is for the fields of types that only answers contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Body,
    Answer,
}

/// A field: its name on the wire, its location and its constraints.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(crate) name: &'static str,
    /// Whether JSON writes the name without escapes.
    pub(crate) has_plain_name: bool,
    pub(crate) location: Location,
    pub(crate) required: Option<Authority>,
    pub(crate) always: bool,
    pub(crate) answer_only: bool,
    pub(crate) sensitive: bool,
    pub(crate) reading: Reading,
    pub(crate) min_length: Option<(u64, Authority)>,
    pub(crate) max_length: Option<(u64, Authority)>,
    pub(crate) min: Option<(i64, Authority)>,
    pub(crate) max: Option<(i64, Authority)>,
    pub(crate) format: Option<(Format, Authority)>,
    pub(crate) min_items: Option<(u64, Authority)>,
    pub(crate) max_items: Option<(u64, Authority)>,
    pub(crate) max_bytes: Option<(u64, Authority)>,
    pub(crate) content_types: Option<(&'static [&'static str], Authority)>,
    /// The text between the items of a list or a map that is sent as one text.
    pub(crate) delimiter: Option<&'static str>,
    /// The authority for the constraint that no item contains the delimiter.
    pub(crate) delimiter_by: Option<Authority>,
    /// The item that stands for all objects.
    pub(crate) all: Option<&'static str>,
    pub(crate) flatten: bool,
    /// Whether a list of one is sent as its item.
    pub(crate) one_plain: bool,
    pub(crate) values: Option<Authority>,
}

/// Whether JSON writes a text without escapes. The names of Rust fields are such texts.
const fn is_plain(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if matches!(first, b'"' | b'\\' | ..b' ') {
            return false;
        }
        rest = after;
    }
    true
}

impl Field {
    const fn new(name: &'static str, location: Location) -> Self {
        Self {
            name,
            has_plain_name: true,
            location,
            required: None,
            always: false,
            answer_only: false,
            sensitive: false,
            reading: Reading::EXACT,
            min_length: None,
            max_length: None,
            min: None,
            max: None,
            format: None,
            min_items: None,
            max_items: None,
            max_bytes: None,
            content_types: None,
            delimiter: None,
            delimiter_by: None,
            all: None,
            flatten: false,
            one_plain: false,
            values: None,
        }
    }

    /// A field of the body of a request, or of an object in it.
    pub const fn body(name: &'static str) -> Self {
        Self::new(name, Location::Body)
    }

    /// A query parameter.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query)
    }

    /// A path parameter.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path)
    }

    /// A field of an answer.
    pub const fn answer(name: &'static str) -> Self {
        Self::new(name, Location::Answer)
    }

    /// The name on the wire, if it differs from the name in Rust.
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self.has_plain_name = is_plain(name);
        self
    }

    /// Requests must set the field.
    pub const fn required(mut self, by: Authority) -> Self {
        self.required = Some(by);
        self
    }

    /// Every answer contains the field.
    pub const fn always(mut self) -> Self {
        self.always = true;
        self
    }

    /// Answers contain the field; requests never send it.
    pub const fn answer_only(mut self) -> Self {
        self.answer_only = true;
        self
    }

    /// The value is never printed.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The value may also be of this kind. It is converted if possible.
    pub const fn also(mut self, kind: ValueKind) -> Self {
        self.reading.also = Some(kind);
        self
    }

    /// What the lists and maps of the field contain in the end may also be of this kind.
    pub const fn items_also(mut self, kind: ValueKind) -> Self {
        self.reading.items_also = Some(kind);
        self
    }

    /// A single value is read as a list of one.
    pub const fn also_one(mut self) -> Self {
        self.reading.one = true;
        self
    }

    /// A list of one is sent as its item, and a single value is read as a list of one.
    pub const fn one_plain(mut self) -> Self {
        self.one_plain = true;
        self.also_one()
    }

    /// A value of this kind stands for no value.
    pub(crate) const fn absent_as(mut self, kind: ValueKind) -> Self {
        self.reading.absent = Some(kind);
        self
    }

    /// The minimum number of characters.
    pub const fn min_length(mut self, characters: u64, by: Authority) -> Self {
        self.min_length = Some((characters, by));
        self
    }

    /// The maximum number of characters.
    pub const fn max_length(mut self, characters: u64, by: Authority) -> Self {
        self.max_length = Some((characters, by));
        self
    }

    /// The minimum value.
    pub const fn min(mut self, limit: i64, by: Authority) -> Self {
        self.min = Some((limit, by));
        self
    }

    /// The maximum value.
    pub const fn max(mut self, limit: i64, by: Authority) -> Self {
        self.max = Some((limit, by));
        self
    }

    /// The format of a text.
    pub const fn format(mut self, format: Format, by: Authority) -> Self {
        self.format = Some((format, by));
        self
    }

    /// The minimum number of items of a list, or of entries of a map.
    pub const fn min_items(mut self, items: u64, by: Authority) -> Self {
        self.min_items = Some((items, by));
        self
    }

    /// The maximum number of items of a list, or of entries of a map.
    pub const fn max_items(mut self, items: u64, by: Authority) -> Self {
        self.max_items = Some((items, by));
        self
    }

    /// The maximum number of bytes of a file.
    pub const fn max_bytes(mut self, bytes: u64, by: Authority) -> Self {
        self.max_bytes = Some((bytes, by));
        self
    }

    /// The media types of a file.
    pub const fn content_types(mut self, types: &'static [&'static str], by: Authority) -> Self {
        self.content_types = Some((types, by));
        self
    }

    /// The list or map is sent as one text with this delimiter between the items. No item may contain the delimiter.
    pub const fn delimiter(mut self, delimiter: &'static str, by: Authority) -> Self {
        self.delimiter_by = Some(by);
        self.delimited_by(delimiter)
    }

    /// Like [`delimiter`](Self::delimiter), for a field that only answers contain.
    pub const fn delimited_by(mut self, delimiter: &'static str) -> Self {
        self.delimiter = Some(delimiter);
        self.reading.delimiter = Some(delimiter);
        self
    }

    /// This item stands for all objects. No constraint on items applies to it.
    pub const fn all(mut self, item: &'static str) -> Self {
        self.all = Some(item);
        self
    }

    /// The entries of the map are sent as fields of the object that contains it.
    pub const fn flatten(mut self) -> Self {
        self.flatten = true;
        self
    }

    /// The value must be one of the listed values.
    pub const fn values(mut self, by: Authority) -> Self {
        self.values = Some(by);
        self
    }
}
