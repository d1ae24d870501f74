//! Folders before and after.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use super::*;

fn files(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// Writes, and says what happened.
fn run(dir: &Path, list: &[(&str, &str)]) -> String {
    let mut diagnostics = Diagnostics::default();
    let report = write(&files(list), dir, &mut diagnostics);
    said(dir, report.as_ref(), &diagnostics)
}

fn said(dir: &Path, report: Option<&Report>, diagnostics: &Diagnostics) -> String {
    let changes = report.into_iter().flat_map(|report| &report.changes);
    let changes = changes.map(|change| format!("{:?} {}", change.kind, change.path));
    let found = diagnostics.iter().flat_map(|it| {
        [format!("{}: {}", it.code, it.message)]
            .into_iter()
            .chain(it.notes.clone())
            .chain(it.help.clone())
    });
    let lines: Vec<String> = changes.chain(found).collect();
    lines.join("\n").replace(&shown(dir), "DIR")
}

/// The files of a folder, by path.
fn tree(dir: &Path) -> String {
    fn walk(folder: &Path, dir: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() && !path.is_symlink() {
                walk(&path, dir, found);
            } else {
                found.push(shown(path.strip_prefix(dir).expect("it is inside")));
            }
        }
    }
    let mut found = Vec::new();
    walk(dir, dir, &mut found);
    found.sort();
    found.join(" ")
}

