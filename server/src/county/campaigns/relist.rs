//! What a village's table says of its people, after the roster changed: names, households, batch lists, targets.
//!
//! Always true: doing it twice changes nothing; who moved away, or is not on the roster any more, is on no open list of the
//! village they left, and keeps the lists that are closed. People of whom the roster says nothing stay as they are.
//! Deliberately not here: who is on which list (`targets`).

use super::targets::{house, initials, retarget};
use crate::county::view::CampaignPlan;
use crate::rows::roster::{Notice, kind_of};
use crate::rows::table::RosterEntry;
use std::collections::HashMap;
use zoufang_sync_protocol::roster::{BatchPerson, Household, RosterPerson, VillageTable};

/// The county's roster, by reference and by village.
pub(super) struct Roster<'r> {
    people: HashMap<&'r str, &'r RosterEntry>,
    villages: HashMap<&'r str, Vec<&'r RosterEntry>>,
}

impl<'r> Roster<'r> {
    /// Orders it.
    pub(super) fn new(entries: &'r [RosterEntry]) -> Self {
        let mut villages: HashMap<&str, Vec<&RosterEntry>> = HashMap::new();
        entries.iter().for_each(|entry| villages.entry(&entry.unit).or_default().push(entry));
        Self { people: entries.iter().map(|entry| (entry.person_ref.as_str(), entry)).collect(), villages }
    }

    fn of(&self, person_ref: &str) -> Option<&'r RosterEntry> {
        self.people.get(person_ref).copied()
    }

    fn within(&self, unit: &str) -> &[&'r RosterEntry] {
        self.villages.get(unit).map_or(&[], Vec::as_slice)
    }
}

/// Brings a table to what roster and plans say; true if that changed anything.
pub(super) fn relist(table: &mut VillageTable, roster: &Roster<'_>, plans: &[CampaignPlan]) -> bool {
    let before = table.clone();
    for house in &mut table.households {
        house.people.iter_mut().for_each(|person| follow(person, &table.unit, roster, plans));
    }
    rehouse(&mut table.households, &table.unit, roster);
    retarget(table, roster.within(&before.unit), plans);
    relist_batches(table, roster);
    *table != before
}

/// Name and relative as they are now; no open list where the person does not live any more.
fn follow(person: &mut RosterPerson, unit: &str, roster: &Roster<'_>, plans: &[CampaignPlan]) {
    let Some(entry) = roster.of(&person.person_ref) else { return };
    if entry.unit != unit || entry.gone {
        let is_open = |id: &str| plans.iter().any(|plan| plan.campaign.id == id && !plan.campaign.closed);
        person.targets.retain(|target| !is_open(&target.campaign_id));
        return;
    }
    if person.name != entry.name {
        person.initials = initials(&entry.name);
        person.name.clone_from(&entry.name);
    }
    if !entry.relative.is_empty() {
        person.relative.clone_from(&entry.relative);
    }
}

/// People stand in the household that the roster names, where it names one.
fn rehouse(households: &mut Vec<Household>, unit: &str, roster: &Roster<'_>) {
    let mut moving = Vec::new();
    for household in households.iter_mut() {
        let (id, group) = (household.id.clone(), household.group.clone());
        let home = |person: &RosterPerson| roster.of(&person.person_ref).filter(|entry| entry.unit == unit);
        let is_elsewhere = |person: &RosterPerson| {
            home(person).is_some_and(|entry| !entry.household.is_empty() && entry.household != id)
        };
        moving.extend(household.people.extract_if(.., |person| is_elsewhere(person)));
        let named = household.people.iter().filter_map(home).map(|entry| &entry.group).find(|group| !group.is_empty());
        household.group = named.cloned().unwrap_or(group);
    }
    for person in moving {
        if let Some(entry) = roster.of(&person.person_ref) {
            house(households, entry).people.push(person);
        }
    }
}

/// Somebody of a batch list that is imported.
fn is_imported(entry: &RosterEntry) -> bool {
    entry.batch.is_some() && kind_of(entry).is_some()
}

