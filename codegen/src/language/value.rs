//! What the value of a key looks like.

use super::{Construct, FACT};

/// A function, because constructs contain themselves and each other.
pub(crate) type ConstructOf = fn() -> &'static Construct;

/// A value, as it is written.
#[derive(Clone, Copy)]
pub(crate) enum Value {
    /// A text that is not blank.
    Text,
    /// A text that can be empty.
    MaybeEmpty,
    /// A text that can be blank.
    MaybeBlank,
    /// A text that ends in a full stop.
    Sentence,
    /// The name of a field, with or without `!`.
    Marked,
    /// A word for a type, or the name of a type.
    Type,
    /// The name of a format, built in or declared.
    Format,
    /// A word for characters, or one character.
    Characters,
    /// `1s`, `wait` or `end`.
    Stay,
    /// A text or a boolean.
    Condition,
    /// A text, a number or a boolean.
    Plain,
    /// A whole number that is not negative.
    Count,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// JSON-like data.
    Data,
    /// One word of a list.
    Word(&'static dyn Words),
    /// A list.
    List(&'static Value),
    /// A list of at least one item.
    NonEmpty(&'static Value),
    /// A list of at least two different items.
    Several(&'static Value),
    /// A mapping from names.
    Map(&'static Value),
    /// A mapping from names with or without `!`.
    MarkedMap(&'static Value),
    /// A mapping of one key, which is a name with or without `!`.
    MarkedKey(&'static Value),
    /// A mapping of one key, which is a name.
    OneKey(&'static Value),
    /// A mapping with known keys.
    Keys(ConstructOf),
    /// A mapping with known keys: the first of these constructs with one of its keys, or else the last construct.
    KeysBy(&'static [(&'static [&'static str], ConstructOf)], ConstructOf),
    /// A value, or a mapping of it and of who states it.
    Fact(&'static Value),
    /// A scalar, a list or a mapping: each kind occurs once at most.
    Either(&'static [Value]),
}

impl Value {
    /// The constructs that the value can be or contain, without those inside them.
    pub(crate) fn constructs(&self) -> Vec<&'static Construct> {
        match self {
            Self::Keys(construct) => vec![construct()],
            Self::KeysBy(others, construct) => others.iter().map(|(_, of)| of()).chain([construct()]).collect(),
            Self::Fact(value) => [&FACT].into_iter().chain(value.constructs()).collect(),
            Self::Either(values) => values.iter().flat_map(Self::constructs).collect(),
            Self::List(value)
            | Self::NonEmpty(value)
            | Self::Several(value)
            | Self::Map(value)
            | Self::MarkedMap(value)
            | Self::MarkedKey(value)
            | Self::OneKey(value) => value.constructs(),
            _ => Vec::new(),
        }
    }
}

/// A list of words, each with its meaning.
pub(crate) trait Words: Sync {
    fn names(&self) -> Vec<&'static str>;
}

impl<T: Sync, const N: usize> Words for [(&'static str, T); N] {
    fn names(&self) -> Vec<&'static str> {
        self.iter().map(|(word, _)| *word).collect()
    }
}
