//! JSON numbers as they are written.

use super::syntax::Fault;

/// A number: where it ends, and what it is, as far as its digits fit into 64 bits.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) end: usize,
    is_negative: bool,
    /// Whether it is written without a fraction and an exponent.
    is_plain: bool,
    /// All digits, if these are not too many.
    digits: Option<u64>,
    /// The power of ten of the last digit.
    exponent: i32,
}

impl Number {
    /// Reads the number at a place.
    #[inline]
    pub(super) fn read(json: &[u8], start: usize) -> Result<Self, Fault> {
        let is_negative = json.get(start) == Some(&b'-');
        let first = start + usize::from(is_negative);
        let mut digits = Digits {
            json,
            at: first,
            value: 0,
        };
        digits.take();
        let has_leading_zero = json.get(first) == Some(&b'0') && digits.at > first + 1;
        if digits.at == first || has_leading_zero {
            return Err(fault(json, first));
        }
        let mut count = digits.at - first;
        let mut exponent = 0;
        let is_plain = !matches!(json.get(digits.at), Some(b'.' | b'e' | b'E'));
        if !is_plain {
            if json.get(digits.at) == Some(&b'.') {
                digits.at += 1;
                let point = digits.at;
                digits.take();
                let places = digits.at - point;
                if places == 0 {
                    return Err(fault(json, point));
                }
                count += places;
                exponent = i32::try_from(places).map_or(i32::MIN, |places| -places);
            }
            if let Some(b'e' | b'E') = json.get(digits.at) {
                exponent = exponent.saturating_add(self::exponent(&mut digits)?);
            }
        }
        Ok(Self {
            end: digits.at,
            is_negative,
            is_plain,
            // So many digits always fit.
            digits: (count <= 19).then_some(digits.value),
            exponent,
        })
    }

    /// Returns the value if it is written as an integer, and fits into 64 bits and a sign.
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

/// Digits, and what they are together, as long as that fits.
struct Digits<'j> {
    json: &'j [u8],
    at: usize,
    value: u64,
}

impl Digits<'_> {
    #[inline]
    fn take(&mut self) {
        while let Some(digit @ b'0'..=b'9') = self.json.get(self.at) {
            let digit = u64::from(digit - b'0');
            self.value = self.value.wrapping_mul(10).wrapping_add(digit);
            self.at += 1;
        }
    }
}

/// Reads an exponent, whose letter is next. One that is too large is as large as can be.
fn exponent(digits: &mut Digits<'_>) -> Result<i32, Fault> {
    let json = digits.json;
    let sign = json
        .get(digits.at + 1)
        .filter(|it| matches!(it, b'+' | b'-'));
    let start = digits.at + 1 + usize::from(sign.is_some());
    let mut end = start;
    let mut value = 0_i32;
    while let Some(digit @ b'0'..=b'9') = json.get(end) {
        let digit = i32::from(digit - b'0');
        value = value.saturating_mul(10).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return Err(fault(json, start));
    }
    digits.at = end;
    Ok(if sign == Some(&b'-') { -value } else { value })
}

#[cold]
fn fault(json: &[u8], at: usize) -> Fault {
    if at >= json.len() {
        return Fault::early_end(json.len());
    }
    Fault::new(at, "a number that JSON does not have")
}
