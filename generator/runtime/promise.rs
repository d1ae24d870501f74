//! A promise: a value that a thread hands to a waiting future.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

/// Returns a keeper for a result, and a future that waits for it. The future gives `None` if the keeper is dropped.
pub(super) fn promise<T: Send>() -> (Keeper<T>, impl Future<Output = Option<T>> + Send) {
    let kept = Arc::new(Mutex::new(Kept {
        result: None,
        is_over: false,
        waker: None,
    }));
    let keeper = Keeper(Arc::clone(&kept));
    let future = std::future::poll_fn(move |cx| {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_over {
            return Poll::Ready(kept.result.take());
        }
        kept.waker = Some(cx.waker().clone());
        Poll::Pending
    });
    (keeper, future)
}

/// The state that thread and future share.
struct Kept<T> {
    result: Option<T>,
    is_over: bool,
    waker: Option<Waker>,
}

/// Takes a result.
pub(super) struct Keeper<T>(Arc<Mutex<Kept<T>>>);

impl<T> Keeper<T> {
    pub(super) fn keep(self, result: T) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.result = Some(result);
    }
}

impl<T> Drop for Keeper<T> {
    fn drop(&mut self) {
        let waker = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.is_over = true;
            kept.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
