//! A newcomer's walk: from an empty folder to the first visit in the workbench, with the commands that a county types.
//!
//! Always true: what a person does is counted, a command or a page each; a phone's part is its own protocol. Deliberately
//! not here: the same in a browser (`tests/browser/cases/`).

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use zoufang_server::demo::phone::Phone;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::enrol::EnrolAnswer;
use zoufang_sync_protocol::roster::{CampaignTable, VillageTable};
use zoufang_tests::county::County;
use zoufang_tests::http::Client;
use zoufang_tests::process::{Server, binary};
use zoufang_tests::station::Station;

/// Commands and pages that a newcomer may need.
const STEPS_MAX: usize = 12;
const VILLAGE: &str = "990199101200";

/// Somebody who has never seen this before, with an empty folder.
struct Newcomer {
    folder: tempfile::TempDir,
    steps: Vec<String>,
}

impl Newcomer {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), steps: Vec::new() }
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    }

    fn step(&mut self, what: &str) {
        self.steps.push(what.to_owned());
    }

    fn types(&mut self, arguments: &[&str]) -> String {
        self.step(&format!("zoufang admin {}", arguments[0]));
        let words = run(&self.data(), arguments);
        assert!(words.0, "{arguments:?}: {}", words.1);
        words.1
    }
}

fn run(data: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(binary().unwrap()).arg("admin").args(arguments).arg("--data").arg(data).output().unwrap();
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

fn after<'w>(words: &'w str, mark: &str) -> &'w str {
    let rest = words.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {words}")).1;
    rest.split_whitespace().next().unwrap()
}

/// The phone's part: it spends the code, reads its list, and logs a visit of the first person on it.
fn first_visit(client: Client, code: &str) -> String {
    let mut phone = Phone::with_new_key().unwrap();
    let body = json!({"code": code, "public_key": phone.public_key_base64()}).to_string();
    let mut client = client;
    let answer = client.request("POST", "/api/enrol", None, Some(&body)).unwrap();
    let enrolled: EnrolAnswer = serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.json()));
    phone.enrolled(&enrolled).unwrap();
    let mut station = Station { phone, client, now_ms: zoufang_server::intake::now_ms() };
    station.exchange().unwrap();
    let table = |name: &str, feed: &str| station.phone.table(feed, name).unwrap().to_vec();
    let village: VillageTable = serde_json::from_slice(&table("village", &format!("tables/{VILLAGE}"))).unwrap();
    let campaigns: CampaignTable = serde_json::from_slice(&table("campaigns", "tables/990199")).unwrap();
    assert_eq!((village.name.as_str(), village.township_name.as_str()), ("新河村", "新河镇"));
    let person = &village.households[0].people[0];
    let (id, mut record) = zoufang_tests::measured::Records::new(1, VILLAGE).write();
    record.insert("person".to_owned(), json!({"person_ref": person.person_ref}));
    record.insert("campaign_id".to_owned(), json!(campaigns.campaigns[0].id));
    record.insert("division_code".to_owned(), json!(VILLAGE));
    let year = record["visit_date"].as_str().unwrap()[..4].to_owned();
    let address = Address::parse(&format!("visit/{VILLAGE}/{year}")).unwrap();
    station.phone.log(&id, &address, &record, station.now_ms).unwrap();
    station.exchange().unwrap();
    id
}

#[test]
fn from_an_empty_folder_to_the_first_visit() {
    let mut newcomer = Newcomer::new();
    let units = newcomer.file("区划.csv", &format!("区划代码,名称\n990199101000,新河镇\n{VILLAGE},新河村\n"));
    let roster =
        newcomer.file("名册.csv", &format!("姓名,区划代码,户号,类别\n张三,{VILLAGE},1,36\n李四,{VILLAGE},2,33\n"));
    newcomer.types(&["create", "--county", "990199", "--county-name", "新河县", "--person", "刘敏"]);
    newcomer.types(&["units", &units, "--apply"]);
    newcomer.types(&["roster", &roster, "--apply"]);
    let today = chrono::Utc::now().date_naive();
    let (from, until) = (today.to_string(), (today + chrono::Days::new(14)).to_string());
    let campaign = [
        "campaign",
        "--name",
        "八一走访慰问",
        "--document-no",
        "新退役〔2026〕1号",
        "--kind",
        "army_day",
        "--from",
        &from,
        "--until",
        &until,
        "--package",
        "p300",
        "--apply",
    ];
    let words = newcomer.types(&campaign);
    assert!(words.contains("people: 2"), "{words}");
    let words = newcomer.types(&["code", "--unit", VILLAGE, "--person", "陈志远"]);
    let code = after(&words, "#enrol=").to_owned();
    let words = newcomer.types(&["link", "--person", "刘敏"]);
    let sign_in = after(&words, "#code=").to_owned();

    newcomer.step("zoufang serve");
    let server = Server::serve(&newcomer.data()).unwrap();
    newcomer.step("phone: the enrolment link");
    newcomer.step("phone: a visit");
    let id = first_visit(Client::new(server.address()), &code);
    newcomer.step("workbench: the sign-in link");
    let mut county = County::sign_in(server.address(), &sign_in).unwrap();
    let visit = county.wait_for_visits(&format!("unit={VILLAGE}"), 1);
    assert_eq!(visit.rows[0].record_id, id);
    println!("{} steps: {}", newcomer.steps.len(), newcomer.steps.join(" · "));
    assert!(newcomer.steps.len() <= STEPS_MAX, "{:?}", newcomer.steps);
}

/// The same beginning in a browser: the server itself leads from nothing to the county, and then serves it.
#[test]
fn a_first_start_waits_for_the_county() {
    let newcomer = Newcomer::new();
    let server = Server::serve(&newcomer.data()).unwrap();
    let code = server.ready.workbench.split_once("#setup=").unwrap().1.to_owned();
    let ask = |method: &str, path: &str, body: Option<&Value>| {
        let body = body.map(Value::to_string);
        Client::new(server.address()).request(method, path, None, body.as_deref()).unwrap()
    };
    assert_eq!(ask("GET", "/api/setup", None).json(), json!({"founded": false, "secure": false}));
    let early = ask("GET", "/api/county/units", None);
    assert_eq!((early.status, &early.json()["error"]["code"]), (503, &json!("not_founded")));
    let county =
        |code: &str, unit: &str| json!({"code": code, "county": unit, "county_name": "新河县", "person": "刘敏"});
    assert_eq!(ask("POST", "/api/setup", Some(&county("WRONG", "990199"))).status, 404);
    assert_eq!(ask("POST", "/api/setup", Some(&county(&code, "99019"))).status, 400);
    let mut county_at = County::enter(server.address(), "/api/setup", &county(&code, "990199")).unwrap();
    let session: Value = county_at.wait_for("the county's own server", |county| county.get("/api/session").ok());
    assert_eq!((&session["county_name"], &session["role"]), (&json!("新河县"), &json!("administrator")));
    assert_eq!(ask("GET", "/api/setup", None).json(), json!({"founded": true, "secure": false}));
    assert_ne!(ask("POST", "/api/setup", Some(&county(&code, "990199"))).status, 201);
    server.stop().unwrap();
    let again = Server::serve(&newcomer.data()).unwrap();
    assert_eq!(again.ready.workbench, "");
}
