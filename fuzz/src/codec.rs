//! Models read and written as JSON.

use crate::clients::everything::models::Thing;
use crate::clients::runtime::{Decode, Encode, from_slice, to_vec};

/// Reads a model and any value from JSON: what `serde_json` takes is taken, and what was read is written so that it
/// reads the same.
///
/// # Panics
///
/// When that is not so.
pub fn codec(data: &[u8]) {
    let by_serde = serde_json::from_slice::<serde_json::Value>(data);
    let by_us = again::<serde_json::Value>(data);
    assert!(
        by_serde.is_err() || by_us.is_some(),
        "`serde_json` takes it, and the runtime does not: {:?}",
        from_slice::<serde_json::Value>(data).err()
    );
    let Some(thing) = again::<Thing>(data) else {
        return;
    };
    drop(format!("{thing:?}"));
    let bridged = serde_json::to_vec(&thing).expect("what can be written is JSON for serde, too");
    assert!(
        from_slice::<Thing>(&bridged).is_ok(),
        "what serde writes is a model"
    );
}

/// Reads a value, and what becomes of it when it is written.
pub(crate) fn again<T: Decode + Encode>(json: &[u8]) -> Option<T> {
    let value: T = from_slice(json).ok()?;
    // A value may hold what JSON has no form for only when it was made by a program.
    let written = to_vec(&value).expect("what was read can be written");
    let read: T = from_slice(&written).expect("what was written can be read");
    let rewritten = to_vec(&read).expect("what was read can be written");
    assert_eq!(
        String::from_utf8_lossy(&written),
        String::from_utf8_lossy(&rewritten),
        "a second reading changes nothing"
    );
    Some(value)
}
