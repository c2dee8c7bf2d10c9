//! The roster of the fictional county: 2,960 entitled people in households.
//!
//! Always true: the people of each category are as many as the plan of the county says; villages are drawn from a
//! negative binomial (mean 8, shape 1.5, at most 45), so that some 6 % have nobody. Deliberately not here: identity
//! numbers and dates of birth, which no part of the demo needs, and who is on which list.

use super::names::{Names, PersonName};
use crate::demo::seed::Seed;
use crate::demo::units::{DEMO_VILLAGE, OTHER_DEMO_VILLAGE, Township, Village};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use zoufang_sync_protocol::unit::Unit;

/// People on the roster.
pub const PEOPLE: usize = 2_960;
const VILLAGE_MAX: usize = 45;
/// People in the villages of the demo phones.
const DEMO_SIZES: [(&str, usize); 2] = [(DEMO_VILLAGE.0, 14), (OTHER_DEMO_VILLAGE.0, 12)];

/// Category codes with how many people hold them first: 2,840 priority recipients and 120 others.
pub const CATEGORIES: [(&str, usize); 17] = [
    ("36", 1_750),
    ("33", 330),
    ("11", 260),
    ("32", 190),
    ("41", 130),
    ("34", 40),
    ("31", 35),
    ("21", 30),
    ("12", 30),
    ("23", 15),
    ("42", 15),
    ("22", 10),
    ("35", 5),
    ("51", 45),
    ("52", 15),
    ("53", 60),
    ("55", 0),
];

/// An entitled person as the county knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// Internal id.
    pub person_ref: String,
    /// As written on the ID.
    pub name: String,
    /// Initials of the name.
    pub initials: String,
    /// The village.
    pub unit: Unit,
    /// Household id.
    pub household: String,
    /// Group of villagers, as digits; empty in residents' committees.
    pub group: String,
    /// A relative, to tell namesakes apart. May be empty.
    pub relative: String,
    /// Category codes, the one that decides the package first.
    pub categories: Vec<String>,
}

/// The roster, by village in order of their codes, within a village by household.
pub fn roster(seed: u64, townships: &[Township]) -> Vec<RosterEntry> {
    let villages: Vec<&Village> = townships.iter().flat_map(|township| &township.villages).collect();
    let mut seed = Seed::new(seed, "roster");
    let sizes = village_sizes(&villages, &mut seed);
    let mut categories: Vec<&str> =
        CATEGORIES.iter().flat_map(|(code, count)| std::iter::repeat_n(*code, *count)).collect();
    seed.shuffle(&mut categories);
    let mut writer = Writer { names: Names::default(), seed, categories, entries: Vec::new(), households: 0 };
    for (village, size) in villages.into_iter().zip(sizes) {
        writer.village(village, size);
    }
    writer.entries
}

/// Draws a size for each village and moves them by ones until they sum up to [`PEOPLE`].
fn village_sizes(villages: &[&Village], seed: &mut Seed) -> Vec<usize> {
    let weights = size_weights();
    let fixed =
        |village: &Village| DEMO_SIZES.iter().find(|(code, _)| *code == village.unit.as_str()).map(|(_, size)| *size);
    let mut sizes: Vec<usize> =
        villages.iter().map(|village| fixed(village).unwrap_or_else(|| seed.weighted(&weights))).collect();
    loop {
        let total: usize = sizes.iter().sum();
        if total == PEOPLE {
            return sizes;
        }
        let index = seed.below(sizes.len());
        // Empty villages stay empty, the others keep somebody.
        if fixed(villages[index]).is_some() || sizes[index] == 0 {
            continue;
        }
        if total < PEOPLE {
            sizes[index] = (sizes[index] + 1).min(VILLAGE_MAX)
        } else {
            sizes[index] = (sizes[index] - 1).max(1)
        }
    }
}

/// The negative binomial of mean 8 and shape 1.5, cut at [`VILLAGE_MAX`], in millionths.
fn size_weights() -> Vec<usize> {
    let (mean, shape) = (8.0_f64, 1.5_f64);
    let (success, failure) = (shape / (shape + mean), mean / (shape + mean));
    let mut probability = success.powf(shape);
    let mut weights = Vec::new();
    for size in 0..=VILLAGE_MAX {
        weights.push((probability * 1_000_000.0) as usize);
        probability *= (size as f64 + shape) / (size as f64 + 1.0) * failure;
    }
    weights
}

struct Writer {
    names: Names,
    seed: Seed,
    categories: Vec<&'static str>,
    entries: Vec<RosterEntry>,
    households: usize,
}

impl Writer {
    fn village(&mut self, village: &Village, size: usize) {
        let first = self.entries.len();
        let is_committee = village.name.ends_with("社区");
        let mut taken = BTreeSet::new();
        let mut left = size;
        while left > 0 {
            // Some homes have two entitled persons.
            let people = if left >= 2 && self.seed.chance(5) { 2 } else { 1 };
            self.households += 1;
            let group = if is_committee { String::new() } else { self.seed.between(1, 6).to_string() };
            (0..people).for_each(|_| self.person(village, &group, &mut taken));
            left -= people;
        }
        if village.unit.as_str() == DEMO_VILLAGE.0 || (size >= 8 && self.seed.chance(15)) {
            self.namesakes(first);
        }
    }

    fn person(&mut self, village: &Village, group: &str, taken: &mut BTreeSet<String>) {
        let category = self.categories.pop().expect("there is a category for each person");
        let name = loop {
            let name = self.name(category);
            if taken.insert(name.name.clone()) {
                break name;
            }
        };
        let relative =
            if self.seed.chance(60) { self.names.child_of(&name.name, &mut self.seed) } else { String::new() };
        let mut categories = vec![category.to_owned()];
        // A person may hold several: disabled in the war they fought in.
        if category == "11" && self.seed.chance(12) {
            categories.push("33".to_owned());
        }
        self.entries.push(RosterEntry {
            person_ref: format!("r{:05}", self.entries.len() + 1),
            name: name.name,
            initials: name.initials,
            unit: village.unit.clone(),
            household: format!("h{:05}", self.households),
            group: group.to_owned(),
            relative,
            categories,
        });
    }

    fn name(&mut self, category: &str) -> PersonName {
        let women_percent = match category {
            "21" | "22" | "23" | "41" | "53" => 50,
            _ => 3,
        };
        if self.seed.chance(women_percent) { self.names.woman(&mut self.seed) } else { self.names.man(&mut self.seed) }
    }

    /// Gives the last person of the village, who began at `first`, the name of the first.
    fn namesakes(&mut self, first: usize) {
        let last = self.entries.len() - 1;
        let (name, initials) = (self.entries[first].name.clone(), self.entries[first].initials.clone());
        let relatives = loop {
            let pair = [0, 1].map(|_| self.names.child_of(&name, &mut self.seed));
            if pair[0] != pair[1] {
                break pair;
            }
        };
        let [relative, other_relative] = relatives;
        self.entries[first].relative = relative;
        let namesake = &mut self.entries[last];
        (namesake.name, namesake.initials, namesake.relative) = (name, initials, other_relative);
    }
}
