//! Records of any register reach the county: listed, counted, corrected, taken away as a table.

use serde_json::{Value, json};
use zoufang_server::county::view::{MatterKind, RecordDetail};
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::Record;
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};
use zoufang_tests::county::County;
use zoufang_tests::station::Station;

fn id(number: u32) -> String {
    format!("018d6a00-0000-7000-8000-{number:012}")
}

fn entry() -> Value {
    json!({"entered_by": "s-1", "entered_at": "2024-02-03T15:20+08:00", "source": "phone"})
}

fn outlet(village: &str, name: &str, sector: &str) -> Record {
    let benefits =
        json!([{"text": "军人八折", "valid_from": "2024-01-01"}, {"text": "=免费理发", "valid_from": "2024-01-01"}]);
    let fields = json!({
        "name": name, "sector_code": sector, "status": "active", "active_on": "2024-03-01", "found_on": "2024-02-20",
        "shop_phone": "10000000001", "division_code": village, "benefits": benefits, "entry": entry(),
    });
    serde_json::from_value(fields).unwrap()
}

fn sendoff(village: &str, day: &str, people: &[&str]) -> Record {
    let participant = |person: &&str| json!({"person": {"person_ref": person}, "batch": "2024H1"});
    let fields = json!({
        "ceremony_kind": "recruit_sendoff", "date": day, "division_code": village, "level": "village",
        "participants": people.iter().map(participant).collect::<Vec<_>>(), "entry": entry(),
    });
    serde_json::from_value(fields).unwrap()
}

fn aid(village: &str, name: &str) -> Record {
    let fields = json!({
        "person": {"name": name, "village": "石门村", "category": "55"}, "applied_on": "2024-05-06",
        "situation_code": "medical", "kinds": ["living"], "division_code": village, "entry": entry(),
    });
    serde_json::from_value(fields).unwrap()
}

fn log(station: &mut Station, number: u32, address: &str, record: &Record) -> String {
    let id = id(number);
    station.phone.log(&id, &Address::parse(address).unwrap(), record, station.now_ms).unwrap();
    id
}

fn wait_for_records(bed: &Bed, register: &str, count: u32) {
    bed.county().wait_for(&format!("{count} records of {register}"), |county| {
        county.records(&json!({"register": register})).ok().filter(|page| page.matching >= count)
    });
}

/// Goal: a register is a file and nothing else; its records are listed, filtered and counted like visits.
#[test]
fn records_of_any_register_are_listed_filtered_and_counted() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    let mut neighbour = bed.station(OTHER_VILLAGE, "李桂花").unwrap();
    station.exchange().unwrap();
    neighbour.exchange().unwrap();
    let first = log(&mut station, 1, &format!("outlet/{VILLAGE}/-"), &outlet(VILLAGE, "=一家面馆", "catering"));
    log(&mut neighbour, 2, &format!("outlet/{OTHER_VILLAGE}/-"), &outlet(OTHER_VILLAGE, "柳泉超市", "supermarket"));
    log(&mut station, 3, &format!("ceremony/{VILLAGE}/2024"), &sendoff(VILLAGE, "2024-03-01", &["r-1", "r-2"]));
    log(&mut neighbour, 4, &format!("ceremony/{OTHER_VILLAGE}/2024"), &sendoff(OTHER_VILLAGE, "2024-03-05", &["r-2"]));
    station.exchange().unwrap();
    neighbour.exchange().unwrap();
    wait_for_records(&bed, "outlet", 2);
    wait_for_records(&bed, "ceremony", 2);

    let mut county = bed.county();
    let mut ids = |query: Value| -> Vec<String> {
        county.records(&query).unwrap().rows.into_iter().map(|row| row.record_id).collect()
    };
    assert_eq!(ids(json!({"register": "outlet"})), [id(2), id(1)]);
    assert_eq!(ids(json!({"register": "outlet", "unit": VILLAGE})), [id(1)]);
    assert_eq!(ids(json!({"register": "outlet", "text": "超市"})), [id(2)]);
    assert_eq!(ids(json!({"register": "outlet", "state": "active"})).len(), 2);
    assert_eq!(ids(json!({"register": "outlet", "state": "paused"})).len(), 0);
    assert_eq!(ids(json!({"register": "ceremony", "from": "2024-03-02", "to": "2024-12-31"})), [id(4)]);
    assert_eq!(ids(json!({"register": "ceremony", "kind": "returnee_welcome"})).len(), 0);
    assert_eq!(ids(json!({"register": "outlet", "offset": 1, "limit": 1})), [id(1)]);
    assert_eq!(ids(json!({"register": "outlet", "order": "received"})).len(), 2);

    let outlets = county.records(&json!({"register": "outlet"})).unwrap();
    assert_eq!((outlets.figures["outlets"], outlets.figures["items"]), (2, 4));
    assert_eq!(county.records(&json!({"register": "ceremony"})).unwrap().figures["recruits"], 2, "r-2 counts once");
    let report = county.annual("990101", 2024).unwrap();
    assert_eq!((report.figures["T08.recruits"], report.figures["T10.outlets"], report.figures["T10.items"]), (2, 2, 4));
    let said: Vec<&str> = report.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "为今年新入伍的2名新兵举行欢送仪式",
            "发展拥军门店2家，涵盖餐饮、商超等众多行业，军人、军属到“拥军门店”可享受4项优惠项目"
        ]
    );
    by_get_a_text_is_not_looked_for(&bed, &first);
}

