//! A loopback server that fails at random, and counts how often it acted on each request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The number of times that the server acted on each request, by its header `x-call`.
pub(crate) type Acted = Arc<Mutex<HashMap<String, u32>>>;

/// The body of a successful response.
pub(crate) const BODY: &str = r#"{"one":1,"two":2}"#;

/// Starts the server. The seed determines its failures.
pub(crate) async fn start(seed: u64) -> (String, Acted) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let acted = Acted::default();
    let kept = Arc::clone(&acted);
    tokio::spawn(async move {
        let mut chance = Chance(seed);
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            chance.next();
            tokio::spawn(serve(stream, Chance(chance.0), Arc::clone(&kept)));
        }
    });
    (url, acted)
}

/// A deterministic random number generator (Knuth's MMIX).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
}

async fn serve(mut stream: TcpStream, mut chance: Chance, acted: Acted) {
    while let Some(call) = read(&mut stream).await {
        let act = || *acted.lock().expect("no test thread panicked").entry(call.clone()).or_default() += 1;
        let ok = answer("200 OK", "", BODY);
        let (bytes, stays) = match chance.next() % 12 {
            0..=3 => {
                act();
                (ok, true)
            }
            4 => {
                act();
                (answer("500 Internal Server Error", "", "no JSON"), true)
            }
            5 => (answer("503 Service Unavailable", "retry-after: 0\r\n", ""), true),
            6 => (answer("429 Too Many Requests", "Retry-After: 0.001\r\n", r#"{"code":"slow_down"}"#), true),
            7 => {
                act();
                (String::new(), false)
            }
            8 => {
                act();
                (ok[..ok.len() / 3].to_owned(), false)
            }
            9 => {
                act();
                (ok[..ok.len() - 5].to_owned(), false)
            }
            10 => {
                act();
                ("SMTP ready\r\n\r\n".to_owned(), false)
            }
            _ => {
                act();
                // Longer than the read timeout of the client.
                tokio::time::sleep(Duration::from_millis(400)).await;
                (ok, false)
            }
        };
        if stream.write_all(bytes.as_bytes()).await.is_err() || !stays {
            return;
        }
    }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len())
}

/// Reads one request, and returns the value of its header `x-call`.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    let mut buffer = [0; 2048];
    loop {
        let count = stream.read(&mut buffer).await.ok().filter(|count| *count > 0)?;
        text.extend_from_slice(&buffer[..count]);
        let Some(end) = text.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&text[..end]).into_owned();
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let length: usize = header("content-length:").map_or(0, |length| length.parse().expect("a length"));
        if text.len() >= end + 4 + length {
            return Some(header("x-call:").expect("every call has a name").to_owned());
        }
    }
}
