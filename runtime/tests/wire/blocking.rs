//! Calls that block the thread (feature `blocking`): without a runtime, and inside of both kinds.

use std::io::Read;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use sdk_runtime as rt;

use rt::{Bytes, ErrorKind, RetryPolicy, Upload};

use super::numbered_tokens::NumberedTokens;
use super::sdk::{API, GET};
use super::server::{Server, Step, answer, with_headers};

static STREAM: rt::Operation =
    rt::Operation::new("stream", rt::Method::GET, "/bytes").accept("*/*").streams(&[200..=299]);
static PUT: rt::Operation =
    rt::Operation::new("put", rt::Method::PUT, "/bytes").body(rt::BodyKind::Bytes("text/plain"));

/// Starts a server on a thread of its own, since the test's may be blocked.
fn serve(steps: Vec<Step>) -> Server {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async move {
            send.send(Server::start(steps).await).unwrap_or_default();
            std::future::pending::<()>().await;
        });
    });
    receive.recv().expect("a server")
}

fn client(server: &Server) -> rt::Client {
    let builder = rt::ClientBuilder::new(&API).base_url(&*server.url).auth(NumberedTokens::default());
    let policy = RetryPolicy::default().max_attempts(2).max_wait(Duration::from_millis(1));
    builder.read_timeout(Duration::from_secs(5)).retry(policy).build().expect("a client")
}

fn get(client: &rt::Client) -> rt::Call<Bytes> {
    let mut request = client.operation(&GET);
    request.path("id", rt::Encoding::PLAIN, &"1".to_owned());
    request.send(rt::bytes)
}

/// Makes calls one after the other, one of which is tried twice.
fn make_calls(server: &Server) {
    let client = client(server);
    assert_eq!(get(&client).wait().expect("a response"), "1");
    assert_eq!(get(&client).with_response().wait().expect("a response").attempts(), 2);
    let error = get(&client).wait().expect_err("no such thing");
    assert!(error.is_not_found(), "{error}");
    // A connection may be put back a moment after the call that used it.
    assert!(server.connections() < 4);
}

fn calls() -> Vec<Step> {
    vec![
        answer("200 OK", "1"),
        answer("503 Busy", "{}"),
        answer("200 OK", "2"),
        answer("404 Not Found", "{}"),
    ]
}

#[test]
fn a_call_can_be_waited_for_without_a_runtime() {
    make_calls(&serve(calls()));
}

#[tokio::test]
async fn a_call_can_be_waited_for_inside_a_runtime_with_one_thread() {
    make_calls(&serve(calls()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_call_can_be_waited_for_inside_a_runtime_with_several_threads() {
    let server = serve(calls());
    tokio::spawn(async move { make_calls(&server) }).await.expect("the task completes");
}

/// A connection that this thread's runtime drives could not be used while it is blocked.
#[tokio::test]
async fn awaited_calls_and_those_waited_for_share_no_connection() {
    let server = serve(vec![answer("200 OK", "1")]);
    let client = client(&server);
    get(&client).await.expect("a response");
    get(&client).wait().expect("a response");
    get(&client).await.expect("a response");
    get(&client).wait().expect("a response");
    assert!(server.connections() >= 2);
}

/// Each poll of tokio's timers and sockets takes from the budget of the task around it.
#[tokio::test]
async fn many_calls_can_be_waited_for_in_one_task() {
    let server = serve(vec![answer("200 OK", "1")]);
    let client = client(&server);
    for _ in 0..300 {
        get(&client).wait().expect("a response");
    }
}

#[tokio::test]
async fn a_download_can_be_read_by_a_blocked_thread() {
    let body = "text".repeat(100_000);
    let server = serve(vec![with_headers("200 OK", &[], &body)]);
    let client = client(&server);
    let download = client.operation(&STREAM).receive(rt::download).wait().expect("a stream");
    let mut text = String::new();
    download.wait().read_to_string(&mut text).expect("the body");
    assert!(text == body);
    let pieces = client.operation(&STREAM).receive(rt::download).wait().expect("a stream").wait();
    let length: usize = pieces.map(|piece| piece.expect("bytes").len()).sum();
    assert_eq!(length, body.len());
    // A stream of a call that was awaited belongs to the runtime of this thread.
    let mut late = client.operation(&STREAM).receive(rt::download).await.expect("a stream").wait();
    let error = late.next().expect("an element").expect_err("an error");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("wait for the call too"), "{error}");
    assert!(late.next().is_none());
}

#[test]
fn events_and_lines_can_be_read_by_a_blocked_thread() {
    let events = with_headers("200 OK", &[("content-type", "text/event-stream")], "data: 1\n\ndata: 2\n\n");
    let lines = with_headers("200 OK", &[("content-type", "application/x-ndjson")], "3\n4\n");
    let client = client(&serve(vec![events, lines]));
    let call = client.operation(&STREAM).receive(rt::events::<i64>);
    let events: Vec<_> =
        call.wait().expect("a stream").wait().map(|event| event.expect("an event").data).collect();
    assert_eq!(events, [1, 2]);
    let call = client.operation(&STREAM).receive(rt::json_lines::<i64>);
    let lines: Result<Vec<_>, _> = call.wait().expect("a stream").wait().collect();
    assert_eq!(lines.expect("lines"), [3, 4]);
}

#[test]
fn a_file_can_be_sent_by_a_blocked_thread() {
    let server = serve(vec![answer("200 OK", "1")]);
    let mut request = client(&server).operation(&PUT);
    request.upload(Upload::reader(std::io::Cursor::new("contents")));
    request.send(rt::bytes).wait().expect("a response");
    assert_eq!(server.only().body, "contents");
}

/// Marks requests.
#[derive(Debug)]
struct Mark(Arc<dyn rt::Transport>);

impl rt::Transport for Mark {
    fn send(
        &self,
        mut request: http::Request<rt::Body>,
    ) -> rt::BoxFuture<'static, Result<http::Response<rt::ByteStream>, rt::TransportError>> {
        request.headers_mut().insert("x-mark", http::HeaderValue::from_static("1"));
        self.0.send(request)
    }
}

#[tokio::test]
async fn calls_that_are_waited_for_keep_wrappers_and_limit() {
    let server = serve(vec![answer("200 OK", "1")]);
    let client: rt::Client = rt::ClientBuilder::new(&API)
        .base_url(&*server.url)
        .auth(NumberedTokens::default())
        .wrap_transport(Mark)
        .max_in_flight(1)
        .build()
        .expect("a client");
    get(&client).await.expect("a response");
    get(&client).wait().expect("a response");
    assert!(server.connections() >= 2);
    assert!(server.got().iter().all(|got| got.header("x-mark") == Some("1")));
    // The place of a stream that is read on this thread is not the one that the thread would wait for.
    let stream = client.operation(&STREAM).receive(rt::download).await.expect("a stream");
    get(&client).wait().expect("a response");
    let held = client.operation(&STREAM).receive(rt::download).wait().expect("a stream");
    let error = get(&client).timeout(Duration::from_millis(50)).wait().expect_err("no place is free");
    assert!(error.is_timeout(), "{error}");
    drop((stream, held));
    get(&client).wait().expect("a response");
}