fn by_get_a_text_is_not_looked_for(bed: &Bed, first: &str) {
    let page: Value = bed.county().get("/api/county/records?register=outlet&text=nobody").unwrap();
    assert_eq!(page["matching"], 2, "names stand in no address: {page}");
    assert_eq!(bed.county().record(first).unwrap().row.title, "=一家面馆");
    for (query, about) in [
        ("register=nothing", "nothing"),
        ("register=outlet&from=2024", "from"),
        ("register=outlet&order=rank", "order"),
        ("register=outlet&unit=1", "unit"),
    ] {
        let answer = bed.county().ask("GET", &format!("/api/county/records?{query}"), None).unwrap();
        assert_eq!(answer.json()["error"]["about"], about, "{query}: {}", answer.status);
    }
    assert_eq!(bed.client().request("GET", "/api/county/records?register=outlet", None, None).unwrap().status, 401);
}

/// Goal: what says why somebody is entitled is seen only by whoever asks for it, and never leaves the county.
#[test]
fn sensitive_columns_are_hidden_until_asked_for_and_tables_leave_masked() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    log(&mut station, 1, &format!("hardship_aid/{VILLAGE}/2024"), &aid(VILLAGE, "张三丰"));
    log(&mut station, 2, &format!("outlet/{VILLAGE}/-"), &outlet(VILLAGE, "=一家面馆", "catering"));
    station.exchange().unwrap();
    wait_for_records(&bed, "hardship_aid", 1);
    wait_for_records(&bed, "outlet", 1);
    let mut county = bed.county();
    let row = county.records(&json!({"register": "hardship_aid"})).unwrap().rows.remove(0);
    assert!(!row.columns.contains_key("situation_code"), "{:?}", row.columns);
    assert!(row.columns["county"].get("categories").is_none(), "{:?}", row.columns);
    let asked = county.records(&json!({"register": "hardship_aid", "sensitive": true})).unwrap().rows.remove(0);
    assert_eq!(asked.columns["situation_code"], "medical");
    let people: Value = county.post("/api/county/people", &json!({"unit": VILLAGE, "sensitive": true})).unwrap();
    let entitled = |person: &&Value| !person["categories"].as_array().unwrap().is_empty();
    let person = people["people"].as_array().unwrap().iter().find(entitled).unwrap();
    let mut visit = zoufang_tests::measured::Records::new(3, VILLAGE).write().1;
    visit.insert("person".to_owned(), json!({"person_ref": person["person_ref"]}));
    log(&mut station, 3, &format!("visit/{VILLAGE}/2024"), &visit);
    station.exchange().unwrap();
    county.wait_for_visits(&format!("unit={VILLAGE}"), 1);
    let categories = |county: &mut County, sensitive: bool| -> Value {
        let asked = json!({"unit": VILLAGE, "sensitive": sensitive});
        county.post::<Value>("/api/county/visits", &asked).unwrap()["rows"][0]["categories"].clone()
    };
    assert_eq!(categories(&mut county, false), json!([]));
    assert_ne!(categories(&mut county, true), json!([]));
    let named = county.records(&json!({"register": "hardship_aid", "text": "三丰"})).unwrap();
    assert_eq!(named.matching, 1);

    let mut export = |request: Value| {
        let answer = county.ask("POST", "/api/county/export", Some(&request)).unwrap();
        (answer.status, String::from_utf8(answer.body).unwrap())
    };
    let (status, aids) = export(json!({"register": "hardship_aid", "reason": "报送省厅"}));
    assert_eq!((status, aids.starts_with('\u{feff}')), (200, true), "{aids}");
    assert!(aids.contains("张*") && !aids.contains("三丰") && !aids.contains("medical"), "{aids}");
    let (_, outlets) = export(json!({"register": "outlet", "unit": VILLAGE, "reason": "报送省厅"}));
    assert!(outlets.contains(",'=一家面馆,") && outlets.contains("100****0001"), "{outlets}");
    assert!(outlets.contains("餐饮") && !outlets.contains("10000000001"), "{outlets}");
    assert_eq!(export(json!({"register": "outlet", "reason": " "})).0, 400, "nobody takes a table without a reason");
    assert_eq!(export(json!({"register": "outlet", "unit": "110101", "reason": "报送省厅"})).0, 404);
}

