//! A list with names: ordered, and looked up in constant time.

use std::collections::HashMap;

/// A list with an index of names. Of two things with one name, the first is found.
#[derive(Debug)]
pub(crate) struct Table<T> {
    list: Vec<(String, T)>,
    positions: HashMap<String, usize>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { list: Vec::new(), positions: HashMap::new() }
    }
}

impl<T> FromIterator<(String, T)> for Table<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(things: I) -> Self {
        let mut table = Self::default();
        things.into_iter().for_each(|(name, thing)| table.push(name, thing));
        table
    }
}

impl<T> Table<T> {
    pub(crate) fn push(&mut self, name: impl Into<String>, thing: T) {
        let name = name.into();
        self.positions.entry(name.clone()).or_insert(self.list.len());
        self.list.push((name, thing));
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.position(name).map(|position| &self.list[position].1)
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.positions.get(name).copied()
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.positions.contains_key(name)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|(name, _)| name.as_str())
    }
}
