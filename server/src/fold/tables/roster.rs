//! What imports and corrections do to the county's roster.
//!
//! Always true: an import changes nothing before its last record is there; somebody who was never on the roster, after an
//! import was undone, leaves the tables of phones with it. Deliberately not here: lists of campaigns, which follow from
//! plans and roster (`county/campaigns`) and are brought by whoever took the import.

use crate::county::view::ColumnMeaning;
use crate::fold::publish;
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::roster::{ImportTaken, KnownPerson, RosterChange};
use crate::store::contract::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::roster::VillageTable;

/// An import comes into force.
pub(super) fn take(overlay: &mut Overlay<'_>, import: ImportTaken) -> Result<(), StoreError> {
    let mut left: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for part in 0..import.parts {
        for one in import.part(overlay, part)? {
            change(overlay, &one)?;
            if let (Some(entry), None) = (one.before.entry, one.after.entry) {
                left.entry(entry.unit).or_default().insert(one.person_ref);
            }
        }
    }
    left.iter().try_for_each(|(unit, people)| leave(overlay, unit, people))?;
    let kind = import.kind.as_str();
    // What was undone lets the one before it be undone, too.
    let in_force = if import.undoes.is_some() { import.previous.clone() } else { Some(import.id.clone()) };
    overlay.put(keys::import_head(kind), &in_force);
    if import.undoes.is_none() {
        // Files of other layouts keep what was said of their columns.
        let mut mapping: BTreeMap<String, ColumnMeaning> =
            overlay.value(&keys::import_mapping(kind))?.unwrap_or_default();
        mapping.extend(import.mapping.clone());
        overlay.put(keys::import_mapping(kind), &mapping);
    }
    overlay.put(keys::import(&import.id), &import);
    Ok(())
}

/// One person as they are from now on.
pub(super) fn change(overlay: &mut Overlay<'_>, change: &RosterChange) -> Result<(), StoreError> {
    let RosterChange { person_ref, kind, before, after } = change;
    let KnownPerson { entry, imported, identity } = after;
    put(overlay, keys::roster(person_ref), entry.as_ref());
    put(overlay, keys::imported(person_ref), imported.as_ref());
    put(overlay, keys::identity(person_ref), identity.as_ref());
    if let Some(old) = before.identity.as_ref().filter(|old| Some(*old) != identity.as_ref()) {
        overlay.remove(keys::identity_digest(kind.as_str(), &old.digest));
    }
    if let Some(identity) = identity {
        overlay.put(keys::identity_digest(kind.as_str(), &identity.digest), person_ref);
    }
    Ok(())
}

fn put<T: serde::Serialize>(overlay: &mut Overlay<'_>, key: Vec<u8>, value: Option<&T>) {
    match value {
        Some(value) => overlay.put(key, value),
        None => overlay.remove(key),
    }
}

fn leave(overlay: &mut Overlay<'_>, unit: &str, people: &BTreeSet<String>) -> Result<(), StoreError> {
    let Some(mut table) = overlay.value::<VillageTable>(&keys::village(unit))? else { return Ok(()) };
    let before = table.clone();
    table.households.iter_mut().for_each(|house| house.people.retain(|person| !people.contains(&person.person_ref)));
    table.households.retain(|house| !house.people.is_empty());
    table.batches.retain(|person| !people.contains(&person.person_ref));
    if table != before {
        overlay.put(keys::village(unit), &table);
        publish::table(overlay, &format!("tables/{unit}"), "village", super::to_json(&table))?;
    }
    Ok(())
}
