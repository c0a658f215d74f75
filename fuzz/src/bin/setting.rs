#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| midcor_fuzz::setting(bytes));
