//! The door against slow, large, many and stopping: raw bytes on a real socket, short limits, no sleeping.

use super::*;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use warp::{Filter, Reply};

/// A server with a route for each kind of behaviour.
struct Served {
    address: SocketAddr,
    metrics: Arc<Metrics>,
    /// A handler of `/slow` has begun.
    begun: Arc<Notify>,
    /// Lets `/slow` finish.
    finish: Arc<Notify>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

const SHORT: Duration = Duration::from_millis(100);

fn short() -> ServeLimits {
    ServeLimits { body_bytes_max: 1_000, linger_time: SHORT * 10, ..ServeLimits::default() }
}

async fn serve(limits: ServeLimits, tls: Option<&TlsPaths>) -> Served {
    let (begun, finish, metrics) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(Metrics::default()));
    let (begins, finishes) = (Arc::clone(&begun), Arc::clone(&finish));
    let count = warp::path!("count").and(crate::routes::body::whole(1 << 20)).map(|body: Bytes| body.len().to_string());
    let slow = warp::path!("slow").then(move || {
        let (begins, finishes) = (Arc::clone(&begins), Arc::clone(&finishes));
        async move {
            begins.notify_one();
            finishes.notified().await;
            "finished"
        }
    });
    let events = warp::path!("events").map(|| {
        let first = stream::iter([Ok::<_, Infallible>(warp::sse::Event::default().data("first"))]);
        warp::sse::reply(first.chain(stream::pending())).into_response()
    });
    let large = warp::path!("large").map(|| vec![7_u8; 32 * 1024 * 1024]);
    let routes = count.or(slow).or(events).or(large).recover(crate::routes::problem::recover);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let door = Door::open(limits, tls, Arc::clone(&metrics)).unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(run(listener, warp::service(routes), door, async {
        // A dropped sender stops the server as well.
        let _ = stopped.await;
    }));
    Served { address, metrics, begun, finish, stop, running }
}

/// All that the server says until it closes.
async fn rest<T: AsyncRead + Unpin>(socket: &mut T) -> String {
    let mut heard = Vec::new();
    // A reset is an end too.
    let _ = socket.read_to_end(&mut heard).await;
    String::from_utf8_lossy(&heard).into_owned()
}

/// What the server says until `mark` is in it.
async fn until<T: AsyncRead + Unpin>(socket: &mut T, mark: &str) -> String {
    let mut heard = String::new();
    while !heard.contains(mark) {
        let mut piece = [0; 4096];
        let length = socket.read(&mut piece).await.unwrap();
        assert!(length > 0, "closed before {mark:?}: {heard}");
        heard.push_str(&String::from_utf8_lossy(&piece[..length]));
    }
    heard
}

async fn say(address: SocketAddr, words: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(words.as_bytes()).await.unwrap();
    socket
}

#[tokio::test]
async fn slow_header_is_cut() {
    let served = serve(ServeLimits { header_time: SHORT, ..short() }, None).await;
    let mut socket = say(served.address, "GET /count HTTP/1.1\r\nhost: ").await;
    assert_eq!(rest(&mut socket).await, "");
    assert_eq!(served.metrics.connections_cut.get(), 1);
}

#[tokio::test]
async fn slow_body_is_cut() {
    let served = serve(ServeLimits { body_time: SHORT, ..short() }, None).await;
    let mut socket = say(served.address, "POST /count HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n1").await;
    assert_eq!(rest(&mut socket).await, "");
    assert_eq!(served.metrics.connections_cut.get(), 1);
}

#[tokio::test]
async fn idle_connection_is_closed_and_may_be_used_before() {
    let served = serve(ServeLimits { idle_time: SHORT, ..short() }, None).await;
    let mut socket = say(served.address, "POST /count HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n12").await;
    assert!(until(&mut socket, "\r\n\r\n2").await.starts_with("HTTP/1.1 200"));
    socket.write_all(b"POST /count HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\n123").await.unwrap();
    assert!(rest(&mut socket).await.ends_with("\r\n\r\n3"));
}

#[tokio::test]
async fn announced_oversized_body_is_refused_before_it_is_read() {
    let served = serve(short(), None).await;
    let mut socket = say(served.address, "POST /count HTTP/1.1\r\nhost: a\r\ncontent-length: 200000000\r\n\r\n").await;
    let heard = until(&mut socket, "too_large").await;
    assert!(heard.starts_with("HTTP/1.1 413") && heard.contains("connection: close"), "{heard}");
}

#[tokio::test]
async fn streamed_oversized_body_is_refused_while_it_comes() {
    let served = serve(short(), None).await;
    let mut socket = say(served.address, "POST /count HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n").await;
    let chunk = format!("320\r\n{}\r\n", "x".repeat(800));
    for _ in 0..50 {
        socket.write_all(chunk.as_bytes()).await.unwrap();
    }
    let heard = until(&mut socket, "too_large").await;
    assert!(heard.starts_with("HTTP/1.1 413"), "{heard}");
    assert_eq!(served.metrics.requests.get(), 1);
}

