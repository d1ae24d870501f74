//! Runs after which nothing, or something, has changed.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::runs::Numbers;
use crate::{SPEC, command, files, keywright, project, run};

/// A project of two files, of which one has fields that mean nothing.
fn project_of_two() -> TempDir {
    let spec = SPEC.replace("{ description: Alive. }", "{ $ref: 'more.yaml#/Alive' }");
    let project = project(&spec);
    put(project.path(), "more.yaml", MORE);
    project
}

const MORE: &str = "Alive: { description: Alive., colour: red, size: large }\n";

fn put(folder: &Path, file: &str, text: &str) {
    fs::write(folder.join(file), text).expect("it can be written");
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("it is there")
}

/// A folder for the stamps of one test.
struct Stamps(TempDir);

impl Stamps {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder can be made"))
    }

    fn run(&self, folder: &Path, arguments: &[&str]) -> (i32, String, String) {
        let mut command = command();
        let command = command.args(arguments).current_dir(folder);
        run(command.env("KEYWRIGHT_CACHE_DIR", self.0.path()))
    }

    /// Whether a command was done without doing anything; it must succeed.
    fn is_recalled(&self, folder: &Path, arguments: &[&str]) -> bool {
        let (code, printed, complaints) = self.run(folder, arguments);
        assert_eq!(code, 0, "{arguments:?}: {complaints}");
        printed.ends_with("up to date in <time>\n")
    }

    fn kept(&self) -> Vec<PathBuf> {
        let kept = files(self.0.path());
        kept.into_iter().map(|(path, _)| path.into()).collect()
    }
}

#[test]
fn says_what_a_full_run_says() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    stamps.run(at, &["generate"]);
    for arguments in [
        &["generate"][..],
        &["check"],
        &["generate", "--verbose"],
        &["check", "--color", "always"],
        &["generate", "--quiet"],
        &["generate", "--strict"],
        &["check", "--strict", "--quiet"],
    ] {
        let full = stamps.run(at, &[arguments, &["--no-cache"]].concat());
        let (code, printed, complaints) = stamps.run(at, arguments);
        let is_recalled = printed.contains("up to date");
        assert_eq!(
            full,
            (code, printed.replace("up to date", "unchanged"), complaints)
        );
        let says_so = code == 0 && !arguments.contains(&"--quiet");
        assert_eq!(is_recalled, says_so, "{arguments:?}");
    }
    let (code, _, complaints) = stamps.run(at, &["generate", "--strict"]);
    assert_eq!((code, complaints.matches("error[KW0304]").count()), (1, 2));
}

/// A change of a project, named.
type Change = (&'static str, fn(&Path));

const CHANGES: &[Change] = &[
    ("edits the entry document", |at| {
        put(
            at,
            "small.yaml",
            &text(at, "small.yaml").replace("Small", "Tiny"),
        );
    }),
    ("edits a remark in another file", |at| {
        put(at, "more.yaml", &format!("# More\n{MORE}"));
    }),
    ("renames the package", |at| {
        let config = text(at, "keywright.toml").replace("\"small\"\n\n", "\"tiny\"\n\n");
        put(at, "keywright.toml", &config);
    }),
    ("raises a limit", |at| {
        put(
            at,
            "keywright.toml",
            &(text(at, "keywright.toml") + "[limits]\ndepth = 200\n"),
        );
    }),
    ("gives a name", |at| {
        let names = "[api.names]\n'#/paths/~1ping/get' = 'is_alive'\n";
        put(at, "keywright.toml", &(text(at, "keywright.toml") + names));
    }),
    ("states the root", |at| {
        put(
            at,
            "keywright.toml",
            &(text(at, "keywright.toml") + "root = \".\"\n"),
        );
    }),
    ("edits a file of the output", |at| {
        put(
            at,
            "out/src/lib.rs",
            &(text(at, "out/src/lib.rs") + "// mine\n"),
        );
    }),
    ("removes a file of the output", |at| {
        fs::remove_file(at.join("out/src/lib.rs")).expect("it is there");
    }),
    ("removes the manifest and all", |at| {
        fs::remove_dir_all(at.join("out")).expect("it is there");
    }),
    ("adds a file that Keywright owns", |at| {
        put(at, "out/src/more.rs", "");
        put(
            at,
            "out/.keywright",
            &(text(at, "out/.keywright") + "src/more.rs\n"),
        );
    }),
    ("leaves something staged", |at| {
        fs::create_dir(at.join("out/.keywright-staging")).expect("it can be made");
    }),
];

#[test]
fn every_change_makes_a_full_run() {
    for (name, change) in CHANGES {
        let (project, stamps) = (project_of_two(), Stamps::new());
        let at = project.path();
        assert!(!stamps.is_recalled(at, &["generate"]), "{name}");
        assert!(stamps.is_recalled(at, &["generate"]), "{name}");
        assert!(stamps.is_recalled(at, &["check"]), "{name}");
        change(at);
        let (code, printed, _) = stamps.run(at, &["check"]);
        assert!(!printed.contains("up to date"), "{name}");
        // A full check that finds no difference leaves nothing to do.
        assert!(
            !stamps.is_recalled(at, &["generate"]) || code == 0,
            "{name}"
        );
        assert!(!at.join("out/.keywright-staging").exists(), "{name}");
        assert_eq!(keywright(at, &["check", "--no-cache"]).0, 0, "{name}");
        assert!(stamps.is_recalled(at, &["check"]), "{name}");
    }
}

#[test]
fn a_second_folder_and_files_of_others_are_remembered() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    fs::create_dir(at.join("out")).expect("it can be made");
    put(at, "out/.keywright", "");
    put(at, "out/.gitattributes", "* text\n");
    let generate = ["generate", "--snapshots", "review"];
    let check = ["check", "--snapshots", "review"];
    stamps.run(at, &["generate", "--snapshots", "review", "--quiet"]);
    assert!(stamps.is_recalled(at, &generate));
    let full = stamps.run(at, &[&check[..], &["--verbose", "--no-cache"]].concat());
    let (code, printed, complaints) = stamps.run(at, &[&check[..], &["--verbose"]].concat());
    let printed = printed.replace("up to date", "unchanged");
    assert_eq!(full, (code, printed, complaints));
    assert_eq!(text(at, "out/.gitattributes"), "* text\n");

    let surface = "review/small.surface.txt";
    put(at, surface, "mine\n");
    assert_eq!(stamps.run(at, &check).0, 1);
    assert!(!stamps.is_recalled(at, &generate));
    assert_ne!(text(at, surface), "mine\n");
    assert!(stamps.is_recalled(at, &check));
    fs::remove_file(at.join("out/.gitattributes")).expect("it is there");
    assert!(!stamps.is_recalled(at, &generate));
    assert_ne!(text(at, "out/.gitattributes"), "* text\n");
    assert!(!stamps.is_recalled(at, &["generate", "--snapshots", "other"]));
}

