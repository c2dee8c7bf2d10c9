//! The year of the demo, through the real binary, equals a model that knows nothing of the server's measures.
//!
//! The model counts twice: from the plan of the simulated phones, and from the fields of the server's tables. Both must
//! give what the annual report says, for the county and for a township, before and after the index was lost. Deliberately
//! not here: how the records get there; simulated phones bring them.

mod dirt;
mod photos;

use std::collections::BTreeMap;
use zoufang_server::county::view::AnnualReport;
use zoufang_server::demo::county::DemoCounty;
use zoufang_tests::bed::Bed;
use zoufang_tests::model::{Year, demo_county, figures};

const YEAR: &str = "2024";
const COUNTY: &str = "990101";
const TOWNSHIP: &str = "990101103";

/// What the report of the county's year must say: the numbers of the plan of the county.
const SAID: [(&str, i64); 25] = [
    ("T01.person_times", 4_200),
    ("T01.persons", 2_300),
    ("T01.money_records_fen", 150_000_000),
    ("T04.person_times", 25),
    ("T05.wheelchair_persons", 3),
    ("T05.donation_persons", 28),
    ("T05.donation_fen", 7_500_000),
    ("T06.persons", 132),
    ("T06.paid_fen", 15_524_000),
    ("T07.families", 119),
    ("T07.notices", 119),
    ("T07.award_fen", 3_400_000),
    ("T08.recruits", 72),
    ("T08.returnees", 96),
    ("T08.sendoffs", 80),
    ("T08.welcomes", 14),
    ("T09.hung", 98),
    ("T09.replaced", 210),
    ("T10.outlets", 33),
    ("T10.items", 108),
    ("T12.visits", 7),
    ("T12.value_fen", 49_450_000),
    ("T13.removals", 130),
    ("T20.policy_questions", 203),
    ("T20.receptions", 106),
];

/// Parts of the sentences that tell it.
const SENTENCES: [(&str, &str); 10] = [
    ("T01", "4200人次"),
    ("T02", "明确乡镇班子成员必须慰问2-3户"),
    ("T04", "25人次"),
    ("T05", "为3名行动不便老兵送去轮椅，为28名困难退役军人捐赠慰问金7.5万元"),
    ("T06", "为132名退役军人开展就业、生活、医疗等帮扶解困，发放补助资金15.52万余元"),
    ("T07", "为119名"),
    ("T08", "72名新兵和96名退役返乡士兵"),
    ("T09", "悬挂光荣牌98块，更换210块"),
    ("T10", "33家"),
    ("T12", "送上慰问品近50万元"),
];

/// Figures of the report that no other record adds to, and that the model leaves alone.
const NOT_MODELLED: [&str; 9] = [
    "T01.money_spent_fen",
    "T01.open_doubles",
    "T06.applications",
    "T06.granted_fen",
    "T09.cancelled",
    "T09.restored",
    "T09.withdrawn",
    "T13.additions",
    "T13.county_removals",
];

fn report(bed: &Bed, unit: &str) -> AnnualReport {
    bed.county().annual(unit, 2024).unwrap()
}

/// Every figure of the model is the report's.
#[track_caller]
fn same(model: &BTreeMap<String, i64>, report: &AnnualReport, whose: &str) {
    for (name, figure) in model {
        assert_eq!(report.figures.get(name), Some(figure), "{name}, {whose}");
    }
}

#[track_caller]
fn check(bed: &Bed, county: &DemoCounty) {
    let whole = report(bed, COUNTY);
    for (name, figure) in SAID {
        assert_eq!(whole.figures.get(name), Some(&figure), "{name}");
    }
    for (id, part) in SENTENCES {
        assert!(whole.sentences.iter().any(|said| said.id == id && said.text.contains(part)), "{id}: {part}");
    }
    assert_eq!(whole.figures["T01.money_spent_fen"], 150_000_000);
    assert_eq!(whole.figures["T01.open_doubles"], 0);

    let planned = figures(&Year::planned(county), YEAR);
    same(&planned, &whole, "by the plan");
    let reported = ["T01", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T12", "T13"];
    for name in whole.figures.keys().filter(|name| reported.contains(&&name[..3])) {
        assert!(planned.contains_key(name) || NOT_MODELLED.contains(&name.as_str()), "nobody checks {name}");
    }
    assert_eq!(figures(&Year::shown(county, &mut bed.county()).unwrap(), YEAR), planned, "by the tables");

    let of_township = figures(&Year::planned(county).within(TOWNSHIP), YEAR);
    assert!(of_township["T01.person_times"] > 50 && of_township["T08.recruits"] > 0);
    same(&of_township, &report(bed, TOWNSHIP), "of a township");
    assert!(bed.county().matters().unwrap().is_empty(), "the clean year leaves nothing to settle");
}

#[test]
fn the_demos_year_equals_an_independent_model_also_after_the_index_was_lost() {
    let mut bed = Bed::with(&[]).unwrap();
    let county = demo_county();
    check(&bed, &county);
    let before = report(&bed, COUNTY).figures;
    bed.stop().unwrap();
    std::fs::remove_dir_all(bed.data().join("index")).unwrap();
    bed.start().unwrap();
    check(&bed, &county);
    assert_eq!(report(&bed, COUNTY).figures, before);
}
