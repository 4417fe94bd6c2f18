//! What the clones of a client may spend on retries.

use std::sync::atomic::{AtomicU32, Ordering};

use super::retry::{BUDGET, PRICE};

/// Tokens, of which a retry takes 14 and an answer of success gives 1 back.
///
/// So a server that is down gets 35 retries from a client, however many calls fail, and one that answers
/// some of them gets one retry for 14 answers: the client never multiplies an outage. A retry that
/// succeeds gives back no more than 1, or half an outage would be paid in full.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
}

impl Budget {
    pub(crate) fn new() -> Self {
        Self { tokens: AtomicU32::new(BUDGET) }
    }

    pub(crate) fn tokens(&self) -> u32 {
        self.tokens.load(Ordering::Relaxed)
    }

    /// Pays for a retry, unless another call was faster.
    pub(crate) fn pay(&self) -> bool {
        self.change(|tokens| tokens.checked_sub(PRICE))
    }

    /// An answer of success came.
    pub(crate) fn refill(&self) {
        self.change(|tokens| (tokens < BUDGET).then_some(tokens + 1));
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
        let budget = Budget::new();
        assert_eq!((0..100).filter(|_| budget.pay()).count(), 35);
        assert_eq!(budget.tokens(), 10);
        (0..3).for_each(|_| budget.refill());
        assert!(!budget.pay());
        budget.refill();
        assert!(budget.pay());
        (0..1000).for_each(|_| budget.refill());
        assert_eq!(budget.tokens(), BUDGET);
    }
}
