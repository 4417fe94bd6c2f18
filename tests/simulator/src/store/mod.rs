//! The stored objects of all collections, with the sources of their ids and timestamps.

mod id_generator;
mod room;

pub(crate) use id_generator::IdGenerator;
use room::Room;
pub(crate) use room::{MAX_BYTES, json_size};

use crate::machine::{History, Schedule};
use crate::time::{Clock, Pace};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// The fields of a stored object.
pub(crate) type StoredObject = Map<String, Value>;

/// Identifies one collection. Accounts do not share collections, nor do parent objects.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CollectionKey {
    /// The id of the account that owns the objects.
    pub(crate) account: String,
    /// The name of the resource.
    pub(crate) resource: String,
    /// The ids of the objects that contain the collection, outermost first.
    pub(crate) parents: Vec<String>,
}

/// All stored objects.
#[derive(Debug)]
pub(crate) struct Store {
    collections: BTreeMap<CollectionKey, Entries>,
    room: Room,
    /// Generates the ids of new objects.
    pub(crate) ids: IdGenerator,
    /// Dates new objects, and moves them.
    pub(crate) clock: Clock,
    /// When which object leaves its state.
    pub(crate) schedule: Schedule<(CollectionKey, String)>,
    /// The latest transitions.
    pub(crate) history: History,
}

/// The objects of one collection in order of creation.
#[derive(Debug, Default)]
struct Entries {
    /// The sequence number of the latest object. The first object has 1.
    last_sequence: u64,
    /// The objects by sequence number.
    objects: BTreeMap<u64, StoredObject>,
    /// The sequence numbers by id.
    sequences: HashMap<String, u64>,
}

impl Store {
    /// An empty store. The seed determines the ids of new objects.
    pub(crate) fn new(seed: u64, pace: Pace) -> Self {
        let (ids, clock, room) = (IdGenerator::new(seed), Clock::new(pace), Room::default());
        let (schedule, history) = (Schedule::default(), History::default());
        Self { collections: BTreeMap::new(), room, ids, clock, schedule, history }
    }

    /// Adds an object to a collection.
    pub(crate) fn insert(&mut self, key: CollectionKey, id: String, object: StoredObject) {
        let entries = self.collections.entry(key).or_default();
        entries.last_sequence += 1;
        entries.objects.insert(entries.last_sequence, object);
        entries.sequences.insert(id, entries.last_sequence);
    }

    /// Whether a collection contains an object with this id.
    pub(crate) fn contains(&self, key: &CollectionKey, id: &str) -> bool {
        self.collections.get(key).is_some_and(|entries| entries.sequences.contains_key(id))
    }

    /// The object with this id.
    pub(crate) fn get_mut(&mut self, key: &CollectionKey, id: &str) -> Option<&mut StoredObject> {
        let entries = self.collections.get_mut(key)?;
        entries.objects.get_mut(entries.sequences.get(id)?)
    }

    /// Removes an object and returns it. A collection without objects is removed, or the collections of accounts that come
    /// and go would fill the memory.
    pub(crate) fn remove(&mut self, key: &CollectionKey, id: &str) -> Option<StoredObject> {
        let entries = self.collections.get_mut(key)?;
        let removed = entries.objects.remove(&entries.sequences.remove(id)?);
        if entries.objects.is_empty() {
            self.collections.remove(key);
        }
        removed
    }

    /// Removes a collection, and the collections of the same resource that its objects contain.
    pub(crate) fn remove_collection(&mut self, key: &CollectionKey) {
        let is_inside = |other: &CollectionKey| {
            other.account == key.account && other.resource == key.resource && other.parents.starts_with(&key.parents)
        };
        let inside = self.collections.range(key..).map(|(key, _)| key).take_while(|other| is_inside(other));
        for key in inside.cloned().collect::<Vec<_>>() {
            self.collections.remove(&key);
        }
    }

    /// The keys of all collections, in their order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &CollectionKey> {
        self.collections.keys()
    }

    /// The objects of a collection, oldest first.
    pub(crate) fn objects(&self, key: &CollectionKey) -> impl Iterator<Item = &StoredObject> {
        self.collections.get(key).into_iter().flat_map(|entries| entries.objects.values())
    }
}

#[cfg(test)]
mod tests {
    use super::{CollectionKey, Pace, Store, StoredObject};

    fn key(account: &str, resource: &str, parents: &[&str]) -> CollectionKey {
        let parents = parents.iter().map(|&parent| parent.to_owned()).collect();
        CollectionKey { account: account.to_owned(), resource: resource.to_owned(), parents }
    }

    #[test]
    fn removing_a_collection_removes_nested_collections() {
        let keys = [
            key("a", "leaf", &["1"]),
            key("a", "leaf", &["1", "2"]),
            key("a", "leaf", &["10"]),
            key("a", "leaf", &[]),
            key("a", "twig", &["1"]),
            key("b", "leaf", &["1"]),
        ];
        let mut store = Store::new(0, Pace::Virtual);
        for key in &keys {
            store.insert(key.clone(), "id".to_owned(), StoredObject::new());
        }
        store.remove_collection(&keys[0]);
        let left: Vec<_> = keys.iter().map(|key| store.contains(key, "id")).collect();
        assert_eq!(left, [false, false, true, true, true, true]);
        assert_eq!(store.collections.len(), 4);
    }
    #[test]
    fn an_account_whose_objects_are_removed_leaves_nothing() {
        let mut store = Store::new(0, Pace::Virtual);
        let key = key("a", "leaf", &[]);
        for id in ["1", "2"] {
            store.insert(key.clone(), id.to_owned(), StoredObject::new());
        }
        assert!(store.remove(&key, "1").is_some());
        assert_eq!(store.objects(&key).count(), 1);
        assert!(store.remove(&key, "2").is_some() && store.remove(&key, "2").is_none());
        assert_eq!(store.collections.len(), 0);
    }
}
