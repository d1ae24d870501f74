//! What each edit of the table changes in the client: the lines that it means, and no others.

use std::fmt::Write as _;

use keywright_edits::lines::touched;
use keywright_edits::outcome::outcome;
use keywright_edits::row::table;

#[test]
fn an_edit_changes_the_lines_that_it_means() {
    let mut text = format!(
        "{:<65} {:>7} {:>5} {:>5} {:>10}\n",
        "edit", "removed", "added", "files", "surface"
    );
    for row in table() {
        let outcome = outcome(&row).expect("the documents are valid");
        let it = touched(&outcome);
        let surface = format!("-{} +{}", it.surface.0, it.surface.1);
        let _ = writeln!(
            text,
            "{:<65} {:>7} {:>5} {:>5} {surface:>10}",
            row.name, it.removed, it.added, it.files
        );
    }
    insta::assert_snapshot!(text);
}
