//! Scattered memorials of martyrs, and what their keepers saw.
//!
//! Always true: each is looked at four times a year. Deliberately not here: the cemetery.

use super::day;
use crate::demo::county::DemoCounty;
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord};
use crate::demo::seed::Seed;
use chrono::Days;
use serde_json::{Value, json};

const SITES: [&str; 8] = [
    "石门烈士墓",
    "青崖阻击战纪念碑",
    "清源烈士亭",
    "松岗烈士墓",
    "大岭英烈碑",
    "鹤鸣烈士墓",
    "竹溪纪念亭",
    "白鹿烈士墓",
];

/// Days of the year's rounds.
const ROUNDS: [&str; 4] = ["2024-03-28", "2024-06-20", "2024-09-25", "2024-11-28"];

/// One record for each memorial and round.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut seed = Seed::new(county.seed, "memorials");
    let mut stations: Vec<&Station> = county.stations.iter().collect();
    seed.shuffle(&mut stations);
    let mut records = Vec::new();
    for (name, station) in SITES.iter().zip(stations) {
        let grade = *seed.pick(&["county", "ungraded"]);
        // Half of them have worn letters in one round, made readable by the next.
        let worn = seed.below(ROUNDS.len() * 2);
        for (round, first) in ROUNDS.iter().enumerate() {
            let mut author = Author::new(county, station, &format!("memorial {round}"));
            let date = day(first) + Days::new(author.seed.below(4) as u64);
            let mut fields = json!({
                "site_name": name,
                "inspected_on": date.to_string(),
                "condition": condition(round != worn),
                "result": if round == worn { "defect" } else { "sound" },
                "grade": grade,
                "division_code": station.unit.division_code(),
            });
            if round == worn {
                fields["defect"] = json!("碑文褪色");
                fields["repair_by"] = json!((date + Days::new(60)).to_string());
            }
            records.push(author.record("memorial", &station.unit, true, date, fields));
        }
    }
    records
}

fn condition(lettering_readable: bool) -> Value {
    json!({
        "body_sound": true,
        "lettering_readable": lettering_readable,
        "foundation_firm": true,
        "surroundings_clean": true,
        "plants_tended": true,
        "site_safe": true,
    })
}
