//! Everything that goes wrong in a real county, and what the server makes of it: each answer that was written down with
//! the dirt is asked of the running server, and a kind that nobody asks about is a failure.
//!
//! Deliberately not here: how photos come in, piece by piece (`photos.rs`).

use super::photos;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use zoufang_server::county::view::{
    AnnualReport, ImportShown, Matter, Pending, PeopleFound, RecordDetail, UnitName, VisitRow,
};
use zoufang_server::demo::campaigns::ARMY_DAY;
use zoufang_server::demo::dirt::{Answer, Answers};
use zoufang_server::intake::now_ms;
use zoufang_sync_protocol::document::Address;
use zoufang_tests::bed::Bed;
use zoufang_tests::model::{Year, demo_county, figures};
use zoufang_tests::vectors::read;

const HOUR_MS: u64 = 3_600_000;

/// A running county with its dirt, as it was asked once.
struct Judge {
    bed: Bed,
    report: AnnualReport,
    matters: Vec<Matter>,
}

impl Judge {
    fn new(bed: Bed) -> Self {
        Self { report: bed.county().annual("990101", 2024).unwrap(), matters: bed.county().matters().unwrap(), bed }
    }

    /// The records of an answer, each of which the server has.
    fn records(&self, answer: &Answer) -> Vec<RecordDetail> {
        let found =
            |id: &String| self.bed.county().record(id).unwrap_or_else(|error| panic!("{}: {error}", answer.kind));
        answer.records.iter().map(found).collect()
    }

    fn pending(&self, unit: &str) -> Vec<Pending> {
        self.bed.county().get(&format!("/api/county/pending?campaign={ARMY_DAY}&unit={unit}")).unwrap()
    }

    fn is_pending(&self, unit: &Value, name: &Value) -> bool {
        self.pending(unit.as_str().unwrap()).iter().any(|pending| pending.person_name == *name)
    }

    /// What is asked of every kind: an open matter of the right kind or none at all, and the warning.
    fn check_common(&self, answer: &Answer, records: &[RecordDetail]) {
        let concerned = |matter: &&Matter| answer.records.iter().any(|id| matter.record_ids.contains(id));
        let open: Vec<&Matter> = self.matters.iter().filter(concerned).collect();
        let kinds: Vec<String> =
            open.iter().map(|matter| serde_json::to_value(matter.kind).unwrap().as_str().unwrap().to_owned()).collect();
        assert_eq!(kinds, answer.matter.iter().cloned().collect::<Vec<_>>(), "{}", answer.kind);
        for record in records {
            assert_eq!(record.row.invalid_fields, Vec::<String>::new(), "{}", answer.kind);
        }
        for record in records {
            let odd: Vec<_> = record.row.odd_fields.iter().map(|odd| (odd.field.as_str(), odd.code.as_str())).collect();
            let warned = answer.warning.iter().map(|warning| (warning.field.as_str(), warning.code.as_str()));
            assert_eq!(odd, warned.collect::<Vec<_>>(), "{}", answer.kind);
        }
    }
}

fn column<'r>(record: &'r RecordDetail, path: &[&str]) -> &'r Value {
    path[1..].iter().fold(&record.row.columns[path[0]], |value, piece| &value[*piece])
}

