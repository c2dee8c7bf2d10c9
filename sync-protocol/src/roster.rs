//! The versioned tables that travel to phones in `tables/…` feeds: units, staff, campaigns, roster.
//!
//! Always true: a phone gets no identity number, no category and no name outside its own villages. Each table is sent
//! whole (they are small) and replaces the one before. Deliberately not here: the county's own roster, with more.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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

/// Table `village` in `tables/<village>`: the village, its staff, its people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VillageTable {
    /// Twelve digits.
    pub unit: String,
    /// 石门村.
    pub name: String,
    /// 双河镇.
    pub township_name: String,
    /// People who serve the station, for "who went".
    pub staff: Vec<StaffMember>,
    /// Households with somebody on a list, in the order of the roster.
    pub households: Vec<Household>,
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
