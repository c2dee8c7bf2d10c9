//! A large village in place of one of the demo's: 200 entitled people, batches of recruits and returnees, and one festival
//! campaign that is open today.
//!
//! Always true: the seed decides names; it comes into the county as any table does, as a record of the journal, and reaches
//! phones by an ordinary exchange. Deliberately not here: visits.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use serde_json::{Value, json};
use std::io;
use zoufang_server::demo::people::names::Names;
use zoufang_server::demo::seed::Seed;
use zoufang_server::rows::table::TableRecord;

/// People of the village.
pub const PEOPLE: usize = 200;
/// The open campaign.
pub const CAMPAIGN: &str = "festival";
/// One home in so many has two entitled people.
const HOMES_WITH_TWO: usize = 20;

/// The tables of the village `unit`, as brought in on the day of `now_ms`.
pub fn tables(seed: u64, unit: &str, now_ms: u64) -> io::Result<Vec<TableRecord>> {
    let mut village = Village { seed: Seed::new(seed, unit), names: Names::default(), people: 0, roster: Vec::new() };
    let households: Vec<Value> = std::iter::from_fn(|| village.household(unit)).collect();
    let today = day_of(now_ms);
    let table = json!({
        "unit": unit, "name": "石门村", "township_name": "双河镇",
        "staff": [
            {"id": "m0001", "name": "陈志远", "rank": "village_cadre"},
            {"id": "m0002", "name": "李国强", "rank": "village_cadre"},
        ],
        "households": households,
        "batches": village.batches(today),
    });
    let campaigns = json!({"kind": "campaigns", "campaigns": [campaign(today)]});
    let village = json!({"kind": "village", "table": table, "roster": village.roster});
    let read = |table| serde_json::from_value(table).map_err(io::Error::other);
    Ok(vec![read(campaigns)?, read(village)?])
}

/// Ids of its people.
pub fn person_refs() -> impl Iterator<Item = String> + Clone {
    (1..=PEOPLE).map(|number| format!("v{number:04}"))
}

fn day_of(now_ms: u64) -> NaiveDate {
    let moment = DateTime::<Utc>::from_timestamp_millis(now_ms as i64).unwrap_or_default();
    moment.date_naive()
}

fn campaign(today: NaiveDate) -> Value {
    json!({
        "id": CAMPAIGN, "name": "春节走访慰问", "document_no": "示退役〔2026〕1号", "visit_kind": "spring_festival",
        "from": (today - Days::new(3)).to_string(), "until": (today + Days::new(14)).to_string(), "closed": false,
        "packages": [{
            "id": "standard", "name": "标准慰问", "money_fen": 20_000, "pay_method": "cash", "fund_source": "county",
            "goods": [
                {"item": "大米", "quantity": 1, "measure_word": "袋", "price_fen": 6_000},
                {"item": "食用油", "quantity": 1, "measure_word": "桶", "price_fen": 4_000},
            ],
        }],
        "spent_fen": 0,
    })
}

struct Village {
    seed: Seed,
    names: Names,
    people: usize,
    roster: Vec<Value>,
}

impl Village {
    fn household(&mut self, unit: &str) -> Option<Value> {
        let (first, left) = (self.people + 1, PEOPLE - self.people);
        let people = if self.seed.below(HOMES_WITH_TWO) == 0 { left.min(2) } else { left.min(1) };
        let (id, group) = (format!("v{first:04}h"), self.seed.between(1, 6).to_string());
        let people: Vec<Value> = (0..people).map(|_| self.person(unit, &id, &group)).collect();
        (!people.is_empty()).then(|| json!({"id": id, "group": group, "people": people}))
    }

    fn person(&mut self, unit: &str, household: &str, group: &str) -> Value {
        self.people += 1;
        let reference = format!("v{:04}", self.people);
        let person = self.names.man(&mut self.seed);
        self.roster.push(json!({
            "person_ref": reference, "name": person.name, "unit": unit, "household": household, "group": group,
            "categories": ["36"],
        }));
        json!({
            "person_ref": reference, "name": person.name, "initials": person.initials,
            "relative": self.names.child_of(&person.name, &mut self.seed),
            "targets": [{"campaign_id": CAMPAIGN, "package_id": "standard"}],
        })
    }

    /// Recruits and returnees of this half-year, and two merit notices: contacts, never a soldier's name.
    fn batches(&mut self, today: NaiveDate) -> Vec<Value> {
        let batch = format!("{}H{}", today.year(), if today.month() <= 6 { 1 } else { 2 });
        let kinds = [("recruit", 6), ("returnee", 4), ("merit", 2)];
        let lines = kinds.iter().flat_map(|(kind, count)| (1..=*count).map(move |number| (*kind, number)));
        let line = |(kind, number): (&str, usize)| {
            let contact = self.names.woman(&mut self.seed);
            let details = if kind == "merit" {
                json!({"honour_code": "merit_3", "award_year": today.year(), "notice_serial": format!("{number:03}")})
            } else {
                json!({})
            };
            json!({
                "person_ref": format!("{kind}{number}"), "kind": kind, "batch": batch, "relation": "母亲",
                "contact": format!("家属 {}", contact.name), "initials": contact.initials, "details": details,
            })
        };
        lines.map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_large_village_has_two_hundred_people_on_the_open_list() {
        let tables = tables(1, crate::bed::VILLAGE, 1_706_900_000_000).expect("the tables are well made");
        let [TableRecord::Campaigns { campaigns }, TableRecord::Village { table, roster }] = &tables[..] else {
            panic!("other tables: {tables:?}")
        };
        assert!(!campaigns[0].closed && campaigns[0].from.as_str() < campaigns[0].until.as_str());
        let people: Vec<_> = table.households.iter().flat_map(|home| &home.people).collect();
        assert_eq!((people.len(), roster.len()), (PEOPLE, PEOPLE));
        assert!(people.iter().all(|person| person.targets[0].campaign_id == CAMPAIGN));
        assert!(people.iter().map(|person| person.person_ref.clone()).eq(person_refs()));
        assert!(table.households.len() < PEOPLE, "no home has two");
    }
}
