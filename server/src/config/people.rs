//! Arguments of `zoufang admin …` that are about people, stations, phones and held work.
//!
//! Always true: each has the data folder, and those that print a link have the address that links begin with.
//! Deliberately not here: what the commands do.

use super::{LOCAL_URL, public_url};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// Commands about people.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// 列出站点、人员和手机 / List stations with their people and phones
    Stations(StationsArguments),
    /// 发一个登记码 / Make a code for a phone of a station
    Code(CodeArguments),
    /// 核对四位数字后批准手机 / Let a waiting phone in by its four digits
    Approve(ApproveArguments),
    /// 站点交接 / Hand a station over
    Handover(HandoverArguments),
    /// 停用手机 / Withdraw a phone
    Withdraw(WithdrawArguments),
    /// 给乡镇工作人员登录链接 / A sign-in link for a township's clerk
    Clerk(ClerkArguments),
    /// 列出待收记录 / List work from outside a grant
    Held(StationsArguments),
    /// 接收待收记录 / Accept such work
    Accept(AcceptArguments),
    /// 不收待收记录，内容仍保留 / Decline such work; its bytes stay
    Decline(DecideArguments),
    /// 重新打开没收的记录 / Open declined work again
    Reopen(DecideArguments),
    /// 全乡镇的登记码，14 天有效 / Codes of 14 days for all villages of a township
    Sheet(SheetArguments),
}

impl PeopleCommand {
    /// The data folder.
    pub fn data(&self) -> &Path {
        match self {
            Self::Stations(arguments) | Self::Held(arguments) => &arguments.data,
            Self::Code(arguments) => &arguments.data,
            Self::Approve(arguments) => &arguments.data,
            Self::Handover(arguments) => &arguments.data,
            Self::Withdraw(arguments) => &arguments.data,
            Self::Clerk(arguments) => &arguments.data,
            Self::Accept(arguments) => &arguments.data,
            Self::Decline(arguments) | Self::Reopen(arguments) => &arguments.data,
            Self::Sheet(arguments) => &arguments.data,
        }
    }
}

/// `zoufang admin stations`, `zoufang admin held`.
#[derive(Debug, Args)]
pub struct StationsArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 区划代码，缺省为全县 / Unit; all of the county without it
    #[arg(long, value_name = "UNIT", default_value = "")]
    pub unit: String,
}

/// `zoufang admin code`.
#[derive(Debug, Args)]
pub struct CodeArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 区划代码 / Village or township
    #[arg(long, value_name = "UNIT")]
    pub unit: String,
    /// 姓名；已在该站的人沿用原身份 / Name; somebody who serves there already stays the same person
    #[arg(long, value_name = "NAME")]
    pub person: String,
    /// 这个人已在哪个站（区划代码），再加一个村 / A station that the person serves already
    #[arg(long, value_name = "UNIT")]
    pub serves: Option<String>,
    /// 14 天有效，用后核对四位数字再批准 / Good for 14 days, approved later by four digits
    #[arg(long)]
    pub approved_later: bool,
    /// 手机访问服务器的网址 / What phones call this server
    #[arg(long, env = "ZOUFANG_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = LOCAL_URL)]
    pub public_url: String,
}

/// `zoufang admin approve`.
#[derive(Debug, Args)]
pub struct ApproveArguments {
    /// 手机编号 / Device id
    #[arg(value_name = "DEVICE")]
    pub device: String,
    /// 手机上显示的四位数字 / Four digits that the phone shows
    #[arg(value_name = "DIGITS")]
    pub digits: String,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

/// `zoufang admin handover`.
#[derive(Debug, Args)]
pub struct HandoverArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 区划代码 / Village or township
    #[arg(long, value_name = "UNIT")]
    pub unit: String,
    /// 离任的人 / Who leaves, by name
    #[arg(long, value_name = "NAME")]
    pub from: Option<String>,
    /// 接任的人 / Who comes, by name
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// 接任的人已在哪个站（区划代码）/ A station that who comes serves already
    #[arg(long, value_name = "UNIT", requires = "to")]
    pub serves: Option<String>,
    /// 14 天有效，用后核对四位数字再批准 / The code is good for 14 days, approved later by four digits
    #[arg(long)]
    pub approved_later: bool,
    /// 手机访问服务器的网址 / What phones call this server
    #[arg(long, env = "ZOUFANG_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = LOCAL_URL)]
    pub public_url: String,
}

/// `zoufang admin withdraw`.
#[derive(Debug, Args)]
pub struct WithdrawArguments {
    /// 手机编号 / Device id
    #[arg(value_name = "DEVICE")]
    pub device: String,
    /// retired 停用，stolen 被盗 / Why
    #[arg(long, value_parser = ["retired", "stolen"])]
    pub reason: String,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

/// `zoufang admin clerk`.
#[derive(Debug, Args)]
pub struct ClerkArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 乡镇的区划代码 / Township
    #[arg(long, value_name = "UNIT")]
    pub unit: String,
    /// 姓名 / Name
    #[arg(long, value_name = "NAME")]
    pub person: String,
    /// 访问服务器的网址 / What people call this server
    #[arg(long, env = "ZOUFANG_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = LOCAL_URL)]
    pub public_url: String,
}

/// `zoufang admin accept`.
#[derive(Debug, Args)]
pub struct AcceptArguments {
    /// 待收记录的编号 / Id of the held work
    #[arg(value_name = "ID")]
    pub id: String,
    /// 只收这一条，可多次给出 / Only this record; may be given several times
    #[arg(long, value_name = "RECORD")]
    pub record: Vec<String>,
    /// 说明 / Why
    #[arg(long, value_name = "TEXT")]
    pub note: String,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

/// `zoufang admin decline`, `zoufang admin reopen`.
#[derive(Debug, Args)]
pub struct DecideArguments {
    /// 待收记录的编号 / Id of the held work
    #[arg(value_name = "ID")]
    pub id: String,
    /// 说明 / Why
    #[arg(long, value_name = "TEXT")]
    pub note: String,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

/// `zoufang admin sheet`.
#[derive(Debug, Args)]
pub struct SheetArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 乡镇的区划代码 / Township
    #[arg(long, value_name = "UNIT")]
    pub unit: String,
    /// 手机访问服务器的网址 / What phones call this server
    #[arg(long, env = "ZOUFANG_PUBLIC_URL", value_name = "URL", value_parser = public_url, default_value = LOCAL_URL)]
    pub public_url: String,
}
