//! What the workbench's page does, an administrator does at the terminal while the server stands still.

use super::{let_in, log, spend};
use zoufang_server::demo::phone::Phone;
use zoufang_tests::bed::{Bed, OTHER_VILLAGE, VILLAGE};

/// Runs `zoufang admin …` on the bed's folder; the server must not run.
fn admin(bed: &Bed, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(zoufang_tests::process::binary().unwrap());
    let output = command.arg("admin").args(arguments).arg("--data").arg(bed.data()).output().unwrap();
    let words = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "{arguments:?}: {words}");
    words
}

/// What follows `mark` up to the next blank.
fn after<'w>(words: &'w str, mark: &str) -> &'w str {
    let rest = words.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {words}")).1;
    rest.split_whitespace().next().unwrap()
}

#[test]
fn a_station_is_looked_after_at_the_terminal() {
    let mut bed = Bed::empty().unwrap();
    bed.stop().unwrap();
    let words = admin(&bed, &["code", "--unit", VILLAGE, "--person", "林小满", "--approved-later"]);
    let code = after(&words, "#enrol=").to_owned();
    bed.start().unwrap();
    let phone = Phone::with_new_key().unwrap();
    assert_eq!(spend(&bed, &phone, &code).status, 202);
    bed.stop().unwrap();

    let words = admin(&bed, &["stations", "--unit", VILLAGE]);
    let device = after(&words, "/ waits ").to_owned();
    let digits = words.lines().find(|line| line.contains(&device)).unwrap().split_whitespace().last().unwrap();
    assert!(admin(&bed, &["approve", &device, digits]).contains(&device));
    bed.start().unwrap();
    let answer = spend(&bed, &phone, &code);
    let mut station = let_in(&bed, phone, &answer);
    station.exchange().unwrap();
    let (id, _) = log(&mut station, VILLAGE, 1);
    bed.stop().unwrap();

    let words = admin(&bed, &["handover", "--unit", VILLAGE, "--from", "林小满", "--to", "马小军"]);
    assert!(words.contains("#enrol="), "{words}");
    let words = admin(&bed, &["stations", "--unit", VILLAGE]);
    assert!(words.lines().next().is_some_and(|line| line.contains("马小军") && !line.contains("林小满")), "{words}");
    assert!(words.lines().any(|line| line.contains("serves no station") && line.contains(&device)), "{words}");
    admin(&bed, &["withdraw", &device, "--reason", "retired"]);
    assert!(admin(&bed, &["clerk", "--unit", "990101103", "--person", "周建国"]).contains("/county#code="));
    bed.start().unwrap();
    station.client.go_to(bed.server().address());
    station.turn().unwrap();
    bed.county().wait_for("held work", |county| county.held().ok().filter(|held| !held.is_empty()));
    bed.stop().unwrap();

    let words = admin(&bed, &["held"]);
    assert!(words.contains(&id), "{words}");
    let held = words.split_whitespace().next().unwrap().to_owned();
    admin(&bed, &["decline", &held, "--note", "先不收"]);
    assert!(admin(&bed, &["held"]).contains("nothing is held"));
    admin(&bed, &["reopen", &held, "--note", "核对过了"]);
    assert!(admin(&bed, &["held"]).contains(&id));
    admin(&bed, &["accept", &held, "--note", "原驻村工作人员补报"]);
    assert!(admin(&bed, &["held"]).contains("nothing is held"));
    let sheet = admin(&bed, &["sheet", "--unit", "990101103"]);
    assert!(sheet.lines().any(|line| line.contains(VILLAGE) && line.contains("马小军") && line.contains("#enrol=")));
    admin(&bed, &["code", "--unit", OTHER_VILLAGE, "--person", "马小军", "--serves", VILLAGE]);
    assert!(admin(&bed, &["stations", "--unit", OTHER_VILLAGE]).contains("马小军"));
    bed.start().unwrap();
    bed.county().wait_for_visits(&format!("unit={VILLAGE}"), 1);
}
