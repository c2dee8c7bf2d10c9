//! All figures of a year by hand.

use super::ceremonies;
use super::rules::{Counting, distinct, group, items, number, person, text};
use std::collections::BTreeMap;

/// Records that count, by register, and what the model must be told: prices of goods and who lives with whom.
#[derive(Debug, Default)]
pub struct Year {
    /// Records by register.
    pub records: BTreeMap<String, Vec<Counting>>,
    /// Price of one piece of goods by campaign and item, fen.
    pub prices: BTreeMap<(String, String), i64>,
    /// Household by person.
    pub households: BTreeMap<String, String>,
    /// Persons of a campaign of whom two records were not told apart yet: they count once in person-times.
    pub open_doubles: Vec<(String, String)>,
}

/// The figures of `year` (four digits), by the names of the annual report.
pub fn figures(model: &Year, year: &str) -> BTreeMap<String, i64> {
    let mut figures = BTreeMap::new();
    let mut put = |name: &str, figure: i64| {
        figures.insert(name.to_owned(), figure);
    };
    visits(model, year, &mut put);
    let ceremonies = model.of("ceremony");
    put("T08.recruits", ceremonies::people(ceremonies, "recruit_sendoff", year));
    put("T08.returnees", ceremonies::people(ceremonies, "returnee_welcome", year));
    put("T08.sendoffs", ceremonies::events(ceremonies, "recruit_sendoff", year));
    put("T08.welcomes", ceremonies::events(ceremonies, "returnee_welcome", year));
    let (families, award_fen, notices) = ceremonies::notices(ceremonies, year);
    put("T07.families", families);
    put("T07.award_fen", award_fen);
    put("T07.notices", notices);
    put("T09.hung", ceremonies::plaques(ceremonies, year, &["new", "reissue"]));
    put("T09.replaced", ceremonies::plaques(ceremonies, year, &["replace"]));
    put("T09.new", ceremonies::plaques(ceremonies, year, &["new"]));
    put("T09.relocated", ceremonies::plaques(ceremonies, year, &["relocate"]));
    put("T09.reissued", ceremonies::plaques(ceremonies, year, &["reissue"]));
    outlets(model, year, &mut put);
    aid(model, year, &mut put);
    checks(model, year, &mut put);
    consultations(model, year, &mut put);
    let garrison = model.of("garrison_visit").iter().filter(|visit| text(&visit.fields, "date").starts_with(year));
    let (places, fen) = garrison.fold((0, 0), |(places, fen), visit| {
        (places + number(&visit.fields, "visits"), fen + number(&visit.fields, "value_fen"))
    });
    put("T12.visits", places);
    put("T12.value_fen", fen);
    put(
        "feedback.said",
        model.of("feedback").iter().filter(|said| text(&said.fields, "date").starts_with(year)).count() as i64,
    );
    put("station.stations", model.of("station").len() as i64);
    let has_all = |station: &&Counting| {
        let five = group(&station.fields, "five_haves");
        five.len() == 5 && five.values().all(|has| *has == true)
    };
    put("station.guaranteed", model.of("station").iter().filter(has_all).count() as i64);
    figures
}

impl Year {
    fn of(&self, register: &str) -> &[Counting] {
        self.records.get(register).map(Vec::as_slice).unwrap_or_default()
    }

    /// Money and goods at the campaign's prices.
    fn value_fen(&self, visit: &Counting) -> i64 {
        let gift = group(&visit.fields, "gift");
        let campaign = text(&visit.fields, "campaign_id").to_owned();
        let price = |item: &str| self.prices.get(&(campaign.clone(), item.to_owned())).copied().unwrap_or_default();
        let goods: i64 =
            items(&gift, "goods").iter().map(|goods| number(goods, "quantity") * price(text(goods, "item"))).sum();
        number(&gift, "money_fen") + goods
    }

    /// Person-times: those of an open double once, the greater number.
    fn person_times(&self, visits: &[&Counting]) -> i64 {
        let mut once: BTreeMap<(String, String), i64> = BTreeMap::new();
        let mut total = 0;
        for visit in visits {
            let times = number(&visit.fields, "person_times");
            let key = (text(&visit.fields, "campaign_id").to_owned(), person(visit, &visit.fields));
            if self.open_doubles.contains(&key) {
                let known = once.entry(key).or_default();
                *known = (*known).max(times);
            } else {
                total += times;
            }
        }
        total + once.values().sum::<i64>()
    }
}

