//! Reads and writes samples with their types: takes lines of `index of the type, tab, JSON`, and answers each in a line.
//!
//! An answer is `read`, tab, the start of the value's debug form, tab, its JSON; or `refused`, tab, the error of reading;
//! or `unwritable`, tab, the error of writing.

mod types;

use std::fmt::{self, Debug, Write as _};
use std::io::{self, BufRead, Write as _};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a text as one type, writes it back, and returns the answer.
type Check = fn(&str) -> String;

fn check<T: DeserializeOwned + Serialize + Debug>(text: &str) -> String {
    match serde_json::from_str::<T>(text) {
        Ok(value) => read(&value, serde_json::to_string(&value)),
        Err(error) => format!("refused\t{error}"),
    }
}

fn read(value: &dyn Debug, text: serde_json::Result<String>) -> String {
    match text {
        Ok(text) => format!("read\t{}\t{text}", start(value)),
        Err(error) => format!("unwritable\t{error}"),
    }
}

/// Returns the name at the start of a debug form.
fn start(value: &dyn Debug) -> String {
    let mut name = Name(String::new());
    // Stops the formatter after the name by returning an error to it.
    let _ = write!(name, "{value:?}");
    name.0
}

struct Name(String);

impl fmt::Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let letters = text.find(|char: char| !char.is_alphanumeric() && char != '_');
        self.0.push_str(&text[..letters.unwrap_or(text.len())]);
        if letters.is_some() { Err(fmt::Error) } else { Ok(()) }
    }
}

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (index, text) = line.split_once('\t').unwrap_or_default();
        let check = index.parse().ok().and_then(|index: usize| types::TYPES.get(index));
        let outcome = check.map_or_else(|| "unwritable\tunknown type".to_owned(), |check| check(text));
        writeln!(out, "{}", outcome.replace('\n', " "))?;
    }
    out.flush()
}
