//! Who is on a campaign's list, with which package: from plan and roster into the table of a village.
//!
//! Always true: a person has at most one target in a campaign; doing it twice changes nothing; a campaign that is closed, or
//! that has no plan, keeps the targets it had. A person on no list at all leaves the table, for phones know nobody whom
//! they need not visit. Deliberately not here: when it is done, and writing it down.

use crate::county::view::CampaignPlan;
use crate::rows::table::RosterEntry;
use pinyin::ToPinyin;
use std::borrow::Borrow;
use zoufang_sync_protocol::roster::{Household, RosterPerson, Target, VillageTable};

/// The package that a plan gives to a person; none: not on the list. What is said of the person by name wins over the
/// category; of several categories the package counts that is worth most.
pub fn package_of<'p>(plan: &'p CampaignPlan, entry: &RosterEntry) -> Option<&'p str> {
    let targets = &plan.targets;
    if entry.died_on.is_some() || entry.gone || targets.without.contains(&entry.person_ref) {
        return None;
    }
    let worth = |id: &&str| plan.campaign.packages.iter().find(|one| one.id == **id).map_or(0, |one| one.value_fen());
    let by_category = entry.categories.iter().filter_map(|code| targets.categories.get(code)).map(String::as_str);
    // Of two that are worth the same the first category decides, as on the list of the office.
    let by_category = by_category.rev().max_by_key(worth);
    targets.people.get(&entry.person_ref).map(String::as_str).or(by_category)
}

/// Makes the targets of a village anew; true if that changed anything. `roster` may hold people of other villages.
pub fn retarget<E: Borrow<RosterEntry>>(table: &mut VillageTable, roster: &[E], plans: &[CampaignPlan]) -> bool {
    let before = table.households.clone();
    let open: Vec<&CampaignPlan> = plans.iter().filter(|plan| !plan.campaign.closed).collect();
    for entry in roster.iter().map(Borrow::borrow).filter(|entry| entry.unit == table.unit) {
        let wanted: Vec<Target> = open.iter().filter_map(|plan| target(plan, entry)).collect();
        match find(&mut table.households, &entry.person_ref) {
            Some(person) => give(person, &open, wanted),
            None if wanted.is_empty() => {}
            None => house(&mut table.households, entry).people.push(listed(entry, wanted)),
        }
    }
    table.households.iter_mut().for_each(|house| house.people.retain(|person| !person.targets.is_empty()));
    table.households.retain(|house| !house.people.is_empty());
    table.households != before
}

/// Initials of a name in pinyin, for the phone's search: 李国强 is `lgq`. A sign that has none stays out.
pub fn initials(name: &str) -> String {
    name.to_pinyin().flatten().map(|sound| sound.first_letter()).collect()
}

fn target(plan: &CampaignPlan, entry: &RosterEntry) -> Option<Target> {
    let package_id = package_of(plan, entry)?.to_owned();
    Some(Target { campaign_id: plan.campaign.id.clone(), package_id })
}

/// Keeps the order of the targets that stay, so that a table is only rewritten where something changed.
fn give(person: &mut RosterPerson, open: &[&CampaignPlan], mut wanted: Vec<Target>) {
    let is_open = |target: &Target| open.iter().any(|plan| plan.campaign.id == target.campaign_id);
    person.targets.retain(|target| !is_open(target) || wanted.iter().any(|one| one.campaign_id == target.campaign_id));
    for target in &mut person.targets {
        if let Some(at) = wanted.iter().position(|one| one.campaign_id == target.campaign_id) {
            *target = wanted.swap_remove(at);
        }
    }
    wanted.sort_by(|one, other| one.campaign_id.cmp(&other.campaign_id));
    person.targets.extend(wanted);
}

fn find<'h>(households: &'h mut [Household], person_ref: &str) -> Option<&'h mut RosterPerson> {
    households.iter_mut().flat_map(|house| &mut house.people).find(|person| person.person_ref == person_ref)
}

pub(super) fn house<'h>(households: &'h mut Vec<Household>, entry: &RosterEntry) -> &'h mut Household {
    let id = if entry.household.is_empty() { &entry.person_ref } else { &entry.household };
    let at = households.iter().position(|house| house.id == *id).unwrap_or_else(|| {
        households.push(Household { id: id.clone(), group: entry.group.clone(), people: Vec::new() });
        households.len() - 1
    });
    &mut households[at]
}

