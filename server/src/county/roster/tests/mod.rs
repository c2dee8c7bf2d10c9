//! Files as counties have them: read, compared, taken over, compared again, undone.

mod batches;
mod numbers;

use super::compare::{Desk, Found, compare};
use super::file::{FilePerson, Reader};
use super::known::Known;
use super::standing::Standing;
use super::{columns, undo};
use crate::county::view::{ImportCheck, ImportKind, LineFault};
use crate::rows::roster::{KnownPerson, RosterChange, SealedIdentity};
use crate::rows::table::{RosterEntry, Unit};
use crate::sheets;
use crate::sheets::table::Table;
use std::collections::{BTreeMap, BTreeSet};

const TODAY: &str = "2026-11-26";
const ROSTER: &str = "示例县优抚对象花名册,,,,,,\n填报单位：示例县退役军人事务局,,,,,,\n\
    序号,姓 名,公民身份号码,乡镇,村,户号,类别\n\
    1,张 三,990101194808010017,双河镇,石门村,12,60周岁以上农村籍退役士兵\n\
    2,李国强,９９０１０１１９５７０３１５００２６,双河镇,石门村,12,参战、36\n\
    3,王𠮷,990101631107003,双河镇,下河村,,11\n";

fn tree() -> Vec<Unit> {
    let unit = |code: &str, name: &str| Unit {
        unit: code.into(),
        name: name.into(),
        valid_from: None,
        valid_to: None,
        replaced_by: None,
    };
    let mut tree = vec![
        unit("990101", "示例县"),
        unit("990101103", "双河镇"),
        unit("990101103200", "石门村"),
        unit("990101103201", "下河村"),
        unit("990101104", "大山乡"),
        unit("990101104200", "石门村"),
        unit("990101104201", "旧村"),
    ];
    tree[6].valid_to = Some("2020-01-01".into());
    tree[6].replaced_by = Some("990101104200".into());
    tree
}

/// What a county has, in memory.
#[derive(Default)]
struct Office {
    people: BTreeMap<String, KnownPerson>,
    file_wins: BTreeSet<String>,
    remove_missing: bool,
}

impl Office {
    fn read(&self, kind: ImportKind, text: &str) -> (Vec<FilePerson>, Vec<LineFault>) {
        let sheets = sheets::read(text.as_bytes()).unwrap();
        let table = Table::of(sheets, |cell| columns::is_title(cell, &BTreeMap::new())).unwrap();
        let mapping = columns::guess(&table.headings, &BTreeMap::new());
        let (tree, lists) = (tree(), crate::county::lists::built_in());
        let standing = Standing::on(&tree, TODAY);
        let reader = Reader::new(kind, &table.headings, &mapping, None, &standing, &lists);
        let mut faults = Vec::new();
        let people = table.rows.iter().filter_map(|row| reader.person(row, &mut faults)).collect();
        (people, faults)
    }

    fn look(&self, kind: ImportKind, text: &str) -> Found {
        let (people, faults) = self.read(kind, text);
        let sealed = |digest: &str| SealedIdentity {
            algorithm: "test".into(),
            sealed: String::new(),
            digest: digest.to_owned(),
            last: None,
        };
        let desk = Desk {
            kind,
            digest: &|key| format!("d{key}"),
            seal: &|_, _, digest| Some(sealed(digest)),
            is_put_right: &|_, kept, number| kept.digest.ends_with('8') && number.ends_with('7'),
            person_ref: &|line| format!("p{line}"),
            file_wins: &|id| self.file_wins.contains(id),
            remove_missing: self.remove_missing,
        };
        let tree = tree();
        compare(&desk, &Known::of(self.people.clone(), &Standing::on(&tree, TODAY)), &people, faults, |_| {})
    }

    fn take(&mut self, text: &str) -> (ImportCheck, Vec<RosterChange>) {
        let Found { check, changes } = self.look(ImportKind::Roster, text);
        self.put(&changes);
        (check, changes)
    }

