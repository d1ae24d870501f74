//! How an old name can be kept for a while.

use crate::diff::kept::within;
use crate::diff::matching::Pair;
use crate::outline::{Fact, NodeKind};

/// What to add to the configuration, so that callers can use an old name for a while.
pub(super) fn alias(pair: Pair<'_>) -> Option<String> {
    let is_possible = match pair.new.kind {
        NodeKind::Operation | NodeKind::Item => true,
        // A variant that holds a value cannot have an alias.
        NodeKind::Variant => pair.new.get(Fact::Type).is_none(),
        // A required argument needs none.
        NodeKind::Argument | NodeKind::Body => !pair.new.is(Fact::Required),
        _ => false,
    };
    let new = within(&pair.new.path);
    let (around, end) = match new.strip_suffix(')') {
        Some(rest) => (rest.strip_suffix(&*pair.new.name), ")"),
        None => (new.strip_suffix(&*pair.new.name), ""),
    };
    let old = format!("{}{}{end}", around?, pair.old.name);
    is_possible.then(|| {
        format!(
            "to keep the old name for a release, add `\"{old}\" = \"{new}\"` to `[api.aliases]`"
        )
    })
}
