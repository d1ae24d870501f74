//! Server-sent events and lines of JSON.

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};

use crate::wire::{Answer, Wire};

/// Reads bytes as events and as lines: how they are cut into pieces on the way changes nothing.
///
/// The first byte says where to cut.
///
/// # Panics
///
/// When it does.
pub fn streams(data: &[u8]) {
    let Some((step, data)) = data.split_first() else {
        return;
    };
    let whole = vec![Bytes::copy_from_slice(data)];
    let pieces: Vec<Bytes> = data
        .chunks(usize::from(*step) + 1)
        .map(Bytes::copy_from_slice)
        .collect();
    assert_eq!(events(whole.clone()), events(pieces.clone()), "events");
    assert_eq!(lines(whole), lines(pieces), "lines");
}

/// Every event, or what is wrong with it.
fn events(pieces: Vec<Bytes>) -> Vec<String> {
    let wire = Wire::answering(Answer::of_type("text/event-stream", pieces));
    let sent = wire.client().follow_events().send().now_or_never();
    let events = sent.expect("nothing waits").expect("a stream begins");
    let shown = events.map(|it| match it {
        Ok(event) => format!("{event:?}"),
        Err(error) => error.to_string(),
    });
    shown.collect().now_or_never().expect("nothing waits")
}

/// Every line, or what is wrong with it.
fn lines(pieces: Vec<Bytes>) -> Vec<String> {
    let wire = Wire::answering(Answer::of_type("application/jsonl", pieces));
    let sent = wire.client().read_lines().send().now_or_never();
    let lines = sent.expect("nothing waits").expect("a stream begins");
    let shown = lines.map(|it| match it {
        Ok(line) => format!("{line:?}"),
        Err(error) => error.to_string(),
    });
    shown.collect().now_or_never().expect("nothing waits")
}
