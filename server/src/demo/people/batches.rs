//! The batch lists of the fictional county: recruits, returnees, merit notices, households with a plaque.
//!
//! Always true: 31 and 41 recruits and 38 and 58 returnees of 2024, 19 third-class merits and 100 "four haves" awards, 323
//! plaque households; besides these, some of the batch of today in the demo villages, for whoever tries the app. The
//! soldier's name stays in the county's roster; what a phone may know is the family contact. Deliberately not here:
//! ceremonies.

use super::names::{Names, PersonName};
use crate::demo::seed::Seed;
use crate::demo::units::{DEMO_VILLAGE, OTHER_DEMO_VILLAGE, Township};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use zoufang_sync_protocol::unit::Unit;

/// Batches of 2024 with their recruits: people, and villages they come from.
const RECRUITS: [(&str, usize, usize); 2] = [("2024H1", 31, 28), ("2024H2", 41, 38)];
/// Batches of 2024 with their returnees, in as many villages.
const RETURNEES: [(&str, usize, usize); 2] = [("2024H1", 38, 35), ("2024H2", 58, 52)];
/// Honours of 2024 with their notices and the award for one, yuan.
pub const HONOURS: [(&str, usize, i64); 2] = [("M4", 19, 1_000), ("M5", 100, 150)];
/// What is done about plaques, how often, and why.
pub const PLAQUES: [(&str, usize); 5] =
    [("new_recruit", 72), ("new", 20), ("replace", 210), ("relocate", 15), ("reissue", 6)];

/// What one notice of an honour is worth, fen.
pub fn award_fen(honour: &Value) -> i64 {
    HONOURS.iter().find(|(code, ..)| *honour == *code).map_or(0, |(_, _, yuan)| yuan * 100)
}

/// Somebody of a batch list, as the county knows them.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchEntry {
    /// Internal id.
    pub person_ref: String,
    /// `recruit`, `returnee`, `merit`, `plaque`.
    pub kind: &'static str,
    /// `2024H1`.
    pub batch: String,
    /// The village.
    pub unit: Unit,
    /// The soldier (for a plaque: the head of the household): the county alone.
    pub name: String,
    /// Family contact with initials.
    pub contact: PersonName,
    /// How the contact is related: 父亲.
    pub relation: &'static str,
    /// What a form fills in.
    pub details: BTreeMap<String, Value>,
    /// For a plaque: which of [`PLAQUES`].
    pub plaque: &'static str,
}

/// The lists, by village in order of their codes, within a village by kind.
pub fn batches(seed: u64, townships: &[Township], today: NaiveDate) -> Vec<BatchEntry> {
    let villages: Vec<Unit> =
        townships.iter().flat_map(|township| &township.villages).map(|village| village.unit.clone()).collect();
    let mut maker = Maker { names: Names::default(), seed: Seed::new(seed, "batches"), villages, entries: Vec::new() };
    for (batch, people, places) in RECRUITS {
        maker.soldiers("recruit", batch, people, places);
    }
    for (batch, people, places) in RETURNEES {
        maker.soldiers("returnee", batch, people, places);
    }
    maker.merits();
    maker.plaques();
    maker.of_today(today);
    let mut entries = maker.entries;
    entries.sort_by(|a, b| (&a.unit, a.kind, &a.person_ref).cmp(&(&b.unit, b.kind, &b.person_ref)));
    entries
}

/// `2026H2`: spring is the first half of the year.
pub fn batch_of(day: NaiveDate) -> String {
    format!("{}H{}", day.year(), if day.month() <= 6 { 1 } else { 2 })
}

struct Maker {
    names: Names,
    seed: Seed,
    villages: Vec<Unit>,
    entries: Vec<BatchEntry>,
}

impl Maker {
    /// `people` from `places` villages: the first of them send more than one.
    fn soldiers(&mut self, kind: &'static str, batch: &str, people: usize, places: usize) {
        let mut villages = self.villages.clone();
        self.seed.shuffle(&mut villages);
        for number in 0..people {
            let unit = villages[number % places].clone();
            self.add(kind, batch, unit, BTreeMap::new());
        }
    }

