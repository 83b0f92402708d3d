//! Fuzzes the generator with arbitrary bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sdk_fuzz::check::check;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        check(text);
    }
});
