//! What an edit of one line of a spec changes in the client: the lines that it means, and no others.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use keywright::Config;
use keywright::diagnostics::Diagnostics;
use similar::{ChangeTag, TextDiff};

/// The document that is edited.
const BASE: &str = include_str!("edits.yaml");

/// What is edited: a name for it, a text that stands once in the document, and what takes its place.
const EDITS: [(&str, &str, &str); 20] = [
    ("nothing", "title: Library", "title: Library"),
    (
        "a property's description",
        "What stands on the cover.",
        "What stands on the spine.",
    ),
    (
        "an optional property",
        "        issn: { type: string }\n",
        "        issn: { type: string }\n        volume: { type: integer }\n",
    ),
    (
        "a required property",
        "required: [kind, issn]",
        "required: [kind, issn, year]",
    ),
    (
        "a property becomes required",
        "required: [id, title, kind]",
        "required: [id, title, kind, pages]",
    ),
    (
        "a property's type",
        "        pages: { type: integer }\n        state",
        "        pages: { type: string }\n        state",
    ),
    ("a property's name", "        born: {", "        birth: {"),
    (
        "a property goes",
        "        title: { type: string }\n        pages: { type: integer }\n",
        "        title: { type: string }\n",
    ),
    (
        "a value of an enum",
        "enum: [paper, cloth]",
        "enum: [paper, cloth, audio]",
    ),
    (
        "a value of an inline enum",
        "enum: [in, out]",
        "enum: [in, out, lost]",
    ),
    ("a constant", "const: journal", "const: magazine"),
    (
        "a branch of a union",
        "        - $ref: '#/components/schemas/Journal'\n",
        "        - $ref: '#/components/schemas/Journal'\n        - $ref: '#/components/schemas/Author'\n",
    ),
    ("a schema's name", "    Author:\n", "    Writer:\n"),
    (
        "an operation's summary",
        "summary: List books",
        "summary: List all books",
    ),
    (
        "an operation's id",
        "operationId: getBook",
        "operationId: readBook",
    ),
    (
        "an optional argument",
        "        - { name: sort,",
        "        - { name: after, in: query, schema: { type: string } }\n        - { name: sort,",
    ),
    (
        "an argument becomes required",
        "{ name: limit, in: query,",
        "{ name: limit, in: query, required: true,",
    ),
    (
        "a response",
        "        '404':\n",
        "        '410': { description: It was sold. }\n        '404':\n",
    ),
    (
        "a response's description",
        "There is one already.",
        "There is such a book already.",
    ),
    (
        "an operation",
        "  /books/{id}:\n    get:\n",
        "  /books/{id}:\n    delete: { operationId: removeBook, tags: [books], parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }], responses: { '204': { description: Gone. } } }\n    get:\n",
    ),
];

#[test]
fn an_edit_changes_the_lines_that_it_means() {
    let base = generate(BASE);
    let mut table = format!(
        "{:<30} {:>7} {:>5} {:>5}\n",
        "edit", "removed", "added", "files"
    );
    for (name, from, to) in EDITS {
        assert_eq!(BASE.matches(from).count(), 1, "{name}");
        let edited = generate(&BASE.replace(from, to));
        let (mut removed, mut added, mut files) = (0, 0, 0);
        let paths = base
            .keys()
            .chain(edited.keys())
            .collect::<std::collections::BTreeSet<_>>();
        for path in paths {
            let text =
                |files: &BTreeMap<String, String>| files.get(path).cloned().unwrap_or_default();
            let (before, after) = (text(&base), text(&edited));
            let diff = TextDiff::from_lines(&before, &after);
            let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
            removed += count(ChangeTag::Delete);
            added += count(ChangeTag::Insert);
            files += usize::from(before != after);
        }
        let _ = writeln!(table, "{name:<30} {removed:>7} {added:>5} {files:>5}");
    }
    insta::assert_snapshot!(table, @r"
    edit                           removed added files
    nothing                              0     0     0
    a property's description             1     1     1
    an optional property                 0     2     2
    a required property                  0     2     2
    a property becomes required          1     1     1
    a property's type                    1     1     1
    a property's name                    2     2     2
    a property goes                      3     0     2
    a value of an enum                   0     1     1
    a value of an inline enum            0     1     1
    a constant                           3     3     2
    a branch of a union                  0     3     2
    a schema's name                      4     4     2
    an operation's summary               2     2     2
    an operation's id                   15    15     2
    an optional argument                 2     3     2
    an argument becomes required         7     8     2
    a response                           0     5     1
    a response's description             2     2     1
    an operation                         1    51     2
    ");
}

/// The files of the client.
fn generate(document: &str) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("library.yaml");
    std::fs::write(&path, document).expect("the folder is writable");
    let config = Config::of_spec(&path, "client".as_ref());
    let files = keywright::generate(&config, &mut Diagnostics::default());
    files.expect("the document is valid")
}
