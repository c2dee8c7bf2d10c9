//! Comments and suggestions of those who use the app; one has its answer.
//!
//! Always true: what a worker says is addressed to the county alone. Deliberately not here: any count of who says what.

use super::day;
use crate::demo::county::DemoCounty;
use crate::demo::plan::{Author, PlannedRecord, Round};
use serde_json::json;

const COMMENTS: [(&str, &str, &str); 3] = [
    ("app", "2024-02-06", "字能不能再大一点，老花眼看不清楚"),
    ("lists", "2024-07-29", "希望能提前一天看到名单"),
    ("app", "2024-09-12", "山里信号不好，传了好几次才传上去"),
];
/// Which of them was answered, when and how.
const ANSWER: (usize, &str, &str) = (0, "2024-02-07", "可以在“设置”里打开大字版，谢谢您的意见");

/// All comments, and the answer.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut records = Vec::new();
    for (number, (topic, date, text)) in COMMENTS.iter().enumerate() {
        let station = &county.stations[40 + number * 70];
        let mut author = Author::new(county, station, "feedback");
        let fields = json!({
            "topic": topic,
            "date": date,
            "division_code": station.unit.division_code(),
            "text": text,
        });
        let mut said = author.record("feedback", &station.unit, true, day(date), fields);
        said.round = Round::Proposed;
        if number == ANSWER.0 {
            let mut office = Author::new(county, &county.bureau, "feedback");
            let fields = json!({ "reply": { "text": ANSWER.2, "on": ANSWER.1 } });
            let answered = office.step(&said, Round::Granted, day(ANSWER.1), fields);
            records.push(answered);
        }
        records.push(said);
    }
    records
}
