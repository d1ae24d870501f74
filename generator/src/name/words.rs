//! Wire names -> words -> Rust's two cases.

use std::fmt::Write as _;

use heck::ToSnakeCase;
use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::{UnicodeNormalization as _, is_nfkc};

use super::terms;
use crate::lines::is_unseen;

/// How many bytes a name may have. Files are called after names, some have more behind them, and no usual file
/// system takes more than 255.
const LONGEST: usize = 200;

/// `petId`, `pet-id` and `Pet ID` are all `pet_id`. Never empty, never starts with a digit.
pub(super) fn snake(wire_name: &str) -> String {
    guarded(&split(wire_name), "empty", 'n')
}

/// `super_admin` is `SuperAdmin`, and `1.0` is `N1_0`: digits that were apart stay so. Never empty, never starts
/// with a digit. Names that are one in snake case are one in camel case, too.
pub(super) fn camel(wire_name: &str) -> String {
    let mut name = String::with_capacity(wire_name.len());
    for word in split(wire_name).split('_') {
        let is_apart = name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric);
        name.push_str(if is_apart { "_" } else { "" });
        match terms::camel(word) {
            Some(term) => name.push_str(&term),
            None => name.push_str(&capitalized(word)),
        }
    }
    guarded(&name, "Empty", 'N')
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The words of a text in lowercase, with underscores between them. Letters that are the same to a reader are the
/// same here (Unicode's NFKC): rustc compares names so, and looks for files so.
fn split(wire_name: &str) -> String {
    if is_split(wire_name) {
        return wire_name.to_owned();
    }
    let mut plain = String::with_capacity(wire_name.len());
    for letter in wire_name.nfkc() {
        if letter.is_alphanumeric() && !is_letter(letter) {
            plain.push_str(&all_signs(letter.encode_utf8(&mut [0; 4])));
        } else {
            plain.push(letter);
        }
    }
    shortened(terms::joined(&spelled(&plain)).to_snake_case())
}

/// Whether a text is what most names are, words that are split already.
fn is_split(text: &str) -> bool {
    let is_plain = |it: u8| matches!(it, b'a'..=b'z' | b'0'..=b'9');
    text.len() <= LONGEST
        && text
            .split('_')
            .all(|word| !word.is_empty() && word.bytes().all(is_plain))
}

/// Whether a letter is of a case and has no other, `ĸ` for example: it would be wrong in half of all names.
fn has_one_case(letter: char) -> bool {
    (letter.is_lowercase() && letter.to_uppercase().all(char::is_lowercase))
        || (letter.is_uppercase() && letter.to_lowercase().all(char::is_uppercase))
}

/// Cuts off what is too long, and puts a number there that follows from the whole.
fn shortened(words: String) -> String {
    if words.len() <= LONGEST {
        return words;
    }
    let number = format!("_x{:08x}", fnv_1a(&words));
    let mut end = LONGEST - number.len();
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{number}", words[..end].trim_end_matches('_'))
}

/// A hash that is the same on every machine and in every version (FNV-1a, 32 bits).
fn fnv_1a(text: &str) -> u32 {
    let step = |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    text.bytes().fold(0x811c_9dc5, step)
}

/// The texts that something may be called after, the best first: as it is, with every sign by its name, and with
/// a word for its capital letters. Each depends on the thing alone.
pub(super) fn spellings(wire_name: &str) -> [String; 3] {
    let signs = all_signs(wire_name);
    let case = format!("{signs} {}", case(wire_name));
    [wire_name.to_owned(), signs, case]
}

/// How many signs and capital letters a text has: among rivals, the plainest keeps the name.
pub(super) fn ornaments(wire_name: &str) -> usize {
    let letters = wire_name.chars();
    letters
        .filter(|letter| !letter.is_alphanumeric() || letter.is_uppercase())
        .count()
}

/// Keeps an identifier to the characters that Rust allows (The Rust Reference, Identifiers), from being empty,
/// and from starting with a digit.
fn guarded(name: &str, empty: &str, before_digit: char) -> String {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    if name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && name.bytes().all(is_plain)
    {
        return name.to_owned();
    }
    let name: String = name
        .nfc()
        .filter(|letter| is_xid_continue(*letter) && !is_unseen(*letter))
        .collect();
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first == '_' || is_xid_start(first) => name,
        Some(_) => format!("{before_digit}{name}"),
    }
}

/// Spells out the signs that mean something and that an identifier cannot have: `+1` and `-1`, `-name`, `<=`,
/// and whatever a name without letters consists of. Signs that only separate words are left to do so.
fn spelled(wire_name: &str) -> String {
    if !wire_name.chars().any(is_letter) {
        return all_signs(&wire_name.replace(' ', "\u{2423}"));
    }
    let rest = wire_name.trim_start_matches(['-', '+', '<', '>', '=', '!', '~']);
    let (leading, rest) = wire_name.split_at(wire_name.len() - rest.len());
    format!("{} {rest}", all_signs(leading))
}

/// Whether a character is a letter or digit that can stand in an identifier as it is. Not all can: `①` and `𝒳` are
/// taken for `1` and `X`; and some are not seen, such as the fillers of Hangul.
fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    letter.is_alphanumeric()
        && is_xid_continue(letter)
        && !is_unseen(letter)
        && !has_one_case(letter)
        && is_nfkc(letter.encode_utf8(&mut [0; 4]))
}

/// Spells out every sign but the space.
fn all_signs(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for (index, letter) in text.char_indices() {
        if is_letter(letter) || letter == ' ' {
            spelled.push(letter);
            continue;
        }
        let name = match letter {
            '-' if index > 0 => Some("dash"),
            _ => sign(letter),
        };
        spelled.push(' ');
        match name {
            Some(name) => spelled.push_str(name),
            // Writing into a string does not fail.
            None => drop(write!(spelled, "u{:x}", u32::from(letter))),
        }
        spelled.push(' ');
    }
    spelled
}

/// A word for the capital letters of a text.
fn case(text: &str) -> &'static str {
    let is_lower = |letter: char| letter.is_lowercase();
    let mut cased = text
        .chars()
        .filter(|it| it.is_lowercase() || it.is_uppercase());
    match cased.next().map(is_lower) {
        None => "plain",
        Some(true) if cased.all(is_lower) => "lower",
        Some(true) => "camel",
        Some(false) if cased.any(is_lower) => "capital",
        Some(false) => "upper",
    }
}

/// The name of a sign.
fn sign(letter: char) -> Option<&'static str> {
    Some(match letter {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '~' => "tilde",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '\u{2423}' => "space",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        '\'' | '"' | '`' => "quote",
        '\\' => "backslash",
        _ => return None,
    })
}
