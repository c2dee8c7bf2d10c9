//! The fictional county as one value: tree, tables for phones, roster, stations and lists.
//!
//! Always true: seed and day decide everything; two closed campaigns, whose `spent_fen` sum to 1,500,000 yuan, and one
//! that is open on that day. Deliberately not here: the visits themselves.

use super::campaigns::{campaigns, package_id, worth_of};
use super::people::batches::{BatchEntry, batches};
use super::people::lists::{Fate, Listing, fates};
use super::people::roster::{RosterEntry, roster};
use super::people::staff::{Station, Stations, stations};
use super::units::{COUNTY, COUNTY_NAME, DEMO_VILLAGE, FILING_NO, OTHER_DEMO_VILLAGE, Township, townships};
use crate::county::view::UnitName;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use zoufang_sync_protocol::roster::{
    BatchPerson, CampaignTable, CountyTable, Household, RosterPerson, StaffMember, Target, VillageTable,
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
    /// Table `village` of each township: its staff.
    pub township_tables: Vec<VillageTable>,
    /// Table `campaigns`.
    pub campaigns: CampaignTable,
    /// 2,960 people, by village.
    pub roster: Vec<RosterEntry>,
    /// Recruits, returnees, merit notices, plaque households, by village.
    pub batches: Vec<BatchEntry>,
    /// One for each village, in order of their codes.
    pub stations: Vec<Station>,
    /// One for each township, in order of their codes.
    pub townships: Vec<Station>,
    /// The bureau's own people.
    pub bureau: Station,
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
        let county = Unit::parse(COUNTY).expect("the demo county's code is six digits");
        let Stations { villages: stations, townships: township_stations, bureau } = stations(seed, &county, &townships);
        let batches = batches(seed, &townships, today);
        let fates = fates(seed, &roster);
        let [spring_fen, army_day_fen] = [0, 1].map(|campaign| delivered_fen(&roster, &fates, campaign));
        let campaigns = campaigns(today, spring_fen, army_day_fen);
        let mut villages = village_tables(&townships, &roster, &stations, &fates, &campaigns);
        add_batches(&mut villages, &batches);
        let township_tables = townships.iter().zip(&township_stations).map(township_table).collect();
        Self {
            today,
            county: CountyTable {
                code: COUNTY.to_owned(),
                name: COUNTY_NAME.to_owned(),
                filing_no: FILING_NO.to_owned(),
            },
            units: unit_names(&townships),
            villages,
            township_tables,
            campaigns,
            roster,
            batches,
            stations,
            townships: township_stations,
            bureau,
            fates,
            seed,
        }
    }

    /// Everybody who has a phone: villages, townships, the bureau.
    pub fn all_stations(&self) -> impl Iterator<Item = &Station> {
        self.stations.iter().chain(&self.townships).chain(std::iter::once(&self.bureau))
    }

    /// What a unit is called; empty for one that is not in the tree.
    pub fn name_of(&self, unit: &Unit) -> &str {
        let found = self.units.iter().find(|named| named.unit == unit.as_str());
        found.map_or("", |named| &named.name)
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

/// Its people stand in the tables of its villages.
fn township_table((township, station): (&Township, &Station)) -> VillageTable {
    let table = VillageTable::new(township.unit.as_str(), &township.name, &township.name);
    VillageTable { staff: station.staff.clone(), ..table }
}

/// Puts the batch lists into the tables of their villages: the family's contact, never the soldier's name.
fn add_batches(villages: &mut [VillageTable], batches: &[BatchEntry]) {
    for village in villages {
        let theirs = batches.iter().filter(|entry| entry.unit.as_str() == village.unit);
        village.batches = theirs
            .map(|entry| BatchPerson {
                person_ref: entry.person_ref.clone(),
                kind: entry.kind.to_owned(),
                batch: entry.batch.clone(),
                contact: format!("家属 {}", entry.contact.name),
                relation: entry.relation.to_owned(),
                initials: entry.contact.initials.clone(),
                details: entry.details.clone(),
            })
            .collect();
    }
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
