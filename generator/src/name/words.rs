//! Wire names -> words -> Rust's two cases.

use std::fmt::Write as _;

use heck::ToSnakeCase;
use unicode_ident::{is_xid_continue, is_xid_start};

use crate::lines::is_unseen;

/// `petId`, `pet-id` and `Pet ID` are all `pet_id`. Never empty, never starts with a digit.
pub(super) fn snake(wire_name: &str) -> String {
    guarded(&spelled(wire_name).to_snake_case(), "empty", 'n')
}

/// `super_admin` is `SuperAdmin`, and `1.0` is `N1_0`: digits that were apart stay so. Never empty, never starts
/// with a digit. Names that are one in snake case are one in camel case, too.
pub(super) fn camel(wire_name: &str) -> String {
    let mut name = String::with_capacity(wire_name.len());
    for word in spelled(wire_name).to_snake_case().split('_') {
        let is_apart = name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric);
        name.push_str(if is_apart { "_" } else { "" });
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    guarded(&name, "Empty", 'N')
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
    let name: String = name
        .chars()
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

/// Whether a character is a letter or digit that can stand in an identifier. Not all can: `①`, for example; and
/// some are not seen, such as the fillers of Hangul.
fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() && is_xid_continue(letter) && !is_unseen(letter)
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
