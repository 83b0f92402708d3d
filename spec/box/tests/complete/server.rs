//! An HTTP/1.1 server on a loopback socket that records requests and can misbehave. The tests of the committed SDK
//! (`generated-sdk/tests`) use it too.

#![allow(dead_code, reason = "each suite uses a part of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A received request.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: String,
    /// Path and query, as escaped by the client.
    pub target: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Recorded {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(set, _)| set == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in `{}`", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A failure of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Closed before the status line.
    BeforeHead,
    /// Closed in the middle of the body.
    InBody,
    /// Silent in the middle of the body.
    StallInBody,
    /// Silent before the head.
    StallBeforeHead,
}

/// A response of the server.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    fault: Option<Fault>,
}

impl Reply {
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), fault: None }
    }

    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status).header("content-type", "application/json").body(body.to_string())
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    pub fn fault(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }
}

/// A running server; it stops with the process.
pub struct Server {
    address: SocketAddr,
    recorded: Arc<Mutex<Vec<Recorded>>>,
}

impl Server {
    /// Starts a server whose reply depends on the request and on the number of requests before it.
    pub fn start(reply: impl Fn(&Recorded, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
        let address = listener.local_addr().expect("the listener is bound");
        let recorded: Arc<Mutex<Vec<Recorded>>> = Arc::default();
        let (reply, log) = (Arc::new(reply), Arc::clone(&recorded));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (reply, log) = (Arc::clone(&reply), Arc::clone(&log));
                // A lost connection shows in the client, which the test checks.
                std::thread::spawn(move || serve(&stream, &*reply, &log).ok());
            }
        });
        Self { address, recorded }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Returns all requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.recorded.lock().expect("no test thread panicked").clone()
    }

    /// Returns the newest request.
    pub fn last(&self) -> Recorded {
        self.requests().pop().expect("a request came")
    }
}

fn serve(
    stream: &TcpStream,
    reply: &dyn Fn(&Recorded, usize) -> Reply,
    log: &Mutex<Vec<Recorded>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        let before = {
            let mut log = log.lock().expect("no test thread panicked");
            log.push(request.clone());
            log.len() - 1
        };
        let reply = reply(&request, before);
        let stays_open = write(stream, &reply)?;
        if !stays_open {
            return Ok(());
        }
    }
    Ok(())
}

/// Writes a reply; returns `false` if its fault closes the connection.
fn write(mut stream: &TcpStream, reply: &Reply) -> std::io::Result<bool> {
    const STALL: Duration = Duration::from_secs(30);
    match reply.fault {
        Some(Fault::BeforeHead) => return Ok(false),
        Some(Fault::StallBeforeHead) => std::thread::sleep(STALL),
        Some(Fault::InBody | Fault::StallInBody) | None => {}
    }
    let mut head = format!("HTTP/1.1 {} Status\r\ncontent-length: {}\r\n", reply.status, reply.body.len());
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    let half = &reply.body[..reply.body.len() / 2];
    match reply.fault {
        Some(Fault::InBody) => {
            stream.write_all(half)?;
            return Ok(false);
        }
        Some(Fault::StallInBody) => {
            stream.write_all(half)?;
            std::thread::sleep(STALL);
        }
        Some(Fault::BeforeHead | Fault::StallBeforeHead) | None => stream.write_all(&reply.body)?,
    }
    Ok(true)
}

fn read(reader: &mut BufReader<&TcpStream>) -> std::io::Result<Option<Recorded>> {
    let first = line(reader)?;
    let Some((method, rest)) = first.split_once(' ') else { return Ok(None) };
    let target = rest.split(' ').next().unwrap_or_default();
    let mut headers = Vec::new();
    loop {
        let line = line(reader)?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request =
        Recorded { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() };
    if request.header("transfer-encoding") == Some("chunked") {
        while let size @ 1.. = usize::from_str_radix(&line(reader)?, 16).unwrap_or_default() {
            take(reader, size, &mut request.body)?;
            line(reader)?;
        }
        line(reader)?;
    } else if let Some(length) = request.header("content-length").and_then(|length| length.parse().ok()) {
        take(reader, length, &mut request.body)?;
    }
    Ok(Some(request))
}

fn line(reader: &mut BufReader<&TcpStream>) -> std::io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

fn take(reader: &mut BufReader<&TcpStream>, size: usize, body: &mut Vec<u8>) -> std::io::Result<()> {
    let start = body.len();
    body.resize(start + size, 0);
    reader.read_exact(&mut body[start..])
}