#[test]
fn other_arguments_make_a_full_run() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    for arguments in [
        &["generate"][..],
        &["generate", "--limit", "depth=100"],
        &["generate", "--root", "."],
        &["generate", "--spec", "small.yaml", "--out", "out"],
        &[
            "generate",
            "--spec",
            "small.yaml",
            "--out",
            "out",
            "--module",
            "tiny",
        ],
        &[
            "generate",
            "--spec",
            "./small.yaml",
            "--out",
            "out",
            "--package",
            "tiny",
        ],
        &["generate"],
    ] {
        assert!(!stamps.is_recalled(at, arguments), "{arguments:?}");
        assert!(stamps.is_recalled(at, arguments), "{arguments:?}");
    }
    // What neither documents nor clients depend on does not count.
    put(
        at,
        "keywright.toml",
        &format!("# Ours\n{}", text(at, "keywright.toml")),
    );
    put(at, "out/src/own.rs", "// mine\n");
    assert!(stamps.is_recalled(at, &["generate"]));
    assert!(stamps.is_recalled(at, &["check", "--verbose"]));
    assert!(!stamps.is_recalled(at, &["check", "--no-cache"]));
}

#[test]
fn what_is_gone_and_what_leads_out_is_found() {
    let (around, stamps) = (project_of_two(), Stamps::new());
    let at = around.path().join("specs");
    fs::create_dir(&at).expect("a folder can be made");
    for name in ["small.yaml", "more.yaml", "keywright.toml"] {
        fs::rename(around.path().join(name), at.join(name)).expect("it can be moved");
    }
    let fails = |code: &str| {
        for command in ["generate", "check"] {
            let (status, printed, complaints) = stamps.run(&at, &[command]);
            assert_eq!((status, printed.as_str()), (1, ""));
            assert!(complaints.contains(code), "{complaints}");
        }
    };
    assert!(!stamps.is_recalled(&at, &["generate"]));
    fs::rename(at.join("more.yaml"), at.join("less.yaml")).expect("it can be moved");
    fails("error[KW0101]");
    #[cfg(unix)]
    {
        // The same text, elsewhere.
        let elsewhere = around.path().join("more.yaml");
        fs::rename(at.join("less.yaml"), &elsewhere).expect("it can be moved");
        std::os::unix::fs::symlink(&elsewhere, at.join("more.yaml")).expect("it can be linked");
        fails("error[KW0205]");
        assert!(!stamps.is_recalled(&at, &["generate", "--root", ".."]));
        assert!(stamps.is_recalled(&at, &["generate", "--root", ".."]));
        // Another root, without any other change.
        let config = text(&at, "keywright.toml").replace("\"out\"", "\"specs/out\"");
        let config = config.replace("small.yaml", "specs/small.yaml");
        put(around.path(), "keywright.toml", &config);
        fs::remove_file(at.join("keywright.toml")).expect("it is there");
        assert!(!stamps.is_recalled(around.path(), &["generate"]));
        assert!(stamps.is_recalled(around.path(), &["generate"]));
        put(&at, "keywright.toml", "");
        let (code, _, complaints) = stamps.run(around.path(), &["generate"]);
        assert_eq!((code, complaints.contains("error[KW0205]")), (1, true));
    }
}

