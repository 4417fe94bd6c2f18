//! The keys of the language: one table for each construct. The readers accept what the tables list, and the JSON Schema
//! for editors is made from them.

mod api;
mod facts;
mod fields;
mod files;
mod operations;
mod reference;
mod resource;
mod sdk;
mod value;
mod words;

pub(crate) use self::api::*;
pub(crate) use self::facts::*;
pub(crate) use self::fields::*;
pub(crate) use self::files::*;
pub(crate) use self::operations::*;
pub(crate) use self::reference::Reference;
pub(crate) use self::resource::*;
pub(crate) use self::sdk::*;
pub(crate) use self::value::*;
pub(crate) use self::words::*;

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

const fn mandatory(name: &'static str, value: Value) -> Key {
    Key { name, presence: Presence::Mandatory, value }
}

const fn optional(name: &'static str, value: Value) -> Key {
    Key { name, presence: Presence::Optional, value }
}
