//! Wire names -> words -> Rust's two cases.

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};

/// `petId`, `pet-id` and `Pet ID` are all `pet_id`. Never empty, never starts with a digit.
pub(super) fn snake(wire_name: &str) -> String {
    guarded(&spelled(wire_name).to_snake_case(), "empty", 'n')
}

/// `super_admin` is `SuperAdmin`. Never empty, never starts with a digit.
pub(super) fn camel(wire_name: &str) -> String {
    guarded(&spelled(wire_name).to_upper_camel_case(), "Empty", 'N')
}

/// Keeps an identifier to the characters that Rust allows (The Rust Reference, Identifiers), from being empty,
/// and from starting with a digit.
fn guarded(name: &str, empty: &str, before_digit: char) -> String {
    let name: String = name
        .chars()
        .filter(|letter| is_xid_continue(*letter))
        .collect();
    match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first == '_' || is_xid_start(first) => name,
        Some(_) => format!("{before_digit}{name}"),
    }
}

/// Spells out the signs by which names differ and which an identifier cannot have: `+1` and `-1`, `<` and
/// `<=`. Signs that only separate words are left to do so.
fn spelled(wire_name: &str) -> String {
    let sign_only = !wire_name.chars().any(char::is_alphanumeric);
    let mut spelled = String::with_capacity(wire_name.len());
    for (index, letter) in wire_name.chars().enumerate() {
        let leads_number = index == 0 && wire_name.chars().nth(1).is_some_and(char::is_numeric);
        let word = match letter {
            '-' if leads_number => Some("minus"),
            '+' if leads_number => Some("plus"),
            _ if sign_only => sign(letter),
            _ => None,
        };
        match word {
            Some(word) => {
                spelled.push(' ');
                spelled.push_str(word);
                spelled.push(' ');
            }
            None => spelled.push(letter),
        }
    }
    spelled
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
        ' ' => "space",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        '\'' | '"' | '`' => "quote",
        '\\' => "backslash",
        _ => return None,
    })
}
