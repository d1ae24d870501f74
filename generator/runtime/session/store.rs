//! Where tokens are kept, so that a session outlives the process and others may share it.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use secrecy::SecretString;

use super::BoxFuture;

/// Keeps the tokens of one session. What it keeps is a text that only the client understands.
///
/// Where several processes share a store, [`lock`](Self::lock) has to keep all others out, or a token that serves once is
/// used twice and the server ends the session.
pub trait TokenStore: Send + Sync {
    /// Returns what was saved last, by whichever process; `None` if nothing was, or it was removed.
    fn load(&self) -> BoxFuture<'_, Result<Option<SecretString>, StoreError>>;

    /// Saves a text. It has to be durable when the future is done: the one before it may be of no use any more.
    fn save(&self, text: SecretString) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Removes what was saved.
    fn remove(&self) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Keeps all others out until the guard is dropped. It waits for longer than an exchange may take, and fails then.
    ///
    /// A store that no other process uses need not do anything.
    fn lock(&self) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        Box::pin(std::future::ready(Ok(StoreLock::none())))
    }
}

/// Keeps others out of a store until it is dropped.
pub struct StoreLock {
    _guard: Option<Box<dyn Any + Send>>,
}

impl StoreLock {
    /// Returns a lock that is released when the guard is dropped.
    #[must_use]
    pub fn new(guard: impl Any + Send) -> Self {
        Self {
            _guard: Some(Box::new(guard)),
        }
    }

    /// Returns a lock for a store that nobody else uses.
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

/// Why a store fails.
#[derive(Debug)]
pub struct StoreError {
    problem: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl StoreError {
    /// Returns an error that says what is wrong. Nothing secret may be in it.
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

/// Keeps tokens in memory. Copies share what they keep.
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
