//! A token store in a file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};

use super::{BoxFuture, StoreError, StoreLock, TokenStore};

/// The default time to wait for another process.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

/// A token store that keeps the tokens of one session in a file, which only its owner can read. Processes that use the
/// same file share the session. A second file with the extension `.lock` makes the others wait while one of them renews
/// the token.
#[derive(Clone, Debug)]
pub struct FileStore {
    path: Arc<Path>,
    patience: Duration,
}

impl FileStore {
    /// Returns a store in this file. The folder is created when it is needed.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into().into(),
            patience: PATIENCE,
        }
    }

    /// Sets the time to wait for another process that renews the token (default: 120 s). It must be longer than an
    /// exchange may take.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Runs a function on its own thread, since file access may block.
    fn run<T: Send + Sync + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&Path, Duration) -> io::Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        let (path, patience) = (Arc::clone(&self.path), self.patience);
        let describe = move |error: io::Error| {
            StoreError::new(format!("the file of the session cannot be {what}")).because(error)
        };
        Box::pin(async move {
            let work = on_thread(move || work(&path, patience));
            work.await.and_then(|it| it).map_err(describe)
        })
    }
}

impl TokenStore for FileStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<SecretString>, StoreError>> {
        self.run("read", |path, _| load(path))
    }

    fn save(&self, text: SecretString) -> BoxFuture<'_, Result<(), StoreError>> {
        self.run("written", move |path, _| save(path, text.expose_secret()))
    }

    fn remove(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.run("removed", |path, _| match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
    }

    fn lock(&self) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        let file = self.run("locked", |path, patience| {
            lock(&beside(path, ".lock"), patience)
        });
        Box::pin(async { Ok(StoreLock::new(file.await?)) })
    }
}

/// Waits for work on its own thread.
pub(super) async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> io::Result<T> {
    let (result, done) = super::promise::promise();
    thread::Builder::new()
        .name("session store".to_owned())
        .spawn(move || result.keep(work()))?;
    done.await
        .ok_or_else(|| io::Error::other("the thread has ended"))
}

fn load(path: &Path) -> io::Result<Option<SecretString>> {
    /// The largest file that is read.
    const MOST: u64 = 1024 * 1024;
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let mut text = String::new();
    match file.take(MOST).read_to_string(&mut text) {
        // Not one of ours: the session begins anew.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        read => read.map(|_| Some(text.into())),
    }
}

/// Writes a temporary file, and replaces the file with it once it is on disk.
fn save(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let fresh = beside(path, &format!(".{}.new", std::process::id()));
    let written = write(&fresh, text).and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        // It may hold half of a token.
        let _ = fs::remove_file(&fresh);
    }
    written?;
    // Without this, a folder may forget the new name when the power fails.
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = owners_alone().create(true).truncate(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Waits for the lock of a file. The system releases it when the process ends, however it ends.
pub(super) fn lock(path: &Path, patience: Duration) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = owners_alone().create(true).open(path)?;
    let started = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if started.elapsed() >= patience => {
                let problem = "another process locks it for too long";
                return Err(io::Error::new(io::ErrorKind::TimedOut, problem));
            }
            Err(TryLockError::WouldBlock) => thread::sleep(pause),
        }
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

/// Returns options that open files for writing. Only the owner can read files that are created.
fn owners_alone() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}
