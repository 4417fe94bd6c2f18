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

    /// Whether an object is there.
    pub(crate) fn has(&self, place: &Place, id: &str) -> bool {
        self.shelves.get(place).is_some_and(|shelf| shelf.numbers.contains_key(id))
    }

    /// Finds an object.
    pub(crate) fn get_mut(&mut self, place: &Place, id: &str) -> Option<&mut Stored> {
        let shelf = self.shelves.get_mut(place)?;
        shelf.objects.get_mut(shelf.numbers.get(id)?)
    }

    /// Where the object of an id lies. A path may leave out what it lies in, if the id tells enough.
    pub(crate) fn home(&self, place: Place, id: &str) -> Place {
        if self.has(&place, id) {
            return place;
        }
        let is_home = |known: &Place| {
            let is_same = (&known.account, &known.resource) == (&place.account, &place.resource);
            is_same && place.parents.iter().all(|parent| known.parents.contains(parent))
        };
        let mut homes = self.shelves.keys().filter(|known| is_home(known) && self.has(known, id));
        homes.next().cloned().unwrap_or(place)
    }

    /// Takes an object away.
    pub(crate) fn remove(&mut self, place: &Place, id: &str) -> Option<Stored> {
        let shelf = self.shelves.get_mut(place)?;
        shelf.objects.remove(&shelf.numbers.remove(id)?)
    }

    /// Takes all objects of a place away, and of the places inside of it.
    pub(crate) fn remove_all(&mut self, place: &Place) {
        let is_inside = |other: &Place| {
            other.account == place.account
                && other.resource == place.resource
                && other.parents.starts_with(&place.parents)
        };
        let inside = self.shelves.range(place..).map(|(place, _)| place).take_while(|other| is_inside(other));
        for place in inside.cloned().collect::<Vec<_>>() {
            self.shelves.remove(&place);
        }
    }

    /// Gives the objects of a place, oldest first.
    pub(crate) fn all(&self, place: &Place) -> impl Iterator<Item = &Stored> {
        self.shelves.get(place).into_iter().flat_map(|shelf| shelf.objects.values())
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, State, Stored};

    fn place(account: &str, resource: &str, parents: &[&str]) -> Place {
        let parents = parents.iter().map(|&parent| parent.to_owned()).collect();
        Place { account: account.to_owned(), resource: resource.to_owned(), parents }
    }

    #[test]
    fn what_is_inside_goes_along() {
        let places = [
            place("a", "leaf", &["1"]),
            place("a", "leaf", &["1", "2"]),
            place("a", "leaf", &["10"]),
            place("a", "leaf", &[]),
            place("a", "twig", &["1"]),
            place("b", "leaf", &["1"]),
        ];
        let mut state = State::default();
        for place in &places {
            state.insert(place.clone(), "id".to_owned(), Stored::new());
        }
        state.remove_all(&places[0]);
        let left: Vec<_> = places.iter().map(|place| state.has(place, "id")).collect();
        assert_eq!(left, [false, false, true, true, true, true]);
        assert_eq!(state.shelves.len(), 4);
    }
}
