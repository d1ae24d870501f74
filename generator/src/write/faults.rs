//! Every step of a run fails, or is its last: the folder is as before, or as wanted, or known to be incomplete.

use std::cell::Cell;

use super::*;

/// How the steps of a run go wrong, which are numbered from 0 on.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// None does.
    None,
    /// This one fails, and the next ones work.
    Once(usize),
    /// The disk is full from this one on: nothing can be added to it, and everything else works.
    Full(usize),
    /// The run is killed in the middle of this one.
    Killed(usize),
}

/// A disk with a fault.
struct Faulty {
    fault: Fault,
    has_links: bool,
    steps: Cell<usize>,
    struck: Cell<bool>,
}

impl Faulty {
    fn new(fault: Fault, has_links: bool) -> Self {
        Self {
            fault,
            has_links,
            steps: Cell::new(0),
            struck: Cell::new(false),
        }
    }

    /// Takes a step, or fails. What a step that is killed leaves of itself, `half` does.
    fn step(
        &self,
        adds: bool,
        half: impl FnOnce(),
        step: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let number = self.steps.replace(self.steps.get() + 1);
        let fails = match self.fault {
            Fault::None => false,
            Fault::Once(at) => number == at,
            Fault::Full(from) => adds && number >= from,
            Fault::Killed(from) => number >= from,
        };
        if !fails {
            return step();
        }
        self.struck.set(true);
        if matches!(self.fault, Fault::Killed(at) if at == number) {
            half();
        }
        Err(io::Error::from(io::ErrorKind::StorageFull))
    }
}

impl FileSystem for Faulty {
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step(true, || (), || Real.create_dir(path))
    }

    fn create(&self, path: &Path, text: &str) -> io::Result<()> {
        let half = || Real.create(path, &text[..text.len() / 2]).expect("written");
        self.step(true, half, || Real.create(path, text))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.has_links {
            return Err(io::Error::from(io::ErrorKind::Unsupported));
        }
        self.step(true, || (), || Real.link(from, to))
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        let half = || fs::write(to, "").expect("written");
        self.step(true, half, || Real.copy(from, to))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(false, || (), || Real.rename(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step(false, || (), || Real.remove_file(path))
    }

    fn remove_dir(&self, path: &Path) -> io::Result<()> {
        // Not to remove a folder that is not empty is no fault.
        let is_empty = fs::read_dir(path).is_ok_and(|mut it| it.next().is_none());
        if !is_empty {
            return Real.remove_dir(path);
        }
        self.step(false, || (), || Real.remove_dir(path))
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        let half = || {
            for entry in fs::read_dir(path).expect("it is there").flatten().take(1) {
                let _ = fs::remove_dir_all(entry.path());
            }
        };
        self.step(false, half, || Real.remove_dir_all(path))
    }
}

type Files = BTreeMap<String, String>;

fn files(list: &[(&str, &str)]) -> Files {
    list.iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// Everything in a folder, folders too, but for the staging folder; nothing if there is none.
fn tree(dir: &Path) -> Files {
    fn walk(folder: &Path, dir: &Path, found: &mut Files) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = shown(path.strip_prefix(dir).expect("it is inside"));
            if name == staging::NAME {
                continue;
            }
            if path.is_dir() {
                walk(&path, dir, found);
                found.insert(name, "a folder".to_owned());
            } else {
                found.insert(name, fs::read_to_string(&path).expect("it is text"));
            }
        }
    }
    let mut found = Files::new();
    if dir.is_dir() {
        walk(dir, dir, &mut found);
        found.insert(String::new(), "a folder".to_owned());
    }
    found
}

/// A folder of before, one of after, and one that is wanted when the run to it was killed.
struct Case {
    has_links: bool,
    before: Option<Files>,
    after: Files,
    other: Files,
}

