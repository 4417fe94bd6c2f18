//! When a request is sent: within the limits of the account, again if that does no harm, and in time.

mod attempts;
mod budget;
mod http_date;
mod limits;
mod retry;
mod retry_after;
mod window;

pub(crate) use self::attempts::{Sending, Tried};
pub(crate) use self::budget::Budget;
pub(crate) use self::limits::{Allowed, Limits};
pub(crate) use self::retry::{Failure, MAX_RETRIES};
