//! Points in time, and the clock of the simulated API.

mod clock;
mod moment;

pub(crate) use clock::{Clock, Pace};
pub(crate) use moment::Moment;
