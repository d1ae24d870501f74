//! Runs that are killed, and runs at the same time.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::{SPEC, command, files, keywright, project};

/// A run that nobody waits for yet.
fn start(folder: &Path, arguments: &[&str]) -> Child {
    command()
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command can be run")
}

/// A document of which nearly every file differs by the number.
fn numbered(number: u64) -> String {
    let operations = (0..6).map(|it| {
        let tag = number % 3;
        format!(
            "  /a{it}:
    get:
      tags: [tag-{it}-{tag}]
      operationId: get-{it}-{number}
      responses: {{ '204': {{ description: Number {number}. }} }}
"
        )
    });
    std::iter::once(SPEC.to_owned()).chain(operations).collect()
}

/// Numbers without order, always the same ones.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[test]
fn killed_runs_leave_nothing_that_the_next_one_minds() {
    let project = project(SPEC);
    let at = project.path();
    let out = at.join("out");
    let mut numbers = Numbers(8);
    let mut left_behind = 0;
    for round in 0..200 {
        fs::write(at.join("small.yaml"), numbered(round)).expect("the spec can be written");
        // Half of them begin with nothing.
        if round % 2 == 0 && out.exists() {
            fs::remove_dir_all(&out).expect("it can be removed");
        }
        let mut run = start(at, &["generate"]);
        // Half of them are killed anywhere, and half as soon as they write.
        if numbers.below(2) == 0 {
            std::thread::sleep(Duration::from_micros(numbers.below(40_000)));
        } else {
            let staging = out.join(".keywright-staging");
            while !staging.exists() && matches!(run.try_wait(), Ok(None)) {
                std::thread::sleep(Duration::from_micros(100));
            }
            std::thread::sleep(Duration::from_micros(numbers.below(3_000)));
        }
        run.kill().expect("it can be killed");
        run.wait().expect("it ends");
        left_behind += u32::from(out.join(".keywright-staging").exists());
        let (code, _, complaints) = keywright(at, &["generate", "--quiet"]);
        assert_eq!((code, complaints.as_str()), (0, ""), "round {round}");
        for check in [&["check"][..], &["check", "--no-cache"]] {
            assert_eq!(keywright(at, check).0, 0, "round {round}");
        }
        let stray = files(&out)
            .into_iter()
            .find(|(path, _)| path.contains(".keywright-"));
        assert_eq!(stray, None, "round {round}");
        assert!(!out.join(".keywright-staging").exists(), "round {round}");
    }
    assert!(left_behind > 0, "no run was killed while it wrote");
}

/// The arguments for one of several documents and the same folder.
fn into_one<'a>(command: &'a str, spec: &'a str) -> [&'a str; 7] {
    [command, "--spec", spec, "--out", "out", "--module", "small"]
}

#[test]
fn runs_at_the_same_time_end_as_one_of_them() {
    let project = project(SPEC);
    let at = project.path();
    let specs: Vec<String> = (0..4)
        .map(|number| format!("small-{number}.yaml"))
        .collect();
    for (number, spec) in specs.iter().enumerate() {
        fs::write(at.join(spec), numbered(number as u64)).expect("the spec can be written");
    }
    for round in 0..8 {
        let runs: Vec<Child> = specs
            .iter()
            .map(|spec| start(at, &into_one("generate", spec)))
            .collect();
        for mut run in runs {
            assert!(run.wait().expect("it ends").success(), "round {round}");
        }
        let agree = |more: &[&str]| {
            let check = |spec: &&String| {
                keywright(at, &[&into_one("check", spec)[..], more].concat()).0 == 0
            };
            specs.iter().filter(check).cloned().collect::<Vec<_>>()
        };
        assert_eq!(agree(&[]).len(), 1, "round {round}");
        assert_eq!(agree(&[]), agree(&["--no-cache"]), "round {round}");
        if round % 2 == 0 {
            fs::remove_dir_all(at.join("out")).expect("it can be removed");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_run_waits_for_the_folder() {
    let project = project(SPEC);
    let at = project.path();
    keywright(at, &["generate", "--quiet"]);
    let folder = fs::File::open(at.join("out")).expect("it can be opened");
    folder.lock().expect("nobody else is here");
    fs::write(at.join("small.yaml"), numbered(1)).expect("the spec can be written");
    let mut run = start(at, &["generate"]);
    std::thread::sleep(Duration::from_millis(200));
    assert!(matches!(run.try_wait(), Ok(None)), "it has not waited");
    // What it shall see when it goes on.
    fs::remove_file(at.join("out/src/lib.rs")).expect("it is there");
    drop(folder);
    assert!(run.wait().expect("it ends").success());
    assert_eq!(keywright(at, &["check", "--quiet"]).0, 0);
}
