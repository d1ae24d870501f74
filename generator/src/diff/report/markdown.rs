//! For a pull request: a comment.

use std::fmt::Write as _;

use super::About;
use super::text::{code, counts, levels, line, place};
use crate::diff::{Change, Class, Diff};

/// The comment begins with this, so that the next run finds it again.
const MARK: &str = "<!-- keywright-diff -->";

/// How many changes a table shows: a comment of GitHub has at most 65,536 characters.
const MOST: usize = 150;

/// The diff as Markdown of GitHub.
#[must_use]
pub fn markdown(diff: &Diff, about: &About) -> String {
    let mut text = format!("{MARK}\n## API changes\n\n");
    if diff.changes.is_empty() {
        let _ = writeln!(
            text,
            "No changes for callers between {} and {}.",
            code(&about.old),
            code(&about.new)
        );
        return text;
    }
    verdict(&mut text, diff, about);
    for class in Class::ALL {
        let changes = diff.changes.iter().filter(|it| it.rule.class() == class);
        let changes: Vec<&Change> = changes.collect();
        if !changes.is_empty() {
            section(&mut text, class, &changes);
        }
    }
    text
}

fn verdict(text: &mut String, diff: &Diff, about: &About) {
    let (published, vendored) = (diff.verdicts.published, diff.verdicts.vendored);
    let _ = writeln!(text, "| Use | Verdict |");
    let _ = writeln!(text, "|---|---|");
    let next = match (&about.version, about.next_version(diff)) {
        (Some(_), Some(_)) if about.is_version_raised(diff) => {
            ": its version says so already".to_owned()
        }
        (Some(version), Some(next)) => {
            format!(": publish {} after {}", code(&next), code(version))
        }
        _ => String::new(),
    };
    let _ = writeln!(
        text,
        "| Published crate | **{}**{next} |",
        published.as_str()
    );
    let _ = writeln!(text, "| Vendored module | **{}** |", vendored.as_str());
    let _ = writeln!(
        text,
        "\n{} from {} to {}.\n",
        counts(diff),
        code(&about.old),
        code(&about.new)
    );
}

/// A table of the changes of a class, and the details behind it. Documentation alone is folded.
fn section(text: &mut String, class: Class, changes: &[&Change]) {
    let review = match class {
        Class::Security | Class::Wire => " (needs review)",
        _ => "",
    };
    let is_folded = class == Class::Docs;
    let title = format!("{}{review}: {}", class.title(), changes.len());
    if is_folded {
        let _ = writeln!(text, "<details><summary>{title}</summary>\n");
    } else {
        let _ = writeln!(text, "### {title}\n");
    }
    let _ = writeln!(text, "| Verdict | Where | What | Document |");
    let _ = writeln!(text, "|---|---|---|---|");
    for it in changes.iter().take(MOST) {
        let what = match (&it.before, &it.after) {
            (Some(before), Some(after)) => format!(": {} → {}", cell(before), cell(after)),
            (Some(one), None) | (None, Some(one)) => format!(": {}", cell(one)),
            (None, None) => String::new(),
        };
        let at = it.new.as_ref().or(it.old.as_ref());
        let at = at.map(|it| cell(&place(it))).unwrap_or_default();
        let allowed = if it.allowed.is_some() {
            " (allowed)"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "| {}{allowed} | {} | {}{what} | {at} |",
            levels(it),
            cell(&it.path),
            it.rule.summary()
        );
    }
    if changes.len() > MOST {
        let _ = writeln!(text, "\n{} more are not shown.", changes.len() - MOST);
    }
    text.push('\n');
    if is_folded {
        text.push_str("</details>\n\n");
    } else {
        details(text, changes);
    }
}

/// What to do about each, and the fingerprint by which it is allowed.
fn details(text: &mut String, changes: &[&Change]) {
    text.push_str("<details><summary>What to do, and fingerprints</summary>\n\n");
    for it in changes.iter().take(MOST) {
        let _ = write!(text, "- {} {}", code(&it.path), code(it.rule.name()));
        if let Some(help) = &it.help {
            let _ = write!(text, ": {}", plain(help));
        }
        let _ = write!(text, " ({})", code(&it.fingerprint));
        if let Some(old) = &it.old {
            let _ = write!(text, "; before: {}", code(&place(old)));
        }
        if let Some(reason) = &it.allowed {
            let _ = write!(text, "; allowed: {}", plain(reason));
        }
        text.push('\n');
    }
    text.push_str("\n</details>\n\n");
}

/// Text of a document as code, in a cell of a table: a bar is escaped there even in code (GitHub Flavored Markdown, Tables).
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// Text of ours or of a reviewer, with nothing in it that is Markdown or HTML, or calls anybody. What stands between
/// backticks stays code.
fn plain(text: &str) -> String {
    let text = line(text);
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(index, part)| {
        if index % 2 == 1 {
            return code(part);
        }
        let mut plain = String::new();
        for letter in part.chars() {
            if "\\*_[]<>|#@&~".contains(letter) {
                plain.push('\\');
            }
            plain.push(letter);
        }
        plain
    });
    parts.collect()
}
