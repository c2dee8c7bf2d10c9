//! Rosters and trees from files, over HTTP: looked at, taken, on the phones of the villages, corrected, taken again, undone.
//!
//! Deliberately not here: every fault of a line (`county/roster/tests`), and how differences are found (beside it).

use serde_json::{Value, json};
use zoufang_server::county::view::{ImportShown, TreeCheck, UnitDays};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::roster::VillageTable;
use zoufang_tests::bed::{Bed, VILLAGE};
use zoufang_tests::county::County;
use zoufang_tests::station::Station;
use zoufang_tests::workbook;

/// Numbers of nobody that stand in the files of these cases.
const NUMBERS: [&str; 4] = ["990101194808010017", "990101195703150026", "99010120040922004X", "990101631107003"];

pub(super) fn bring(county: &mut County, kind: &str, file: &[u8]) -> ImportShown {
    let answer = county.upload(&format!("/api/county/imports?kind={kind}&name=花名册.xlsx"), file).unwrap();
    serde_json::from_value(answer.json()).unwrap_or_else(|_| panic!("{}", answer.json()))
}

pub(super) fn act(county: &mut County, shown: &ImportShown, verb: &str, choice: Value) -> ImportShown {
    let mut choice = choice;
    choice["mapping"] = json!(shown.mapping);
    let _: Value = county.post(&format!("/api/county/imports/{}/{verb}", shown.id), &choice).unwrap();
    let path = format!("/api/county/imports/{}", shown.id);
    county
        .wait_for("the import", |county| county.get::<ImportShown>(&path).ok().filter(|shown| shown.state != "working"))
}

/// What a look at a file answers, as it is stored: ids are of the moment, names stand for them.
fn answer(shown: &ImportShown) -> Value {
    let mut check = json!(shown.check);
    for difference in check["differences"].as_array_mut().unwrap() {
        difference.as_object_mut().unwrap().remove("person_ref");
    }
    check
}

/// Compares with `tests/vectors/rosters/<name>.json`.
pub(super) fn is_stored(shown: &ImportShown, name: &str) {
    let path = zoufang_tests::repository().join("tests/vectors/rosters").join(format!("{name}.json"));
    let stored: Value = serde_json::from_slice(&std::fs::read(path).unwrap_or_default()).unwrap_or_default();
    let found = answer(shown);
    assert_eq!(found, stored, "{name}: {}", serde_json::to_string_pretty(&found).unwrap());
}

/// Names on the list of a village, as its phone knows them, and all that it was sent as text.
fn on_phone(phone: &mut Station) -> (Vec<String>, String) {
    phone.exchange().unwrap();
    let sent = phone.phone.table(&format!("tables/{VILLAGE}"), "village").unwrap();
    let table: VillageTable = serde_json::from_slice(sent).unwrap();
    let people = table.households.into_iter().flat_map(|house| house.people);
    (people.map(|person| person.name).collect(), String::from_utf8_lossy(sent).into_owned())
}

/// A campaign for rural veterans and war veterans, so that people of the file are on a list.
fn campaign(bed: &Bed) {
    let campaigns: Vec<Value> = bed.county().get("/api/county/campaigns").unwrap();
    let mut plan: Value =
        bed.county().get(&format!("/api/county/campaigns/{}", campaigns[0]["id"].as_str().unwrap())).unwrap();
    let package = plan["campaign"]["packages"][0]["id"].clone();
    plan["campaign"]["id"] = json!("import-case");
    plan["targets"] = json!({"categories": {"32": package, "33": package}, "people": {}, "without": []});
    assert_eq!(bed.county().ask("PUT", "/api/county/campaigns/import-case", Some(&plan)).unwrap().status, 200);
}