#[test]
fn a_damaged_stamp_is_none() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    stamps.run(at, &["generate"]);
    let [stamp] = &stamps.kept()[..] else {
        panic!("there is one stamp")
    };
    let whole = fs::read(stamp).expect("it is there");
    let edited = String::from_utf8_lossy(&whole).replace("more.yaml", "less.yaml");
    for damaged in [&whole[..whole.len() - 1], &[], b"\xff", edited.as_bytes()] {
        fs::write(stamp, damaged).expect("it can be written");
        assert!(!stamps.is_recalled(at, &["generate"]));
        assert_eq!(fs::read(stamp).expect("it is there"), whole);
    }
    fs::remove_file(stamp).expect("it is there");
    assert!(!stamps.is_recalled(at, &["check"]));
    assert!(stamps.is_recalled(at, &["check"]));
    fs::remove_file(stamp).expect("it is there");
    // One that cannot be read, or written.
    fs::create_dir(stamp).expect("it can be made");
    assert!(!stamps.is_recalled(at, &["generate"]));
    assert!(!stamps.is_recalled(at, &["generate"]));
    let mut unusable = command();
    unusable.env("KEYWRIGHT_CACHE_DIR", at.join("small.yaml"));
    let (code, printed, _) = run(unusable.arg("generate").current_dir(at));
    assert_eq!((code, printed.contains("up to date")), (0, false));
}

#[test]
fn a_stamp_belongs_to_a_place() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    stamps.run(at, &["generate"]);
    let copy = TempDir::new().expect("a folder can be made");
    copy_tree(at, copy.path());
    assert!(!stamps.is_recalled(copy.path(), &["generate"]));
    assert_eq!(stamps.kept().len(), 2);
    assert!(stamps.is_recalled(copy.path(), &["generate"]));
    assert!(stamps.is_recalled(at, &["generate"]));
}

/// Another program of the same version.
#[cfg(target_os = "linux")]
#[test]
fn a_stamp_belongs_to_a_program() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    let other = at.join("other");
    let run_other = || {
        let mut command = std::process::Command::new(&other);
        command.env("KEYWRIGHT_CACHE_DIR", stamps.0.path());
        let (code, printed, _) = run(command.arg("generate").current_dir(at));
        (code, printed.contains("up to date"))
    };
    fs::copy(env!("CARGO_BIN_EXE_keywright"), &other).expect("it can be copied");
    assert!(!stamps.is_recalled(at, &["generate"]));
    assert_eq!(run_other(), (0, true));
    let mut bytes = fs::read(&other).expect("it is there");
    bytes.push(0);
    fs::write(&other, bytes).expect("it can be written");
    assert_eq!(run_other(), (0, false));
    assert_eq!(run_other(), (0, true));
    assert!(!stamps.is_recalled(at, &["generate"]));
}

#[test]
fn a_report_is_written_by_a_full_run() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    stamps.run(at, &["generate"]);
    assert!(!stamps.is_recalled(at, &["generate", "--report", "report.md"]));
    let report = text(at, "report.md");
    fs::remove_file(at.join("report.md")).expect("it is there");
    assert!(stamps.is_recalled(at, &["generate"]));
    assert!(!stamps.is_recalled(at, &["generate", "--report", "report.md"]));
    assert_eq!(text(at, "report.md"), report);
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("it is there") {
        let path = entry.expect("it can be read").path();
        let copy = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy_tree(&path, &copy);
        } else {
            fs::copy(&path, &copy).expect("it can be copied");
        }
    }
}

