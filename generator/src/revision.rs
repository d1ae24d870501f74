//! Reads the files of a revision of a git repository, through `git` itself.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;

/// A revision of a repository.
pub struct Revision {
    /// The name in messages.
    name: String,
    /// The commit.
    commit: String,
    /// The root folder of the repository.
    top: PathBuf,
    /// The reader of its files, one at a time.
    reader: Mutex<Reader>,
}

/// A running `git cat-file --batch`.
struct Reader {
    child: Child,
    requests: ChildStdin,
    responses: BufReader<ChildStdout>,
}

impl Revision {
    /// Opens a revision of the repository that a folder is in.
    ///
    /// # Errors
    ///
    /// Returns the reason: git is not installed, the folder is not in a repository, or the revision does not exist.
    pub fn open(name: &str, folder: &Path) -> Result<Self, String> {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let top = git(folder, &["rev-parse", "--show-toplevel"])?;
        let wanted = format!("{name}^{{commit}}");
        let commit = git(
            folder,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &wanted,
            ],
        )
        .map_err(|error| {
            if error.is_empty() {
                format!("the repository has no revision `{name}`")
            } else {
                error
            }
        })?;
        let mut child = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("`git` cannot be run: {error}"))?;
        let (Some(requests), Some(responses)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("`git` cannot be talked to".to_owned());
        };
        Ok(Self {
            name: name.to_owned(),
            commit,
            top: PathBuf::from(top),
            reader: Mutex::new(Reader {
                child,
                requests,
                responses: BufReader::new(responses),
            }),
        })
    }

    /// Returns the name of a file in messages, in git's notation: `HEAD:specs/api.yaml`.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        format!("{}:{path}", self.name)
    }

    /// Returns the path of a file within the repository, with `/` as separator, or `None` if it is outside.
    #[must_use]
    pub fn within(&self, path: &Path) -> Option<String> {
        let whole = std::path::absolute(path).ok()?;
        let plain = plain(&whole);
        // The repository's own folder is told without links, which the way to the working folder may have.
        let from = plain.strip_prefix(&self.top).map(Path::to_owned);
        let from = from.or_else(|_| linked(&plain, &self.top).ok_or(()));
        let parts = from.ok()?;
        let parts: Vec<_> = parts.iter().map(|it| it.to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// Returns the bytes of a file, by its path within the repository; at most `limit + 1` of them.
    ///
    /// # Errors
    ///
    /// Returns the reason why the file cannot be read.
    pub fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, String> {
        let fault = |error: std::io::Error| format!("`git` gives no file: {error}");
        if path.contains(['\n', '\r']) {
            return Err("its name has a line break".to_owned());
        }
        let mut reader = self
            .reader
            .lock()
            .map_err(|_| "an earlier file could not be read".to_owned())?;
        let request = format!("{}:{path}\n", self.commit);
        reader
            .requests
            .write_all(request.as_bytes())
            .map_err(fault)?;
        reader.requests.flush().map_err(fault)?;
        let mut head = String::new();
        reader.responses.read_line(&mut head).map_err(fault)?;
        let mut words = head.trim_end().rsplit(' ');
        let (size, kind) = (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        );
        let Ok(size) = size.parse::<usize>() else {
            return Err("there is no such file in this revision".to_owned());
        };
        let wanted = size.min(limit.saturating_add(1));
        let mut bytes = Vec::new();
        let mut rest = (&mut reader.responses).take(size as u64 + 1);
        (&mut rest)
            .take(wanted as u64)
            .read_to_end(&mut bytes)
            .map_err(fault)?;
        std::io::copy(&mut rest, &mut std::io::sink()).map_err(fault)?;
        if kind != "blob" {
            return Err("it is a folder".to_owned());
        }
        Ok(bytes)
    }
}

/// Returns the path below `top`, if a part of it is a link.
fn linked(path: &Path, top: &Path) -> Option<PathBuf> {
    path.ancestors().find_map(|folder| {
        let real = std::path::absolute(folder).ok()?;
        let real = real.canonicalize().ok()?;
        let below = real.strip_prefix(top).ok()?;
        Some(below.join(path.strip_prefix(folder).ok()?))
    })
}

/// Returns a path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => plain.push(part),
        }
    }
    plain
}

/// Returns the output of a git command, or the reason why it fails.
fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`git` cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned());
    }
    let error = String::from_utf8_lossy(&output.stderr);
    // Further lines are advice on settings of git.
    let error = error.trim().lines().next().unwrap_or_default();
    Err(error.trim_start_matches("fatal: ").to_owned())
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Revision")
            .field(&self.name)
            .field(&self.commit)
            .finish()
    }
}

impl Drop for Revision {
    fn drop(&mut self) {
        if let Ok(reader) = self.reader.get_mut() {
            // It would end by itself as soon as nothing can ask it any more.
            let _ = reader.child.kill();
            let _ = reader.child.wait();
        }
    }
}
