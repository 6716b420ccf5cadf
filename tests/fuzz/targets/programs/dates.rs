//! Gives the bytes of libFuzzer to the target `dates`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| change_ledger_fuzz::try_target("dates", bytes));
