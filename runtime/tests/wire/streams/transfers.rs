//! Downloads that break off, and the progress of transfers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sdk_runtime as rt;

use rt::{Bytes, Call, Client, Download, Error, ErrorKind, Method, RetryPolicy, TimeoutKind, Upload};

use crate::sdk;
use crate::server::{Server, Step, with_headers};

const ETAG: &str = "etag: \"1\"\r\n";

/// Announces ten bytes, sends this start of them and closes the connection.
fn broken(headers: &str, start: &str) -> Step {
    Step::Cut(format!("HTTP/1.1 200 OK\r\n{headers}content-length: 10\r\n\r\n{start}").into_bytes())
}

fn part(range: &str, headers: &str, body: &str) -> Step {
    let length = body.len();
    Step::Answer(
        format!(
            "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes {range}\r\n{headers}content-length: {length}\r\n\r\n{body}"
        )
        .into_bytes(),
    )
}

fn client(server: &Server) -> Client {
    let policy = RetryPolicy::default().base(Duration::from_millis(1));
    sdk::builder().retry(policy).base_url(&server.url).build().expect("a client").0
}

fn call(server: &Server) -> Call<Download> {
    client(server).request(Method::GET, "/file").send_download().resuming(3)
}

async fn download(server: &Server) -> Result<Bytes, Error> {
    call(server).await.expect("a response").bytes().await
}

#[tokio::test]
async fn a_broken_download_is_resumed_where_it_broke_off() {
    let server = Server::start([
        broken(ETAG, "0123"),
        Step::Cut(
            b"HTTP/1.1 206 Partial Content\r\ncontent-range: bytes 4-9/10\r\ncontent-length: 6\r\n\r\n45"
                .to_vec(),
        ),
        part("6-9/10", ETAG, "6789"),
    ])
    .await;
    assert_eq!(download(&server).await.expect("all bytes"), "0123456789");
    let got = server.got();
    let sent = |name: &str| got.iter().map(|got| got.header(name).map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(sent("range"), [None, Some("bytes=4-".to_owned()), Some("bytes=6-".to_owned())]);
    assert_eq!(sent("if-range"), [None, Some("\"1\"".to_owned()), Some("\"1\"".to_owned())]);
    assert_eq!(got[0].header("accept-encoding"), Some("identity"));
    assert!(got.iter().all(|got| got.header("authorization") == Some("Bearer t0ken")));
}

#[tokio::test]
async fn a_date_tells_the_rest_unless_it_is_of_the_same_second() {
    let changed = "last-modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    let server = Server::start([
        broken(&format!("{changed}date: Sun, 06 Nov 1994 08:49:39 GMT\r\n"), "0123"),
        part("4-9/10", "", "456789"),
        broken(&format!("{changed}date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), "0123"),
    ])
    .await;
    assert_eq!(download(&server).await.expect("all bytes"), "0123456789");
    assert_eq!(server.got()[1].header("if-range"), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    let error = download(&server).await.expect_err("a validator that says too little");
    assert!(error.to_string().contains("no strong `etag`"), "{error}");
}

#[tokio::test]
async fn a_download_of_which_nothing_came_starts_again() {
    let server =
        Server::start([broken("", ""), with_headers("200 OK", &[("etag", "\"2\"")], "another")]).await;
    let mut download = call(&server).await.expect("a response");
    assert_eq!(download.next().await.expect("a piece").expect("bytes"), "another");
    assert!(download.next().await.is_none());
    assert_eq!(download.length(), Some(7));
    assert_eq!(server.got()[1].header("range"), None);
}

#[tokio::test]
async fn a_resumption_may_wait_for_any_time() {
    let server = Server::start([broken(ETAG, "0123")]).await;
    let policy = RetryPolicy::default().base(Duration::MAX).max_wait(Duration::MAX);
    let mut download = call(&server).retry(policy).await.expect("a response");
    assert_eq!(download.next().await.expect("a piece").expect("bytes"), "0123");
    tokio::time::timeout(Duration::from_millis(50), download.next()).await.expect_err("it waits");
}

#[tokio::test]
async fn a_download_without_a_strong_validator_is_not_resumed() {
    for headers in ["", "etag: W/\"1\"\r\nlast-modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n"] {
        let server = Server::start([broken(headers, "0123")]).await;
        let error = download(&server).await.expect_err("a lost connection");
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert!(error.to_string().contains("no strong `etag`"), "{error}");
        assert_eq!(server.got().len(), 1);
    }
}

#[tokio::test]
async fn a_rest_that_does_not_continue_the_download_is_an_error() {
    let all = with_headers("200 OK", &[("etag", "\"2\"")], "abcdefghij");
    let zipped = part("4-9/10", "content-encoding: gzip\r\n", "456789");
    for (rest, reason) in [
        (all, "all of it again"),
        (part("4-9/10", "etag: \"2\"\r\n", "456789"), "has changed"),
        (part("5-9/10", ETAG, "56789"), "another part"),
        (part("4-11/12", ETAG, "456789ab"), "length has changed"),
        (zipped, "content encoding `gzip`"),
    ] {
        let server = Server::start([broken(ETAG, "0123"), rest]).await;
        let error = download(&server).await.expect_err("another state");
        assert_eq!(error.kind(), ErrorKind::Decoding);
        assert!(error.to_string().contains(reason), "{error}");
        let lost = std::error::Error::source(&error).and_then(|lost| lost.downcast_ref::<Error>());
        assert_eq!(lost.map(Error::kind), Some(ErrorKind::Connection), "{error:?}");
    }
}

#[tokio::test]
async fn a_download_is_resumed_only_so_often() {
    let steps = [
        broken(ETAG, "0123"),
        Step::Cut(
            b"HTTP/1.1 206 Partial Content\r\ncontent-range: bytes 4-9/10\r\ncontent-length: 6\r\n\r\n"
                .to_vec(),
        ),
    ];
    let server = Server::start(steps).await;
    let error = download(&server).await.expect_err("a lost connection");
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert_eq!(server.got().len(), 4);
}

#[tokio::test]
async fn a_rest_in_several_parts_is_requested_up_to_the_end() {
    let server =
        Server::start([broken(ETAG, "0123"), part("4-5/10", ETAG, "45"), part("6-9/10", ETAG, "6789")]).await;
    assert_eq!(download(&server).await.expect("all bytes"), "0123456789");
    assert_eq!(server.got()[2].header("range"), Some("bytes=6-"));
}

#[tokio::test]
async fn a_part_that_the_caller_asked_for_is_resumed_within_its_bounds() {
    let start = b"HTTP/1.1 206 Partial Content\r\netag: \"1\"\r\ncontent-range: bytes 100-109/1000\r\ncontent-length: 10\r\n\r\n0123";
    let server = Server::start([Step::Cut(start.to_vec()), part("104-109/1000", ETAG, "456789")]).await;
    let call = client(&server).request(Method::GET, "/file").extra_header("range", "bytes=100-109");
    let download = call.send_download().resuming(1).await.expect("a response");
    assert_eq!(download.bytes().await.expect("all bytes"), "0123456789");
    assert_eq!(server.got()[1].header("range"), Some("bytes=104-109"));
}

#[tokio::test]
async fn a_download_that_lacks_only_its_end_mark_is_complete() {
    let chunked = format!("HTTP/1.1 200 OK\r\n{ETAG}transfer-encoding: chunked\r\n\r\n4\r\n0123\r\n");
    let none = with_headers("416 Range Not Satisfiable", &[("content-range", "bytes */4")], "{}");
    let server = Server::start([Step::Cut(chunked.into_bytes()), none]).await;
    assert_eq!(download(&server).await.expect("all bytes"), "0123");
}

#[tokio::test]
async fn a_stalled_download_is_resumed_within_the_timeout_of_the_call() {
    let stalled = format!("HTTP/1.1 200 OK\r\n{ETAG}content-length: 10\r\n\r\n0123").into_bytes();
    let server = Server::start([
        Step::Stall(stalled.clone(), Duration::from_secs(9)),
        part("4-9/10", ETAG, "456789"),
        Step::Stall(stalled, Duration::from_secs(9)),
    ])
    .await;
    let patient = call(&server).read_timeout(Duration::from_millis(50)).await.expect("a response");
    assert_eq!(patient.bytes().await.expect("all bytes"), "0123456789");
    let hasty = call(&server).read_timeout(Duration::from_millis(300)).timeout(Duration::from_millis(300));
    let error = hasty.await.expect("a response").bytes().await.expect_err("no time left");
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Call));
    assert_eq!(server.got().len(), 3);
}

