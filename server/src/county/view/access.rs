//! Who is signed in, units, phones and fresh links.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `POST /api/session`: spend a sign-in code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignIn {
    /// From the link's fragment.
    pub code: String,
}

/// `GET /api/session` (and the answer to a sign-in): who is signed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Session {
    /// 刘敏.
    pub person: String,
    /// `administrator`, `county_clerk` or `township_clerk`.
    pub role: String,
    /// The township that a township's clerk looks after; empty for the county.
    pub unit: String,
    /// Six digits.
    pub county: String,
    /// 示例县.
    pub county_name: String,
    /// Filing number of the app (备案编号).
    pub filing_no: String,
}

/// `GET /api/setup`: asked by anybody, before there is a county and afterwards.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetupState {
    /// There is a county.
    pub founded: bool,
    /// Phones reach the server by a secure address.
    pub secure: bool,
}

/// `POST /api/setup`: makes the county; whoever does is its administrator and signed in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Founding {
    /// Of the link that the server printed.
    pub code: String,
    /// Six digits.
    pub county: String,
    /// 示例县.
    pub county_name: String,
    /// Name of the administrator.
    pub person: String,
}

/// `GET /api/county/units`: the tree, sorted by code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnitName {
    /// 6, 9 or 12 digits.
    pub unit: String,
    /// 石门村.
    pub name: String,
}

/// `POST /api/county/links`: a fresh link for a phone, or for staff of the county or of a township.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LinkRequest {
    /// A village or township for a phone; none for a sign-in link of the workbench.
    pub unit: Option<String>,
    /// Who it is for, by name.
    pub person: String,
    /// With a township as unit: a sign-in link of the workbench for a clerk of that township.
    #[ts(optional)]
    pub staff: Option<bool>,
}

/// The fresh link. The code is in the fragment and good once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Link {
    /// `https://…/#enrol=…` or `https://…/county#code=…`.
    pub url: String,
    /// The same as a QR code: SVG text.
    pub qr_svg: String,
    /// Good until, ms.
    #[ts(type = "number")]
    pub expires_ms: u64,
}
