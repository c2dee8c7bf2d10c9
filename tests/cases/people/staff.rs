//! Who serves a village is known there by name.

use zoufang_tests::bed::Bed;

const VILLAGE: &str = "990101103200";

/// Goal: a record of a colleague is shown with the colleague's name. A newcomer enrols by a fresh link; the phone that was
/// there before hears of it at its next exchange.
#[test]
fn a_newcomer_is_known_by_name_to_the_village() {
    let bed = Bed::empty().unwrap();
    let mut first = bed.station(VILLAGE, "陈志远").unwrap();
    let staff = |table: Option<&[u8]>| -> Vec<String> {
        let table: serde_json::Value = serde_json::from_slice(table.unwrap()).unwrap();
        table["staff"].as_array().unwrap().iter().map(|member| member["name"].as_str().unwrap().to_owned()).collect()
    };
    first.exchange().unwrap();
    let feed = format!("tables/{VILLAGE}");
    let before = staff(first.phone.table(&feed, "village"));
    assert!(before.contains(&"陈志远".to_owned()) && !before.contains(&"林小满".to_owned()), "{before:?}");
    bed.station(VILLAGE, "林小满").unwrap();
    first.exchange().unwrap();
    let after = staff(first.phone.table(&feed, "village"));
    assert_eq!(after.len(), before.len() + 1);
    assert!(after.contains(&"林小满".to_owned()), "{after:?}");
}
