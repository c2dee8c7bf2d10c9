//! Settings, read once from arguments and environment into plain structs. An argument wins over its variable.
//!
//! | variable | argument | meaning |
//! | --- | --- | --- |
//! | `ZOUFANG_DATA` | `--data` | folder of the journal and the index |
//! | `ZOUFANG_LISTEN` | `--listen` | address and port to serve on |
//! | `ZOUFANG_TLS_CERT` | `--tls-cert` | certificate chain, PEM |
//! | `ZOUFANG_TLS_KEY` | `--tls-key` | private key, PEM |
//! | `ZOUFANG_PUBLIC_URL` | `--public-url` | what phones call this server; decides all links |
//! | `ZOUFANG_LOG` | | what is logged: `info`, `debug`, `zoufang_server=debug` … |
//!
//! Always true: what is here is complete and checked when a command begins. Deliberately not here: limits
//! (`serve/limits.rs`), secrets (there are none among the settings; keys are files).

mod bring;
mod campaign;
mod people;

pub use bring::*;
pub use campaign::*;
pub use people::*;

use crate::serve::TlsPaths;
use clap::{Args, Parser, Subcommand};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

/// What was asked for on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "zoufang",
    version,
    about = "走访 · home visits that nothing loses: server, phone app and county workbench"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 正式运行服务器 / Run the server
    Serve(ServeArguments),
    /// 演示：一个虚构的县，数据由模拟手机填写 / Demo: a fictional county, filled by simulated phones
    Demo(DemoArguments),
    /// 管理员 / Administrators
    #[command(subcommand)]
    Admin(AdminCommand),
    /// 逐条核对日志是否完好 / Check every record of the journal
    Verify(DataArguments),
    /// 由日志重建索引 / Rebuild the index from the journal
    Rebuild(DataArguments),
}

/// A command that needs the data folder alone.
#[derive(Debug, Args)]
pub struct DataArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

/// `zoufang serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 监听地址 / Address and port to serve on
    #[arg(long, env = "ZOUFANG_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[command(flatten)]
    open: OpenArguments,
    /// 就绪后在标准输出打印一行 JSON / Print one JSON line on standard output when ready
    #[arg(long)]
    pub json: bool,
}

/// `zoufang demo`.
#[derive(Debug, Args)]
pub struct DemoArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR", default_value = "zoufang-data")]
    pub data: PathBuf,
    /// 监听地址 / Address and port to serve on
    #[arg(long, env = "ZOUFANG_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[command(flatten)]
    open: OpenArguments,
    /// 就绪后在标准输出打印一行 JSON / Print one JSON line on standard output when ready
    #[arg(long)]
    pub json: bool,
    /// 只有县和名册，没有走访记录 / County and roster alone, no year of visits
    #[arg(long)]
    pub empty: bool,
    /// 再加上各种差错，正确答案写入数据文件夹的 dirt.json / Add every kind of mistake, with the right answers in dirt.json
    #[arg(long, conflicts_with = "empty")]
    pub dirt: bool,
}

/// How the server is reached.
#[derive(Debug, Args)]
struct OpenArguments {
    /// 证书文件 (PEM) / Certificate chain, PEM
    #[arg(long, env = "ZOUFANG_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// 私钥文件 (PEM) / Private key, PEM
    #[arg(long, env = "ZOUFANG_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// 手机访问本服务器的网址，如 https://zoufang.example.cn / What phones call this server
    #[arg(long, env = "ZOUFANG_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    public_url: Option<String>,
}

/// `zoufang admin …`.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// 建立第一位管理员，打印登录链接 / Make the first administrator and print a sign-in link
    Create(CreateArguments),
    /// 打印新的登录链接 / Print a new sign-in link
    Link(LinkArguments),
    /// 启用一份台账文件（先停服务器） / Take a register file (stop the server first)
    Register(RegisterArguments),
    /// 写上备案编号（先停服务器） / Write the filing number (stop the server first)
    Filing(FilingArguments),
    /// 区划、名册、慰问活动（先停服务器） / Units, rosters, campaigns (stop the server first)
    #[command(flatten)]
    Bring(BringCommand),
    /// 人员、站点、手机、待收记录（先停服务器） / People, stations, phones, held work (stop the server first)
    #[command(flatten)]
    People(PeopleCommand),
}

