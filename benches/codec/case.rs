//! JSON and the two ways to read and write it.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

/// JSON and a type for it, once generated and once derived.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) json: Vec<u8>,
    pub(crate) ours: Side,
    pub(crate) theirs: Side,
}

/// One of the two.
pub(crate) struct Side {
    /// Reads the JSON and drops the value, so many times.
    pub(crate) decode: fn(&[u8], u32),
    /// Reads the JSON once, and calls a function with another that writes the value so many times.
    pub(crate) encode: fn(&[u8], &mut WithAction<'_>),
    /// Reads the JSON and writes it again.
    pub(crate) again: fn(&[u8]) -> Vec<u8>,
}

/// A function that is called with an action, which does something so many times.
pub(crate) type WithAction<'a> = dyn FnMut(&dyn Fn(u32)) + 'a;

/// Makes a case of a type's name.
macro_rules! case {
    ($name:literal, $json:expr, $type:ident) => {
        $crate::case::Case {
            name: $name,
            json: $json,
            ours: $crate::case::side!(
                $crate::models::$type,
                $crate::clients::runtime::from_slice,
                $crate::clients::runtime::to_vec
            ),
            theirs: $crate::case::side!(
                $crate::by_serde::$type,
                serde_json::from_slice,
                serde_json::to_vec
            ),
        }
    };
}

/// Makes a side of a type and two functions. A macro, since the traits that the functions ask for differ.
macro_rules! side {
    ($type:ty, $read:path, $write:path) => {
        $crate::case::Side {
            decode: |json, times| {
                for _ in 0..times {
                    let value: $type = $read(std::hint::black_box(json)).expect("it can be read");
                    std::hint::black_box(&value);
                }
            },
            encode: |json, with| {
                let value: $type = $read(json).expect("it can be read");
                with(&|times| {
                    for _ in 0..times {
                        let json = $write(std::hint::black_box(&value)).expect("it can be written");
                        std::hint::black_box(json);
                    }
                });
            },
            again: |json| {
                let value: $type = $read(json).expect("it can be read");
                $write(&value).expect("it can be written")
            },
        }
    };
}

pub(crate) use {case, side};

impl Case {
    /// Checks that both sides read and write the same, and says how many bytes they write.
    pub(crate) fn check(&self) -> usize {
        let texts = [&self.ours, &self.theirs].map(|side| (side.again)(&self.json));
        let value = |json: &Vec<u8>| {
            serde_json::from_slice::<Value>(json).expect("what is written is JSON")
        };
        let [ours, theirs] = &texts;
        assert_eq!(
            value(ours),
            value(theirs),
            "{}: the sides differ",
            self.name
        );
        ours.len()
    }
}

/// Writes a value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("it can be written")
}

/// Escapes all but ASCII, as some servers do.
pub(crate) fn ascii(json: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(json);
    let mut escaped = String::new();
    for letter in text.chars() {
        if letter.is_ascii() {
            escaped.push(letter);
            continue;
        }
        for unit in letter.encode_utf16(&mut [0; 2]) {
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped.into_bytes()
}
