//! Sessions that are kept: in a file, and by stores that fail.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use secrecy::SecretString;

use super::super::runtime::BoxFuture;
use super::super::runtime::session::{FileStore, MemoryStore, StoreError, StoreLock, TokenStore};
use super::authority::{Answer, Authority, LOGIN};
use super::{Hand, LIFETIME, Subject};

/// A folder of the test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("session-{name}"));
    let _ = fs::remove_dir_all(&folder);
    folder
}

/// A client of one of several processes that have a file in common.
fn sharing(authority: &Authority, clock: &Hand, file: &FileStore) -> Subject {
    let (authority, clock, file) = (authority.clone(), clock.clone(), file.clone());
    Subject::of(authority, clock, |builder| {
        builder.store(file).sign_in(|client| client.call(&LOGIN))
    })
}

#[tokio::test]
async fn a_session_outlives_the_process() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let file = FileStore::new(folder("outlives").join("deep/session"));
    assert_eq!(sharing(&authority, &clock, &file).said().await, "A1");
    clock.pass(10);
    assert_eq!(sharing(&authority, &clock, &file).said().await, "A1");
    clock.pass(1000);
    assert_eq!(sharing(&authority, &clock, &file).said().await, "A2");
    let state = authority.state();
    assert_eq!((state.sign_ins, state.renewals, state.reuses), (1, 1, 0));
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let folder = folder("owner");
    let file = FileStore::new(folder.join("session"));
    assert_eq!(sharing(&authority, &clock, &file).said().await, "A1");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).expect("the folder is there") {
        let entry = entry.expect("it can be read");
        let mode = entry
            .metadata()
            .expect("it can be read")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", entry.path());
        names.push(entry.file_name());
    }
    names.sort();
    assert_eq!(names, ["session", "session.lock"], "nothing else is left");
}

#[tokio::test]
async fn what_another_process_has_renewed_is_taken_over() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let file = FileStore::new(folder("other").join("session"));
    let (one, other) = (
        sharing(&authority, &clock, &file),
        sharing(&authority, &clock, &file),
    );
    assert_eq!(
        (one.said().await, other.said().await),
        ("A1".into(), "A1".into())
    );
    clock.pass(1001);
    assert_eq!(one.said().await, "A2");
    assert_eq!(other.said().await, "A2");
    // A refusal of what another has replaced is no reason to ask for another one.
    authority.state().statuses.push_back(401);
    assert_eq!(one.said().await, "A3");
    assert_eq!(other.said().await, "A3");
    let state = authority.state();
    assert_eq!((state.sign_ins, state.renewals, state.reuses), (1, 2, 0));
}

#[tokio::test]
async fn signing_out_removes_the_file() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let folder = folder("removed");
    let file = FileStore::new(folder.join("session"));
    let subject = sharing(&authority, &clock, &file);
    assert_eq!(subject.said().await, "A1");
    subject.session().sign_out().await.expect("it is told");
    assert!(!folder.join("session").exists());
    assert_eq!(sharing(&authority, &clock, &file).said().await, "A2");
}

#[tokio::test]
async fn what_cannot_be_read_is_as_good_as_nothing() {
    let garbage: [&[u8]; 6] = [
        b"",
        b"{",
        b"\xff\xfe",
        br#"{"version": 99, "token": "A0", "given": 1800000000}"#,
        br#"{"version": 1, "token": 7, "given": 1800000000}"#,
        br#"{"version": 1, "token": "A0", "given": 1e300}"#,
    ];
    for (index, text) in garbage.into_iter().enumerate() {
        let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
        let folder = folder(&format!("garbage-{index}"));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("session"), text).expect("a file");
        let file = FileStore::new(folder.join("session"));
        assert_eq!(sharing(&authority, &clock, &file).said().await, "A1");
        assert_eq!(sharing(&authority, &clock, &file).said().await, "A1");
        assert_eq!(authority.exchanges(), 1, "it is replaced");
    }
}

#[tokio::test]
async fn a_lock_that_does_not_come_is_an_error_and_no_renewal() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let file = FileStore::new(folder("locked").join("session"));
    let file = file.patience(Duration::from_millis(20));
    let subject = sharing(&authority, &clock, &file);
    let lock = file.lock().await.expect("nobody else has it");
    assert_eq!(subject.said().await, "Store");
    assert_eq!(authority.exchanges(), 0);
    drop(lock);
    clock.pass(5);
    assert_eq!(subject.said().await, "A1");
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_an_error() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let folder = folder("no-folder");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("file"), "").expect("a file");
    let file = FileStore::new(folder.join("file/session"));
    assert_eq!(sharing(&authority, &clock, &file).said().await, "Store");
}

/// A store whose parts fail when they are told to.
#[derive(Clone, Default)]
struct Failing {
    inner: MemoryStore,
    reads: Arc<AtomicBool>,
    writes: Arc<AtomicBool>,
}

