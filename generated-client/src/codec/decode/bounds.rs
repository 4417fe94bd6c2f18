//! The bounds on the work of decoding one answer.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::parser::Stopped;
use crate::clock::Clock;
use crate::schema::{Value, View};

/// The maximum number of unreadable items in all lists of an answer.
const MAX_UNREADABLE: usize = 20_000;

/// The number of values between two looks at the clock.
const VALUES_PER_LOOK: usize = 256;

/// The bounds on decoding one answer, and the work so far. The default is no bounds.
#[derive(Clone, Default)]
pub(crate) struct Bounds {
    end: Option<(Arc<dyn Clock>, Duration)>,
    values: usize,
    unreadable: usize,
    exceeded: Option<Exceeded>,
}

/// The bound that an answer exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exceeded {
    /// The time is up.
    Time,
    /// Too many items of lists are unreadable.
    UnreadableItems,
}

impl Bounds {
    /// The bounds of an answer whose decoding must end at this time of the clock.
    pub(crate) fn until(clock: Arc<dyn Clock>, end: Duration) -> Self {
        Self { end: Some((clock, end)), ..Self::default() }
    }

    /// The bound that is exceeded.
    pub(super) fn exceeded(&self) -> Option<Exceeded> {
        self.exceeded
    }

    /// Counts a value in a list, a map or an object.
    pub(super) fn count_value(&mut self) -> Result<(), Stopped> {
        let Some((clock, end)) = &self.end else { return Ok(()) };
        self.values += 1;
        let is_late = self.values.is_multiple_of(VALUES_PER_LOOK) && clock.now() >= *end;
        if is_late { self.exceed(Exceeded::Time) } else { Ok(()) }
    }

    /// Counts an item of a list. It is unreadable if it does not fit, or if it is an object in which no field is set.
    pub(super) fn count_item(&mut self, item: &dyn Value, fits: bool) -> Result<(), Stopped> {
        self.count_value()?;
        if fits && !has_no_field(item) {
            return Ok(());
        }
        self.unreadable += 1;
        let are_too_many = self.end.is_some() && self.unreadable > MAX_UNREADABLE;
        if are_too_many { self.exceed(Exceeded::UnreadableItems) } else { Ok(()) }
    }

    fn exceed(&mut self, exceeded: Exceeded) -> Result<(), Stopped> {
        self.exceeded = Some(exceeded);
        Err(Stopped)
    }
}

fn has_no_field(value: &dyn Value) -> bool {
    let View::Object(object) = value.view() else { return false };
    object.fields().all(|(_, value)| matches!(value.view(), View::Absent))
}

impl fmt::Debug for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bounds").field("exceeded", &self.exceeded).finish_non_exhaustive()
    }
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time => f.write_str("the deadline passed while it was decoded"),
            Self::UnreadableItems => write!(f, "more than {MAX_UNREADABLE} items of its lists are unreadable"),
        }
    }
}