/// What is right for one kind. Each arm is a clear assertion; a kind without one is a failure.
fn check_kind(judge: &Judge, answer: &Answer, records: &[RecordDetail]) {
    let right = &answer.right;
    let first = records.first();
    match answer.kind.as_str() {
        "two_categories" => {
            assert_eq!(column(first.unwrap(), &["county", "categories"]), &right["categories"]);
            assert_eq!(column(first.unwrap(), &["person_times"]), &right["person_times"]);
        }
        "two_in_one_home" => {
            let homes: BTreeSet<String> =
                records.iter().map(|record| column(record, &["county", "household"]).to_string()).collect();
            assert_eq!((records.len(), homes), (2, BTreeSet::from([right["household"].to_string()])));
            check_homes(judge, right);
        }
        "died_before_visit" => {
            assert_eq!(first.unwrap().row.state, right["outcome"].as_str().unwrap());
            assert!(!judge.is_pending(&right["unit"], &right["name"]), "nobody is to go to the dead");
        }
        "moved_village" => {
            assert_eq!(first.unwrap().row.unit, right["unit"].as_str().unwrap());
            assert_eq!(column(first.unwrap(), &["county", "person_name"]), &right["name"]);
            assert!(!judge.is_pending(&right["listed_in"], &right["name"]), "nobody has to go again");
        }
        kind if kind.starts_with("name_variant_") => {
            assert_eq!(column(first.unwrap(), &["county", "person_name"]), &right["name"]);
            assert!(column(first.unwrap(), &["person", "person_ref"]).is_null(), "nobody was matched by a guess");
            assert!(judge.is_pending(&right["unit"], &right["meant"]), "who is meant stays on the list");
        }
        "double_village_township" => {
            assert_eq!(records.iter().map(|record| record.row.open_matters).collect::<Vec<_>>(), [1, 1]);
        }
        "sent_five_times" => {
            check_sent_again(judge, answer, first.unwrap());
        }
        "amount_typed_in_fen" | "amount_typed_in_yuan" => {
            assert_eq!(column(first.unwrap(), &["gift", "money_fen"]), &right["money_fen"]);
            assert!(judge.report.remarks.iter().any(|remark| remark.text.contains("支出数与记录数相差")));
        }
        "goods_without_value" => {
            assert_eq!(column(first.unwrap(), &["county", "value_fen"]), &right["value_fen"]);
            assert_eq!(column(first.unwrap(), &["gift", "goods"]).as_array().unwrap().len(), 1);
        }
        "photo_never_came" | "photo_half_uploaded" | "photo_with_gps" => {
            photos::check(&judge.bed, first.unwrap(), right)
        }
        "clock_eight_hours" | "clock_one_year" | "offline_forty_days" => check_clock(first.unwrap(), right),
        "edited_on_two_phones" => check_edits(judge, answer),
        "staff_replaced" => {
            let authors: Vec<&str> = records.iter().map(|record| record.row.author.as_str()).collect();
            assert_eq!(serde_json::to_value(authors).unwrap(), right["authors"]);
            check_successor(judge, answer);
        }
        "unit_number_in_text" => check_note(first.unwrap(), right),
        "outlet_shared_code" => {
            assert!(records.iter().all(|record| record.row.columns["uscc"] == right["uscc"]));
            assert_eq!(records.len(), 2);
        }
        "outlet_without_code" => {
            check_stall(judge, first.unwrap(), right);
        }
        "outlet_closed" => assert_eq!(first.unwrap().row.state, right["status"].as_str().unwrap()),
        "village_merged" => check_merged(judge, answer, records),
        kind if kind.starts_with("identity_") => {
            check_identity(judge, kind, right);
        }
        kind => panic!("nobody asks about {kind}"),
    }
}

/// Sent five times, and there once.
fn check_sent_again(judge: &Judge, answer: &Answer, record: &RecordDetail) {
    let right = &answer.right;
    let visits = judge.bed.county().visits(&format!("unit={}&limit=500", right["unit"].as_str().unwrap()));
    let of_person = |row: &&VisitRow| row.person_ref == answer.persons[0] && row.campaign_id == ARMY_DAY;
    let theirs = visits.unwrap().rows.iter().filter(of_person).count() as u64;
    assert_eq!(Some(theirs), right["records"].as_u64());
    assert_eq!(Some(record.history.len() as u64), right["changes"].as_u64());
}

