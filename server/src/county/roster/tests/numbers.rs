//! Citizen numbers in lists: in their own column, put right by a later list or by hand.

use super::super::undo;
use super::{Office, codes, counts};
use crate::county::view::ImportKind;

/// A number in any other column than its own would reach phones in the clear.
#[test]
fn a_number_in_another_column_is_refused_and_not_repeated() {
    let text = "姓名,身份证号,区划代码,户号,组,类别,亲属\n\
        甲990101194808010017,,990101103200,,,,\n\
        乙,,990101194808010017,,,,\n\
        丙,,990101103200,９９０１０１１９４８０８０１００１７,,,\n\
        丁,,990101103200,,990101 19480801 0017,,\n\
        戊,,990101103200,,,990101480801001,\n\
        己,,990101103200,,,,女儿 6222020200112233445\n\
        庚,990101195703150026,990101103200,12,3,36,女儿 10012345678\n";
    let found = Office::default().look(ImportKind::Roster, text);
    let wanted: Vec<_> = (2..=7).map(|line| (line, "number_elsewhere", false)).collect();
    assert_eq!(codes(&found.check.faults), wanted);
    assert_eq!((found.check.added, found.changes.len()), (1, 1));
    let said = serde_json::to_string(&found.check).unwrap();
    assert!(!said.contains("0017") && !said.contains("480801") && !said.contains("6222"), "{said}");
}

#[test]
fn a_number_put_right_makes_no_second_person() {
    let mut office = Office::default();
    office.take("姓名,身份证号,区划代码\n李国强,990101194808010018,990101103200\n");
    let found = office.look(ImportKind::Roster, "姓名,身份证号,区划代码\n李国强,990101194808010017,990101103200\n");
    assert_eq!(
        (counts(&found.check), found.check.differences[0].fields[0].field.as_str()),
        ([0, 1, 0, 0, 0, 0, 0], "identity")
    );
    assert_eq!(found.changes[0].after.identity.as_ref().unwrap().digest, "d990101194808010017");
    let other = office.look(ImportKind::Roster, "姓名,身份证号,区划代码\n李国强,990101195703150026,990101103200\n");
    assert_eq!((other.check.added, codes(&other.check.faults)), (1, vec![(2, "identity_differs", true)]));
}

#[test]
fn a_number_put_right_here_stays_while_the_list_says_the_old_one() {
    let line = |number: &str| format!("姓名,身份证号,区划代码\n李国强,{number},990101103200\n");
    let (old, right, third) = ("990101194808010017", "990101195703150026", "99010119631107003X");
    let mut office = Office::default();
    let (_, changes) = office.take(&line(old));
    let identity = office.people.get_mut("p2").unwrap().identity.as_mut().unwrap();
    (identity.digest, identity.last) = (format!("d{right}"), Some(format!("d{old}")));

    let found = office.look(ImportKind::Roster, &line(old));
    assert_eq!((counts(&found.check), found.changes), ([0, 0, 0, 1, 1, 0, 0], vec![]));
    let found = office.look(ImportKind::Roster, &line(third));
    assert_eq!(codes(&found.check.faults), [(2, "identity_differs", true)]);
    let (back, check) = undo::undo(changes, |id| office.people.get(id).cloned().unwrap_or_default());
    assert_eq!((check.corrections_kept, back[0].after.identity.as_ref()), (1, office.people["p2"].identity.as_ref()));
    assert!(back[0].after.entry.is_some(), "who was corrected since stays");

    let (check, _) = office.take(&line(right));
    assert_eq!(counts(&check), [0, 0, 0, 1, 0, 0, 0]);
    assert_eq!(office.people["p2"].identity.as_ref().unwrap().last, None, "the list says it, too");
    assert_eq!(office.look(ImportKind::Roster, &line(old)).check.added, 1, "that is somebody else now");
}
