//! libFuzzer's entry to [`keywright_fuzz::multipart`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| keywright_fuzz::multipart(data));