fn fail<'a, T: Send + 'a>() -> BoxFuture<'a, Result<T, StoreError>> {
    Box::pin(std::future::ready(Err(StoreError::new("the disk is full"))))
}

impl TokenStore for Failing {
    fn load(&self) -> BoxFuture<'_, Result<Option<SecretString>, StoreError>> {
        if self.reads.load(Ordering::Relaxed) {
            return fail();
        }
        self.inner.load()
    }

    fn save(&self, text: SecretString) -> BoxFuture<'_, Result<(), StoreError>> {
        if self.writes.load(Ordering::Relaxed) {
            return fail();
        }
        self.inner.save(text)
    }

    fn remove(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        if self.writes.load(Ordering::Relaxed) {
            return fail();
        }
        self.inner.remove()
    }

    fn lock(&self) -> BoxFuture<'_, Result<StoreLock, StoreError>> {
        self.inner.lock()
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_written_costs_no_token() {
    let store = Failing::default();
    let kept = store.clone();
    let subject = Subject::with(|it| it.store(kept).sign_in(|client| client.call(&LOGIN))).await;
    assert_eq!(subject.said().await, "A1");
    store.writes.store(true, Ordering::Relaxed);
    subject.clock.pass(1001);
    assert_eq!(
        subject.said().await,
        "A2",
        "it has been rotated, and only this process knows"
    );
    // What is in the store is older than what is held, and is not taken for news.
    store.writes.store(false, Ordering::Relaxed);
    subject.clock.pass(1001);
    assert_eq!(subject.said().await, "A3");
    let state = subject.authority.state();
    assert_eq!((state.sign_ins, state.reuses), (1, 0));
}

/// What the store has is of no use any more: the server has rotated it.
#[tokio::test]
async fn signing_out_ends_the_token_that_is_held() {
    let store = Failing::default();
    let kept = store.clone();
    let subject = Subject::with(|it| it.store(kept).sign_in(|client| client.call(&LOGIN))).await;
    assert_eq!(subject.said().await, "A1");
    store.writes.store(true, Ordering::Relaxed);
    subject.clock.pass(1001);
    assert_eq!(subject.said().await, "A2");
    store.writes.store(false, Ordering::Relaxed);
    subject.session().sign_out().await.expect("it is told");
    let state = subject.authority.state();
    assert_eq!((state.sign_outs, state.valid.len()), (1, 0));
    assert_eq!(state.signed_out, ["Bearer A2"]);
}

#[tokio::test]
async fn a_store_that_cannot_be_read_is_an_error() {
    let store = Failing::default();
    store.reads.store(true, Ordering::Relaxed);
    let kept = store.clone();
    let subject = Subject::with(|it| it.store(kept).sign_in(|client| client.call(&LOGIN))).await;
    assert_eq!(subject.said().await, "Store");
    assert_eq!(subject.authority.exchanges(), 0);
    store.reads.store(false, Ordering::Relaxed);
    subject.clock.pass(5);
    assert_eq!(subject.said().await, "A1");
}

#[tokio::test]
async fn who_was_there_first_without_the_lock_is_followed() {
    let (authority, clock) = (Authority::start(LIFETIME).await, Hand::new());
    let store = MemoryStore::default();
    let client =
        |store: MemoryStore| Subject::of(authority.clone(), clock.clone(), |it| it.store(store));
    let kept = store.clone();
    let first = Subject::of(authority.clone(), clock.clone(), |it| {
        it.store(kept).sign_in(|client| client.call(&LOGIN))
    });
    assert_eq!(first.said().await, "A1");
    let (one, other) = (client(store.clone()), client(store.clone()));
    assert_eq!(
        (one.said().await, other.said().await),
        ("A1".into(), "A1".into())
    );
    clock.pass(1001);
    assert_eq!(one.said().await, "A2");
    // A store that hands out the old text once more, as a cache or a slow disk does.
    authority.state().answers.push_back(Answer::Status(401));
    assert_eq!(other.said().await, "A2");
}

const ROTATIONS: u32 = 10;

/// A thousand tasks, and a token that is renewed again and again by a server that detects reuse.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_tasks_make_one_exchange_per_rotation() {
    let store = MemoryStore::default();
    let subject = Subject::with(|it| it.store(store).sign_in(|client| client.call(&LOGIN))).await;
    let subject = Arc::new(subject);
    for rotation in 1..=ROTATIONS {
        let tasks = (0..1000).map(|_| {
            let client = subject.client.clone();
            tokio::spawn(async move {
                let session = client.session(&super::PLAN);
                session.ensure().await.map(drop)
            })
        });
        for task in futures_util::future::join_all(tasks).await {
            task.expect("it does not panic")
                .expect("nobody is signed out");
        }
        assert_eq!(subject.authority.exchanges(), rotation);
        assert_eq!(subject.said().await, format!("A{rotation}"));
        subject.clock.pass(1001);
    }
    let state = subject.authority.state();
    assert_eq!(
        (state.sign_ins, state.renewals, state.reuses),
        (1, ROTATIONS - 1, 0)
    );
}
