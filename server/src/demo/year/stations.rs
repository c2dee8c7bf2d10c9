//! Stations and their staff: all townships, some villages, posts that are vacant.
//!
//! Always true: a vacant post says since when. Deliberately not here: accounts and phones.

use super::day;
use crate::demo::county::DemoCounty;
use crate::demo::plan::{Author, PlannedRecord};
use serde_json::json;

/// Every how many villages one has written its station down.
const VILLAGES_EVERY: usize = 6;

/// One record for each station.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let villages = county.stations.iter().step_by(VILLAGES_EVERY);
    county
        .townships
        .iter()
        .chain(villages)
        .map(|station| {
            let mut author = Author::new(county, station, "station");
            let fields = json!({
                "name": format!("{}退役军人服务站", county.name_of(&station.unit)),
                "state": if station.vacant { "vacant" } else { "staffed" },
                "head": if station.vacant { None } else { Some(&station.keeper.name) },
                "vacant_since": if station.vacant { Some("2024-04-01") } else { None },
                "opened_on": "2019-06-01",
                "five_haves": { "office": true, "staffing": true, "people": !station.vacant, "money": true, "guarantee": true },
                "division_code": station.unit.division_code(),
            });
            author.record("station", &station.unit, false, day("2024-05-20"), fields)
        })
        .collect()
}
