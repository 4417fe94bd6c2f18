//! Facts, and who states them.

use super::Value::{Data, Either, Fact, Format, Keys, List, Map, Several, Text, Word};
use super::{Construct, Key, LEVELS, More, Value, mandatory, optional};

/// A source, or several.
const SOURCE: Value = Either(&[Text, Several(&Text)]);

pub(super) const SOURCE_KEY: Key = optional("source", SOURCE);
pub(super) const ENFORCE_KEY: Key = optional("enforce", Word(&LEVELS));
pub(super) const SUMMARY_KEY: Key = mandatory("summary", Text);
pub(super) const DEPRECATED_KEY: Key = optional("deprecated", Text);
pub(super) const FORMAT_KEY: Key = optional("format", Fact(&Format));
pub(super) const CONTRADICTIONS_KEY: Key = optional("contradictions", List(&Keys(|| &CONTRADICTION)));
pub(super) const REQUIRED_KEY: Key = optional("required", Keys(|| &REQUIRED));

pub(crate) static SOURCE_OF_FACTS: Construct = Construct {
    what: "a source",
    keys: &[mandatory("says", Text), optional("url", Text), mandatory("enforce", Word(&LEVELS))],
    more: More::Nothing,
};

pub(crate) static FACT: Construct =
    Construct { what: "a fact", keys: &[mandatory("is", Data), SOURCE_KEY, ENFORCE_KEY], more: More::Nothing };

pub(crate) static REQUIRED: Construct =
    Construct { what: "`required`", keys: &[SOURCE_KEY, ENFORCE_KEY], more: More::Something };

pub(crate) static DEFAULT: Construct =
    Construct { what: "`default`", keys: &[mandatory("is", Data), SOURCE_KEY], more: More::Nothing };

pub(crate) static CONTRADICTION: Construct = Construct {
    what: "a contradiction",
    keys: &[optional("examples", Map(&Data)), mandatory("decision", Text), optional("note", Text)],
    more: More::Names(Text),
};
