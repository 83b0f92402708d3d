//! Ways to the server that a user chooses: addresses, Unix sockets, SOCKS proxies, client certificates, pools.

use std::sync::Arc;
use std::time::Duration;

use sdk_runtime as rt;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::sdk;
use super::server::{Server, answer, read};

const ROOT: &[u8] = include_bytes!("tls/root.pem");
const CERTIFICATE: &str = include_str!("tls/server.pem");
const KEY: &str = include_str!("tls/server_key.pem");
/// A certificate for clients, which is its own root.
const CLIENT: &str = include_str!("tls/client.pem");
const CLIENT_KEY: &str = include_str!("tls/client_key.pem");
const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

fn port(server: &Server) -> u16 {
    server.url.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port")
}

#[tokio::test]
async fn a_host_can_have_addresses_of_its_own() {
    let server = Server::start([answer("200 OK", "{}")]).await;
    let client: sdk::Client = sdk::builder()
        .no_proxy()
        .resolve("origin.example.com", [([127, 0, 0, 1], 0).into()])
        .base_url(format!("http://origin.example.com:{}", port(&server)))
        .build()
        .expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    assert_eq!(server.only().header("host"), Some(&*format!("origin.example.com:{}", port(&server))));
}

#[cfg(unix)]
#[tokio::test]
async fn a_unix_socket_takes_the_place_of_a_host() {
    let path = std::env::temp_dir().join(format!("sdk-runtime-{}.sock", std::process::id()));
    std::fs::remove_file(&path).unwrap_or_default();
    let listener = tokio::net::UnixListener::bind(&path).expect("a socket");
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let got = read(&mut stream).await.expect("a request");
        stream.write_all(ANSWER).await.expect("a written answer");
        got
    });
    let builder = sdk::builder().no_proxy().unix_socket(&path).base_url("http://daemon.example.com");
    let client: sdk::Client = builder.build().expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    let got = served.await.expect("no panic");
    assert_eq!(got.header("host"), Some("daemon.example.com"));
    std::fs::remove_file(&path).expect("the socket is there");
}

#[tokio::test]
async fn a_socks_proxy_forwards_requests() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let proxy = format!("socks5h://{}", listener.local_addr().expect("an address"));
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).await.expect("a greeting");
        stream.write_all(&[5, 0]).await.expect("a chosen method");
        // Version, command, reserved, type of the address, length of the name.
        let mut head = [0; 5];
        stream.read_exact(&mut head).await.expect("a request of the proxy");
        let mut target = vec![0; usize::from(head[4]) + 2];
        stream.read_exact(&mut target).await.expect("a target");
        stream.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).await.expect("a written reply");
        let got = read(&mut stream).await.expect("a request");
        stream.write_all(ANSWER).await.expect("a written answer");
        (target, got)
    });
    let builder = sdk::builder().proxy(rt::Proxy::new(proxy)).base_url("http://origin.example.com:81");
    let client: sdk::Client = builder.build().expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    let (target, got) = served.await.expect("no panic");
    assert_eq!(target, [b"origin.example.com", &81_u16.to_be_bytes()[..]].concat());
    assert_eq!(got.line, "GET /things/1 HTTP/1.1");
}

#[tokio::test]
async fn a_client_certificate_is_presented() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates([
        CertificateDer::from_pem_slice(CLIENT.as_bytes()).expect("a certificate")
    ]);
    let verifier =
        rustls::server::WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .expect("a verifier");
    let chain = CertificateDer::pem_slice_iter(CERTIFICATE.as_bytes()).collect::<Result<_, _>>();
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS")
        .with_client_cert_verifier(verifier)
        .with_single_cert(
            chain.expect("a certificate"),
            PrivateKeyDer::from_pem_slice(KEY.as_bytes()).expect("a key"),
        )
        .expect("the key fits");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let served = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let chain = stream.get_ref().1.peer_certificates().map(<[_]>::len);
            if read(&mut stream).await.is_none() {
                continue;
            }
            stream.write_all(ANSWER).await.expect("a written answer");
            return chain;
        }
    });
    let builder = || {
        sdk::builder()
            .no_proxy()
            .root_certificate(ROOT)
            .resolve("origin.example.com", [([127, 0, 0, 1], port).into()])
            .base_url(format!("https://origin.example.com:{port}"))
            .retry(rt::RetryPolicy::none())
    };
    let client: sdk::Client = builder().build().expect("a client");
    client.things(&sdk::GET).await.expect_err("the server wants a certificate");
    let client: sdk::Client = builder().client_certificate(CLIENT, CLIENT_KEY).build().expect("a client");
    client.things(&sdk::GET).await.expect("a response");
    assert!(served.await.expect("no panic").is_some_and(|length| length > 0));
    for (certificate, key, wrong) in
        [("nothing", CLIENT_KEY, "certificate is not"), (CLIENT, "nothing", "the key")]
    {
        let outcome: Result<sdk::Client, rt::Error> = builder().client_certificate(certificate, key).build();
        let error = outcome.expect_err("it cannot be read");
        assert!(error.to_string().contains(wrong), "{error}");
    }
}

#[tokio::test]
async fn idle_connections_can_be_limited_in_number_and_time() {
    let settings: [fn(sdk::Builder) -> sdk::Builder; 2] = [
        |builder| builder.max_idle_connections(0),
        |builder| builder.idle_timeout(Duration::from_millis(10)),
    ];
    for setting in settings {
        let server = Server::start([answer("200 OK", "{}")]).await;
        let client: sdk::Client = setting(sdk::builder()).base_url(&server.url).build().expect("a client");
        for _ in 0..2 {
            client.things(&sdk::GET).await.expect("a response");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(server.connections(), 2);
    }
}