/// `zoufang admin filing`.
#[derive(Debug, Args)]
pub struct FilingArguments {
    /// 备案编号 / Filing number
    #[arg(value_name = "NUMBER")]
    pub number: String,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

/// `zoufang admin register`.
#[derive(Debug, Args)]
pub struct RegisterArguments {
    /// 台账文件 (JSON) / Register file, JSON
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

/// `zoufang admin create`.
#[derive(Debug, Args)]
pub struct CreateArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 县级区划代码，6 位 / Division code of the county, six digits
    #[arg(long, value_name = "CODE", value_parser = county_code)]
    pub county: String,
    /// 县名 / Name of the county
    #[arg(long, value_name = "NAME")]
    pub county_name: String,
    /// 管理员姓名 / Name of the administrator
    #[arg(long, value_name = "NAME")]
    pub person: String,
    /// 手机访问服务器的网址 / What phones call this server
    #[arg(long, env = "ZOUFANG_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = LOCAL_URL)]
    pub public_url: String,
}

/// `zoufang admin link`.
#[derive(Debug, Args)]
pub struct LinkArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 姓名 / Name
    #[arg(long, value_name = "NAME")]
    pub person: String,
    /// 手机访问服务器的网址 / What phones call this server
    #[arg(long, env = "ZOUFANG_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = LOCAL_URL)]
    pub public_url: String,
}

/// Where the server is by default, for links made while it is not running.
pub const LOCAL_URL: &str = "http://127.0.0.1:8080";

/// Settings of a server, whatever it serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Folder of the journal and the index.
    pub data: PathBuf,
    /// Address and port to serve on; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Certificate and key; without them the server speaks plain HTTP.
    pub tls: Option<TlsPaths>,
    /// What phones call this server, if that was said: no slash at the end.
    pub public_url: Option<String>,
    /// Print one JSON line when ready.
    pub json: bool,
    /// The demo's county without its year.
    pub empty: bool,
    /// Add every kind of mistake.
    pub dirt: bool,
}

impl Config {
    /// Where links lead: the public URL, or what can be reached on this machine. `bound` is the listener's address.
    pub fn own_url(&self, bound: SocketAddr) -> String {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        let mut reached = bound;
        if reached.ip().is_unspecified() {
            reached.set_ip(if bound.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
        }
        format!("{}://{reached}", if self.tls.is_some() { "https" } else { "http" })
    }
}

impl From<ServeArguments> for Config {
    fn from(arguments: ServeArguments) -> Self {
        let ServeArguments { data, listen, open, json } = arguments;
        Self { data, listen, tls: open.tls(), public_url: open.public_url, json, empty: false, dirt: false }
    }
}

impl From<DemoArguments> for Config {
    fn from(arguments: DemoArguments) -> Self {
        let DemoArguments { data, listen, open, json, empty, dirt } = arguments;
        Self { data, listen, tls: open.tls(), public_url: open.public_url, json, empty, dirt }
    }
}

impl OpenArguments {
    fn tls(&self) -> Option<TlsPaths> {
        let (certificate, key) = self.tls_cert.clone().zip(self.tls_key.clone())?;
        Some(TlsPaths { certificate, key })
    }
}

/// `https://host` or `https://host:port`: links are made by adding to it.
fn public_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter);
    if host.is_empty() || !host.chars().all(plain) {
        return Err("写成 https://主机名 或 https://主机名:端口 / write https://host or https://host:port".to_owned());
    }
    Ok(url.to_owned())
}

fn county_code(text: &str) -> Result<String, String> {
    if text.len() == 6 && text.bytes().all(|letter| letter.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    Err("县级区划代码是 6 位数字 / a county's code has six digits".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo(arguments: &[&str]) -> Result<Config, clap::Error> {
        let words = ["zoufang", "demo"].iter().chain(arguments);
        match Arguments::try_parse_from(words)?.command {
            Command::Demo(demo) => Ok(demo.into()),
            other => panic!("not a demo: {other:?}"),
        }
    }

    #[test]
    fn demo_needs_no_argument() {
        let config = demo(&[]).expect("defaults are complete");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.own_url(config.listen), "http://127.0.0.1:8080");
        assert!(!config.json && !config.empty && config.tls.is_none());
    }

    #[test]
    fn public_url_decides_links_and_is_only_an_origin() {
        let config = demo(&["--public-url", "https://zoufang.example:8443/"]).expect("an origin");
        assert_eq!(config.own_url(config.listen), "https://zoufang.example:8443");
        for wrong in ["zoufang.example", "https://", "https://a/b", "https://a#b", "javascript:1", "https://a b"] {
            assert!(demo(&["--public-url", wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_address_is_reached_by_the_local_one() {
        let config = demo(&["--listen", "0.0.0.0:9000"]).expect("an address");
        assert_eq!(config.own_url(config.listen), "http://127.0.0.1:9000");
    }

    #[test]
    fn certificate_needs_its_key() {
        assert!(demo(&["--tls-cert", "a.pem"]).is_err());
        assert!(demo(&["--tls-cert", "a.pem", "--tls-key", "b.pem"]).is_ok_and(|config| config.tls.is_some()));
    }

    #[test]
    fn county_is_six_digits() {
        let create = |code| {
            let words = ["zoufang", "admin", "create", "--data", "d", "--county", code];
            Arguments::try_parse_from(words.into_iter().chain(["--county-name", "示例县", "--person", "刘敏"]))
        };
        assert!(create("990101").is_ok());
        assert!(create("99010").is_err() && create("99010a").is_err());
    }
}
