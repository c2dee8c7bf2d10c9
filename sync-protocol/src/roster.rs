//! The versioned tables that travel to phones in `tables/…` feeds: units, staff, campaigns, roster.
//!
//! Always true: a phone gets no identity number, no category and no name outside its own villages. Each table is sent
//! whole (they are small) and replaces the one before. Deliberately not here: the county's own roster, with more.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Ids of the lists that a county edits.
pub const LISTS: [&str; 8] =
    ["packages", "awards", "four_honours", "five_cares", "six_visits", "categories", "sectors", "honours"];

/// Table `county` in `tables/<county>`: what the county calls itself and what stands in the foot of each page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountyTable {
    /// Six digits.
    pub code: String,
    /// 示例县.
    pub name: String,
    /// Filing number of the app (备案编号); empty until there is one.
    pub filing_no: String,
}

/// Table `campaigns` in `tables/<county>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CampaignTable {
    /// All campaigns that are open, and those of the last year.
    pub campaigns: Vec<Campaign>,
}

/// A condolence campaign (慰问活动).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Campaign {
    /// Stable id.
    pub id: String,
    /// 八一走访慰问.
    pub name: String,
    /// Number of the document that the campaign rests on.
    pub document_no: String,
    /// `visit_kind` of its visits.
    pub visit_kind: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Closed by the county: nothing is logged for it any more.
    pub closed: bool,
    /// Standard packages by id.
    pub packages: Vec<Package>,
    /// What the office says it spent, fen; 0 until known.
    #[ts(type = "number")]
    pub spent_fen: i64,
}

/// A standard package. `money_fen` plus goods at their prices is what it is worth: "300 yuan" means that total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Package {
    /// Stable id within the county.
    pub id: String,
    /// 标准慰问.
    pub name: String,
    /// Gift money in fen.
    #[ts(type = "number")]
    pub money_fen: i64,
    /// `cash`, `transfer`, `none`.
    pub pay_method: String,
    /// Goods with the campaign's price.
    pub goods: Vec<PackageGoods>,
    /// `county`, `township`, `higher`, `donation`, `village`.
    pub fund_source: String,
}

/// One kind of goods in a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PackageGoods {
    /// 大米.
    pub item: String,
    /// How many.
    #[ts(type = "number")]
    pub quantity: i64,
    /// 袋.
    pub measure_word: String,
    /// Price of one, fen.
    #[ts(type = "number")]
    pub price_fen: i64,
}

impl Package {
    /// What the package is worth, fen.
    pub fn value_fen(&self) -> i64 {
        self.money_fen + self.goods.iter().map(|goods| goods.quantity * goods.price_fen).sum::<i64>()
    }
}

/// Table `village` in `tables/<unit>`, of a village or a township: its name, its staff, its people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VillageTable {
    /// Twelve digits; of a township nine.
    pub unit: String,
    /// 石门村.
    pub name: String,
    /// 双河镇.
    pub township_name: String,
    /// People who serve the station, for "who went".
    pub staff: Vec<StaffMember>,
    /// Households with somebody on a list, in the order of the roster.
    pub households: Vec<Household>,
    /// People of the batch lists: recruits, returnees, merit notices, plaques.
    #[serde(default)]
    pub batches: Vec<BatchPerson>,
}

impl VillageTable {
    /// A table of which nothing is known yet but where it is.
    pub fn new(unit: &str, name: &str, township_name: &str) -> Self {
        Self {
            unit: unit.to_owned(),
            name: name.to_owned(),
            township_name: township_name.to_owned(),
            staff: Vec::new(),
            households: Vec::new(),
            batches: Vec::new(),
        }
    }
}

/// Somebody of a batch list, as far as a phone may know: the family, never the soldier's name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BatchPerson {
    /// Internal id.
    pub person_ref: String,
    /// `recruit`, `returnee`, `merit`, `plaque`.
    pub kind: String,
    /// `2024H1` (spring) or `2024H2` (autumn).
    pub batch: String,
    /// 家属 王芳.
    pub contact: String,
    /// 母亲.
    pub relation: String,
    /// Initials of the contact in pinyin.
    pub initials: String,
    /// What is copied into the participant: honour code, award year, serial number of the notice.
    #[serde(default)]
    #[ts(type = "Record<string, unknown>")]
    pub details: BTreeMap<String, Value>,
}

/// Somebody who serves a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StaffMember {
    /// Person id.
    pub id: String,
    /// As written on the ID.
    pub name: String,
    /// `village_cadre`, `other_township_cadre`, …: a `lead_rank`.
    pub rank: String,
}

/// A household: one row of the phone's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Household {
    /// Stable id.
    pub id: String,
    /// Group of villagers (组), as digits; empty if none.
    pub group: String,
    /// Who is entitled there.
    pub people: Vec<RosterPerson>,
}

/// An entitled person, as far as a phone may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RosterPerson {
    /// Internal id, `person_ref` of a visit.
    pub person_ref: String,
    /// As written on the ID.
    pub name: String,
    /// A relative, to tell namesakes apart: 女儿王芳. May be empty.
    pub relative: String,
    /// Initials of the name in pinyin: `lds`.
    pub initials: String,
    /// Targets: on which campaign's list, with which package.
    pub targets: Vec<Target>,
}

/// Being on a campaign's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Target {
    /// The campaign.
    pub campaign_id: String,
    /// The package of the person's category.
    pub package_id: String,
}

/// A word in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Table `list/<id>` in `tables/<county>`: a list that the county edits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountyList {
    /// One of [`LISTS`].
    pub id: String,
    /// What it is called.
    pub name: Label,
    /// Oldest first.
    pub versions: Vec<ListVersion>,
}

/// A list as it is in force from a day on. It is never altered: a change is a further version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListVersion {
    /// 1, 2, …
    pub version: u32,
    /// First day, `YYYY-MM-DD`.
    pub valid_from: String,
    /// In the order of the list.
    pub items: Vec<ListItem>,
}

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListItem {
    /// Stands in records; never gets another meaning.
    pub code: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// Award table: fen.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub amount_fen: Option<i64>,
    /// Packages: what is in it.
    #[serde(default)]
    pub gift: Option<Package>,
}

impl CountyList {
    /// The version in force on a day: the last that is valid from then or before; before the first, the first.
    pub fn on(&self, day: &str) -> Option<&ListVersion> {
        let begun = self.versions.iter().filter(|version| version.valid_from.as_str() <= day);
        begun.max_by_key(|version| (&version.valid_from, version.version)).or(self.versions.first())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_keeps_the_version_of_its_day() {
        let version = |version, day: &str| ListVersion { version, valid_from: day.into(), items: Vec::new() };
        let versions = vec![version(1, "2024-01-01"), version(2, "2024-07-01"), version(3, "2024-07-01")];
        let list = CountyList { id: "awards".into(), name: Label::default(), versions };
        let on = |day: &str| list.on(day).map(|version| version.version);
        assert_eq!(
            (on("2023-05-01"), on("2024-06-30"), on("2024-07-01"), on("2030-01-01")),
            (Some(1), Some(1), Some(3), Some(3))
        );
    }
}
