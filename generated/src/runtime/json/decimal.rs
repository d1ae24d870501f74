//! JSON numbers at full precision.

/// A JSON number as its digits and a power of ten.
pub(super) struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    exponent: i64,
}

impl<'a> Decimal<'a> {
    /// Splits a JSON number.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (negative, text) = text
            .strip_prefix('-')
            .map_or((false, text), |rest| (true, rest));
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        Some(Self {
            negative,
            whole,
            fraction: fraction.trim_end_matches('0'),
            exponent,
        })
    }

    /// Returns `true` if the value has a fraction.
    pub(super) fn has_fraction(&self) -> bool {
        let digits = [self.whole, self.fraction].concat();
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        zeros != digits.len()
            && self
                .places()
                .saturating_add(i64::try_from(zeros).unwrap_or(i64::MAX))
                < 0
    }

    /// Returns the power of ten of the last digit.
    fn places(&self) -> i64 {
        self.exponent
            .saturating_sub(i64::try_from(self.fraction.len()).unwrap_or(i64::MAX))
    }

    /// Returns the sign and the absolute value, if the value is an integer that fits.
    pub(super) fn integer(&self) -> Option<(bool, u128)> {
        if self.has_fraction() {
            return None;
        }
        let digits = [self.whole, self.fraction].concat();
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        if significant.is_empty() {
            return Some((false, 0));
        }
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        let places = self.places().saturating_add(i64::try_from(zeros).ok()?);
        let magnitude = significant
            .parse::<u128>()
            .ok()?
            .checked_mul(10_u128.checked_pow(u32::try_from(places).ok()?)?)?;
        Some((self.negative, magnitude))
    }

    /// Returns the value if it is an integer of 64 bits.
    pub(super) fn integer_of_64_bits(&self) -> Option<i64> {
        let (negative, magnitude) = self.integer()?;
        let magnitude = i128::try_from(magnitude).ok()?;
        i64::try_from(if negative { -magnitude } else { magnitude }).ok()
    }
}
