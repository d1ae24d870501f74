//! libFuzzer's entry to [`keywright_fuzz::headers`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| keywright_fuzz::headers(data));
