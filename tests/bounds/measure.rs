//! In: some work. Out: its result, after its time and its memory were found to be within bounds.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::{Duration, Instant};

/// What any input within the limits may take, bytes.
const MOST_MEMORY: usize = 300 * 1024 * 1024;
/// What it may take on two cores is 2 s in a release build. Without optimisation, beside other tests, the same work
/// takes up to ten times as long; work that grows with the square of its input takes minutes.
const MOST_TIME: Duration = Duration::from_secs(20);

/// Counts the bytes that each thread holds.
struct Counting;

thread_local! {
    static HELD: Cell<usize> = const { Cell::new(0) };
    static PEAK: Cell<usize> = const { Cell::new(0) };
}

fn add(size: usize) {
    // A thread that is ending has no counters any more, and measures nothing.
    let _ = HELD.try_with(|held| {
        held.set(held.get().saturating_add(size));
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
    });
}

fn subtract(size: usize) {
    let _ = HELD.try_with(|held| held.set(held.get().saturating_sub(size)));
}

// SAFETY: every call goes to the system's allocator as it came; the counters neither allocate nor have destructors.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        subtract(layout.size());
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        subtract(layout.size());
        add(size);
        unsafe { System.realloc(memory, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Does some work on this thread and checks what it took; `what` names it in messages.
pub fn bounded<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let before = HELD.get();
    PEAK.set(before);
    let start = Instant::now();
    let done = work();
    let (time, memory) = (start.elapsed(), PEAK.get().saturating_sub(before));
    println!("{what}: {time:.1?}, {} KB", memory >> 10);
    assert!(time < MOST_TIME, "{what} took {time:?}");
    assert!(memory < MOST_MEMORY, "{what} took {} MB", memory >> 20);
    done
}