/// Whoever comes after has what was done before.
fn check_successor(judge: &Judge, answer: &Answer) {
    let right = &answer.right;
    let mut successor = judge.bed.station(right["unit"].as_str().unwrap(), "孙接班").unwrap();
    successor.exchange().unwrap();
    let address = Address::parse(right["address"].as_str().unwrap()).unwrap();
    assert!(successor.phone.record(&address, &answer.records[0]).is_some(), "what was done before is there");
}

/// A stall has no code and counts all the same.
fn check_stall(judge: &Judge, shop: &RecordDetail, right: &Value) {
    assert!(!shop.fields.contains_key("uscc") && shop.fields["uscc_reason"] == right["uscc_reason"]);
    let asked = json!({"register": "outlet", "unit": shop.row.unit, "text": shop.row.title});
    assert_eq!(judge.bed.county().records(&asked).unwrap().figures["outlets"], 1, "a stall counts");
}

/// People of one home are one household in the figures, and each of them a person.
fn check_homes(judge: &Judge, right: &Value) {
    let asked =
        json!({"register": "visit", "unit": right["unit"], "from": right["day"], "to": right["day"], "limit": 500});
    let page = judge.bed.county().records(&asked).unwrap();
    let delivered = page.rows.iter().filter(|row| row.columns["outcome"] == "delivered");
    let homes: BTreeSet<String> = delivered.map(|row| row.columns["county"]["household"].to_string()).collect();
    assert_eq!(page.figures["households"], homes.len() as i64);
    assert!(page.figures["persons"] > page.figures["households"], "{:?}", page.figures);
}

/// Whoever came with an old number is on the roster, with the number sealed and masked, and their line got its word.
fn check_identity(judge: &Judge, kind: &str, right: &Value) {
    let asked = json!({"unit": right["unit"], "search": right["name"], "kind": "roster", "sensitive": false});
    let found: PeopleFound = judge.bed.county().post("/api/county/people", &asked).unwrap();
    let shown: Vec<&str> = found.people.iter().map(|person| person.identity_masked.as_str()).collect();
    assert_eq!(shown, [right["shown"].as_str().unwrap()], "{kind}");
    let imports: Vec<ImportShown> = judge.bed.county().get("/api/county/imports").unwrap();
    let import = imports.into_iter().find(|import| right["file"] == import.file_name).unwrap();
    let faults = import.check.unwrap().faults;
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    assert!(faults.iter().all(|fault| fault.warning) && faults.len() == 3, "{codes:?}");
    assert_eq!(codes.contains(&right["warning"].as_str().unwrap()), right["warning"] != "", "{kind}: {codes:?}");
}

/// The note is kept as it was written. What the phone says of this very note is proved where the phone is tested, by the
/// same file.
fn check_note(record: &RecordDetail, right: &Value) {
    let note = record.fields["note"].as_str().unwrap();
    assert!(note.contains(right["seen"].as_str().unwrap()));
    let judged = json!({ "text": note, "found": [{ "kind": "unit", "seen": right["seen"] }] });
    assert!(read("free-text.json").as_array().unwrap().contains(&judged));
}

