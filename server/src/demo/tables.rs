//! The fictional county's tables as the journal takes them, as if the office had brought them in.
//!
//! Always true: categories are in the county's part alone, never in what goes to phones. Deliberately not here: writing
//! them down.

use super::county::DemoCounty;
use super::people::batches::BatchEntry;
use crate::county::view::UnitName;
use crate::rows::roster::BatchListing;
use crate::rows::table::{RosterEntry, TableRecord, Unit};

/// Units, campaigns, then one record for each village, then one for each township.
pub fn table_records(county: &DemoCounty) -> Vec<TableRecord> {
    let units = units(county);
    let mut records =
        vec![TableRecord::Units { units }, TableRecord::Campaigns { campaigns: county.campaigns.campaigns.clone() }];
    let mut people = county.roster.iter().peekable();
    for table in &county.villages {
        let mut roster = Vec::new();
        while let Some(entry) = people.next_if(|entry| entry.unit.as_str() == table.unit) {
            roster.push(RosterEntry {
                person_ref: entry.person_ref.clone(),
                name: entry.name.clone(),
                unit: entry.unit.to_string(),
                household: entry.household.clone(),
                group: entry.group.clone(),
                categories: entry.categories.clone(),
                relative: entry.relative.clone(),
                ..RosterEntry::default()
            });
        }
        roster.extend(county.batches.iter().filter(|entry| entry.unit.as_str() == table.unit).map(soldier));
        roster.dedup_by(|a, b| a.person_ref == b.person_ref);
        records.push(TableRecord::Village { table: table.clone(), roster });
    }
    let townships = county.township_tables.iter();
    records.extend(townships.map(|table| TableRecord::Village { table: table.clone(), roster: Vec::new() }));
    records
}

/// The tree as the office brings it in.
pub fn units(county: &DemoCounty) -> Vec<Unit> {
    let unit = |known: &UnitName| Unit {
        unit: known.unit.clone(),
        name: known.name.clone(),
        valid_from: None,
        valid_to: None,
        replaced_by: None,
    };
    county.units.iter().map(unit).collect()
}

/// Somebody of a batch list in the county's roster, by name: no category, no household on a list.
fn soldier(entry: &BatchEntry) -> RosterEntry {
    RosterEntry {
        person_ref: entry.person_ref.clone(),
        name: entry.name.clone(),
        unit: entry.unit.to_string(),
        batch: Some(Box::new(BatchListing {
            kind: entry.kind.to_owned(),
            batch: entry.batch.clone(),
            contact: entry.contact.name.clone(),
            relation: entry.relation.to_owned(),
            notice: None,
        })),
        ..RosterEntry::default()
    }
}
