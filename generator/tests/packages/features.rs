//! Checks that a package with few of its features works, or does not compile.

use crate::package::{cargo, refused, write_text};

const DOCUMENT: &str = r#"
openapi: 3.0.3
info: { title: Shop, version: "1" }
paths:
  /orders: { get: { operationId: list_orders, tags: [orders], responses: { "204": { description: None } } } }
"#;

/// Calls with the default transport.
const BY_NEW: &str = r#"
pub async fn call() -> Result<(), few_features_sdk::Error> {
    few_features_sdk::FewFeaturesClient::new().orders().list_orders().await
}
"#;

/// Calls with the default transport, and settings.
const BY_BUILDER: &str = r#"
pub async fn call() -> Result<(), few_features_sdk::Error> {
    let client = few_features_sdk::FewFeaturesClient::builder().user_agent_suffix("test/1").build()?;
    client.orders().list_orders().await
}
"#;

/// Calls with another transport and platform.
const OF_ITS_OWN: &str = r#"
pub async fn call(
    transport: impl few_features_sdk::Transport,
    platform: impl few_features_sdk::Platform,
) -> Result<(), few_features_sdk::Error> {
    let builder = few_features_sdk::FewFeaturesClient::builder().transport(transport).platform(platform);
    builder.build()?.orders().list_orders().await
}
"#;

#[test]
fn a_client_without_a_transport_does_not_compile() {
    let folder = write_text("api.yaml", DOCUMENT.to_owned(), "few-features-sdk");
    std::fs::create_dir(folder.join("examples")).expect("the folder can be made");
    let example = |text: &str| {
        let text = format!("{text}\nfn main() {{}}\n");
        std::fs::write(folder.join("examples/program.rs"), text).expect("the file can be written");
    };
    let with = |features| ["check", "--example", "program", "--no-default-features", "--features", features];
    // The package tests itself with all of its features, which would be those of the program.
    let manifest = folder.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).expect("the manifest is there");
    let (text, _) = text.split_once("[dev-dependencies]").expect("the package is tested");
    std::fs::write(&manifest, format!("{text}[workspace]\n")).expect("the manifest can be written");

    example(OF_ITS_OWN);
    cargo(&folder, &with("orders"));
    cargo(&folder, &with("orders,reqwest"));
    for program in [BY_NEW, BY_BUILDER] {
        example(program);
        cargo(&folder, &with("orders,reqwest"));
    }

    let error = refused(&folder, &with("orders,tokio"));
    assert!(error.contains("the client has no transport") && error.contains("feature `reqwest`"), "{error}");
    assert!(!error.contains("the client has no platform"), "{error}");
    assert!(refused(&folder, &with("orders")).contains("the client has no platform"));
    example(BY_NEW);
    let error = refused(&folder, &with("orders"));
    assert!(error.contains("no function or associated item named `new`"), "{error}");
}