/// Goal: what a clerk writes is a change at the heads that were shown. A phone that wrote meanwhile loses nothing: both
/// values stand side by side as a conflict.
#[test]
fn an_edit_of_the_county_reaches_the_phone_and_never_covers_what_nobody_saw() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    let address = Address::parse(&format!("outlet/{VILLAGE}/-")).unwrap();
    let shop = log(&mut station, 1, &address.to_string(), &outlet(VILLAGE, "一家面馆", "catering"));
    station.exchange().unwrap();
    wait_for_records(&bed, "outlet", 1);
    let shown = bed.county().record(&shop).unwrap();
    let write = |fields: Value, heads: &[String]| {
        let edit = json!({"fields": fields, "heads": heads, "note": "店主来电更正"});
        bed.county().ask("POST", &format!("/api/county/records/{shop}"), Some(&edit)).unwrap()
    };
    let corrected: RecordDetail =
        serde_json::from_slice(&write(json!({"name": "一家老面馆"}), &shown.heads).body).unwrap();
    assert_eq!((corrected.row.title.as_str(), &corrected.fields["name"]), ("一家老面馆", &json!("一家老面馆")));
    let last = corrected.history.last().unwrap();
    assert_eq!((last.note.as_str(), last.author.as_str(), last.device.as_str()), ("店主来电更正", "刘敏", "county"));

    let meanwhile = Record::from([("name".to_owned(), json!("一家新面馆"))]);
    station.phone.log(&shop, &address, &meanwhile, station.now_ms).unwrap();
    station.exchange().unwrap();
    let clash = bed.county().wait_for("a conflict", |county| county.matters().ok()?.into_iter().next());
    assert_eq!((clash.kind, clash.field.as_deref(), clash.values.len()), (MatterKind::Conflict, Some("name"), 2));

    for (fields, about) in [
        (json!({"nobody": 1}), "nobody"),
        (json!({"settled/name": {}}), "settled/name"),
        (json!({"double_of": "x"}), "double_of"),
        (json!({"status": "gone"}), "status"),
        (json!({}), "fields"),
        (json!({"sector_code": "catering"}), "fields"),
    ] {
        let answer = write(fields, &corrected.heads);
        assert_eq!((answer.status, answer.json()["error"]["about"].as_str()), (400, Some(about)), "{}", answer.json());
    }
    assert_eq!(write(json!({"note": "x"}), &["00".repeat(32)]).json()["error"]["about"], "heads");
    let heads = bed.county().record(&shop).unwrap().heads;
    let void: RecordDetail = serde_json::from_slice(&write(json!({"void_reason": "重复登记"}), &heads).body).unwrap();
    assert_eq!(void.row.void_reason.as_deref(), Some("重复登记"));
    assert_eq!(bed.county().records(&json!({"register": "outlet"})).unwrap().figures["outlets"], 0);
    station.exchange().unwrap();
    assert_eq!(station.phone.records(&address)[&shop]["void_reason"], "重复登记");
}

/// Goal: the county's step is taken by the county, and what a worker says is answered in the app.
#[test]
fn feedback_is_answered_by_the_county() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    let address = Address::parse(&format!("feedback/{VILLAGE}/2024")).unwrap();
    let fields = json!({
        "topic": "app", "text": "字太小", "date": "2024-02-03", "division_code": VILLAGE, "entry": entry(),
    });
    let said = log(&mut station, 1, &address.to_string(), &serde_json::from_value(fields).unwrap());
    station.exchange().unwrap();
    wait_for_records(&bed, "feedback", 1);
    let mut county = bed.county();
    let waiting = county.records(&json!({"register": "feedback", "step": "answer"})).unwrap();
    assert_eq!((waiting.matching, waiting.figures["said"], waiting.figures["answered"]), (1, 1, 0));
    let heads = county.record(&said).unwrap().heads;
    let reply = json!({"reply": {"text": "可以打开大字版", "on": "2024-02-04"}});
    let edit = json!({"fields": reply, "heads": heads, "note": "县里答复"});
    let answered: RecordDetail = county.post(&format!("/api/county/records/{said}"), &edit).unwrap();
    assert_eq!((answered.row.step.as_str(), answered.row.invalid_fields.len()), ("", 0));
    let page = county.records(&json!({"register": "feedback", "step": "answer"})).unwrap();
    assert_eq!(page.matching, 0);
    assert_eq!(county.records(&json!({"register": "feedback"})).unwrap().figures["answered"], 1);
    station.exchange().unwrap();
    assert_eq!(station.phone.records(&address)[&said]["reply"]["text"], "可以打开大字版");
}
