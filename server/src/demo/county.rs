//! The fictional county as one value: tree, tables for phones, roster, stations and lists.
//!
//! Always true: seed and day decide everything; two closed campaigns, whose `spent_fen` sum to 1,500,000 yuan, and one
//! that is open on that day. Deliberately not here: the visits themselves.

use super::campaigns::{campaigns, package_id, worth_of};
use super::lists::{Fate, Listing, fates};
use super::people::roster::{RosterEntry, roster};
use super::people::staff::{Station, stations};
use super::units::{COUNTY, COUNTY_NAME, DEMO_VILLAGE, OTHER_DEMO_VILLAGE, Township, townships};
use crate::county::view::UnitName;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use zoufang_sync_protocol::roster::{
    CampaignTable, CountyTable, Household, RosterPerson, StaffMember, Target, VillageTable,
};
use zoufang_sync_protocol::unit::Unit;

/// See the module's header.
#[derive(Debug, Clone)]
pub struct DemoCounty {
    /// The day it was made for.
    pub today: NaiveDate,
    /// Table `county`.
    pub county: CountyTable,
    /// The county, its townships and villages, sorted by code.
    pub units: Vec<UnitName>,
    /// Table `village` of each village, in order of their codes.
    pub villages: Vec<VillageTable>,
    /// Table `campaigns`.
    pub campaigns: CampaignTable,
    /// 2,960 people, by village.
    pub roster: Vec<RosterEntry>,
    /// One for each village, in order of their codes.
    pub stations: Vec<Station>,
    /// Where each of the roster stands on the three lists, in its order.
    pub fates: Vec<Fate>,
    pub(super) seed: u64,
}

/// Whom an enrolment link is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPhone {
    /// The village.
    pub unit: Unit,
    /// Who is to hold it.
    pub person: StaffMember,
}

impl DemoCounty {
    /// The county of `seed` as it stands on `today`.
    pub fn new(seed: u64, today: NaiveDate) -> Self {
        let townships = townships(seed);
        let roster = roster(seed, &townships);
        let stations = stations(seed, &townships);
        let fates = fates(seed, &roster);
        let [spring_fen, army_day_fen] = [0, 1].map(|campaign| delivered_fen(&roster, &fates, campaign));
        let campaigns = campaigns(today, spring_fen, army_day_fen);
        let villages = village_tables(&townships, &roster, &stations, &fates, &campaigns);
        Self {
            today,
            county: CountyTable { code: COUNTY.to_owned(), name: COUNTY_NAME.to_owned(), filing_no: String::new() },
            units: unit_names(&townships),
            villages,
            campaigns,
            roster,
            stations,
            fates,
            seed,
        }
    }

    /// Two phones of one village, held by two people, and one of another.
    pub fn demo_phones(&self) -> [DemoPhone; 3] {
        let station = |code: &str| {
            self.stations
                .iter()
                .find(|station| station.unit.as_str() == code)
                .expect("the demo villages are in the tree")
        };
        let (first, other) = (station(DEMO_VILLAGE.0), station(OTHER_DEMO_VILLAGE.0));
        [(first, 0), (first, 1), (other, 0)]
            .map(|(station, member)| DemoPhone { unit: station.unit.clone(), person: station.staff[member].clone() })
    }
}

/// What the delivered packages of a campaign are worth.
fn delivered_fen(roster: &[RosterEntry], fates: &[Fate], campaign: usize) -> i64 {
    roster
        .iter()
        .zip(fates)
        .filter(|(_, fate)| fate[campaign] == Listing::Delivered)
        .map(|(entry, _)| worth_of(&entry.categories[0]) * 100)
        .sum()
}

fn unit_names(townships: &[Township]) -> Vec<UnitName> {
    let mut units = vec![UnitName { unit: COUNTY.to_owned(), name: COUNTY_NAME.to_owned() }];
    for township in townships {
        units.push(UnitName { unit: township.unit.to_string(), name: township.name.clone() });
        units.extend(
            township
                .villages
                .iter()
                .map(|village| UnitName { unit: village.unit.to_string(), name: village.name.clone() }),
        );
    }
    units
}

fn village_tables(
    townships: &[Township],
    roster: &[RosterEntry],
    stations: &[Station],
    fates: &[Fate],
    campaigns: &CampaignTable,
) -> Vec<VillageTable> {
    let mut people: BTreeMap<&Unit, Vec<(&RosterEntry, &Fate)>> = BTreeMap::new();
    for (entry, fate) in roster.iter().zip(fates) {
        people.entry(&entry.unit).or_default().push((entry, fate));
    }
    let villages =
        townships.iter().flat_map(|township| township.villages.iter().map(move |village| (township, village)));
    villages
        .zip(stations)
        .map(|((township, village), station)| VillageTable {
            unit: village.unit.to_string(),
            name: village.name.clone(),
            township_name: township.name.clone(),
            staff: station.staff.clone(),
            households: households(people.get(&village.unit).map_or(&[], Vec::as_slice), campaigns),
            batches: Vec::new(),
        })
        .collect()
}

/// Households with somebody on a list.
fn households(people: &[(&RosterEntry, &Fate)], campaigns: &CampaignTable) -> Vec<Household> {
    let mut households: Vec<Household> = Vec::new();
    for (entry, fate) in people {
        let targets = targets(entry, fate, campaigns);
        if targets.is_empty() {
            continue;
        }
        let person = RosterPerson {
            person_ref: entry.person_ref.clone(),
            name: entry.name.clone(),
            relative: entry.relative.clone(),
            initials: entry.initials.clone(),
            targets,
        };
        match households.last_mut() {
            Some(household) if household.id == entry.household => household.people.push(person),
            _ => households.push(Household {
                id: entry.household.clone(),
                group: entry.group.clone(),
                people: vec![person],
            }),
        }
    }
    households
}

fn targets(entry: &RosterEntry, fate: &Fate, campaigns: &CampaignTable) -> Vec<Target> {
    let worth = worth_of(&entry.categories[0]);
    let listed = campaigns.campaigns.iter().zip(fate).filter(|(_, listing)| **listing != Listing::Absent);
    listed
        .map(|(campaign, _)| Target { campaign_id: campaign.id.clone(), package_id: package_id(&campaign.id, worth) })
        .collect()
}