/// A workbook of another program: texts in the cells, an explanation as the first sheet, a merged title, an empty row.
#[test]
fn a_roster_reaches_phones_and_no_number_ever_does() {
    let bed = Bed::empty().unwrap();
    campaign(&bed);
    let mut phone = bed.station(VILLAGE, "陈志远").unwrap();
    let before = on_phone(&mut phone).0;
    let file = std::fs::read(zoufang_tests::repository().join("tests/fixtures/rosters/inline.xlsx")).unwrap();
    let mut county = bed.county();
    let shown = bring(&mut county, "roster", &file);
    assert_eq!((shown.state.as_str(), shown.lines, shown.headings.len(), shown.mapping.len()), ("read", 6, 9, 8));
    let checked = act(&mut county, &shown, "check", json!({}));
    let check = checked.check.as_ref().unwrap();
    let found: Vec<(u32, &str)> = check.faults.iter().map(|fault| (fault.line, fault.code.as_str())).collect();
    assert_eq!((check.added, check.refused, check.warned), (4, 2, 1), "{found:?}");
    assert_eq!(found, [(8, "number_lost_digits"), (9, "row_twice"), (6, "identity_old")]);
    assert_eq!(on_phone(&mut phone).0, before, "a look changes nothing");

    let applied = act(&mut county, &shown, "apply", json!({}));
    assert_eq!(applied.state, "applied");
    let (names, sent) = on_phone(&mut phone);
    assert_eq!(names.len(), before.len() + 2, "war veteran and discharged with illness");
    assert!(names.contains(&"李国强".to_owned()) && names.contains(&"欧阳·明".to_owned()));
    assert!(!names.contains(&"王𠮷".to_owned()), "the dead are on no list");
    assert!(NUMBERS.iter().all(|number| !sent.contains(number)));
    for path in ["/api/county/imports", "/metrics"] {
        let said = String::from_utf8(county.ask("GET", path, None).unwrap().body).unwrap();
        assert!(NUMBERS.iter().all(|number| !said.contains(number)), "{path}");
    }
    let people: Value = county.post("/api/county/people", &json!({"search": "欧阳", "sensitive": false})).unwrap();
    let person = &people["people"][0];
    assert_eq!((&person["identity_masked"], &person["categories"]), (&json!("990101********004X"), &json!([])));

    no_number_is_kept(bed);
}

/// In nothing that the server wrote, not in the log either.
fn no_number_is_kept(mut bed: Bed) {
    bed.stop().unwrap();
    let data = bed.data();
    for folder in ["journal", "index"] {
        for entry in std::fs::read_dir(data.join(folder)).into_iter().flatten() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            assert!(NUMBERS.iter().all(|number| !text.contains(number)), "{folder}");
        }
    }
    let log = std::fs::read_to_string(data.with_extension("log")).unwrap();
    assert!(NUMBERS.iter().all(|number| !log.contains(number)));
}

#[test]
fn corrections_survive_the_next_file_and_an_undone_import_is_gone() {
    let mut bed = Bed::empty().unwrap();
    campaign(&bed);
    let mut phone = bed.station(VILLAGE, "陈志远").unwrap();
    let before = on_phone(&mut phone).0;
    let villages = [VILLAGE.to_owned()];
    let rows: Vec<Vec<String>> = workbook::people(7, 8, &villages).collect();
    let mut county = bed.county();
    let shown = bring(&mut county, "roster", &workbook::workbook(rows.clone()).unwrap());
    assert_eq!(act(&mut county, &shown, "apply", json!({})).check.unwrap().added, 8);
    let listed = on_phone(&mut phone).0;
    assert_eq!(listed.len(), before.len() + 4);

    let people: Value = county.post("/api/county/people", &json!({"search": rows[1][1], "unit": VILLAGE})).unwrap();
    let of_file = people["people"].as_array().unwrap().iter().find(|one| one["identity_masked"] != json!(""));
    let person = of_file.unwrap()["person_ref"].as_str().unwrap().to_owned();
    let path = format!("/api/county/people/{person}");
    assert_eq!(county.ask("PUT", &path, Some(&json!({"name": "更正"}))).unwrap().status, 200);
    assert_eq!(county.ask("PUT", &path, Some(&json!({"unit": "990101"}))).unwrap().status, 400);
    assert!(on_phone(&mut phone).0.contains(&"更正".to_owned()));

    let mut next = rows.clone();
    next[5][6] = "11".to_owned();
    next.pop();
    let shown = bring(&mut county, "roster", &workbook::workbook(next).unwrap());
    let check = act(&mut county, &shown, "apply", json!({"remove_missing": true})).check.unwrap();
    assert_eq!((check.changed, check.removed, check.corrections_kept, check.clashes), (1, 1, 1, 0));
    assert!(on_phone(&mut phone).0.contains(&"更正".to_owned()), "the file does not know of it, and it stays");
    let rebuilt = rows_of(&mut county);

    let undo = |county: &mut County, id: &str| {
        county.ask("POST", &format!("/api/county/imports/{id}/undo"), Some(&json!({}))).unwrap()
    };
    let imports: Vec<ImportShown> = county.get("/api/county/imports").unwrap();
    assert_eq!(undo(&mut county, &imports[1].id).status, 400, "the last one alone can be undone");
    let undone = undo(&mut county, &imports[0].id);
    assert_eq!(undone.status, 200, "{}", undone.json());
    let again = act(&mut county, &shown, "apply", json!({"remove_missing": true}));
    assert_eq!(again.state, "undone", "a list is taken once; to take it again somebody brings it again");
    bed.stop().unwrap();
    bed.start().unwrap();
    let mut county = bed.county();
    let imports: Vec<ImportShown> = county.get("/api/county/imports").unwrap();
    assert_eq!(imports.iter().map(|import| import.state.as_str()).collect::<Vec<_>>(), ["undone", "applied"]);
    assert_ne!(rows_of(&mut county), rebuilt);
    assert_eq!(undo(&mut county, &imports[1].id).status, 200);
    phone.client.go_to(bed.server().address());
    let names = on_phone(&mut phone).0;
    assert_eq!(names.len(), before.len() + 1, "who was corrected stays, all else is as before");
    assert!(names.contains(&"更正".to_owned()));
}

