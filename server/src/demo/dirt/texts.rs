//! What must not be written: the designation of a unit of the forces in a note. The form warns before it is saved.

use super::answer::Answer;
use super::hands::{Hands, value_fen, with};
use crate::demo::fill::FillError;
use serde_json::json;

/// A number that no unit has.
const NOTE: &str = "儿子在00000部队服役，过年没回来";

pub(super) async fn soil(hands: &mut Hands<'_>) -> Result<Vec<Answer>, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let visit = with(hands.visit(station, person, "2024-07-24"), "note", json!(NOTE));
    hands.log(station, std::slice::from_ref(&visit)).await?;
    let answer = Answer::about("unit_number_in_text", [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, value_fen(person))
        .with_warning("note", "unit")
        .right(json!({ "note": NOTE, "seen": "00000部队" }));
    Ok(vec![answer])
}
