//! Names that parts of a module had before, and what was called after them.

use super::conflict::{Wish, settle};
use super::operations::TYPES;
use super::{MARKERS, prefixed, reserved};
use crate::ir::{FormerNames, Ident};

/// Returns what goes with a name that something had before.
#[must_use]
pub fn former(name: &str) -> FormerNames {
    let settled = |text: &str, scope| {
        let mut names = settle(&[Wish::of(text, None)], scope).into_iter();
        names.next().unwrap_or_else(|| Ident(name.to_owned()))
    };
    let is_free = |taken: &[&str]| !reserved::is_keyword(name) && !taken.contains(&name);
    FormerNames {
        operation: settled(name, TYPES),
        marker: settled(
            prefixed("takes_", &Ident(name.to_owned())).as_str(),
            MARKERS,
        ),
        is_for_models: is_free(reserved::MODELS),
        is_for_methods: is_free(reserved::CLIENT),
        is_for_setters: is_free(reserved::REQUEST),
    }
}
