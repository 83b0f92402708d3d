//! Checks that packages generated under a lock compile without warnings, and that code for the release compiles.

use std::collections::BTreeSet;
use std::path::Path;

use sdk_generator::diagnostic::render::{self, Colour};
use sdk_generator::verdict::{Help, Purpose, Weight};
use sdk_generator::{Config, Diagnostics, Generated, Input, Listing, Source, generate, generate_since};

use crate::convention::in_other_convention;
use crate::convention::shop::{BEFORE, NAMES, after};
use crate::package::{cargo, placed, save};

fn run(text: &str, config: &Config, lock: Option<&Listing>) -> Generated {
    let documents = [Source { name: "api.yaml".to_owned(), text: text.to_owned() }];
    let input = Input { documents: &documents, read: &|_| None, config };
    let generated = lock.map_or_else(|| generate(&input), |lock| generate_since(&input, lock));
    generated.unwrap_or_else(|found| panic!("{}", render::human(&found, Colour::Never)))
}

/// Returns a configuration that adopts each name that the notes of a run suggest, except members, and their number.
fn adopting(generated: &Generated, name: &str) -> (Config, usize) {
    let mut adopted: Vec<&Help> = Vec::new();
    let verdict = generated.verdict.as_ref().expect("a lock gives a verdict");
    for change in verdict.of(Weight::Kept) {
        // Fields have no deprecated names.
        if let Some(help @ Help::Name { purpose: Purpose::Adopt, section, .. }) = &change.help
            && *section != "members"
        {
            adopted.push(help);
        }
    }
    let names = Help::entries(adopted.iter().copied());
    let sections: BTreeSet<&str> = names
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert_eq!(sections.into_iter().collect::<Vec<_>>(), ["managers:", "operations:", "types:"]);
    let count = adopted.len();
    let text = format!("documents: [api.yaml]\npackage: {{ name: {name} }}\n{names}");
    let mut diagnostics = Diagnostics::default();
    let config = Config::parse("sdk.yaml", &text, &|_| None, &mut diagnostics);
    let config = config.unwrap_or_else(|| panic!("{}\n{text}", render::human(&diagnostics, Colour::Never)));
    (placed(config), count)
}

/// The released names have another convention than those of the document: first all of them are kept, then all
/// that the notes suggest are adopted.
#[test]
fn kept_and_adopted_names_compile() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/obstacles.yaml");
    let text = std::fs::read_to_string(path).expect("the document is there");
    let config = placed(Config::bare("kept-sdk"));
    let lock = in_other_convention(&run(&text, &config, None).listing);
    let kept = run(&text, &config, Some(&lock));
    let folder = save(&kept.files, "kept-sdk");
    cargo(&folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);

    let (adopting, count) = adopting(&kept, "kept-sdk");
    let adopted = run(&text, &adopting, Some(&lock));
    let verdict = adopted.verdict.as_ref().expect("a lock gives a verdict");
    let broken: Vec<_> = verdict.of(Weight::Breaking).map(|change| &change.text).collect();
    assert_eq!(broken, [""; 0]);
    assert!(verdict.of(Weight::Deprecated).count() >= count, "not every one of {count} names is adopted");
    let folder = save(&adopted.files, "kept-sdk");
    cargo(&folder, &["clippy", "--all-targets", "--", "-D", "warnings"]);
    cargo(&folder, &["doc", "--no-deps"]);
}

/// Code for the release, which knows nothing of the names that are adopted after it.
const CONSUMER: &str = r#"
#![allow(deprecated)]

use shop_sdk::ShopClient;
use shop_sdk::managers::orders::{AddRefund, FetchOrder, OrdersManager};
use shop_sdk::managers::stock::{GetStock, StockManager};
use shop_sdk::types::{Order, OrderColour};

fn colour(order: &Order) -> Option<&OrderColour> {
    order.colour.as_ref()
}

#[test]
fn released_names_can_be_used() {
    let client = ShopClient::new();
    let orders: OrdersManager = client.orders();
    let _fetch: FetchOrder = orders.fetch_order("1").lang("de");
    let _refund: AddRefund = orders.add_refund("1").note("broken").note_null();
    let stock: StockManager = client.stock();
    let _get: GetStock = stock.get_stock();
    assert_eq!(colour(&Order::default()), None);
}
"#;

#[test]
fn code_for_the_release_compiles_after_an_adoption() {
    let config = |names: &str| {
        let text = format!(
            "documents: [api.yaml]\noperations: operation_id\npackage: {{ name: shop-sdk }}\n{names}"
        );
        let config = Config::parse("sdk.yaml", &text, &|_| None, &mut Diagnostics::default());
        placed(config.expect("the configuration is sound"))
    };
    let released = run(BEFORE, &config(""), None);
    let adopted = run(&after(), &config(&format!("names: {NAMES}")), Some(&released.listing));
    for files in [&released.files, &adopted.files] {
        let folder = save(files, "shop-sdk");
        std::fs::create_dir(folder.join("tests")).expect("the folder can be made");
        std::fs::write(folder.join("tests/consumer.rs"), CONSUMER).expect("the file can be written");
        cargo(&folder, &["test", "--test", "consumer"]);
    }
    let folder = save(&adopted.files, "shop-sdk");
    for feature in ["stock", "orders"] {
        cargo(&folder, &["clippy", "--no-default-features", "--features", feature, "--", "-D", "warnings"]);
    }
}