    /// Notices for the year before; one soldier has both honours.
    fn merits(&mut self) {
        let mut serial = 0;
        let mut twice: Option<BatchEntry> = None;
        for (code, notices, _) in HONOURS {
            for number in 0..notices {
                serial += 1;
                let details = BTreeMap::from([
                    ("honour_code".to_owned(), json!(code)),
                    ("award_year".to_owned(), json!(2023)),
                    ("notice_serial".to_owned(), json!(format!("2024-{serial:03}"))),
                ]);
                let unit = self.seed.pick(&self.villages).clone();
                match twice.take().filter(|_| code == "M5" && number == 0) {
                    Some(first) => self.entries.push(BatchEntry { details, ..first }),
                    None => self.add("merit", "2024H1", unit, details),
                }
                if code == "M4" && number + 1 == notices {
                    twice = self.entries.last().cloned();
                }
            }
        }
    }

    fn plaques(&mut self) {
        let recruits: Vec<BatchEntry> = self.entries.iter().filter(|entry| entry.kind == "recruit").cloned().collect();
        for (what, households) in PLAQUES {
            for number in 0..households {
                let family = recruits.get(number).filter(|_| what == "new_recruit");
                let unit = family.map_or_else(|| self.seed.pick(&self.villages).clone(), |entry| entry.unit.clone());
                self.add("plaque", "2024H1", unit, BTreeMap::new());
                let made = self.entries.last_mut().expect("added just before");
                made.plaque = what;
                if let Some(recruit) = family {
                    made.batch.clone_from(&recruit.batch);
                    made.name.clone_from(&recruit.contact.name);
                    made.contact.clone_from(&recruit.contact);
                }
            }
        }
    }

    /// Some whom nobody has seen off yet, in the villages of the demo's phones.
    fn of_today(&mut self, today: NaiveDate) {
        let batch = batch_of(today);
        for (code, _) in [DEMO_VILLAGE, OTHER_DEMO_VILLAGE] {
            let unit = Unit::parse(code).expect("codes of the demo county are digits");
            (0..4).for_each(|_| self.add("recruit", &batch, unit.clone(), BTreeMap::new()));
            (0..3).for_each(|_| self.add("returnee", &batch, unit.clone(), BTreeMap::new()));
            (0..3).for_each(|_| self.add("plaque", &batch, unit.clone(), BTreeMap::new()));
            let details = BTreeMap::from([
                ("honour_code".to_owned(), json!("M5")),
                ("award_year".to_owned(), json!(today.year() - 1)),
                ("notice_serial".to_owned(), json!(format!("{}-{}", today.year(), &code[9..]))),
            ]);
            self.add("merit", &batch, unit, details);
        }
    }

    fn add(&mut self, kind: &'static str, batch: &str, unit: Unit, details: BTreeMap<String, Value>) {
        let name = self.names.man(&mut self.seed);
        let (contact, relation) = match self.seed.below(10) {
            0..5 => (self.names.man_of_family(&name.name, &mut self.seed), "父亲"),
            5..9 => (self.names.woman(&mut self.seed), "母亲"),
            _ => (self.names.man_of_family(&name.name, &mut self.seed), "兄弟"),
        };
        let letter = match kind {
            "recruit" => 'n',
            "returnee" => 'b',
            "merit" => 'm',
            _ => 'q',
        };
        let person_ref = format!("{letter}{:04}", self.entries.len() + 1);
        let (batch, plaque) = (batch.to_owned(), "");
        self.entries.push(BatchEntry {
            person_ref,
            kind,
            batch,
            unit,
            name: name.name,
            contact,
            relation,
            details,
            plaque,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::units::townships;

    #[test]
    fn lists_are_as_long_as_the_plan_says() {
        for seed in [1, 2, 990_101] {
            let today = "2026-11-21".parse().unwrap();
            let entries = batches(seed, &townships(seed), today);
            let count = |kind: &str, batch: &str| {
                entries.iter().filter(|entry| entry.kind == kind && entry.batch == batch).count()
            };
            assert_eq!((count("recruit", "2024H1"), count("recruit", "2024H2")), (31, 41));
            assert_eq!((count("returnee", "2024H1"), count("returnee", "2024H2")), (38, 58));
            assert_eq!(count("merit", "2024H1"), 119);
            assert_eq!(count("plaque", "2024H1") + count("plaque", "2024H2"), 323);
            assert_eq!(count("recruit", &batch_of(today)), 8);
            let people: std::collections::BTreeSet<_> =
                entries.iter().filter(|entry| entry.kind == "merit").map(|entry| &entry.person_ref).collect();
            assert_eq!(people.len(), 119 + 2 - 1, "one soldier has two honours");
        }
    }
}
