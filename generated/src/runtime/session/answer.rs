//! Reads tokens from the responses of a server.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::DATE;
use secrecy::SecretString;
use serde_json::Value;

use super::Clock;
use super::RawResponse;
use super::authority::Gift;
use super::error::SessionError;
use super::plan::{Expiry, Grant, Place};
use super::retry_after::{seconds_of, seconds_since_year_0};
use super::token::Tokens;

/// Reads the tokens from a success. Values that it does not contain are taken from `old`.
pub(super) fn read(
    grant: &Grant,
    response: &RawResponse,
    old: Option<&Tokens>,
    clock: &dyn Clock,
) -> Gift {
    let answer = Answer::new(response);
    let fresh = grant.refresh_token.and_then(|place| answer.text(place));
    let fresh = fresh.map(SecretString::from);
    let kept = || old.and_then(|it| it.refresh_token.clone());
    let tokens = answer.token(grant, clock).map(|(token, lifetime)| Tokens {
        refresh_token: fresh.clone().or_else(kept),
        lifetime,
        given: clock.now(),
        given_elapsed: Some(clock.elapsed()),
        ..Tokens::bare(token)
    });
    Gift {
        tokens,
        refresh_token: fresh,
    }
}

/// A response.
pub(super) struct Answer<'a> {
    headers: &'a HeaderMap,
    body: Value,
}

/// A lifetime. `Some(None)` is a lifetime that is over.
pub(crate) type Lifetime = Option<Option<Duration>>;

impl<'a> Answer<'a> {
    pub(super) fn new(response: &'a RawResponse) -> Self {
        Self {
            headers: response.headers(),
            body: serde_json::from_slice(response.parts.body()).unwrap_or_default(),
        }
    }

    /// Returns a number of seconds.
    pub(super) fn seconds(&self, place: Place) -> Option<Duration> {
        seconds(number(&self.value(place)?)?)
    }

    /// Returns the token, and its lifetime if that is known.
    fn token(
        &self,
        grant: &Grant,
        clock: &dyn Clock,
    ) -> Result<(SecretString, Option<Duration>), SessionError> {
        let useless = |problem| SessionError::useless(grant.operation, problem);
        let token = self.text(grant.token).filter(|it| !it.is_empty());
        let token = token.ok_or_else(|| useless("the response has no token"))?;
        match self.lifetime(grant.expiry, &token, clock) {
            None => Ok((token.into(), None)),
            Some(Some(lifetime)) if !lifetime.is_zero() => Ok((token.into(), Some(lifetime))),
            Some(_) => Err(useless("the token has already expired")),
        }
    }

    fn value(&self, place: Place) -> Option<Value> {
        match place {
            Place::Body(pointer) => self.body.pointer(pointer).cloned(),
            Place::Header(name) => Some(self.headers.get(name)?.to_str().ok()?.into()),
            // A response has none.
            Place::Query(_) => None,
        }
    }

    pub(super) fn text(&self, place: Place) -> Option<String> {
        match self.value(place)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    fn lifetime(&self, expiry: Expiry, token: &str, clock: &dyn Clock) -> Lifetime {
        let said = match expiry {
            Expiry::In(place) => self.value(place).and_then(|it| number(&it)).map(seconds),
            Expiry::At(place) => {
                let moment = self.value(place).and_then(|it| moment(&it));
                moment.map(|it| until(it, Some(self.headers), clock))
            }
            Expiry::Unknown | Expiry::Lifetime(_) => None,
        };
        let by_token = || lifetime_of_jwt(token, Some(self.headers), clock);
        let fixed = || match expiry {
            Expiry::Lifetime(seconds) => Some(Some(Duration::from_secs(seconds))),
            Expiry::Unknown | Expiry::In(_) | Expiry::At(_) => None,
        };
        said.or_else(by_token).or_else(fixed)
    }
}

/// Returns the lifetime of a token that contains it, as a JWT does.
pub(crate) fn lifetime_of_jwt(
    token: &str,
    headers: Option<&HeaderMap>,
    clock: &dyn Clock,
) -> Lifetime {
    expiry_of_jwt(token).map(|it| until(it, headers, clock))
}

/// Returns the time until a moment, given in seconds since 1970, by the server's own clock if the response has a
/// `Date`.
fn until(moment: f64, headers: Option<&HeaderMap>, clock: &dyn Clock) -> Option<Duration> {
    let date = headers.and_then(|it| it.get(DATE)?.to_str().ok());
    let by_server = date.and_then(seconds_of).map(since_1970);
    let now = by_server.unwrap_or_else(|| {
        let since = clock.now().duration_since(SystemTime::UNIX_EPOCH);
        since.unwrap_or_default().as_secs_f64()
    });
    seconds(moment - now)
}

/// Returns a duration, or `None` if it is over or not a number.
pub(crate) fn seconds(seconds: f64) -> Option<Duration> {
    /// The longest lifetime: a hundred years.
    const MOST: f64 = 3_155_760_000.0;
    Duration::try_from_secs_f64(seconds.min(MOST)).ok()
}

/// Returns a number, which may be written as a string.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    number.filter(|it| it.is_finite())
}

/// Returns a moment, in seconds since 1970.
fn moment(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => number(value).or_else(|| rfc_3339(text.trim())),
        other => number(other),
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "dates are much smaller than 2^52"
)]
fn since_1970(since_year_0: u64) -> f64 {
    let start = seconds_since_year_0(1970, 1, 1, [0; 3]).unwrap_or_default();
    since_year_0 as f64 - start as f64
}

/// Reads a date of RFC 3339 as seconds since 1970: `2017-07-13T20:49:31.706Z`.
fn rfc_3339(text: &str) -> Option<f64> {
    let (date, rest) = (text.get(..10)?, text.get(11..)?);
    let mut date = date.splitn(3, '-').map(|it| it.parse::<u64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let end = rest.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = rest.split_at(end);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut clock = clock.splitn(3, ':').map(|it| it.parse::<u64>().ok());
    let clock = [clock.next()??, clock.next()??, clock.next()??];
    let fraction: f64 = format!("0.{fraction}").parse().ok()?;
    let offset = match zone.get(..1)? {
        "+" => offset(&zone[1..])?,
        "-" => -offset(&zone[1..])?,
        _ => 0.0,
    };
    let seconds = seconds_since_year_0(year, month, day, clock)?;
    Some(since_1970(seconds) + fraction - offset)
}

/// Reads `02:00` as seconds.
fn offset(text: &str) -> Option<f64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (f64, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
    Some((hours * 60.0 + minutes) * 60.0)
}

/// Returns the expiry of a JWT, in seconds since 1970 (RFC 7519, section 4.1.4). The signature is not checked, since
/// that is up to the server. Returns `None` for tokens of other kinds.
fn expiry_of_jwt(token: &str) -> Option<f64> {
    let mut parts = token.split('.');
    let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
    let claims: Value = serde_json::from_slice(&base64_url(claims)?).ok()?;
    claims
        .get("exp")
        .filter(|it| it.is_number())
        .and_then(number)
}

/// Reads Base64 in the URL alphabet, without padding (RFC 4648, section 5).
fn base64_url(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.trim_end_matches('=').as_bytes().chunks(4) {
        let mut word = 0_u32;
        for place in 0..4 {
            let value = chunk.get(place).map_or(Some(0), |byte| digit(*byte))?;
            word = word << 6 | u32::from(value);
        }
        bytes.extend(&word.to_be_bytes()[1..chunk.len()]);
    }
    Some(bytes)
}
