//! Checks that released names survive a generator with other rules for names and orders, and that types that do not
//! are reported.

use sdk_generator::verdict::Weight;
use sdk_generator::{Diagnostics, Listing};

use crate::convention::in_other_convention;
use crate::releases::{changes, compared, config, release};
use crate::{fixture, run};

const INTEGERS: &str = r#"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /orders/{id}:
    get:
      operationId: get_order
      tags: [orders]
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer, format: int32 } }
      responses:
        "200":
          description: An order.
          content:
            application/json:
              schema:
                title: Order
                type: object
                properties:
                  total: { type: integer, format: int32 }
                  count: { type: integer, format: int32, maximum: 100 }
"#;

/// Everything but the places of types, which depend on the order in which names are found.
fn sorted(listing: &Listing) -> String {
    let mut listing = listing.clone();
    listing.managers.sort_by(|one, other| one.accessor.cmp(&other.accessor));
    listing.types.sort_by(|one, other| (&one.key, &one.name).cmp(&(&other.key, &other.name)));
    listing.print()
}

#[test]
fn released_names_and_orders_are_kept_by_a_generator_with_other_rules() {
    insta::glob!("..", "rust/*.yaml", |path: &Path| {
        let (source, config) = fixture::read(path, &mut Diagnostics::default());
        let mut config = config.expect("the configuration of a fixture is sound");
        // Names of the configuration are adopted, which is another test.
        config.overrides.clear();
        config.routes.clear();
        config.redirect_urls.clear();
        let Some(first) = run(&source.text, &config, None) else { return };
        let lock = in_other_convention(&first.listing);
        let lock =
            Listing::parse(&lock.print()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let second = run(&source.text, &config, Some(&lock)).expect("a run under a lock gives a package");
        let verdict = second.verdict.expect("a lock gives a verdict");
        let changes = verdict.changes.iter().filter(|change| change.weight < Weight::Kept);
        let changes: Vec<_> = changes.map(|change| (&change.at, &change.text)).collect();
        assert!(changes.is_empty(), "{}: {changes:#?}", path.display());
        assert_same(&sorted(&lock), &sorted(&second.listing), &path.display().to_string());
    });
}

fn assert_same(one: &str, other: &str, name: &str) {
    for (one, other) in one.lines().zip(other.lines()) {
        assert_eq!(one, other, "{name}");
    }
    assert_eq!(one.lines().count(), other.lines().count(), "{name}");
}

#[test]
fn wider_integers_are_a_breaking_change_that_the_configuration_avoids() {
    let by_format = config("integers: format");
    let lock = release(INTEGERS, &by_format, None).listing;
    let expected = [
        "GET /orders/{}: `orders().get_order` takes `i64` as `id` instead of `i32`",
        "GetOrderResponse.total: `GetOrderResponse.total` is `Option<i64>` instead of `Option<i32>`",
    ];
    assert_eq!(compared(INTEGERS, &config(""), &lock, Weight::Breaking), expected);
    let again = release(INTEGERS, &by_format, Some(&lock));
    assert_eq!(changes(&again, Weight::Breaking), [""; 0]);
}
