//! Failures: connections, timeouts, dropped calls.

use std::future::IntoFuture;
use std::time::{Duration, Instant};

use sdk_runtime as rt;

use super::sdk::{self, client};
use super::server::{Server, Step, answer};

const SHORT: Duration = Duration::from_millis(100);

#[tokio::test]
async fn a_chunk_without_a_size_is_an_error_that_is_not_retried() {
    const HEAD: &str =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    for chunks in ["zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\nzz\r\n\r\n"] {
        let step = || Step::Cut(format!("{HEAD}{chunks}").into_bytes());
        let server = Server::start([step(), step()]).await;
        let client = sdk::builder().retry(rt::RetryPolicy::default()).base_url(server.url.clone());
        let client = client.build().expect("a client");
        let error = client.things(&sdk::GET).await.expect_err("an error");
        assert_eq!((error.kind(), error.attempts()), (rt::ErrorKind::Protocol, 1), "{error}");
        assert!(error.to_string().contains("the body of the response is not valid HTTP"), "{error}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_a_connection_error() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    drop((listener, server));
    let client: sdk::Client = sdk::builder().base_url(url).build().expect("a client");
    let error = client.things(&sdk::GET).await.expect_err("a refused connection");
    assert!(error.is_connection() && error.is_retryable());
    assert!(error.to_string().contains("could not connect: the other side refuses connections"), "{error}");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_lost_connection_is_a_connection_error() {
    for sent in ["", "HTTP/1.1 200 OK\r\ncontent-le", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"a\":"] {
        let server = Server::start([Step::Cut(sent.into())]).await;
        let error = client(&server).things(&sdk::CREATE).await.expect_err("a lost connection");
        assert_eq!(error.kind(), rt::ErrorKind::Connection, "{sent}: {error}");
        assert!(error.to_string().contains("the connection was lost"), "{error}");
    }
}

#[tokio::test]
async fn a_connection_lost_in_a_response_says_what_the_server_answered() {
    let sent = "HTTP/1.1 201 Created\r\ncontent-length: 9\r\n\r\n{\"a\":";
    let server = Server::start([Step::Cut(sent.into())]).await;
    let error = client(&server).things(&sdk::CREATE).await.expect_err("a lost connection");
    assert!(error.to_string().contains("the server answered 201, then the connection was lost"), "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(201));
}

#[test]
fn the_default_timeouts_are_ten_and_sixty_seconds() {
    let builder = sdk::Builder::new(&sdk::API);
    let shown = format!("{builder:?}");
    for setting in
        ["connect_timeout: Some(10s)", "read_timeout: Some(60s)", "attempt_timeout: None", " timeout: None"]
    {
        assert!(shown.contains(setting), "{setting}: {shown}");
    }
}

#[tokio::test]
async fn a_stalled_read_times_out() {
    for sent in ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{\"a\":"] {
        let server = Server::start([Step::Stall(sent.into(), Duration::from_secs(5))]).await;
        let builder = sdk::builder().read_timeout(SHORT).base_url(&server.url);
        let client: sdk::Client = builder.build().expect("a client");
        let error = client.things(&sdk::GET).await.expect_err("a stall");
        assert_eq!(error.kind(), rt::ErrorKind::Timeout(rt::TimeoutKind::Read), "{sent}");
        assert!(error.is_timeout());
        assert!(error.to_string().ends_with("no bytes moved for 100ms (read timeout)"), "{error}");
    }
}

#[tokio::test]
async fn a_slow_response_is_not_a_stall() {
    let text = "HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{\"a\":1}";
    let server = Server::start([Step::Drip(text.into(), Duration::from_millis(20))]).await;
    let builder = sdk::builder().read_timeout(Duration::from_millis(1500)).base_url(&server.url);
    let client: sdk::Client = builder.build().expect("a client");
    assert_eq!(client.things(&sdk::GET).await.expect("a response")["a"], 1);
}

#[tokio::test]
async fn a_head_that_drips_is_a_stall() {
    let text = format!("HTTP/1.1 200 OK\r\nx-long: {}\r\ncontent-length: 2\r\n\r\n{{}}", "a".repeat(500));
    let server = Server::start([Step::Drip(text.into(), Duration::from_millis(20))]).await;
    let client: sdk::Client =
        sdk::builder().read_timeout(SHORT).base_url(&server.url).build().expect("a client");
    let error = client.things(&sdk::GET).await.expect_err("a stall");
    assert_eq!(error.kind(), rt::ErrorKind::Timeout(rt::TimeoutKind::Read), "{error}");
}

#[tokio::test]
async fn a_call_timeout_bounds_the_whole_call() {
    let text = "HTTP/1.1 200 OK\r\ncontent-length: 7000\r\n\r\n{\"a\":1}";
    let server = Server::start([Step::Drip(text.into(), Duration::from_millis(20))]).await;
    let client = client(&server);
    let started = Instant::now();
    let error = client.things(&sdk::GET).send().timeout(SHORT).with_response().await.expect_err("too slow");
    assert_eq!(error.kind(), rt::ErrorKind::Timeout(rt::TimeoutKind::Call));
    assert_eq!((error.attempts(), error.operation()), (1, Some("things")));
    assert!(started.elapsed() < Duration::from_secs(2));
}

/// Addresses of this block are unused (RFC 5737), so connecting hangs or fails at once, depending on the network.
#[tokio::test]
async fn connecting_times_out() {
    let builder = sdk::builder().connect_timeout(SHORT).base_url("http://192.0.2.1:81");
    let client: sdk::Client = builder.build().expect("a client");
    let error = client.things(&sdk::GET).await.expect_err("an unused address");
    assert!(error.is_connection(), "{error:?}");
}

#[tokio::test]
async fn a_dropped_call_leaves_the_client_usable() {
    let server =
        Server::start([Step::Stall(Vec::new(), Duration::from_secs(5)), answer("200 OK", "{}")]).await;
    let client = client(&server);
    let call = tokio::spawn(client.things(&sdk::GET).into_future());
    while server.got().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    call.abort();
    assert!(call.await.is_err());
    client.things(&sdk::GET).await.expect("a response");
}

#[test]
fn a_call_without_a_tokio_runtime_is_an_error() {
    let client: sdk::Client = sdk::builder().read_timeout(None).build().expect("a client");
    let mut call = Box::pin(client.things(&sdk::GET).into_future());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match call.as_mut().poll(&mut context) {
        std::task::Poll::Ready(Err(error)) => {
            assert_eq!(error.kind(), rt::ErrorKind::Configuration);
            assert!(error.to_string().ends_with("it needs a tokio runtime"), "{error}");
        }
        other => assert!(other.is_pending() && other.is_ready(), "{other:?}"),
    }
}

#[tokio::test]
async fn a_head_that_is_not_http_is_an_error_of_its_own() {
    for head in ["SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"] {
        let server = Server::start([Step::Cut(head.into())]).await;
        let error = client(&server).things(&sdk::GET).await.expect_err("no HTTP");
        assert_eq!((error.kind(), error.attempts()), (rt::ErrorKind::Protocol, 1), "{error}");
        assert!(error.to_string().contains("the head of the response cannot be read"), "{error}");
    }
}

#[tokio::test]
async fn a_response_may_have_a_thousand_headers() {
    let head = |count| {
        let headers: String = (0..count).map(|number| format!("x-{number}: {number}\r\n")).collect();
        Step::Answer(format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\n{{}}").into())
    };
    let server = Server::start([head(999)]).await;
    client(&server).things(&sdk::GET).await.expect("a response");
    let server = Server::start([head(1_000)]).await;
    let error = client(&server).things(&sdk::GET).await.expect_err("too many headers");
    assert_eq!((error.kind(), error.attempts()), (rt::ErrorKind::Protocol, 1), "{error}");
    let server = Server::start([head(5)]).await;
    let builder = sdk::builder().max_response_headers(3).base_url(&server.url);
    let client: sdk::Client = builder.build().expect("a client");
    assert_eq!(client.things(&sdk::GET).await.expect_err("too many").kind(), rt::ErrorKind::Protocol);
}
