//! Texts that a service writes: JWTs, times, and user names with passwords.

use std::time::{Duration, SystemTime};

/// Writes an unsigned JWT with its expiry (RFC 7519).
pub(super) fn jwt(name: &str, expires: SystemTime) -> String {
    let claims = format!("{{\"jti\":\"{name}\",\"exp\":{}}}", seconds(expires));
    let parts = ["{\"alg\":\"none\",\"typ\":\"JWT\"}", &claims];
    let parts = parts.map(|it| base64(it.as_bytes(), *b"-_"));
    format!("{}.{}.mock", parts[0], parts[1])
}

/// Writes user name and password as in a request (RFC 7617).
pub(super) fn basic(username: &str, password: &str) -> String {
    let mut text = base64(format!("{username}:{password}").as_bytes(), *b"+/");
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Returns a time in seconds since 1970.
pub(super) fn seconds(moment: SystemTime) -> u64 {
    let since_1970 = moment.duration_since(SystemTime::UNIX_EPOCH);
    since_1970.unwrap_or(Duration::ZERO).as_secs()
}

/// Writes a time in RFC 3339: `2030-01-01T00:00:00Z`.
pub(super) fn moment(moment: SystemTime) -> String {
    let seconds = seconds(moment);
    let (mut days, second) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    while days >= days_of(year) {
        days -= days_of(year);
        year += 1;
    }
    let mut month = 1;
    while days >= days_of_month(year, month) {
        days -= days_of_month(year, month);
        month += 1;
    }
    let (hour, minute) = (second / 3600, second / 60 % 60);
    let (day, second) = (days + 1, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of(year: u64) -> u64 {
    365 + u64::from(is_leap(year))
}

fn days_of_month(year: u64, month: u64) -> u64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u64::from(is_leap(year)),
        _ => 31,
    }
}

/// Writes bytes as Base64 without padding (RFC 4648), with these digits for 62 and 63.
fn base64(bytes: &[u8], last: [u8; 2]) -> String {
    let digit = |value: u32| match u8::try_from(value & 0x3F).unwrap_or_default() {
        it @ 0..26 => b'A' + it,
        it @ 26..52 => b'a' + it - 26,
        it @ 52..62 => b'0' + it - 52,
        62 => last[0],
        _ => last[1],
    };
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |word, at| {
            word << 8 | u32::from(chunk.get(at).copied().unwrap_or(0))
        });
        for place in 0..=chunk.len() {
            text.push(char::from(digit(word >> (18 - 6 * place))));
        }
    }
    text
}
