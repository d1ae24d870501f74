//! Programs of users: which of them a client compiles with, in its own crate and in another.

use crate::build::{Client, Dependencies, Faults};
use crate::row::Row;

/// How many times a client is compiled at most. The compiler stops after each of its phases that finds errors, and then
/// compiles again without the programs at fault.
const ROUNDS: usize = 6;

/// The programs of rows that have the same old side.
#[derive(Clone, Debug, Default)]
pub struct Programs {
    /// Those of other crates: the name of a module, and the text.
    pub published: Vec<(String, String)>,
    /// Those of the same crate.
    pub vendored: Vec<(String, String)>,
}

/// What is wrong with programs, by name.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Those of other crates.
    pub published: Faults,
    /// Those of the same crate.
    pub vendored: Faults,
}

/// The name of a row's program.
#[must_use]
pub fn name(index: usize) -> String {
    format!("row_{index}")
}

/// The programs of rows. `package` and `module` are what the old side is called.
#[must_use]
pub fn programs(rows: &[(usize, &Row)], package: &str, module: &str) -> Programs {
    let text = |root: &str, api: &str, program: &str| {
        format!("#![allow(unused)]\n{root}\nuse {api}::{module} as api;\n\n{program}\n")
    };
    let mut programs = Programs::default();
    for (index, row) in rows {
        if let Some(program) = &row.witness {
            let root = format!("use {package} as root;");
            let text = text(&root, package, program);
            programs.published.push((name(*index), text));
        }
        let vendored = row.vendored_witness.as_ref().or(row.witness.as_ref());
        if let Some(program) = vendored.filter(|it| !it.is_empty()) {
            let text = text("use crate as root;", "crate", program);
            programs.vendored.push((name(*index), text));
        }
    }
    programs
}

/// Compiles a client with programs.
///
/// # Panics
///
/// If something else than the programs does not compile.
#[must_use]
pub fn judge(dependencies: &Dependencies, client: &Client, programs: &Programs) -> Verdict {
    let mut vendored = Faults::new();
    let metadata = rounds(&programs.vendored, &mut vendored, |programs| {
        dependencies.client(client, programs)
    });
    let mut published = Faults::new();
    rounds(&programs.published, &mut published, |programs| {
        dependencies.users(client, &metadata, programs)
    });
    Verdict {
        published,
        vendored,
    }
}

fn rounds<T>(
    programs: &[(String, String)],
    faults: &mut Faults,
    compile: impl Fn(&[(String, String)]) -> Result<T, Faults>,
) -> T {
    for _ in 0..ROUNDS {
        let left = programs
            .iter()
            .filter(|(name, _)| !faults.contains_key(name));
        let left: Vec<(String, String)> = left.cloned().collect();
        match compile(&left) {
            Ok(it) => return it,
            Err(found) => {
                let is_known = |it: &String| programs.iter().any(|(name, _)| name == it);
                let foreign: Vec<_> = found.iter().filter(|(it, _)| !is_known(it)).collect();
                assert!(foreign.is_empty() && !found.is_empty(), "{foreign:?}");
                faults.extend(found);
            }
        }
    }
    panic!("the compiler finds errors again and again: {faults:?}");
}
