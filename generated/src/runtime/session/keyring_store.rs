//! A token store in the system's keyring.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use keyring_core::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use super::file_store::{PATIENCE, lock, on_thread};
use super::{BoxFuture, StoreError, StoreLock, TokenStore};

/// A token store that keeps the tokens of one session in the system's keyring: Keychain, Credential Manager, or the
/// Secret Service.
///
/// Keyrings have no locks, so an empty file serves as the lock that keeps other processes out while one of them renews
/// a token. Credential Manager stores at most 2,560 bytes, which some tokens exceed. The session then continues without
/// the store, and [`is_stored`](super::SessionState::SignedIn::is_stored) is `false`.
#[derive(Clone)]
pub struct KeyringStore {
    entry: Arc<Entry>,
    lock: Arc<Path>,
    patience: Duration,
}

impl KeyringStore {
    /// Returns a store in the entry of a service and a user. Processes that use the same entry must use the same lock
    /// file.
    ///
    /// # Errors
    ///
    /// Fails if the system has no keyring or denies access to it.
    pub fn new(service: &str, user: &str, lock: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let entry = keyring::Entry::new(service, user);
        let entry = entry.map_err(|error| match error {
            Error::NoDefaultStore => {
                StoreError::new("the system has no keyring, or does not run it")
            }
            error => describe("opened", &error),
        })?;
        Ok(Self::of(entry.inner, lock))
    }

    /// Returns a store in this entry of any keyring.
    pub fn of(entry: Entry, lock: impl Into<PathBuf>) -> Self {
        Self {
            entry: Arc::new(entry),
            lock: lock.into().into(),
            patience: PATIENCE,
        }
    }

    /// Sets the time to wait for another process that renews the token (default: 120 s). It must be longer than an
    /// exchange may take.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Runs a function on its own thread, since keyrings may ask the user.
    fn run<T: Send + Sync + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        let entry = Arc::clone(&self.entry);
        Box::pin(async move {
            let work = on_thread(move || work(&entry).map_err(|error| describe(what, &error)));
            work.await.map_err(StoreError::thread)?
        })
    }
}

/// Describes an error. The error itself is not kept, since some contain the bytes of the entry.
fn describe(what: &str, error: &Error) -> StoreError {
    StoreError::new(format!(
        "the entry of the keyring cannot be {what}: {error}"
    ))
}

impl TokenStore for KeyringStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<SecretString>, StoreError>> {
        self.run("read", |entry| match entry.get_password() {
            Ok(text) => Ok(Some(text.into())),
            // Not one of ours: the session begins anew.
            Err(Error::NoEntry | Error::BadEncoding(_)) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn save(&self, text: SecretString) -> BoxFuture<'_, Result<(), StoreError>> {
        self.run("written", move |entry| {
            entry.set_password(text.expose_secret())
        })
    }

    fn remove(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.run("removed", |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            removed => removed,
        })
    }

    fn lock(&self) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        let (path, patience) = (Arc::clone(&self.lock), self.patience);
        Box::pin(async move {
            let locked = on_thread(move || lock(&path, patience)).await;
            let locked = locked.and_then(|it| it).map_err(|error| {
                StoreError::new("the file for the lock cannot be locked").because(error)
            });
            Ok(StoreLock::new(locked?))
        })
    }
}

/// Does not show the service or the user.
impl std::fmt::Debug for KeyringStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyringStore").finish_non_exhaustive()
    }
}
