//! Campaigns, who is visited and who is not yet.

use super::{Leadership, Totals};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `GET /api/county/overview?campaign=`: coverage, townships sorted by code (never by rate, L-33).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Overview {
    /// All campaigns, newest first; the first open one is shown by default.
    pub campaigns: Vec<CampaignState>,
    /// The campaign that the rest is about.
    pub campaign_id: String,
    /// Per township.
    pub townships: Vec<Coverage>,
    /// The whole county.
    pub county: Coverage,
    /// How many households each township leader visits, by the campaign's rule; none without a campaign.
    pub leadership: Option<Leadership>,
    /// Totals of the campaign's records.
    pub totals: Totals,
    /// Open matters.
    pub open_matters: u32,
    /// Records that wait for a step of this unit's level, by register and step.
    pub waiting: Vec<Waiting>,
    /// Server's time, ms.
    #[ts(type = "number")]
    pub as_of_ms: u64,
}

/// Records of a register that wait for one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Waiting {
    /// `visit`.
    pub register: String,
    /// `need`.
    pub step: String,
    /// How many.
    pub records: u32,
}

/// A campaign and whether it is open today.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CampaignState {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Document number.
    pub document_no: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Not closed, and today lies in it.
    pub open: bool,
    /// What the office says it spent, fen.
    #[ts(type = "number")]
    pub spent_fen: i64,
}

/// How many of a unit's targets are visited.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Coverage {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// Targets (persons on the list).
    pub targets: u32,
    /// Of these, with a delivered visit.
    pub visited: u32,
    /// Households visited with a township leader in charge.
    pub led_households: u32,
}

/// `GET /api/county/pending?campaign=&unit=`: who is not yet visited.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Pending {
    /// Village.
    pub unit: String,
    /// 石门村.
    pub unit_name: String,
    /// Name.
    pub person_name: String,
    /// Group of villagers.
    pub group: String,
    /// Last day somebody tried, if so.
    pub tried_on: Option<String>,
}
