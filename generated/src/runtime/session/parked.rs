//! A future that many tasks wait for and none of them owns.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use super::BoxFuture;

/// A future that is polled by the tasks that wait for it. If one of them is dropped, the next one continues, so no
/// progress is lost.
pub(super) struct Parked<T> {
    future: Mutex<Option<BoxFuture<'static, T>>>,
    result: OnceLock<T>,
    waiting: Arc<Waiting>,
}

impl<T: Clone> Parked<T> {
    pub(super) fn new(future: BoxFuture<'static, T>) -> Arc<Self> {
        Arc::new(Self {
            future: Mutex::new(Some(future)),
            result: OnceLock::new(),
            waiting: Arc::default(),
        })
    }

    /// Returns a future that waits for the result.
    pub(super) fn wait(self: Arc<Self>) -> Wait<T> {
        Wait(self)
    }

    fn poll(&self, waker: &Waker) -> Poll<T> {
        if let Some(result) = self.result.get() {
            return Poll::Ready(result.clone());
        }
        // Who holds the future may drop it at any time; so everybody is woken, and one of them goes on.
        self.waiting.add(waker);
        if let Ok(mut future) = self.future.try_lock()
            && let Some(running) = future.as_mut()
        {
            let waker = Waker::from(Arc::clone(&self.waiting));
            if let Poll::Ready(result) = running.as_mut().poll(&mut Context::from_waker(&waker)) {
                let _ = self.result.set(result);
                *future = None;
                drop(future);
                self.waiting.wake_by_ref();
            }
        }
        // It may have been finished by another one since it was first looked at.
        self.result
            .get()
            .cloned()
            .map_or(Poll::Pending, Poll::Ready)
    }
}

/// Waits for a result.
pub(super) struct Wait<T>(Arc<Parked<T>>);

impl<T: Clone> Future for Wait<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.0.poll(cx.waker())
    }
}

/// The wakers of the waiting tasks.
#[derive(Default)]
struct Waiting(Mutex<Vec<Waker>>);

impl Waiting {
    fn add(&self, waker: &Waker) {
        let mut wakers = self.wakers();
        if !wakers.iter().any(|it| it.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }

    fn wakers(&self) -> MutexGuard<'_, Vec<Waker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let wakers = std::mem::take(&mut *self.wakers());
        wakers.into_iter().for_each(Waker::wake);
    }
}
