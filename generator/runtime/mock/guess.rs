//! Values of which only the text is known: a parameter `7` is a number to one type and a text to another.
//!
//! Each part of such a value has several readings, the likeliest first. The value is read as JSON of the first ones; where
//! that is no value of the type, the error says which part it is about, and that part is given its next reading.

use super::{Decode, DecodeError, Tree, from_slice, to_vec};

/// What a text may be.
#[derive(Debug)]
pub(super) struct Guess {
    /// Never empty.
    readings: Vec<Reading>,
    /// Which of them is tried.
    at: usize,
    /// Where it stands in the JSON that was written last.
    start: usize,
    end: usize,
}

/// One thing that a text may be.
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
    /// Returns what may be any of these.
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

    /// Returns what a text may be: a number or a boolean if it looks so, or a text, or JSON.
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

    /// Returns what values of one name may be: one value is perhaps a list of one, and of several the first may count.
    pub(super) fn values(texts: &[String]) -> Self {
        let list = Reading::List(texts.iter().map(|it| Self::text(it)).collect());
        match texts {
            [] => list.into(),
            [only] => Self::text(only).or([list]),
            [first, ..] => Self::text(first).after([list]),
        }
    }

    /// Returns what is JSON; or else a text, since some clients send that all the same.
    pub(super) fn json(text: String) -> Self {
        let quoted = Reading::Json(quoted(&text));
        if from_slice::<Tree>(text.as_bytes()).is_ok() {
            Self::of(vec![Reading::Json(text), quoted])
        } else {
            quoted.into()
        }
    }

    /// Returns what may be further things.
    pub(super) fn or(mut self, others: impl IntoIterator<Item = Reading>) -> Self {
        self.readings.extend(others);
        self
    }

    /// Returns what may be other things before it is this one.
    pub(super) fn after(mut self, others: impl IntoIterator<Item = Reading>) -> Self {
        self.readings.splice(0..0, others);
        self
    }

    /// Reads a value of a type: the first that the document knows, or else the first that there is.
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

    /// Goes on to the next reading of the innermost part around a place of the JSON that has one; returns whether there
    /// was any.
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
