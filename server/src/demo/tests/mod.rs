//! The fictional county keeps its promises: counts, money, valid records, and the same county from the same seed.

mod plan;
mod year;

use crate::demo::campaigns::{ARMY_DAY, SPRING};
use crate::demo::county::DemoCounty;
use crate::demo::people::lists::Listing;
use crate::demo::plan::{PlannedRecord, Round};
use crate::demo::tables::table_records;
use crate::demo::units::{DEMO_VILLAGE, OTHER_DEMO_VILLAGE};
use crate::demo::visits::plan_visits;
use crate::rows::table::TableRecord;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use zoufang_sync_protocol::register::Register;
use zoufang_sync_protocol::roster::VillageTable;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn county(seed: u64) -> DemoCounty {
    DemoCounty::new(seed, day("2026-11-21"))
}

fn delivered<'a>(visits: &'a [PlannedRecord], campaign: &str) -> Vec<&'a PlannedRecord> {
    visits
        .iter()
        .filter(|visit| visit.record["campaign_id"] == campaign && visit.record["outcome"] == "delivered")
        .collect()
}

fn value_fen(county: &DemoCounty, visit: &PlannedRecord) -> i64 {
    let campaign =
        county.campaigns.campaigns.iter().find(|campaign| visit.record["campaign_id"] == *campaign.id).unwrap();
    let gift = &visit.record["gift"];
    let price = |goods: &serde_json::Value| {
        let known =
            campaign.packages.iter().flat_map(|package| &package.goods).find(|known| known.item == goods["item"]);
        known.unwrap().price_fen * goods["quantity"].as_i64().unwrap()
    };
    gift["money_fen"].as_i64().unwrap() + gift["goods"].as_array().unwrap().iter().map(price).sum::<i64>()
}

#[test]
fn the_tree_has_its_units() {
    for seed in (1..6).chain([990_101]) {
        let county = county(seed);
        let of_length = |length: usize| county.units.iter().filter(move |unit| unit.unit.len() == length);
        assert_eq!((of_length(6).count(), of_length(9).count(), of_length(12).count()), (1, 20, 353));
        assert_eq!(of_length(12).filter(|unit| unit.unit[9..] < *"200").count(), 13);
        assert!(county.units.is_sorted_by(|a, b| a.unit < b.unit));
        assert_eq!(county.units.iter().map(|unit| &unit.name).collect::<BTreeSet<_>>().len(), 374);
        for township in of_length(9) {
            let villages = of_length(12).filter(|unit| unit.unit.starts_with(&township.unit)).count();
            assert!((8..=32).contains(&villages), "{}: {villages}", township.name);
        }
    }
}

#[test]
fn the_roster_has_its_people() {
    for seed in (1..6).chain([990_101]) {
        let county = county(seed);
        assert_eq!(county.roster.len(), 2_960);
        assert_eq!(county.roster.iter().map(|entry| &entry.person_ref).collect::<BTreeSet<_>>().len(), 2_960);
        assert_eq!(county.roster.iter().filter(|entry| entry.categories[0].as_str() < "50").count(), 2_840);
        let mut sizes: BTreeMap<_, usize> = BTreeMap::new();
        county.roster.iter().for_each(|entry| *sizes.entry(&entry.unit).or_default() += 1);
        assert!(sizes.values().all(|size| *size <= 45));
        assert!((10..36).contains(&(353 - sizes.len())), "{} villages have nobody", 353 - sizes.len());
        let households: BTreeSet<_> = county.roster.iter().map(|entry| &entry.household).collect();
        assert!((50..400).contains(&(2_960 - households.len())));
        assert!(county.roster.is_sorted_by(|a, b| a.unit <= b.unit && a.household <= b.household));
        assert_eq!(county.stations.iter().filter(|station| station.vacant).count(), 18);
        assert!(county.stations.iter().all(|station| station.staff.len() >= 2));
    }
}

