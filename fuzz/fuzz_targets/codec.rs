//! libFuzzer's entry to [`keywright_fuzz::codec`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| keywright_fuzz::codec(data));
