//! A loopback server that follows a script and records requests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The server's action on one request.
#[derive(Clone, Debug)]
pub enum Step {
    /// Responds with these bytes.
    Answer(Vec<u8>),
    /// Responds with these bytes and closes the connection.
    Cut(Vec<u8>),
    /// Responds with these bytes, then stalls for this long.
    Stall(Vec<u8>, Duration),
    /// Responds with these bytes, each after a pause.
    Drip(Vec<u8>, Duration),
}

/// A received request.
#[derive(Clone, Debug, Default)]
pub struct Got {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Got {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(set, _)| set.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

pub struct Server {
    pub url: String,
    got: Arc<Mutex<Vec<Got>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server that takes one step for each request, and repeats the last one.
    pub async fn start(steps: impl IntoIterator<Item = Step>) -> Self {
        Self::listen(TcpListener::bind("127.0.0.1:0").await.expect("a free port"), steps)
    }

    /// Like [`Server::start`], with a listener of the caller.
    pub fn listen(listener: TcpListener, steps: impl IntoIterator<Item = Step>) -> Self {
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let got = Arc::new(Mutex::new(Vec::new()));
        let mut steps: Vec<Step> = steps.into_iter().collect();
        steps.reverse();
        let (script, kept) = (Arc::new(Mutex::new(steps)), Arc::clone(&got));
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&kept)));
            }
        });
        Self { url, got, connections }
    }

    /// Returns all requests so far.
    pub fn got(&self) -> Vec<Got> {
        self.got.lock().expect("no test thread panicked").clone()
    }

    /// Returns the number of connections so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Returns the only request.
    pub fn only(&self) -> Got {
        let got = self.got();
        assert_eq!(got.len(), 1, "{got:?}");
        got[0].clone()
    }
}

/// Makes a response with a JSON body.
pub fn answer(status: &str, body: &str) -> Step {
    with_headers(status, &[("content-type", "application/json")], body)
}

pub fn with_headers(status: &str, headers: &[(&str, &str)], body: &str) -> Step {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    Step::Answer(
        format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes(),
    )
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<Vec<Step>>>, kept: Arc<Mutex<Vec<Got>>>) {
    while let Some(got) = read(&mut stream).await {
        kept.lock().expect("no test thread panicked").push(got);
        let step = {
            let mut script = script.lock().expect("no test thread panicked");
            if script.len() > 1 { script.pop() } else { script.last().cloned() }
        };
        match step.expect("a step for the request") {
            Step::Answer(bytes) => stream.write_all(&bytes).await.unwrap_or_default(),
            Step::Cut(bytes) => {
                stream.write_all(&bytes).await.unwrap_or_default();
                return;
            }
            Step::Stall(bytes, pause) => {
                stream.write_all(&bytes).await.unwrap_or_default();
                tokio::time::sleep(pause).await;
            }
            Step::Drip(bytes, pause) => {
                for byte in bytes {
                    tokio::time::sleep(pause).await;
                    stream.write_all(&[byte]).await.unwrap_or_default();
                }
            }
        }
    }
}

pub async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Got> {
    let mut text = Vec::new();
    while !text.ends_with(b"\r\n\r\n") {
        text.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(text).ok()?;
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next()?.to_owned();
    let split = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    let headers: Vec<(String, String)> = lines.filter_map(split).collect();
    let mut got = Got { line, headers, body: String::new() };
    let length = got.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    got.body = String::from_utf8(body).ok()?;
    Some(got)
}
