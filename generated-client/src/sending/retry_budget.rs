//! What the clones of a client may spend on retries.

use std::sync::atomic::{AtomicU32, Ordering};

use super::retry::{FULL_BUDGET, RETRY_COST};

/// Tokens, of which a retry takes 14 and an answer of success gives 1 back.
///
/// So a server that is down gets 35 retries from a client, however many calls fail, and one that answers
/// some of them gets one retry for 14 answers: the client never multiplies an outage. A retry that
/// succeeds gives back no more than 1, or half an outage would be paid in full.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
}

impl RetryBudget {
    pub(crate) fn new() -> Self {
        Self { tokens: AtomicU32::new(FULL_BUDGET) }
    }

    pub(crate) fn tokens(&self) -> u32 {
        self.tokens.load(Ordering::Relaxed)
    }

    /// Pays for a retry, unless another call was faster.
    pub(crate) fn withdraw(&self) -> bool {
        self.change(|tokens| tokens.checked_sub(RETRY_COST))
    }

    /// An answer of success came.
    pub(crate) fn deposit(&self) {
        self.change(|tokens| (tokens < FULL_BUDGET).then_some(tokens + 1));
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_spent_and_refilled() {
        let budget = RetryBudget::new();
        assert_eq!((0..100).filter(|_| budget.withdraw()).count(), 35);
        assert_eq!(budget.tokens(), 10);
        (0..3).for_each(|_| budget.deposit());
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
        (0..1000).for_each(|_| budget.deposit());
        assert_eq!(budget.tokens(), FULL_BUDGET);
    }
}
