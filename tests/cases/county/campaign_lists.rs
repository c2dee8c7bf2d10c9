//! Campaigns for people by name: a list file matched with the roster, who is left out, and the same by commands.
//!
//! Always true: numbers in the files are of nobody. Deliberately not here: a plan as a whole (`campaigns`), and what files
//! may look like (`imports`).

use serde_json::{Value, json};
use std::process::Command;
use zoufang_server::county::view::{CampaignShown, CampaignState, ImportShown, PeopleFound, PeopleListed, Unlisted};
use zoufang_tests::bed::{Bed, VILLAGE};
use zoufang_tests::county::County;
use zoufang_tests::process::binary;

const NUMBERS: [&str; 4] = ["990101194808010017", "990101195703150026", "99010119631107003X", "990101197010010054"];

/// Four people of the village: two namesakes, and one who has died.
fn bring_roster(county: &mut County) {
    let [first, second, third, _] = NUMBERS;
    let roster = format!(
        "姓名,区划代码,身份证号,类别,死亡日期\n张试,{VILLAGE},{first},36,\n王试,{VILLAGE},{second},36,\n\
         王试,{VILLAGE},{third},59,\n陈试,{VILLAGE},,36,2024-05-01\n"
    );
    let answer = county.upload("/api/county/imports?kind=roster&name=a.csv", roster.as_bytes()).unwrap();
    let shown: ImportShown = serde_json::from_value(answer.json()).unwrap();
    let _: Value = county
        .post(&format!("/api/county/imports/{}/apply", shown.id), &json!({"mapping": shown.mapping, "clashes": {}}))
        .unwrap();
    let path = format!("/api/county/imports/{}", shown.id);
    county.wait_for("the roster", |county| {
        county.get::<ImportShown>(&path).ok().filter(|shown| shown.state == "applied")
    });
}

/// One line that is right, and one for each way in which a line can mean nobody or somebody again.
fn list() -> String {
    let [first, _, third, fourth] = NUMBERS;
    format!(
        "八一慰问名单,,,\n姓名,区划代码,身份证号,备注\n张试,{VILLAGE},,腿脚不便\n王试,{VILLAGE},,\n王试,{VILLAGE},{third},\n\
         李试,{VILLAGE},,\n张试,{VILLAGE},{first},\n陈试,{VILLAGE},,\n张试,990101999999,,\n{fourth},{VILLAGE},,\n\
         张试,{fourth},,\n王试,{VILLAGE},{fourth},\n合计,,,10\n"
    )
}

fn listed(county: &mut County, file: &[u8]) -> PeopleListed {
    let answer = county.upload("/api/county/campaigns/list", file).unwrap();
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(NUMBERS.iter().all(|number| !text.contains(number)), "a number in the answer: {text}");
    serde_json::from_value(answer.json()).unwrap_or_else(|_| panic!("{text}"))
}

fn shown(bed: &Bed, id: &str) -> CampaignShown {
    bed.county().get(&format!("/api/county/campaigns/{id}")).unwrap()
}

fn open_campaign(bed: &Bed) -> CampaignState {
    let campaigns: Vec<CampaignState> = bed.county().get("/api/county/campaigns").unwrap();
    campaigns.into_iter().find(|campaign| campaign.open).unwrap()
}

#[test]
fn a_list_file_finds_people_of_the_roster_line_by_line_and_keeps_nothing() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    bring_roster(&mut county);
    let before: Vec<ImportShown> = county.get("/api/county/imports").unwrap();
    let open = open_campaign(&bed);
    let plan_before = shown(&bed, &open.id);

    let found = listed(&mut county, list().as_bytes());
    let people: Vec<_> = found.people.iter().map(|one| (one.name.as_str(), one.unit.as_str())).collect();
    assert_eq!(people, [("张试", VILLAGE), ("王试", VILLAGE)], "by name, and by number of two namesakes");
    assert_eq!((found.lines, found.refused), (11, 7));
    let said: Vec<_> =
        found.faults.iter().map(|one| (one.line, one.code.as_str())).filter(|(line, _)| *line < 10).collect();
    let wanted = [(4, "namesakes"), (6, "person_unknown"), (8, "person_died"), (9, "village_unknown")];
    assert_eq!(said[..4], wanted);
    assert_eq!(
        found.faults.last().map(|one| (one.line, one.code.as_str(), one.warning)),
        Some((7, "listed_twice", true))
    );
    let lines: Vec<u32> = found.faults.iter().map(|one| one.line).collect();
    assert_eq!(lines, [4, 6, 8, 9, 10, 11, 12, 7], "what stops a line stands first");

    assert_eq!(county.get::<Vec<ImportShown>>("/api/county/imports").unwrap().len(), before.len());
    assert_eq!(shown(&bed, &open.id), plan_before);
    let unreadable = county.upload("/api/county/campaigns/list", b"\xff\xfe\x00\x80\xff").unwrap();
    assert_eq!((unreadable.status, unreadable.json()["error"]["code"].as_str()), (422, Some("file_unreadable")));
    let no_village = listed(&mut county, "姓名,身份证号\n张试,\n".as_bytes());
    assert_eq!((no_village.refused, no_village.faults[0].code.as_str()), (1, "column_missing"));
}

