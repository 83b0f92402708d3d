//! A fake of the memberships API on a loopback socket, and a client that talks to it.

#![allow(dead_code, unused_imports, reason = "each test file uses a part of it")]

mod api;
mod server;

pub use api::Api;
pub use server::{Fault, Recorded, Reply, Server};

use box_sdk::{BoxClient, DeveloperToken, RetryPolicy};

/// A server with the memberships API, and a client of it.
pub fn memberships() -> (Server, BoxClient) {
    let api = Api::default();
    with(move |request| api.answer(request))
}

/// A server with members of one group, of whom some are counted and never listed, and a client of it.
pub fn members(group: &str, count: usize, is_hidden: impl Fn(usize) -> bool) -> (Server, BoxClient) {
    let api = Api::of_group(group, count, is_hidden);
    with(move |request| api.answer(request))
}

/// A server that answers every request alike, and a client of it.
pub fn always(reply: Reply) -> (Server, BoxClient) {
    with(move |_| reply.clone())
}

/// A server with any behaviour, and a client of it.
pub fn with(answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> (Server, BoxClient) {
    let server = Server::start(answer);
    let client = client(&server);
    (server, client)
}

/// A client of the server.
pub fn client(server: &Server) -> BoxClient {
    BoxClient::builder()
        .retry(RetryPolicy::none())
        .auth(DeveloperToken::new("secret-token"))
        .base_url(server.url("/2.0"))
        .build()
        .expect("the settings are right")
}
