//! Peak memory of a gibibyte in each direction, measured in a process of its own.
#![cfg(target_os = "linux")]

use std::io::{self, Read, Seek, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use sdk_runtime as rt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use rt::{Bytes, Method, Upload};

static API: rt::Api = rt::Api::NONE;
static PUT: rt::Operation =
    rt::Operation::new("put", Method::PUT, "/bytes").body(rt::BodyKind::Bytes("application/octet-stream"));
static FORM: rt::Operation = rt::Operation::new("form", Method::POST, "/form")
    .body(rt::BodyKind::Multipart("multipart/form-data", &[("file", "")]));
static GET: rt::Operation =
    rt::Operation::new("get", Method::GET, "/bytes").accept("*/*").streams(&[200..=299]);

const GIBIBYTE: u64 = 1024 * 1024 * 1024;
/// The memory that may be used in addition to that before, in KiB.
const ALLOWED: u64 = 32 * 1024;
static PIECE: [u8; 128 * 1024] = [7; 128 * 1024];

/// Takes uploads of the announced length, and responds to a GET with a gibibyte.
async fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let mut buffer = vec![0; PIECE.len()];
    loop {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
        if head.starts_with("get ") {
            stream
                .write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {GIBIBYTE}\r\n\r\n").as_bytes())
                .await?;
            for _ in 0..GIBIBYTE / PIECE.len() as u64 {
                stream.write_all(&PIECE).await?;
            }
        } else {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let mut left: u64 = length.expect("a length").parse().expect("a number");
            assert!(left >= GIBIBYTE, "{head}");
            while left > 0 {
                left -= stream.read(&mut buffer).await? as u64;
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await?;
        }
    }
}

struct Pieces(u64);

impl Stream for Pieces {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let size = self.0.min(PIECE.len() as u64);
        self.0 -= size;
        // Real sources copy their bytes too.
        let piece = || Ok(Bytes::copy_from_slice(&PIECE[..usize::try_from(size).unwrap_or_default()]));
        Poll::Ready((size > 0).then(piece))
    }
}

/// A reader of a gibibyte that needs no file.
struct Sevens(u64);

impl Read for Sevens {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(GIBIBYTE - self.0).unwrap_or(usize::MAX);
        let size = buffer.len().min(left);
        buffer[..size].fill(7);
        self.0 += size as u64;
        Ok(size)
    }
}

impl Seek for Sevens {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0 = match to {
            SeekFrom::Start(place) => place,
            SeekFrom::End(place) => GIBIBYTE.saturating_add_signed(place),
            SeekFrom::Current(place) => self.0.saturating_add_signed(place),
        };
        Ok(self.0)
    }
}

/// Returns a value of `/proc/self/status` in KiB.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the status of the process");
    let value = status.lines().find_map(|found| found.strip_prefix(line)).expect("the line");
    value.trim_matches([':', ' ', '\t', 'k', 'B']).parse().expect("a number")
}

#[tokio::test]
async fn a_gibibyte_each_way_in_constant_memory() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    let client: rt::Client = rt::ClientBuilder::new(&API)
        .base_url(url)
        .read_timeout(Duration::from_secs(30))
        .build()
        .expect("a client");
    let before = memory("VmRSS");

    let started = std::time::Instant::now();
    let mut put = client.operation(&PUT);
    put.upload(Upload::stream(Pieces(GIBIBYTE)).length(GIBIBYTE));
    put.send(rt::empty).await.expect("a response");
    let up = started.elapsed();

    let mut form = client.operation(&FORM);
    form.part_file("file", Upload::reader(Sevens(0)));
    form.send(rt::empty).await.expect("a response");
    let form = started.elapsed() - up;

    let mut download = client.operation(&GET).receive(rt::download).await.expect("a response");
    let mut received = 0;
    while let Some(piece) = download.next().await {
        received += piece.expect("bytes").len() as u64;
    }
    assert_eq!(received, GIBIBYTE);
    let down = started.elapsed() - up - form;

    let peak = memory("VmHWM");
    println!(
        "{before} KiB before, {peak} KiB at the peak; up in {up:?}, from a reader in a form in {form:?}, down in {down:?}"
    );
    assert!(peak < before + ALLOWED, "{before} KiB before, {peak} KiB at the peak");
}
