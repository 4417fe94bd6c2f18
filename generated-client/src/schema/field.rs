//! One field as data: its name on the wire, its location, and the constraints on its value.

use super::format::Format;
use super::kind::ValueKind;
use super::source::Authority;

/// Where a field of a request travels; `Answer` for those of types that only answers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Body,
    Answer,
}

/// One field: its name on the wire and everything that is demanded of it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) required: Option<Authority>,
    pub(crate) always: bool,
    pub(crate) answer_only: bool,
    pub(crate) sensitive: bool,
    pub(crate) also: Option<ValueKind>,
    pub(crate) min_length: Option<(u64, Authority)>,
    pub(crate) max_length: Option<(u64, Authority)>,
    pub(crate) min: Option<(i64, Authority)>,
    pub(crate) max: Option<(i64, Authority)>,
    pub(crate) format: Option<(Format, Authority)>,
    /// What stands between the items where a list or a map travels as one text.
    pub(crate) delimiter: Option<&'static str>,
    /// Who says that no item can hold it.
    pub(crate) delimiter_by: Option<Authority>,
    pub(crate) flatten: bool,
    pub(crate) values: Option<Authority>,
}

impl Field {
    const fn new(name: &'static str, location: Location) -> Self {
        Self {
            name,
            location,
            required: None,
            always: false,
            answer_only: false,
            sensitive: false,
            also: None,
            min_length: None,
            max_length: None,
            min: None,
            max: None,
            format: None,
            delimiter: None,
            delimiter_by: None,
            flatten: false,
            values: None,
        }
    }

    /// A field of a request's body, or of a part of one.
    pub const fn body(name: &'static str) -> Self {
        Self::new(name, Location::Body)
    }

    /// A parameter of the query.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query)
    }

    /// A parameter of the path.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path)
    }

    /// A field of an answer.
    pub const fn answer(name: &'static str) -> Self {
        Self::new(name, Location::Answer)
    }

    /// A request needs it.
    pub const fn required(mut self, by: Authority) -> Self {
        self.required = Some(by);
        self
    }

    /// Every answer has it.
    pub const fn always(mut self) -> Self {
        self.always = true;
        self
    }

    /// Requests never carry it, although answers do.
    pub const fn answer_only(mut self) -> Self {
        self.answer_only = true;
        self
    }

    /// It is kept out of everything that is printed.
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// Answers are known to hold a value of this kind instead at times.
    pub const fn also(mut self, kind: ValueKind) -> Self {
        self.also = Some(kind);
        self
    }

    /// The least number of characters.
    pub const fn min_length(mut self, characters: u64, by: Authority) -> Self {
        self.min_length = Some((characters, by));
        self
    }

    /// The greatest number of characters.
    pub const fn max_length(mut self, characters: u64, by: Authority) -> Self {
        self.max_length = Some((characters, by));
        self
    }

    /// The least number.
    pub const fn min(mut self, limit: i64, by: Authority) -> Self {
        self.min = Some((limit, by));
        self
    }

    /// The greatest number.
    pub const fn max(mut self, limit: i64, by: Authority) -> Self {
        self.max = Some((limit, by));
        self
    }

    /// The form of a text.
    pub const fn format(mut self, format: Format, by: Authority) -> Self {
        self.format = Some((format, by));
        self
    }

    /// The list, or the map, travels as one text with this between its items.
    pub const fn delimiter(mut self, delimiter: &'static str, by: Authority) -> Self {
        self.delimiter_by = Some(by);
        self.delimited_by(delimiter)
    }

    /// The same, where only answers hold it.
    pub const fn delimited_by(mut self, delimiter: &'static str) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// The entries of the map travel as fields beside this one.
    pub const fn flatten(mut self) -> Self {
        self.flatten = true;
        self
    }

    /// Only listed values are expected.
    pub const fn values(mut self, by: Authority) -> Self {
        self.values = Some(by);
        self
    }
}
