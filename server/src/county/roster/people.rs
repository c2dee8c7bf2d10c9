//! The people of the roster as the county looks at them, and corrections of one.
//!
//! Always true: categories are empty unless they were asked for (sensitive, L-10); a citizen number is masked by whoever
//! holds the keys. Names are looked for in a body, never in an address. Deliberately not here: writing a correction down.

use super::known::Known;
use super::standing::Standing;
use crate::county::measures::is_counted;
use crate::county::records;
use crate::county::view::{PeopleFound, PeopleQuery, RosterCorrection, RosterShown};
use crate::rows::roster::SealedIdentity;
use crate::rows::table::{RosterEntry, Unit};
use crate::sheets::day;
use crate::sheets::number::holds_number;
use crate::store::contract::{Store, StoreError};
use std::collections::BTreeMap;
use zoufang_sync_protocol::unit::VILLAGE_DIGITS;

/// People shown at once.
const SHOWN_MAX: usize = 200;
/// The register by which a village says that the roster is wrong.
const ROSTER_ERROR: &str = "roster_error";
/// Characters of a name or a relative.
const TEXT_MAX: usize = 50;

/// Looks for people. `masked` shows a person's number.
pub fn people(
    store: &dyn Store,
    unit: &str,
    query: &PeopleQuery,
    masked: impl Fn(&str, Option<&SealedIdentity>) -> String,
) -> Result<PeopleFound, StoreError> {
    let known = Known::read(store, query.kind, &Standing::on(&[], ""))?;
    let search = query.search.trim();
    let is_asked = |entry: &RosterEntry| !entry.gone && entry.unit.starts_with(unit) && entry.name.contains(search);
    let mut found: Vec<_> = known
        .people
        .values()
        .filter_map(|person| Some((person.entry.as_ref().filter(|entry| is_asked(entry))?, person.identity.as_ref())))
        .collect();
    found.sort_by(|(one, _), (other, _)| {
        (&one.unit, &one.name, &one.person_ref).cmp(&(&other.unit, &other.name, &other.person_ref))
    });
    let total = found.len() as u32;
    let reported = reported(store, unit)?;
    let people = found.into_iter().take(SHOWN_MAX);
    let people = people.map(|(entry, identity)| RosterShown {
        reported: reported.get(&entry.person_ref).copied().unwrap_or_default(),
        ..shown(entry, masked(&entry.person_ref, identity), query.sensitive)
    });
    Ok(PeopleFound { people: people.collect(), total })
}

/// How many errors villages have reported of whom, and nobody at the county has answered.
fn reported(store: &dyn Store, unit: &str) -> Result<BTreeMap<String, u32>, StoreError> {
    let mut reported: BTreeMap<String, u32> = BTreeMap::new();
    let rows = records::rows(store, ROSTER_ERROR, unit)?;
    for row in rows.iter().filter(|row| is_counted(row) && !row.step.is_empty()) {
        if let Some(person) = row.columns.get("person").and_then(|person| person["person_ref"].as_str()) {
            *reported.entry(person.to_owned()).or_default() += 1;
        }
    }
    Ok(reported)
}

/// One person.
pub fn shown(entry: &RosterEntry, identity_masked: String, sensitive: bool) -> RosterShown {
    RosterShown {
        person_ref: entry.person_ref.clone(),
        name: entry.name.clone(),
        unit: entry.unit.clone(),
        household: entry.household.clone(),
        group: entry.group.clone(),
        categories: if sensitive { entry.categories.clone() } else { Vec::new() },
        relative: entry.batch.as_ref().map_or(&entry.relative, |batch| &batch.contact).clone(),
        identity_masked,
        died_on: entry.died_on.clone(),
        reported: 0,
    }
}

/// A person with a correction, or the field that is not as it should be.
pub fn corrected(entry: &RosterEntry, by: &RosterCorrection, tree: &[Unit]) -> Result<RosterEntry, &'static str> {
    let text = |value: &Option<String>, field| match value.as_deref().map(str::trim) {
        Some(text) if text.chars().count() > TEXT_MAX || holds_number(text) => Err(field),
        text => Ok(text.map(str::to_owned)),
    };
    let mut entry = entry.clone();
    if let Some(name) = text(&by.name, "name")? {
        entry.name = if name.is_empty() { return Err("name") } else { name };
    }
    if let Some(unit) = &by.unit {
        let is_village =
            |row: &&Unit| row.unit == *unit && row.unit.len() == VILLAGE_DIGITS && row.replaced_by.is_none();
        entry.unit = tree.iter().find(is_village).ok_or("unit")?.unit.clone();
        // The number of a household is its village's.
        entry.household.clear();
    }
    if let Some(group) = text(&by.group, "group")? {
        entry.group = group;
    }
    if let Some(relative) = text(&by.relative, "relative")? {
        *entry.batch.as_mut().map_or(&mut entry.relative, |batch| &mut batch.contact) = relative;
    }
    if let Some(categories) = &by.categories {
        entry.categories.clone_from(categories);
    }
    if let Some(struck) = by.struck {
        (entry.struck, entry.gone) = (struck, struck);
    }
    match by.died_on.as_deref() {
        None => {}
        Some("") => entry.died_on = None,
        Some(text) => entry.died_on = Some(day::day(text).ok_or("died_on")?),
    }
    Ok(entry)
}
