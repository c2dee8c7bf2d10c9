//! The first start on an empty folder: the server waits until the county is made in a browser, then serves it.
//!
//! Always true: the link is printed on the terminal alone; the port stays open between the two, so that the page that made
//! the county goes on without an error. Deliberately not here: the same as a command (`admin create`).

use super::CommandError;
use super::desk::keys;
use super::ready::Ready;
use crate::access::code;
use crate::config::Config;
use crate::intake::IntakeError;
use crate::metrics::Metrics;
use crate::routes::session::setup::{self, Setup};
use crate::routes::site::Site;
use crate::serve::{Door, ServeLimits, run, stop_signal};
use crate::store::contract::Store;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Serves the beginning. Gives the listener to go on with; none if the server was stopped.
pub async fn until_founded(
    store: Arc<dyn Store>,
    config: &Config,
    listener: TcpListener,
    address: SocketAddr,
) -> Result<Option<TcpListener>, CommandError> {
    let unusable = |source| CommandError::Listen { address, source };
    // The county's keys are there before the county is: whoever may not write the folder hears of it now.
    keys(&config.data)?;
    let (text, issued) = code::issue("setup", Vec::new(), 0, 0).map_err(IntakeError::from)?;
    let (done, founded) = oneshot::channel();
    let site = Site::new(&config.own_url(address));
    let listener = listener.into_std().map_err(unusable)?;
    let again = listener.try_clone().map_err(unusable)?;
    let link = site.setup_link(&text);
    let ready = Ready { listen: address, workbench: link.clone(), phones: Vec::new(), api_token: String::new() };
    ready.announce(
        config.json,
        &format!(
            "文件夹是空的。打开这个链接建县 / The folder is empty. Open this link to make the county:\n\n  {link}\n"
        ),
    )?;
    let door = Door::open(ServeLimits::default(), config.tls.as_ref(), Arc::new(Metrics::default()))?;
    let stop = stop_signal()?;
    let mut is_founded = false;
    let ended = async {
        tokio::select! {
            () = stop => {}
            told = founded => is_founded = told.is_ok(),
        }
    };
    let setup = Arc::new(Setup::new(store, issued.digest, done));
    let listener = TcpListener::from_std(listener).map_err(unusable)?;
    run(listener, warp::service(setup::before(setup, &site)), door, ended).await;
    if is_founded { TcpListener::from_std(again).map(Some).map_err(unusable) } else { Ok(None) }
}
