//! What runs Keywright for a pull request: the scripts of the GitHub Action, the job for GitLab, and the hooks for
//! pre-commit. Their commands are run in a repository.

#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_yaml::Value;

const CONFIG: &str = "\
[output]
dir = \"client\"
package = \"client\"

[[api]]
module = \"notes\"
spec = \"notes.yaml\"
";

const SPEC: &str = "\
openapi: 3.1.0
info: { title: Notes, version: '1', description: Notes of a team. }
servers: [{ url: https://notes.example.org }]
tags: [{ name: notes, description: Everything about notes. }]
security: [{ key: [] }]
paths:
  /notes/{id}:
    get:
      operationId: getNote
      summary: Read a note
      tags: [notes]
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: The note.
          content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
        '404':
          description: There is none.
          content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key, description: The key of the team. }
  schemas:
    Note: { type: object, description: A note., required: [id], properties: { id: { type: integer }, text: { type: string } } }
    Problem: { type: object, description: What went wrong., properties: { detail: { type: string } } }
";

/// The folder of this repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A repository with a client, and an edit of its document that is not committed.
struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        repository.write("keywright.toml", CONFIG);
        repository.write("notes.yaml", SPEC);
        repository.succeed("keywright generate --quiet");
        repository.succeed("git init --quiet");
        repository.succeed("git add --all");
        repository.succeed(
            "git -c user.name=Ada -c user.email=ada@example.org commit --quiet --message First",
        );
        repository.write(
            "notes.yaml",
            &SPEC.replace("security: [{ key: [] }]", "security: []"),
        );
        repository
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path().join(path), text).expect("written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("it is there")
    }

    /// Runs a command line, with Keywright, and what the test puts into `bin`, on the path.
    fn run(&self, line: &str, variables: &[(&str, &str)]) -> Output {
        let keywright = Path::new(env!("CARGO_BIN_EXE_keywright"));
        let programs = keywright.parent().expect("it is in a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        let bin = self.path().join("bin");
        let mut command = Command::new("bash");
        command
            .args(["-eo", "pipefail", "-c", line])
            .current_dir(self.path())
            .env(
                "PATH",
                format!("{}:{}:{path}", bin.display(), programs.display()),
            )
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env(
                "KEYWRIGHT_CACHE_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("stamps"),
            )
            .env_remove("GITHUB_ACTIONS")
            .env_remove("GITHUB_OUTPUT")
            .envs(variables.iter().copied());
        command.output().expect("bash runs")
    }

    fn succeed(&self, line: &str) -> String {
        let output = self.run(line, &[]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

fn script(name: &str) -> String {
    let path = root().join("integrations").join(name);
    format!("'{}'", path.display())
}

#[test]
fn the_review_tells_of_stale_clients_and_of_the_verdict() {
    let repository = Repository::new();
    let variables = [
        ("KEYWRIGHT_BASE", "HEAD"),
        ("GITHUB_OUTPUT", "output"),
        ("GITHUB_ACTIONS", "true"),
    ];
    let output = repository.run(&script("review.sh"), &variables);
    assert_eq!(output.status.code(), Some(1), "the client is out of date");
    repository.succeed("keywright generate --quiet");
    let output = repository.run(&script("review.sh"), &variables);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(text.contains("::warning file=notes.yaml,line=5,"), "{text}");
    let comment = repository.read("keywright-report/comment.md");
    assert!(
        comment.starts_with("<!-- keywright-diff -->\n"),
        "{comment}"
    );
    assert!(comment.contains("`notes::Client::get_note`"), "{comment}");
    let outputs = repository.read("output");
    assert!(
        outputs.contains("published=minor\nvendored=minor\n"),
        "{outputs}"
    );
    for report in ["check.sarif", "lint.sarif", "diff.json"] {
        let text = repository.read(&format!("keywright-report/{report}"));
        serde_json::from_str::<serde_json::Value>(&text).expect("it is JSON");
    }
}

#[test]
fn the_review_fails_on_what_it_is_told_to() {
    let repository = Repository::new();
    repository.succeed("keywright generate --quiet");
    let review = |fail_on: &str| {
        let variables = [("KEYWRIGHT_BASE", "HEAD"), ("KEYWRIGHT_FAIL_ON", fail_on)];
        repository
            .run(&script("review.sh"), &variables)
            .status
            .code()
    };
    assert_eq!(review("security"), Some(1));
    assert_eq!(review("breaking"), Some(0));
    let changes = repository.read("keywright-report/diff.json");
    let changes: serde_json::Value = serde_json::from_str(&changes).expect("it is JSON");
    let mut config = CONFIG.to_owned();
    for change in changes["changes"].as_array().expect("a list") {
        let fingerprint = change["fingerprint"].as_str().expect("a text");
        let _ = writeln!(
            config,
            "[[diff.allow]]\nfingerprint = \"{fingerprint}\"\nreason = \"Notes are public.\""
        );
    }
    repository.write("keywright.toml", &config);
    assert_eq!(review("security"), Some(0), "it is allowed");
}

#[test]
fn the_comment_is_written_once_and_then_updated() {
    let repository = Repository::new();
    repository.succeed("keywright generate --quiet");
    repository.run(&script("review.sh"), &[("KEYWRIGHT_BASE", "HEAD")]);
    fs::create_dir(repository.path().join("bin")).expect("created");
    // Answers a list with what `known` holds, and writes down everything else.
    let gh =
        "#!/usr/bin/env bash\ncase \"$*\" in *--jq*) cat known ;; *) echo \"$*\" >>calls ;; esac\n";
    repository.write("bin/gh", gh);
    repository.succeed("chmod +x bin/gh");
    let comment = || {
        let variables = [("REPOSITORY", "acme/notes"), ("PULL_REQUEST", "7")];
        let output = repository.run(&script("comment.sh"), &variables);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    repository.write("known", "");
    comment();
    repository.write("known", "42\n");
    comment();
    assert_eq!(
        repository.read("calls"),
        "api --silent --method POST repos/acme/notes/issues/7/comments --field body=@keywright-report/comment.md\n\
         api --silent --method PATCH repos/acme/notes/issues/comments/42 --field body=@keywright-report/comment.md\n"
    );
}

fn yaml(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).expect("it is there");
    serde_yaml::from_str(&text).expect("it is YAML")
}

#[test]
fn the_job_for_gitlab_runs() {
    let repository = Repository::new();
    repository.succeed("keywright generate --quiet");
    let file = yaml("integrations/gitlab-ci.yml");
    let job = &file["keywright"];
    let lines: Vec<&str> = job["script"]
        .as_sequence()
        .expect("a list")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let run = |fail_on: &str| {
        let variables = [
            ("KEYWRIGHT_CONFIG", "keywright.toml"),
            ("KEYWRIGHT_FAIL_ON", fail_on),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD"),
        ];
        repository.run(&lines.join("\n"), &variables).status.code()
    };
    assert_eq!(run("none"), Some(0));
    assert_eq!(run("security"), Some(1));
    for path in job["artifacts"]["paths"].as_sequence().expect("a list") {
        let path = path.as_str().expect("a text");
        assert!(repository.path().join(path).is_file(), "{path}");
    }
}

#[test]
fn the_hooks_run() {
    let repository = Repository::new();
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().expect("a list");
    let entry = |id: &str| {
        let hook = hooks
            .iter()
            .find(|it| it["id"].as_str() == Some(id))
            .expect("it is there");
        repository
            .run(hook["entry"].as_str().expect("a text"), &[])
            .status
            .code()
    };
    assert_eq!(hooks.len(), 3);
    assert_eq!(
        entry("keywright-check"),
        Some(1),
        "the client is out of date"
    );
    assert_eq!(entry("keywright-generate"), Some(0));
    assert_eq!(entry("keywright-check"), Some(0));
    assert_eq!(entry("keywright-lint"), Some(0));
}

#[test]
fn the_action_runs_scripts_that_are_there() {
    let action = yaml("action.yml");
    let inputs = action["inputs"].as_mapping().expect("a mapping");
    let text = fs::read_to_string(root().join("action.yml")).expect("it is there");
    for (name, _) in inputs {
        let name = name.as_str().expect("a text");
        assert!(
            text.contains(&format!("inputs.{name}")),
            "nothing uses `{name}`"
        );
    }
    let steps = action["runs"]["steps"].as_sequence().expect("a list");
    let scripts = steps.iter().filter_map(|it| it["run"].as_str());
    let scripts: Vec<&str> = scripts
        .filter_map(|it| it.strip_prefix("\"$GITHUB_ACTION_PATH/")?.strip_suffix('"'))
        .collect();
    assert_eq!(
        scripts,
        ["integrations/review.sh", "integrations/comment.sh"]
    );
    for script in scripts {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(root().join(script))
            .expect("it is there")
            .permissions()
            .mode();
        assert_ne!(mode & 0o111, 0, "{script} cannot be run");
    }
}
