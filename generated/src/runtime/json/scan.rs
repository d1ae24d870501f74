//! Scans strings many bytes at a time.

/// Returns the index of the first byte from `at` on that ends or interrupts a JSON string: a quote, a backslash or a
/// control character. If there is none, returns the end.
#[inline]
pub(super) fn unescaped(bytes: &[u8], mut at: usize) -> usize {
    // Most strings are short.
    for _ in 0..4 {
        let Some(word) = word(bytes, at) else {
            return rest(bytes, at);
        };
        let found = special(word);
        if found != 0 {
            return at + first(found);
        }
        at += 8;
    }
    long(bytes, at)
}

#[inline(never)]
fn long(bytes: &[u8], mut at: usize) -> usize {
    // The compiler makes a few instructions of it.
    let is_plain = |block: &[u8; 32]| {
        let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        !block
            .iter()
            .fold(false, |found, byte| found | is_special(*byte))
    };
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        if !is_plain(block) {
            break;
        }
        at += block.len();
    }
    while let Some(word) = word(bytes, at) {
        let found = special(word);
        if found != 0 {
            return at + first(found);
        }
        at += 8;
    }
    rest(bytes, at)
}

/// Scans the rest, which is shorter than a word.
#[inline]
fn rest(bytes: &[u8], at: usize) -> usize {
    let Some(last) = bytes.last_chunk() else {
        return one_by_one(bytes, at);
    };
    // What has been looked through makes room for zeros behind the end, which are found there. All of a word cannot be
    // shifted out at once.
    let half = 4 * (8 - (bytes.len() - at));
    let word = u64::from_le_bytes(*last) >> half >> half;
    at + first(special(word))
}

#[inline(never)]
fn one_by_one(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let is_special = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

#[inline]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let chunk = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*chunk))
}

/// Returns a word whose lowest set bit is the highest bit of the first special byte.
#[inline]
const fn special(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = ONES << 7;
    let quote = word ^ (ONES * b'"' as u64);
    let backslash = word ^ (ONES * b'\\' as u64);
    let is_control = word.wrapping_sub(ONES * b' ' as u64) & !word;
    let is_quote = quote.wrapping_sub(ONES) & !quote;
    let is_backslash = backslash.wrapping_sub(ONES) & !backslash;
    (is_control | is_quote | is_backslash) & HIGH
}

/// Returns the index of the byte with the lowest set bit.
#[inline]
const fn first(found: u64) -> usize {
    (found.trailing_zeros() / 8) as usize
}
