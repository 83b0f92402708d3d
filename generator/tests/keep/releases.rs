//! Makes releases and reads their changes.

use sdk_generator::diagnostic::Diagnostics;
use sdk_generator::verdict::{Change, Weight};
use sdk_generator::{Config, Generated, Input, Listing, Source, compare};

use crate::run;

/// Parses a configuration.
pub(crate) fn config(rest: &str) -> Config {
    let text =
        format!("documents: [api.yaml]\noperations: operation_id\npackage: {{ name: shop-sdk }}\n{rest}");
    let mut diagnostics = Diagnostics::default();
    let config = Config::parse("sdk.yaml", &text, &|_| None, &mut diagnostics);
    config.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// Generates a package, as a release after `lock`.
pub(crate) fn release(text: &str, config: &Config, lock: Option<&Listing>) -> Generated {
    let generated = run(text, config, lock).expect("the description is sound");
    let again = Listing::parse(&generated.listing.print()).expect("a listing is read as it was written");
    assert_eq!(again.print(), generated.listing.print());
    generated
}

/// Returns the changes of this impact.
pub(crate) fn changes(generated: &Generated, weight: Weight) -> Vec<String> {
    let verdict = generated.verdict.as_ref().expect("a lock gives a verdict");
    let line = |change: &Change| {
        let help = change.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{}: {}{help}", change.at, change.text)
    };
    verdict.of(weight).map(line).collect()
}

/// Returns the changes of this impact since a release, without help. They may be ones that `release` refuses.
pub(crate) fn compared(text: &str, config: &Config, lock: &Listing, weight: Weight) -> Vec<String> {
    let documents = [Source { name: "api.yaml".to_owned(), text: text.to_owned() }];
    let input = Input { documents: &documents, read: &|_| None, config };
    let compared = compare(&input, Some(lock)).unwrap_or_else(|found| panic!("{found:?}"));
    let changes = compared.verdict.of(weight);
    changes.map(|change| format!("{}: {}", change.at, change.text)).collect()
}
