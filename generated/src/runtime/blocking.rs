//! Calls that block the thread.

use std::future::Future;
use std::sync::OnceLock;
use std::{io, thread};

use tokio::runtime::{Builder, Handle, Runtime};

use super::{Error, RequestError};

/// Waits for an answer. It may be called anywhere, also on a thread of an asynchronous runtime (which it holds up).
pub fn block_on<T, E>(answer: impl Future<Output = Result<T, E>> + Send) -> Result<T, E>
where
    T: Send,
    E: From<Error> + Send,
{
    let runtime = runtime()?;
    if Handle::try_current().is_err() {
        return runtime.block_on(answer);
    }
    // A runtime cannot be waited for on a thread of another one.
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("blocking call".to_owned());
        let thread = thread
            .spawn_scoped(scope, || runtime.block_on(answer))
            .map_err(unavailable)?;
        thread
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Returns the runtime of all blocking calls. Its one thread keeps connections alive between calls.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("blocking calls")
            .enable_all()
            .build()
    });
    runtime
        .as_ref()
        .map_err(|error| unavailable(io::Error::new(error.kind(), error.to_string())))
}

fn unavailable(error: io::Error) -> Error {
    RequestError::new("a thread for blocking calls cannot be started")
        .because(error)
        .into()
}