    fn put(&mut self, changes: &[RosterChange]) {
        for change in changes {
            match change.after == KnownPerson::default() {
                true => drop(self.people.remove(&change.person_ref)),
                false => drop(self.people.insert(change.person_ref.clone(), change.after.clone())),
            }
        }
    }

    fn at(&self, id: &str) -> &RosterEntry {
        self.people.get(id).and_then(|person| person.entry.as_ref()).unwrap()
    }

    fn entry(&mut self, id: &str) -> &mut RosterEntry {
        self.people.get_mut(id).and_then(|person| person.entry.as_mut()).unwrap()
    }
}

fn counts(check: &ImportCheck) -> [u32; 7] {
    let ImportCheck { added, changed, removed, unchanged, corrections_kept, clashes, refused, .. } = check;
    [*added, *changed, *removed, *unchanged, *corrections_kept, *clashes, *refused]
}

fn codes(faults: &[LineFault]) -> Vec<(u32, &str, bool)> {
    faults.iter().map(|fault| (fault.line, fault.code.as_str(), fault.warning)).collect()
}

#[test]
fn a_file_as_counties_have_them_is_read() {
    let mut office = Office::default();
    let (check, _) = office.take(ROSTER);
    assert_eq!(counts(&check), [3, 0, 0, 0, 0, 0, 0]);
    assert_eq!(codes(&check.faults), [(6, "identity_old", true)]);
    let first = office.at("p4").clone();
    assert_eq!((first.name.as_str(), first.unit.as_str()), ("张三", "990101103200"));
    assert_eq!(first.categories, ["36"]);
    assert_eq!(office.at("p5").categories, ["33", "36"]);
    assert_eq!(office.at("p5").household, first.household, "one number of a household in one village");
    assert_eq!(office.at("p6").name, "王𠮷");
    let digest = |id: &str| office.people[id].identity.as_ref().unwrap().digest.clone();
    assert_eq!(digest("p5"), "d990101195703150026");
    assert_eq!(digest("p6"), "d99010119631107003X", "an old number is found by its new form");
}

#[test]
fn the_same_file_twice_changes_nothing_and_people_keep_their_reference() {
    let mut office = Office::default();
    office.take(&ROSTER.replace("990101631107003", "99010119631107003X"));
    let before = office.people.clone();
    let (check, changes) =
        office.take(&ROSTER.replace("990101631107003", "99010119631107003x").replace("张 三", "张三"));
    assert_eq!(counts(&check), [0, 0, 0, 3, 0, 0, 0]);
    assert_eq!(changes, []);
    assert_eq!(office.people, before);
}

#[test]
fn corrections_stay_changes_of_the_file_are_taken_and_both_are_a_clash() {
    let mut office = Office::default();
    let text = ROSTER.replace("990101631107003", "99010119631107003X");
    office.take(&text);
    office.entry("p4").name = "张山".into();
    office.entry("p5").household = "990101103200-99".into();
    let next = text.replace("石门村,12,参战、36", "石门村,14,参战、36").replace("下河村,,11", "下河村,,12");
    let found = office.look(ImportKind::Roster, &next);
    // One kept correction (the name), one clash (the household), one change (the category).
    assert_eq!(counts(&found.check), [0, 1, 0, 1, 1, 1, 0]);
    let [clash, change] = found.check.differences.as_slice() else { panic!("{:?}", found.check.differences) };
    let field = &clash.fields[0];
    assert_eq!((clash.person_ref.as_str(), clash.kind.as_str(), field.field.as_str()), ("p5", "clash", "household"));
    assert_eq!(
        (field.last.as_deref(), field.now.as_str(), field.file.as_str()),
        (Some("990101103200-12"), "990101103200-99", "990101103200-14")
    );
    assert_eq!((change.kind.as_str(), change.fields[0].file.as_str()), ("changed", "12"));
    office.put(&found.changes);
    assert_eq!((office.at("p4").name.as_str(), office.at("p5").household.as_str()), ("张山", "990101103200-99"));
    office.entry("p5").household = "990101103200-98".into();
    office.file_wins.insert("p5".into());
    office.take(&next.replace(",14,", ",15,"));
    assert_eq!(office.at("p5").household, "990101103200-15", "a person said that the file is right");
}

