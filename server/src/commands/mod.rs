//! What the binary can do: one file a command, and what commands share.
//!
//! Plug in: a command is an async function of a store and its settings; what it prints for people is Chinese, then
//! English, on standard output. [`serving`] opens the door for any tree of routes.
//!
//! Always true: commands are given their store, they never choose it. Deliberately not here: rules of any room.

pub mod admin;
pub mod demo;
pub mod logging;
pub mod ready;
pub mod rebuild;
pub mod serve;
pub mod verify;

use crate::config::Config;
use crate::metrics::Metrics;
use crate::routes::problem;
use crate::serve::{Door, ServeError, ServeLimits, run, stop_signal};
use crate::store::contract::StoreError;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use warp::reply::Response;
use warp::{Filter, Rejection};

/// Why a command did not do what it was asked to. The text is for the administrator, on standard error.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The store's trouble, in its own words.
    #[error("数据文件夹出错，没有做任何改动。请按下面的说明处理后重试 / the data folder is not usable: {0}")]
    Store(#[from] StoreError),
    /// The door cannot be opened.
    #[error("{0}")]
    Serve(#[from] ServeError),
    /// The address is taken or not ours.
    #[error(
        "不能监听 {address}：请换一个地址或停掉占用它的程序 / cannot listen on {address}, take another address or stop what holds it: {source}"
    )]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's words.
        source: std::io::Error,
    },
    /// Anything else that the administrator can put right: a whole sentence, Chinese and English.
    #[error("{0}")]
    Refused(String),
}

/// Opens the door for `routes`, tells `when_ready` the address, and serves until SIGTERM or SIGINT; then drains.
pub async fn serving<R>(
    config: &Config,
    metrics: Arc<Metrics>,
    routes: R,
    when_ready: impl FnOnce(SocketAddr) -> Result<(), CommandError>,
) -> Result<(), CommandError>
where
    R: Filter<Extract = (Response,), Error = Rejection, Future: Send> + Clone + Send + Sync + Unpin + 'static,
{
    let door = Door::open(ServeLimits::default(), config.tls.as_ref(), metrics)?;
    let stop = stop_signal()?;
    let unusable = |source| CommandError::Listen { address: config.listen, source };
    let listener = TcpListener::bind(config.listen).await.map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;
    tracing::info!(%address, tls = config.tls.is_some(), "ready");
    when_ready(address)?;
    run(listener, warp::service(routes.recover(problem::recover)), door, stop).await;
    tracing::info!("stopped");
    Ok(())
}