#[tokio::test]
async fn a_rest_is_told_apart_on_another_origin_too() {
    let files = Server::start([broken(ETAG, "0123"), part("4-9/10", ETAG, "456789")]).await;
    let location = format!("{}/signed", files.url);
    let server = Server::start([with_headers("302 Found", &[("location", &location)], "")]).await;
    assert_eq!(download(&server).await.expect("all bytes"), "0123456789");
    let got = files.got();
    assert_eq!((got[1].header("range"), got[1].header("if-range")), (Some("bytes=4-"), Some("\"1\"")));
    assert_eq!(got[1].header("authorization"), None);
}

#[tokio::test]
async fn the_progress_of_a_download_is_reported_also_when_it_is_resumed() {
    let server = Server::start([broken(ETAG, "0123"), part("4-9/10", ETAG, "456789")]).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let download = call(&server).await.expect("a response");
    let download = download.on_progress(move |progress| {
        kept.lock().expect("no panic").push((progress.bytes, progress.total));
    });
    assert_eq!(download.bytes().await.expect("all bytes").len(), 10);
    assert_eq!(*seen.lock().expect("no panic"), [(4, Some(10)), (10, Some(10))]);
}

#[tokio::test]
async fn the_progress_of_an_upload_is_reported_for_each_attempt() {
    let server =
        Server::start([with_headers("503 Service Unavailable", &[], ""), with_headers("200 OK", &[], "")])
            .await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let upload = Upload::from("x".repeat(100_000))
        .on_progress(move |progress| kept.lock().expect("no panic").push((progress.bytes, progress.total)));
    let request = client(&server).request(Method::PUT, "/file").body("text/plain", upload);
    request.await.expect("a response");
    let attempt = [(65_536, Some(100_000)), (100_000, Some(100_000))];
    assert_eq!(*seen.lock().expect("no panic"), [attempt, attempt].concat());
    let got = server.got();
    assert_eq!((got[1].header("content-length"), got[1].body.len()), (Some("100000"), 100_000));
}
