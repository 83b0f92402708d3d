//! Connections that are shared, refused, closed without notice, or limited by the requests in flight.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sdk_runtime as rt;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::sdk::{self, client};
use super::server::{Server, Step, answer, read};

fn quick() -> rt::RetryPolicy {
    rt::RetryPolicy::default().base(Duration::from_millis(50))
}

#[tokio::test]
async fn a_refused_connection_is_retried_for_a_post() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let builder = sdk::builder().retry(quick()).base_url(format!("http://{address}"));
    let client: sdk::Client = builder.build().expect("a client");
    let call = tokio::spawn(client.things(&sdk::CREATE).send().with_response());
    tokio::time::sleep(Duration::from_millis(20)).await;
    let listener = tokio::net::TcpListener::bind(address).await.expect("the port is still free");
    let server = Server::listen(listener, [answer("201 Created", "{}")]);
    let reply = call.await.expect("no panic").expect("a response");
    assert!(reply.attempts() >= 2);
    assert_eq!(server.got().len(), 1);
}

/// The server closes each connection after its response, without announcing it.
#[tokio::test(flavor = "multi_thread")]
async fn a_post_on_a_closed_connection_is_never_sent_twice() {
    let Step::Answer(bytes) = answer("200 OK", "{}") else { return };
    let server = Server::start([Step::Cut(bytes)]).await;
    let builder = sdk::builder().retry(quick()).base_url(&server.url);
    let client: sdk::Client = builder.build().expect("a client");
    let mut failed = 0;
    for number in 0..300 {
        // Some calls start before the client notices the closed connection, some after.
        tokio::time::sleep(Duration::from_micros(number % 4 * 300)).await;
        match client.with_id(&sdk::CREATE, &number.to_string()).await {
            Ok(_) => {}
            Err(error) => {
                failed += 1;
                assert!(error.is_connection(), "{error}");
                assert!(error.to_string().contains("the server may have received it"), "{error}");
            }
        }
    }
    let mut seen = BTreeMap::new();
    for got in server.got() {
        *seen.entry(got.line).or_insert(0) += 1;
    }
    assert!(seen.values().all(|times| *times == 1), "{seen:?}");
    assert!(seen.len() + failed >= 300, "{} and {failed}", seen.len());
}

#[tokio::test]
async fn a_connection_known_to_be_closed_is_not_used() {
    let Step::Answer(bytes) = answer("200 OK", "{}") else { return };
    let server = Server::start([Step::Cut(bytes)]).await;
    let client = client(&server);
    for _ in 0..3 {
        client.things(&sdk::CREATE).await.expect("a response");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    assert_eq!((server.connections(), server.got().len()), (3, 3));
}

#[tokio::test]
async fn a_post_that_may_have_been_received_is_not_repeated() {
    let server = Server::start([Step::Cut(Vec::new()), answer("200 OK", "{}")]).await;
    let builder = sdk::builder().retry(quick()).base_url(&server.url);
    let client: sdk::Client = builder.build().expect("a client");
    let error = client.things(&sdk::CREATE).await.expect_err("a lost connection");
    assert!(error.to_string().contains("the server may have received it"), "{error}");
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn clones_and_derived_clients_share_connections() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let client = client(&server);
    let derived = sdk::Client(client.0.with_options(|options| options.header("as-user", "1")));
    for client in [&client, &client.clone(), &derived, &client] {
        client.things(&sdk::GET).await.expect("a response");
    }
    assert_eq!(server.connections(), 1);
    sdk::client(&server).things(&sdk::GET).await.expect("a response");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_followed_redirect_keeps_the_connection_usable() {
    let moved = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    let server = Server::start([Step::Answer(moved.into()), answer("200 OK", "{}")]).await;
    client(&server).things(&sdk::GET).await.expect("a response");
    assert_eq!(server.got()[1].line, "GET /elsewhere HTTP/1.1");
    assert_eq!(server.connections(), 1);
}

/// Makes 200 calls at once, and returns the number of connections.
async fn connections(limit: Option<usize>) -> usize {
    let server = Server::start([answer("200 OK", r#"{"a":1}"#)]).await;
    let mut builder = sdk::builder().base_url(&server.url).read_timeout(None);
    if let Some(limit) = limit {
        builder = builder.max_in_flight(limit);
    }
    let client: sdk::Client = builder.build().expect("a client");
    let calls: Vec<_> = (0..200).map(|_| tokio::spawn(client.things(&sdk::GET).send())).collect();
    for call in calls {
        call.await.expect("no panic").expect("a response");
    }
    assert_eq!(server.got().len(), 200);
    server.connections()
}

#[tokio::test]
async fn no_more_connections_are_opened_than_requests_may_be_in_flight() {
    let opened = connections(Some(8)).await;
    assert!((1..=8).contains(&opened), "{opened}");
    let unlimited = connections(None).await;
    assert!(unlimited > 8, "{unlimited}");
}

/// Starts a server that counts the requests it has not answered yet. Returns its URL and the most there were at once.
async fn counting() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let highest = Arc::clone(&most);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(async move {
                while read(&mut stream).await.is_some() {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    now.fetch_sub(1, Ordering::SeqCst);
                    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{\"a\":1}";
                    stream.write_all(answer).await.unwrap_or_default();
                }
            });
        }
    });
    (url, highest)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_threads_send_no_more_requests_at_once_either() {
    let (url, most) = counting().await;
    let client: sdk::Client = sdk::builder().base_url(url).max_in_flight(8).build().expect("a client");
    let calls: Vec<_> = (0..200).map(|_| tokio::spawn(client.things(&sdk::GET).send())).collect();
    for call in calls {
        call.await.expect("no panic").expect("a response");
    }
    assert_eq!(most.load(Ordering::SeqCst), 8);
}

/// Token calls need a connection of their own, but no place.
#[tokio::test]
async fn a_token_call_does_not_wait_for_a_place() {
    let token = r#"{"access_token":"fetched","expires_in":3600}"#;
    let server = Server::start([answer("200 OK", token), answer("200 OK", r#"{"a":1}"#)]).await;
    let endpoint =
        rt::TokenEndpoint::new(format!("{}/token", server.url)).client_id("id").client_secret("secret");
    let client: sdk::Client = sdk::Builder::new(&sdk::API)
        .auth(rt::ClientCredentials::new(endpoint))
        .max_in_flight(1)
        .base_url(&server.url)
        .build()
        .expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    assert_eq!(server.got().len(), 2);
}
