//! Lists of a batch: recruits and returnees by their families, merit notices a line each.

use super::{Office, codes, counts};
use crate::county::view::ImportKind;

/// One soldier may have two notices: each is a line of its own, found again by soldier, honour and year.
#[test]
fn merit_notices_are_a_line_each() {
    let line =
        |soldier: &str, honour: &str, more: &str| format!("{soldier},990101103200,王芳,2026年上半年,{honour},{more}\n");
    let head = "姓名,身份证号,区划代码,联系人,批次,荣誉,奖励年度,喜报编号,收到日期\n";
    let (first, other) = ("兵甲,990101194808010017", "兵乙,");
    let text = [
        head.to_owned(),
        line(first, "三等功", "2025年度,2026-1,2026-02-03"),
        line(first, "“四有”优秀士兵", "2025,2026-2,"),
        line(other, "M5", "2025,,"),
        line(other, "个人二等功", "2025,,"),
        line(other, "M5", "2025,,"),
        line(first, "特等功", "2025,,"),
        line(first, "嘉奖", "去年,,"),
    ]
    .concat();
    let mut office = Office::default();
    let found = office.look(ImportKind::Merits, &text);
    assert_eq!(
        codes(&found.check.faults),
        [(6, "row_twice", false), (7, "honour_unknown", false), (8, "year_form", false)]
    );
    let notices: Vec<_> =
        found.changes.iter().map(|change| change.after.entry.as_ref().unwrap().batch.clone().unwrap()).collect();
    let honours: Vec<_> = notices.iter().map(|one| one.notice.as_ref().unwrap().honour_code.as_str()).collect();
    assert_eq!((honours, notices[0].kind.as_str()), (vec!["M4", "M5", "M5", "M3"], "merit"));
    let details = serde_json::json!(notices[0].notice.as_ref().unwrap().details());
    let wanted = serde_json::json!(
        {"honour_code": "M4", "award_year": 2025, "notice_serial": "2026-1", "received_on": "2026-02-03"}
    );
    assert_eq!(details, wanted);

    office.put(&found.changes);
    let again = office.look(ImportKind::Merits, &text.replace("2026-02-03", "2026-02-04"));
    assert_eq!(counts(&again.check), [0, 1, 0, 3, 0, 0, 3]);
    let field = &again.check.differences[0].fields[0];
    assert_eq!(
        (field.field.as_str(), field.now.as_str(), field.file.as_str()),
        ("received_on", "2026-02-03", "2026-02-04")
    );
}

#[test]
fn batch_lists_keep_the_soldier_at_the_county() {
    let text = "姓名,身份证号,乡镇,村,联系人,与本人关系,批次\n\
        兵甲,,双河镇,石门村,王芳,母亲,2026年秋季\n兵乙,,双河镇,石门村,,,2026H2\n兵丙,,双河镇,石门村,李四,父亲,秋\n";
    let found = Office::default().look(ImportKind::Recruits, text);
    assert_eq!(codes(&found.check.faults), [(4, "batch_form", false), (3, "contact_missing", true)]);
    let entry = found.changes[0].after.entry.as_ref().unwrap();
    let listing = entry.batch.as_ref().unwrap();
    assert_eq!((listing.kind.as_str(), listing.batch.as_str()), ("recruit", "2026H2"));
    assert_eq!((listing.contact.as_str(), listing.relation.as_str(), entry.relative.as_str()), ("王芳", "母亲", ""));
}
