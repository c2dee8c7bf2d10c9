//! Coverage: who is on a campaign's list, who is visited, who is not yet.
//!
//! Always true: units are sorted by code, never by rate (L-33). A target is a person on the list of a village; it is
//! visited once a delivered, valid visit of that campaign names the person.

use super::campaigns::leadership::led_households;
use super::campaigns::plan;
use super::measures::visits::totals;
use super::queue::{self, OpenMatters};
use super::view::{CampaignState, Coverage, Overview, Pending, VisitRow};
use super::{CountyError, records, unit_within};
use crate::access::grants::day_of;
use crate::rows::index::{ReadIndex, decode};
use crate::rows::keys;
use crate::rows::stored::VisitOfPerson;
use crate::rows::table::Unit as UnitRow;
use crate::rows::visit::{VISIT, visit_row};
use crate::store::contract::{Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::document::is_plain_id;
use zoufang_sync_protocol::roster::{Campaign, Household, RosterPerson, VillageTable};

/// Campaigns, newest first, and whether each is open on the day of `now_ms`.
pub fn campaigns(store: &dyn Store, now_ms: u64) -> Result<Vec<CampaignState>, StoreError> {
    let day = day_of(now_ms);
    let mut campaigns: Vec<Campaign> = store.value(keys::CAMPAIGNS)?.unwrap_or_default();
    campaigns.sort_by(|a, b| b.from.cmp(&a.from));
    let state = |campaign: Campaign| CampaignState {
        open: !campaign.closed && campaign.from <= day && day <= campaign.until,
        id: campaign.id,
        name: campaign.name,
        document_no: campaign.document_no,
        from: campaign.from,
        until: campaign.until,
        spent_fen: campaign.spent_fen,
    };
    Ok(campaigns.into_iter().map(state).collect())
}

/// The overview of `campaign` (empty: the first open one, else the newest) within `unit` (empty: the county).
pub fn overview(
    store: &dyn Store,
    county: &str,
    unit: &str,
    campaign: &str,
    now_ms: u64,
) -> Result<Overview, CountyError> {
    let unit = unit_within(county, unit)?;
    let campaigns = campaigns(store, now_ms)?;
    let chosen = campaigns
        .iter()
        .find(|state| state.id == campaign)
        .or_else(|| campaigns.iter().find(|state| state.open && campaign.is_empty()))
        .or_else(|| campaigns.first().filter(|_| campaign.is_empty()));
    let campaign_id = match chosen {
        Some(state) => state.id.clone(),
        None if campaign.is_empty() => String::new(),
        None => return Err(CountyError::NotFound(campaign.chars().take(64).collect())),
    };
    let units: Vec<UnitRow> = store.value(keys::UNITS)?.unwrap_or_default();
    let counted = count_targets(store, &campaign_id)?;
    let records = records::rows(store, VISIT, unit.as_str())?;
    let led = led_households(&records, |row| visit_row((*row).clone()).campaign_id == campaign_id);
    let coverage = |unit: &str, name: &str| {
        let led_households =
            led.iter().filter(|(township, _)| township.starts_with(unit)).map(|(_, count)| count).sum();
        let within = counted.iter().filter(|(village, _)| village.starts_with(unit)).map(|(_, counts)| counts);
        let (targets, visited) = within.fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
        Coverage { unit: unit.to_owned(), name: name.to_owned(), targets, visited, led_households }
    };
    let is_shown = |row: &UnitRow| row.unit.len() == 9 && row.unit.starts_with(unit.as_str());
    let townships = units.iter().filter(|row| is_shown(row)).map(|row| coverage(&row.unit, &row.name)).collect();
    let open = OpenMatters::read(store)?;
    let waiting = records::waiting(store, &unit, &records)?;
    let rows: Vec<VisitRow> = records.into_iter().map(visit_row).collect();
    let of_campaign = rows.iter().filter(|row| row.campaign_id == campaign_id);
    let has_campaign = !campaign_id.is_empty();
    let leadership = if has_campaign { Some(plan(store, &campaign_id)?.leadership) } else { None };
    Ok(Overview {
        leadership,
        townships,
        county: coverage(unit.as_str(), ""),
        totals: totals(of_campaign, |campaign, person| open.is_double(campaign, person)),
        open_matters: queue::matters(store, true)?
            .iter()
            .filter(|matter| matter.unit.starts_with(unit.as_str()))
            .count() as u32,
        waiting,
        campaigns,
        campaign_id,
        as_of_ms: now_ms,
    })
}

/// Targets and visited of each village.
fn count_targets(store: &dyn Store, campaign: &str) -> Result<BTreeMap<String, (u32, u32)>, StoreError> {
    let visited = visited(store, campaign)?;
    let villages: Vec<VillageTable> = store.values(&keys::village(""))?;
    let count = |village: VillageTable| {
        let targets: BTreeSet<&str> =
            targets(&village, campaign).map(|(_, person)| person.person_ref.as_str()).collect();
        let done = targets.iter().filter(|person| visited.get(**person).is_some_and(|visit| visit.done)).count();
        (village.unit.clone(), (targets.len() as u32, done as u32))
    };
    Ok(villages.into_iter().map(count).collect())
}

/// Who of `unit` is on the list of `campaign` and not yet visited, by village in the order of the roster.
pub fn pending(store: &dyn Store, county: &str, campaign: &str, unit: &str) -> Result<Vec<Pending>, CountyError> {
    let unit = unit_within(county, unit)?;
    if !is_plain_id(campaign) {
        return Err(CountyError::BadParameter("campaign"));
    }
    let visited = visited(store, campaign)?;
    let villages: Vec<VillageTable> = store.values(&keys::village(unit.as_str()))?;
    let mut pending = Vec::new();
    for village in &villages {
        for (household, person) in targets(village, campaign) {
            let visit = visited.get(&person.person_ref);
            if visit.is_some_and(|visit| visit.done) {
                continue;
            }
            pending.push(Pending {
                unit: village.unit.clone(),
                unit_name: village.name.clone(),
                person_name: person.name.clone(),
                group: household.group.clone(),
                tried_on: visit.and_then(|visit| visit.tried_on.clone()),
            });
        }
    }
    Ok(pending)
}

fn targets<'v>(village: &'v VillageTable, campaign: &str) -> impl Iterator<Item = (&'v Household, &'v RosterPerson)> {
    let people = village.households.iter().flat_map(|house| house.people.iter().map(move |person| (house, person)));
    people.filter(move |(_, person)| person.targets.iter().any(|target| target.campaign_id == campaign))
}

#[derive(Default)]
struct Visited {
    done: bool,
    tried_on: Option<String>,
}

fn visited(store: &dyn Store, campaign: &str) -> Result<BTreeMap<String, Visited>, StoreError> {
    let prefix = keys::visits_of_campaign(campaign);
    let mut visited: BTreeMap<String, Visited> = BTreeMap::new();
    for (key, bytes) in store.all(&prefix)? {
        let visit: VisitOfPerson = decode(&key, &bytes)?;
        let person = key[prefix.len()..].split(|byte| *byte == 0).next().unwrap_or_default();
        let known = visited.entry(String::from_utf8_lossy(person).into_owned()).or_default();
        // Someone who died is no longer to be visited: the target ends, though nothing counts.
        known.done |= visit.counts || visit.outcome == "deceased";
        if visit.outcome == "not_met" {
            known.tried_on = known.tried_on.clone().max(Some(visit.date));
        }
    }
    Ok(visited)
}
