//! What a plan would mean, before it is kept: people, households, money, and who is entitled but left out.
//!
//! Always true: nobody is counted twice, and who is counted as left out is who is named as that; townships and villages are sorted by code, never by anything else. Source of who is
//! entitled: priority recipients (重点优抚对象), categories 11 to 42. Deliberately not here: changing anything.

use super::targets::package_of;
use crate::county::view::{CampaignMeans, CampaignPlan, Unlisted};
use crate::county::{CountyError, unit_within};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::{RosterEntry, Unit as UnitRow};
use crate::store::contract::{Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// First and last code of priority recipients.
const PRIORITY: std::ops::RangeInclusive<&str> = "11"..="42";

/// People, households, packages and money of a plan. Faults are those of `check`, told by whoever asks.
pub fn means(store: &dyn Store, plan: &CampaignPlan) -> Result<CampaignMeans, StoreError> {
    let mut means = CampaignMeans::default();
    let mut households = BTreeSet::new();
    for entry in super::roster(store)? {
        match package_of(plan, &entry) {
            Some(package) => {
                means.people += 1;
                *means.by_package.entry(package.to_owned()).or_default() += 1;
                means.worth_fen +=
                    plan.campaign.packages.iter().find(|one| one.id == package).map_or(0, |one| one.value_fen());
                households.insert(if entry.household.is_empty() { entry.person_ref } else { entry.household });
            }
            None if entry.died_on.is_none() && !entry.gone => {
                if let Some(code) = entry.categories.iter().find(|code| is_priority(code)) {
                    *means.unlisted.entry(code.clone()).or_default() += 1;
                }
            }
            None => {}
        }
    }
    means.households = households.len() as u32;
    Ok(means)
}

/// Who of `unit` is entitled and not on the list, by village in the order of the roster.
pub fn unlisted(
    store: &dyn Store,
    county: &str,
    plan: &CampaignPlan,
    unit: &str,
) -> Result<Vec<Unlisted>, CountyError> {
    let unit = unit_within(county, unit)?;
    let units: Vec<UnitRow> = store.value(keys::UNITS)?.unwrap_or_default();
    let names: BTreeMap<&str, &str> = units.iter().map(|row| (row.unit.as_str(), row.name.as_str())).collect();
    let is_concerned = |entry: &RosterEntry| {
        !entry.gone
            && entry.died_on.is_none()
            && entry.unit.starts_with(unit.as_str())
            && entry.categories.iter().any(|code| is_priority(code))
            && package_of(plan, entry).is_none()
    };
    let mut unlisted: Vec<Unlisted> = super::roster(store)?
        .into_iter()
        .filter(is_concerned)
        .map(|entry| Unlisted {
            why: why(plan, &entry).to_owned(),
            unit_name: names.get(entry.unit.as_str()).copied().unwrap_or_default().to_owned(),
            person_ref: entry.person_ref,
            name: entry.name,
            unit: entry.unit,
        })
        .collect();
    unlisted.sort_by(|one, other| (&one.unit, &one.person_ref).cmp(&(&other.unit, &other.person_ref)));
    Ok(unlisted)
}

fn why(plan: &CampaignPlan, entry: &RosterEntry) -> &'static str {
    if plan.targets.without.contains(&entry.person_ref) { "left_out" } else { "not_a_category" }
}

/// Whether a category is one of priority recipients.
pub fn is_priority(code: &str) -> bool {
    code.len() == 2 && PRIORITY.contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priority_recipients_are_eleven_to_forty_two() {
        let codes = ["11", "36", "42", "51", "59", "10", "1", "112"];
        assert_eq!(codes.map(is_priority), [true, true, true, false, false, false, false, false]);
    }
}
