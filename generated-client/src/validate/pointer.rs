//! The path from a request to one of its values.

use std::fmt::Write;

/// A path as a linked list: each step points to its parent.
pub(super) enum PathStep<'a> {
    Root,
    Key(&'a PathStep<'a>, &'a str),
    Index(&'a PathStep<'a>, usize),
}

impl PathStep<'_> {
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
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Self::Index(parent, index) => {
                parent.write(pointer);
                // Writing to a `String` cannot fail.
                let _ = write!(pointer, "/{index}");
            }
        }
    }
}
