//! Sessions in a keyring.

use std::path::PathBuf;
use std::sync::Arc;

use keyring_core::mock::{Cred, Store};
use keyring_core::{CredentialStore, Entry, Error};

use super::super::runtime::session::{KeyringStore, TokenStore as _};
use super::authority::{Authority, LOGIN};
use super::{Hand, LIFETIME, Subject};

/// A keyring of the test's own, and the file for its lock.
struct Keyring {
    store: Arc<CredentialStore>,
    lock: PathBuf,
}

impl Keyring {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("keyring-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        Self {
            store: Store::new().expect("a keyring"),
            lock: folder.join("lock"),
        }
    }

    fn entry(&self) -> Entry {
        Entry::new_in_store(&self.store, "service", "user").expect("an entry")
    }

    /// A client of one of several processes that have the entry in common.
    fn client(&self, authority: &Authority, clock: &Hand) -> Subject {
        let store = KeyringStore::of(self.entry(), &self.lock);
        Subject::of(authority.clone(), clock.clone(), |builder| {
            builder.store(store).sign_in(|client| client.call(&LOGIN))
        })
    }
}

#[tokio::test]
async fn a_session_is_shared_by_an_entry_of_a_keyring() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let keyring = Keyring::new("shared");
    let (one, other) = (
        keyring.client(&authority, &clock),
        keyring.client(&authority, &clock),
    );
    assert_eq!(one.said().await, "A1");
    assert_eq!(other.said().await, "A1");
    clock.pass(1001);
    assert_eq!(other.said().await, "A2");
    assert_eq!(one.said().await, "A2");
    one.session().sign_out().await.expect("it is told");
    assert!(matches!(
        keyring.entry().get_password(),
        Err(Error::NoEntry)
    ));
    assert_eq!(std::fs::read(&keyring.lock).expect("a file"), b"");
    let state = authority.state();
    assert_eq!((state.sign_ins, state.renewals, state.reuses), (1, 1, 0));
}

#[tokio::test]
async fn what_is_no_session_is_as_good_as_nothing() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let keyring = Keyring::new("garbage");
    keyring.entry().set_secret(b"\xff\xfe").expect("it is kept");
    assert_eq!(keyring.client(&authority, &clock).said().await, "A1");
    assert_eq!(keyring.client(&authority, &clock).said().await, "A1");
    assert_eq!(authority.exchanges(), 1);
}

#[tokio::test]
async fn a_keyring_without_access_is_an_error_that_shows_nothing() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let keyring = Keyring::new("denied");
    let fail = |error| {
        let entry = keyring.entry();
        let credential = entry.as_any().downcast_ref::<Cred>().expect("a mock");
        credential.set_error(error);
    };
    fail(Error::NoStorageAccess("it is locked".into()));
    assert_eq!(keyring.client(&authority, &clock).said().await, "Store");
    assert_eq!(authority.exchanges(), 0);
    fail(Error::BadDataFormat(b"MARKED".to_vec(), "it is odd".into()));
    let store = KeyringStore::of(keyring.entry(), &keyring.lock);
    let error = store.load().await.expect_err("it cannot be read");
    let decimal = format!("{}, {}", b'M', b'A');
    let shown = format!("{error} {error:?} {store:?}");
    assert!(
        !shown.contains("MARKED") && !shown.contains(&decimal),
        "{shown}"
    );
}