fn cases() -> Vec<Case> {
    let one = files(&[
        ("Cargo.toml", "one"),
        ("src/lib.rs", "lib"),
        ("src/a/mod.rs", "a"),
        ("src/a/b/deep.rs", "b"),
    ]);
    let two = files(&[
        ("Cargo.toml", "two"),
        ("src/lib.rs", "lib"),
        ("src/a/mod.rs", "longer than it was"),
        ("src/c/d/new.rs", "new"),
    ]);
    let three = files(&[("Cargo.toml", "three"), ("src/e.rs", "e")]);
    let same_names = files(&[("Cargo.toml", "1"), ("src/lib.rs", "2")]);
    let same_names_again = files(&[("Cargo.toml", "3"), ("src/lib.rs", "2")]);
    let case = |has_links: bool, before: Option<&Files>, after: &Files, other: &Files| Case {
        has_links,
        before: before.cloned(),
        after: after.clone(),
        other: other.clone(),
    };
    vec![
        case(true, None, &two, &three),
        case(true, Some(&one), &two, &three),
        case(false, Some(&one), &two, &one),
        case(true, Some(&same_names), &same_names_again, &two),
    ]
}

/// A folder as it was before, with a file of the user's if Keywright owns it already.
struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    fn new(case: &Case) -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let folder = Self { root };
        if let Some(before) = &case.before {
            folder.write(&Real, before).expect("it is written");
            fs::write(folder.dir().join("src/mine.rs"), "mine").expect("written");
        }
        folder
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("around/out")
    }

    fn write(&self, system: &dyn FileSystem, files: &Files) -> Result<Report, String> {
        let mut diagnostics = Diagnostics::default();
        let report = write_by(system, files, &self.dir(), &mut diagnostics);
        assert_eq!(report.is_none(), diagnostics.has_errors());
        report.ok_or_else(|| diagnostics.iter().flat_map(|it| it.notes.clone()).collect())
    }

    /// Whether `check` would say that these files are there.
    fn holds(&self, files: &Files) -> bool {
        let mut diagnostics = Diagnostics::default();
        compare(files, &self.dir(), &mut diagnostics).is_some_and(|it| it.changes.is_empty())
    }

    fn has_staging(&self) -> bool {
        self.dir().join(staging::NAME).exists()
    }

    /// The same, as it is to become with these files.
    fn with(case: &Case, files: &Files) -> Files {
        let folder = Self::new(case);
        folder.write(&Real, files).expect("it is written");
        assert!(!folder.has_staging());
        tree(&folder.dir())
    }
}

/// A run with a fault, and what came of it.
struct Attempt<'a> {
    case: &'a Case,
    system: Faulty,
    folder: Folder,
    result: Result<Report, String>,
    /// The folder of before.
    before: &'a Files,
    /// The folder as it is wanted.
    after: &'a Files,
    /// The folder as the run after the next wants it.
    other: &'a Files,
}

