//! A server that answers every request with the same page, on threads of its own.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

/// Starts the server, and returns its URL.
pub fn start(body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            std::thread::spawn(move || serve(stream, answer.as_bytes()));
        }
    });
    url
}

fn serve(mut stream: TcpStream, answer: &[u8]) {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    stream.set_nodelay(true).expect("a socket that is open");
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        head.extend_from_slice(&buffer[..count]);
        // Requests have no body, and a connection has one request at a time.
        if head.ends_with(b"\r\n\r\n") {
            head.clear();
            if stream.write_all(answer).is_err() {
                return;
            }
        }
    }
}
