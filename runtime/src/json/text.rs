//! Reads and writes values as JSON text, and locates faults in it.

use super::fault::locate;
use super::raw::of_text;
use super::reader::SerdeReader;
use super::writer::to_text;
use super::{DecodeFault, Fault, Json, Raw, Read};

/// Reads the single value in a text.
pub(crate) fn from_slice<T: Json>(text: &[u8]) -> Result<T, DecodeFault> {
    let mut value = T::blank();
    read_slice(text, &mut value)?;
    Ok(value)
}

/// Reads the single value in a text into a blank value.
pub(crate) fn read_slice(text: &[u8], value: &mut dyn Json) -> Result<(), DecodeFault> {
    read_into(text, value).map_err(|fault| locate(text, &fault))
}

fn read_into(text: &[u8], value: &mut dyn Json) -> Read {
    // Validating the UTF-8 of the whole text at once is faster than validating each string.
    match std::str::from_utf8(text) {
        Ok(text) => read_from(serde_json::Deserializer::from_str(text), value),
        Err(_) => read_from(serde_json::Deserializer::from_slice(text), value),
    }
}

fn read_from<'de>(
    mut json: serde_json::Deserializer<impl serde_json::de::Read<'de>>,
    value: &mut dyn Json,
) -> Read {
    value.read(&mut SerdeReader::new(&mut json, 0))?;
    json.end().map_err(Fault::new)
}

/// Reads the single value in a text by a function that inspects it first.
pub(crate) fn read_raw<T>(text: &[u8], read: impl FnOnce(Raw) -> Result<T, Fault>) -> Result<T, DecodeFault> {
    let parsed = std::str::from_utf8(text).map_err(Fault::new).and_then(of_text);
    parsed.and_then(read).map_err(|fault| locate(text, &fault))
}

/// The byte order mark in UTF-8.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Strips the byte order mark that some servers write before their JSON.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(MARK).unwrap_or(text)
}

/// Writes a value as JSON text.
pub(crate) fn to_bytes(value: &dyn Json) -> Result<Vec<u8>, Fault> {
    to_text(|json| value.write(json)).map(String::into_bytes).map_err(Fault::new)
}
