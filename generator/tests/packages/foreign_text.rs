//! Puts text into every place of a document, and checks that the package does not compile, run or follow any of it.

mod document;
mod documentation;
mod texts;

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::{Config, Files, Input, Source, generate};

use crate::package::{cargo, write_text};
use document::document;
use documentation::{documentation, programs};
use texts::{FAILS, LEAVES, texts};

/// Generates the package of a document that holds these texts in turn.
fn files(texts: &[String], tail: Tail) -> Files {
    let documents = [Source { name: "foreign.json".to_owned(), text: text(texts, tail) }];
    let config = Config::bare("foreign-sdk");
    let input = Input { documents: &documents, read: &|_| None, config: &config };
    generate(&input).unwrap_or_else(|found| panic!("{}", render::human(&found, Colour::Never))).files
}

/// The ends of each text: a paragraph that some blocks extend into, or nothing.
#[derive(Clone, Copy)]
enum Tail {
    Always,
    Never,
    Sometimes,
}

fn text(texts: &[String], tail: Tail) -> String {
    let mut turns = texts.iter().cycle();
    let mut count = 0;
    document(|| {
        count += 1;
        let text = turns.next().expect("there are texts");
        let ends = match tail {
            Tail::Always => true,
            Tail::Never => false,
            Tail::Sometimes => count % 3 != 0,
        };
        if ends { format!("{text}\n\nText {count}.") } else { text.clone() }
    })
    .to_string()
}

/// Counts the programs on the pages and in the rustdoc of a package.
fn count(files: &Files) -> usize {
    documentation(files).iter().map(|(path, text)| programs(path, text)).sum()
}

#[test]
fn every_program_is_the_generators() {
    let own = count(&files(&["Harmless".to_owned()], Tail::Always));
    assert!(own > 20, "{own}");
    for text in texts(FAILS) {
        for tail in [Tail::Always, Tail::Never] {
            assert_eq!(count(&files(std::slice::from_ref(&text), tail)), own, "{text}");
        }
    }
    // Each text beside others, in other places than before.
    for shift in 0..5 {
        let mut texts = texts(FAILS);
        texts.rotate_left(shift * 13);
        assert_eq!(count(&files(&texts, Tail::Sometimes)), own, "{shift}");
    }
}

#[test]
fn nothing_of_a_document_runs() {
    let mut texts = [texts(FAILS), texts(LEAVES)].concat();
    // Neither kind of program in the same places as the other one.
    texts.push("A harmless text.".to_owned());
    let folder = write_text("foreign.json", text(&texts, Tail::Sometimes), "foreign-sdk");
    cargo(&folder, &["doc", "--no-deps"]);
    let printed = cargo(&folder, &["test"]);
    let run = printed
        .lines()
        .filter_map(|line| line.strip_prefix("running ")?.split(' ').next()?.parse::<usize>().ok());
    // The README shows one block that is no program: the lines for a manifest.
    let pages_of_managers = |path: &str| path.starts_with("docs/") && !GUIDES.contains(&path);
    let own = files(&["Harmless".to_owned()], Tail::Always);
    let tested = documentation(&own);
    let tested = tested.iter().filter(|(path, _)| !pages_of_managers(path) && path != "docs/README.md");
    let expected: usize = tested.map(|(path, text)| programs(path, text)).sum::<usize>() - 1;
    assert_eq!(run.sum::<usize>(), expected, "{printed}");
    assert!(!folder.join("left-behind").exists(), "a program of the document ran");
}

/// Returns the pages that are doc tests.
const GUIDES: &[&str] = &[
    "docs/authentication.md",
    "docs/configuration.md",
    "docs/errors.md",
    "docs/pagination.md",
    "docs/testing.md",
    "docs/transfers.md",
];
