//! Times, as people and programs read them.

use jiff::Timestamp;

/// A time as RFC 3339 has it.
pub(super) fn moment(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds);
    time.unwrap_or(Timestamp::MAX).to_string()
}
