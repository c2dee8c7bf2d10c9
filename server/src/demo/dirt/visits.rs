//! What was done: logged by village and township, sent five times, an odd sum, goods that no package has.

use super::answer::Answer;
use super::hands::{Hands, value_fen, with};
use crate::demo::fill::FillError;
use crate::demo::plan::PlannedRecord;
use serde_json::json;

const DAY: &str = "2024-07-27";
/// What a slip of the keyboard makes of 300 yuan: 30,000.
const TOO_MUCH_FEN: i64 = 3_000_000;
/// What 300 yuan become where somebody types 3.
const TOO_LITTLE_FEN: i64 = 300;
/// How often the same request goes out.
const TIMES_SENT: usize = 5;

pub(super) async fn soil(hands: &mut Hands<'_>) -> Result<Vec<Answer>, FillError> {
    Ok(vec![
        double(hands).await?,
        sent_five_times(hands).await?,
        amount_slip(hands, "amount_typed_in_fen", TOO_MUCH_FEN, "above").await?,
        amount_slip(hands, "amount_typed_in_yuan", TOO_LITTLE_FEN, "below").await?,
        goods_without_value(hands).await?,
    ])
}

/// The township writes down what the village wrote down already.
async fn double(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let is_free = |visit: &PlannedRecord| visit.record["lead_rank"] == "other_township_cadre";
    let first = hands.clean_visit(is_free);
    let person_ref = first.record["person"]["person_ref"].as_str().unwrap_or_default();
    let person = hands.county.roster.iter().find(|entry| entry.person_ref == person_ref);
    let person = person.expect("visits of the clean year are of the roster");
    let township = hands.township(&person.unit);
    let day = first.record["visit_date"].as_str().unwrap_or(DAY).to_owned();
    let visit = with(hands.visit(township, person, &day), "lead_rank", json!("other_township_cadre"));
    hands.log(township, std::slice::from_ref(&visit)).await?;
    Ok(Answer::about("double_village_township", [first.record_id.clone(), visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(0, 0, value_fen(person))
        .adding("T01.open_doubles", 1)
        .with_matter("double"))
}

async fn sent_five_times(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let visit = hands.visit(station, person, DAY);
    let mut phone = hands.new_phone(station, None).await?;
    phone.log(&visit.record_id, &visit.address, &visit.record, visit.entered_ms)?;
    let request = phone.request(visit.entered_ms)?;
    for _ in 0..TIMES_SENT {
        let answer = hands.exchange(&request).await?;
        phone.answer(&request, &answer)?;
    }
    Ok(Answer::about("sent_five_times", [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, value_fen(person))
        .right(json!({ "records": 1, "changes": 1, "unit": station.unit })))
}

async fn amount_slip(hands: &mut Hands<'_>, kind: &str, money_fen: i64, warning: &str) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let gift = json!({ "money_fen": money_fen, "pay_method": "cash", "goods": [], "fund_source": "county" });
    let visit = with(hands.visit(station, person, DAY), "gift", gift);
    hands.log(station, std::slice::from_ref(&visit)).await?;
    Ok(Answer::about(kind, [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, money_fen)
        .with_warning("gift.money_fen", warning)
        .right(json!({ "money_fen": money_fen })))
}

async fn goods_without_value(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let visit = hands.visit(station, person, DAY);
    let money = visit.record["gift"]["money_fen"].as_i64().unwrap_or_default();
    let mut gift = visit.record["gift"].clone();
    gift["goods"] = json!([{ "item": "自家种的核桃", "quantity": 2, "measure_word": "袋" }]);
    let visit = with(visit, "gift", gift);
    hands.log(station, std::slice::from_ref(&visit)).await?;
    Ok(Answer::about("goods_without_value", [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, money)
        .right(json!({ "value_fen": money, "goods": 1 })))
}
