//! The mistakes in a request that comes as data: keys that it does not have, and values of the wrong kind.

use std::fmt;

use crate::drift::push_front;
use crate::schema::{one_line, truncated};

/// The mistakes in one request. The first 100 are kept; the rest are only counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mistakes {
    kept: Vec<Mistake>,
    omitted: usize,
}

/// A mistake in a request.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    /// The JSON pointer of the key or value.
    pub(crate) pointer: String,
    /// What kind of mistake it is.
    pub(crate) rule: &'static str,
    pub(crate) message: String,
    /// The field of the same object that an unknown key explains: it has no value, and the key is similar.
    pub(crate) meant: Option<&'static str>,
}

impl Mistakes {
    const MAX_KEPT: usize = 100;

    /// The number of characters that are shown of a key, which may be of any length.
    const MAX_KEY: usize = 100;

    /// The beginning of a key, short enough for a message.
    pub(super) fn shown(key: &str) -> &str {
        truncated(key, Self::MAX_KEY)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The mistakes that are kept.
    pub(crate) fn kept(&self) -> &[Mistake] {
        &self.kept
    }

    /// Records a mistake in the value being decoded. The message is built only if it is kept.
    pub(super) fn add(&mut self, rule: &'static str, message: impl FnOnce() -> String) {
        if self.kept.len() < Self::MAX_KEPT {
            self.kept.push(Mistake { pointer: String::new(), rule, message: message(), meant: None });
        } else {
            self.omitted += 1;
        }
    }

    /// Says that the mistake at a position is why a field has no value.
    pub(super) fn explain(&mut self, position: usize, field: &'static str) {
        if let Some(mistake) = self.kept.get_mut(position) {
            mistake.meant = Some(field);
        }
    }

    /// The position of the next mistake, for [`prefix_since`](Self::prefix_since).
    pub(super) fn checkpoint(&self) -> usize {
        self.kept.len()
    }

    /// Prepends a key to the pointer of every mistake added since the checkpoint.
    pub(super) fn prefix_since(&mut self, checkpoint: usize, key: &str) {
        for mistake in self.kept.get_mut(checkpoint..).unwrap_or_default() {
            push_front(&mut mistake.pointer, Self::shown(key));
        }
    }

    /// Like [`prefix_since`](Self::prefix_since), for an index in a list.
    pub(super) fn prefix_index_since(&mut self, checkpoint: usize, index: usize) {
        if self.kept.len() > checkpoint {
            self.prefix_since(checkpoint, &index.to_string());
        }
    }

    /// The kept mistakes, and one that counts the rest if there are more.
    pub(crate) fn into_all(self) -> Vec<Mistake> {
        let Self { mut kept, omitted } = self;
        if omitted > 0 {
            kept.push(Mistake {
                pointer: String::new(),
                rule: "type",
                message: format!("{omitted} more mistakes"),
                meant: None,
            });
        }
        kept
    }
}

/// All mistakes in one line.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.clone().into_all().iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            f.write_str(separator)?;
            // For a field of the request itself, the message contains the name.
            if mistake.pointer.matches('/').count() > 1 {
                write!(f, "{}: ", one_line(&mistake.pointer))?;
            }
            f.write_str(&one_line(&mistake.message))?;
        }
        Ok(())
    }
}