fn listed(entry: &RosterEntry, targets: Vec<Target>) -> RosterPerson {
    RosterPerson {
        person_ref: entry.person_ref.clone(),
        name: entry.name.clone(),
        relative: entry.relative.clone(),
        initials: initials(&entry.name),
        targets,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, plan};
    use super::*;
    use proptest::prelude::*;

    const VILLAGE: &str = "990101103200";

    fn table() -> VillageTable {
        VillageTable::new(VILLAGE, "石门村", "")
    }

    fn targets(table: &VillageTable) -> Vec<(&str, &str, &str)> {
        let people = table.households.iter().flat_map(|house| &house.people);
        people
            .flat_map(|person| {
                person.targets.iter().map(|target| (&*person.name, &*target.campaign_id, &*target.package_id))
            })
            .collect()
    }

    #[test]
    fn categories_people_and_exceptions_decide_in_that_order_of_strength() {
        let mut plan = plan("c1");
        let roster = [
            entry("r1", VILLAGE, &["36"]),
            entry("r2", VILLAGE, &["36", "11"]),
            entry("r3", VILLAGE, &["59"]),
            entry("r4", VILLAGE, &["36"]),
            RosterEntry { died_on: Some("2024-05-01".into()), ..entry("r5", VILLAGE, &["36"]) },
            entry("r6", "990101103201", &["36"]),
        ];
        plan.targets.people.insert("r3".into(), "large".into());
        plan.targets.without.push("r4".into());
        let mut table = table();
        assert!(retarget(&mut table, &roster, std::slice::from_ref(&plan)));
        assert_eq!(targets(&table), [("r1", "c1", "small"), ("r2", "c1", "large"), ("r3", "c1", "large")]);
        assert!(!retarget(&mut table, &roster, std::slice::from_ref(&plan)), "twice is once");
        plan.targets.categories.remove("36");
        assert!(retarget(&mut table, &roster, std::slice::from_ref(&plan)));
        assert_eq!(targets(&table), [("r2", "c1", "large"), ("r3", "c1", "large")], "who is on no list is not known");
    }

    #[test]
    fn a_closed_campaign_keeps_its_list() {
        let mut first = plan("c1");
        let mut table = table();
        retarget(&mut table, &[entry("r1", VILLAGE, &["36"])], std::slice::from_ref(&first));
        first.campaign.closed = true;
        first.targets.categories.clear();
        retarget(&mut table, &[entry("r1", VILLAGE, &["36"])], &[first, plan("c2")]);
        assert_eq!(targets(&table), [("r1", "c1", "small"), ("r1", "c2", "small")]);
    }

    #[test]
    fn initials_are_those_of_the_phone() {
        assert_eq!((initials("李国强").as_str(), initials("欧阳·𠮷明x").as_str()), ("lgq", "oym"));
    }

    proptest! {
        #[test]
        fn nobody_is_twice_on_a_list_and_twice_is_once(
            people in proptest::collection::vec((0..3_usize, proptest::bool::ANY, proptest::bool::ANY), 1..12),
            closed in proptest::bool::ANY,
        ) {
            let kinds: [&[&str]; 3] = [&["36"], &["11", "36"], &["59"]];
            let mut plans = [plan("c1"), plan("c2")];
            plans[1].campaign.closed = closed;
            let mut roster = Vec::new();
            for (number, (kind, named, without)) in people.into_iter().enumerate() {
                let id = format!("r{number}");
                if named { plans[0].targets.people.insert(id.clone(), "small".into()); }
                if without { plans[1].targets.without.push(id.clone()); }
                roster.push(entry(&id, VILLAGE, kinds[kind]));
            }
            let mut table = table();
            retarget(&mut table, &roster, &plans);
            let first = table.clone();
            prop_assert!(!retarget(&mut table, &roster, &plans));
            prop_assert_eq!(&first, &table);
            let listed: Vec<_> = targets(&table).into_iter().map(|(name, campaign, _)| (name, campaign)).collect();
            let distinct: std::collections::BTreeSet<_> = listed.iter().copied().collect();
            prop_assert_eq!(listed.len(), distinct.len());
        }
    }
}
