//! Who is on which campaign's list, and who of them was visited.
//!
//! Always true for any seed: 2,250 and 2,270 targets, 2,090 and 2,110 of them visited, 1,900 people both times, 2,300
//! people in all; 3,460 visits at 300 yuan, 540 at 500, 120 at 800 and 80 at 1,200. Deliberately not here: days, hours
//! and everything else a record says.

use super::roster::RosterEntry;
use crate::demo::campaigns::worth_of;
use crate::demo::seed::Seed;
use crate::demo::units::{DEMO_VILLAGE, OTHER_DEMO_VILLAGE};
use std::collections::BTreeSet;

/// A package's worth, how many of its people were visited both times, and how many once.
const PLAN: [(i64, usize, usize); 4] = [(300, 1_556, 348), (500, 255, 30), (800, 55, 10), (1_200, 34, 12)];
const SPRING_ONLY: usize = 190;
const LEFT_EACH: usize = 160;
const OPEN_TARGETS: usize = 2_200;
/// Of those whom a closed campaign did not reach, how many have a record that says nobody was met.
const NOT_MET_EACH: usize = 48;

/// Where a person stands on a campaign's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Listing {
    /// Not on the list.
    #[default]
    Absent,
    /// On the list, with no record.
    Target,
    /// On the list; somebody came and met nobody.
    NotMet,
    /// Visited.
    Delivered,
}

/// A person's listings: Spring Festival, Army Day, the open campaign.
pub type Fate = [Listing; 3];

/// One fate for each entry of the roster, in its order.
pub fn fates(seed: u64, roster: &[RosterEntry]) -> Vec<Fate> {
    let mut seed = Seed::new(seed, "lists");
    let mut fates = vec![Fate::default(); roster.len()];
    let mut once = Vec::new();
    for (worth, both, single) in PLAN {
        let mut people: Vec<usize> =
            (0..roster.len()).filter(|index| worth_of(&roster[*index].categories[0]) == worth).collect();
        seed.shuffle(&mut people);
        for person in &people[..both] {
            fates[*person] = [Listing::Delivered, Listing::Delivered, Listing::Absent];
        }
        once.extend_from_slice(&people[both..both + single]);
    }
    seed.shuffle(&mut once);
    for (number, person) in once.into_iter().enumerate() {
        fates[person][usize::from(number >= SPRING_ONLY)] = Listing::Delivered;
    }
    (0..2).for_each(|campaign| add_left(&mut fates, campaign, &mut seed));
    open_list(roster, &mut fates, &mut seed);
    fates
}

/// Puts those who were not reached on a closed campaign's list.
fn add_left(fates: &mut [Fate], campaign: usize, seed: &mut Seed) {
    let mut others: Vec<usize> = (0..fates.len()).filter(|index| fates[*index][campaign] == Listing::Absent).collect();
    seed.shuffle(&mut others);
    for (number, person) in others.into_iter().take(LEFT_EACH).enumerate() {
        fates[person][campaign] = if number < NOT_MET_EACH { Listing::NotMet } else { Listing::Target };
    }
}

/// The open list: everybody of the demo villages, others up to the number; a third of the villages has begun.
fn open_list(roster: &[RosterEntry], fates: &mut [Fate], seed: &mut Seed) {
    let is_demo = |entry: &RosterEntry| [DEMO_VILLAGE.0, OTHER_DEMO_VILLAGE.0].contains(&entry.unit.as_str());
    let (mut listed, mut others): (Vec<usize>, Vec<usize>) =
        (0..roster.len()).partition(|index| is_demo(&roster[*index]));
    seed.shuffle(&mut others);
    others.truncate(OPEN_TARGETS - listed.len());
    for person in &listed {
        fates[*person][2] = Listing::Target;
    }
    visit_some_at_demo_villages(roster, fates, &listed);
    listed = others;
    let mut units: Vec<_> = roster.iter().map(|entry| &entry.unit).collect::<BTreeSet<_>>().into_iter().collect();
    seed.shuffle(&mut units);
    let begun: BTreeSet<_> = units[..units.len() / 3].iter().collect();
    for person in listed {
        let is_begun = begun.contains(&&roster[person].unit);
        fates[person][2] = match seed.below(100) {
            0..70 if is_begun => Listing::Delivered,
            70..74 if is_begun => Listing::NotMet,
            _ => Listing::Target,
        };
    }
}

/// Two households of each demo village are done; the namesakes, first and last of theirs, are still to visit.
fn visit_some_at_demo_villages(roster: &[RosterEntry], fates: &mut [Fate], listed: &[usize]) {
    for village in [DEMO_VILLAGE.0, OTHER_DEMO_VILLAGE.0] {
        let people: Vec<usize> =
            listed.iter().copied().filter(|index| roster[*index].unit.as_str() == village).collect();
        let spared = [&roster[people[0]].household, &roster[people[people.len() - 1]].household];
        let done: BTreeSet<_> = people
            .iter()
            .map(|index| &roster[*index].household)
            .filter(|household| !spared.contains(household))
            .take(2)
            .collect();
        for person in people.into_iter().filter(|index| done.contains(&roster[*index].household)) {
            fates[person][2] = Listing::Delivered;
        }
    }
}
