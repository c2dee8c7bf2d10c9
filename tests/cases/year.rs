//! The year of the demo, through the real binary, equals a model that knows nothing of the server.
//!
//! The model is arithmetic on the plan of the fictional county: two campaigns with their targets, packages worth a round sum,
//! who died and who was not met. Deliberately not here: how the visits get there; simulated phones bring them.

use zoufang_server::county::view::{AnnualReport, VisitPage};
use zoufang_tests::bed::Bed;

/// Person-times of both festivals: 2,250 and 2,270 targets, of which 4,200 were met.
const PERSON_TIMES: i64 = 4_200;
/// 1,500,000.00 yuan.
const FEN: i64 = 150_000_000;

fn figures(bed: &Bed) -> AnnualReport {
    bed.county().annual("990101", 2024).unwrap()
}

/// All visits of the year, page by page.
fn visits(bed: &Bed) -> Vec<zoufang_server::county::view::VisitRow> {
    let mut county = bed.county();
    let mut rows = Vec::new();
    loop {
        let query = format!("from=2024-01-01&to=2024-12-31&limit=500&offset={}", rows.len());
        let page: VisitPage = county.visits(&query).unwrap();
        if page.rows.is_empty() {
            return rows;
        }
        rows.extend(page.rows);
    }
}

#[track_caller]
fn check(bed: &Bed) {
    let report = figures(bed);
    assert_eq!(report.figures.get("T01.person_times"), Some(&PERSON_TIMES));
    assert_eq!(report.figures.get("T01.money_records_fen"), Some(&FEN));
    assert_eq!(report.figures.get("T01.money_spent_fen"), Some(&FEN));
    assert!(report.sentences.iter().any(|sentence| sentence.id == "T01" && sentence.text.contains("4200")));

    let rows = visits(bed);
    let counting: Vec<_> = rows
        .iter()
        .filter(|row| row.outcome == "delivered" && row.void_reason.is_none() && row.double_of.is_none())
        .filter(|row| row.invalid_fields.is_empty())
        .collect();
    assert_eq!(counting.iter().map(|row| row.person_times).sum::<i64>(), PERSON_TIMES);
    assert_eq!(counting.iter().map(|row| row.value_fen).sum::<i64>(), FEN);
    let persons: std::collections::BTreeSet<(&str, &str)> =
        counting.iter().map(|row| (row.campaign_id.as_str(), row.person_ref.as_str())).collect();
    assert_eq!(persons.len() as i64, PERSON_TIMES, "somebody counts twice in a campaign");
}

#[test]
fn the_demos_year_is_4200_visits_and_1_500_000_yuan_also_after_the_index_was_lost() {
    let mut bed = Bed::with(&[]).unwrap();
    check(&bed);
    let before = figures(&bed).figures;
    bed.stop().unwrap();
    std::fs::remove_dir_all(bed.data().join("index")).unwrap();
    bed.start().unwrap();
    check(&bed);
    assert_eq!(figures(&bed).figures, before);
}
