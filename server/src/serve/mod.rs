//! The door: accept loop, limits, TLS, and the drain at the end.
//!
//! Plug in:
//! ```text
//! let door = Door::open(ServeLimits::default(), config.tls.as_ref(), Arc::clone(&metrics))?;
//! let listener = TcpListener::bind(config.listen).await?;
//! serve::run(listener, warp::service(routes), door, serve::stop_signal()?).await;
//! ```
//! Routes find the other end's address with `warp::ext::get::<Peer>()`. An answer of type `text/event-stream` may last;
//! its stream is ended when the server stops.
//!
//! Always true: nobody holds a place without moving (`limits.rs`); once told to stop, `run` returns within the drain
//! time and a request that was being answered has been answered. Deliberately not here: what is served.

mod body;
mod connection;
mod descriptors;
mod limits;
mod pace;
#[cfg(test)]
mod tests;
mod tls;
mod watched;

pub use body::{BodyError, RequestBody};
pub use limits::ServeLimits;
pub use tls::TlsPaths;

use crate::metrics::Metrics;
use crate::routes::problem::Problem;
use hyper::Request;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower_service::Service;
use warp::reply::Response as Answer;

/// Why the door cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Certificate or key. Correct the file and start again.
    #[error("证书或私钥不能用 / certificate or key not usable: {}: {reason}", path.display())]
    Tls {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The process cannot listen for signals.
    #[error("不能接收停止信号 / cannot listen for the stop signal: {0}")]
    Signal(std::io::Error),
}

/// What can be served: `warp::service(filter)` is one.
pub trait App:
    Service<Request<RequestBody>, Response = Answer, Error = Infallible, Future: Send> + Clone + Send + Unpin + 'static
{
}

impl<S> App for S where
    S: Service<Request<RequestBody>, Response = Answer, Error = Infallible, Future: Send>
        + Clone
        + Send
        + Unpin
        + 'static
{
}

/// The other end of the connection, in the extensions of every request. Behind a proxy it is the proxy.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// What all connections share.
#[derive(Clone)]
pub struct Door {
    limits: Arc<ServeLimits>,
    tls: Option<TlsAcceptor>,
    metrics: Arc<Metrics>,
}

/// What the accept loop tells all connections.
#[derive(Debug, Clone, Default)]
struct Signal {
    /// Finish and close.
    ending: bool,
    /// How often all places were taken.
    crowded: u64,
}

impl Door {
    /// Reads the certificate, and raises the number of sockets that the process may open (or lowers the limit to it).
    pub fn open(mut limits: ServeLimits, tls: Option<&TlsPaths>, metrics: Arc<Metrics>) -> Result<Self, ServeError> {
        limits.connections_max = limits.connections_max.min(descriptors::connections_possible());
        let tls = tls.map(tls::acceptor).transpose()?;
        Ok(Self { limits: Arc::new(limits), tls, metrics })
    }
}

/// Resolves when the process is told to stop: SIGTERM or SIGINT.
pub fn stop_signal() -> Result<impl Future<Output = ()> + Send, ServeError> {
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Signal)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Serves `app` on `listener` until `shutdown` resolves, then drains.
pub async fn run<S>(listener: TcpListener, app: S, door: Door, shutdown: impl Future<Output = ()>)
where
    S: App,
{
    let door = Arc::new(door);
    let (signals, heard) = watch::channel(Signal::default());
    let places = Arc::new(Semaphore::new(door.limits.connections_max));
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((socket, peer)) => match Arc::clone(&places).try_acquire_owned() {
                    Ok(place) => {
                        let door = Arc::clone(&door);
                        connections.spawn(welcome(socket, Peer(peer), app.clone(), door, heard.clone(), place));
                    }
                    Err(_) => {
                        signals.send_modify(|signal| signal.crowded += 1);
                        turn_away(&socket, &door);
                    }
                },
                Err(error) => pause_after(&error).await,
            },
        }
    }
    drop(listener);
    drain(connections, &signals, &door).await;
}

/// One connection: handshake where there is TLS, then requests. The place is free again when this returns.
async fn welcome<S>(
    socket: TcpStream,
    peer: Peer,
    app: S,
    door: Arc<Door>,
    signals: watch::Receiver<Signal>,
    _place: OwnedSemaphorePermit,
) where
    S: App,
{
    let _open = OpenConnection::count(&door.metrics);
    // Without it small answers may wait for the other side's delayed acknowledgement. Failing that, it is only slower.
    let _ = socket.set_nodelay(true);
    let Some(tls) = door.tls.clone() else { return connection::serve(socket, peer, app, door, signals).await };
    match timeout(door.limits.handshake_time, tls.accept(socket)).await {
        Ok(Ok(socket)) => connection::serve(socket, peer, app, door, signals).await,
        Ok(Err(error)) => tracing::debug!(reason = %error, "TLS handshake failed"),
        Err(_) => door.metrics.connections_cut.add(1),
    }
}

/// Counts a connection as open for as long as it lives, however its task ends.
struct OpenConnection(Arc<Metrics>);

impl OpenConnection {
    fn count(metrics: &Arc<Metrics>) -> Self {
        metrics.connections_accepted.add(1);
        metrics.connections_open.add(1);
        Self(Arc::clone(metrics))
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        self.0.connections_open.subtract(1);
    }
}

/// All places are taken: says so, if the socket takes it at once, and closes. Under TLS closing must do.
fn turn_away(socket: &TcpStream, door: &Door) {
    door.metrics.connections_turned_away.add(1);
    door.metrics.refuse(Problem::Busy.code());
    if door.tls.is_none() {
        let body = Problem::Busy.json();
        let head = "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nconnection: close";
        let answer = format!("{head}\r\nretry-after: 5\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        let _ = socket.try_write(answer.as_bytes());
    }
}

/// Accepting fails when the process has no sockets left; trying again at once would only burn the processor.
async fn pause_after(error: &std::io::Error) {
    const PAUSE: Duration = Duration::from_millis(50);
    tracing::error!(reason = %error, "cannot accept a connection");
    tokio::time::sleep(PAUSE).await;
}

/// Tells all connections to finish, waits, and cuts what is left.
async fn drain(mut connections: JoinSet<()>, signals: &watch::Sender<Signal>, door: &Door) {
    signals.send_modify(|signal| signal.ending = true);
    tracing::info!(connections = connections.len(), "stopping: finishing what runs");
    let finished = async { while connections.join_next().await.is_some() {} };
    if timeout(door.limits.drain_time, finished).await.is_err() {
        tracing::info!(connections = connections.len(), "stopping: cutting what still runs");
        connections.shutdown().await;
    }
}
