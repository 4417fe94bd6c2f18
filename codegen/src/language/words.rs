//! The words that can be the value of a key, with their meaning.

use crate::document::{AlsoDoc, DiffersWord, Encoding};
use crate::model::{Comparison, Does, EmptyText, Format, Level, Meta, Registry, Retry, Stage, ValueKind};

/// Every type that `type` can name.
pub(crate) const TYPES: [&str; 12] =
    ["string", "integer", "number", "boolean", "timestamp", "decimal", "any", "file", "enum", "object", "list", "map"];

/// Names of types start with a capital letter; the words of the language do not.
pub(crate) fn names_a_type(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_uppercase())
}

/// Each key that has the content of a type under `types`.
pub(crate) const NAMED_TYPES: [(&str, &str); 3] = [("enum", "values"), ("object", "fields"), ("choice", "forms")];

/// What `also` of items can name.
pub(crate) const KINDS: [(&str, ValueKind); 5] = [
    ("string", ValueKind::Text),
    ("number", ValueKind::Number),
    ("boolean", ValueKind::Boolean),
    ("list", ValueKind::List),
    ("object", ValueKind::Object),
];

/// What `also` of a field can name: these kinds, and `one`.
pub(crate) const ALSO: [(&str, AlsoDoc); 6] = {
    let mut words = [("one", AlsoDoc::One); 6];
    let mut index = 0;
    while index < KINDS.len() {
        words[index] = (KINDS[index].0, AlsoDoc::Kind(KINDS[index].1));
        index += 1;
    }
    words
};

pub(crate) const LEVELS: [(&str, Level); 2] = [("error", Level::Error), ("warn", Level::Warn)];

pub(crate) const IN: [(&str, ()); 1] = [("answers", ())];

pub(crate) const GIVEN_BY: [(&str, ()); 1] = [("server", ())];

pub(crate) const ONE: [(&str, ()); 1] = [("plain", ())];

pub(crate) const COMPARISONS: [(&str, Comparison); 6] = [
    ("is", Comparison::Is),
    ("gt", Comparison::Greater),
    ("gte", Comparison::GreaterOrEqual),
    ("lt", Comparison::Less),
    ("lte", Comparison::LessOrEqual),
    ("prefix", Comparison::Prefix),
];

/// An object stays in a state until an operation moves it.
pub(crate) const WAIT: &str = "wait";

/// An object stays in a state for ever.
pub(crate) const END: &str = "end";

pub(crate) const MOMENTS_FORMATS: [(&str, Format); 1] = [("datetime", Format::DateTime)];

pub(crate) const DOES: [(&str, Does); 7] = [
    ("create", Does::Create),
    ("read", Does::Read),
    ("list", Does::List),
    ("update", Does::Update),
    ("delete", Does::Delete),
    ("delete_all", Does::DeleteAll),
    ("action", Does::Action),
];

pub(crate) const STAGES: [(&str, Stage); 3] =
    [("released", Stage::Released), ("announced", Stage::Announced), ("documented", Stage::Documented)];

pub(crate) const EMPTY_TEXTS: [(&str, EmptyText); 2] = [("left_out", EmptyText::LeftOut), ("sent", EmptyText::Sent)];

pub(crate) const ENCODINGS: [(&str, Encoding); 2] = [("json", Encoding::Json), ("multipart", Encoding::Multipart)];

pub(crate) const METAS: [(&str, Meta); 3] = [("object", Meta::Object), ("flat", Meta::Flat), ("none", Meta::None)];

pub(crate) const RETRIES: [(&str, Retry); 3] =
    [("safe", Retry::Safe), ("if_not_sent", Retry::IfNotSent), ("never", Retry::Never)];

pub(crate) const REGISTRIES: [(&str, Registry); 2] = [("PyPI", Registry::PyPi), ("npm", Registry::Npm)];

/// What an SDK does differently.
pub(crate) const DIFFERENCES: [(&str, DiffersWord); 5] = [
    ("left_out", DiffersWord::LeftOut),
    ("as_text", DiffersWord::AsText),
    ("added", DiffersWord::Added),
    ("otherwise", DiffersWord::Otherwise),
    ("renamed", DiffersWord::Renamed),
];
