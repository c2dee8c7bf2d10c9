//! `zoufang serve`: the real thing. No demo data ever appears here.
//!
//! Always true: on an empty folder it waits until the county is made (`setup`), then goes on as with any other.
//! Deliberately not here: the door (`serve`), rules.

use super::desk::Desk;
use super::ready::Ready;
use super::setup::until_founded;
use super::{CommandError, listen, serve_desk};
use crate::config::Config;
use crate::metrics::Metrics;
use crate::routes::site::Site;
use crate::store::contract::Store;
use std::sync::Arc;

/// Serves until told to stop.
pub async fn serve(store: Arc<dyn Store>, config: Config) -> Result<(), CommandError> {
    let (mut listener, address) = listen(&config).await?;
    let is_new = store.last() == 0;
    if is_new {
        match until_founded(store.clone(), &config, listener, address).await? {
            Some(again) => listener = again,
            None => return Ok(()),
        }
    }
    let desk = Desk::open(store, &config.data, Arc::new(Metrics::default()))?;
    desk.intake.bring_missing_lists().await?;
    desk.intake.bring_lists().await?;
    let url = config.own_url(address);
    let ready = Ready { listen: address, workbench: String::new(), phones: Vec::new(), api_token: String::new() };
    // Whoever reads the one line of JSON has had it.
    if !(is_new && config.json) {
        ready.announce(config.json, &format!("走访服务器已就绪 / Zoufang is ready: {url}"))?;
    }
    serve_desk(&config, listener, desk, &Site::new(&url)).await
}
