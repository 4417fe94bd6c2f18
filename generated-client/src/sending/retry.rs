//! Decides whether a request is sent again. The decision is a pure function.
//!
//! It is made for failed attempts only. A completely received response with a 2xx status is never retried, even if it
//! cannot be decoded.

use std::time::Duration;

use crate::error::{Failure, Outcome};
use crate::schema::Retry;

/// The default maximum number of retries.
pub(crate) const MAX_RETRIES: u32 = 2;

/// The longest `Retry-After` that the client waits for. With a longer one, the error is returned to the caller.
pub(crate) const MAX_RETRY_AFTER: Duration = Duration::from_secs(60);

/// The upper bound of the wait before the first retry. It doubles with each retry.
const INITIAL_BACKOFF: Duration = Duration::from_millis(500);

/// The maximum number of doublings: the bound grows up to 8 seconds.
const DOUBLINGS: u32 = 4;

/// The initial and maximum number of tokens in the retry budget.
pub(crate) const BUDGET_CAPACITY: u32 = 500;

/// The number of tokens that a retry costs.
pub(crate) const RETRY_COST: u32 = 14;

const TOO_MANY_REQUESTS: u16 = 429;

/// The facts on which the decision depends, in addition to the failure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RetryState {
    /// The retry class of the operation.
    pub(crate) class: Retry,
    /// The number of the failed attempt, starting at 1.
    pub(crate) attempt: u32,
    pub(crate) max_retries: u32,
    /// The tokens left in the retry budget.
    pub(crate) budget: u32,
    /// The time until the deadline.
    pub(crate) time_left: Duration,
    /// Whether a stream of the body has been read, so that the request cannot be sent again.
    pub(crate) is_consumed: bool,
    /// A random number from 0 to 1.
    pub(crate) random: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    RetryAfter(Duration),
    Stop,
}

/// Decides whether the request is sent again, and when.
pub(crate) fn decide(failure: Failure, state: &RetryState) -> Decision {
    let retry_after = failure.retry_after.unwrap_or_default();
    let wait = backoff(state.attempt, state.random).max(retry_after);
    let is_retried = is_safe_to_retry(failure, state.class)
        && !failure.is_permanent
        && !state.is_consumed
        && state.attempt <= state.max_retries
        && state.budget >= RETRY_COST
        && retry_after <= MAX_RETRY_AFTER
        && wait < state.time_left;
    if is_retried { Decision::RetryAfter(wait) } else { Decision::Stop }
}

/// Whether sending the request again does no harm.
fn is_safe_to_retry(failure: Failure, class: Retry) -> bool {
    match (class, failure.outcome) {
        (Retry::Never, _) => false,
        (Retry::Safe | Retry::IfNotSent, Outcome::NotSent) => true,
        (Retry::Safe | Retry::IfNotSent, Outcome::Rejected) => failure.status == Some(TOO_MANY_REQUESTS),
        (Retry::Safe, Outcome::Unknown | Outcome::Executed) => may_be_transient(failure.status),
        (Retry::IfNotSent, Outcome::Unknown | Outcome::Executed) => false,
    }
}

/// Whether the next response may be another one. Redirects and refusals stay as they are, whatever the outcome. Status 499
/// is that of a proxy that stopped waiting.
fn may_be_transient(status: Option<u16>) -> bool {
    !matches!(status, Some(300..=407 | 409..=498))
}

