//! The county's leaders visit the garrison before both festivals.
//!
//! Always true: 7 places, goods worth 494,500 yuan, and nothing else about them. Deliberately not here: visits to
//! people, who stand on lists.

use super::day;
use crate::demo::county::DemoCounty;
use crate::demo::plan::{Author, PlannedRecord};
use serde_json::json;

/// Occasion, day, places, value in fen.
const VISITS: [(&str, &str, u32, i64); 2] =
    [("spring_festival", "2024-02-05", 3, 24_800_000), ("army_day", "2024-07-30", 4, 24_650_000)];

pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut office = Author::new(county, &county.bureau, "garrison");
    let visit = |(occasion, date, visits, value_fen): (&str, &str, u32, i64)| {
        let fields = json!({
            "occasion": occasion, "date": date, "visits": visits, "value_fen": value_fen,
            "lead_rank": "county_leader", "fund_source": "county",
            "division_code": county.bureau.unit.division_code(),
        });
        office.record("garrison_visit", &county.bureau.unit, true, day(date), fields)
    };
    VISITS.into_iter().map(visit).collect()
}
