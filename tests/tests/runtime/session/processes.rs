//! Processes that share a session, by a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use super::super::runtime::Client;
use super::super::runtime::session::FileStore;
use super::super::server::Server;
use super::authority::{LOGIN, READ, State};
use super::{JWT, LIFETIME, PLAN, SessionBuilder};

/// What tells a test that it is one of the processes: the server, its name, what becomes of
/// others, and the file.
const WORKER: &str = "KEYWRIGHT_SESSION_WORKER";

const PROCESSES: usize = 8;

/// A server that ends the token again and again.
struct Ending {
    state: State,
    /// After how many requests it ends the token, and how often it does before it tells all to stop.
    every: u32,
    most: u32,
    served: u32,
    /// How often it did.
    ended: u32,
    /// Who has been refused, and has to have the chance to come back with a new token.
    owed: BTreeSet<String>,
}

impl Ending {
    fn answer(&mut self, seen: &super::super::server::Seen) -> axum::response::Response {
        let header = |name| seen.header(name).unwrap_or_default();
        let reply = self
            .state
            .answer(&seen.target, header("authorization"), &seen.body);
        if seen.target == "/get" {
            let worker = header("x-worker").to_owned();
            if reply.status == 401 {
                self.owed.insert(worker);
            } else {
                self.owed.remove(&worker);
                self.served += 1;
            }
            let is_time = self.served >= self.every && self.owed.is_empty();
            if is_time && self.ended < self.most {
                self.served = 0;
                self.ended += 1;
                self.state.valid.clear();
            }
        }
        let mut response = reply.response();
        if self.ended >= self.most {
            let value = http::HeaderValue::from_static("yes");
            response.headers_mut().insert("x-done", value);
        }
        response
    }
}

async fn start(every: u32, most: u32) -> (String, Arc<Mutex<Ending>>) {
    let ending = Arc::new(Mutex::new(Ending {
        state: State::new(LIFETIME),
        every,
        most,
        served: 0,
        ended: 0,
        owed: BTreeSet::new(),
    }));
    let shared = Arc::clone(&ending);
    let server = Server::start(move |seen| shared.lock().expect("no panic").answer(seen));
    (server.await.url, ending)
}

/// Starts a process in which so many tasks share a client.
fn worker(url: &str, file: &Path, name: usize, tasks: usize, others: &str) -> Child {
    let program = std::env::current_exe().expect("a test knows its program");
    Command::new(program)
        .args(["--exact", "session::processes::sends_requests", "--ignored"])
        .env(
            WORKER,
            format!("{url} {name} {tasks} {others} {}", file.display()),
        )
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("a process")
}

/// One of the processes. It does nothing where no other test has started it.
#[tokio::test]
#[ignore = "the other tests here start it"]
async fn sends_requests() {
    let Ok(task) = std::env::var(WORKER) else {
        return;
    };
    let mut words = task.splitn(5, ' ');
    let mut word = || words.next().expect("a word");
    let (url, name) = (word(), word());
    let tasks: usize = word().parse().expect("a number");
    let is_among_the_killed = word() == "killed";
    let store = FileStore::new(word());
    let session = SessionBuilder::new(&PLAN).store(store);
    let session = session.sign_in(|client| client.call(&LOGIN));
    let mut builder = super::super::builder(url);
    builder.provider(JWT, session.build());
    let client = builder.build().expect("it is set up");
    let mut running = tokio::task::JoinSet::new();
    for task in 0..tasks {
        let name = format!("{name}.{task}");
        running.spawn(send_until_done(client.clone(), name, is_among_the_killed));
    }
    while let Some(done) = running.join_next().await {
        done.expect("no panic");
    }
}

async fn send_until_done(client: Client, name: String, is_among_the_killed: bool) {
    let mut was_refused = false;
    loop {
        let mut call = client.call(&READ);
        call.set_header("x-worker", &name);
        let response = call.send().await.expect("no request fails");
        if response.headers().contains_key("x-done") {
            return;
        }
        // Who was killed may have been about to renew the token. What it sent is answered after another process has
        // renewed it: to the server that is a second use, and it ends the token which that process has just got.
        let is_forgiven = response.status() == 401 && is_among_the_killed && !was_refused;
        was_refused = response.status() == 401;
        assert!(is_forgiven || !was_refused, "nobody is signed out");
    }
}

fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("processes-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    folder.join("session")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_rotation_is_one_exchange_of_one_process() {
    rotate("rotations", 1, 16, 200).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_rotation_is_one_exchange_of_one_of_a_thousand_tasks() {
    rotate("tasks", 1000 / PROCESSES, 1000, 20).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the same for longer: some 400,000 requests"]
async fn each_of_many_rotations_is_one_exchange_of_one_of_a_thousand_tasks() {
    rotate("tasks-for-long", 1000 / PROCESSES, 1000, 200).await;
}

/// Has processes of so many tasks share a session, the token of which ends so often, each time after so many requests.
async fn rotate(name: &str, tasks: usize, every: u32, rotations: u32) {
    let (url, ending) = start(every, rotations).await;
    let file = file(name);
    let workers = (0..PROCESSES).map(|name| worker(&url, &file, name, tasks, "live"));
    let workers: Vec<Child> = workers.collect();
    let ended = tokio::task::spawn_blocking(|| {
        let workers = workers.into_iter();
        workers
            .map(|mut it| it.wait().expect("it ends"))
            .collect::<Vec<_>>()
    });
    for status in ended.await.expect("no panic") {
        assert!(status.success(), "{status}");
    }
    let ending = ending.lock().expect("no panic");
    let state = &ending.state;
    assert_eq!((state.sign_ins, state.reuses), (1, 0));
    assert_eq!(ending.ended, rotations);
    // Nobody need have needed the last one.
    assert!((rotations - 1..=rotations).contains(&state.renewals));
}

/// Who is killed between the server's answer and the file may lose what the server has rotated; then the others sign in.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_killed_takes_nobody_along() {
    const KILLS: u32 = 12;
    let (url, ending) = start(5, u32::MAX).await;
    let file = file("killed");
    let workers: Vec<Child> = (1..4)
        .map(|name| worker(&url, &file, name, 1, "killed"))
        .collect();
    let (victims_url, victims_file, last) = (url.clone(), file.clone(), Arc::clone(&ending));
    let ended = tokio::task::spawn_blocking(move || {
        for kill in 0..KILLS {
            let mut victim = worker(&victims_url, &victims_file, 0, 1, "killed");
            // So long that it is at something else each time.
            std::thread::sleep(std::time::Duration::from_millis(u64::from(20 + kill * 7)));
            victim.kill().expect("it can be killed");
            victim.wait().expect("it ends");
        }
        last.lock().expect("no panic").most = 0;
        let workers = workers.into_iter();
        workers
            .map(|mut it| it.wait().expect("it ends"))
            .collect::<Vec<_>>()
    });
    // Those that were killed come back no more.
    let forgive = async {
        loop {
            ending.lock().expect("no panic").owed.remove("0.0");
            tokio::task::yield_now().await;
        }
    };
    let ended = tokio::select! {
        ended = ended => ended,
        () = forgive => unreachable!("it goes on for ever"),
    };
    for status in ended.expect("no panic") {
        assert!(status.success(), "{status}");
    }
    let ending = ending.lock().expect("no panic");
    let state = &ending.state;
    assert!(state.reuses <= KILLS, "{} reuses", state.reuses);
    assert!(
        state.sign_ins <= 1 + 2 * KILLS,
        "{} sign-ins",
        state.sign_ins
    );
}