#[test]
fn whom_a_plan_names_is_told_by_name_with_the_plan_and_with_its_copy() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    bring_roster(&mut county);
    let found = listed(&mut county, list().as_bytes()).people;
    let open = open_campaign(&bed);
    let mut plan = shown(&bed, &open.id).plan;
    let package = plan.campaign.packages[0].id.clone();
    plan.targets.people.insert(found[0].person_ref.clone(), package);
    plan.targets.without.push(found[1].person_ref.clone());
    let path = format!("/api/county/campaigns/{}", open.id);
    assert_eq!(county.ask("PUT", &path, Some(&json!(plan))).unwrap().status, 200);
    let shown = shown(&bed, &open.id);
    assert!(found.iter().all(|one| shown.names.contains(one)), "on the list, and left out");
    let copy: Value = county.post(&format!("{path}/copy"), &json!({})).unwrap();
    let copied = copy["names"].as_array().unwrap();
    assert_eq!(copied.len(), shown.names.len());
    assert!(copied.contains(&json!(found[0])), "{copied:?}");
}

/// Whoever is counted as left out is named as left out: nobody who died, nobody who left the roster.
#[test]
fn as_many_are_named_on_no_list_as_are_counted() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let open = open_campaign(&bed);
    let mut plan = shown(&bed, &open.id).plan;
    plan.targets = Default::default();
    let path = format!("/api/county/campaigns/{}", open.id);
    assert_eq!(county.ask("PUT", &path, Some(&json!(plan))).unwrap().status, 200);
    let agree = |county: &mut County| {
        let means: Value = county.post("/api/county/campaigns/check", &json!(plan)).unwrap();
        let counted: u64 = means["unlisted"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
        let named: Vec<Unlisted> = county.get(&format!("{path}/unlisted")).unwrap();
        assert_eq!(named.len() as u64, counted);
        named
    };
    let named = agree(&mut county);
    let died = &named[0].person_ref;
    let correction = json!({"died_on": "2024-05-01"});
    assert_eq!(county.ask("PUT", &format!("/api/county/people/{died}"), Some(&correction)).unwrap().status, 200);
    let after = agree(&mut county);
    assert_eq!(after.len(), named.len() - 1);
    assert!(after.iter().all(|one| one.person_ref != *died));
}

