//! Types that take the place of schemas in the client of `fixtures/types`. None of them has a default.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount in hundredths, and its currency: `12.50 EUR`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money {
    /// How many hundredths.
    pub cents: i64,
    /// The currency.
    pub currency: String,
}

impl FromStr for Money {
    type Err = NotMoney;

    fn from_str(text: &str) -> Result<Self, NotMoney> {
        let (amount, currency) = text.split_once(' ').ok_or(NotMoney)?;
        let (whole, hundredths) = amount.split_once('.').ok_or(NotMoney)?;
        let number = |text: &str| text.parse::<i64>().map_err(|_| NotMoney);
        Ok(Self {
            cents: number(whole)? * 100 + number(hundredths)?,
            currency: currency.to_owned(),
        })
    }
}

impl TryFrom<String> for Money {
    type Error = NotMoney;

    fn try_from(text: String) -> Result<Self, NotMoney> {
        text.parse()
    }
}

impl From<Money> for String {
    fn from(it: Money) -> Self {
        format!("{}.{:02} {}", it.cents / 100, it.cents % 100, it.currency)
    }
}

/// A text is not an amount.
#[derive(Clone, Copy, Debug)]
pub struct NotMoney;

impl fmt::Display for NotMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an amount")
    }
}

/// A payment in cash, with its discriminator.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "kind", rename = "cash")]
pub struct Cash {
    /// How much.
    pub paid: Money,
}