#[test]
fn writes_only_what_changed_and_removes_what_it_wrote() {
    let root = tempfile::tempdir().expect("a folder");
    let dir = root.path().join("out");
    assert_snapshot!(run(&dir, &[("a.rs", "1"), ("sub/b.rs", "2")]), @r#"
    Created .keywright
    Created a.rs
    Created sub/b.rs
    "#);
    assert_snapshot!(run(&dir, &[("a.rs", "1"), ("sub/b.rs", "2")]), @"");
    fs::write(dir.join("Cargo.lock"), "user's").expect("written");
    assert_snapshot!(run(&dir, &[("a.rs", "3"), ("c.rs", "4")]), @r#"
    Updated .keywright
    Updated a.rs
    Created c.rs
    Removed sub/b.rs
    "#);
    assert_snapshot!(tree(&dir), @".keywright Cargo.lock a.rs c.rs");
    assert_snapshot!(fs::read_to_string(dir.join(".keywright")).expect("written"), @r#"
    # Written by keywright. It lists the files that keywright updates and removes.
    version 0.1.0
    a.rs
    c.rs
    "#);
}

#[test]
fn refuses_a_folder_in_use() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("mine.txt"), "").expect("written");
    assert_snapshot!(run(root.path(), &[("a.rs", "1")]), @r#"
    KW0601: `DIR` holds files that Keywright did not write
    the first are `mine.txt`; nothing was changed
    choose an empty or a new folder, or move these files away
    "#);
    assert_snapshot!(tree(root.path()), @"mine.txt");
}

#[test]
fn refuses_to_overwrite_a_foreign_file() {
    let root = tempfile::tempdir().expect("a folder");
    run(root.path(), &[("a.rs", "1")]);
    fs::write(root.path().join("b.rs"), "mine").expect("written");
    assert_snapshot!(run(root.path(), &[("a.rs", "2"), ("b.rs", "2")]), @r#"
    KW0601: `DIR` holds files that Keywright did not write
    the first are `b.rs`; nothing was changed
    choose an empty or a new folder, or move these files away
    "#);
    assert_eq!(
        fs::read_to_string(root.path().join("a.rs")).expect("there"),
        "1"
    );
}

#[test]
fn says_what_differs_without_writing() {
    let root = tempfile::tempdir().expect("a folder");
    run(root.path(), &[("a.rs", "1"), ("b.rs", "1")]);
    let mut diagnostics = Diagnostics::default();
    let report = compare(
        &files(&[("a.rs", "2"), ("c.rs", "1")]),
        root.path(),
        &mut diagnostics,
    );
    assert_snapshot!(said(root.path(), report.as_ref(), &diagnostics), @r#"
    Updated .keywright
    Updated a.rs
    Removed b.rs
    Created c.rs
    "#);
    assert_eq!(
        fs::read_to_string(root.path().join("a.rs")).expect("there"),
        "1"
    );
}

#[test]
fn trusts_no_manifest_that_leads_out() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join(".keywright"), "../victim\n").expect("written");
    assert_snapshot!(run(root.path(), &[("a.rs", "1")]), @r#"
    KW0603: `DIR/.keywright` cannot be read: it lists `../victim`, which is not a file inside the folder
    see to it that the output folder holds plain files that can be read
    "#);
}

#[test]
fn trusts_no_manifest_beyond_measure() {
    let root = tempfile::tempdir().expect("a folder");
    let manifest = fs::File::create(root.path().join(".keywright")).expect("made");
    // It takes no room on the disk.
    manifest.set_len(300 << 20).expect("it can be so long");
    assert_snapshot!(run(root.path(), &[("a.rs", "1")]), @"
    KW0603: `DIR/.keywright` cannot be read: it is larger than 16777216 bytes
    see to it that the output folder holds plain files that can be read
    ");
    fs::write(root.path().join(".keywright"), ".keywright-staging/a\n").expect("written");
    assert_snapshot!(run(root.path(), &[("a.rs", "1")]), @"
    KW0603: `DIR/.keywright` cannot be read: it lists `.keywright-staging/a`, which is not a file inside the folder
    see to it that the output folder holds plain files that can be read
    ");
}

#[test]
fn takes_no_path_for_two() {
    let root = tempfile::tempdir().expect("a folder");
    let dir = root.path().join("out");
    assert_snapshot!(run(&dir, &[("a/b.rs", "1"), ("A/b.rs", "1"), ("../c.rs", "1"), (".keywright", "1")]), @"
    KW0602: `DIR/../c.rs` cannot be written: it is not a file inside the folder
    make the folder writable, or choose another one
    KW0602: `DIR/.keywright` cannot be written: it is not a file inside the folder
    make the folder writable, or choose another one
    KW0602: `DIR/a/b.rs` cannot be written: where case does not count, `A/b.rs` is the same file
    make the folder writable, or choose another one
    ");
    assert!(!dir.exists());
}

#[test]
fn refuses_a_file_where_a_folder_belongs() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("file"), "mine").expect("written");
    assert_snapshot!(run(&root.path().join("file"), &[("a.rs", "1")]), @"
    KW0602: `DIR` is not a folder
    choose another output folder
    ");
    assert_snapshot!(run(&root.path().join("file/out"), &[("a.rs", "1")]), @"
    KW0602: `DIR` cannot be written: a part of the path is not a folder
    make the folder writable, or choose another one
    ");
    let dir = root.path().join("out");
    run(&dir, &[("a.rs", "1")]);
    fs::write(dir.join("src"), "mine").expect("written");
    assert_snapshot!(run(&dir, &[("src/a.rs", "1")]), @"
    KW0603: `DIR/src/a.rs` cannot be read: `DIR/src` is not a folder
    see to it that the output folder holds plain files that can be read
    ");
    assert_snapshot!(tree(root.path()), @"file out/.keywright out/a.rs out/src");
}

#[test]
fn writes_nothing_when_one_name_is_too_long() {
    let root = tempfile::tempdir().expect("a folder");
    let long = format!("src/{}.rs", "x".repeat(300));
    let said = run(
        &root.path().join("new/out"),
        &[("a.rs", "1"), (&long, "1"), ("src/z.rs", "1")],
    );
    assert!(said.starts_with("KW0602"), "{said}");
    assert!(said.contains("nothing was changed"), "{said}");
    assert!(!root.path().join("new").exists());
    let dir = root.path().join("out");
    run(&dir, &[("a.rs", "1")]);
    run(&dir, &[("a.rs", "2"), (&long, "1")]);
    assert_snapshot!(tree(&dir), @".keywright a.rs");
    assert_eq!(fs::read_to_string(dir.join("a.rs")).expect("there"), "1");
}

#[test]
fn leaves_an_unchanged_manifest_as_it_is() {
    let root = tempfile::tempdir().expect("a folder");
    let time = || {
        let found = fs::metadata(root.path().join(".keywright")).expect("there");
        found.modified().expect("files have times here")
    };
    run(root.path(), &[("a.rs", "1")]);
    let before = time();
    assert_snapshot!(run(root.path(), &[("a.rs", "2")]), @"Updated a.rs");
    assert_eq!(time(), before);
}

#[test]
fn a_single_file_is_staged_like_many() {
    let root = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str, force: bool| {
        let mut diagnostics = Diagnostics::default();
        let path = root.path().join(name);
        let change = write_file(&path, text, "by keywright", force, &mut diagnostics);
        format!("{change:?} {}", said(root.path(), None, &diagnostics))
    };
    fs::create_dir_all(root.path().join(".keywright-staging/new")).expect("made");
    fs::write(root.path().join(".keywright-staging/new/a.md"), "half").expect("written");
    assert_snapshot!(put("a.md", "by keywright", false), @"Some(Created)");
    assert_snapshot!(put("a.md", "by keywright, too", false), @"Some(Updated)");
    assert_snapshot!(put("a.md", "by keywright, too", false), @"Some(Unchanged)");
    assert_snapshot!(put("a.md", "mine", true), @"Some(Updated)");
    assert_snapshot!(put("a.md", "by keywright", false), @"
    None KW0601: `DIR/a.md` is there already, and Keywright did not write it
    choose another file, or replace this one with `--force`
    ");
    assert_snapshot!(put(&"x".repeat(256), "by keywright", false).replace(&"x".repeat(256), "x"), @"
    None KW0603: `DIR/x` cannot be read: the file system does not take this name
    choose another file, or move away what is in its place
    ");
    assert_snapshot!(tree(root.path()), @"a.md");
}

#[cfg(unix)]
#[test]
fn follows_no_link_out_of_the_folder() {
    let root = tempfile::tempdir().expect("a folder");
    let dir = root.path().join("out");
    let elsewhere = root.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("created");
    run(&dir, &[("sub/a.rs", "1")]);
    fs::rename(dir.join("sub"), elsewhere.join("sub")).expect("moved");
    std::os::unix::fs::symlink(elsewhere.join("sub"), dir.join("sub")).expect("linked");
    assert_snapshot!(run(&dir, &[("sub/a.rs", "2")]), @r#"
    KW0603: `DIR/sub/a.rs` cannot be read: `DIR/sub` is a symbolic link
    see to it that the output folder holds plain files that can be read
    "#);
    assert_eq!(
        fs::read_to_string(elsewhere.join("sub/a.rs")).expect("there"),
        "1"
    );
}

#[test]
fn leaves_nothing_behind_when_a_file_cannot_be_written() {
    let root = tempfile::tempdir().expect("a folder");
    let dir = root.path().join("out");
    run(&dir, &[("a.rs", "1")]);
    // A folder where a file has to be.
    fs::create_dir(dir.join("b.rs")).expect("created");
    assert_snapshot!(run(&dir, &[("a.rs", "2"), ("b.rs", "2"), ("new/c.rs", "3")]), @r#"
    KW0603: `DIR/b.rs` cannot be read: it is a folder
    see to it that the output folder holds plain files that can be read
    "#);
    assert_snapshot!(tree(&dir), @".keywright a.rs");
}

#[cfg(unix)]
#[test]
fn follows_no_link_to_what_is_staged() {
    let root = tempfile::tempdir().expect("a folder");
    let (dir, elsewhere) = (root.path().join("out"), root.path().join("elsewhere"));
    run(&dir, &[("a.rs", "1")]);
    fs::create_dir(&elsewhere).expect("created");
    fs::write(elsewhere.join("mine"), "").expect("written");
    std::os::unix::fs::symlink(&elsewhere, dir.join(".keywright-staging")).expect("linked");
    assert_snapshot!(run(&dir, &[("a.rs", "2")]), @"Updated a.rs");
    assert_snapshot!(tree(root.path()), @"elsewhere/mine out/.keywright out/a.rs");
    // A link in the place of a file, and one that leads to the folder itself.
    std::os::unix::fs::symlink(elsewhere.join("mine"), dir.join("b.rs")).expect("linked");
    assert_snapshot!(run(&dir, &[("a.rs", "3"), ("b.rs", "3")]), @"
    KW0603: `DIR/b.rs` cannot be read: it is a symbolic link
    see to it that the output folder holds plain files that can be read
    ");
    std::os::unix::fs::symlink(&dir, root.path().join("link")).expect("linked");
    assert_snapshot!(run(&root.path().join("link"), &[("a.rs", "4")]), @"Updated a.rs");
}