/// A number that is put right by hand is masked, in no byte that is kept, and the next file with the old one changes nothing.
#[test]
fn a_number_is_put_right_by_hand_and_the_next_file_does_not_bring_the_old_one_back() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let [wrong, other, ..] = NUMBERS;
    let file = format!("姓名,身份证号,区划代码\n证号甲,{wrong},{VILLAGE}\n证号乙,{other},{VILLAGE}\n");
    let shown = bring(&mut county, "roster", file.as_bytes());
    act(&mut county, &shown, "apply", json!({}));
    let found: Value = county.post("/api/county/people", &json!({"search": "证号甲"})).unwrap();
    let path = format!("/api/county/people/{}", found["people"][0]["person_ref"].as_str().unwrap());
    let mut put = |number: &str| {
        let answer = county.ask("PUT", &path, Some(&json!({ "identity_number": number }))).unwrap();
        let code = answer.json()["error"]["code"].as_str().unwrap_or_default().to_owned();
        (answer.status, code, answer.json()["identity_masked"].as_str().unwrap_or_default().to_owned())
    };
    for (number, code) in
        [("12345", "number_malformed"), ("990101200409220041", "number_check"), (other, "number_taken")]
    {
        assert_eq!(put(number), (422, code.to_owned(), String::new()));
    }
    assert_eq!(put("９９０１０１ 20040922004x"), (200, String::new(), "990101********004X".to_owned()));

    let shown = bring(&mut county, "roster", file.as_bytes());
    let check = act(&mut county, &shown, "apply", json!({"remove_missing": true})).check.unwrap();
    assert_eq!((check.added, check.changed, check.removed, check.unchanged, check.corrections_kept), (0, 0, 0, 2, 1));
    let found: Value = county.post("/api/county/people", &json!({"search": "证号甲"})).unwrap();
    assert_eq!((&found["total"], &found["people"][0]["identity_masked"]), (&json!(1), &json!("990101********004X")));
    no_number_is_kept(bed);
}

fn rows_of(county: &mut County) -> Value {
    county.post("/api/county/people", &json!({"unit": VILLAGE, "sensitive": true})).unwrap()
}

/// A roster of one office program, corrected here, and the same people in a workbook of another with changes, a gap and a
/// line too many: what each look says, to the letter.
#[test]
fn differences_are_those_of_the_stored_answers() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let folder = zoufang_tests::repository().join("tests/fixtures/rosters");
    let first = bring(&mut county, "roster", &std::fs::read(folder.join("gnumeric.xlsx")).unwrap());
    is_stored(&act(&mut county, &first, "check", json!({})), "first");
    act(&mut county, &first, "apply", json!({}));
    let found: Value = county.post("/api/county/people", &json!({"search": "李国强", "unit": VILLAGE})).unwrap();
    let of_file = |person: &&Value| person["identity_masked"] == json!("990101********0026");
    let person = found["people"].as_array().unwrap().iter().find(of_file).unwrap()["person_ref"].as_str().unwrap();
    let correction = json!({"group": "4", "name": "李国墙"});
    let corrected = county.ask("PUT", &format!("/api/county/people/{person}"), Some(&correction)).unwrap();
    assert_eq!(corrected.status, 200);

    let row = |cells: [&str; 8]| cells.map(str::to_owned).to_vec();
    let rows = [
        row(["1", "张三", NUMBERS[0], VILLAGE, "15", "", "36", "妻子王芳"]),
        row(["2", "李国强", NUMBERS[1], VILLAGE, "12", "5", "参战", ""]),
        row(["3", "欧阳明", NUMBERS[2], VILLAGE, "7", "", "36", ""]),
        row(["4", "钱七", "990101194808010025", VILLAGE, "", "", "外星人", ""]),
        row(["5", "钱七", "990101194808010025", VILLAGE, "", "", "55", ""]),
    ];
    let second = bring(&mut county, "roster", &workbook::workbook(rows).unwrap());
    is_stored(&act(&mut county, &second, "check", json!({})), "changed");
    act(&mut county, &second, "apply", json!({}));
    let again = bring(&mut county, "roster", &std::fs::read(folder.join("gnumeric.xlsx")).unwrap());
    is_stored(&act(&mut county, &again, "check", json!({})), "again");
    let undone = county.ask("POST", &format!("/api/county/imports/{}/undo", second.id), Some(&json!({}))).unwrap();
    assert_eq!(undone.status, 200, "{}", undone.json());
    is_stored(&act(&mut county, &again, "check", json!({})), "undone");
}

