//! Stations, who serves them, and phones: who may come in, and what waits because somebody moved.
//!
//! Always true: nothing here counts what a person did or when they were there.

use super::Link;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A station with the people and phones that serve it: `GET /api/county/stations?unit=…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Station {
    /// Village or township.
    pub unit: String,
    /// 石门村.
    pub name: String,
    /// Its last day, of a unit that is no more: it is shown as long as somebody or something is left there.
    pub last_day: Option<String>,
    /// What it was merged into, by code.
    pub merged_into: Option<String>,
    /// Who serves it; empty: vacant.
    pub people: Vec<StationPerson>,
    /// Phones that may write here and are not withdrawn.
    pub phones: Vec<StationPhone>,
    /// Phones that asked to be let in and wait for somebody to compare the four digits.
    pub waiting: Vec<WaitingPhone>,
    /// Chunks of work kept for the county, outside of a grant.
    pub held: u32,
}

/// Somebody who serves a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StationPerson {
    /// Person id.
    pub id: String,
    /// As written on the ID.
    pub name: String,
    /// First day.
    pub since: String,
}

/// A phone, as far as a station knows; `GET /api/county/phones` has all of them, those without a station and withdrawn
/// ones too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StationPhone {
    /// Device id, hexadecimal.
    pub id: String,
    /// Short name of the device: `7F3A`.
    pub device: String,
    /// Who uses it; two where two share it.
    pub people: Vec<String>,
    /// Units it may write; empty once its people left.
    pub units: Vec<String>,
    /// Unit that it was enrolled for.
    pub home: String,
    /// `retired` or `stolen`, if it was withdrawn.
    pub withdrawn: Option<String>,
    /// When it was enrolled, ms.
    #[ts(type = "number")]
    pub enrolled_ms: u64,
    /// Work that the phone had when it last exchanged and could not send; none if there was nothing.
    pub unsent: Option<Unsent>,
}

impl StationPhone {
    /// Where it is looked after: in the units that it may write, or where it was enrolled once it serves none.
    pub fn places(&self) -> &[String] {
        if self.units.is_empty() { std::slice::from_ref(&self.home) } else { &self.units }
    }
}

/// Work that is on a phone and not yet with the county.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Unsent {
    /// Records.
    pub records: u32,
    /// The oldest, ms.
    #[ts(type = "number")]
    pub since_ms: u64,
}

/// A phone that spent a code of fourteen days and waits to be approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WaitingPhone {
    /// Device id, hexadecimal.
    pub id: String,
    /// Whom the code was for.
    pub person: String,
    /// Unit of the code.
    pub unit: String,
    /// Four digits that the phone shows too.
    pub digits: String,
    /// Since when, ms.
    #[ts(type = "number")]
    pub since_ms: u64,
}

/// `POST /api/county/stations/{unit}/code`: a fresh code for a phone of this station.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StationCode {
    /// Somebody who serves here already, or a neighbour who takes a second village, by id; else `name` is somebody new.
    pub person_id: Option<String>,
    /// Name of somebody new.
    pub name: Option<String>,
    /// Good for fourteen days, and then approved with four digits; else fifteen minutes.
    pub approved_later: bool,
}

/// `POST /api/county/stations/sheet`: fresh codes of fourteen days for all stations of a township, to be printed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SheetRequest {
    /// Township.
    pub unit: String,
}

/// One line of the sheet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SheetLine {
    /// Village.
    pub unit: String,
    /// 石门村.
    pub name: String,
    /// Whom the code is for; empty for a vacant station, which has no code.
    pub person: String,
    /// The code's link, as text and as a picture; none for a vacant station.
    pub link: Option<Link>,
}

/// `POST /api/county/stations/{unit}/handover`: from one person to another. Answer: the newcomer's code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Handover {
    /// Who leaves, by person id; none for a vacant station.
    pub from: Option<String>,
    /// Name of who comes; with neither this nor `to_person` the station stays vacant.
    pub to: Option<String>,
    /// Somebody who serves elsewhere and comes, by person id.
    #[serde(default)]
    #[ts(optional)]
    pub to_person: Option<String>,
    /// As of [`StationCode`].
    pub approved_later: bool,
}

/// What a hand-over has done.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HandedOver {
    /// For the newcomer's phone; none where nobody comes.
    pub link: Option<Link>,
    /// Phones that may not write here any more; what they still have is held.
    pub phones: Vec<String>,
}

/// `POST /api/county/phones/{id}/withdraw`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Withdrawal {
    /// `retired`: it hands over what it has and then wipes itself; `stolen`: it wipes itself at once.
    pub reason: String,
}

/// `POST /api/county/phones/{id}/approve`, with the digits that the phone shows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Approval {
    /// Four digits.
    pub digits: String,
}

/// Work that came from outside a grant and is kept: `GET /api/county/held?unit=…`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HeldWork {
    /// Id of the matter.
    pub id: String,
    /// Where it was written for.
    pub unit: String,
    /// Name of that unit.
    pub unit_name: String,
    /// Who wrote it; several of a shared phone with 、 between them.
    pub person: String,
    /// From which device.
    pub device: String,
    /// The writer's clock, ms.
    #[ts(type = "number")]
    pub written_ms: u64,
    /// When it came, ms.
    #[ts(type = "number")]
    pub received_ms: u64,
    /// The records in it, as they would stand.
    pub records: Vec<HeldRecord>,
}

/// One record of held work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct HeldRecord {
    /// Record id.
    pub id: String,
    /// Its register.
    pub register: String,
    /// Title of its row.
    pub title: String,
    /// Its day, if it has one.
    pub date: String,
    /// The record stands at the county already and this changes it.
    pub is_change: bool,
    /// It was accepted by itself before.
    pub accepted: bool,
}

/// `POST /api/county/held/{id}/accept`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Acceptance {
    /// Only these; none: as a whole.
    pub records: Option<Vec<String>>,
    /// Why; at most 200 characters.
    pub note: String,
}

/// `POST /api/county/held/{id}/decline` and `…/reopen`. Answer, as of an acceptance: the matter as it then stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeldNote {
    /// Why; at most 200 characters.
    pub note: String,
}
