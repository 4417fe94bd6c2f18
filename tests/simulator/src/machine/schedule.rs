//! When which object leaves its state.

use crate::time::Moment;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// The objects that leave their state at a known time. Each object has at most one such time.
#[derive(Debug)]
pub(crate) struct Schedule<K> {
    /// The objects by time. Of two at the same time, the one that was scheduled first comes first.
    queue: BTreeMap<(Moment, u64), K>,
    /// The position of each object in the queue.
    positions: HashMap<K, (Moment, u64)>,
    /// The number of entries so far.
    sequence: u64,
}

impl<K> Default for Schedule<K> {
    fn default() -> Self {
        Self { queue: BTreeMap::new(), positions: HashMap::new(), sequence: 0 }
    }
}

impl<K: Clone + Eq + Hash> Schedule<K> {
    /// Replaces the time of an object. `None`: it stays in its state.
    pub(crate) fn set(&mut self, object: K, due: Option<Moment>) {
        if let Some(position) = self.positions.remove(&object) {
            self.queue.remove(&position);
        }
        let Some(due) = due else { return };
        self.sequence += 1;
        self.positions.insert(object.clone(), (due, self.sequence));
        self.queue.insert((due, self.sequence), object);
    }

    /// Removes the earliest object whose time has come.
    pub(crate) fn pop_due(&mut self, now: Moment) -> Option<(Moment, K)> {
        let first = self.queue.first_entry().filter(|entry| entry.key().0 <= now)?;
        let ((due, _), object) = first.remove_entry();
        self.positions.remove(&object);
        Some((due, object))
    }
}

#[cfg(test)]
mod tests {
    use super::Schedule;
    use crate::time::Moment;
    use std::time::Duration;

    fn second(number: u64) -> Moment {
        Moment::START + Duration::from_secs(number)
    }

    #[test]
    fn objects_come_at_their_time_and_in_its_order() {
        let mut schedule = Schedule::default();
        for (object, due) in [("c", 3), ("a", 1), ("b", 1)] {
            schedule.set(object, Some(second(due)));
        }
        assert_eq!(schedule.pop_due(second(0)), None);
        assert_eq!(schedule.pop_due(second(2)), Some((second(1), "a")));
        assert_eq!(schedule.pop_due(second(2)), Some((second(1), "b")));
        assert_eq!(schedule.pop_due(second(2)), None);
        assert_eq!(schedule.pop_due(second(3)), Some((second(3), "c")));
    }

    #[test]
    fn an_object_has_one_time() {
        let mut schedule = Schedule::default();
        schedule.set("a", Some(second(1)));
        schedule.set("a", Some(second(2)));
        schedule.set("b", Some(second(1)));
        schedule.set("b", None);
        assert_eq!(schedule.pop_due(second(9)), Some((second(2), "a")));
        assert_eq!(schedule.pop_due(second(9)), None);
    }
}
