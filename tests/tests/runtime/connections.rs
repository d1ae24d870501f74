//! The settings of the default transport: certificates, proxies, limits of connections.

use std::error::Error as _;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::FutureExt;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig, crypto::aws_lc_rs};

use super::runtime::{
    Description, Error, HttpTransport, HttpTransportBuilder, Status, TransportErrorKind,
};
use super::server::{Server, json};
use super::{GET, builder, operation};

static FILE: Description = Description {
    streams: &[(Status::Code(200), "*/*")],
    ..operation("GET", "/file")
};

/// An authority that only the tests know.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: rcgen::Certificate,
}

/// A certificate of the authority, and its key.
struct Certificate {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().expect("there are random numbers");
        let mut params = CertificateParams::new([]).expect("it has no names");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).expect("it is signed");
        Self {
            issuer: Issuer::new(params, key),
            certificate,
        }
    }

    fn pem(&self) -> String {
        self.certificate.pem()
    }

    fn certify(&self, name: &str, usage: ExtendedKeyUsagePurpose) -> Certificate {
        let key = KeyPair::generate().expect("there are random numbers");
        let mut params = CertificateParams::new([name.to_owned()]).expect("it is a name");
        params.extended_key_usages = vec![usage];
        let certificate = params.signed_by(&key, &self.issuer).expect("it is signed");
        Certificate { certificate, key }
    }
}

impl Certificate {
    /// Both in one PEM.
    fn pem(&self) -> String {
        self.certificate.pem() + &self.key.serialize_pem()
    }
}

/// Starts a server that speaks TLS, and wants certificates of clients if there is an authority for them. Returns its URL.
async fn secure(authority: &Authority, clients: Option<&Authority>) -> String {
    let Certificate { certificate, key } =
        authority.certify("localhost", ExtendedKeyUsagePurpose::ServerAuth);
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("it has some");
    let config = match clients {
        Some(clients) => {
            let mut roots = RootCertStore::empty();
            let root = clients.certificate.der().clone();
            roots.add(root).expect("it is a certificate");
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            config.with_client_cert_verifier(verifier.build().expect("there is a root"))
        }
        None => config.with_no_client_auth(),
    };
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let config = config.with_single_cert(vec![certificate.der().clone()], key.into());
    let acceptor = TlsAcceptor::from(Arc::new(config.expect("they fit")));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Ok(mut stream) = acceptor.accept(stream).await {
                    let _ = head(&mut stream).await;
                    let _ = stream.write_all(ANSWER).await;
                    let _ = stream.shutdown().await;
                }
            });
        }
    });
    format!("https://localhost:{port}")
}

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";

/// Reads the head of a request.
async fn head(stream: &mut (impl AsyncRead + Unpin)) -> std::io::Result<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        head.push(char::from(stream.read_u8().await?));
    }
    Ok(head)
}

/// Asks a server over a transport.
async fn ask(url: &str, transport: HttpTransportBuilder) -> Result<u16, Error> {
    let mut builder = builder(url);
    builder.transport(transport.build()?);
    let response = builder.build()?.call(&GET).send().await?;
    Ok(response.status())
}

fn kind(error: &Error) -> Option<TransportErrorKind> {
    match error {
        Error::Transport(failure) => Some(failure.kind()),
        _ => None,
    }
}

#[tokio::test]
async fn a_root_certificate_is_trusted() {
    let (ours, other) = (Authority::new("ours"), Authority::new("other"));
    let url = secure(&ours, None).await;
    for (roots, expected) in [
        (&[&ours][..], Ok(200)),
        (&[&other, &ours], Ok(200)),
        (&[&other], Err(Some(TransportErrorKind::Tls))),
        (&[], Err(Some(TransportErrorKind::Tls))),
    ] {
        let roots = roots.iter().copied();
        let transport = roots.fold(HttpTransport::builder(), |transport, authority| {
            transport.root_certificate(authority.pem())
        });
        let status = ask(&url, transport).await;
        assert_eq!(status.map_err(|error| kind(&error)), expected);
    }
    let bundle = other.pem() + &ours.pem();
    let transport = HttpTransport::builder().root_certificate(bundle);
    assert_eq!(ask(&url, transport).await.expect("it is trusted"), 200);
}

