//! Random numbers, from the random keys that the standard library gives to hash maps.
//!
//! The system's random source gives each thread a key of 128 bits, and a keyed hash turns it into numbers. That is good
//! enough for values that must differ between processes and calls, such as pauses and idempotency keys, but not for
//! secrets. On WebAssembly, the standard library has no random source, and the numbers are the same in every process.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Returns a number from 0 to 1 that differs between processes.
pub(super) fn random() -> f64 {
    f64::from(u32::try_from(word() >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

/// Returns a unique UUID of version 4 (RFC 9562, section 5.4), or `None` if there is no random source.
pub(super) fn uuid() -> Option<String> {
    if cfg!(target_family = "wasm") {
        return None;
    }
    let random = u128::from(word()) << 64 | u128::from(word());
    let version = random & !(0xF << 76) | 4 << 76;
    let uuid = version & !(0b11 << 62) | 0b10 << 62;
    let digits = format!("{uuid:032x}");
    let [low, middle, high, clock, node] = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    Some(format!("{low}-{middle}-{high}-{clock}-{node}"))
}

/// Returns 64 random bits. The hashed value is new each time, even in a forked process that has the keys of its parent.
fn word() -> u64 {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    RandomState::new().hash_one((count, process()))
}

fn process() -> u32 {
    #[cfg(not(target_family = "wasm"))]
    let id = std::process::id();
    #[cfg(target_family = "wasm")]
    let id = 0;
    id
}
