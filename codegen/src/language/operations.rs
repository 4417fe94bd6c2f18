//! Operations, their rules, their answers and their examples.

use super::Value::{
    Boolean, Condition, Count, Data, Either, Fact, Integer, Keys, List, Map, MaybeEmpty, NonEmpty, Text, Word,
};
use super::facts::{CONTRADICTIONS_KEY, DEPRECATED_KEY, ENFORCE_KEY, SOURCE_KEY, SUMMARY_KEY};
use super::fields::ENTRIES;
use super::{
    Construct, DOES, EMPTY_TEXTS, ENCODINGS, FIELD, Key, METAS, More, Presence, RETRIES, STAGES, Value, mandatory,
    optional,
};

pub(crate) static OPERATION: Construct = Construct {
    what: "an operation",
    keys: &[
        mandatory("does", Word(&DOES)),
        SUMMARY_KEY,
        mandatory("request", Text),
        mandatory("answer", Keys(|| &ANSWER_USE)),
        SOURCE_KEY,
        ENFORCE_KEY,
        optional("host", Text),
        optional("name", Text),
        optional("stage", Word(&STAGES)),
        DEPRECATED_KEY,
        optional("path", Map(&Keys(|| &FIELD))),
        optional("paged", Keys(|| &PAGED)),
        optional("query", ENTRIES),
        optional("body", ENTRIES),
        optional("like", Keys(|| &LIKE)),
        optional("encoding", Word(&ENCODINGS)),
        optional("data_part", Text),
        optional("rules", Map(&Keys(|| &RULE))),
        optional("at_least", Fact(&Count)),
        optional("empty_text", Word(&EMPTY_TEXTS)),
        optional("retry", Word(&RETRIES)),
        optional("creates", Keys(|| &CREATES)),
        optional("found_by", Text),
        optional("sees", NonEmpty(&Text)),
        optional("moves", Keys(|| &MOVES)),
        optional("deferred", Keys(|| &DEFERRED)),
        optional("examples", List(&Text)),
        CONTRADICTIONS_KEY,
    ],
    more: More::Nothing,
};

pub(crate) static CREATES: Construct = Construct {
    what: "`creates`",
    keys: &[mandatory("each", Text), optional("ids", Text), optional("objects", Text)],
    more: More::Nothing,
};

pub(crate) static MOVES: Construct = Construct {
    what: "`moves`",
    keys: &[optional("from", NonEmpty(&Text)), mandatory("to", Text)],
    more: More::Nothing,
};

pub(crate) static PAGED: Construct = Construct {
    what: "`paged`",
    keys: &[SOURCE_KEY, ENFORCE_KEY, optional("max", Fact(&Integer)), optional("cursor", Keys(|| &CURSOR_OF_LIST))],
    more: More::Nothing,
};

pub(crate) static CURSOR_OF_LIST: Construct =
    Construct { what: "`cursor`", keys: &[SOURCE_KEY, ENFORCE_KEY], more: More::Nothing };

pub(crate) static DEFERRED: Construct =
    Construct { what: "`deferred`", keys: &[SOURCE_KEY, ENFORCE_KEY], more: More::Nothing };

pub(crate) static LIKE: Construct = Construct {
    what: "`like`",
    keys: &[mandatory("operation", Text), optional("optional", Boolean), optional("without", List(&Text))],
    more: More::Nothing,
};

/// A value in a condition, or several.
const CONDITION: Value = Either(&[Condition, List(&Condition)]);

pub(crate) static RULE: Construct = Construct {
    what: "a rule",
    keys: &[
        optional("when", Map(&CONDITION)),
        optional("given", List(&Text)),
        optional("absent", List(&Text)),
        optional("needs", List(&Text)),
        optional("exactly_one_of", List(&Text)),
        optional("at_least_one_of", List(&Text)),
        optional("at_most_one_of", List(&Text)),
        optional("may_skip", List(&Text)),
        SOURCE_KEY,
        ENFORCE_KEY,
        SUMMARY_KEY,
    ],
    more: More::Nothing,
};

pub(crate) static ANSWER_USE: Construct = Construct {
    what: "`answer`",
    keys: &[
        Key { name: "type", presence: Presence::InsteadOf("says"), value: Text },
        Key { name: "says", presence: Presence::Unless(&["type"]), value: MaybeEmpty },
        optional("status", List(&Count)),
        optional("under", Text),
        optional("unwrapped", Keys(|| &UNWRAPPED)),
        optional("list", Text),
        optional("total", Either(&[Text, List(&Text)])),
        optional("beside", Text),
        optional("meta", Word(&METAS)),
    ],
    more: More::Nothing,
};

pub(crate) static UNWRAPPED: Construct = Construct { what: "`unwrapped`", keys: &[SOURCE_KEY], more: More::Nothing };

pub(crate) static EXAMPLE: Construct = Construct {
    what: "an example",
    keys: &[
        SOURCE_KEY,
        ENFORCE_KEY,
        mandatory("request", Data),
        optional("sends", Map(&Data)),
        optional("warns", List(&Text)),
        optional("answer", Data),
        optional("status", Count),
    ],
    more: More::Nothing,
};
