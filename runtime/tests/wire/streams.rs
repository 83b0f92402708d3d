//! Streamed uploads and downloads, which are never in memory as a whole.

mod transfers;

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use sdk_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use rt::{Bytes, ErrorKind, Method, RetryPolicy, Upload};

use super::sdk::API;
use super::server::{Server, Step};

static PUT: rt::Operation =
    rt::Operation::new("put", Method::PUT, "/bytes").body(rt::BodyKind::Bytes("application/octet-stream"));
static FORM: rt::Operation = rt::Operation::new("form", Method::POST, "/form")
    .body(rt::BodyKind::Multipart("multipart/form-data", &[("name", ""), ("file", "")]));
static GET: rt::Operation =
    rt::Operation::new("get", Method::GET, "/bytes").accept("*/*").streams(&[200..=299]);

/// More than the buffers between a writer and an idle reader can hold, on any system.
const BETWEEN: usize = 32 * 1024 * 1024;
const PIECE: usize = 64 * 1024;

fn client(url: &str) -> rt::Client {
    let builder = rt::ClientBuilder::new(&API).base_url(url).read_timeout(Duration::from_secs(5));
    builder.retry(RetryPolicy::none()).build().expect("a client")
}

async fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    (listener, url)
}

/// Reads the head of a request.
async fn head(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    while !text.ends_with(b"\r\n\r\n") {
        text.push(stream.read_u8().await.expect("a head"));
    }
    String::from_utf8(text).expect("UTF-8")
}

/// A stream of zeros that counts the bytes that were taken.
struct Zeros {
    taken: Arc<AtomicUsize>,
    pieces: usize,
}

impl Stream for Zeros {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.pieces == 0 {
            return Poll::Ready(None);
        }
        self.pieces -= 1;
        self.taken.fetch_add(PIECE, Ordering::Relaxed);
        Poll::Ready(Some(Ok(Bytes::from_static(&[0; PIECE]))))
    }
}

fn zeros(pieces: usize) -> (Upload, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    (Upload::stream(Zeros { taken: Arc::clone(&taken), pieces }), taken)
}

/// Waits until a count stops changing, and returns it.
async fn settled(count: &AtomicUsize) -> usize {
    let mut last = 0;
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = count.load(Ordering::Relaxed);
        if now == last {
            return now;
        }
        last = now;
    }
}

#[tokio::test]
async fn a_form_of_known_lengths_has_a_content_length() {
    let server = Server::start([Step::Answer(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())]).await;
    let path = std::env::temp_dir().join(format!("sdk-runtime-wire-{}.txt", std::process::id()));
    std::fs::write(&path, "content").expect("a file");
    let mut form = client(&server.url).operation(&FORM);
    form.part_file("file", Upload::file(&path));
    form.part("name", &"a name".to_owned());
    form.send(rt::empty).await.expect("a response");
    std::fs::remove_file(&path).expect("the file");
    let got = server.only();
    let length: usize = got.header("content-length").expect("a length").parse().expect("a number");
    assert_eq!((length, got.header("transfer-encoding")), (got.body.len(), None));
    assert!(got.body.contains("\r\n\r\na name\r\n--"), "{}", got.body);
    assert!(got.body.contains(".txt\"\r\n"), "{}", got.body);
    assert!(got.body.ends_with("--\r\n"), "{}", got.body);
}

#[tokio::test]
async fn an_upload_of_unknown_length_is_chunked_and_waits_for_the_server() {
    let (listener, url) = listener().await;
    let (upload, taken) = zeros(2 * BETWEEN / PIECE);
    let mut put = client(&url).operation(&PUT);
    put.upload(upload);
    let call = tokio::spawn(put.send(rt::empty));
    let (mut stream, _) = listener.accept().await.expect("a connection");
    let head = head(&mut stream).await.to_ascii_lowercase();
    assert!(head.contains("transfer-encoding: chunked\r\n"), "{head}");
    assert!(!head.contains("content-length"), "{head}");

    let before = settled(&taken).await;
    assert!(before < BETWEEN, "{before} bytes were taken before the server read any");
    let mut received = 0;
    let mut buffer = vec![0; PIECE];
    let mut end = [0; 5];
    while end != *b"0\r\n\r\n" {
        let read = stream.read(&mut buffer).await.expect("bytes");
        assert!(read > 0, "the upload broke off after {received} bytes");
        received += read;
        let all = [&end[..], &buffer[..read]].concat();
        end.copy_from_slice(&all[all.len() - 5..]);
    }
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.expect("a response");
    call.await.expect("no panic").expect("a response");
    assert_eq!(taken.load(Ordering::Relaxed), 2 * BETWEEN);
    assert!(received > 2 * BETWEEN);
}

#[tokio::test]
async fn a_download_waits_for_its_reader_and_ends_when_dropped() {
    let (listener, url) = listener().await;
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        head(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.expect("a head");
        while stream.write_all(&[0; PIECE]).await.is_ok() {
            count.fetch_add(PIECE, Ordering::Relaxed);
        }
    });
    let mut download = client(&url).operation(&GET).receive(rt::download).await.expect("a response");
    download.next().await.expect("a chunk").expect("bytes");
    let before = settled(&written).await;
    assert!(before < BETWEEN, "{before} bytes were sent before the caller read any");
    let mut read = 0;
    while read < 2 * BETWEEN {
        read += download.next().await.expect("a chunk").expect("bytes").len();
    }
    drop(download);
    server.await.expect("the server sees the end");
}

#[tokio::test]
async fn a_lost_download_is_an_error_after_the_received_bytes() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n";
    let server = Server::start([Step::Cut(format!("{head}12345").into_bytes())]).await;
    let mut download = client(&server.url).operation(&GET).receive(rt::download).await.expect("a response");
    assert_eq!(download.length(), Some(10));
    assert_eq!(download.next().await.expect("a chunk").expect("bytes"), "12345");
    let error = download.next().await.expect("an item").expect_err("a lost connection");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Connection, Some("get")));
}

#[tokio::test]
async fn an_upload_that_ends_early_is_a_body_error() {
    let (listener, url) = listener().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut buffer = vec![0; PIECE];
        while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
    });
    let (upload, _) = zeros(3);
    let mut put = client(&url).operation(&PUT);
    put.upload(upload.length(4 * PIECE as u64));
    let error = put.send(rt::empty).await.expect_err("too short");
    assert_eq!(error.kind(), ErrorKind::Body, "{error:?}");
}

#[tokio::test]
async fn a_response_may_come_before_the_upload_ends() {
    let (listener, url) = listener().await;
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        head(&mut stream).await;
        stream.write_all(b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n").await.expect("a response");
        let mut buffer = vec![0; PIECE];
        while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
    });
    let (upload, taken) = zeros(4 * BETWEEN / PIECE);
    let mut put = client(&url).operation(&PUT);
    put.upload(upload);
    let error = put.send(rt::empty).await.expect_err("the 413");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(413));
    assert!(taken.load(Ordering::Relaxed) < 4 * BETWEEN);
}
