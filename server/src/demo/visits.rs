//! The visits of the fictional county, as its phones log them.
//!
//! Always true: each record is valid under the visit register; 4,200 delivered visits of 2024 are worth 1,500,000.00
//! yuan; a household is visited once in a campaign, all its people together. What is needed was raised
//! in the open campaign alone, so that what waits for the county is of this season. Deliberately not here: phones.

use super::campaigns::worth_of;
use super::county::DemoCounty;
use super::days::{Entering, day_weights, entering, visit_time};
use super::people::lists::Listing;
use super::people::roster::RosterEntry;
use super::people::staff::Station;
use super::plan::{PlannedRecord, Round, fields_of};
use super::seed::Seed;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use uuid::Builder;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::roster::{Campaign, Package};

const NOTES: [&str; 8] = [
    "家里正在修房，东西放在邻居家",
    "电话换了号，已告诉乡镇",
    "老人问优待证什么时候能换",
    "希望下次提前一天打电话",
    "门前路不好走，从村口步行",
    "光荣牌有些褪色",
    "全家人都在，很高兴",
    "东西由儿子帮忙搬进屋",
];
const REASONS: [&str; 4] = ["外出务工", "走亲戚", "下地干活", "在县城带孙子"];
const NEEDS: [&str; 7] = ["medical", "housing", "living_cost", "employment", "certificate", "plaque", "school"];

/// All visits: by campaign, then by village, then in order of entry.
pub fn plan_visits(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut visits = Vec::new();
    for number in 0..county.campaigns.campaigns.len() {
        for station in &county.stations {
            visits.extend(village_visits(county, number, station));
        }
    }
    visits
}

fn village_visits(county: &DemoCounty, number: usize, station: &Station) -> Vec<PlannedRecord> {
    let first = county.roster.partition_point(|entry| entry.unit < station.unit);
    let people =
        county.roster[first..].iter().zip(&county.fates[first..]).take_while(|(entry, _)| entry.unit == station.unit);
    let mut planner = Planner::new(county, number, station);
    let mut visits: Vec<PlannedRecord> = people
        .filter(|(_, fate)| matches!(fate[number], Listing::Delivered | Listing::NotMet))
        .map(|(entry, fate)| planner.visit(entry, fate[number]))
        .collect();
    visits.sort_by(|a, b| (a.entered_ms, &a.record_id).cmp(&(b.entered_ms, &b.record_id)));
    visits
}

/// What the people of one household share on one visit.
struct HomeVisit {
    household: String,
    day: NaiveDate,
    entering: Entering,
    lead_rank: &'static str,
}

struct Planner<'a> {
    today: NaiveDate,
    number: usize,
    campaign: &'a Campaign,
    station: &'a Station,
    days: Vec<NaiveDate>,
    weights: Vec<usize>,
    /// Most of a village's visits fall on the day that the township's teams come.
    sweep: NaiveDate,
    sheet: Option<String>,
    lines: usize,
    home: Option<HomeVisit>,
    seed: Seed,
}

impl<'a> Planner<'a> {
    fn new(county: &'a DemoCounty, number: usize, station: &'a Station) -> Self {
        let campaign = &county.campaigns.campaigns[number];
        let mut seed = Seed::new(county.seed, &format!("visits {} {}", campaign.id, station.unit));
        let (days, weights): (Vec<_>, Vec<_>) = day_weights(campaign, county.today).into_iter().unzip();
        let sweep = days[seed.weighted(&weights)];
        let village = &station.unit.as_str()[6..];
        let sheet = seed.chance(70).then(|| format!("{}-{village}", campaign.document_no));
        Self { today: county.today, number, campaign, station, days, weights, sweep, sheet, lines: 0, home: None, seed }
    }

    fn visit(&mut self, entry: &RosterEntry, listing: Listing) -> PlannedRecord {
        if self.home.as_ref().is_none_or(|home| home.household != entry.household) {
            self.home = Some(self.home_visit(&entry.household));
        }
        let home = self.home.take().expect("set just before");
        let mut record = self.common_fields(entry, &home);
        if listing == Listing::Delivered {
            self.add_delivery(&mut record, entry)
        } else {
            add_nobody_met(&mut record)
        }
        let entered_ms = home.entering.unix_ms();
        let id = Builder::from_unix_timestamp_millis(entered_ms, &self.seed.bytes()).into_uuid();
        let visit = PlannedRecord {
            by: entry.unit.clone(),
            address: Address::new("visit", &entry.unit, &home.day.year().to_string()),
            record_id: id.to_string(),
            record,
            entered_ms,
            round: Round::Campaign(self.number),
        };
        self.home = Some(home);
        visit
    }