#[tokio::test]
async fn a_client_shows_its_certificate() {
    let [servers, clients, others] = ["servers", "clients", "others"].map(Authority::new);
    let url = secure(&servers, Some(&clients)).await;
    let usage = || ExtendedKeyUsagePurpose::ClientAuth;
    let transport = || HttpTransport::builder().root_certificate(servers.pem());
    let known = transport().client_certificate(clients.certify("client", usage()).pem());
    assert_eq!(ask(&url, known).await.expect("it is known"), 200);
    let unknown = transport().client_certificate(others.certify("client", usage()).pem());
    ask(&url, unknown).await.expect_err("nobody knows it");
    ask(&url, transport()).await.expect_err("there is none");
}

/// Whatever is wrong with a setting, it is not shown.
#[test]
fn settings_that_cannot_be_used() {
    let authority = Authority::new("ours");
    let certificate = authority.certify("client", ExtendedKeyUsagePurpose::ClientAuth);
    let broken = "-----BEGIN CERTIFICATE-----\nSECRET*\n-----END CERTIFICATE-----\n";
    let key_alone = certificate.key.serialize_pem();
    let shown = |transport: HttpTransportBuilder| {
        assert!(!format!("{transport:?}").contains("SECRET"));
        let error = transport.build().expect_err("it cannot be used");
        let mut all = format!("{error} {error:?}");
        let mut source = error.source();
        while let Some(cause) = source {
            let _ = write!(all, " {cause} {cause:?}");
            source = cause.source();
        }
        let is_secret = |text: &str| all.contains(text);
        assert!(
            !is_secret("SECRET") && !is_secret(&key_alone[30..60]),
            "{all}"
        );
        error.to_string()
    };
    let transport = HttpTransport::builder;
    let found = [
        shown(transport().root_certificate("SECRET")),
        shown(transport().root_certificate("")),
        shown(transport().root_certificate(broken)),
        shown(transport().client_certificate("SECRET")),
        shown(transport().client_certificate(certificate.certificate.pem())),
        shown(transport().client_certificate(key_alone.clone())),
        shown(transport().proxy("SECRET")),
        shown(transport().proxy("ftp://user:SECRET@proxy")),
        shown(transport().proxy("http://user:SECRET@")),
    ];
    insta::assert_snapshot!(found.join("\n"), @"
    a root certificate is not in PEM
    a root certificate is not in PEM
    a root certificate is not in PEM
    the client certificate is not a certificate with its key in PEM
    the client certificate is not a certificate with its key in PEM
    the client certificate is not a certificate with its key in PEM
    the proxy's URL cannot be read
    the proxy's URL is neither `http` nor `https`
    the proxy's URL cannot be read
    ");
}

#[test]
fn settings_that_are_used_are_not_shown() {
    let transport = HttpTransport::builder().proxy("http://user:SECRET@localhost:1");
    let transport = transport.build().expect("it is set up");
    assert_eq!(format!("{transport:?}"), "HttpTransport { .. }");
}

/// Starts a proxy that tunnels what it is asked for, and answers plain requests itself. It keeps the heads of requests.
async fn proxy() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let heads = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heads);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let kept = Arc::clone(&kept);
            tokio::spawn(async move {
                let head = head(&mut stream).await.expect("a request");
                kept.lock().expect("no test panics here").push(head.clone());
                match head.strip_prefix("CONNECT ") {
                    Some(target) => tunnel(stream, target).await,
                    None => stream.write_all(ANSWER).await.expect("somebody reads"),
                }
            });
        }
    });
    (format!("http://user:pass@{address}"), heads)
}

async fn tunnel(mut stream: impl AsyncRead + AsyncWrite + Unpin, target: &str) {
    let (target, _) = target.split_once(' ').expect("a version follows");
    let mut server = TcpStream::connect(target)
        .await
        .expect("the server is there");
    let answer = b"HTTP/1.1 200 Connection established\r\n\r\n";
    stream.write_all(answer).await.expect("somebody reads");
    let _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
}

