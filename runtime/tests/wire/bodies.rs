//! Responses that are compressed, too large, or empty; large requests.

use std::io::Write;

use sdk_runtime as rt;

use super::sdk;
use super::server::{Server, Step, answer};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn compressed(body: &[u8]) -> Step {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    Step::Answer([head.as_bytes(), body].concat())
}

fn client(server: &Server) -> sdk::Client {
    sdk::builder().base_url(&server.url).max_buffer(1024 * 1024).build().expect("a client")
}

#[tokio::test]
async fn a_compressed_response_is_decompressed() {
    let server = Server::start([compressed(&gzip(br#"{"a":1}"#))]).await;
    assert_eq!(client(&server).things(&sdk::GET).await.expect("a response")["a"], 1);
    assert_eq!(server.only().header("accept-encoding"), Some("gzip, br, zstd"));
}

fn coded(coding: &str, body: &[u8]) -> Step {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: {coding}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    Step::Answer([head.as_bytes(), body].concat())
}

#[tokio::test]
async fn all_members_of_a_compressed_body_are_read() {
    let members = [gzip(br#"{"a":"#), gzip(b""), gzip(b"1}")].concat();
    let server = Server::start([coded("gzip", &members)]).await;
    assert_eq!(client(&server).things(&sdk::GET).await.expect("a response")["a"], 1);
    for behind in [&b"\0\0"[..], b"more", &gzip(b"x")[..8]] {
        let server = Server::start([coded("gzip", &[&members, behind].concat())]).await;
        let error = client(&server).things(&sdk::GET).await.expect_err("bytes behind the end");
        assert_eq!(error.kind(), rt::ErrorKind::Decoding, "{error}");
    }
}

#[tokio::test]
async fn a_compressed_stream_is_handed_over_as_it_comes() {
    let text = &b"data: {}\n\n"[..];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(text).and_then(|()| gzip.flush()).expect("memory takes it");
    let mut zstandard = zstd::Encoder::new(Vec::new(), 1).expect("an encoder");
    zstandard.write_all(text).and_then(|()| zstandard.flush()).expect("memory takes it");
    for (coding, piece) in [("gzip", gzip.get_ref()), ("zstd", zstandard.get_ref())] {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\n\r\n");
        let pause = std::time::Duration::from_secs(5);
        let server = Server::start([Step::Stall([head.as_bytes(), piece].concat(), pause)]).await;
        let request = client(&server).0.request(rt::Method::GET, "/events");
        let mut download = request.send_download().await.expect("a response");
        let first = download.next().await.expect("a piece").expect("no timeout");
        assert_eq!(first, text, "{coding}");
    }
}

#[tokio::test]
async fn names_of_content_codings_are_case_insensitive() {
    for coding in ["GZIP", "x-gzip", "identity, gzip", "Gzip , identity"] {
        let server = Server::start([coded(coding, &gzip(br#"{"a":1}"#))]).await;
        assert_eq!(client(&server).things(&sdk::GET).await.expect("a response")["a"], 1, "{coding}");
    }
    let server = Server::start([coded("gzip, gzip", &gzip(&gzip(br#"{"a":1}"#)))]).await;
    assert_eq!(client(&server).things(&sdk::GET).await.expect("a response")["a"], 1);
}

#[tokio::test]
async fn a_content_coding_that_nobody_decodes_is_an_error_that_names_it() {
    let server = Server::start([coded("gzip, snappy", b"compressed")]).await;
    let error = client(&server).things(&sdk::GET).await.expect_err("an unknown coding");
    assert_eq!(error.kind(), rt::ErrorKind::Decoding);
    assert!(error.to_string().contains("the content encoding `snappy`"), "{error}");
    assert_eq!(error.raw_body().map(|body| &body[..]), Some(&b"compressed"[..]));
    // A caller who asks for it decodes it.
    let request = client(&server).0.request(rt::Method::GET, "/x").extra_header("accept-encoding", "snappy");
    assert_eq!(request.await.expect("a response"), "compressed");
}

#[tokio::test]
async fn brotli_and_zstandard_are_read_with_their_features() {
    let brotli = [11, 3, 128, 123, 34, 97, 34, 58, 49, 125, 3];
    let zstandard = zstd::encode_all(&br#"{"a":1}"#[..], 0).expect("memory takes it");
    for (coding, body) in [("br", &brotli[..]), ("zstd", &zstandard)] {
        let server = Server::start([coded(coding, body)]).await;
        assert_eq!(client(&server).things(&sdk::GET).await.expect("a response")["a"], 1, "{coding}");
        assert_eq!(server.only().header("accept-encoding"), Some("gzip, br, zstd"));
        let server = Server::start([coded(coding, &body[..body.len() - 4])]).await;
        let error = client(&server).things(&sdk::GET).await.expect_err("a part");
        assert_eq!(error.kind(), rt::ErrorKind::Decoding, "{coding}: {error}");
    }
}

#[tokio::test]
async fn a_gzip_bomb_is_an_error_in_bounded_memory() {
    // 64 MiB, compressed to 64 KiB.
    let bomb = gzip(&vec![b' '; 64 * 1024 * 1024]);
    assert!(bomb.len() < 128 * 1024);
    let server = Server::start([compressed(&bomb)]).await;
    let error = client(&server).things(&sdk::GET).await.expect_err("too large");
    assert_eq!(error.kind(), rt::ErrorKind::TooLarge);
    assert!(error.raw_body().is_some_and(|body| body.len() <= 64 * 1024));
    assert!(error.to_string().contains("larger than 1048576 bytes"), "{error}");
}

#[tokio::test]
async fn a_body_announced_as_too_large_is_not_read() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n";
    let server = Server::start([Step::Stall(head.into(), std::time::Duration::from_secs(5))]).await;
    let error = client(&server).things(&sdk::GET).await.expect_err("too large");
    assert_eq!(error.kind(), rt::ErrorKind::TooLarge);
}

#[tokio::test]
async fn invalid_compression_is_a_decoding_error() {
    let whole = gzip(br#"{"a":1}"#);
    let mut wrong = whole.clone();
    let place = wrong.len() - 6;
    wrong[place] ^= 0xff;
    for body in [b"no gzip at all", &wrong[..], &whole[..20]] {
        let server = Server::start([compressed(body)]).await;
        let error = client(&server).things(&sdk::GET).await.expect_err("invalid gzip");
        assert_eq!(error.kind(), rt::ErrorKind::Decoding);
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        assert!(
            error.to_string().contains("the response could not be decoded: the body cannot be decompressed"),
            "{error}"
        );
    }
    // A lost connection is not invalid compression.
    let Step::Answer(bytes) = compressed(&whole) else { return };
    let server = Server::start([Step::Cut(bytes[..bytes.len() - 10].to_vec())]).await;
    let error = client(&server).things(&sdk::GET).await.expect_err("a lost connection");
    assert_eq!(error.kind(), rt::ErrorKind::Connection, "{error:?}");
}

#[tokio::test]
async fn responses_without_a_body_are_empty() {
    let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 5\r\n\r\n";
    let server = Server::start([Step::Answer(head.into()), answer("200 OK", "{}")]).await;
    let client = client(&server);
    let value = client.0.request(rt::Method::HEAD, "/x").await.expect("a response");
    assert!(value.is_empty());
    client.things(&sdk::GET).await.expect("a response on the same connection");
    assert_eq!(server.connections(), 1);
    for status in ["204 No Content", "304 Not Modified"] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-encoding: gzip\r\n\r\n");
        let server = Server::start([Step::Answer(head.into_bytes())]).await;
        let outcome = self::client(&server).0.request(rt::Method::GET, "/x").await;
        match outcome {
            Ok(value) => assert!(value.is_empty()),
            Err(error) => assert!(error.is_not_modified(), "{error}"),
        }
    }
}

/// It is sent in chunks, so that its progress is visible.
#[tokio::test]
async fn a_large_body_in_memory_is_sent_whole() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let body = "0123456789".repeat(30_000);
    let request = client(&server).0.request(rt::Method::POST, "/x").body("text/plain", body.clone());
    request.await.expect("a response");
    let got = server.only();
    assert_eq!((got.header("content-length"), got.header("transfer-encoding")), (Some("300000"), None));
    assert_eq!(got.body, body);
}
