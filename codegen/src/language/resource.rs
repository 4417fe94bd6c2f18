//! A file of `resources/`, and `types.yaml`.

use super::Value::{Boolean, Data, Either, Keys, List, Map, OneKey, Stay, Text};
use super::facts::{SOURCE_KEY, SUMMARY_KEY};
use super::fields::{DESCRIBED_FIELDS, ENTRIES};
use super::{
    Construct, EXAMPLE, Key, More, NAMED_TYPE, OPERATION, Presence, SOURCE_OF_FACTS, Value, mandatory, optional,
};

pub(super) const SOURCES_KEY: Key = optional("sources", Map(&Keys(|| &SOURCE_OF_FACTS)));
const TYPES: Value = Map(&Keys(|| &NAMED_TYPE));
const FIELDS_KEY: Key = optional("fields", DESCRIBED_FIELDS);
const ANSWERS_KEY: Key = optional("answers", Map(&Keys(|| &ANSWER)));

pub(crate) static RESOURCE: Construct = Construct {
    what: "a resource",
    keys: &[
        mandatory("resource", Text),
        mandatory("plural", Text),
        optional("prose", Keys(|| &PROSE)),
        SUMMARY_KEY,
        optional("object", Text),
        optional("id", Text),
        optional("parent", Keys(|| &PARENT)),
        optional("group", Text),
        optional("states", Keys(|| &STATES)),
        SOURCES_KEY,
        optional("types", TYPES),
        FIELDS_KEY,
        mandatory("operations", Map(&Keys(|| &OPERATION))),
        ANSWERS_KEY,
        optional("examples", Map(&Keys(|| &EXAMPLE))),
    ],
    more: More::Nothing,
};

/// What resources share.
pub(crate) static SHARED: Construct = Construct {
    what: "types.yaml",
    keys: &[
        SUMMARY_KEY,
        SOURCES_KEY,
        Key { name: "types", presence: Presence::Unless(&["fields", "answers"]), value: TYPES },
        FIELDS_KEY,
        ANSWERS_KEY,
    ],
    more: More::Nothing,
};

pub(crate) static PROSE: Construct =
    Construct { what: "`prose`", keys: &[mandatory("one", Text), mandatory("many", Text)], more: More::Nothing };

pub(crate) static PARENT: Construct =
    Construct { what: "`parent`", keys: &[optional("made", Boolean)], more: More::OneName(Text) };

pub(crate) static ANSWER: Construct = Construct {
    what: "an answer",
    keys: &[SUMMARY_KEY, SOURCE_KEY, mandatory("fields", ENTRIES)],
    more: More::Nothing,
};

pub(crate) static STATES: Construct = Construct {
    what: "`states`",
    keys: &[
        mandatory("field", Text),
        mandatory("steps", Map(&Either(&[Stay, Keys(|| &STEP)]))),
        optional("also", List(&Text)),
        optional("sets", Map(&List(&Either(&[Text, OneKey(&Data)])))),
    ],
    more: More::Nothing,
};

pub(crate) static STEP: Construct =
    Construct { what: "a step", keys: &[mandatory("after", Text)], more: More::Nothing };
