//! What a table says: the keys of a construct, and what their values look like. Constructs and values contain each other.

/// A mapping of the language.
pub(crate) struct Construct {
    /// What it is called in messages, as in "a field" or "`auth`". `spec/README.md` explains its keys under "key of" this.
    pub(crate) what: &'static str,
    /// The keys, in the order of `spec/README.md`.
    pub(crate) keys: &'static [Key],
    pub(crate) more: More,
}

/// What a mapping has besides its keys.
pub(crate) enum More {
    Nothing,
    /// It is not empty.
    Something,
    /// Other keys, which are names.
    Names(Value),
    /// Exactly one other key, which is a name.
    OneName(Value),
    /// Keys that depend on its type.
    OfTypes(&'static Types),
}

/// A key, whether it is there, and its value.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) presence: Presence,
    pub(crate) value: Value,
}

pub(crate) enum Presence {
    Mandatory,
    Optional,
    /// Mandatory unless one of these keys is there.
    Unless(&'static [&'static str]),
    /// Mandatory unless this key is there, and not allowed beside it.
    InsteadOf(&'static str),
}

/// Which keys belong to which types.
pub(crate) struct Types {
    /// The types with keys of their own, all of which are mandatory.
    pub(crate) keys: &'static [(&'static str, &'static [&'static str])],
    /// The type that a key implies if there is no `type`. The first of these keys counts.
    pub(crate) implied: &'static [(&'static str, &'static str)],
}

impl Types {
    /// The types that have a key.
    pub(crate) fn owners(&self, key: &str) -> Vec<&'static str> {
        self.keys.iter().filter(|(_, keys)| keys.contains(&key)).map(|(ty, _)| *ty).collect()
    }

    /// Every key that belongs to a type.
    pub(crate) fn all_keys(&self) -> Vec<&'static str> {
        let mut all: Vec<_> = self.keys.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Construct {
    pub(crate) fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// What is under its keys.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        let more = match &self.more {
            More::Names(value) | More::OneName(value) => Some(value),
            More::Nothing | More::Something | More::OfTypes(_) => None,
        };
        self.keys.iter().map(|key| &key.value).chain(more)
    }
}

pub(super) const fn mandatory(name: &'static str, value: Value) -> Key {
    Key { name, presence: Presence::Mandatory, value }
}

pub(super) const fn optional(name: &'static str, value: Value) -> Key {
    Key { name, presence: Presence::Optional, value }
}

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

/// A list of words, each with its meaning.
pub(crate) trait Words: Sync {
    fn names(&self) -> Vec<&'static str>;
}

impl<T: Sync, const N: usize> Words for [(&'static str, T); N] {
    fn names(&self) -> Vec<&'static str> {
        self.iter().map(|(word, _)| *word).collect()
    }
}