#[test]
fn who_is_missing_leaves_only_where_asked_and_only_from_villages_that_are_named() {
    let mut office = Office::default();
    office.take(&ROSTER.replace("990101631107003", "99010119631107003X"));
    let without_second: String = ROSTER
        .lines()
        .filter(|line| !line.contains("李国强") && !line.contains('𠮷'))
        .fold(String::new(), |text, line| text + line + "\n");
    let (check, _) = office.take(&without_second);
    assert_eq!(counts(&check), [0, 0, 1, 1, 0, 0, 0], "the other village is not in the file");
    assert!(!office.at("p5").gone);
    office.remove_missing = true;
    office.take(&without_second);
    assert!(office.at("p5").gone && !office.at("p6").gone);
    let (check, _) = office.take(&ROSTER.replace("990101631107003", "99010119631107003X"));
    assert_eq!(check.added, 1, "back again");
    assert!(!office.at("p5").gone);
}

#[test]
fn undoing_turns_back_what_was_not_corrected_since() {
    let mut office = Office::default();
    let text = ROSTER.replace("990101631107003", "99010119631107003X");
    office.take(&text);
    let before = office.people.clone();
    let next = text.replace("石门村,12,60周岁", "石门村,13,60周岁").replace("下河村,,11", "下河村,7,12")
        + "4,赵六,,双河镇,下河村,,55\n5,钱七,,双河镇,下河村,,55\n";
    let (_, changes) = office.take(&next);
    office.entry("p6").categories = vec!["21".into()];
    office.entry("p8").relative = "女儿".into();
    let (back, check) = undo::undo(changes, |id| office.people.get(id).cloned().unwrap_or_default());
    office.put(&back);
    assert_eq!((check.removed, check.changed, check.corrections_kept), (1, 2, 2));
    assert_eq!(office.people["p4"], before["p4"]);
    assert!(!office.people.contains_key("p7"), "who came with it and was left alone is gone");
    assert_eq!(office.at("p8").relative, "女儿", "who was corrected since stays");
    let kept = office.at("p6").clone();
    assert_eq!((kept.household.as_str(), kept.categories.as_slice()), ("", &["21".to_owned()][..]));
}

#[test]
fn each_fault_is_told_by_line_and_no_number_is() {
    let text = "姓名,身份证号,乡镇,村,亲属,死亡日期,类别\n\
        ,990101194808010017,双河镇,石门村,,,\n\
        甲,9.90101E+17,双河镇,石门村,,,\n\
        乙,12345678,双河镇,石门村,,,\n\
        丙,,,石门村,,,\n\
        丁,,双河镇,不存在村,,,\n\
        戊,,大山乡,旧村,,,\n\
        己,990101194808010018,双河镇,石门村,,,外星人\n\
        庚,,双河镇,石门村,,五月,\n\
        辛,,双河镇,石门村,,,\n\
        辛,,双河镇,石门村,,,\n\
        壬,,双河镇,石门村,妻子,,\n\
        壬,,双河镇,石门村,儿子,,\n\
        癸,990101194808010017,双河镇,石门村,,,\n\
        子,990101194808010017,双河镇,石门村,,,\n";
    let found = Office::default().look(ImportKind::Roster, text);
    let wanted = [
        (2, "name_missing", false),
        (3, "number_lost_digits", false),
        (4, "identity_malformed", false),
        (5, "village_ambiguous", false),
        (6, "village_unknown", false),
        (9, "day_form", false),
        (11, "row_twice", false),
        (15, "row_twice", false),
        (7, "village_merged", true),
        (8, "identity_check", true),
        (8, "category_unknown", true),
    ];
    assert_eq!(codes(&found.check.faults), wanted);
    assert_eq!(found.check.added, 6);
    let said = serde_json::to_string(&found.check).unwrap();
    assert!(!said.contains("12345678") && !said.contains("990101194808010017"), "{said}");
}

