//! Token stores, which let a session outlive the process and be shared by several processes.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use super::BoxFuture;

/// A store for the tokens of one session. It stores a text that only the client understands.
///
/// If several processes share a store, [`lock`](Self::lock) must keep all others out. Otherwise, a single-use refresh
/// token may be used twice, and the server may end the session.
pub trait TokenStore: Send + Sync {
    /// Returns the text that was saved last, by any process, or `None` if there is none.
    fn load(&self) -> BoxFuture<'_, Result<Option<SecretString>, StoreError>>;

    /// Saves a text. It must be durable when the future completes, since the previous one may no longer be valid.
    fn save(&self, text: SecretString) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Removes the text.
    fn remove(&self) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Keeps all others out until the guard is dropped. If the store is locked, this waits longer than an exchange may
    /// take, and then fails.
    ///
    /// A store that is not shared between processes need not implement it.
    fn lock(&self) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        Box::pin(std::future::ready(Ok(StoreLock::none())))
    }
}

/// A guard that keeps others out of a store until it is dropped.
pub struct StoreLock {
    _guard: Option<Box<dyn Any + Send>>,
}

impl StoreLock {
    /// Returns a lock that is released when `guard` is dropped.
    #[must_use]
    pub fn new(guard: impl Any + Send) -> Self {
        Self {
            _guard: Some(Box::new(guard)),
        }
    }

    /// Returns a lock for a store that is not shared.
    #[must_use]
    pub fn none() -> Self {
        Self { _guard: None }
    }
}

impl fmt::Debug for StoreLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreLock").finish_non_exhaustive()
    }
}

/// The error of a token store.
#[derive(Debug)]
pub struct StoreError {
    problem: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl StoreError {
    /// Returns an error with a message. The message must not contain secrets.
    pub fn new(problem: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            source: None,
        }
    }

    #[cfg(all(feature = "keyring", not(target_arch = "wasm32")))]
    pub(super) fn thread(error: std::io::Error) -> Self {
        Self::new("a thread for the store cannot be had").because(error)
    }

    /// Adds the cause.
    #[must_use]
    pub fn because(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            source: Some(source.into()),
            ..self
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}

/// A token store in memory. Clones share its content.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Option<SecretString>>>);

impl MemoryStore {
    fn set(&self, text: Option<SecretString>) -> BoxFuture<'_, Result<(), StoreError>> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = text;
        Box::pin(std::future::ready(Ok(())))
    }
}

impl TokenStore for MemoryStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<SecretString>, StoreError>> {
        let text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Box::pin(std::future::ready(Ok(text.clone())))
    }

    fn save(&self, text: SecretString) -> BoxFuture<'_, Result<(), StoreError>> {
        self.set(Some(text))
    }

    fn remove(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        self.set(None)
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}
