//! The annual report: figures with formula ids, and sentences made of them.
//!
//! Always true: figures come from rows by the date of the record. Two truths about money are shown side by side: what
//! the records say and what the office says it spent. Deliberately not here: freezing an issued report.

use super::CountyError;
use super::measures::{is_counted, totals};
use super::queue::OpenMatters;
use super::view::{AnnualReport, Sentence, VisitRow};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::Store;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::roster::Campaign;
use zoufang_sync_protocol::unit::Unit;

/// Festival kinds of T01 with their names, in the order of the sentence.
const FESTIVALS: [(&str, &str); 2] = [("army_day", "八一"), ("spring_festival", "春节")];
/// Groups named in the sentence before 等.
const GROUPS_NAMED: usize = 4;

/// The report of `unit` for the calendar year `year`.
pub fn annual(store: &dyn Store, county: &str, unit: &str, year: u16) -> Result<AnnualReport, CountyError> {
    let unit = Unit::parse(unit).map_err(|_| CountyError::BadParameter("unit"))?;
    if unit.county().as_str() != county {
        return Err(CountyError::NotFound(unit.to_string()));
    }
    if !(2000..=2100).contains(&year) {
        return Err(CountyError::BadParameter("year"));
    }
    let open = OpenMatters::read(store)?;
    let rows = super::records::rows(store, unit.as_str())?;
    let prefix = format!("{year}-");
    let is_festival = |kind: &str| FESTIVALS.iter().any(|(festival, _)| *festival == kind);
    let festival: Vec<&VisitRow> =
        rows.iter().filter(|row| row.date.starts_with(&prefix) && is_festival(&row.kind)).collect();
    let totals = totals(festival.iter().copied(), |campaign, person| open.is_double(campaign, person));
    let spent_fen = spent_fen(store, county, &unit, &prefix, is_festival)?;
    let figures = BTreeMap::from([
        ("T01.person_times".to_owned(), totals.person_times),
        ("T01.persons".to_owned(), totals.persons),
        ("T01.money_records_fen".to_owned(), totals.value_fen),
        ("T01.money_spent_fen".to_owned(), spent_fen),
        ("T01.open_doubles".to_owned(), i64::from(totals.open_doubles)),
    ]);
    let money = if spent_fen > 0 { spent_fen } else { totals.value_fen };
    let sentence = Sentence { id: "T01".to_owned(), text: visits_sentence(&festival, money, totals.person_times) };
    Ok(AnnualReport { sentences: vec![sentence], remarks: remarks(&figures), figures })
}

/// What the office says it spent on the year's festival campaigns; known for the whole county only.
fn spent_fen(
    store: &dyn Store,
    county: &str,
    unit: &Unit,
    year: &str,
    is_festival: impl Fn(&str) -> bool,
) -> Result<i64, CountyError> {
    if unit.as_str() != county {
        return Ok(0);
    }
    let campaigns: Vec<Campaign> = store.value(keys::CAMPAIGNS)?.unwrap_or_default();
    let of_year =
        campaigns.iter().filter(|campaign| campaign.from.starts_with(year) && is_festival(&campaign.visit_kind));
    Ok(of_year.map(|campaign| campaign.spent_fen).sum())
}

fn visits_sentence(rows: &[&VisitRow], money_fen: i64, person_times: i64) -> String {
    let kinds: BTreeSet<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    let festivals: Vec<&str> =
        FESTIVALS.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, name)| *name).collect();
    let groups = groups(rows);
    let money = wan(money_fen);
    format!("投入{money}在{}前夕走访慰问{groups}{person_times}人次", festivals.join("、"))
}

/// Names of the categories, most frequent first.
fn groups(rows: &[&VisitRow]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for category in rows.iter().filter(|row| is_counted(row)).flat_map(|row| &row.categories) {
        *counts.entry(category).or_default() += 1;
    }
    let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
    sorted.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    let named: Vec<&str> = sorted.iter().take(GROUPS_NAMED).filter_map(|(code, _)| category_name(code)).collect();
    let more = if sorted.len() > GROUPS_NAMED { "等" } else { "" };
    format!("{}{more}", named.join("、"))
}

fn category_name(code: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 19] = [
        ("11", "残疾军人"),
        ("12", "伤残人民警察等"),
        ("21", "烈士遗属"),
        ("22", "因公牺牲军人遗属"),
        ("23", "病故军人遗属"),
        ("31", "在乡复员军人"),
        ("32", "带病回乡退伍军人"),
        ("33", "参战退役人员"),
        ("34", "参试退役人员"),
        ("35", "铀矿开采军队退役人员"),
        ("36", "农村籍60岁以上退役士兵"),
        ("41", "烈士老年子女"),
        ("42", "红军失散人员等"),
        ("51", "军转企业干部"),
        ("52", "师团级干部"),
        ("53", "现役军人家属"),
        ("54", "功臣模范"),
        ("55", "困难退役军人"),
        ("59", "其他退役军人"),
    ];
    NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// 万元 with up to four decimals, zeros trimmed: `150万元`.
pub fn wan(fen: i64) -> String {
    let decimals = format!("{:.4}", fen as f64 / 1_000_000.0);
    format!("{}万元", decimals.trim_end_matches('0').trim_end_matches('.'))
}

fn remarks(figures: &BTreeMap<String, i64>) -> Vec<Sentence> {
    let mut remarks = Vec::new();
    let mut remark = |text: String| remarks.push(Sentence { id: "T01".to_owned(), text });
    if figures["T01.open_doubles"] > 0 {
        remark(format!("有{}处重复还没核对：人次算一次，金额都算", figures["T01.open_doubles"]));
    }
    let difference = figures["T01.money_spent_fen"] - figures["T01.money_records_fen"];
    if figures["T01.money_spent_fen"] > 0 && difference != 0 {
        remark(format!("支出数与记录数相差{}", wan(difference)));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::wan;

    #[test]
    fn money_is_printed_in_wan() {
        assert_eq!(wan(150_000_000), "150万元");
        assert_eq!(wan(3_400_000), "3.4万元");
        assert_eq!(wan(1_901_720_000), "1901.72万元");
        assert_eq!(wan(0), "0万元");
    }
}
