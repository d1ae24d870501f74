//! `keywright explain`.

use insta::assert_snapshot;

use crate::{SPEC, keywright, project};

/// What is printed, and what is complained of, with the exit code.
fn explained(arguments: &[&str]) -> String {
    let project = project(SPEC);
    let arguments = [&["explain"], arguments].concat();
    let (code, printed, complaints) = keywright(project.path(), &arguments);
    format!("{printed}{complaints}exit {code}")
}

#[test]
fn explains_a_code() {
    assert_snapshot!(explained(&["kw407"]), @"
    KW0407 (warning): A server URL cannot be used.

    The URL of a server cannot be used, because it has a variable in braces that `variables` does not
    declare. The server is left out; if it was the only one, callers must pass a base URL.

    Not like this:

        servers:
          - url: https://{region}.example.org
        paths: {}

    But like this:

        servers:
          - url: https://{region}.example.org
            variables:
              region: { default: eu }
        paths: {}
    exit 0
    ");
    assert_eq!(explained(&["kw407"]), explained(&["KW0407"]));
}
