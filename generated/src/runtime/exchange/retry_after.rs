//! The `Retry-After` header.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Reads `Retry-After` (RFC 9110, section 10.2.3): seconds or a date. A date is compared with the response's own
/// `Date`, so the clocks need not agree.
#[must_use]
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    let value = text(RETRY_AFTER)?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = seconds_of(value)?;
    let now = text(DATE).and_then(seconds_of)?;
    Some(Duration::from_secs(until.saturating_sub(now)))
}

/// Reads an HTTP date of the preferred form, `Sun, 06 Nov 1994 08:49:37 GMT`, as seconds since the year 0.
pub(crate) fn seconds_of(date: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, date) = date.split_once(", ")?;
    let mut words = date.strip_suffix(" GMT")?.split(' ');
    let day: u64 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = u64::try_from(MONTHS.iter().position(|known| *known == month)?).ok()?;
    let year: u64 = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(str::parse::<u64>);
    let mut next = || clock.next()?.ok();
    let (hours, minutes, seconds) = (next()?, next()?, next()?);
    seconds_since_year_0(year, month + 1, day, [hours, minutes, seconds])
}

/// Returns a time in seconds since the year 0, or `None` if it does not exist. Months are counted from 1.
pub(crate) fn seconds_since_year_0(
    year: u64,
    month: u64,
    day: u64,
    [hours, minutes, seconds]: [u64; 3],
) -> Option<u64> {
    let is_day = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !is_day || hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    // Years and months are counted from March, so that a leap day is the last of its year.
    let (year, month) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    Some(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
}
