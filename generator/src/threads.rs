//! Threads for work on many files at once.

/// The bytes of address space for the stack of each thread, of which only those are taken that are used.
const STACK: usize = 64 << 20;

/// Does work whose parallel parts go deep: types and expressions are gone through one in the other.
pub(crate) fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().stack_size(STACK).build() {
        Ok(pool) => pool.install(work),
        // Where the system has no threads to spare, the usual stack does for what people write.
        Err(_) => work(),
    }
}
