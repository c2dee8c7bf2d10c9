//! What the binary can do: one file a command, and what commands share.
//!
//! Plug in: a command is an async function of a store and its settings; what it prints for people is Chinese, then
//! English, on standard output. [`serve_desk`] opens the door.
//!
//! Always true: commands are given their store, they never choose it. Deliberately not here: rules of any room.

pub mod admin;
pub mod bring;
mod campaign;
pub mod demo;
pub mod desk;
pub mod logging;
pub mod people;
pub mod ready;
pub mod rebuild;
pub mod serve;
pub mod setup;
pub mod verify;

use crate::config::Config;
use crate::routes::{self, site::Site};
use crate::serve::{Door, ServeError, ServeLimits, run, stop_signal};
use crate::store::contract::StoreError;
use desk::Desk;
use std::net::SocketAddr;
use tokio::net::TcpListener;

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
    /// The rooms behind the desk.
    #[error("没有完成 / not done: {0}")]
    Intake(#[from] crate::intake::IntakeError),
    /// The index cannot be brought up to the journal.
    #[error("索引跟不上日志 / the index cannot follow the journal: {0}")]
    Fold(#[from] crate::fold::FoldError),
    /// Anything else that the administrator can put right: a whole sentence, Chinese and English.
    #[error("{0}")]
    Refused(String),
}

/// A listener with its address: bound before links are made.
pub async fn listen(config: &Config) -> Result<(TcpListener, SocketAddr), CommandError> {
    let unusable = |source| CommandError::Listen { address: config.listen, source };
    let listener = TcpListener::bind(config.listen).await.map_err(unusable)?;
    let address = listener.local_addr().map_err(unusable)?;
    Ok((listener, address))
}

/// Serves the desk until SIGTERM or SIGINT, then drains and closes; ends with an error if the projector does.
pub async fn serve_desk(
    config: &Config,
    listener: TcpListener,
    mut desk: Desk,
    site: &Site,
) -> Result<(), CommandError> {
    let door = Door::open(ServeLimits::default(), config.tls.as_ref(), desk.intake.metrics.clone())?;
    let stop = stop_signal()?;
    let mut failure = None;
    let ended = async {
        tokio::select! {
            () = stop => {}
            reason = &mut desk.projector.failed => failure = Some(reason.unwrap_or_default()),
        }
    };
    run(listener, warp::service(routes::all(&desk.intake, site)), door, ended).await;
    tracing::info!("stopped");
    match failure {
        None => desk.close(),
        Some(reason) => Err(CommandError::Refused(format!(
            "存储出错，已停止；重新启动会从日志恢复 / storage failed, stopped; a restart recovers from the journal: {reason}"
        ))),
    }
}
