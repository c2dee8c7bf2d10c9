//! Last year's campaign as the beginning of the next: same people by the same rule, the next year's days, no document number.
//!
//! Always true: nothing is kept; ids are fresh, so that visits of the two never mix. Days of a campaign before Spring Festival
//! follow the festival, the others the calendar. Deliberately not here: prices; where the county's list of packages says
//! otherwise by now, it is shown beside.

use crate::county::view::{CampaignCopy, CampaignPlan};
use crate::county::{CountyError, lists};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::Store;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;
use zoufang_sync_protocol::roster::{Campaign, CountyList, Package};

/// Spring Festival (春节), month and day by year: GB/T 33661-2017, as published by the Purple Mountain Observatory.
const SPRING_FESTIVALS: [(i32, u32, u32); 17] = [
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
    (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23),
    (2032, 2, 11),
    (2033, 1, 31),
    (2034, 2, 19),
    (2035, 2, 8),
    (2036, 1, 28),
    (2037, 2, 15),
    (2038, 2, 4),
    (2039, 1, 24),
    (2040, 2, 12),
];

/// A campaign of the store for the next year, beside the county's list of packages as it is by now.
pub fn of_campaign(store: &dyn Store, id: &str) -> Result<CampaignCopy, CountyError> {
    let plan = super::plan(store, id)?;
    let packages = lists::all(store)?.into_iter().find(|list| list.id == "packages");
    let taken: Vec<Campaign> = store.value(keys::CAMPAIGNS)?.unwrap_or_default();
    let copy = copied(&plan, packages.as_ref(), |id| taken.iter().any(|campaign| campaign.id == id));
    Ok(CampaignCopy { names: super::names(store, &copy.plan)?, ..copy })
}

/// `plan` for the next year. `packages` is the county's list, `is_taken` tells ids that there are.
fn copied(plan: &CampaignPlan, packages: Option<&CountyList>, is_taken: impl Fn(&str) -> bool) -> CampaignCopy {
    let mut plan = CampaignPlan { revision: 0, ..plan.clone() };
    let shift = shift(&plan.campaign.visit_kind, &plan.campaign.from);
    let campaign = &mut plan.campaign;
    let year = next_year(&campaign.visit_kind, &campaign.from);
    campaign.name = campaign.name.replace(&(year - 1).to_string(), &year.to_string());
    campaign.id = fresh(
        &format!("{year}-{}", campaign.id.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '-')),
        is_taken,
    );
    campaign.document_no = String::new();
    (campaign.closed, campaign.spent_fen) = (false, 0);
    campaign.from = moved(&campaign.from, shift);
    campaign.until = moved(&campaign.until, shift);
    let mut renamed = BTreeMap::new();
    for (number, package) in campaign.packages.iter_mut().enumerate() {
        let id = format!("{}-{}", campaign.id, number + 1);
        renamed.insert(std::mem::replace(&mut package.id, id.clone()), id);
    }
    for id in plan.targets.categories.values_mut().chain(plan.targets.people.values_mut()) {
        if let Some(new) = renamed.get(id) {
            id.clone_from(new);
        }
    }
    let packages_changed = changed(&plan.campaign.packages, packages);
    CampaignCopy { plan, packages_changed, names: Vec::new() }
}

/// Packages of the county's list that have the name of one of these and another content.
fn changed(packages: &[Package], list: Option<&CountyList>) -> Vec<Package> {
    let items = list.and_then(|list| list.versions.last()).map_or(&[][..], |version| &version.items);
    let gifts = items.iter().filter_map(|item| item.gift.as_ref());
    let content = |one: &Package| (one.money_fen, one.goods.clone());
    gifts
        .filter(|gift| packages.iter().any(|one| one.name == gift.name && content(one) != content(gift)))
        .cloned()
        .collect()
}

fn next_year(kind: &str, from: &str) -> i32 {
    from.parse::<NaiveDate>().map_or(0, |from| feast_year(kind, from) + 1)
}

/// The year that a campaign is for: one before Spring Festival may begin in December.
fn feast_year(kind: &str, from: NaiveDate) -> i32 {
    from.year() + i32::from(kind == "spring_festival" && from.month() > 6)
}

/// How far the days move: with the festival, or a calendar year.
fn shift(kind: &str, from: &str) -> Option<i64> {
    let from: NaiveDate = from.parse().ok()?;
    let festival = |year: i32| {
        let (_, month, day) = SPRING_FESTIVALS.into_iter().find(|(known, _, _)| *known == year)?;
        NaiveDate::from_ymd_opt(year, month, day)
    };
    let of = feast_year(kind, from);
    let festivals = festival(of).zip(festival(of + 1)).filter(|_| kind == "spring_festival");
    let (before, after) = festivals.or_else(|| Some((from, from.with_year(from.year() + 1)?)))?;
    Some((after - before).num_days())
}

fn moved(day: &str, days: Option<i64>) -> String {
    let moved = day.parse::<NaiveDate>().ok().zip(days.and_then(|days| u64::try_from(days).ok()));
    moved
        .and_then(|(day, days)| day.checked_add_days(Days::new(days)))
        .map_or_else(|| day.to_owned(), |day| day.to_string())
}

fn fresh(id: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    std::iter::once(id.to_owned()).chain(numbered).find(|id| !is_taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::plan;
    use super::*;

    #[test]
    fn a_copy_is_a_year_later_with_ids_of_its_own() {
        let mut last = plan("2026-bayi");
        (last.campaign.name, last.campaign.closed, last.campaign.spent_fen) = ("2026年八一走访慰问".into(), true, 9);
        let copy = copied(&last, None, |_| false).plan;
        let campaign = &copy.campaign;
        assert_eq!((campaign.id.as_str(), campaign.name.as_str()), ("2027-bayi", "2027年八一走访慰问"));
        assert_eq!((campaign.from.as_str(), campaign.until.as_str()), ("2027-07-18", "2027-07-31"));
        assert_eq!((campaign.document_no.as_str(), campaign.closed, campaign.spent_fen), ("", false, 0));
        assert_eq!(copy.targets.categories["36"], "2027-bayi-1");
        assert_eq!(copied(&last, None, |id| id == "2027-bayi").plan.campaign.id, "2027-bayi-2");
    }

    #[test]
    fn spring_festival_moves_with_the_moon() {
        let mut last = plan("2026-chunjie");
        let campaign = &mut last.campaign;
        campaign.visit_kind = "spring_festival".into();
        (campaign.from, campaign.until) = ("2026-01-30".into(), "2026-02-15".into());
        let copy = copied(&last, None, |_| false).plan.campaign;
        assert_eq!(
            (copy.from.as_str(), copy.until.as_str()),
            ("2027-01-19", "2027-02-04"),
            "two days before the feast"
        );
        let campaign = &mut last.campaign;
        (campaign.from, campaign.until) = ("2027-12-28".into(), "2028-01-24".into());
        campaign.name = "2028年春节走访慰问".into();
        let copy = copied(&last, None, |_| false).plan.campaign;
        assert_eq!((copy.from.as_str(), copy.until.as_str()), ("2029-01-15", "2029-02-11"), "begun in December");
        assert_eq!(copy.name, "2029年春节走访慰问");
    }
}
