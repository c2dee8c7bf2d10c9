//! Arguments of `zoufang admin …` that bring in units and rosters, and which commands bring something in.
//!
//! Always true: without `--apply` nothing is changed. Deliberately not here: what the commands do; arguments of
//! campaigns (`campaign`).

use super::campaign::{CampaignArguments, CampaignsArguments, CloseArguments};
use crate::county::view::{ColumnMeaning, ImportKind};
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
    /// 新建、照办或修改慰问活动 / Make, copy or change a campaign
    Campaign(Box<CampaignArguments>),
    /// 列出慰问活动 / List campaigns
    Campaigns(CampaignsArguments),
    /// 关闭、重新打开或撤回慰问活动 / Close, open again or take back a campaign
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
            Self::Campaigns(arguments) => &arguments.data,
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
    /// 立功喜报
    Merits,
}

impl From<ListWord> for ImportKind {
    fn from(word: ListWord) -> Self {
        match word {
            ListWord::Roster => Self::Roster,
            ListWord::Recruits => Self::Recruits,
            ListWord::Returnees => Self::Returnees,
            ListWord::Merits => Self::Merits,
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
    /// 列的意思，可重复：标题=意思（name、identity_number、village_code、village_name、township_name、group、household、category、
    /// relative、relation、batch、died_on、honour、award_year、notice_serial、received_on、not_read） / What a column means; may be repeated
    #[arg(long = "column", value_name = "TITLE=MEANING", value_parser = column)]
    pub columns: Vec<(String, ColumnMeaning)>,
    /// 两边都改过的，以文件为准 / Where both changed something, the file wins
    #[arg(long)]
    pub file_wins: bool,
    /// 文件里没有的人移出名册 / People who are not in the file leave the roster
    #[arg(long)]
    pub remove_missing: bool,
    /// 导入；不写只试算 / Take it; without this it is only looked at
    #[arg(long)]
    pub apply: bool,
}

/// `家庭住址=village_name`.
fn column(text: &str) -> Result<(String, ColumnMeaning), String> {
    let (title, word) = text.rsplit_once('=').ok_or("标题=意思 / TITLE=MEANING")?;
    let meaning = serde_json::from_value(word.into()).map_err(|_| format!("没有这种意思 / no such meaning: {word}"))?;
    Ok((title.to_owned(), meaning))
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
