//! T01: visits before the festivals, and what the money says about itself; T02: what each campaign's document demands.
//! Of T03 records prove the households that township leaders led to, and not which leader: that figure is internal and in
//! no sentence (`county/campaigns/leadership`).
//!
//! Always true: two truths about money are shown side by side: what the records say and what the office says it spent.
//! The visit register is known here by its name, as it is in coverage: campaigns are about visits.

use super::figures::Figures;
use super::words::{join, wan};
use crate::county::CountyError;
use crate::county::campaigns::leadership::led_households;
use crate::county::campaigns::plan;
use crate::county::measures::visits::{is_counted, totals};
use crate::county::queue::OpenMatters;
use crate::county::units::of_year::TreeOfYear;
use crate::county::view::{RecordRow, VisitRow};
use crate::county::{records, visits};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::visit::{VISIT, visit_row};
use crate::store::contract::Store;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::roster::Campaign;
use zoufang_sync_protocol::unit::{Level, Unit};

/// Festival kinds with their names, in the order of the sentence.
const FESTIVALS: [(&str, &str); 2] = [("army_day", "八一"), ("spring_festival", "春节")];
/// Groups named in the sentence before 等.
const GROUPS_NAMED: usize = 4;
/// Decimals of 万元: to the yuan.
const DECIMALS: u32 = 4;

/// The sentence with what its reader must know.
pub(super) struct Festivals {
    pub(super) sentence: Option<String>,
    /// T02: each campaign had its document, and the document its rule.
    pub(super) documents: Option<String>,
    pub(super) remarks: Vec<String>,
}

/// Says T01, and adds what only campaigns and open doubles know to `figures`.
pub(super) fn festivals(
    store: &dyn Store,
    unit: &Unit,
    (year, tree): (u16, &TreeOfYear),
    open: &OpenMatters,
    figures: &mut Figures,
) -> Result<Festivals, CountyError> {
    let prefix = format!("{year}-");
    let mut rows = visits::rows_of_year(store, unit.as_str(), tree)?;
    rows.retain(|row| row.date.starts_with(&prefix) && is_festival(&row.kind));
    let totals = totals(rows.iter(), |campaign, person| open.is_double(campaign, person));
    let spent_fen = spent_fen(store, unit, &prefix)?;
    for (name, number) in [
        ("T01.person_times", totals.person_times),
        ("T01.persons", totals.persons),
        ("T01.money_records_fen", totals.value_fen),
        ("T01.money_spent_fen", spent_fen),
        ("T01.open_doubles", i64::from(totals.open_doubles)),
    ] {
        figures.numbers.entry(name.to_owned()).or_insert(number);
    }
    let records = records::rows_of_year(store, VISIT, unit.as_str(), tree)?;
    let is_meant = |row: &RecordRow| row.date.starts_with(&prefix) && is_festival(&visit_row(row.clone()).kind);
    let led: u32 = led_households(&records, is_meant).values().sum();
    figures.numbers.insert("T03.led_households".to_owned(), i64::from(led));
    let sentence = sentence(figures, &rows);
    let is_said = sentence.is_some() && unit.level() == Level::County;
    let documents = if is_said { documents(store, &prefix)? } else { None };
    Ok(Festivals { sentence, documents, remarks: remarks(figures) })
}

/// Said only if every festival campaign of the year has a document number and a rule for leaders.
fn documents(store: &dyn Store, year: &str) -> Result<Option<String>, CountyError> {
    let all: Vec<Campaign> = store.value(keys::CAMPAIGNS)?.unwrap_or_default();
    let of_year = all.iter().filter(|one| one.from.starts_with(year) && is_festival(&one.visit_kind));
    let (mut rules, mut is_whole) = (Vec::new(), true);
    for campaign in of_year {
        let rule = plan(store, &campaign.id)?.leadership;
        is_whole &= !campaign.document_no.trim().is_empty() && rule.households_min > 0;
        rules.push(rule);
    }
    let min = rules.iter().map(|rule| rule.households_min).min();
    let max = rules.iter().map(|rule| rule.households_max).max();
    let said = min.zip(max).filter(|_| is_whole);
    Ok(said.map(|(min, max)| {
        let households = if min == max { min.to_string() } else { format!("{min}-{max}") };
        format!(
            "每次慰问都下发文件，明确乡镇班子成员必须慰问{households}户，其他乡干部、村干部送慰问品到户慰问，不允许集中到乡或村集中发放物品"
        )
    }))
}

fn is_festival(kind: &str) -> bool {
    FESTIVALS.iter().any(|(festival, _)| *festival == kind)
}

/// What the office says it spent on the year's festival campaigns; known for the whole county only.
fn spent_fen(store: &dyn Store, unit: &Unit, year: &str) -> Result<i64, CountyError> {
    if unit.level() != Level::County {
        return Ok(0);
    }
    let campaigns: Vec<Campaign> = store.value(keys::CAMPAIGNS)?.unwrap_or_default();
    let is_of_year = |campaign: &&Campaign| campaign.from.starts_with(year) && is_festival(&campaign.visit_kind);
    Ok(campaigns.iter().filter(is_of_year).map(|campaign| campaign.spent_fen).sum())
}

fn sentence(figures: &Figures, rows: &[VisitRow]) -> Option<String> {
    let (spent, recorded) = (figures.number("T01.money_spent_fen"), figures.number("T01.money_records_fen"));
    let (person_times, money) = (figures.number("T01.person_times"), if spent > 0 { spent } else { recorded });
    // Money without visits is no sentence: the remarks say what the office spent beyond the records.
    if person_times == 0 {
        return None;
    }
    let kinds: BTreeSet<&str> = rows.iter().filter(|row| is_counted(row)).map(|row| row.kind.as_str()).collect();
    let festivals: Vec<&str> =
        FESTIVALS.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, name)| *name).collect();
    let (festivals, groups) = (festivals.join("、"), groups(figures, rows));
    Some(format!("投入{}在{festivals}前夕走访慰问{groups}{person_times}人次", wan(money, DECIMALS)))
}

/// Names of the categories, most frequent first.
fn groups(figures: &Figures, rows: &[VisitRow]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for category in rows.iter().filter(|row| is_counted(row)).flat_map(|row| &row.categories) {
        *counts.entry(category).or_default() += 1;
    }
    let mut sorted: Vec<(&str, usize)> = counts.into_iter().collect();
    sorted.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
    let codes: Vec<String> = sorted.into_iter().map(|(code, _)| code.to_owned()).collect();
    join(&figures.named(&codes, "categories"), GROUPS_NAMED)
}

fn remarks(figures: &Figures) -> Vec<String> {
    let mut remarks = Vec::new();
    let doubles = figures.number("T01.open_doubles");
    if doubles > 0 {
        remarks.push(format!("有{doubles}处重复还没核对：人次算一次，金额都算"));
    }
    let spent = figures.number("T01.money_spent_fen");
    let difference = spent - figures.number("T01.money_records_fen");
    if spent > 0 && difference != 0 {
        remarks.push(format!("支出数与记录数相差{}", wan(difference, DECIMALS)));
    }
    remarks
}
