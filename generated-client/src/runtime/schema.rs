//! What is known about the fields of an object, as constant tables that one validator, one encoder
//! and one decoder read.

/// Somebody who states facts: a documentation page, an SDK, recorded answers.
#[derive(Debug)]
pub struct Source {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
}

impl Source {
    /// A source, by its short name and what it is.
    pub const fn new(name: &'static str, says: &'static str) -> Self {
        Self { name, says }
    }

    /// On the word of this source, a request is wrong.
    pub const fn error(&'static self) -> Authority {
        Authority { source: self, severity: Severity::Error }
    }

    /// On the word of this source, a request is suspicious.
    pub const fn warning(&'static self) -> Authority {
        Authority { source: self, severity: Severity::Warning }
    }
}

/// Who says so, and how a violation counts.
#[derive(Clone, Copy, Debug)]
pub struct Authority {
    pub(crate) source: &'static Source,
    pub(crate) severity: Severity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    Error,
    Warning,
}

/// Where a field of a request travels; `Answer` for those of types that only answers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Body,
    Answer,
}

/// The kinds of values, as the wire knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Text, also of listed values, timestamps and decimals.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List,
    /// An object whose keys are known.
    Object,
    /// An object whose keys are data.
    Map,
    /// Anything.
    Json,
    /// A file.
    File,
    /// `null`.
    Null,
    /// No value.
    Nothing,
    /// What no reader of JSON takes.
    NoJson,
    /// Nothing more.
    End,
}

impl ValueKind {
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::List => "a list",
            Self::Object | Self::Map => "an object",
            Self::Json => "a value",
            Self::File => "a file",
            Self::Null => "null",
            Self::Nothing => "nothing",
            Self::NoJson => "what is no JSON",
            Self::End => "its end",
        }
    }

    /// Whether a value of the other kind is one of this kind as well.
    pub(crate) fn covers(self, found: Self) -> bool {
        self == found || matches!((self, found), (Self::Number, Self::Integer) | (Self::Map, Self::Object))
    }
}

/// A form that a text may have to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A country code: two capital letters.
    Country,
    /// A telephone number: `+` and 7 to 15 digits.
    E164,
    /// An e-mail address.
    Email,
    /// A UUID with hyphens.
    Uuid,
    /// An address that starts with `https://` or `http://`.
    Url,
    /// A date: `YYYY-MM-DD`.
    Date,
    /// A date and a time: `YYYY-MM-DD HH:MM`, with or without seconds.
    DateTime,
}

/// One field: its name on the wire and everything that is demanded of it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
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
    const fn new(name: &'static str, place: Place) -> Self {
        Self {
            name,
            place,
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
        Self::new(name, Place::Body)
    }

    /// A parameter of the query.
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query)
    }

    /// A parameter of the path.
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path)
    }

    /// A field of an answer.
    pub const fn answer(name: &'static str) -> Self {
        Self::new(name, Place::Answer)
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

/// A demand on several fields at once.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// A sentence.
    pub says: &'static str,
    /// It applies where each of these fields has one of its values.
    pub when: &'static [(&'static str, &'static [&'static str])],
    /// What it then demands.
    pub then: Consequence,
    /// Who says so.
    pub by: Authority,
}

/// What a rule demands.
#[derive(Clone, Copy, Debug)]
pub enum Consequence {
    /// Each of these fields.
    Needs(&'static [&'static str]),
    /// A number of these fields.
    Count {
        /// The fields.
        of: &'static [&'static str],
        /// At least so many.
        least: u64,
        /// At most so many.
        most: u64,
    },
}

/// Everything that is known about an object's fields, in their order.
#[derive(Debug)]
pub struct Schema {
    /// The name of the type.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// Demands on several fields at once.
    pub rules: &'static [Rule],
    /// How many fields of the body must be given at least.
    pub at_least: Option<(u64, Authority)>,
}

impl Schema {
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Whether only answers have objects of this type.
    pub(crate) fn is_answer(&self) -> bool {
        self.fields.iter().any(|field| field.place == Place::Answer)
    }
}
