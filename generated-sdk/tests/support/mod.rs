//! A fake of the memberships API on a loopback socket, and a client of it.

#![allow(dead_code, unused_imports, reason = "each test file uses a part of it")]

mod api;
#[path = "../../../spec/box/tests/complete/server.rs"]
mod server;

pub use api::Api;
pub use server::{Fault, Recorded, Reply, Server};

use box_sdk::{BoxClient, DeveloperToken, RetryPolicy};

/// Starts a server with the memberships API, and returns it with a client.
pub fn memberships() -> (Server, BoxClient) {
    let api = Api::default();
    with(move |request| api.answer(request))
}

/// Starts a server with the members of one group, and returns it with a client. Hidden members are counted but not
/// listed.
pub fn members(group: &str, count: usize, is_hidden: impl Fn(usize) -> bool) -> (Server, BoxClient) {
    let api = Api::of_group(group, count, is_hidden);
    with(move |request| api.answer(request))
}

/// Starts a server that sends the same reply to every request, and returns it with a client.
pub fn always(reply: Reply) -> (Server, BoxClient) {
    with(move |_| reply.clone())
}

/// Starts a server with the given behaviour, and returns it with a client.
pub fn with(answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> (Server, BoxClient) {
    let server = Server::start(move |request, _| answer(request));
    let client = client(&server);
    (server, client)
}

/// Returns a client of the server.
pub fn client(server: &Server) -> BoxClient {
    BoxClient::builder()
        .retry(RetryPolicy::none())
        .auth(DeveloperToken::new("secret-token"))
        .base_url(server.url("/2.0"))
        .build()
        .expect("the settings are valid")
}
