//! Reads the texts that a run needs.

use std::fs;
use std::io;
use std::path::Path;

use super::Error;
use crate::ir::Page;
use crate::source::Source;

/// Reads a text. Its name is the path as given.
///
/// # Errors
///
/// Returns an error if the file does not exist, or does not contain text.
pub fn read_source(path: &Path) -> Result<Source, Error> {
    let text = fs::read(path).and_then(text).map_err(Error::new("read", path))?;
    Ok(Source { name: path.to_string_lossy().replace('\\', "/"), text })
}

/// The first bytes of files that do not contain text, and advice about them.
const NO_TEXTS: &[(&[u8], &str)] = &[
    (b"\x1f\x8b", "the file is compressed (gzip); decompress it first"),
    (b"BZh", "the file is compressed (bzip2); decompress it first"),
    (b"\x28\xb5\x2f\xfd", "the file is compressed (zstd); decompress it first"),
    (b"PK\x03\x04", "the file is a ZIP archive; extract the document first"),
    (b"%PDF-", "the file is a PDF; use the OpenAPI document itself, in YAML or JSON"),
];

/// Decodes bytes as text: UTF-8, or UTF-16 after a byte order mark.
fn text(bytes: Vec<u8>) -> io::Result<String> {
    if let Some((_, why)) = NO_TEXTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(no_text(*why));
    }
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ => String::from_utf8(bytes)
            .map_err(|error| not_utf_8(error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> io::Result<String> {
    let pairs = bytes.chunks_exact(2);
    let whole = pairs.remainder().is_empty();
    let units: Vec<u16> = pairs.map(|pair| unit([pair[0], pair[1]])).collect();
    match String::from_utf16(&units) {
        Ok(text) if whole => Ok(text),
        Ok(_) | Err(_) => {
            Err(no_text("the text starts with the mark of UTF-16, but is not valid UTF-16; save it as UTF-8"))
        }
    }
}

fn not_utf_8(bytes: &[u8], valid: usize) -> io::Error {
    let before = &bytes[..valid];
    if bytes.contains(&0) {
        return no_text("the file contains binary data; use an OpenAPI document in YAML or JSON");
    }
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    no_text(format!("line {line}, column {column} is not valid UTF-8; save the file as UTF-8"))
}

fn no_text(why: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.into())
}

/// Reads the hand-written pages in a folder, in the order of their names. A missing folder has none.
///
/// # Errors
///
/// Returns an error if a page cannot be read.
pub fn read_pages(folder: &Path) -> Result<Vec<Page>, Error> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let page = |path: &Path| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Page { stem, text: read_source(path)?.text })
    };
    paths.iter().map(|path| page(path)).collect()
}

/// Reads the Rust sources below a folder: their relative paths and texts, in the order of the paths.
///
/// # Errors
///
/// Returns an error if a folder or a file cannot be read.
pub fn read_sources(folder: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut paths = super::walk::files(folder)?;
    paths.retain(|path| path.ends_with(".rs"));
    let source = |path: String| {
        let text = read_source(&folder.join(&path))?.text;
        Ok((path, text))
    };
    paths.into_iter().map(source).collect()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<&str, &str>) {
        let found = text(bytes.to_vec()).map_err(|error| error.to_string());
        assert_eq!(found.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn utf_16_is_read_behind_its_mark() {
        check(b"\xff\xfe{\0}\0", Ok("{}"));
        check(b"\xfe\xff\0{\0}", Ok("{}"));
        check(
            b"\xff\xfe{\0}",
            Err("the text starts with the mark of UTF-16, but is not valid UTF-16; save it as UTF-8"),
        );
    }

    #[test]
    fn what_is_no_text_is_named() {
        check(b"\x1f\x8b\x08\0", Err("the file is compressed (gzip); decompress it first"));
        check(b"PK\x03\x04\x14", Err("the file is a ZIP archive; extract the document first"));
        check(b"a: b\nna\xefve: c", Err("line 2, column 3 is not valid UTF-8; save the file as UTF-8"));
        let binary = "the file contains binary data; use an OpenAPI document in YAML or JSON";
        check(b"\x7fELF\0\xff", Err(binary));
        check("größe: 1".as_bytes(), Ok("größe: 1"));
    }
}
