//! The order of the keys in the objects of one answer.
//!
//! A server writes the keys of all objects of a type in the same order. After the first object, each key is known before
//! it is read, so that it is compared once instead of being looked up.

use std::ptr;

use crate::schema::Schema;

/// The field that follows each field, by type. Until an object differs, fields follow in the order of the schema.
#[derive(Debug, Default)]
pub(super) struct KeyOrders {
    learned: Vec<(&'static Schema, Vec<usize>)>,
}

impl KeyOrders {
    /// The index of the field whose key probably follows. `last` is the number of the last field, counted from 1, or 0
    /// at the beginning of an object.
    pub(super) fn after(&self, schema: &'static Schema, last: usize) -> usize {
        let learned = self.learned.iter().find(|(of, _)| ptr::eq(*of, schema));
        learned.and_then(|(_, next)| next.get(last)).copied().unwrap_or(last)
    }

    /// Remembers that the key of a field followed.
    #[cold]
    pub(super) fn learn(&mut self, schema: &'static Schema, last: usize, index: usize) {
        let known = self.learned.iter_mut().find(|(of, _)| ptr::eq(*of, schema));
        if let Some(slot) = known.and_then(|(_, next)| next.get_mut(last)) {
            *slot = index;
        } else {
            let mut next: Vec<usize> = (0..=schema.fields.len()).collect();
            if let Some(slot) = next.get_mut(last) {
                *slot = index;
            }
            self.learned.push((schema, next));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KeyOrders;
    use crate::macros::row;
    use crate::schema::{Field, Schema};

    #[test]
    fn the_last_order_of_each_type_is_expected() {
        const A: Field = row!(a, Answer, []);
        const B: Field = row!(b, Answer, []);
        static FIRST: Schema = Schema { name: "First", fields: &[A, B], ..Schema::EMPTY };
        static SECOND: Schema = Schema { name: "Second", fields: &[A], ..Schema::EMPTY };
        let mut orders = KeyOrders::default();
        assert_eq!([0, 1, 2].map(|last| orders.after(&FIRST, last)), [0, 1, 2]);
        orders.learn(&FIRST, 0, 1);
        orders.learn(&FIRST, 2, 0);
        assert_eq!([0, 1, 2].map(|last| orders.after(&FIRST, last)), [1, 1, 0]);
        assert_eq!([0, 1].map(|last| orders.after(&SECOND, last)), [0, 1]);
        orders.learn(&FIRST, 0, 0);
        assert_eq!(orders.after(&FIRST, 0), 0);
    }
}
