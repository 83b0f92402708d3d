//! Calls every operation of the shop's first version, and prints the requests that were sent.

use shop::testing::{MockTransport, Reply};
use shop::types::Colour;
use shop::{BearerToken, ShopClient};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let api = MockTransport::new();
    for operation in ["create_order", "list_lines"] {
        api.on(operation).always(Reply::json(200, &shop::serde_json::json!({ "id": "1" })));
    }
    let client = ShopClient::builder()
        .auth(BearerToken::new("token"))
        .base_url("https://shop.example.com")
        .transport(api.clone())
        .build()
        .expect("the settings are right");
    let order = client.orders().create_order("Ann", "pen").await.expect("an order");
    assert_eq!(order.id.as_deref(), Some("1"));
    for (colour, dry_run) in [(Colour::Red, true), (Colour::Green, false)] {
        let order = client.orders().create_order("Ann", "pen").colour(colour).dry_run(dry_run);
        order.await.expect("an order");
    }
    client.orders().list_lines("1").await.expect("the lines");
    for request in api.requests() {
        println!("{} {}", request.method(), request.url());
        for (name, value) in request.headers() {
            // An operation that requires credentials now gets those of the client.
            if name != "authorization" {
                println!("{name}: {value:?}");
            }
        }
        println!("{:?}", request.body());
    }
}
