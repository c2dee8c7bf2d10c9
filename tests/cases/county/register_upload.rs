//! A register is a file: uploaded into a running county, it is on phones at their next exchange and its records in tables.

use serde_json::{Value, json};
use zoufang_server::county::view::{RegisterInfo, RegisterRefused};
use zoufang_sync_protocol::document::Address;
use zoufang_tests::bed::{Bed, VILLAGE};

const RECORD: &str = "018d6a00-0000-7000-8000-000000000001";

fn well(version: u64) -> Value {
    let label = json!({"zh": "水井", "en": "Well"});
    let field = |widget: &str, kind: &str| json!({"x-label": label, "x-widget": widget, "type": kind});
    json!({
        "x-register": "well", "x-version": version, "x-label": label, "x-hint": label, "x-notice": label,
        "x-bucket": "none", "x-bucket-date": "dug_on", "x-title": "place", "type": "object", "required": ["place"],
        "properties": {
            "place": field("text", "string"), "dug_on": field("date", "string"), "depth": field("number", "integer"),
        },
        "x-measures": {"depth": {"label": label, "sum": "depth"}},
    })
}

#[test]
fn an_uploaded_register_reaches_phones_and_its_records_reach_a_table() {
    let mut bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    let info: RegisterInfo = bed.county().post("/api/county/registers", &well(1)).unwrap();
    assert_eq!((info.name.as_str(), info.version, info.own), ("well", 1, true));
    station.exchange().unwrap();
    let table: Value = serde_json::from_slice(station.phone.table("tables/990101", "register/well").unwrap()).unwrap();
    assert_eq!(table, info.source);

    let record = json!({"place": "村东头", "dug_on": "2024-05-01", "depth": 12, "unknown": "kept"});
    let address = Address::parse(&format!("well/{VILLAGE}/-")).unwrap();
    let record = serde_json::from_value(record).unwrap();
    station.phone.log(RECORD, &address, &record, station.now_ms).unwrap();
    station.exchange().unwrap();
    let page = bed.county().wait_for("the well", |county| {
        county.records(&json!({"register": "well"})).ok().filter(|page| page.matching == 1)
    });
    assert_eq!((page.rows[0].title.as_str(), page.figures["depth"]), ("村东头", 12));
    let detail = bed.county().record(RECORD).unwrap();
    assert_eq!((&detail.fields["unknown"], detail.row.invalid_fields.len()), (&json!("kept"), 0));

    bed.stop().unwrap();
    bed.start().unwrap();
    let registers: Vec<RegisterInfo> = bed.county().get("/api/county/registers").unwrap();
    let own: Vec<&str> = registers.iter().filter(|info| info.own).map(|info| info.name.as_str()).collect();
    assert_eq!((own, registers.len()), (vec!["well"], 12));
    assert_eq!(bed.county().records(&json!({"register": "well"})).unwrap().matching, 1);
}

#[test]
fn every_fault_of_a_file_is_told_with_its_place_and_nothing_is_taken() {
    let bed = Bed::empty().unwrap();
    let upload = |source: &Value| {
        let answer = bed.county().ask("POST", "/api/county/registers", Some(source)).unwrap();
        assert_eq!(answer.status, 422, "{}", answer.json());
        let refused: RegisterRefused = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(refused.failure.error.code, "register_faults");
        for fault in &refused.faults {
            assert!(!fault.zh.is_empty() && !fault.en.is_empty(), "{fault:?}");
        }
        let told = refused.faults.into_iter().map(|fault| (fault.pointer, fault.code));
        told.collect::<Vec<_>>()
    };
    let mut wrong = well(1);
    wrong["properties"]["place"]["x-widget"] = "map".into();
    wrong["x-measures"]["depth"]["sum"] = "height".into();
    let told = upload(&wrong);
    assert!(told.contains(&("/properties/place".into(), "widget_unknown".into())), "{told:?}");
    assert!(told.contains(&("/x-measures/depth/sum".into(), "path_unknown".into())), "{told:?}");
    let mut posing = well(9);
    posing["x-register"] = "visit".into();
    assert_eq!(upload(&posing), [("/x-register".to_owned(), "name_built_in".to_owned())]);
    let answer = bed.client().request("POST", "/api/county/registers", None, Some("{}")).unwrap();
    assert_eq!(answer.status, 401);
    let registers: Vec<RegisterInfo> = bed.county().get("/api/county/registers").unwrap();
    assert!(registers.iter().all(|info| !info.own), "nothing was taken");
}

/// Goal: further fields of a register of the build are the county's own affair; records of phones that do not know them
/// stay valid.
#[test]
fn a_register_of_the_build_gets_further_fields() {
    let bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    let road = json!({"x-label": {"zh": "路况", "en": "Road"}, "x-widget": "text", "type": "string"});
    let extension = |version: u64| json!({"x-extends": "outlet", "x-version": version, "properties": {"road": road}});
    let info: RegisterInfo = bed.county().post("/api/county/registers", &extension(1)).unwrap();
    assert_eq!(
        (info.name.as_str(), info.own, info.source["properties"]["road"]["x-widget"].as_str()),
        ("outlet", true, Some("text"))
    );
    let again = bed.county().ask("POST", "/api/county/registers", Some(&extension(1))).unwrap();
    assert_eq!((again.status, again.json()["faults"][0]["code"].as_str()), (422, Some("version_not_greater")));
    let next: RegisterInfo = bed.county().post("/api/county/registers", &extension(2)).unwrap();
    assert!(next.version > info.version);
    station.exchange().unwrap();
    let table: Value =
        serde_json::from_slice(station.phone.table("tables/990101", "register/outlet").unwrap()).unwrap();
    assert_eq!(table, next.source);
}

#[test]
fn the_administrator_takes_a_file_at_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let zoufang = |arguments: &[&str]| {
        let mut command = std::process::Command::new(zoufang_tests::process::binary().unwrap());
        let output = command.arg("admin").args(arguments).arg("--data").arg(&data).output().unwrap();
        let words = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(words).unwrap())
    };
    let file = |name: &str, source: &Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, source.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (created, words) = zoufang(&["create", "--county", "990101", "--county-name", "示例县", "--person", "刘敏"]);
    assert!(created, "{words}");
    let (filed, words) = zoufang(&["filing", "示例备 0001"]);
    assert!(filed && words.contains("示例备 0001"), "{words}");
    let (first, wrong) =
        (file("well.json", &well(1)), file("wrong.json", &json!({"x-register": "Well", "type": "object"})));
    let (taken, words) = zoufang(&["register", &first]);
    assert!(taken && words.contains("well 1"), "{words}");
    let (again, words) = zoufang(&["register", &first]);
    assert!(!again && words.contains("/x-version version_not_greater"), "it was written down: {words}");
    let (faulty, words) = zoufang(&["register", &wrong]);
    assert!(!faulty && words.contains("/x-register ") && words.contains("/properties key_missing"), "{words}");
}