/// Without a number people are found by what the last file said of them, whatever was corrected here since.
#[test]
fn a_correction_makes_nobody_somebody_else() {
    let mut office = Office::default();
    let text = "姓名,区划代码\n张三,990101103200\n李四,990101103200\n";
    office.take(text);
    office.entry("p2").name = "张山".into();
    office.entry("p3").unit = "990101103201".into();
    let found = office.look(ImportKind::Roster, text);
    assert_eq!(counts(&found.check), [0, 0, 0, 2, 2, 0, 0]);
}

/// Whoever lived in a village that was merged is the same person in its successor, and is missed there.
#[test]
fn a_merged_village_keeps_its_people() {
    let mut office = Office::default();
    office.take("姓名,区划代码\n孙旧,990101104200\n周旧,990101104200\n");
    for person in office.people.values_mut() {
        for entry in person.entry.iter_mut().chain(&mut person.imported) {
            entry.unit = "990101104201".into();
        }
    }
    let found = office.look(ImportKind::Roster, "姓名,区划代码\n孙旧,990101104200\n");
    assert_eq!(counts(&found.check), [0, 1, 1, 0, 0, 0, 0]);
    assert_eq!(found.changes[0].after.entry.as_ref().unwrap().unit, "990101104200");
    let found = office.look(ImportKind::Roster, "姓名,区划代码\n孙旧,990101104201\n");
    assert_eq!(
        (counts(&found.check), codes(&found.check.faults)),
        ([0, 1, 1, 0, 0, 0, 0], vec![(2, "village_merged", true)])
    );
}

#[test]
fn a_move_leaves_household_and_group_behind() {
    let mut office = Office::default();
    office.take("姓名,身份证号,区划代码,户号,组\n王芳,990101195703150026,990101103201,7,1\n");
    office.take("姓名,身份证号,区划代码\n王芳,990101195703150026,990101104200\n");
    let moved = office.at("p2");
    assert_eq!((moved.unit.as_str(), moved.household.as_str(), moved.group.as_str()), ("990101104200", "", ""));
    office.take("姓名,身份证号,区划代码,户号,组\n王芳,990101195703150026,990101103201,9,2\n");
    assert_eq!((office.at("p2").household.as_str(), office.at("p2").group.as_str()), ("990101103201-9", "2"));
}

/// Whoever the county took off stays off when the same file comes again, and comes back when the county says so.
#[test]
fn somebody_who_was_entered_twice_is_taken_off_and_stays_off() {
    let mut office = Office::default();
    let file = "姓名,区划代码\n李国强,990101103200\n王芳,990101103200\n";
    office.take(file);
    let entry = office.entry("p2");
    (entry.struck, entry.gone) = (true, true);
    let (again, _) = office.take(file);
    assert_eq!((again.added, again.unchanged, again.corrections_kept, again.removed), (0, 2, 1, 0));
    assert!(office.at("p2").gone, "a file does not bring them back");
}

#[test]
fn namesakes_are_told_apart_or_told() {
    let mut office = Office::default();
    office.take("姓名,乡镇,村,亲属\n张三,双河镇,石门村,妻子\n张三,双河镇,石门村,儿子\n");
    let found = office.look(ImportKind::Roster, "姓名,乡镇,村,组\n张三,双河镇,石门村,3\n");
    assert_eq!(codes(&found.check.faults), [(2, "namesakes", false)]);
    let found = office.look(ImportKind::Roster, "姓名,乡镇,村,亲属,组\n张三,双河镇,石门村,儿子,3\n");
    assert_eq!((found.check.changed, found.changes[0].person_ref.as_str()), (1, "p3"));
}
