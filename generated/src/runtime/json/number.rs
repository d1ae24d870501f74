//! Reads JSON numbers.

use super::syntax::Fault;

/// A number: its end, and its value if its digits fit into 64 bits.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) end: usize,
    is_negative: bool,
    /// Set if it is written without a fraction and an exponent.
    is_plain: bool,
    /// All digits, if they fit.
    digits: Option<u64>,
    /// The power of ten of the last digit.
    exponent: i32,
}

impl Number {
    /// Reads the number at a place.
    #[expect(
        clippy::inline_always,
        reason = "it returns much, of which each caller needs little"
    )]
    #[inline(always)]
    pub(super) fn read(json: &[u8], start: usize) -> Result<Self, Fault> {
        let is_negative = json.get(start) == Some(&b'-');
        let first = start + usize::from(is_negative);
        let (mut value, mut end) = digits(json, first, 0);
        let mut count = end - first;
        if count == 0 || (count > 1 && json.get(first) == Some(&b'0')) {
            return Err(fault(json, first));
        }
        let (mut is_plain, mut exponent) = (true, 0);
        if json.get(end) == Some(&b'.') {
            let point = end + 1;
            (value, end) = digits(json, point, value);
            if end == point {
                return Err(fault(json, point));
            }
            count += end - point;
            is_plain = false;
            exponent = i32::try_from(end - point).map_or(i32::MIN, |places| -places);
        }
        if let Some(b'e' | b'E') = json.get(end) {
            let written;
            (written, end) = self::exponent(json, end)?;
            exponent = exponent.saturating_add(written);
            is_plain = false;
        }
        Ok(Self {
            end,
            is_negative,
            is_plain,
            // So many digits always fit.
            digits: (count <= 19).then_some(value),
            exponent,
        })
    }

    /// Returns the value, if it is written as an integer and fits into 64 bits and a sign.
    #[inline]
    pub(super) fn integer(&self) -> Option<i128> {
        let digits = i128::from(self.digits.filter(|_| self.is_plain)?);
        Some(if self.is_negative { -digits } else { digits })
    }

    /// Returns the value if a single operation on two exact numbers gives it (W. D. Clinger, "How to Read Floating
    /// Point Numbers Accurately").
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "it is small enough")]
    pub(super) fn f64(&self) -> Option<f64> {
        const POWERS: [f64; 23] = [
            1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
        ];
        let digits = self.digits.filter(|it| *it <= 1 << f64::MANTISSA_DIGITS)? as f64;
        let power = *POWERS.get(self.exponent.unsigned_abs() as usize)?;
        let value = if self.exponent < 0 {
            digits / power
        } else {
            digits * power
        };
        Some(if self.is_negative { -value } else { value })
    }
}

/// Reads the digits at a position. Returns the value with these digits appended, if it fits, and their end. It takes up
/// to eight digits at a time, without a branch that depends on their number.
#[inline]
fn digits(json: &[u8], mut at: usize, mut value: u64) -> (u64, usize) {
    const POWERS: [u64; 9] = [
        1,
        10,
        100,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
    ];
    while let Some(bytes) = json.get(at..).and_then(<[u8]>::first_chunk) {
        // Digits become their values, and all other bytes more than nine.
        let digits = u64::from_le_bytes(*bytes) ^ (ONES * u64::from(b'0'));
        let others = (digits | digits.wrapping_add(ONES * 0x76)) & (ONES << 7);
        let count = others.trailing_zeros() / 8;
        if count == 0 {
            return (value, at);
        }
        let digits = eight(digits << (64 - 8 * count));
        value = value
            .wrapping_mul(POWERS[count as usize])
            .wrapping_add(digits);
        at += count as usize;
        if count < 8 {
            return (value, at);
        }
    }
    while let Some(digit @ b'0'..=b'9') = json.get(at) {
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        at += 1;
    }
    (value, at)
}

/// One in each byte.
const ONES: u64 = u64::MAX / 0xFF;

/// Returns the value of eight digits: by pairs, by fours, and all together.
#[inline]
const fn eight(digits: u64) -> u64 {
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_FFFF_0000_FFFF;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xFFFF_FFFF
}

/// Reads the exponent whose letter is at a position. Returns it, saturated if it is too large, and its end.
#[cold]
fn exponent(json: &[u8], at: usize) -> Result<(i32, usize), Fault> {
    let sign = json.get(at + 1).filter(|it| matches!(it, b'+' | b'-'));
    let start = at + 1 + usize::from(sign.is_some());
    let (value, end) = digits(json, start, 0);
    if end == start {
        return Err(fault(json, start));
    }
    let value = Some(value).filter(|_| end - start <= 19);
    let value = value.and_then(|it| i32::try_from(it).ok());
    let value = value.unwrap_or(i32::MAX);
    Ok((if sign == Some(&b'-') { -value } else { value }, end))
}

#[cold]
fn fault(json: &[u8], at: usize) -> Fault {
    if at >= json.len() {
        return Fault::early_end(json.len());
    }
    Fault::new(at, "a number that JSON does not have")
}
