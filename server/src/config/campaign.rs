//! Arguments of `zoufang admin campaign`, `campaigns` and `close-campaign`.
//!
//! Always true: what is not said stays as it is: in a copy or a change as in that campaign, in a new one as the page begins.
//! Deliberately not here: what the commands do, and what is wrong with a plan.

use crate::county::view::Leadership;
use clap::Args;
use std::path::PathBuf;

/// `zoufang admin campaign`.
#[derive(Debug, Args)]
pub struct CampaignArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// 照去年的活动再办一次：它的编号 / Begin as a copy of this campaign, a year later
    #[arg(long, value_name = "ID", conflicts_with = "change")]
    pub copy_of: Option<String>,
    /// 修改已有的活动：它的编号 / Change this campaign
    #[arg(long, value_name = "ID")]
    pub change: Option<String>,
    /// 活动名称 / Name
    #[arg(long, value_name = "NAME", required_unless_present_any = ["copy_of", "change"])]
    pub name: Option<String>,
    /// 文号 / Number of the document it rests on
    #[arg(long, value_name = "NUMBER", required_unless_present = "change")]
    pub document_no: Option<String>,
    /// 走访类别：spring_festival、army_day、martyr_memorial、hardship、other / Kind of visit
    #[arg(long, value_name = "KIND", required_unless_present_any = ["copy_of", "change"])]
    pub kind: Option<String>,
    /// 第一天 YYYY-MM-DD / First day
    #[arg(long, value_name = "DAY", required_unless_present_any = ["copy_of", "change"])]
    pub from: Option<String>,
    /// 最后一天 YYYY-MM-DD / Last day
    #[arg(long, value_name = "DAY", required_unless_present_any = ["copy_of", "change"])]
    pub until: Option<String>,
    /// 还没选标准的重点优抚对象都用这个标准（慰问标准清单里的编码） / Package of all priority recipients without one, by its code in the list
    #[arg(long, value_name = "CODE")]
    pub package: Option<String>,
    /// 某一类别的慰问标准，如 36=p300，不慰问写 36=；可多次 / Package of a category, `36=` for none; may be repeated
    #[arg(long, value_name = "CATEGORY=CODE", value_parser = pair)]
    pub category: Vec<(String, String)>,
    /// 按名单慰问：姓名、村或区划代码，可加身份证号（.xlsx 或 CSV） / People by name: name, village or code, identity number
    #[arg(long, value_name = "FILE", requires = "list_package")]
    pub list: Option<PathBuf>,
    /// 名单上的人的慰问标准 / Package of the people in that file
    #[arg(long, value_name = "CODE", requires = "list")]
    pub list_package: Option<String>,
    /// 这次不慰问的人的名单 / A file of people who are left out this time
    #[arg(long, value_name = "FILE")]
    pub without: Option<PathBuf>,
    /// 每位乡镇班子成员慰问几户，如 2-3；文件没有这一条的写 0-0 / Households of each township leader; 0-0 where there is no such rule
    #[arg(long, value_name = "MIN-MAX", value_parser = leaders)]
    pub leaders: Option<Leadership>,
    /// 安排经费（元） / Money set aside, yuan
    #[arg(long, value_name = "YUAN", value_parser = fen)]
    pub fund: Option<i64>,
    /// 经费来源：county、township、higher、donation、village / Where it comes from
    #[arg(long, value_name = "SOURCE")]
    pub fund_source: Option<String>,
    /// 下拨数（元） / Money spent, yuan
    #[arg(long, value_name = "YUAN", value_parser = fen)]
    pub spent: Option<i64>,
    /// 保存；不写只试算 / Keep it; without this it is only looked at
    #[arg(long)]
    pub apply: bool,
}

/// `zoufang admin campaigns`.
#[derive(Debug, Args)]
pub struct CampaignsArguments {
    /// 数据文件夹 / Data folder
    #[arg(long, env = "ZOUFANG_DATA", value_name = "DIR")]
    pub data: PathBuf,
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
    /// 重新打开 / Open it again
    #[arg(long, conflicts_with = "withdraw")]
    pub reopen: bool,
    /// 撤回：还没有人登记过走访的 / Take it back, where nobody was visited yet
    #[arg(long)]
    pub withdraw: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(one, _)| !one.is_empty());
    let pair = pair.ok_or("写成 36=p300 / write 36=p300")?;
    Ok((pair.0.to_owned(), pair.1.to_owned()))
}

fn leaders(text: &str) -> Result<Leadership, String> {
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let (min, max) = text.split_once('-').unwrap_or((text, text));
    let rule = number(min).zip(number(max));
    let (households_min, households_max) = rule.ok_or("写成 2-3 / write 2-3")?;
    Ok(Leadership { households_min, households_max })
}

/// Fen of yuan with two decimals at most.
fn fen(text: &str) -> Result<i64, String> {
    let (yuan, rest) = text.split_once('.').unwrap_or((text, "0"));
    let is_right = rest.len() <= 2 && [yuan, rest].iter().all(|part| part.bytes().all(|sign| sign.is_ascii_digit()));
    let fen = yuan.parse::<i64>().ok().zip(format!("{rest:0<2}").parse::<i64>().ok()).filter(|_| is_right);
    fen.and_then(|(yuan, fen)| yuan.checked_mul(100)?.checked_add(fen))
        .ok_or_else(|| "金额写成 150000 或 150000.50（元） / write 150000 or 150000.50, in yuan".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_rules_are_read_as_people_write_them() {
        for (text, amount) in [("150000", 15_000_000), ("0.5", 50), ("12.05", 1205), ("0", 0)] {
            assert_eq!(fen(text), Ok(amount), "{text}");
        }
        for text in ["", "-1", "1.234", "1,000", "15万", "99999999999999999999"] {
            assert!(fen(text).is_err(), "{text}");
        }
        let rule = |min, max| Ok(Leadership { households_min: min, households_max: max });
        assert_eq!([leaders("2-3"), leaders("2"), leaders("0-0")], [rule(2, 3), rule(2, 2), rule(0, 0)]);
        assert!(leaders("two").is_err() && leaders("2-").is_err());
        assert_eq!(pair("36="), Ok(("36".to_owned(), String::new())));
        assert!(pair("36").is_err() && pair("=p300").is_err());
    }
}
