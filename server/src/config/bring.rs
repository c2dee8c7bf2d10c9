//! Arguments of `zoufang admin …` that bring in units, rosters and campaigns.
//!
//! Always true: without `--apply` nothing is changed. Deliberately not here: what the commands do.

use crate::county::view::ImportKind;
use clap::{Args, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Commands that bring something in.
#[derive(Debug, Subcommand)]
pub enum BringCommand {
    /// 导入区划（CSV 或 .xlsx） / Bring in the division tree, CSV or .xlsx
    Units(UnitsArguments),
    /// 导入名册或批次名单 / Bring in a roster or a batch list
    Roster(RosterArguments),
    /// 撤销最近一次导入 / Undo the last import of a list
    UndoImport(UndoArguments),
    /// 新建慰问活动 / Make a campaign
    Campaign(CampaignArguments),
    /// 关闭慰问活动 / Close a campaign
    CloseCampaign(CloseArguments),
}

impl BringCommand {
    /// The data folder.
    pub fn data(&self) -> &Path {
        match self {
            Self::Units(arguments) => &arguments.data,
            Self::Roster(arguments) => &arguments.data,
            Self::UndoImport(arguments) => &arguments.data,
            Self::Campaign(arguments) => &arguments.data,
            Self::CloseCampaign(arguments) => &arguments.data,
        }
    }
}

/// What a list is of, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListWord {
    /// 花名册
    Roster,
    /// 新兵
    Recruits,
    /// 返乡退役军人
    Returnees,
}

impl From<ListWord> for ImportKind {
    fn from(word: ListWord) -> Self {
        match word {
            ListWord::Roster => Self::Roster,
            ListWord::Recruits => Self::Recruits,
            ListWord::Returnees => Self::Returnees,
        }
    }
}

/// `zoufang admin units`.
#[derive(Debug, Args)]
pub struct UnitsArguments {
    /// 文件 / File
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 启用；不写只试算 / Take it; without this it is only looked at
    #[arg(long)]
    pub apply: bool,
}

/// `zoufang admin roster`.
#[derive(Debug, Args)]
pub struct RosterArguments {
    /// 文件（.xlsx 或 CSV） / File
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 名单种类 / What it is a list of
    #[arg(long, value_enum, default_value = "roster")]
    pub kind: ListWord,
    /// 批次，如 2024H1 / Batch of all lines where no column says it
    #[arg(long, value_name = "BATCH")]
    pub batch: Option<String>,
    /// 文件里没有的人移出名册 / People who are not in the file leave the roster
    #[arg(long)]
    pub remove_missing: bool,
    /// 导入；不写只试算 / Take it; without this it is only looked at
    #[arg(long)]
    pub apply: bool,
}

/// `zoufang admin undo-import`.
#[derive(Debug, Args)]
pub struct UndoArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 名单种类 / What it is a list of
    #[arg(long, value_enum, default_value = "roster")]
    pub kind: ListWord,
}

/// `zoufang admin campaign`.
#[derive(Debug, Args)]
pub struct CampaignArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 活动名称 / Name
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// 文号 / Number of the document it rests on
    #[arg(long, value_name = "NUMBER")]
    pub document_no: String,
    /// 走访类别：spring_festival、army_day、martyr_memorial、hardship、other / Kind of visit
    #[arg(long, value_name = "KIND")]
    pub kind: String,
    /// 第一天 YYYY-MM-DD / First day
    #[arg(long, value_name = "DAY")]
    pub from: String,
    /// 最后一天 YYYY-MM-DD / Last day
    #[arg(long, value_name = "DAY")]
    pub until: String,
    /// 重点优抚对象的慰问标准（慰问标准清单里的编码） / Package of all priority recipients, by its code in the list
    #[arg(long, value_name = "CODE")]
    pub package: Option<String>,
    /// 某一类别的慰问标准，如 36=standard；可多次 / Package of a category; may be repeated
    #[arg(long, value_name = "CATEGORY=CODE", value_parser = pair)]
    pub category: Vec<(String, String)>,
    /// 新建；不写只试算 / Take it; without this it is only looked at
    #[arg(long)]
    pub apply: bool,
}

/// `zoufang admin close-campaign`.
#[derive(Debug, Args)]
pub struct CloseArguments {
    /// 活动编号 / Id of the campaign
    #[arg(value_name = "ID")]
    pub id: String,
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(one, other)| !one.is_empty() && !other.is_empty());
    let pair = pair.ok_or("写成 36=standard / write 36=standard")?;
    Ok((pair.0.to_owned(), pair.1.to_owned()))
}
