//! How the values of an example are found.

use std::cell::Cell;

use super::expression::Expression;
use crate::emit::context::Cx;
use crate::ir::Type;

/// What makes the values of an example: the document, or the user of a program.
#[derive(Clone, Copy)]
pub(in crate::emit) struct Sample<'a> {
    pub(in crate::emit) cx: &'a Cx<'a>,
    asks: Asks<'a>,
    seen: Option<&'a Seen>,
}

/// Which texts the user is asked for, and how: by the name of what the text is.
#[derive(Clone, Copy)]
enum Asks<'a> {
    /// None: the name stands for a text that the document has no example of.
    Nothing,
    /// Those that the document has no example of.
    Unknown(&'a dyn Fn(&str) -> Expression),
    /// All but those that the server has a default for.
    Everything(&'a dyn Fn(&str) -> Expression),
}

/// What is in an example.
#[derive(Default)]
pub(in crate::emit) struct Seen {
    /// Values that the document has no example of.
    pub(in crate::emit) unknown: Cell<bool>,
    /// Models that the document advises against.
    pub(in crate::emit) deprecated: Cell<bool>,
    /// How many texts the user was asked for.
    asked: Cell<usize>,
}

impl<'a> Sample<'a> {
    /// Values for who reads them: where the document has none, something that compiles.
    pub(in crate::emit) fn to_read(cx: &'a Cx<'a>) -> Self {
        Self {
            cx,
            asks: Asks::Nothing,
            seen: None,
        }
    }

    /// Values for a program: texts that the document has no example of are what `ask` gives.
    pub(in crate::emit) fn to_run(
        cx: &'a Cx<'a>,
        ask: &'a dyn Fn(&str) -> Expression,
        seen: &'a Seen,
    ) -> Self {
        Self {
            cx,
            asks: Asks::Unknown(ask),
            seen: Some(seen),
        }
    }

    /// Values for a program that only its user knows, such as a password: texts are what `ask` gives.
    pub(in crate::emit) fn to_sign_in(
        cx: &'a Cx<'a>,
        ask: &'a dyn Fn(&str) -> Expression,
        seen: &'a Seen,
    ) -> Self {
        Self {
            asks: Asks::Everything(ask),
            ..Self::to_run(cx, ask, seen)
        }
    }

    /// The same for a value that the server has a default for.
    pub(super) fn with_default(self) -> Self {
        match self.asks {
            Asks::Everything(ask) => Self {
                asks: Asks::Unknown(ask),
                ..self
            },
            Asks::Unknown(_) | Asks::Nothing => self,
        }
    }

    /// What gives a text, if the user is asked for it.
    pub(super) fn ask(&self, example: Option<&str>, name: &str) -> Option<Expression> {
        let ask = match self.asks {
            Asks::Everything(ask) => ask,
            Asks::Unknown(ask) if example.is_none() => ask,
            Asks::Unknown(_) | Asks::Nothing => return None,
        };
        if let Some(seen) = self.seen {
            seen.asked.set(seen.asked.get() + 1);
        }
        Some(ask(name))
    }

    /// How many texts the user was asked for.
    pub(super) fn asked(&self) -> usize {
        self.seen.map_or(0, |it| it.asked.get())
    }

    /// Notes a type of which the document has no example.
    pub(super) fn note_unknown(&self, ty: &Type) {
        let is_known = match ty {
            // Any value serves, or its parts are looked at.
            Type::Boolean
            | Type::Any
            | Type::Null
            | Type::Map(_)
            | Type::Nullable(_)
            | Type::Array(_)
            | Type::Tuple(_)
            | Type::Item(_)
            | Type::Part(_)
            | Type::Error => true,
            Type::String
            | Type::Secret
            | Type::Bytes
            | Type::Integer(_)
            | Type::Number
            | Type::DateTime
            | Type::Date
            | Type::Uuid
            | Type::Base64
            | Type::File
            | Type::Multipart => false,
        };
        if let Some(seen) = self.seen.filter(|_| !is_known) {
            seen.unknown.set(true);
        }
    }

    /// Notes a model that the document advises against.
    pub(super) fn note_deprecated(&self) {
        if let Some(seen) = self.seen {
            seen.deprecated.set(true);
        }
    }
}