    fn home_visit(&mut self, household: &str) -> HomeVisit {
        let day = if self.seed.chance(70) { self.sweep } else { self.days[self.seed.weighted(&self.weights)] };
        let visited = visit_time(day, &mut self.seed);
        let ranks = ["township_leader", "other_township_cadre", "village_cadre", "volunteer"];
        HomeVisit {
            household: household.to_owned(),
            day,
            entering: entering(visited, self.today, &mut self.seed),
            lead_rank: ranks[self.seed.weighted(&[25, 30, 44, 1])],
        }
    }

    fn common_fields(&mut self, entry: &RosterEntry, home: &HomeVisit) -> Record {
        let source = match (home.entering.from_paper, self.station.vacant) {
            (true, _) => "paper_sheet",
            (false, true) => "township_desk",
            (false, false) => "phone",
        };
        let keeper = &self.station.keeper.id;
        let companion = match home.lead_rank {
            "other_township_cadre" => self.station.staff.last(),
            _ => self.station.staff.get(1),
        };
        let visitors: Vec<&str> = companion.map_or(vec![keeper.as_str()], |member| vec![keeper, &member.id]);
        fields_of(json!({
            "campaign_id": self.campaign.id,
            "visit_kind": self.campaign.visit_kind,
            "visit_date": home.day.to_string(),
            "division_code": entry.unit.division_code(),
            "person": { "person_ref": entry.person_ref },
            "lead_rank": home.lead_rank,
            "visitor_refs": visitors,
            "entry": { "entered_by": keeper, "entered_at": home.entering.text(), "source": source },
        }))
    }

    fn add_delivery(&mut self, record: &mut Record, entry: &RosterEntry) {
        let worth = worth_of(&entry.categories[0]) * 100;
        let package = self.campaign.packages.iter().find(|package| package.value_fen() == worth);
        let (handover, receiver) = self.handover();
        record.extend(fields_of(json!({
            "outcome": "delivered",
            "person_times": 1,
            "gift": gift(package.expect("a campaign has a package of each worth")),
            "handover": handover,
            "receiver": receiver,
        })));
        self.lines += 1;
        if let Some(sheet) = &self.sheet {
            record.insert("sign_sheet".to_owned(), json!({ "sign_sheet_no": sheet, "line_no": self.lines }));
        }
        if self.seed.chance(6) {
            let need = *self.seed.pick(&NEEDS);
            if !self.campaign.closed {
                record.insert("need_codes".to_owned(), json!([need]));
            }
        }
        if self.seed.chance(7) {
            record.insert("note".to_owned(), json!(self.seed.pick(&NOTES)));
        }
    }

    /// Where it was handed over, and to whom. There is no central hand-out.
    fn handover(&mut self) -> (Value, &'static str) {
        let at = |place: &str| json!({ "handover_place": place });
        match self.seed.weighted(&[78, 10, 5, 3, 2, 1, 1]) {
            0 => (at("home"), "self"),
            1 => (at("home"), "spouse"),
            2 => (at("home"), "child"),
            3 => {
                let reason = self.seed.pick(&REASONS);
                (json!({ "handover_place": "relative_received", "handover_reason": reason }), "other_relative")
            }
            4 => (at("care_home"), "self"),
            5 => (at("hospital"), "self"),
            _ => (at("away_phone_greeting"), "child"),
        }
    }
}

fn add_nobody_met(record: &mut Record) {
    record.extend(fields_of(json!({ "outcome": "not_met", "person_times": 0, "gift": null })));
}

/// The gift of a standard package.
pub(super) fn gift(package: &Package) -> Value {
    let goods: Vec<Value> = package
        .goods
        .iter()
        .map(|goods| json!({ "item": goods.item, "quantity": goods.quantity, "measure_word": goods.measure_word }))
        .collect();
    json!({
        "package_id": package.id,
        "money_fen": package.money_fen,
        "pay_method": package.pay_method,
        "goods": goods,
        "fund_source": package.fund_source,
    })
}
