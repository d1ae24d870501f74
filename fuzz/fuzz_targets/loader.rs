//! libFuzzer's entry to [`keywright_fuzz::loader`].
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| keywright_fuzz::loader(data));