#[tokio::test]
async fn requests_go_over_a_proxy() {
    let authority = Authority::new("ours");
    let url = secure(&authority, None).await;
    let (proxy, heads) = proxy().await;
    let transport = HttpTransport::builder().root_certificate(authority.pem());
    let direct = transport.clone().no_proxy();
    let transport = transport.proxy(proxy);
    assert_eq!(ask(&url, transport.clone()).await.expect("an answer"), 200);
    assert_eq!(
        ask("http://127.0.0.1:1", transport)
            .await
            .expect("an answer"),
        200
    );
    assert_eq!(ask(&url, direct).await.expect("an answer"), 200);
    let heads = heads.lock().expect("no test panics here").clone();
    let lines: Vec<&str> = heads.iter().filter_map(|it| it.lines().next()).collect();
    let target = url.trim_start_matches("https://");
    let connect = format!("CONNECT {target} HTTP/1.1");
    assert_eq!(lines, [&*connect, "GET http://127.0.0.1:1/get HTTP/1.1"]);
    let knows = |head: &String| {
        head.to_lowercase()
            .contains("proxy-authorization: basic dxnlcjpwyxnz")
    };
    assert!(heads.iter().all(knows), "{heads:?}");
}

#[tokio::test]
async fn a_proxy_that_refuses_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = head(&mut stream).await;
            let answer = b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n";
            let _ = stream.write_all(answer).await;
        }
    });
    let transport = HttpTransport::builder().proxy(format!("http://user:SECRET@{address}"));
    let error = ask("https://localhost:1", transport)
        .await
        .expect_err("it refuses");
    assert_eq!(kind(&error), Some(TransportErrorKind::Connect));
    assert!(!format!("{error} {error:?}").contains("SECRET"));
}

/// A server that counts connections, and the requests of each.
async fn counting() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                while head(&mut stream).await.is_ok() {
                    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                    let _ = stream.write_all(answer).await;
                }
            });
        }
    });
    (url, connections)
}

#[tokio::test]
async fn connections_are_kept_or_not() {
    let transport = HttpTransport::builder;
    for (transport, expected) in [
        (transport(), 1),
        (transport().max_idle_connections_per_host(0), 3),
        (transport().pool_idle_timeout(Duration::ZERO), 3),
    ] {
        let (url, connections) = counting().await;
        let mut builder = builder(&url);
        builder.transport(transport.build().expect("fine"));
        let client = builder.build().expect("fine");
        for _ in 0..3 {
            client.call(&GET).send().await.expect("an answer");
        }
        assert_eq!(connections.load(Ordering::SeqCst), expected);
    }
}

#[tokio::test]
async fn few_requests_are_under_way_at_once() {
    let server = Server::start(|_| json(200, "{}")).await;
    let mut builder = builder(&server.url);
    let transport = HttpTransport::builder().max_concurrent_requests(1);
    builder.transport(transport.build().expect("fine"));
    let client = builder.build().expect("fine");
    // Its body is not read yet.
    let first = client.call(&FILE).send().await.expect("an answer");
    let mut second = client.call(&GET).send();
    for _ in 0..100 {
        assert!((&mut second).now_or_never().is_none());
        tokio::task::yield_now().await;
    }
    assert_eq!(server.seen().len(), 1);
    // Who waits for too long gives up, and is no longer in the way.
    let mut third = client.call(&GET);
    third.timeout(Duration::from_millis(20));
    let error = third.send().await.expect_err("it is not its turn");
    assert!(error.is_timeout() && !error.is_connect());
    drop(first);
    assert_eq!(second.await.expect("its turn").status(), 200);
    // A body that is read to its end is out of the way, too, though somebody holds it.
    let body = client.call(&FILE).send().await.expect("an answer");
    let mut body = body.body::<()>().expect("it is a file").into_body();
    while let Some(chunk) = body.next().await {
        chunk.expect("it is complete");
    }
    client.call(&GET).send().await.expect("its turn");
    assert_eq!(server.seen().len(), 4);
}