#[tokio::test]
async fn oversized_header_is_refused() {
    let served = serve(ServeLimits { header_bytes_max: 8 * 1024, ..short() }, None).await;
    let words = format!("GET /count HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(9_000));
    assert!(rest(&mut say(served.address, &words).await).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn answer_that_does_not_come_is_busy() {
    let served = serve(ServeLimits { work_time: SHORT, ..short() }, None).await;
    let mut socket = say(served.address, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let heard = until(&mut socket, "busy").await;
    assert!(heard.starts_with("HTTP/1.1 503"), "{heard}");
}

#[tokio::test]
async fn reader_that_takes_nothing_is_cut() {
    let served = serve(ServeLimits { stall_time: SHORT, ..short() }, None).await;
    let socket = say(served.address, "GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await;
    while served.metrics.connections_cut.get() == 0 || served.metrics.connections_open.get() > 0 {
        tokio::task::yield_now().await;
    }
    drop(socket);
}

#[tokio::test]
async fn crowd_is_turned_away_and_who_only_waits_makes_room() {
    let limits = ServeLimits { connections_max: 1, header_time: SHORT * 36_000, crowded_idle_time: SHORT, ..short() };
    let served = serve(limits, None).await;
    let mut waiting = TcpStream::connect(served.address).await.unwrap();
    while served.metrics.connections_open.get() == 0 {
        tokio::task::yield_now().await;
    }
    let turned_away = rest(&mut TcpStream::connect(served.address).await.unwrap()).await;
    assert!(turned_away.starts_with("HTTP/1.1 503") && turned_away.contains("\"busy\""), "{turned_away}");
    assert_eq!(rest(&mut waiting).await, "");
    while served.metrics.connections_open.get() > 0 {
        tokio::task::yield_now().await;
    }
    let mut socket = say(served.address, "POST /count HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n1").await;
    assert!(until(&mut socket, "\r\n\r\n1").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn drain_finishes_what_runs_and_ends_streams() {
    let served = serve(short(), None).await;
    let mut running = say(served.address, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    served.begun.notified().await;
    let mut events = say(served.address, "GET /events HTTP/1.1\r\nhost: a\r\n\r\n").await;
    until(&mut events, "first").await;
    served.stop.send(()).unwrap();
    assert!(rest(&mut events).await.ends_with("0\r\n\r\n"), "the stream ends in order");
    assert!(TcpStream::connect(served.address).await.is_err(), "nobody new is let in");
    served.finish.notify_one();
    assert!(rest(&mut running).await.ends_with("finished"));
    served.running.await.unwrap();
}

#[tokio::test]
async fn drain_is_bounded() {
    let served = serve(ServeLimits { drain_time: SHORT, ..short() }, None).await;
    let mut running = say(served.address, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    served.begun.notified().await;
    served.stop.send(()).unwrap();
    served.running.await.unwrap();
    assert_eq!(rest(&mut running).await, "");
    assert_eq!(served.metrics.connections_open.get(), 0);
}

#[tokio::test]
async fn tls_carries_a_request_and_a_silent_handshake_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let paths = TlsPaths { certificate: folder.path().join("cert.pem"), key: folder.path().join("key.pem") };
    std::fs::write(&paths.certificate, made.cert.pem()).unwrap();
    std::fs::write(&paths.key, made.signing_key.serialize_pem()).unwrap();
    let served = serve(ServeLimits { handshake_time: SHORT * 5, ..short() }, Some(&paths)).await;
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let mut socket = greet(served.address, roots).await;
    socket.write_all(b"POST /count HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\n\r\n1234").await.unwrap();
    assert!(until(&mut socket, "\r\n\r\n4").await.starts_with("HTTP/1.1 200"));
    assert_eq!(rest(&mut TcpStream::connect(served.address).await.unwrap()).await, "");
    assert_eq!(served.metrics.connections_cut.get(), 1);
}

async fn greet(address: SocketAddr, roots: RootCertStore) -> impl AsyncRead + AsyncWrite + Unpin {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let socket = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, socket).await.unwrap()
}

#[tokio::test]
async fn unusable_certificate_is_named_without_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let paths = TlsPaths { certificate: folder.path().join("cert.pem"), key: folder.path().join("key.pem") };
    std::fs::write(&paths.certificate, "SECRET").unwrap();
    let error = Door::open(short(), Some(&paths), Arc::default()).err().unwrap().to_string();
    assert!(error.contains("cert.pem") && !error.contains("SECRET"), "{error}");
}