#[test]
fn recruits_come_by_their_families() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let file = format!("新兵名单,,,,\n姓名,区划代码,联系人,关系,身份证号\n兵甲,{VILLAGE},王芳,母亲,{}\n", NUMBERS[0]);
    let shown = bring(&mut county, "recruits", file.as_bytes());
    let missing = act(&mut county, &shown, "check", json!({})).check.unwrap();
    assert_eq!((missing.added, missing.faults[0].code.as_str()), (0, "column_missing"));
    let applied = act(&mut county, &shown, "apply", json!({"batch": "2026年秋季"}));
    assert_eq!(applied.check.unwrap().added, 1);
    let mut phone = bed.station(VILLAGE, "陈志远").unwrap();
    let sent = on_phone(&mut phone).1;
    assert!(sent.contains("家属 王芳") && sent.contains("2026H2"), "{sent}");
    assert!(!sent.contains("兵甲") && !sent.contains(NUMBERS[0]));
}

/// A soldier with two honours has two notices; the family's phone has both with all that its form asks for, and they count.
#[test]
fn merit_notices_come_with_their_honours_and_count_once_each() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let lines = ["三等功,2026-1,2026-02-03", "四有优秀士兵,2026-2,"];
    let lines = lines.map(|rest| format!("兵甲,{},{VILLAGE},郑秀兰,母亲,2025,{rest}\n", NUMBERS[0])).concat();
    let file = format!("姓名,身份证号,区划代码,联系人,关系,奖励年度,荣誉,喜报编号,收到日期\n{lines}");
    let shown = bring(&mut county, "merits", file.as_bytes());
    let applied = act(&mut county, &shown, "apply", json!({"batch": "2026年春季"}));
    assert_eq!(applied.check.unwrap().added, 2);

    let mut phone = bed.station(VILLAGE, "陈志远").unwrap();
    let sent = on_phone(&mut phone).1;
    assert!(!sent.contains("兵甲") && !sent.contains(NUMBERS[0]));
    let table: VillageTable = serde_json::from_str(&sent).unwrap();
    let notices = table.batches.iter().filter(|person| person.contact == "家属 郑秀兰");
    let mut participants: Vec<Value> = notices
        .map(|notice| {
            let mut participant = json!({"person": {"person_ref": notice.person_ref}, "delivered_on": "2026-02-06"});
            notice.details.iter().for_each(|(name, value)| participant[name] = value.clone());
            participant
        })
        .collect();
    participants.sort_by_key(|one| one["honour_code"].to_string());
    let honours: Vec<_> = participants.iter().map(|one| one["honour_code"].as_str().unwrap()).collect();
    assert_eq!((honours, &participants[0]["received_on"]), (vec!["M4", "M5"], &json!("2026-02-03")));
    let record = json!({
        "ceremony_kind": "merit_report", "date": "2026-02-06", "level": "village", "division_code": VILLAGE,
        "participants": participants,
        "entry": {"entered_by": "p-1", "entered_at": "2026-02-06T10:00:00+08:00", "source": "phone"},
    });
    let address = Address::parse(&format!("ceremony/{VILLAGE}/2026")).unwrap();
    let id = "019c2f00-0000-7000-8000-000000000001";
    phone.phone.log(id, &address, &serde_json::from_value(record).unwrap(), phone.now_ms).unwrap();
    phone.exchange().unwrap();
    let shown = county.wait_for("the notices", |county| county.record(id).ok());
    assert_eq!(shown.row.invalid_fields, Vec::<String>::new());
    let figures = county.annual("990101", 2026).unwrap().figures;
    assert_eq!(figures["T07.families"], 2);
    let query = json!({"kind": "merits", "unit": VILLAGE, "search": "郑秀兰"});
    let found: Vec<Value> = county.post("/api/county/people/candidates", &query).unwrap();
    let named: Vec<_> = found.iter().map(|one| (one["name"].as_str(), one["honour"].as_str())).collect();
    assert_eq!(named.len(), 2);
    assert!(named.contains(&(Some("兵甲"), Some("M5"))), "{named:?}");
    no_number_is_kept(bed);
}

