//! Writes and runs a program that reads and writes samples with the types of a crate, and judges its output.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use sdk_generator::Files;

use super::json::{self, Json};
use super::samples::{Expected, Sample, Samples};

/// The results for the samples of a document.
#[derive(Debug, Default)]
pub(crate) struct RoundTrips {
    pub(crate) passed: usize,
    /// A line for each sample that failed.
    pub(crate) failures: Vec<String>,
    /// The number of examples in the document that match their schema.
    pub(crate) examples: usize,
    /// A line for each example that does not.
    pub(crate) untrue: Vec<String>,
}

/// Returns the files of the program's package.
pub(crate) fn package(name: &str, sdk: &str, crate_name: &str, types: &[String]) -> Files {
    let mut files = Files::default();
    files.add(
        "Cargo.toml",
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             {sdk} = {{ path = \"../{sdk}\", default-features = false, features = [\"all\"] }}\n\
             serde = \"1\"\nserde_json = \"1\"\n"
        ),
    );
    files.add("src/main.rs", include_str!("round_trip/program.rs").to_owned());
    let mut table = format!(
        "//! The checks of all types, in the order of the samples' indices.\n\nuse {crate_name}::types;\n\n\
         use super::{{Check, check}};\n\npub(crate) const TYPES: &[Check] = &[\n"
    );
    for ty in types {
        let _ = writeln!(table, "    check::<types::{ty}>,");
    }
    files.add("src/types.rs", table + "];\n");
    files
}

/// Runs the program on the samples.
pub(crate) fn run(program: &Path, samples: &Samples) -> std::io::Result<RoundTrips> {
    let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut input: String = String::new();
    for sample in &samples.samples {
        let _ = writeln!(input, "{}\t{}", sample.ty, sample.text);
    }
    let stdin = child.stdin.take();
    let writer = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output()?;
    // A program that ends early is noticed by its missing lines of output.
    drop(writer.join());
    let text = String::from_utf8_lossy(&output.stdout);
    let mut trips = RoundTrips::default();
    let mut lines = text.lines();
    for sample in &samples.samples {
        let Some(line) = lines.next() else {
            let ty = &samples.types[sample.ty];
            trips
                .failures
                .push(format!("`types::{ty}`, {}: the program ended: {}", sample.case, output.status));
            break;
        };
        trips.judge(sample, &samples.types[sample.ty], line);
    }
    Ok(trips)
}

impl RoundTrips {
    fn judge(&mut self, sample: &Sample, ty: &str, line: &str) {
        let found = fault(sample, line);
        let told = |fault: String| {
            format!("`types::{ty}`, {}: {fault}\n    in {}", sample.case, brief(&sample.text))
        };
        match (&sample.expected, found) {
            (Expected::Example(_), None) => self.examples += 1,
            (Expected::Example(_), Some(fault)) => self.untrue.push(told(fault)),
            (_, None) => self.passed += 1,
            (_, Some(fault)) => self.failures.push(told(fault)),
        }
    }
}

/// Compares the output of the program for a sample with the expected result.
fn fault(sample: &Sample, line: &str) -> Option<String> {
    let (outcome, rest) = line.split_once('\t').unwrap_or((line, ""));
    match (outcome, &sample.expected) {
        ("read", Expected::Refused(_)) => Some("it is accepted, although it is invalid".to_owned()),
        ("read", expected) => {
            let (start, text) = rest.split_once('\t').unwrap_or_default();
            match expected {
                Expected::Variant(variants, _)
                    if !variants.is_empty() && variants.iter().all(|variant| variant != start) =>
                {
                    Some(format!("it is read as `{start}`, not as `{}`", variants.join("` or `")))
                }
                Expected::Example(value) | Expected::Variant(_, value) => {
                    differs(&sorted(value), text, &|found| sorted(&found))
                }
                Expected::Same(value) => differs(&sorted_inside(value), text, &|found| sorted_inside(&found)),
                Expected::Refused(_) => None,
            }
        }
        ("refused", Expected::Refused(path)) => {
            let named = rest.starts_with(&format!("`{path}`: "));
            (!named).then(|| format!("the error does not name `{path}`: {rest}"))
        }
        _ => Some(format!("{outcome}: {rest}")),
    }
}

fn differs(expected: &Json, text: &str, arrange: &dyn Fn(Json) -> Json) -> Option<String> {
    match serde_json::from_str::<Json>(text) {
        Ok(found) => json::difference(expected, &arrange(found)),
        Err(error) => Some(format!("the output is not JSON: {error}")),
    }
}

/// Returns the value with members sorted by name, at all levels.
fn sorted(value: &Json) -> Json {
    match value {
        Json::Bare(_) | Json::Text(_) => value.clone(),
        Json::List(items) => Json::List(items.iter().map(sorted).collect()),
        Json::Object(members) => {
            let mut members: Vec<_> =
                members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            Json::Object(members)
        }
    }
}

/// Returns the value with members sorted below the top level; the order of those is checked by samples of their types.
fn sorted_inside(value: &Json) -> Json {
    match value {
        Json::Object(members) => {
            Json::Object(members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect())
        }
        value => sorted(value),
    }
}

fn brief(text: &str) -> String {
    const MOST: usize = 300;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::fault;
    use crate::corpus::json::Json;
    use crate::corpus::samples::{Expected, Sample};

    fn check(expected: Expected, line: &str, found: Option<&str>) {
        let sample = Sample { ty: 0, case: String::new(), text: String::new(), expected };
        assert_eq!(fault(&sample, line).as_deref(), found);
    }

    fn value() -> Json {
        serde_json::from_str(r#"{"b":1,"a":2}"#).expect("JSON")
    }

    #[test]
    fn a_value_survives_a_round_trip() {
        check(Expected::Same(value()), "read\tPet\t{\"b\":1.0,\"a\":2}", None);
        check(Expected::Same(value()), "read\tPet\t{\"b\":1}", Some("`a` is missing"));
        check(Expected::Same(value()), "refused\tnot an integer", Some("refused: not an integer"));
        check(Expected::Same(value()), "unwritable\tnot a number", Some("unwritable: not a number"));
    }

    #[test]
    fn a_union_is_read_as_the_expected_variant() {
        let expected = || Expected::Variant(vec!["Cat".to_owned()], value());
        check(expected(), "read\tCat\t{\"b\":1,\"a\":2}", None);
        check(expected(), "read\tDog\t{\"b\":1,\"a\":2}", Some("it is read as `Dog`, not as `Cat`"));
    }

    #[test]
    fn an_invalid_value_is_refused_with_its_path() {
        let expected = || Expected::Refused("a.b".to_owned());
        check(expected(), "refused\t`a.b`: the required member is missing", None);
        check(expected(), "read\tPet\t{}", Some("it is accepted, although it is invalid"));
        check(expected(), "refused\t`a`: no", Some("the error does not name `a.b`: `a`: no"));
    }

    #[test]
    fn examples_may_order_members_differently() {
        check(Expected::Example(value()), "read\tPet\t{\"a\":2,\"b\":1}", None);
        check(Expected::Example(value()), "read\tPet\t{\"a\":2,\"b\":3}", Some("`b`: expected 1, found 3"));
    }
}
