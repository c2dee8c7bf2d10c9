//! What changed meanwhile: one record on two phones, another worker, a village that was merged.

use super::answer::Answer;
use super::hands::{Hands, value_fen};
use crate::demo::county::DemoCounty;
use crate::demo::fill::FillError;
use crate::demo::units::{DEMO_VILLAGE, OTHER_DEMO_VILLAGE};
use serde_json::json;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::roster::StaffMember;

/// Last day of the village that was merged.
pub(super) const MERGED_ON: &str = "2024-06-30";
const DAY: &str = "2024-07-25";

pub(super) async fn soil(hands: &mut Hands<'_>) -> Result<Vec<Answer>, FillError> {
    Ok(vec![edited_on_two_phones(hands).await?, staff_replaced(hands).await?])
}

/// Two colleagues correct who took the gift, each without a signal: the county decides.
async fn edited_on_two_phones(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let visit = hands.visit(station, person, DAY);
    hands.log(station, std::slice::from_ref(&visit)).await?;
    (hands.ways.rest)().await;
    let mut phones = [hands.new_phone(station, None).await?, hands.new_phone(station, station.staff.get(1)).await?];
    for phone in &mut phones {
        hands.exchange_all(station, phone, visit.entered_ms).await?;
    }
    for (phone, receiver) in phones.iter_mut().zip(["spouse", "child"]) {
        let fields = Record::from([("receiver".to_owned(), json!(receiver))]);
        phone.log(&visit.record_id, &visit.address, &fields, visit.entered_ms + 1_000)?;
    }
    for phone in &mut phones {
        hands.exchange_all(station, phone, visit.entered_ms + 2_000).await?;
    }
    Ok(Answer::about("edited_on_two_phones", [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, value_fen(person))
        .with_matter("conflict")
        .right(json!({ "field": "receiver", "values": ["child", "spouse"] })))
}

/// The worker of spring left; somebody new logs on Army Day. Both records are the station's.
async fn staff_replaced(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let is_theirs = |record: &&crate::demo::plan::PlannedRecord| {
        record.by == station.unit && record.record.get("visit_kind") == Some(&json!("spring_festival"))
    };
    let before = hands.clean.iter().find(is_theirs).expect("somebody there was visited in spring");
    let visit = hands.visit(station, person, DAY);
    let successor =
        StaffMember { id: "s8001".to_owned(), name: "钱新来".to_owned(), rank: "village_cadre".to_owned() };
    let mut phone = hands.new_phone(station, Some(&successor)).await?;
    hands.exchange_all(station, &mut phone, 0).await?;
    phone.log(&visit.record_id, &visit.address, &visit.record, visit.entered_ms)?;
    hands.exchange_all(station, &mut phone, visit.entered_ms).await?;
    Ok(Answer::about("staff_replaced", [before.record_id.clone(), visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, value_fen(person))
        .right(json!({ "authors": [station.keeper.name, successor.name], "unit": station.unit, "address": before.address.to_string() })))
}

/// A village that is no demo phone's and has visits before and after the merger, and the one it went into.
pub(super) fn merged_units(county: &DemoCounty) -> (String, String) {
    let spared = [DEMO_VILLAGE.0, OTHER_DEMO_VILLAGE.0];
    let pairs = county.stations.windows(2).map(|pair| (pair[0].unit.to_string(), pair[1].unit.to_string()));
    let mut candidates = pairs.filter(|(old, new)| {
        let of_old = county.roster.iter().zip(&county.fates).filter(|(entry, _)| entry.unit.as_str() == old);
        let delivered = |campaign: usize| {
            of_old.clone().filter(|(_, fate)| fate[campaign] == crate::demo::people::lists::Listing::Delivered).count()
        };
        old[..9] == new[..9] && !spared.contains(&old.as_str()) && delivered(0) > 2 && delivered(1) > 2
    });
    // Far from the first villages, where other dirt falls.
    candidates.next_back().expect("some village has visits at both festivals")
}

/// Records under the old code still count for county and township.
pub(super) fn merged_village(hands: &Hands<'_>) -> Answer {
    let (old, new) = merged_units(hands.county);
    let of_year = |record: &&crate::demo::plan::PlannedRecord| {
        record.by.as_str() == old
            && record.record.get("outcome") == Some(&json!("delivered"))
            && matches!(record.record["visit_kind"].as_str(), Some("spring_festival" | "army_day"))
    };
    let records: Vec<String> = hands.clean.iter().filter(of_year).map(|record| record.record_id.clone()).collect();
    let person_times = records.len();
    Answer::about("village_merged", records).right(json!({
        "unit": old, "replaced_by": new, "valid_to": MERGED_ON, "township": old[..9], "person_times": person_times,
    }))
}
