//! Files as counties have them: of two office programs, several sheets, titles over two lines, merged cells, titles that nobody
//! knows; and the same at the terminal.
//!
//! Deliberately not here: what becomes of people whose list comes again (`imports`), and every fault of a line
//! (`county/roster/tests`).

use super::imports::{act, bring, is_stored};
use serde_json::{Value, json};
use std::process::Command;
use zoufang_server::county::view::{ImportShown, UnitName};
use zoufang_tests::bed::{Bed, VILLAGE};
use zoufang_tests::county::County;
use zoufang_tests::process::binary;
use zoufang_tests::workbook;

/// Files of two office programs in turn: looked at, taken, changed by the other program's file, brought again, undone.
#[test]
fn files_of_two_office_programs_follow_each_other() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let folder = zoufang_tests::repository().join("tests/fixtures/rosters");
    let file = |county: &mut County, name: &str| {
        bring(county, "roster", &std::fs::read(folder.join(format!("{name}.xlsx"))).unwrap())
    };
    let first = file(&mut county, "gnumeric");
    act(&mut county, &first, "apply", json!({}));
    let other = file(&mut county, "libreoffice");
    is_stored(&act(&mut county, &other, "check", json!({})), "libreoffice-after-gnumeric");
    act(&mut county, &other, "apply", json!({}));
    let again = file(&mut county, "gnumeric");
    is_stored(&act(&mut county, &again, "check", json!({})), "gnumeric-after-libreoffice");
    let undone = county.ask("POST", &format!("/api/county/imports/{}/undo", other.id), Some(&json!({}))).unwrap();
    assert_eq!(undone.status, 200, "{}", undone.json());
    let unchanged = act(&mut county, &again, "check", json!({})).check.unwrap();
    assert_eq!((unchanged.added, unchanged.changed, unchanged.removed, unchanged.clashes), (0, 0, 0, 0));
    assert!(unchanged.unchanged > 0);
}

/// A workbook as LibreOffice writes it: merged titles, a heading of two lines, full-width digits, a number of 15 digits, a
/// date, a number that lost its digits, a day that never was, a total at the end.
#[test]
fn a_workbook_of_libreoffice_is_read_as_its_own_program_shows_it() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let file = std::fs::read(zoufang_tests::repository().join("tests/fixtures/rosters/libreoffice.xlsx")).unwrap();
    let shown = bring(&mut county, "roster", &file);
    assert_eq!((shown.headings.len(), shown.mapping.len()), (9, 8), "{:?}", shown.mapping);
    is_stored(&act(&mut county, &shown, "check", json!({})), "libreoffice");
}

/// A sheet for each township, as counties put their lists together; last year's is hidden.
#[test]
fn each_sheet_of_a_workbook_is_read_and_a_hidden_one_is_named() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let row = |name: &str, village: &str| ["", name, "", village, "", "", "36", ""].map(str::to_owned).to_vec();
    let other = "990101104200";
    let file = workbook::sheets(vec![
        ("双河镇", vec![row("张三", VILLAGE), row("李四", VILLAGE)]),
        ("大山乡", vec![row("王五", other), row("赵六", "大山"), row("合 计", "")]),
        ("去年", vec![row("钱七", VILLAGE)]),
    ])
    .unwrap();
    let shown = bring(&mut county, "roster", &file);
    let check = act(&mut county, &shown, "check", json!({})).check.unwrap();
    let people: Vec<_> =
        check.differences.iter().map(|one| (one.name.as_str(), one.sheet.as_str(), one.line)).collect();
    assert_eq!(people, [("张三", "双河镇", Some(4)), ("李四", "双河镇", Some(5)), ("王五", "大山乡", Some(4))]);
    let faults: Vec<_> =
        check.faults.iter().map(|one| (one.sheet.as_str(), one.line, one.code.as_str(), one.value.as_str())).collect();
    assert_eq!(faults, [("", 0, "sheet_not_read", "去年"), ("大山乡", 5, "village_unknown", "大山")]);
    let taken = act(&mut county, &shown, "apply", json!({})).check.unwrap();
    assert_eq!((taken.added, taken.refused), (3, 1));
}

/// Titles over two lines, and cells merged down: each line has what stands over it.
#[test]
fn titles_of_two_lines_and_merged_cells_are_read_as_they_are_seen() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let units: Vec<UnitName> = county.get("/api/county/units").unwrap();
    let is_other =
        |known: &&UnitName| known.unit.starts_with("990101103") && known.unit.len() == 12 && known.unit != VILLAGE;
    let other = units.iter().find(is_other).unwrap();
    // As lists leave the word for what it is out.
    let short = other.name.trim_end_matches("社区").trim_end_matches('村');
    let villages: [(&str, &[&str]); 2] = [("石门村", &["张三", "李四", "王五"]), (short, &["赵六", "钱七"])];
    let file = workbook::merged("双河镇", &villages).unwrap();
    let shown = bring(&mut county, "roster", &file);
    assert_eq!(shown.headings[1..], ["姓名", "乡镇", "村", "组", "类别"], "{:?}", shown.headings);
    let check = act(&mut county, &shown, "check", json!({})).check.unwrap();
    let people: Vec<_> = check.differences.iter().map(|one| (one.name.as_str(), one.unit.as_str())).collect();
    let own = |name: &'static str| (name, VILLAGE);
    assert_eq!(people[..3], [own("张三"), own("李四"), own("王五")], "{:?}", check.faults);
    assert_eq!(people[3..], [("赵六", other.unit.as_str()), ("钱七", other.unit.as_str())], "{:?}", check.faults);
}

