//! `zoufang serve`: the real thing. No demo data ever appears here.
//!
//! Always true: an empty folder is not served; the administrator is told how to make the first one of them.
//! Deliberately not here: the door (`serve`), rules.

use super::desk::Desk;
use super::ready::Ready;
use super::{CommandError, listen, serve_desk};
use crate::config::Config;
use crate::metrics::Metrics;
use crate::routes::site::Site;
use crate::store::contract::Store;
use std::sync::Arc;

/// Serves until told to stop.
pub async fn serve(store: Arc<dyn Store>, config: Config) -> Result<(), CommandError> {
    if store.last() == 0 {
        return Err(CommandError::Refused(first_administrator(&config)));
    }
    let (listener, address) = listen(&config).await?;
    let desk = Desk::open(store, &config.data, Arc::new(Metrics::default()))?;
    desk.intake.bring_missing_lists().await?;
    desk.intake.bring_lists().await?;
    let url = config.own_url(address);
    let ready = Ready { listen: address, workbench: String::new(), phones: Vec::new(), api_token: String::new() };
    ready.announce(config.json, &format!("走访服务器已就绪 / Zoufang is ready: {url}"))?;
    serve_desk(&config, listener, desk, &Site::new(&url)).await
}

fn first_administrator(config: &Config) -> String {
    format!(
        "数据文件夹是空的。请先建立第一位管理员，再启动服务器：\
         \nThe data folder is empty. Make the first administrator, then start the server:\n\n  \
         zoufang admin create --data {} --county 区划代码 --county-name 县名 --person 姓名 --public-url {}\n",
        config.data.display(),
        config.own_url(config.listen),
    )
}