/// Exponential backoff with full jitter: a random wait up to the bound of the attempt, so that clients that failed at
/// the same time do not retry at the same time.
fn backoff(attempt: u32, random: f64) -> Duration {
    let doublings = attempt.saturating_sub(1).min(DOUBLINGS);
    (INITIAL_BACKOFF * 2_u32.pow(doublings)).mul_f64(random)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATE: RetryState = RetryState {
        class: Retry::Safe,
        attempt: 1,
        max_retries: MAX_RETRIES,
        budget: BUDGET_CAPACITY,
        time_left: Duration::from_secs(60),
        is_consumed: false,
        random: 0.5,
    };

    const DOWN: Failure =
        Failure { outcome: Outcome::Unknown, status: Some(503), retry_after: None, is_permanent: false };

    fn asking(seconds: u64) -> Failure {
        Failure {
            outcome: Outcome::Rejected,
            status: Some(TOO_MANY_REQUESTS),
            retry_after: Some(Duration::from_secs(seconds)),
            is_permanent: false,
        }
    }

    #[test]
    fn the_class_decides_which_failures_are_retried() {
        // The failure, and whether it is retried with the classes `Safe` and `IfNotSent`.
        for (outcome, status, safe, if_not_sent) in [
            (Outcome::NotSent, None, true, true),
            (Outcome::Rejected, Some(429), true, true),
            (Outcome::Rejected, Some(400), false, false),
            (Outcome::Rejected, Some(307), false, false),
            (Outcome::Rejected, Some(200), false, false),
            (Outcome::Unknown, Some(303), false, false),
            (Outcome::Unknown, Some(304), false, false),
            (Outcome::Unknown, Some(418), false, false),
            (Outcome::Unknown, Some(408), true, false),
            (Outcome::Unknown, Some(499), true, false),
            (Outcome::Unknown, Some(500), true, false),
            (Outcome::Unknown, None, true, false),
            (Outcome::Executed, Some(200), true, false),
        ] {
            let failure = Failure { outcome, status, retry_after: None, is_permanent: false };
            for (class, is_retried) in [(Retry::Safe, safe), (Retry::IfNotSent, if_not_sent), (Retry::Never, false)] {
                let decision = decide(failure, &RetryState { class, ..STATE });
                assert_eq!(decision != Decision::Stop, is_retried, "{class:?} {failure:?}");
            }
        }
    }

    #[test]
    fn a_request_that_cannot_be_sent_is_not_sent_again() {
        let failure =
            |is_permanent| Failure { outcome: Outcome::NotSent, status: None, retry_after: None, is_permanent };
        assert_ne!(decide(failure(false), &STATE), Decision::Stop);
        assert_eq!(decide(failure(true), &STATE), Decision::Stop);
    }

    #[test]
    fn the_backoff_doubles_up_to_eight_seconds() {
        for (attempt, bound) in [(1, 500), (2, 1000), (3, 2000), (4, 4000), (5, 8000), (6, 8000), (u32::MAX, 8000)] {
            let bound = Duration::from_millis(bound);
            assert_eq!(backoff(attempt, 0.0), Duration::ZERO);
            assert_eq!(backoff(attempt, 0.5), bound / 2);
            assert_eq!(backoff(attempt, 1.0), bound);
        }
    }

    #[test]
    fn the_jitter_is_full() {
        let mut random = fastrand::Rng::with_seed(1);
        let mut tenths = [0; 10];
        for _ in 0..10_000 {
            let wait = backoff(3, random.f64());
            assert!(wait < Duration::from_secs(2));
            tenths[(wait.as_millis() / 200) as usize] += 1;
        }
        assert!(tenths.iter().all(|count| (900..1100).contains(count)), "{tenths:?}");
    }

    #[test]
    fn retry_after_is_the_minimum_wait() {
        let wait = |seconds| decide(asking(seconds), &RetryState { time_left: Duration::MAX, ..STATE });
        let after = |millis| Decision::RetryAfter(Duration::from_millis(millis));
        assert_eq!(wait(0), after(250));
        assert_eq!(wait(2), after(2_000));
        assert_eq!(wait(60), after(60_000));
        assert_eq!(wait(61), Decision::Stop);
        assert_eq!(wait(u64::MAX), Decision::Stop);
    }

    #[test]
    fn attempts_budget_deadline_and_a_consumed_body_end_retries() {
        let is_retried = |state| decide(DOWN, &state) != Decision::Stop;
        assert!(is_retried(RetryState { attempt: 2, ..STATE }));
        assert!(!is_retried(RetryState { attempt: 3, ..STATE }));
        assert!(!is_retried(RetryState { max_retries: 0, ..STATE }));
        assert!(!is_retried(RetryState { is_consumed: true, ..STATE }));
        assert!(is_retried(RetryState { budget: 14, ..STATE }));
        assert!(!is_retried(RetryState { budget: 13, ..STATE }));
        assert!(is_retried(RetryState { time_left: Duration::from_millis(251), ..STATE }));
        assert!(!is_retried(RetryState { time_left: Duration::from_millis(250), ..STATE }));
        assert_eq!(decide(asking(10), &RetryState { time_left: Duration::from_secs(10), ..STATE }), Decision::Stop);
    }
}