/// A file with titles that nobody knows is mapped by hand; what was said of its columns, and of one that is not wanted, is there
/// again after another file came between.
#[test]
fn columns_that_nobody_knows_are_mapped_by_hand_and_remembered() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let file = format!("谁,在哪,类别\n张三,{VILLAGE},36\n李四,{VILLAGE},36\n");
    let shown = bring(&mut county, "roster", file.as_bytes());
    assert_eq!((shown.headings.len(), shown.mapping.len()), (3, 1), "{:?}", shown.mapping);
    let by_hand = json!({"谁": "name", "在哪": "village_code"});
    let path = format!("/api/county/imports/{}", shown.id);
    let choice = json!({"mapping": by_hand, "clashes": {}});
    let _: Value = county.post(&format!("{path}/apply"), &choice).unwrap();
    county.wait_for("it", |county| county.get::<ImportShown>(&path).ok().filter(|shown| shown.state == "applied"));
    let between = bring(&mut county, "roster", format!("姓名,区划代码,类别\n王五,{VILLAGE},36\n").as_bytes());
    assert_eq!(between.mapping.get("类别"), None, "not wanted, so not read");
    act(&mut county, &between, "apply", json!({}));
    let again = bring(&mut county, "roster", file.as_bytes());
    assert_eq!(json!(again.mapping), by_hand);
    let check = act(&mut county, &again, "check", json!({})).check.unwrap();
    assert_eq!((check.added, check.unchanged), (0, 2), "{check:?}");
}

/// More faults than are shown are counted, and leave room for warnings.
#[test]
fn all_faults_are_counted_and_warnings_are_not_crowded_out() {
    let bed = Bed::empty().unwrap();
    let mut county = bed.county();
    let faults: String = (0..300).map(|number| format!("甲{number},990101999999,36\n")).collect();
    let file = format!("姓名,区划代码,类别\n{faults}乙,{VILLAGE},外星人\n");
    let shown = bring(&mut county, "roster", file.as_bytes());
    let check = act(&mut county, &shown, "check", json!({})).check.unwrap();
    assert_eq!((check.refused, check.warned, check.said, check.faults.len()), (300, 1, 301, 201));
    assert!(check.faults.last().is_some_and(|fault| fault.warning));
}

/// At the terminal a column is given its meaning, and the file wins where both changed something.
#[test]
fn the_terminal_maps_columns_and_settles_clashes() {
    let mut bed = Bed::empty().unwrap();
    bed.stop().unwrap();
    let path = bed.data().with_file_name("名册.csv");
    let admin = |bed: &Bed, text: &str, more: &[&str]| {
        std::fs::write(&path, text).unwrap();
        let mut command = Command::new(binary().unwrap());
        let command = command.args(["admin", "roster"]).arg(&path).args(more).arg("--data").arg(bed.data());
        let output = command.output().unwrap();
        (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let mapped = ["--column", "谁=name", "--column", "在哪=village_code", "--column", "队=group", "--apply"];
    let first = format!("谁,在哪,队\n张试,{VILLAGE},3\n");
    let (_, words) = admin(&bed, &first, &["--column", "姓=name"]);
    assert!(words.contains("the file has no column 姓: 谁 在哪 队"), "{words}");
    let (is_done, words) = admin(&bed, &first, &["--column", "谁=who"]);
    assert!(!is_done && words.contains("no such meaning: who"), "{words}");
    let (is_done, words) = admin(&bed, &first, &mapped);
    assert!(is_done && words.contains("new: 1"), "{words}");

    bed.start().unwrap();
    let asked = json!({"search": "张试", "unit": VILLAGE});
    let found = |bed: &Bed| bed.county().post::<Value>("/api/county/people", &asked).unwrap()["people"][0].clone();
    let person = found(&bed)["person_ref"].as_str().unwrap().to_owned();
    let corrected = bed.county().ask("PUT", &format!("/api/county/people/{person}"), Some(&json!({"group": "4"})));
    assert_eq!(corrected.unwrap().status, 200);
    bed.stop().unwrap();
    let second = format!("谁,在哪,队\n张试,{VILLAGE},5\n");
    let (_, words) = admin(&bed, &second, &[]);
    assert!(words.contains("clashes: 1"), "{words}");
    let (is_done, words) = admin(&bed, &second, &["--file-wins", "--apply"]);
    assert!(is_done, "{words}");
    bed.start().unwrap();
    assert_eq!(found(&bed)["group"], "5", "{words}");
}
