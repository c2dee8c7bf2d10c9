//! Campaigns (慰问活动) as the county plans them: whom they are for, with which package, and what rule leaders have.

use super::LineFault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use zoufang_sync_protocol::roster::{Campaign, Package};

/// All that is said of a campaign: `GET /api/county/campaigns/{id}`, `PUT` of the same to make or change one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CampaignPlan {
    /// What travels to phones.
    pub campaign: Campaign,
    /// Whom it is for.
    pub targets: CampaignTargets,
    /// The rule of leaders (乡镇班子成员慰问 2-3 户).
    pub leadership: Leadership,
    /// What is set aside, fen.
    #[ts(type = "number")]
    pub fund_fen: i64,
    /// `county`, `township`, `higher`, `donation`, `village`.
    pub fund_source: String,
    /// How often it was written: to be sent back as it was read, so that nobody writes over what they have not seen.
    #[serde(default)]
    pub revision: u32,
}

/// A plan as it is read, `GET /api/county/campaigns/{id}`: the plan itself, and beside it who its references are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CampaignShown {
    /// The plan.
    #[serde(flatten)]
    pub plan: CampaignPlan,
    /// People whom the plan names, on the list or left out, in the order of their references.
    pub names: Vec<PersonListed>,
}

/// Somebody of the roster by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonListed {
    /// Internal id.
    pub person_ref: String,
    /// As written on the ID.
    pub name: String,
    /// Village.
    pub unit: String,
}

/// Whom a list file names, `POST /api/county/campaigns/list` with the file itself. Nothing of it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PeopleListed {
    /// Lines below the titles.
    pub lines: u32,
    /// People of the roster whom lines mean, each once, in the order of the file.
    pub people: Vec<PersonListed>,
    /// Lines that mean nobody.
    pub refused: u32,
    /// What is wrong, those that mean nobody first; the first two hundred.
    pub faults: Vec<LineFault>,
}

/// Whom a campaign is for: everybody of a category, everybody of a list, or both together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CampaignTargets {
    /// Package id by category code. A person of several gets the package that is worth most.
    pub categories: BTreeMap<String, String>,
    /// Package id by person: those that are on the list, whatever their category. It wins over the category.
    pub people: BTreeMap<String, String>,
    /// People who are not to be visited this time, whatever their category.
    pub without: Vec<String>,
}

/// How many households each leader of a township visits; zero twice: the campaign's document has no such rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Leadership {
    /// At least.
    pub households_min: u32,
    /// At most.
    pub households_max: u32,
}

/// What a plan would mean: `POST /api/county/campaigns/check` with a [`CampaignPlan`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CampaignMeans {
    /// People on the list.
    pub people: u32,
    /// Their households.
    pub households: u32,
    /// People by package id.
    pub by_package: BTreeMap<String, u32>,
    /// What the packages are worth together, fen.
    #[ts(type = "number")]
    pub worth_fen: i64,
    /// People of a priority category (11 to 42) who are not on the list, by category code.
    pub unlisted: BTreeMap<String, u32>,
    /// What is wrong with the plan: stable code, sentence in Chinese, in English.
    pub faults: Vec<CampaignFault>,
}

/// What is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CampaignFault {
    /// Stable code.
    pub code: String,
    /// Field of the plan.
    pub field: String,
    /// What to do.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// The plan is taken all the same.
    pub warning: bool,
}

/// Somebody who is entitled but on no list: `GET /api/county/campaigns/{id}/unlisted?unit=…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Unlisted {
    /// Internal id.
    pub person_ref: String,
    /// As written on the ID.
    pub name: String,
    /// Village.
    pub unit: String,
    /// Name of the village.
    pub unit_name: String,
    /// Why: `not_a_category`, `left_out`.
    pub why: String,
}

/// A campaign's packages as another begins with them, `POST /api/county/campaigns/{id}/copy?from=…`: the plan, not yet kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CampaignCopy {
    /// With fresh ids, the next year's days and no document number.
    pub plan: CampaignPlan,
    /// Packages as the county's list has them by now, where that is otherwise than in the plan.
    pub packages_changed: Vec<Package>,
    /// People whom the plan names, as in [`CampaignShown`].
    pub names: Vec<PersonListed>,
}
