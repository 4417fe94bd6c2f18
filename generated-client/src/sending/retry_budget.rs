//! The retry budget that all clones of a client share.

use std::sync::atomic::{AtomicU32, Ordering};

use super::retry::{BUDGET_CAPACITY, RETRY_COST};

/// A budget of tokens. A retry withdraws 14 tokens, and a response with a 2xx status deposits 1.
///
/// A server that is down therefore gets at most 35 retries from a client, and a server that answers some requests gets
/// one retry per 14 answers, so the client never multiplies an outage. A retry that succeeds deposits 1 token like any
/// other request: a refund of its full cost would permit unlimited retries during a partial outage.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tokens: AtomicU32,
}

impl RetryBudget {
    pub(crate) fn new() -> Self {
        Self { tokens: AtomicU32::new(BUDGET_CAPACITY) }
    }

    pub(crate) fn tokens(&self) -> u32 {
        self.tokens.load(Ordering::Relaxed)
    }

    /// Withdraws the cost of a retry. Returns false if too few tokens are left.
    pub(crate) fn withdraw(&self) -> bool {
        self.change(|tokens| tokens.checked_sub(RETRY_COST))
    }

    /// Deposits the token of a response with a 2xx status.
    pub(crate) fn deposit(&self) {
        self.change(|tokens| (tokens < BUDGET_CAPACITY).then_some(tokens + 1));
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
        assert_eq!(budget.tokens(), BUDGET_CAPACITY);
    }
}
