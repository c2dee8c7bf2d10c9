//! When it was: clocks that are wrong by hours or a year, a phone that had no signal for 40 days.
//!
//! Always true: the day that the worker says decides the year; the phone's clock is recorded and believed nowhere.

use super::answer::Answer;
use super::hands::{Hands, value_fen};
use crate::demo::fill::FillError;
use serde_json::json;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;

pub(super) async fn soil(hands: &mut Hands<'_>) -> Result<Vec<Answer>, FillError> {
    Ok(vec![
        wrong_clock(hands, "clock_eight_hours", "2024-07-29", 8 * HOUR_MS).await?,
        wrong_clock(hands, "clock_one_year", "2024-07-29", 365 * DAY_MS).await?,
        offline_forty_days(hands).await?,
    ])
}

/// The phone's clock is slow by `by_ms`.
async fn wrong_clock(hands: &mut Hands<'_>, kind: &str, day: &str, by_ms: u64) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let mut visit = hands.visit(station, person, day);
    visit.entered_ms -= by_ms;
    hands.log(station, std::slice::from_ref(&visit)).await?;
    Ok(Answer::about(kind, [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, value_fen(person))
        .right(json!({ "date": day, "written_ms": visit.entered_ms })))
}

/// Logged in July, sent in September, when the campaign is long closed.
async fn offline_forty_days(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let visit = hands.visit(station, person, "2024-07-28");
    let mut phone = hands.new_phone(station, None).await?;
    phone.log(&visit.record_id, &visit.address, &visit.record, visit.entered_ms)?;
    let sent_ms = visit.entered_ms + 40 * DAY_MS;
    hands.exchange_all(station, &mut phone, sent_ms).await?;
    Ok(Answer::about("offline_forty_days", [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, value_fen(person))
        .right(json!({ "date": "2024-07-28", "written_ms": sent_ms })))
}