#[test]
fn the_year_is_4200_visits_and_1_500_000_yuan() {
    for seed in (1..6).chain([990_101]) {
        let county = county(seed);
        let visits = plan_visits(&county);
        let (spring, army_day) = (delivered(&visits, SPRING), delivered(&visits, ARMY_DAY));
        assert_eq!((spring.len(), army_day.len()), (2_090, 2_110));
        let people = |visits: &[&PlannedRecord]| -> BTreeSet<String> {
            visits.iter().map(|visit| visit.record["person"]["person_ref"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(people(&spring).intersection(&people(&army_day)).count(), 1_900);
        assert_eq!(people(&spring).union(&people(&army_day)).count(), 2_300);
        let mut amounts: BTreeMap<i64, usize> = BTreeMap::new();
        let closed = spring.iter().chain(&army_day);
        closed.for_each(|visit| *amounts.entry(value_fen(&county, visit)).or_default() += 1);
        assert_eq!(amounts, BTreeMap::from([(30_000, 3_460), (50_000, 540), (80_000, 120), (120_000, 80)]));
        assert_eq!(county.campaigns.campaigns[..2].iter().map(|campaign| campaign.spent_fen).sum::<i64>(), 150_000_000);
    }
}

#[test]
fn lists_have_their_targets() {
    let county = county(1);
    let targets = |campaign: &str| {
        let people =
            county.villages.iter().flat_map(|village| &village.households).flat_map(|household| &household.people);
        people.flat_map(|person| &person.targets).filter(|target| target.campaign_id == campaign).count()
    };
    assert_eq!((targets(SPRING), targets(ARMY_DAY), targets("2026-qiuji")), (2_250, 2_270, 2_200));
    let packages: BTreeSet<_> =
        county.campaigns.campaigns.iter().flat_map(|campaign| &campaign.packages).map(|package| &package.id).collect();
    let people = county.villages.iter().flat_map(|village| &village.households).flat_map(|household| &household.people);
    assert!(people.flat_map(|person| &person.targets).all(|target| packages.contains(&target.package_id)));
}

#[test]
fn every_record_is_valid_and_lies_in_its_campaign() {
    let register = Register::visit();
    for today in ["2026-11-21", "2025-01-02", "2026-02-28"] {
        let county = DemoCounty::new(7, day(today));
        let visits = plan_visits(&county);
        let open = visits.iter().filter(|visit| visit.round == Round::Campaign(2)).count();
        assert!((400..900).contains(&open), "{open}");
        for visit in &visits {
            assert_eq!(register.invalid_fields(&visit.record), Vec::<String>::new(), "{:?}", visit.record);
            let campaign =
                county.campaigns.campaigns.iter().find(|campaign| visit.record["campaign_id"] == *campaign.id).unwrap();
            let visited = day(visit.record["visit_date"].as_str().unwrap());
            assert!((day(&campaign.from)..=day(&campaign.until)).contains(&visited) && visited < county.today);
            let entered = &visit.record["entry"]["entered_at"].as_str().unwrap()[..10];
            assert!(visited <= day(entered) && day(entered) < county.today);
        }
        let ids: BTreeSet<_> = visits.iter().map(|visit| &visit.record_id).collect();
        assert_eq!(ids.len(), visits.len());
    }
}

#[test]
fn township_leaders_lead_a_quarter() {
    let visits = plan_visits(&county(1));
    let led = visits.iter().filter(|visit| visit.record["lead_rank"] == "township_leader").count();
    assert!((22..29).contains(&(led * 100 / visits.len())));
}

#[test]
fn demo_phones_have_households_to_visit() {
    for seed in (1..30).chain([990_101]) {
        let county = county(seed);
        let to_visit = |table: &VillageTable| {
            let is_open = |person_ref: &str| {
                let index = county.roster.iter().position(|entry| entry.person_ref == person_ref).unwrap();
                county.fates[index][2] == Listing::Target
            };
            table
                .households
                .iter()
                .filter(|household| household.people.iter().any(|person| is_open(&person.person_ref)))
                .count()
        };
        let table = |code: &str| county.villages.iter().find(|village| village.unit == code).unwrap();
        for (code, name) in [DEMO_VILLAGE, OTHER_DEMO_VILLAGE] {
            assert_eq!(table(code).name, name);
            assert!((8..=12).contains(&to_visit(table(code))), "{}", to_visit(table(code)));
        }
        let people = table(DEMO_VILLAGE.0).households.iter().flat_map(|household| &household.people);
        let names: Vec<&str> = people.map(|person| person.name.as_str()).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len() - 1, "one pair of namesakes");
        let [first, second, other] = county.demo_phones();
        assert!(first.unit == second.unit && first.person.id != second.person.id && first.unit != other.unit);
    }
}

#[test]
fn tables_hold_the_whole_roster_and_phones_get_no_category() {
    let county = county(2);
    let records = table_records(&county);
    assert_eq!(records.len(), 2 + 353 + 20);
    let (mut people, mut soldiers) = (0, 0);
    for record in &records[2..] {
        let TableRecord::Village { table, roster } = record else { panic!("a village's table") };
        assert!(roster.iter().all(|entry| entry.unit == table.unit));
        let of_phone = serde_json::to_string(table).unwrap();
        assert!(!of_phone.contains("categor"));
        let (listed, batches): (Vec<_>, Vec<_>) = roster.iter().partition(|entry| !entry.categories.is_empty());
        assert!(batches.iter().all(|entry| entry.person_ref.starts_with('q') || !of_phone.contains(&entry.name)));
        people += listed.len();
        soldiers += batches.len();
    }
    assert_eq!((people, soldiers), (2_960, 72 + 96 + 118 + 323 + 2 * 11));
}

#[test]
fn the_same_seed_makes_the_same_county() {
    let (a, b) = (county(3), county(3));
    assert_eq!(a.villages, b.villages);
    assert_eq!(plan_visits(&a), plan_visits(&b));
    assert_ne!(a.roster, county(4).roster);
}
