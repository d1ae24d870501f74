//! The speed of both sides of a case.

use std::time::{Duration, Instant};

use crate::case::{Case, Side};

/// How often each is measured. The fastest counts: it is the one that nothing else slowed down.
const ROUNDS: usize = 101;
/// How long one measurement takes at least. The shorter, the likelier it is that nothing interrupts one.
const ENOUGH: Duration = Duration::from_millis(2);

pub(crate) const HEAD: &str = "\
| JSON | KB | decode: MB/s | serde | ratio | encode: MB/s | serde | ratio |
|---|--:|--:|--:|--:|--:|--:|--:|";

/// How fast JSON is read and written.
pub(crate) struct Speeds {
    decode: Speed,
    encode: Speed,
}

/// Megabytes per second.
struct Speed {
    ours: f64,
    theirs: f64,
}

impl Speeds {
    pub(crate) fn measure(case: &Case) -> Self {
        let read = |side: &Side| {
            let (decode, json) = (side.decode, case.json.as_slice());
            move |times| decode(json, times)
        };
        let decode = Speed::measure(case.json.len(), &read(&case.ours), &read(&case.theirs));
        let written = case.check();
        let mut encode = None;
        (case.ours.encode)(&case.json, &mut |ours| {
            (case.theirs.encode)(&case.json, &mut |theirs| {
                encode = Some(Speed::measure(written, ours, theirs));
            });
        });
        Self {
            decode,
            encode: encode.expect("each side calls the function"),
        }
    }

    /// A line under [`HEAD`].
    pub(crate) fn line(&self, case: &Case) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a digit is shown")]
        let kilobytes = case.json.len() as f64 / 1e3;
        let speed = |it: &Speed| {
            format!(
                "{:.0} | {:.0} | {:.2}",
                it.ours,
                it.theirs,
                it.ours / it.theirs
            )
        };
        let (decode, encode) = (speed(&self.decode), speed(&self.encode));
        format!("| {} | {kilobytes:.1} | {decode} | {encode} |", case.name)
    }
}

impl Speed {
    /// Measures in turns, so that whatever else the machine does slows down both.
    fn measure(bytes: usize, ours: &dyn Fn(u32), theirs: &dyn Fn(u32)) -> Self {
        let (for_ours, for_theirs) = (times(ours), times(theirs));
        let mut best = (f64::INFINITY, f64::INFINITY);
        for _ in 0..ROUNDS {
            best.0 = best.0.min(seconds(ours, for_ours));
            best.1 = best.1.min(seconds(theirs, for_theirs));
        }
        #[expect(clippy::cast_precision_loss, reason = "whole megabytes are shown")]
        let megabytes = bytes as f64 / 1e6;
        Self {
            ours: megabytes / best.0,
            theirs: megabytes / best.1,
        }
    }
}

/// How often something has to be done to take long enough.
fn times(action: &dyn Fn(u32)) -> u32 {
    let mut times = 1;
    loop {
        let start = Instant::now();
        action(times);
        if start.elapsed() >= ENOUGH {
            return times;
        }
        times *= 2;
    }
}

/// The seconds that something takes on average.
fn seconds(action: &dyn Fn(u32), times: u32) -> f64 {
    let start = Instant::now();
    action(times);
    start.elapsed().as_secs_f64() / f64::from(times)
}
