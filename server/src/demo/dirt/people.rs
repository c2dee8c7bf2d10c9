//! Who it was: two categories, two in one home, died, moved away, a name that is written otherwise.

use super::answer::Answer;
use super::hands::{Hands, value_fen, with};
use crate::demo::fill::FillError;
use crate::demo::plan::PlannedRecord;
use serde_json::json;

const DAY: &str = "2024-07-26";
/// Signs that sound alike.
const HOMOPHONES: [(char, char); 8] =
    [('国', '果'), ('德', '得'), ('明', '名'), ('建', '健'), ('志', '智'), ('福', '富'), ('军', '君'), ('永', '勇')];
/// Signs with their traditional form.
const TRADITIONAL: [(char, char); 8] =
    [('国', '國'), ('华', '華'), ('贵', '貴'), ('来', '來'), ('发', '發'), ('军', '軍'), ('荣', '榮'), ('满', '滿')];

pub(super) async fn soil(hands: &mut Hands<'_>) -> Result<Vec<Answer>, FillError> {
    let mut answers =
        vec![two_categories(hands), two_in_one_home(hands).await?, died(hands).await?, moved(hands).await?];
    for variant in ["rare", "homophone", "traditional", "space"] {
        answers.push(name_variant(hands, variant).await?);
    }
    Ok(answers)
}

/// Already in the clean year: disabled in the war they fought in. One person, one visit.
fn two_categories(hands: &Hands<'_>) -> Answer {
    let has_two = |visit: &PlannedRecord| {
        let person = hands.county.roster.iter().find(|entry| visit.record["person"]["person_ref"] == *entry.person_ref);
        person.is_some_and(|entry| entry.categories.len() == 2)
    };
    let visit = hands.clean_visit(has_two);
    let person = visit.record["person"]["person_ref"].as_str().unwrap_or_default().to_owned();
    let categories = hands.county.roster.iter().find(|entry| entry.person_ref == person).map(|entry| &entry.categories);
    Answer::about("two_categories", [visit.record_id.clone()])
        .of([person])
        .right(json!({ "categories": categories, "person_times": 1 }))
}

async fn two_in_one_home(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let pair = hands.two_in_one_home();
    let station = hands.station(&pair[0].unit);
    let visits = pair.map(|person| hands.visit(station, person, DAY));
    hands.log(station, &visits).await?;
    let money = pair.iter().map(|person| value_fen(person)).sum();
    Ok(Answer::about("two_in_one_home", visits.map(|visit| visit.record_id))
        .of(pair.map(|person| person.person_ref.clone()))
        .adding_visits(2, 0, money)
        .right(json!({ "household": pair[0].household, "unit": station.unit, "day": DAY })))
}

async fn died(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let station = hands.station(&person.unit);
    let mut visit = hands.visit(station, person, DAY);
    for field in ["handover", "receiver"] {
        visit.record.remove(field);
    }
    visit.record.extend([
        ("outcome".to_owned(), json!("deceased")),
        ("person_times".to_owned(), json!(0)),
        ("gift".to_owned(), json!(null)),
    ]);
    hands.log(station, std::slice::from_ref(&visit)).await?;
    Ok(Answer::about("died_before_visit", [visit.record_id])
        .of([person.person_ref.clone()])
        .right(json!({ "outcome": "deceased", "pending": false, "unit": person.unit, "name": person.name })))
}

/// On the list of one village, visited by another where they live now: counted once, and nobody has to go again.
async fn moved(hands: &mut Hands<'_>) -> Result<Answer, FillError> {
    let person = hands.left_over();
    let other =
        hands.county.stations.iter().find(|station| {
            station.unit != person.unit && station.unit.as_str().get(..9) == person.unit.as_str().get(..9)
        });
    let station = other.expect("a township has several villages");
    let visit = hands.visit(station, person, DAY);
    hands.log(station, std::slice::from_ref(&visit)).await?;
    Ok(Answer::about("moved_village", [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 0, value_fen(person))
        .right(json!({ "unit": station.unit, "listed_in": person.unit, "name": person.name, "pending": false })))
}

/// Not picked from the list but written by hand, with another sign: stands by itself until the township matches it.
async fn name_variant(hands: &mut Hands<'_>, variant: &str) -> Result<Answer, FillError> {
    let person = hands.somebody_named(|name| varied(name, variant).is_some());
    let name = varied(&person.name, variant);
    let station = hands.station(&person.unit);
    let written =
        json!({ "name": name, "village": hands.county.name_of(&person.unit), "category": person.categories[0] });
    let visit = with(hands.visit(station, person, DAY), "person", written);
    hands.log(station, std::slice::from_ref(&visit)).await?;
    Ok(Answer::about(&format!("name_variant_{variant}"), [visit.record_id])
        .of([person.person_ref.clone()])
        .adding_visits(1, 1, value_fen(person))
        .right(json!({ "name": name, "meant": person.name, "person_ref": "", "pending": true, "unit": person.unit })))
}

/// How else a name gets written; nothing where this name is always written so.
fn varied(name: &str, variant: &str) -> Option<String> {
    let surname = name.chars().next()?;
    let exchanged = |pairs: &[(char, char)]| {
        let (from, to) = pairs.iter().find(|(from, _)| name.chars().skip(1).any(|sign| sign == *from))?;
        Some(name.replace(*from, &to.to_string()))
    };
    match variant {
        // A sign beyond the basic plane, as an old register has it.
        "rare" => Some(format!("{surname}\u{2cb5a}")),
        "homophone" => exchanged(&HOMOPHONES),
        "traditional" => exchanged(&TRADITIONAL),
        _ => Some(format!("{surname} {}", name.chars().skip(1).collect::<String>())),
    }
}
