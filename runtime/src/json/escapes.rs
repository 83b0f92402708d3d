//! Finds the bytes of a JSON string that are not written as they are, eight at a time.

/// Returns `true` if JSON writes a text without escapes.
pub(super) fn is_plain(text: &[u8]) -> bool {
    if let Some(last) = text.last_chunk() {
        // The last chunk covers what the others leave over.
        return find(*last) == 0
            && text.chunks_exact(8).all(|chunk| chunk.try_into().is_ok_and(|chunk| find(chunk) == 0));
    }
    match (text.first_chunk(), text.last_chunk()) {
        (Some([a, b, c, d]), Some([e, f, g, h])) => find([*a, *b, *c, *d, *e, *f, *g, *h]) == 0,
        _ => !text.iter().any(|byte| is_special(*byte)),
    }
}

const fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Sets the highest bit of the first byte that is special, or returns zero. Bits of later bytes mean nothing.
fn find(chunk: [u8; 8]) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let bytes = u64::from_le_bytes(chunk);
    let less_than = |bytes: u64, limit: u64| bytes.wrapping_sub(ONES * limit) & !bytes;
    let found = less_than(bytes, b' '.into())
        | less_than(bytes ^ (ONES * u64::from(b'"')), 1)
        | less_than(bytes ^ (ONES * u64::from(b'\\')), 1);
    found & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn a_text_is_plain_if_serde_json_writes_it_unchanged() {
        for length in 0..24 {
            for place in 0..=length {
                for letter in (0..=0xff).chain([0x2028, 0x1_f600]).filter_map(char::from_u32) {
                    let mut text = "a".repeat(length);
                    text.insert(place, letter);
                    let json = serde_json::to_string(&text).expect("JSON");
                    let expected = json == format!("\"{text}\"");
                    assert_eq!(is_plain(text.as_bytes()), expected, "{text:?}");
                }
            }
        }
    }
}
