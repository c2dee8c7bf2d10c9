//! Campaigns (慰问活动) as the county plans them, from rows alone.
//!
//! Always true: a campaign that was brought in without a plan has one all the same: its list are the people who stand on it.
//! "Central hand-out" is nowhere a choice: a plan has no place for where things are handed over. Deliberately not here:
//! writing anything down (`intake`).

pub mod check;
pub mod copy;
pub mod leadership;
pub mod list_file;
pub mod means;
mod relist;
pub mod targets;

use super::CountyError;
use super::view::{CampaignPlan, CampaignTargets, Leadership, PersonListed};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::RosterEntry;
use crate::store::contract::{Store, StoreError};
use std::collections::BTreeSet;
use zoufang_sync_protocol::roster::{Campaign, VillageTable};

/// What the county's notice says where a campaign says nothing (每人 2-3 户).
pub const LEADERSHIP: Leadership = Leadership { households_min: 2, households_max: 3 };

/// The plan of a campaign.
pub fn plan(store: &dyn Store, id: &str) -> Result<CampaignPlan, CountyError> {
    let not_found = || CountyError::NotFound(id.chars().take(64).collect());
    let campaigns: Vec<Campaign> = store.value(keys::CAMPAIGNS)?.unwrap_or_default();
    let campaign = campaigns.into_iter().find(|campaign| campaign.id == id).ok_or_else(not_found)?;
    match store.value(&keys::plan(id))? {
        Some(plan) => Ok(plan),
        None => Ok(derived(store, campaign)?),
    }
}

/// All plans, those that the county wrote.
pub fn plans(store: &dyn Store) -> Result<Vec<CampaignPlan>, StoreError> {
    store.values(&keys::plan(""))
}

/// Everybody of the county's roster.
pub fn roster(store: &dyn Store) -> Result<Vec<RosterEntry>, StoreError> {
    store.values(&keys::roster(""))
}

/// Tables of villages that say something else than roster and plans do.
pub fn changed_tables(store: &dyn Store, plans: &[CampaignPlan]) -> Result<Vec<VillageTable>, StoreError> {
    let roster = roster(store)?;
    let roster = relist::Roster::new(&roster);
    let tables: Vec<VillageTable> = store.values(&keys::village(""))?;
    let changed =
        tables.into_iter().filter_map(|mut table| relist::relist(&mut table, &roster, plans).then_some(table));
    Ok(changed.collect())
}

/// People whom a plan names, on its list or left out. Who was never on the roster has no name and is not among them.
pub fn names(store: &dyn Store, plan: &CampaignPlan) -> Result<Vec<PersonListed>, StoreError> {
    let CampaignTargets { people, without, .. } = &plan.targets;
    let named: BTreeSet<&String> = people.keys().chain(without).collect();
    let entry = |person_ref: &String| store.value::<RosterEntry>(&keys::roster(person_ref));
    let found: Result<Vec<Option<RosterEntry>>, StoreError> = named.into_iter().map(entry).collect();
    Ok(found?.iter().flatten().map(list_file::person).collect())
}

/// Whether anybody was visited for a campaign, or somebody wrote that they tried.
pub fn has_visits(store: &dyn Store, id: &str) -> Result<bool, StoreError> {
    Ok(!store.scan(&keys::visits_of_campaign(id), None, 1)?.is_empty())
}

fn derived(store: &dyn Store, campaign: Campaign) -> Result<CampaignPlan, StoreError> {
    let tables: Vec<VillageTable> = store.values(&keys::village(""))?;
    let people = tables.iter().flat_map(|table| &table.households).flat_map(|house| &house.people);
    let listed = people.flat_map(|person| person.targets.iter().map(move |target| (person, target)));
    let people = listed
        .filter(|(_, target)| target.campaign_id == campaign.id)
        .map(|(person, target)| (person.person_ref.clone(), target.package_id.clone()))
        .collect();
    let targets = CampaignTargets { people, ..CampaignTargets::default() };
    let fund_fen = campaign.spent_fen;
    Ok(CampaignPlan {
        campaign,
        targets,
        leadership: LEADERSHIP,
        fund_fen,
        fund_source: "county".to_owned(),
        revision: 0,
    })
}

#[cfg(test)]
pub(in crate::county) mod tests {
    use super::*;
    use zoufang_sync_protocol::roster::Package;

    /// A package of that worth.
    pub(in crate::county) fn package(id: &str, money_fen: i64) -> Package {
        let (pay_method, fund_source) = ("cash".to_owned(), "county".to_owned());
        Package { id: id.into(), name: "标准慰问".into(), money_fen, pay_method, goods: vec![], fund_source }
    }

    /// Rural veterans get the small package, disabled soldiers the large one.
    pub(in crate::county) fn plan(id: &str) -> CampaignPlan {
        let campaign = Campaign {
            id: id.into(),
            name: "八一走访慰问".into(),
            document_no: "示退役〔2026〕12号".into(),
            visit_kind: "army_day".into(),
            from: "2026-07-18".into(),
            until: "2026-07-31".into(),
            closed: false,
            packages: vec![package("small", 30_000), package("large", 50_000)],
            spent_fen: 0,
        };
        let categories = [("36", "small"), ("11", "large")].map(|(code, id)| (code.to_owned(), id.to_owned()));
        let targets = CampaignTargets { categories: categories.into(), ..CampaignTargets::default() };
        CampaignPlan {
            campaign,
            targets,
            leadership: LEADERSHIP,
            fund_fen: 0,
            fund_source: "county".into(),
            revision: 0,
        }
    }

    /// Somebody of the roster, named as the reference.
    pub(in crate::county) fn entry(person_ref: &str, unit: &str, categories: &[&str]) -> RosterEntry {
        RosterEntry {
            person_ref: person_ref.into(),
            name: person_ref.into(),
            unit: unit.into(),
            categories: categories.iter().map(|code| (*code).to_owned()).collect(),
            ..RosterEntry::default()
        }
    }
}
