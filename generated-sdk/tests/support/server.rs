//! An HTTP/1.1 server on a loopback socket that records what it is asked and can misbehave.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as it came over the wire.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: String,
    /// Path and query, escaped as they came.
    pub target: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Recorded {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in `{}`", self.body))
    }
}

/// How a connection goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Closed before the status line.
    BeforeHead,
    /// Closed in the middle of the body.
    InBody,
    /// Silent after the head.
    StallInBody,
    /// Silent before the head.
    StallBeforeHead,
}

/// What the server answers.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub fault: Option<Fault>,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), fault: None }
    }

    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
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
    pub fn start(answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
        let address = listener.local_addr().expect("the listener is bound");
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let answer = Arc::new(answer);
        let log = Arc::clone(&recorded);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                // A connection that breaks is the client's business; the test looks at the client.
                std::thread::spawn(move || serve(&stream, &*answer, &log).ok());
            }
        });
        Self { address, recorded }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.recorded.lock().expect("no test thread panicked").clone()
    }

    /// The newest request.
    pub fn last(&self) -> Recorded {
        self.requests().pop().expect("a request came")
    }
}

fn serve(
    mut stream: &TcpStream,
    answer: &dyn Fn(&Recorded) -> Reply,
    log: &Mutex<Vec<Recorded>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        log.lock().expect("no test thread panicked").push(request.clone());
        let reply = answer(&request);
        match reply.fault {
            Some(Fault::BeforeHead) => return Ok(()),
            Some(Fault::StallBeforeHead) => std::thread::sleep(Duration::from_secs(30)),
            Some(Fault::InBody | Fault::StallInBody) | None => {}
        }
        let mut head =
            format!("HTTP/1.1 {} Answer\r\ncontent-length: {}\r\n", reply.status, reply.body.len());
        for (name, value) in &reply.headers {
            head += &format!("{name}: {value}\r\n");
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        match reply.fault {
            Some(Fault::InBody) => return stream.write_all(&reply.body.as_bytes()[..reply.body.len() / 2]),
            Some(Fault::StallInBody) => {
                stream.write_all(&reply.body.as_bytes()[..reply.body.len() / 2])?;
                std::thread::sleep(Duration::from_secs(30));
            }
            Some(Fault::BeforeHead | Fault::StallBeforeHead) | None => {
                stream.write_all(reply.body.as_bytes())?
            }
        }
    }
    Ok(())
}

fn read(reader: &mut BufReader<&TcpStream>) -> std::io::Result<Option<Recorded>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut parts = line.split_whitespace();
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let (method, target) = (part(), part());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8(body).expect("the SDK sends UTF-8 here");
    Ok(Some(Recorded { method, target, headers, body }))
}
