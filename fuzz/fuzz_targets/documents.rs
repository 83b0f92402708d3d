//! Fuzzes the generator with documents that are mutated as JSON values.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use sdk_fuzz::check::check;
use sdk_fuzz::mutate::{Random, mutate};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        check(text);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let Ok(mut document) = serde_json::from_slice(&data[..size]) else {
        return fuzzer_mutate(data, size, max_size);
    };
    mutate(&mut document, &mut Random::new(u64::from(seed)));
    let text = document.to_string();
    if text.len() > max_size {
        return size;
    }
    data[..text.len()].copy_from_slice(text.as_bytes());
    text.len()
});