/// Runs `zoufang admin …` on the bed's folder; the server must not run.
fn admin(bed: &Bed, arguments: &[&str]) -> (bool, String) {
    let output =
        Command::new(binary().unwrap()).arg("admin").args(arguments).arg("--data").arg(bed.data()).output().unwrap();
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

fn done(bed: &Bed, arguments: &[&str]) -> String {
    let (is_done, words) = admin(bed, arguments);
    assert!(is_done, "{arguments:?}: {words}");
    words
}

/// Each step of the page is a command: a copy of last year's, people by file, people left out, funds, leaders, a change,
/// closing, opening again, taking back.
#[test]
fn a_campaign_is_made_and_looked_after_at_the_terminal() {
    let mut bed = Bed::empty().unwrap();
    bring_roster(&mut bed.county());
    let open = open_campaign(&bed);
    let found = listed(&mut bed.county(), list().as_bytes()).people;
    bed.stop().unwrap();
    let file = |name: &str, text: &str| {
        let path = bed.data().with_file_name(name);
        std::fs::write(&path, text).unwrap();
        path.to_string_lossy().into_owned()
    };
    let (list, without) = (file("名单.csv", &list()), file("不慰问.csv", &format!("姓名,区划代码\n张试,{VILLAGE}\n")));

    assert!(done(&bed, &["campaigns"]).contains(&open.id));
    let copy = ["campaign", "--copy-of", &open.id, "--document-no", "示退役〔2032〕1号", "--leaders", "2-4"];
    let funds = ["--fund", "150000.50", "--fund-source", "higher", "--spent", "9"];
    let by_name = ["--list", &list, "--list-package", "p300", "--without", &without];
    let asked = [&copy[..], &funds[..], &by_name[..]].concat();
    let words = done(&bed, &asked);
    assert!(words.contains("nothing was changed") && words.contains("person_unknown"), "{words}");
    let words = done(&bed, &[&asked[..], &["--apply"][..]].concat());
    assert!(words.contains("2 人 / people  7 行没有找到"), "{words}");
    assert!(NUMBERS.iter().chain(&["张试", "王试"]).all(|secret| !words.contains(secret)), "{words}");
    let id = words.split_once("id: ").unwrap().1.split_whitespace().next().unwrap().to_owned();

    let made = at(&mut bed, |bed| shown(bed, &id));
    let (plan, wanted) = (&made.plan, &found[1].person_ref);
    assert!(plan.campaign.from > open.from && plan.campaign.document_no == "示退役〔2032〕1号");
    assert_eq!(
        (plan.targets.people[wanted].as_str(), &plan.targets.without),
        ("p300", &vec![found[0].person_ref.clone()])
    );
    assert!(!plan.targets.people.contains_key(&found[0].person_ref), "nobody is on the list and left out");
    assert_eq!((plan.fund_fen, plan.fund_source.as_str(), plan.campaign.spent_fen), (15_000_050, "higher", 900));
    assert_eq!((plan.leadership.households_min, plan.leadership.households_max), (2, 4));

    done(&bed, &["campaign", "--change", &id, "--leaders", "0-0", "--category", "59=p300", "--apply"]);
    let (is_done, words) = admin(&bed, &["campaign", "--change", &id, "--leaders", "0-3", "--apply"]);
    assert!(!is_done && words.contains("campaign_leadership"), "{words}");
    done(&bed, &["close-campaign", &id]);
    let changed = at(&mut bed, |bed| shown(bed, &id).plan);
    assert_eq!((changed.leadership.households_max, changed.campaign.closed), (0, true));
    assert_eq!(changed.targets.categories["59"], "p300");
    assert_eq!(changed.targets.people, plan.targets.people, "what is not said stays");
    done(&bed, &["campaign", "--change", &id, "--category", "59=", "--apply"]);
    done(&bed, &["close-campaign", &id, "--reopen"]);
    let opened = at(&mut bed, |bed| shown(bed, &id).plan);
    assert!(!opened.campaign.closed && !opened.targets.categories.contains_key("59"));
    done(&bed, &["close-campaign", &id, "--withdraw"]);
    assert!(!done(&bed, &["campaigns"]).contains(&id));
}

/// What the server says while it runs on the bed's folder.
fn at<T>(bed: &mut Bed, ask: impl Fn(&Bed) -> T) -> T {
    bed.start().unwrap();
    let answer = ask(bed);
    bed.stop().unwrap();
    answer
}

/// People of the roster are looked up by name as the page does before it leaves somebody out.
#[test]
fn somebody_left_out_by_name_is_on_no_list() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    bring_roster(&mut county);
    let query = json!({"unit": "", "search": "张试", "kind": "roster", "sensitive": false});
    let found: PeopleFound = county.post("/api/county/people", &query).unwrap();
    let person = found.people[0].person_ref.clone();
    let open = open_campaign(&bed);
    let mut plan = shown(&bed, &open.id).plan;
    plan.targets.categories.insert("36".to_owned(), plan.campaign.packages[0].id.clone());
    let people = |county: &mut County, plan: &Value| -> u64 {
        let means: Value = county.post("/api/county/campaigns/check", plan).unwrap();
        means["people"].as_u64().unwrap()
    };
    let before = people(&mut county, &json!(plan));
    plan.targets.without.push(person);
    assert_eq!(people(&mut county, &json!(plan)), before - 1);
}