#[test]
fn a_merged_village_counts_under_the_tree_of_the_year() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let tree: Vec<UnitDays> = county.get("/api/county/tree").unwrap();
    let other =
        tree.iter().find(|unit| unit.unit.len() == 12 && !unit.unit.starts_with(&VILLAGE[..9])).unwrap().clone();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    let mut record = zoufang_tests::measured::Records::new(1, VILLAGE).write();
    record.1.insert("visit_date".to_owned(), json!("2024-01-20"));
    let address = zoufang_sync_protocol::document::Address::parse(&format!("visit/{VILLAGE}/2024")).unwrap();
    station.phone.log(&record.0, &address, &record.1, station.now_ms).unwrap();
    station.exchange().unwrap();
    county.wait_for_visits(&format!("unit={VILLAGE}"), 1);
    let figure = |county: &mut County, unit: &str| {
        let figures = county.annual(unit, 2024).unwrap().figures;
        figures
            .into_iter()
            .filter(|(name, _)| name.starts_with("T01") || name.starts_with("T04"))
            .map(|(_, figure)| figure)
            .sum::<i64>()
    };
    let (own, foreign) = (figure(&mut county, &VILLAGE[..9]), figure(&mut county, &other.unit[..9]));
    let file = |last: &str| format!("区划代码,名称,失效日期,并入\n{VILLAGE},石门村,{last},{}\n", other.unit);
    let take = |county: &mut County, last: &str, apply: bool| -> TreeCheck {
        let path = format!("/api/county/tree?apply={apply}");
        serde_json::from_value(county.upload(&path, file(last).as_bytes()).unwrap().json()).unwrap()
    };
    let looked = take(&mut county, "2025-06-30", false);
    assert_eq!((looked.changed.len(), looked.applied, looked.faults.len()), (1, false, 0));
    assert!(take(&mut county, "2025-06-30", true).applied);
    assert_eq!(
        (figure(&mut county, &VILLAGE[..9]), figure(&mut county, &other.unit[..9])),
        (own, foreign),
        "2024 is as it was"
    );
    assert!(take(&mut county, "2024-06-30", true).applied);
    assert_eq!(figure(&mut county, &VILLAGE[..9]), 0);
    assert_eq!(figure(&mut county, &other.unit[..9]), own + foreign);
}

/// Somebody who was entered twice is taken off by the county: the phone has them no more, and the same file leaves it so.
#[test]
fn somebody_who_was_entered_twice_leaves_the_roster_for_good() {
    let bed = Bed::empty().unwrap();
    campaign(&bed);
    let mut county = bed.county();
    let mut phone = bed.station(VILLAGE, "陈志远").unwrap();
    let file = format!("姓名,区划代码,类别\n重录甲,{VILLAGE},33\n重录乙,{VILLAGE},33\n");
    let shown = bring(&mut county, "roster", file.as_bytes());
    act(&mut county, &shown, "apply", json!({}));
    assert!(on_phone(&mut phone).0.contains(&"重录乙".to_owned()));
    let found: Value = county.post("/api/county/people", &json!({"search": "重录乙"})).unwrap();
    let path = format!("/api/county/people/{}", found["people"][0]["person_ref"].as_str().unwrap());
    assert_eq!(county.ask("PUT", &path, Some(&json!({"struck": true}))).unwrap().status, 200);
    let is_listed = |phone: &mut Station| on_phone(phone).0.contains(&"重录乙".to_owned());
    assert!(!is_listed(&mut phone));
    let again = bring(&mut county, "roster", file.as_bytes());
    act(&mut county, &again, "apply", json!({}));
    assert!(!is_listed(&mut phone));
    assert_eq!(county.ask("PUT", &path, Some(&json!({"struck": false}))).unwrap().status, 200);
    assert!(is_listed(&mut phone), "back when the county says so");
}
