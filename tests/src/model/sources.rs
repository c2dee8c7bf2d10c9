//! Where the model gets its fields: from the plan of the demo, or from a running server's tables.
//!
//! Always true: prices and households come from the plan in both cases; the server is asked for fields alone, never for a
//! figure.

use super::rules::{Counting, Fields, person, text};
use super::year::Year;
use crate::county::County;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use zoufang_server::access::grants::day_of;
use zoufang_server::county::view::{MatterKind, RecordRow};
use zoufang_server::demo::county::DemoCounty;
use zoufang_server::demo::plan::PlannedRecord;
use zoufang_server::demo::year::plan_year;
use zoufang_server::intake::now_ms;

const REGISTERS: [&str; 10] = [
    "visit",
    "ceremony",
    "outlet",
    "roster_check",
    "hardship_aid",
    "consultation",
    "memorial",
    "station",
    "feedback",
    "garrison_visit",
];
const PAGE: usize = 500;

/// The demo's county as it is made today.
pub fn demo_county() -> DemoCounty {
    let day = day_of(now_ms()).parse().expect("the clock shows a day");
    DemoCounty::new(zoufang_server::demo::SEED, day)
}

impl Year {
    /// What the model must be told about the county, without any record.
    fn of_county(county: &DemoCounty) -> Self {
        let mut prices = BTreeMap::new();
        for campaign in &county.campaigns.campaigns {
            for goods in campaign.packages.iter().flat_map(|package| &package.goods) {
                prices.insert((campaign.id.clone(), goods.item.clone()), goods.price_fen);
            }
        }
        let households =
            county.roster.iter().map(|entry| (entry.person_ref.clone(), entry.household.clone())).collect();
        Self { prices, households, ..Self::default() }
    }

    /// What the phones were to log: the fields of all who wrote, one over the other.
    pub fn planned(county: &DemoCounty) -> Self {
        let mut plan: Vec<PlannedRecord> = plan_year(county);
        plan.sort_by_key(|record| record.round);
        let mut merged: BTreeMap<(String, String), Counting> = BTreeMap::new();
        for record in plan {
            let key = (record.address.register.clone(), record.record_id.clone());
            let (id, unit) = (record.record_id, record.address.unit.to_string());
            let counting = merged.entry(key).or_insert_with(|| Counting { id, unit, fields: Fields::new() });
            counting.fields.extend(record.record);
        }
        let mut year = Self::of_county(county);
        for ((register, _), record) in merged {
            year.records.entry(register).or_default().push(record);
        }
        year
    }

    /// What the server's tables hold, sensitive columns too: rows that count.
    pub fn shown(county: &DemoCounty, server: &mut County) -> io::Result<Self> {
        let mut year = Self::of_county(county);
        for register in REGISTERS {
            let rows = all_rows(server, register)?;
            let counting = rows
                .into_iter()
                .filter(|row| row.void_reason.is_none() && row.double_of.is_none() && row.invalid_fields.is_empty());
            let record = |row: RecordRow| Counting {
                id: row.record_id,
                unit: row.unit,
                fields: row.columns.into_iter().collect(),
            };
            year.records.insert(register.to_owned(), counting.map(record).collect());
        }
        year.know_open_doubles(server)?;
        Ok(year)
    }

    fn know_open_doubles(&mut self, server: &mut County) -> io::Result<()> {
        for matter in server.matters()?.into_iter().filter(|matter| matter.kind == MatterKind::Double) {
            let visits = self.records.get("visit").map(Vec::as_slice).unwrap_or_default();
            let one = visits.iter().find(|visit| matter.record_ids.contains(&visit.id));
            let key = one.map(|visit| (text(&visit.fields, "campaign_id").to_owned(), person(visit, &visit.fields)));
            self.open_doubles.extend(key);
        }
        Ok(())
    }

    /// The part of it that lies within a unit.
    pub fn within(mut self, unit: &str) -> Self {
        self.records.values_mut().for_each(|records| records.retain(|record| record.unit.starts_with(unit)));
        self
    }
}

/// All rows of a register, page by page.
pub fn all_rows(server: &mut County, register: &str) -> io::Result<Vec<RecordRow>> {
    let mut rows = Vec::new();
    loop {
        let query = json!({ "register": register, "sensitive": true, "limit": PAGE, "offset": rows.len() });
        let page = server.records(&query)?;
        if page.rows.is_empty() {
            return Ok(rows);
        }
        rows.extend(page.rows);
    }
}
