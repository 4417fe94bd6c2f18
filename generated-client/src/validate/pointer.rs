//! The path from a request to one of its values.

use std::fmt::Write;

use crate::schema::Schema;

/// A path as a linked list: each step points to its parent.
pub(super) enum PathStep<'a> {
    Root,
    Key(&'a PathStep<'a>, &'a str),
    Index(&'a PathStep<'a>, usize),
    /// Several keys with dots between them.
    Keys(&'a PathStep<'a>, &'a str),
}

impl<'a> PathStep<'a> {
    /// The path to a field of a schema. Dots in the name lead into objects.
    pub(super) fn along(parent: &'a PathStep<'a>, schema: &Schema, name: &'a str) -> Self {
        if schema.position(name).is_some() { Self::Key(parent, name) } else { Self::Keys(parent, name) }
    }

    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.write(&mut pointer);
        pointer
    }

    fn write(&self, pointer: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.write(pointer);
                push_key(pointer, key);
            }
            Self::Keys(parent, keys) => {
                parent.write(pointer);
                keys.split('.').for_each(|key| push_key(pointer, key));
            }
            Self::Index(parent, index) => {
                parent.write(pointer);
                // Writing to a `String` cannot fail.
                let _ = write!(pointer, "/{index}");
            }
        }
    }
}

fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
}