/// Tries every case with a fault at every step, until none is left to fail.
fn at_every_step(fault: fn(usize) -> Fault, check: impl Fn(&Attempt<'_>)) {
    for case in &cases() {
        let before = tree(&Folder::new(case).dir());
        let after = Folder::with(case, &case.after);
        let other = Folder::with(case, &case.other);
        for number in 0.. {
            let system = Faulty::new(fault(number), case.has_links);
            let folder = Folder::new(case);
            let result = folder.write(&system, &case.after);
            let attempt = Attempt {
                case,
                system,
                folder,
                result,
                before: &before,
                after: &after,
                other: &other,
            };
            check(&attempt);
            if !attempt.system.struck.get() {
                assert!(number > FEWEST_STEPS, "hardly anything was tried");
                break;
            }
        }
    }
}

/// Fewer steps than any case has.
const FEWEST_STEPS: usize = 5;

/// A run that cannot do all does nothing, and leaves nothing that the next one minds.
fn all_or_nothing(attempt: &Attempt<'_>) {
    let folder = &attempt.folder;
    let left = tree(&folder.dir());
    let at = format!("{left:?} at {:?}", attempt.system.fault);
    match &attempt.result {
        Ok(_) => assert_eq!(without_empty_folders(left), *attempt.after, "{at}"),
        Err(note) => {
            // Where the folder itself cannot be made, there is no need to say that nothing was.
            assert!(
                note.is_empty() || note == "nothing was changed",
                "{note}: {at}"
            );
            assert_eq!(left, *attempt.before, "{at}");
        }
    }
    assert!(folder.write(&Real, &attempt.case.after).is_ok(), "{at}");
    assert_eq!(
        without_empty_folders(tree(&folder.dir())),
        *attempt.after,
        "{at}"
    );
    assert!(!folder.has_staging(), "{at}");
}

/// A folder that could not be removed is left, and no harm.
fn without_empty_folders(mut files: Files) -> Files {
    while let Some(empty) = files.iter().find_map(|(path, text)| {
        let inside = format!("{path}/");
        let is_empty = text == "a folder" && !files.keys().any(|it| it.starts_with(&inside));
        (is_empty && !path.is_empty()).then(|| path.clone())
    }) {
        files.remove(&empty);
    }
    files
}

#[test]
fn a_step_that_fails_is_no_harm() {
    at_every_step(Fault::Once, all_or_nothing);
}

#[test]
fn a_full_disk_is_no_harm() {
    at_every_step(Fault::Full, all_or_nothing);
}

#[test]
fn a_killed_run_is_completed_by_the_next() {
    at_every_step(Fault::Killed, |attempt| {
        let (case, folder) = (attempt.case, &attempt.folder);
        let left = tree(&folder.dir());
        let at = format!("{left:?} at {:?}", attempt.system.fault);
        // What is there is whole: of before, or of after.
        for (path, text) in &left {
            let mut known = [attempt.before, attempt.after].into_iter();
            let is_known = known.any(|it| it.get(path) == Some(text));
            assert!(
                is_known || path == manifest::NAME || text == "a folder",
                "{path}: {at}"
            );
        }
        // What is in both stays, in one form or the other.
        let mut both = attempt
            .before
            .keys()
            .filter(|it| attempt.after.contains_key(*it));
        assert!(both.all(|path| left.contains_key(path)), "{at}");
        // It passes for complete only if it is.
        let holds = |files: &Files, tree: &Files| {
            !folder.holds(files) || without_empty_folders(left.clone()) == *tree
        };
        assert!(holds(&case.after, attempt.after), "{at}");
        assert!(
            case.before
                .as_ref()
                .is_none_or(|it| holds(it, attempt.before)),
            "{at}"
        );
        assert!(folder.write(&Real, &case.after).is_ok(), "{at}");
        assert_eq!(tree(&folder.dir()), *attempt.after, "{at}");
        assert!(!folder.has_staging(), "{at}");
    });
}

#[test]
fn a_killed_run_is_no_hindrance_to_other_wishes() {
    at_every_step(Fault::Killed, |attempt| {
        let folder = &attempt.folder;
        let at = format!("{:?} at {:?}", tree(&folder.dir()), attempt.system.fault);
        assert!(folder.write(&Real, &attempt.case.other).is_ok(), "{at}");
        assert_eq!(tree(&folder.dir()), *attempt.other, "{at}");
        assert!(!folder.has_staging(), "{at}");
    });
}

#[test]
fn a_run_says_when_it_cannot_go_back() {
    let case = &cases()[1];
    let whole = Faulty::new(Fault::None, true);
    let written = Folder::new(case).write(&whole, &case.after);
    assert!(written.is_ok());
    // Some files are in place already, and then the disk is gone.
    let late = Fault::Killed(whole.steps.get() - 3);
    let folder = Folder::new(case);
    let result = folder.write(&Faulty::new(late, true), &case.after);
    let note = result.expect_err("it was stopped");
    assert!(note.starts_with("the folder is incomplete"), "{note}");
    let mut diagnostics = Diagnostics::default();
    let report = compare(&case.after, &folder.dir(), &mut diagnostics);
    assert!(report.is_some_and(|it| it.was_interrupted));
}
