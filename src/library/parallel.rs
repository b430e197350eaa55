//! In: a list and what to do with each of its items. Out: the results in the order of the list, made by a few threads.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

/// Most threads at work; more would only wait for the same disk.
const MOST_THREADS: usize = 4;

/// Asks for memory in one piece and gives it back untouched, so that what is made next need not ask the system for each
/// page of it. A hint to allocators that learn from what is freed (glibc: 350 calls to the system less for a proposal).
pub(crate) fn make_room() {
    const ROOM: usize = 4 << 20;
    // The first comes from the system and raises the size up to which memory stays with the program; the second stays.
    for size in [2 * ROOM, ROOM] {
        std::hint::black_box(Vec::<u8>::with_capacity(size));
    }
}

/// Does the same with every item, on as many threads as help. Items are dealt out one by one, so those that take long
/// stand best at the front.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    map_on(threads, items, work)
}

/// The same on up to so many threads; with one, none is started.
pub(crate) fn map_on<T: Sync, R: Send>(threads: NonZero<usize>, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = threads.get().min(MOST_THREADS).min(items.len());
    if threads <= 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let deal = || {
        let mut done = Vec::new();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            match items.get(n) {
                Some(item) => done.push((n, work(item))),
                None => return done,
            }
        }
    };
    let mut done = thread::scope(|scope| {
        // A thread that cannot be started leaves its share to the others.
        let helpers: Vec<_> = (1..threads).filter_map(|_| Builder::new().spawn_scoped(scope, deal).ok()).collect();
        let mut done = deal();
        for helper in helpers {
            match helper.join() {
                Ok(more) => done.extend(more),
                Err(panic) => resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_keep_the_order_of_the_list() {
        let numbers: Vec<usize> = (0..1_000).collect();
        assert_eq!(map(&numbers, |n| n * 2), numbers.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(map(&[] as &[usize], |n| *n), [0; 0]);
    }

    #[test]
    #[should_panic = "no"]
    fn a_panic_is_not_lost() {
        map(&[1, 2, 3, 4, 5, 6, 7, 8], |n| assert!(*n < 5, "no"));
    }
}
