//! Fingerprints of changes.

use std::collections::HashMap;

use super::Change;
use crate::digest::Digest;

/// How much of a digest is a fingerprint: enough that no two changes of a package have the same by chance.
const LENGTH: usize = 16;

/// Gives every change its fingerprint. It depends on the rule, the path and what was before and is now: not on lines, not
/// on other changes, unless they are the same in all of that.
pub(super) fn assign(changes: &mut [Change]) {
    let mut known: HashMap<String, usize> = HashMap::new();
    for change in changes {
        let text = |it: &Option<String>| it.clone().unwrap_or_default();
        let (before, after) = (text(&change.before), text(&change.after));
        let parts = [change.rule.name(), &change.path, &before, &after];
        let base = parts.join("\n");
        let count = known.entry(base).or_default();
        let count_text = count.to_string();
        let bytes: Vec<&[u8]> = parts
            .iter()
            .copied()
            .chain([&*count_text])
            .map(str::as_bytes)
            .collect();
        *count += 1;
        let mut digest = Digest::of(&bytes).to_string();
        digest.truncate(LENGTH);
        change.fingerprint = digest;
    }
}
