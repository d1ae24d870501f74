//! libFuzzer's entry to [`keywright_fuzz::streams`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| keywright_fuzz::streams(data));
