//! Generates packages under a lock, and checks that released items keep their names and shapes.

mod corpus;
mod fixture;

use sdk_generator::config::ManagerNames;
use sdk_generator::verdict::Weight;
use sdk_generator::{Config, Diagnostics, Generated, Input, Listing, Source, generate, generate_since};

fn run(text: &str, config: &Config, release: Option<&Listing>) -> Option<Generated> {
    let documents = [Source { name: "api.yaml".to_owned(), text: text.to_owned() }];
    let input = Input { documents: &documents, read: &|_| None, config };
    match release {
        Some(release) => Some(generate_since(&input, release).unwrap_or_else(|found| panic!("{found:?}"))),
        None => generate(&input).ok(),
    }
}

/// A package does not change under its own listing as the lock.
fn assert_idempotent(name: &str, text: &str, config: &Config) {
    let Some(first) = run(text, config, None) else { return };
    let lock = Listing::parse(&first.listing.print()).expect("a listing is read as it was written");
    let second = run(text, config, Some(&lock)).expect("a run under a lock gives a package");
    let verdict = second.verdict.expect("a lock gives a verdict");
    let changes: Vec<_> = verdict.changes.iter().map(|change| (&change.at, &change.text)).collect();
    assert!(changes.is_empty(), "{name}: {changes:#?}");
    assert!(first.listing.print() == second.listing.print(), "{name} lists something else");
    for (path, text) in first.files.iter() {
        let other = second.files.iter().find(|(other, _)| *other == path).map(|(_, text)| text);
        assert!(other == Some(text), "{name}: {path} differs");
    }
}

#[test]
fn fixtures_are_what_they_were_under_their_own_lock() {
    insta::glob!("rust/*.yaml", |path: &Path| {
        let (source, config) = fixture::read(path, &mut Diagnostics::default());
        let config = config.expect("the configuration of a fixture is sound");
        assert_idempotent(&path.display().to_string(), &source.text, &config);
    });
}

#[test]
fn documents_are_what_they_were_under_their_own_lock() {
    for file in corpus::documents() {
        let text = std::fs::read_to_string(&file).expect("a document can be read");
        assert_idempotent(&file.display().to_string(), &text, &Config::bare("corpus"));
    }
}

/// Prints the breaking changes in each step of a history, without a lock and with one.
#[test]
#[ignore = "reads the folder of versions that HISTORY names"]
fn history() {
    let folder = std::env::var("HISTORY").expect("HISTORY names a folder");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let mut config = Config::bare("history");
    if files[0].display().to_string().contains("box") {
        config.managers = ManagerNames::Extension("x-box-tag".to_owned());
    }
    let mut lock: Option<Listing> = None;
    let mut plain: Option<Listing> = None;
    let (mut all_plain, mut all_kept) = (0, 0);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a document can be read");
        let without = run(&text, &config, None).expect("it generates");
        if let Some(old) = &plain {
            let verdict = sdk_generator::Verdict::between(old, &without.listing);
            let broken: usize = verdict.changes.iter().map(|change| change.items.len()).sum();
            all_plain += broken;
        }
        plain = Some(without.listing);
        let with = run(&text, &config, lock.as_ref()).expect("it generates");
        if let Some(verdict) = &with.verdict {
            let count = |weight| verdict.of(weight).count();
            let broken: usize = verdict.changes.iter().map(|change| change.items.len()).sum();
            all_kept += broken;
            println!(
                "{}: {} silent, {} breaking, {} added, {} kept, {broken} items",
                file.file_name().expect("a name").to_string_lossy(),
                count(Weight::Silent),
                count(Weight::Breaking),
                count(Weight::Added),
                count(Weight::Kept)
            );
            for change in verdict.changes.iter().filter(|change| change.weight <= Weight::Breaking) {
                println!(
                    "    {:8} {}: {} ({})",
                    change.weight.as_str(),
                    change.at,
                    change.text,
                    change.items.len()
                );
            }
        }
        lock = Some(with.listing);
    }
    println!("broken items: {all_plain} without a lock, {all_kept} with one");
}
