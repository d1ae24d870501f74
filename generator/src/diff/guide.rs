//! The table of rules as a document for people.

use std::fmt::Write as _;

use super::{Class, Level, Rule};

/// What `docs/changes.md` says before the rules.
const INTRODUCTION: &str = "\
<!-- Written from the table of rules. Change that, then run `UPDATE_DOCS=1 cargo test -p keywright-tests --test changes`. -->
# Changes

`keywright diff` compares two versions of a client: what callers can name in Rust, and what travels between client and
server. Every difference falls under one of the rules below. A rule has a class and two levels:

- **Published** is the level for a crate that other crates depend on. Structs and enums of the client are
  `#[non_exhaustive]`, so that callers elsewhere can neither write a struct literal nor match without `_`. A new field or
  variant breaks none of them.
- **Vendored** is the level for a module that stands in the crate of its callers. There `#[non_exhaustive]` does nothing: a
  new field breaks struct literals, and a new variant breaks a `match` that names every variant.

The levels are those of [Semantic Versioning](https://semver.org): *major* breaks code that compiled, or makes calls fail
that succeeded; *minor* does not; *patch* is not noticed. The verdict for each use is the highest level of all changes.

Changes of the classes *security* and *wire* always need a review, whatever their level. They often leave the Rust code as
it is, so that neither a compiler nor a test tells of them.

Each change has a fingerprint, which depends on the rule, the path, and what was before and is now, but not on lines. A
reviewer who accepts a change writes that down in `keywright.toml`, and `--fail-on` no longer counts it:

```toml
[[diff.allow]]
fingerprint = \"4b82adcc44c78c43\"
reason = \"The server has refused this argument since May.\"
```
";

/// The document `docs/changes.md`: every rule, by class.
#[must_use]
pub fn guide() -> String {
    let mut text = INTRODUCTION.to_owned();
    for class in Class::ALL {
        let _ = write!(text, "\n## {}\n\n{}\n\n", class.title(), about(class));
        text.push_str("| Rule | What has changed | Published | Vendored | What to do |\n");
        text.push_str("|---|---|---|---|---|\n");
        for rule in Rule::ALL.iter().filter(|it| it.class() == class) {
            let level = |level: Level| match level {
                Level::Major => "**major**",
                other => other.as_str(),
            };
            let _ = writeln!(
                text,
                "| `{}` | {}. | {} | {} | {} |",
                rule.name(),
                rule.summary(),
                level(rule.published()),
                level(rule.vendored()),
                sentence(rule.help()),
            );
        }
    }
    text
}

/// A sentence with a capital and a period.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).chain(['.']).collect(),
        None => String::new(),
    }
}

fn about(class: Class) -> &'static str {
    match class {
        Class::Security => {
            "Who may call what, where credentials and requests go, and which values are secret. These changes come first in \
             every report."
        }
        Class::Wire => "What travels, where callers write the same Rust as before.",
        Class::Source => "What callers write in Rust.",
        Class::Traits => "Traits and attributes, whose loss is easily missed.",
        Class::Behavior => "What a call does at run time.",
        Class::Additive => "What is new.",
        Class::Docs => "What callers read.",
    }
}
