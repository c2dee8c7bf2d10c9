//! The hands that make dirt: extra phones in the villages, and people whom the clean year left out.
//!
//! Always true: nobody is given twice, so that kinds of dirt do not mix; a phone is new for each piece of work. Deliberately
//! not here: what is wrong with a record.

use crate::demo::campaigns::{ARMY_DAY, worth_of};
use crate::demo::county::DemoCounty;
use crate::demo::fill::{FillError, Ways, enrol_phone, until_quiet};
use crate::demo::people::lists::{Fate, Listing};
use crate::demo::people::roster::RosterEntry;
use crate::demo::people::staff::Station;
use crate::demo::phone::Phone;
use crate::demo::plan::{Author, PlannedRecord};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use zoufang_sync_protocol::roster::StaffMember;
use zoufang_sync_protocol::unit::Unit;

/// Number of the campaign that dirt falls into.
pub(super) const CAMPAIGN: usize = 1;

/// See the module's header.
pub struct Hands<'a> {
    /// The county.
    pub county: &'a DemoCounty,
    /// The clean year.
    pub clean: &'a [PlannedRecord],
    /// The ways to the county.
    pub ways: &'a Ways<'a>,
    taken: BTreeSet<&'a str>,
}

impl<'a> Hands<'a> {
    /// Hands that have done nothing yet.
    pub fn new(county: &'a DemoCounty, clean: &'a [PlannedRecord], ways: &'a Ways<'a>) -> Self {
        Self { county, clean, ways, taken: BTreeSet::new() }
    }

    /// Somebody on the list of Army Day whom nobody tried to visit then, but who was visited in spring: so the year counts
    /// them as a person already.
    pub fn left_over(&mut self) -> &'a RosterEntry {
        self.somebody(|_, fate| fate[CAMPAIGN] == Listing::Target && fate[0] == Listing::Delivered)
    }

    /// Somebody of such a name who was on the list of Army Day and whom nobody visited then.
    pub fn somebody_named(&mut self, is_such: impl Fn(&str) -> bool) -> &'a RosterEntry {
        self.somebody(|entry, fate| fate[CAMPAIGN] == Listing::Target && is_such(&entry.name))
    }

    fn somebody(&mut self, wanted: impl Fn(&RosterEntry, &Fate) -> bool) -> &'a RosterEntry {
        let people = self.county.roster.iter().zip(&self.county.fates);
        let mut free =
            people.filter(|(entry, fate)| wanted(entry, fate) && !self.taken.contains(entry.person_ref.as_str()));
        let (entry, _) = free.next().expect("a closed campaign left 112 people out");
        self.taken.insert(&entry.person_ref);
        entry
    }

    /// Two people of one home, none of whom was visited on Army Day.
    pub fn two_in_one_home(&mut self) -> [&'a RosterEntry; 2] {
        let is_free = |index: usize| {
            let fate = self.county.fates[index];
            matches!(fate[CAMPAIGN], Listing::Absent | Listing::Target)
                && fate[0] == Listing::Delivered
                && !self.taken.contains(self.county.roster[index].person_ref.as_str())
        };
        let roster = &self.county.roster;
        let found = (1..roster.len()).find(|index| {
            roster[index - 1].household == roster[*index].household && is_free(*index) && is_free(index - 1)
        });
        let index = found.expect("some home of two was left out");
        let pair = [&roster[index - 1], &roster[index]];
        self.taken.extend(pair.map(|entry| entry.person_ref.as_str()));
        pair
    }

    /// The station of a unit.
    pub fn station(&self, unit: &Unit) -> &'a Station {
        let found = self.county.all_stations().find(|station| station.unit == *unit);
        found.expect("every unit of the tree has a station")
    }

    /// The station of the township above a village.
    pub fn township(&self, unit: &Unit) -> &'a Station {
        let found = self.county.townships.iter().find(|station| station.unit.contains(unit));
        found.expect("every village lies in a township")
    }

    /// A record of the clean year's Army Day.
    pub fn clean_visit(&self, wanted: impl Fn(&PlannedRecord) -> bool) -> &'a PlannedRecord {
        let visits = self.clean.iter().filter(|record| record.record.get("campaign_id") == Some(&json!(ARMY_DAY)));
        let mut found = visits.filter(|visit| visit.record["outcome"] == "delivered").filter(|visit| wanted(visit));
        found.next().expect("the clean year has many visits")
    }

    /// A visit on Army Day by the phone of `station`, with the standard package, as it should be.
    pub fn visit(&self, station: &'a Station, person: &RosterEntry, day: &str) -> PlannedRecord {
        let date: NaiveDate = day.parse().expect("days of the demo are written as dates");
        let mut author = Author::new(self.county, station, &format!("dirt {} {day}", person.person_ref));
        let campaign = &self.county.campaigns.campaigns[CAMPAIGN];
        let package = campaign.packages.iter().find(|package| package.value_fen() == value_fen(person));
        let unit = if station.unit.contains(&person.unit) { &person.unit } else { &station.unit };
        let fields = json!({
            "campaign_id": campaign.id,
            "visit_kind": campaign.visit_kind,
            "outcome": "delivered",
            "visit_date": day,
            "division_code": unit.division_code(),
            "person": { "person_ref": person.person_ref },
            "person_times": 1,
            "gift": package.map(crate::demo::visits::gift),
            "handover": { "handover_place": "home" },
            "receiver": "self",
            "lead_rank": "village_cadre",
            "visitor_refs": author.two_of_staff(),
        });
        author.record("visit", unit, true, date, fields)
    }

    /// A new phone of `station`, for its keeper or for somebody else.
    pub async fn new_phone(&self, station: &Station, person: Option<&StaffMember>) -> Result<Phone, FillError> {
        let keeper = person.unwrap_or(&station.keeper).clone();
        enrol_phone(&Station { keeper, ..station.clone() }, self.ways.enrol).await
    }

    /// Takes a request to the county.
    pub async fn exchange(&self, request: &[u8]) -> Result<Vec<u8>, FillError> {
        (self.ways.exchange)(request.to_vec()).await.map_err(FillError::Exchange)
    }

    /// Exchanges until there is nothing more to say.
    pub async fn exchange_all(&self, station: &Station, phone: &mut Phone, clock_ms: u64) -> Result<(), FillError> {
        until_quiet(&station.unit, phone, clock_ms, self.ways.exchange).await.map(|_| ())
    }

    /// A new phone of `station` logs `records` and exchanges.
    pub async fn log(&self, station: &Station, records: &[PlannedRecord]) -> Result<Phone, FillError> {
        let mut phone = self.new_phone(station, None).await?;
        self.exchange_all(station, &mut phone, 0).await?;
        let mut clock_ms = 0;
        for record in records {
            phone.log(&record.record_id, &record.address, &record.record, record.entered_ms)?;
            clock_ms = record.entered_ms;
        }
        self.exchange_all(station, &mut phone, clock_ms).await?;
        Ok(phone)
    }
}

/// What the standard package of a person is worth, fen.
pub(super) fn value_fen(person: &RosterEntry) -> i64 {
    worth_of(&person.categories[0]) * 100
}

/// Sets a field of a planned record.
pub(super) fn with(mut record: PlannedRecord, field: &str, value: Value) -> PlannedRecord {
    record.record.insert(field.to_owned(), value);
    record
}