/// Families of the batch lists that were imported; others stay as they were brought.
fn relist_batches(table: &mut VillageTable, roster: &Roster<'_>) {
    let stays = |person: &BatchPerson| match roster.of(&person.person_ref) {
        Some(entry) if is_imported(entry) => entry.unit == table.unit && !entry.gone,
        _ => true,
    };
    table.batches.retain(stays);
    for entry in roster.within(&table.unit).iter().filter(|entry| !entry.gone && is_imported(entry)) {
        let Some(listing) = entry.batch.as_ref().filter(|listing| !listing.contact.is_empty()) else { continue };
        let known = table.batches.iter().position(|person| person.person_ref == entry.person_ref);
        let kept = || known.map(|at| table.batches[at].details.clone()).unwrap_or_default();
        let details = listing.notice.as_ref().map_or_else(kept, Notice::details);
        let family = BatchPerson {
            person_ref: entry.person_ref.clone(),
            kind: listing.kind.clone(),
            batch: listing.batch.clone(),
            contact: format!("家属 {}", listing.contact),
            relation: listing.relation.clone(),
            initials: initials(&listing.contact),
            details,
        };
        match known {
            Some(at) => table.batches[at] = family,
            None => table.batches.push(family),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, plan};
    use super::*;
    use crate::rows::roster::BatchListing;

    const VILLAGE: &str = "990101103200";

    fn table() -> VillageTable {
        VillageTable::new(VILLAGE, "石门村", "")
    }

    fn relisted(table: &mut VillageTable, entries: &[RosterEntry], plans: &[CampaignPlan]) -> bool {
        relist(table, &Roster::new(entries), plans)
    }

    #[test]
    fn names_households_and_moves_follow_the_roster() {
        let plans = [plan("c1")];
        let mut table = table();
        assert!(relisted(&mut table, &[entry("r1", VILLAGE, &["36"]), entry("r2", VILLAGE, &["36"])], &plans));
        let renamed = RosterEntry {
            name: "李国强".into(),
            household: "h1".into(),
            group: "3".into(),
            ..entry("r1", VILLAGE, &["36"])
        };
        let together = RosterEntry { household: "h1".into(), ..entry("r2", VILLAGE, &["36"]) };
        assert!(relisted(&mut table, &[renamed.clone(), together], &plans));
        assert_eq!(table.households.len(), 1);
        assert_eq!((table.households[0].id.as_str(), table.households[0].group.as_str()), ("h1", "3"));
        assert_eq!(table.households[0].people[0].initials, "lgq");
        let moved = entry("r2", "990101103201", &["36"]);
        assert!(relisted(&mut table, &[renamed.clone(), moved.clone()], &plans));
        assert_eq!(table.households[0].people.len(), 1);
        assert!(!relisted(&mut table, &[renamed.clone(), moved.clone()], &plans), "twice is once");
        assert!(relisted(&mut table, &[RosterEntry { gone: true, ..renamed }, moved], &plans));
        assert_eq!(table.households, []);
    }

    #[test]
    fn families_of_a_batch_travel_and_the_soldier_does_not() {
        let listing = BatchListing {
            kind: "recruit".into(),
            batch: "2026H2".into(),
            contact: "王芳".into(),
            relation: "母亲".into(),
            notice: None,
        };
        let soldier =
            RosterEntry { name: "张三".into(), batch: Some(Box::new(listing)), ..entry("q1", VILLAGE, &[]) };
        let mut table = table();
        assert!(relisted(&mut table, std::slice::from_ref(&soldier), &[]));
        assert_eq!((table.batches[0].contact.as_str(), table.batches[0].initials.as_str()), ("家属 王芳", "wf"));
        assert!(!serde_json::to_string(&table).unwrap().contains("张三"));
        assert!(relisted(&mut table, &[RosterEntry { gone: true, ..soldier }], &[]));
        assert_eq!(table.batches, []);
    }
}