/// The values stand side by side, and the county decides.
fn check_edits(judge: &Judge, answer: &Answer) {
    let matter = judge.matters.iter().find(|matter| matter.record_ids == answer.records).unwrap();
    let values: BTreeSet<&str> = matter.values.iter().filter_map(|value| value.value.as_str()).collect();
    let wanted: BTreeSet<&str> = answer.right["values"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!((matter.field.as_deref(), values), (answer.right["field"].as_str(), wanted));
}

/// The day that the worker says stands; the phone's clock is written down; what came when is by the server's own clock.
fn check_clock(record: &RecordDetail, right: &Value) {
    assert_eq!(record.row.date, right["date"].as_str().unwrap());
    assert_eq!(record.history[0].written_ms, right["written_ms"].as_u64().unwrap());
    assert!(record.row.received_ms.abs_diff(now_ms()) < HOUR_MS);
}

/// Records under the old code count for the old code, for what it was merged into, its township and the county.
fn check_merged(judge: &Judge, answer: &Answer, records: &[RecordDetail]) {
    let right = &answer.right;
    let unit = right["unit"].as_str().unwrap();
    assert!(records.iter().all(|record| record.row.unit == unit));
    let county = demo_county();
    for whole in [unit, right["township"].as_str().unwrap()] {
        let shown = figures(&Year::shown(&county, &mut judge.bed.county()).unwrap().within(whole), "2024");
        let report = judge.bed.county().annual(whole, 2024).unwrap();
        assert_eq!(report.figures["T01.person_times"], shown["T01.person_times"], "{whole}");
    }
    let report = judge.bed.county().annual(unit, 2024).unwrap();
    assert_eq!(report.figures["T01.person_times"], right["person_times"].as_i64().unwrap());
    let successor = right["replaced_by"].as_str().unwrap();
    let own = figures(&Year::shown(&county, &mut judge.bed.county()).unwrap().within(successor), "2024");
    let both = judge.bed.county().annual(successor, 2024).unwrap().figures["T01.person_times"];
    assert_eq!(both, own["T01.person_times"] + right["person_times"].as_i64().unwrap(), "by the tree of the year");
    let units: Vec<UnitName> = judge.bed.county().get("/api/county/units").unwrap();
    assert!(units.iter().any(|known| known.unit == unit), "the old code keeps its name");
}

/// The clean year by the model, and what each kind adds, is what the report says; so says the model of the tables.
fn check_figures(judge: &Judge, answers: &Answers) {
    let county = demo_county();
    let mut wanted = figures(&Year::planned(&county), "2024");
    wanted.insert("T01.open_doubles".to_owned(), 0);
    for answer in &answers.kinds {
        for (name, by) in &answer.figures {
            *wanted.get_mut(name).unwrap_or_else(|| panic!("{name} is no figure of the model")) += by;
        }
    }
    for (name, figure) in &wanted {
        assert_eq!(judge.report.figures.get(name), Some(figure), "{name}");
    }
    wanted.remove("T01.open_doubles");
    assert_eq!(figures(&Year::shown(&county, &mut judge.bed.county()).unwrap(), "2024"), wanted);
}

/// All kinds that there are.
const KINDS: [&str; 30] = [
    "two_categories",
    "two_in_one_home",
    "died_before_visit",
    "moved_village",
    "name_variant_rare",
    "name_variant_homophone",
    "name_variant_traditional",
    "name_variant_space",
    "double_village_township",
    "sent_five_times",
    "amount_typed_in_fen",
    "amount_typed_in_yuan",
    "goods_without_value",
    "photo_never_came",
    "photo_half_uploaded",
    "photo_with_gps",
    "clock_eight_hours",
    "clock_one_year",
    "offline_forty_days",
    "edited_on_two_phones",
    "staff_replaced",
    "unit_number_in_text",
    "outlet_shared_code",
    "outlet_without_code",
    "outlet_closed",
    "village_merged",
    "identity_wrong_check_digit",
    "identity_fifteen_digits",
    "identity_old_prefix",
    "identity_full_width",
];

#[test]
fn every_kind_of_dirt_gets_its_right_answer() {
    let bed = Bed::with(&["--dirt"]).unwrap();
    let file = std::fs::read(bed.data().join("dirt.json")).unwrap();
    let answers: Answers = serde_json::from_slice(&file).unwrap();
    let kinds: Vec<&str> = answers.kinds.iter().map(|answer| answer.kind.as_str()).collect();
    assert_eq!(kinds, KINDS);
    let judge = Judge::new(bed);
    for answer in &answers.kinds {
        let records = judge.records(answer);
        judge.check_common(answer, &records);
        check_kind(&judge, answer, &records);
    }
    check_figures(&judge, &answers);
    assert_eq!(judge.matters.len(), answers.kinds.iter().filter(|answer| answer.matter.is_some()).count());
}