/// Changes something, or nothing.
fn change(at: &Path, stamps: &Stamps, numbers: &mut Numbers) {
    let owned: Vec<String> = fs::read_to_string(at.join("out/.keywright"))
        .unwrap_or_default()
        .lines()
        .filter(|line| line.contains('.') && !line.contains(' '))
        .map(str::to_owned)
        .collect();
    let any = |number: u64| owned.get(usize::try_from(number).expect("it is small"));
    let file = any(numbers.below(owned.len().max(1) as u64));
    let file = file.map(|it| at.join("out").join(it));
    let more = [
        "",
        "x-a: 1",
        "colour: red",
        "headers: { A: { schema: { type: integer } } }",
    ];
    let config = |text: &str| {
        let start = "[output]\ndir = \"out\"\npackage = \"small\"\n";
        let api = "[[api]]\nmodule = \"small\"\nspec = \"small.yaml\"\n";
        put(at, "keywright.toml", &format!("{start}{text}{api}"));
    };
    match numbers.below(14) {
        0 => {
            let more = more[usize::try_from(numbers.below(4)).expect("it is small")];
            put(
                at,
                "more.yaml",
                &format!("Alive: {{ description: Alive., {more} }}\n"),
            );
        }
        1 => put(
            at,
            "small.yaml",
            &text(at, "small.yaml").replace("Small", "Tiny"),
        ),
        2 => put(
            at,
            "small.yaml",
            &text(at, "small.yaml").replace("Tiny", "Small"),
        ),
        3 => drop(fs::remove_file(at.join("more.yaml"))),
        4 => config(""),
        5 => config("version = \"0.2.0\"\n"),
        6 => config("[limits]\nnodes = 40\n"),
        7 => drop(file.map(|it| fs::write(it, "edited"))),
        8 => drop(file.map(fs::remove_file)),
        9 => drop(fs::create_dir_all(at.join("out/.keywright-staging/new"))),
        10 => {
            for stamp in stamps.kept() {
                let mut bytes = fs::read(&stamp).expect("it is there");
                bytes.truncate(usize::try_from(numbers.below(3000)).expect("it is small"));
                fs::write(stamp, bytes).expect("it can be written");
            }
        }
        _ => {}
    }
}

/// Whatever happens in between, a run ends like one that knows of no other run.
#[test]
fn the_result_is_that_of_a_full_run() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    let mut numbers = Numbers(7);
    let mut recalled = 0;
    for round in 0..150 {
        change(at, &stamps, &mut numbers);
        let arguments = match numbers.below(6) {
            0 => &["check"][..],
            1 => &["generate", "--strict"],
            2 => &["check", "--verbose"],
            _ => &["generate"],
        };
        let copy = TempDir::new().expect("a folder can be made");
        copy_tree(at, copy.path());
        let full = stamps.run(copy.path(), &[arguments, &["--no-cache"]].concat());
        let (code, printed, complaints) = stamps.run(at, arguments);
        recalled += u32::from(printed.contains("up to date"));
        let printed = printed.replace("up to date", "unchanged");
        assert_eq!(full, (code, printed, complaints), "round {round}");
        let tree = |folder: &Path| -> Vec<(PathBuf, Vec<u8>)> {
            let inside = |path: String| Path::new(&path).strip_prefix(folder).map(Path::to_owned);
            let files = files(folder).into_iter();
            files
                .map(|(path, bytes)| (inside(path).expect("it is inside"), bytes))
                .collect()
        };
        assert_eq!(tree(copy.path()), tree(at), "round {round}");
    }
    assert!(recalled > 20, "only {recalled} runs were recalled");
}

/// An overlay is one of the files that a run goes by, and findings in it are repeated.
#[test]
fn overlays_are_among_the_files() {
    let (project, stamps) = (project_of_two(), Stamps::new());
    let at = project.path();
    let overlay = |colour: &str| {
        let update = format!("{{ info: {{ title: {colour}, colour: {colour} }} }}");
        let actions = format!("actions: [{{ target: $, update: {update} }}]");
        put(
            at,
            "o.yaml",
            &format!("overlay: 1.1.0\ninfo: {{ title: O, version: '1' }}\n{actions}\n"),
        );
    };
    let config = text(at, "keywright.toml") + "overlays = [\"o.yaml\"]\n";
    put(at, "keywright.toml", &config);
    overlay("red");
    let (code, _, complaints) = stamps.run(at, &["generate"]);
    assert_eq!(code, 0, "{complaints}");
    assert!(
        complaints.contains("--> o.yaml:3:54 at #/info/colour"),
        "{complaints}"
    );
    assert!(stamps.is_recalled(at, &["generate"]));
    assert_eq!(stamps.run(at, &["check"]).2, complaints);
    overlay("blue");
    assert_eq!(stamps.run(at, &["check"]).0, 1);
    assert!(!stamps.is_recalled(at, &["generate"]));

    // The same without a configuration.
    let arguments = [
        "--spec",
        "small.yaml",
        "--overlay",
        "o.yaml",
        "--out",
        "other",
    ];
    let (code, _, complaints) = stamps.run(at, &[&["generate"][..], &arguments].concat());
    assert_eq!(code, 0, "{complaints}");
    assert!(text(at, "other/README.md").contains("blue"));
    let arguments = ["convert", "small.yaml", "--overlay", "o.yaml"];
    assert!(stamps.run(at, &arguments).1.contains("blue"));
}
