//! The table of rules, for people.

use std::fmt::Write as _;

use super::rules::RULES;

/// Returns `docs/LINT.md`'s part that the table of rules gives.
#[must_use]
pub fn to_markdown() -> String {
    let mut out = String::from("| rule | code | level | finds |\n|---|---|---|---|\n");
    for rule in RULES {
        // Writing into a string does not fail.
        let _ = writeln!(
            out,
            "| [`{name}`](#{name}) | `{}` | {} | {} |",
            rule.code,
            rule.level.name(),
            rule.summary(),
            name = rule.name,
        );
    }
    for rule in RULES {
        let _ = write!(
            out,
            "\n### {}\n\n{} {}\n\nTo fix it: {}.\n",
            rule.name,
            rule.summary(),
            rule.why,
            rule.help
        );
    }
    out
}
