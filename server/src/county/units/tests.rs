//! Trees as counties write them, and where a record counts.

use super::of_year::TreeOfYear;
use super::*;

fn unit(code: &str, name: &str) -> Unit {
    Unit { unit: code.into(), name: name.into(), valid_from: None, valid_to: None, replaced_by: None }
}

fn before() -> Vec<Unit> {
    vec![unit("990101", "示例县"), unit("990101100", "城关镇"), unit("990101100200", "东关村")]
}

fn read_text(text: &str) -> (Vec<Unit>, TreeCheck) {
    read("990101", &before(), text.as_bytes()).expect("a table")
}

#[test]
fn a_file_adds_renames_and_merges_and_nothing_vanishes() {
    let (tree, check) = read_text(
        "示例县行政区划,,,,\n区划代码,名称,生效日期,失效日期,并入\n990101103000,双河镇,,,\n９９０１０１１０３２００,石门村,,,\n\
         990101103201,下河村,,2026/6/30,990101103200\n990101100000,城关街道,,,\n",
    );
    assert_eq!(check.faults, []);
    assert_eq!(check.lines, 4);
    assert_eq!(
        check.added.iter().map(|unit| &*unit.unit).collect::<Vec<_>>(),
        ["990101103", "990101103200", "990101103201"]
    );
    assert_eq!(check.changed.iter().map(|unit| &*unit.name).collect::<Vec<_>>(), ["城关街道"]);
    assert_eq!(check.added[2].valid_to.as_deref(), Some("2026-06-30"));
    assert!(tree.contains(&unit("990101100200", "东关村")), "what the file does not name stays");
    assert!(tree.is_sorted_by(|one, other| one.unit < other.unit));
}

#[test]
fn a_list_of_codes_and_names_un_merges_nothing() {
    let mut known = before();
    known.push(Unit {
        valid_to: Some("2026-06-30".into()),
        replaced_by: Some("990101100200".into()),
        ..unit("990101100201", "旧村")
    });
    let read = |text: &str| read("990101", &known, text.as_bytes()).expect("a table");
    let (tree, check) = read("区划代码,名称\n990101100201,老村\n");
    let old = tree.iter().find(|unit| unit.unit == "990101100201").expect("it stays");
    assert_eq!((old.name.as_str(), old.replaced_by.as_deref(), check.changed.len()), ("老村", Some("990101100200"), 1));
    let (tree, _) = read("区划代码,名称,失效日期,并入\n990101100201,老村,,\n");
    let told = tree.iter().find(|unit| unit.unit == "990101100201").expect("it stays");
    assert_eq!(
        (told.valid_to.as_deref(), told.replaced_by.as_deref()),
        (None, None),
        "an empty cell says that it stands"
    );
}

#[test]
fn each_fault_names_its_line_and_its_column() {
    let (_, check) = read_text(
        "代码,名称,生效日期,失效日期,并入\n99010,短,,,\n990102100,外县,,,\n990101100200,东关村,,,\n990101100200,东关村,,,\n\
         990101104200,无乡镇,,,\n990101100201,,,,\n990101100202,甲,五月,,\n990101100203,乙,2026-05-01,2026-04-01,\n\
         990101100204,丙,,2026-01-01,990101100999\n990101100205,丁,,2026-01-01,990101100\n990101100206,戊,,,990101100200\n\
         990101100207,己,,2026-01-01,990101100208\n990101100208,庚,,2026-01-01,990101100207\n",
    );
    let found: Vec<(u32, &str, &str)> =
        check.faults.iter().map(|fault| (fault.line, &*fault.column, &*fault.code)).collect();
    let wanted = [
        (2, "code", "unit_code"),
        (3, "code", "unit_other_county"),
        (5, "code", "unit_twice"),
        (6, "code", "unit_parent"),
        (7, "name", "unit_name"),
        (8, "valid_from", "day_form"),
        (9, "valid_to", "days_order"),
        (10, "replaced_by", "successor_unknown"),
        (11, "replaced_by", "successor_level"),
        (12, "replaced_by", "successor_day"),
        (13, "replaced_by", "successor_circle"),
        (14, "replaced_by", "successor_circle"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_report_counts_under_the_tree_of_its_year() {
    let merged = |code: &str, day: &str, into: &str| Unit {
        valid_to: Some(day.into()),
        replaced_by: Some(into.into()),
        ..unit(code, "村")
    };
    // A village went over to another township in 2025, and that one on to a third in 2026.
    let tree = [
        merged("990101100200", "2025-06-30", "990101101200"),
        merged("990101101200", "2026-06-30", "990101102200"),
        unit("990101102200", "村"),
    ];
    let prefixes = |year, unit: &str| TreeOfYear::new(&tree, year).prefixes(unit).into_iter().collect::<Vec<_>>();
    assert_eq!(prefixes(2024, "990101101"), ["990101101"]);
    assert_eq!(prefixes(2025, "990101101"), ["990101100200", "990101101"]);
    assert_eq!(prefixes(2026, "990101102"), ["990101100200", "990101101200", "990101102"]);
    assert_eq!(TreeOfYear::new(&tree, 2024).home("990101100200"), "990101100200");
    assert_eq!(TreeOfYear::new(&tree, 2025).home("990101100200"), "990101101200");
    assert_eq!(TreeOfYear::new(&tree, 2026).home("990101100200"), "990101102200");
}
