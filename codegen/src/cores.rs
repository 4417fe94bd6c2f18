//! Work on all cores.

use std::cmp::Reverse;
use std::panic::resume_unwind;
use std::thread;

/// Does work on each item, on all cores. The results have the order of the items. Each core gets heavy and light items,
/// and the calling thread does the heaviest one.
pub(crate) fn on_all_cores<T: Sync, R: Send>(
    items: &[T],
    weight: impl Fn(&T) -> usize,
    work: impl Fn(usize, &T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|index| Reverse(weight(&items[*index])));
    let cores = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let part = |first: usize| -> Vec<(usize, R)> {
        let indices = order.iter().copied().skip(first).step_by(cores);
        indices.map(|index| (index, work(index, &items[index]))).collect()
    };
    let mut results = thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|first| scope.spawn(move || part(first))).collect();
        let mut results = if cores > 0 { part(0) } else { Vec::new() };
        results.extend(others.into_iter().flat_map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))));
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_have_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        let expected: Vec<_> = items.iter().map(|item| (*item, item * 2)).collect();
        for weight in [|_: &usize| 1, |item: &usize| *item, |item: &usize| 100 - item] {
            assert_eq!(on_all_cores(&items, weight, |index, item| (index, item * 2)), expected);
        }
        assert_eq!(on_all_cores(&items[..0], |_| 1, |_, item| *item), [] as [usize; 0]);
    }

    #[test]
    fn the_calling_thread_does_the_heaviest_item() {
        let doers = on_all_cores(&[1, 3, 2], |item| *item, |_, _| thread::current().id());
        assert_eq!(doers[1], thread::current().id());
    }
}
