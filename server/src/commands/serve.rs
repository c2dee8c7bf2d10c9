//! `zoufang serve`: the real thing. No demo data ever appears here.
//!
//! Always true: an empty folder is served too, and the administrator is told how to make the first one of them.
//! Deliberately not here: the door (`serve`), rules.

use super::ready::Ready;
use super::{CommandError, serving};
use crate::config::Config;
use crate::metrics::Metrics;
use crate::routes::{app, probes};
use crate::store::contract::Store;
use std::net::SocketAddr;
use std::sync::Arc;
use warp::Filter;

/// Serves until told to stop.
pub async fn serve(store: Arc<dyn Store>, config: Config) -> Result<(), CommandError> {
    let metrics = Arc::new(Metrics::default());
    let watched = Arc::clone(&store);
    let trouble = move || watched.trouble().map(|trouble| trouble.to_string());
    let routes = probes::routes(Arc::clone(&metrics), trouble).or(app::routes()).unify();
    serving(&config, metrics, routes, |address| welcome(store.as_ref(), &config, address)).await
}

fn welcome(store: &dyn Store, config: &Config, address: SocketAddr) -> Result<(), CommandError> {
    let ready = Ready { listen: address, workbench: String::new(), phones: Vec::new(), api_token: String::new() };
    let url = config.own_url(address);
    let mut words = format!("走访服务器已就绪 / Zoufang is ready: {url}");
    if store.last() == 0 {
        words.push_str(&first_administrator(config, &url));
    }
    ready.announce(config.json, &words)
}

fn first_administrator(config: &Config, url: &str) -> String {
    format!(
        "\n\n数据文件夹是空的。请先停止服务器，再建立第一位管理员：\
         \nThe data folder is empty. Stop the server, then make the first administrator:\n\n  \
         zoufang admin create --data {} --county 区划代码 --county-name 县名 --person 姓名 --public-url {url}\n",
        config.data.display()
    )
}
