//! Fields, types, and how lists of fields take them.

use super::Value::{
    Boolean, Count, Data, Either, Fact, Integer, Keys, KeysBy, List, Map, Marked, MarkedKey, MarkedMap, MaybeBlank,
    NonEmpty, Plain, Sentence, Text, Type, Word,
};
use super::facts::{
    CONTRADICTIONS_KEY, DEPRECATED_KEY, ENFORCE_KEY, FORMAT_KEY, REQUIRED_KEY, SOURCE_KEY, SUMMARY_KEY,
};
use super::{
    ALSO, COMPARISONS, Construct, ConstructOf, DEFAULT, GIVEN_BY, IN, KINDS, Key, More, NAMED_TYPES, ONE, Presence,
    Types, Value, mandatory, optional,
};

/// Fields by name, each with its summary only or with keys.
pub(super) const DESCRIBED_FIELDS: Value = MarkedMap(&Either(&[Sentence, Keys(|| &FIELD)]));

/// The fields that a request or an answer takes.
pub(super) const ENTRIES: Value = List(&Either(&[Marked, MarkedKey(&KeysBy(&OTHER_ENTRIES, || &ENTRY))]));

/// With one of these keys, an entry is a whole field.
pub(crate) const KEYS_OF_WHOLE_FIELDS: [&str; 4] = ["type", "items", "values", "fields"];

/// With this key, an entry is a fixed value.
pub(crate) const KEYS_OF_FIXED_VALUES: [&str; 1] = ["fixed"];

const OTHER_ENTRIES: [(&[&str], ConstructOf); 2] =
    [(&KEYS_OF_WHOLE_FIELDS, || &FIELD), (&KEYS_OF_FIXED_VALUES, || &FIXED)];

const TYPE_KEY: Key = Key { name: "type", presence: Presence::Unless(&["items", "values", "fields"]), value: Type };
const VALUES: Value = Either(&[List(&Text), Map(&Either(&[Text, Keys(|| &VALUE)]))]);
const VALUES_KEY: Key = optional("values", VALUES);
const FIELDS_KEY: Key = optional("fields", DESCRIBED_FIELDS);
const ITEMS_KEY: Key = optional("items", Either(&[Type, Keys(|| &ITEMS)]));
const FILTERS_KEY: Key = optional("filters", Text);
const COMPARE_KEY: Key = optional("compare", NonEmpty(&Word(&COMPARISONS)));

/// The keys of the types of fields.
pub(crate) static FIELD_TYPES: Types = Types {
    keys: &[("enum", &["name", "values"]), ("object", &["name", "fields"]), ("list", &["items"]), ("map", &["items"])],
    implied: &[("items", "list"), ("values", "enum"), ("fields", "object")],
};

pub(crate) static FIELD: Construct = Construct {
    what: "a field",
    keys: &[
        TYPE_KEY,
        SUMMARY_KEY,
        SOURCE_KEY,
        ENFORCE_KEY,
        optional("given_by", Word(&GIVEN_BY)),
        optional("example", Plain),
        optional("default", Either(&[Data, Keys(|| &DEFAULT)])),
        optional("also", Word(&ALSO)),
        optional("holds", Text),
        optional("sensitive", Boolean),
        DEPRECATED_KEY,
        optional("rust", Text),
        CONTRADICTIONS_KEY,
        optional("name", Text),
        VALUES_KEY,
        FIELDS_KEY,
        ITEMS_KEY,
        optional("min_length", Fact(&Count)),
        optional("max_length", Fact(&Count)),
        FORMAT_KEY,
        optional("min", Fact(&Integer)),
        optional("max", Fact(&Integer)),
        optional("min_items", Fact(&Count)),
        optional("max_items", Fact(&Count)),
        optional("max_bytes", Fact(&Count)),
        optional("content_types", Fact(&NonEmpty(&Text))),
        optional("one", Word(&ONE)),
        optional("delimiter", MaybeBlank),
        optional("all", Text),
        optional("holds_path", Text),
        REQUIRED_KEY,
        optional("in", Word(&IN)),
        FILTERS_KEY,
        COMPARE_KEY,
        optional("flatten", Boolean),
    ],
    more: More::OfTypes(&FIELD_TYPES),
};

/// The keys of the types of items. A type that is declared there has a summary of its own.
pub(crate) static ITEM_TYPES: Types = Types {
    keys: &[
        ("enum", &["name", "summary", "values"]),
        ("object", &["name", "summary", "fields"]),
        ("list", &["items"]),
        ("map", &["items"]),
    ],
    implied: FIELD_TYPES.implied,
};

pub(crate) static ITEMS: Construct = Construct {
    what: "`items`",
    keys: &[
        TYPE_KEY,
        optional("name", Text),
        optional("summary", Text),
        VALUES_KEY,
        FIELDS_KEY,
        ITEMS_KEY,
        optional("also", Word(&KINDS)),
    ],
    more: More::OfTypes(&ITEM_TYPES),
};

/// The keys of the types under `types`.
pub(crate) static KEYS_OF_NAMED_TYPES: Types = Types {
    keys: &[("enum", &["values"]), ("object", &["fields"]), ("choice", &["forms"])],
    implied: &[("values", "enum"), ("fields", "object"), ("forms", "choice")],
};

pub(crate) static NAMED_TYPE: Construct = Construct {
    what: "a type",
    keys: &[
        Key { name: "type", presence: Presence::Unless(&["values", "fields", "forms"]), value: Word(&NAMED_TYPES) },
        SUMMARY_KEY,
        VALUES_KEY,
        FIELDS_KEY,
        optional("forms", Map(&Text)),
    ],
    more: More::OfTypes(&KEYS_OF_NAMED_TYPES),
};

pub(crate) static VALUE: Construct =
    Construct { what: "a value", keys: &[mandatory("rust", Text), SUMMARY_KEY], more: More::Nothing };

pub(crate) static ENTRY: Construct = Construct {
    what: "an entry",
    keys: &[
        SOURCE_KEY,
        ENFORCE_KEY,
        REQUIRED_KEY,
        optional("summary", Text),
        FILTERS_KEY,
        COMPARE_KEY,
        optional("clears", Boolean),
        FORMAT_KEY,
        DEPRECATED_KEY,
        CONTRADICTIONS_KEY,
    ],
    more: More::Nothing,
};

pub(crate) static FIXED: Construct =
    Construct { what: "a fixed value", keys: &[mandatory("fixed", Text)], more: More::Nothing };
