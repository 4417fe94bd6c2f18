//! What the simulator keeps: the objects of every collection.

use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// An object as it is stored.
pub(crate) type Stored = Map<String, Value>;

/// Where objects lie: one account sees nothing of another's, nor one parent of another's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Whose they are.
    pub(crate) account: String,
    /// The resource.
    pub(crate) resource: String,
    /// The path parameters beside the object's id, for collections inside of objects.
    pub(crate) parents: Vec<String>,
}

/// All objects.
#[derive(Debug, Default)]
pub(crate) struct State {
    shelves: BTreeMap<Place, Shelf>,
}

/// The objects of one place, in the order of their creation.
#[derive(Debug, Default)]
struct Shelf {
    made: u64,
    objects: BTreeMap<u64, Stored>,
    numbers: HashMap<String, u64>,
}

impl State {
    /// Puts a new object in its place.
    pub(crate) fn insert(&mut self, place: Place, id: String, object: Stored) {
        let shelf = self.shelves.entry(place).or_default();
        shelf.made += 1;
        shelf.objects.insert(shelf.made, object);
        shelf.numbers.insert(id, shelf.made);
    }

    /// Finds an object.
    pub(crate) fn get_mut(&mut self, place: &Place, id: &str) -> Option<&mut Stored> {
        let shelf = self.shelves.get_mut(place)?;
        shelf.objects.get_mut(shelf.numbers.get(id)?)
    }

    /// Takes an object away.
    pub(crate) fn remove(&mut self, place: &Place, id: &str) -> Option<Stored> {
        let shelf = self.shelves.get_mut(place)?;
        shelf.objects.remove(&shelf.numbers.remove(id)?)
    }

    /// Gives the objects of a place, oldest first.
    pub(crate) fn all(&self, place: &Place) -> impl Iterator<Item = &Stored> {
        self.shelves.get(place).into_iter().flat_map(|shelf| shelf.objects.values())
    }
}