fn visits(model: &Year, year: &str, put: &mut impl FnMut(&str, i64)) {
    let delivered: Vec<&Counting> = model
        .of("visit")
        .iter()
        .filter(|visit| {
            text(&visit.fields, "outcome") == "delivered" && text(&visit.fields, "visit_date").starts_with(year)
        })
        .collect();
    let of_kinds = |kinds: &[&str]| -> Vec<&Counting> {
        delivered.iter().copied().filter(|visit| kinds.contains(&text(&visit.fields, "visit_kind"))).collect()
    };
    let festival = of_kinds(&["spring_festival", "army_day"]);
    put("T01.person_times", model.person_times(&festival));
    put("T01.persons", distinct(festival.iter().map(|visit| person(visit, &visit.fields))));
    put("T01.money_records_fen", festival.iter().map(|visit| model.value_fen(visit)).sum());
    let home = |visit: &&Counting| {
        let person = person(visit, &visit.fields);
        model.households.get(&person).cloned().unwrap_or(person)
    };
    put("T01.households", distinct(festival.iter().map(home)));
    let leaders = festival.iter().filter(|visit| text(&visit.fields, "lead_rank") == "township_leader");
    put("T03.led_households", distinct(leaders.map(home)));
    let led = of_kinds(&["hospital", "bereavement"]).into_iter();
    let led: Vec<&Counting> = led.filter(|visit| text(&visit.fields, "lead_rank") == "bureau_leader").collect();
    put("T04.person_times", model.person_times(&led));
    let is_wheelchair = |visit: &&&Counting| {
        items(&group(&visit.fields, "gift"), "goods").iter().any(|goods| text(goods, "item") == "轮椅")
    };
    put(
        "T05.wheelchair_persons",
        distinct(delivered.iter().filter(is_wheelchair).map(|visit| person(visit, &visit.fields))),
    );
    let hardship = of_kinds(&["hardship"]);
    let donated: Vec<&Counting> = hardship
        .iter()
        .copied()
        .filter(|visit| text(&group(&visit.fields, "gift"), "fund_source") == "donation")
        .collect();
    put("T05.donation_persons", distinct(donated.iter().map(|visit| person(visit, &visit.fields))));
    put("T05.donation_fen", donated.iter().map(|visit| number(&group(&visit.fields, "gift"), "money_fen")).sum());
    put("visit.hardship_persons", distinct(hardship.iter().map(|visit| person(visit, &visit.fields))));
    put("visit.hospital_person_times", model.person_times(&of_kinds(&["hospital"])));
    put("visit.bereavement_person_times", model.person_times(&of_kinds(&["bereavement"])));
    put("visit.persons", distinct(delivered.iter().map(|visit| person(visit, &visit.fields))));
}

/// Outlets are a stock: what is active on the last day of the year.
fn outlets(model: &Year, year: &str, put: &mut impl FnMut(&str, i64)) {
    let last = format!("{year}-12-31");
    let begun = |day: &str| !day.is_empty() && day <= last.as_str();
    let ended = |day: &str| !day.is_empty() && day <= last.as_str();
    let stands = |shop: &&Counting| {
        let fields = &shop.fields;
        begun(text(fields, "active_on")) && !ended(text(fields, "paused_on")) && !ended(text(fields, "withdrawn_on"))
    };
    let active: Vec<&Counting> = model.of("outlet").iter().filter(stands).collect();
    put("T10.outlets", active.len() as i64);
    let holds = |item: &serde_json::Map<String, serde_json::Value>| {
        begun(text(item, "valid_from")) && !ended(text(item, "valid_until"))
    };
    put(
        "T10.items",
        active
            .iter()
            .map(|shop| items(&shop.fields, "benefits").iter().filter(|item| holds(item)).count() as i64)
            .sum(),
    );
    put("T11.townships", distinct(active.iter().map(|shop| shop.unit[..9].to_owned())));
}

fn aid(model: &Year, year: &str, put: &mut impl FnMut(&str, i64)) {
    let granted: Vec<&Counting> =
        model.of("hardship_aid").iter().filter(|aid| text(&aid.fields, "grant_result") == "granted").collect();
    let decided = granted.iter().filter(|aid| text(&aid.fields, "decided_on").starts_with(year));
    put("T06.persons", distinct(decided.map(|aid| person(aid, &aid.fields))));
    let paid = granted.iter().filter(|aid| text(&aid.fields, "paid_on").starts_with(year));
    put("T06.paid_fen", paid.map(|aid| number(&aid.fields, "paid_fen")).sum());
}

fn checks(model: &Year, year: &str, put: &mut impl FnMut(&str, i64)) {
    let reports: Vec<&Counting> =
        model.of("roster_check").iter().filter(|report| text(&report.fields, "month").starts_with(year)).collect();
    let is_nil = |report: &&&Counting| report.fields.get("nil_report") == Some(&true.into());
    put("T13.reports", reports.len() as i64);
    put("T13.nil_reports", reports.iter().filter(is_nil).count() as i64);
    let reviewed = reports.iter().filter(|report| text(&report.fields, "review_result") == "confirmed");
    put("T13.checks", distinct(reviewed.clone().map(|report| text(&report.fields, "month").to_owned())));
    let removed =
        reviewed.flat_map(|report| items(&report.fields, "removals").into_iter().map(move |one| person(report, &one)));
    put("T13.removals", distinct(removed));
}

fn consultations(model: &Year, year: &str, put: &mut impl FnMut(&str, i64)) {
    let of_kind = |kind: &'static str| {
        let of_year = model.of("consultation").iter().filter(|one| text(&one.fields, "date").starts_with(year));
        of_year.filter(move |one| text(&one.fields, "kind") == kind)
    };
    let persons = |kind| of_kind(kind).map(|one| number(&one.fields, "persons")).sum();
    put("T20.policy_questions", persons("policy_question"));
    put("T20.receptions", persons("reception"));
    put("T20.legal_aid_persons", persons("legal_aid"));
    put("T20.legal_aid_cases", of_kind("legal_aid").count() as i64);
}
