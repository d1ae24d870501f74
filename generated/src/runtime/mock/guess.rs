//! Values of unknown type: a parameter `7` is a number for one type and a text for another.
//!
//! Each part of a value has several readings, the likeliest first. The value is read as JSON from the first readings.
//! If that fails, the place of the error tells which part gets its next reading.

use super::{Decode, DecodeError, Tree, from_slice, to_vec};

/// A part with its possible readings.
#[derive(Debug)]
pub(super) struct Guess {
    /// The readings; never empty.
    readings: Vec<Reading>,
    /// The index of the current reading.
    at: usize,
    /// The position of the part in the JSON that was written last.
    start: usize,
    end: usize,
}

/// A possible reading of a text.
#[derive(Debug)]
pub(super) enum Reading {
    /// JSON text.
    Json(String),
    /// An array.
    List(Vec<Guess>),
    /// An object.
    Object(Vec<(String, Guess)>),
}

impl From<Reading> for Guess {
    fn from(only: Reading) -> Self {
        Self::of(vec![only])
    }
}

impl Guess {
    /// Returns a part with these readings.
    pub(super) fn of(mut readings: Vec<Reading>) -> Self {
        if readings.is_empty() {
            readings.push(Reading::Json("null".to_owned()));
        }
        Self {
            readings,
            at: 0,
            start: 0,
            end: 0,
        }
    }

    /// Returns the readings of a text: a number or a boolean if it looks like one, a text, or JSON.
    pub(super) fn text(text: &str) -> Self {
        let quoted = Reading::Json(quoted(text));
        let json = || Reading::Json(text.to_owned());
        Self::of(match from_slice(text.as_bytes()) {
            Ok(Tree::Number(_) | Tree::Bool(_)) => vec![json(), quoted],
            Ok(Tree::Null | Tree::String(_) | Tree::Array(_) | Tree::Object(_)) => {
                vec![quoted, json()]
            }
            Err(_) => vec![quoted],
        })
    }

    /// Returns the readings of values with the same name: one value may be a list of one, and of several, the first may
    /// count.
    pub(super) fn values(texts: &[String]) -> Self {
        let list = Reading::List(texts.iter().map(|it| Self::text(it)).collect());
        match texts {
            [] => list.into(),
            [only] => Self::text(only).or([list]),
            [first, ..] => Self::text(first).after([list]),
        }
    }

    /// Returns the readings of JSON. It may also be a text, since some clients send plain text.
    pub(super) fn json(text: String) -> Self {
        let quoted = Reading::Json(quoted(&text));
        if from_slice::<Tree>(text.as_bytes()).is_ok() {
            Self::of(vec![Reading::Json(text), quoted])
        } else {
            quoted.into()
        }
    }

    /// Adds further readings.
    pub(super) fn or(mut self, others: impl IntoIterator<Item = Reading>) -> Self {
        self.readings.extend(others);
        self
    }

    /// Adds readings in front of the others.
    pub(super) fn after(mut self, others: impl IntoIterator<Item = Reading>) -> Self {
        self.readings.splice(0..0, others);
        self
    }

    /// Reads a value of a type: the first documented value, or else the first value.
    pub(super) fn read<T: Decode>(mut self) -> Result<T, DecodeError> {
        let mut best: Option<Result<T, DecodeError>> = None;
        loop {
            let mut json = String::new();
            self.write(&mut json);
            let result = from_slice::<T>(json.as_bytes());
            let is_next = match &result {
                Ok(value) if value.is_known() => return result,
                Ok(_) => self.advance_root(),
                Err(error) => self.advance(error.offset().unwrap_or_default()),
            };
            let best_so_far = match best.take() {
                Some(best) if best.is_ok() || result.is_err() => best,
                _ => result,
            };
            if !is_next {
                return best_so_far;
            }
            best = Some(best_so_far);
        }
    }

    /// Writes the current readings.
    fn write(&mut self, json: &mut String) {
        self.start = json.len();
        match self.readings.get_mut(self.at) {
            None => json.push_str("null"),
            Some(Reading::Json(text)) => json.push_str(text),
            Some(Reading::List(items)) => {
                json.push('[');
                for (index, item) in items.iter_mut().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    item.write(json);
                }
                json.push(']');
            }
            Some(Reading::Object(properties)) => {
                json.push('{');
                for (index, (name, value)) in properties.iter_mut().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    json.push_str(&quoted(name));
                    json.push(':');
                    value.write(json);
                }
                json.push('}');
            }
        }
        self.end = json.len();
    }

    /// Advances the innermost part around a position that has another reading. Returns `true` if there is one.
    fn advance(&mut self, offset: usize) -> bool {
        if !(self.start..self.end).contains(&offset) {
            return false;
        }
        let is_inner = match self.readings.get_mut(self.at) {
            Some(Reading::List(items)) => items.iter_mut().any(|it| it.advance(offset)),
            Some(Reading::Object(properties)) => {
                properties.iter_mut().any(|(_, it)| it.advance(offset))
            }
            Some(Reading::Json(_)) | None => false,
        };
        is_inner || self.advance_root()
    }

    fn advance_root(&mut self) -> bool {
        let is_next = self.at + 1 < self.readings.len();
        self.at += usize::from(is_next);
        is_next
    }
}

/// Returns text as a JSON string.
fn quoted(text: &str) -> String {
    let json = to_vec(&text).unwrap_or_default();
    String::from_utf8(json).unwrap_or_default()
}
