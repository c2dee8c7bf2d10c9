//! Shops that are not as the form would like them: one credit code for two, no code, closed.

use super::answer::Answer;
use super::hands::{Hands, with};
use crate::demo::fill::FillError;
use crate::demo::plan::{Author, PlannedRecord};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// A fictional chain's code that passes its check.
const CHAIN: &str = "91990101MA0TE00260";
/// Where they are: the county town, which has outlets anyway.
const TOWN: &str = "990101001";
const SIGNED: &str = "2024-04-08";

pub(super) async fn soil(hands: &mut Hands<'_>) -> Result<Vec<Answer>, FillError> {
    let stations: Vec<_> =
        hands.county.stations.iter().filter(|station| station.unit.as_str().starts_with(TOWN)).step_by(3).collect();
    let shop = |number: usize, name: &str| shop(hands, number, stations[number % stations.len()], name);
    let chain = [0, 1].map(|number| with(shop(number, "连心超市"), "uscc", json!(CHAIN)));
    let stall = with(shop(2, "路口早点摊"), "uscc_reason", json!("stall"));
    let closed = [
        ("uscc", json!("92990101MA0TE00182")),
        ("status", json!("withdrawn")),
        ("withdrawn_on", json!("2024-09-30")),
        ("withdraw_reason", json!("closed")),
    ];
    let closed = closed.into_iter().fold(shop(3, "旧货商行"), |shop, (field, value)| with(shop, field, value));
    for (record, station) in chain.iter().chain([&stall, &closed]).zip(stations.iter().cycle()) {
        hands.log(station, std::slice::from_ref(record)).await?;
    }
    Ok(vec![
        Answer::about("outlet_shared_code", chain.map(|shop| shop.record_id))
            .adding("T10.outlets", 2)
            .adding("T10.items", 4)
            .right(json!({ "uscc": CHAIN })),
        Answer::about("outlet_without_code", [stall.record_id])
            .adding("T10.outlets", 1)
            .adding("T10.items", 2)
            .right(json!({ "uscc_reason": "stall" })),
        Answer::about("outlet_closed", [closed.record_id]).right(json!({ "status": "withdrawn" })),
    ])
}

fn shop(hands: &Hands<'_>, number: usize, station: &crate::demo::people::staff::Station, name: &str) -> PlannedRecord {
    let mut author = Author::new(hands.county, station, &format!("dirty outlet {number}"));
    let signed: NaiveDate = SIGNED.parse().expect("days of the demo are written as dates");
    let benefit = |text: &str| -> Value { json!({ "text": text, "type": "percent_off", "valid_from": SIGNED }) };
    let fields = json!({
        "name": name,
        "sector_code": "supermarket",
        "business_kind": "individual",
        "benefits": [benefit("全场九折"), benefit("粮油九五折")],
        "beneficiaries": ["veteran"],
        "status": "active",
        "active_on": SIGNED,
        "found_on": SIGNED,
        "division_code": station.unit.division_code(),
    });
    author.record("outlet", &station.unit, false, signed, fields)
}
