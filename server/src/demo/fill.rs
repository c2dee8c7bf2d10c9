//! Fills a county with the planned visits, as its phones would: enrol, log offline, exchange until quiet.
//!
//! Always true: one phone for each village; a campaign's work is with the county before the next begins; a fill that was
//! cut off can be run again, since each phone first fetches what is there and then writes what differs. Deliberately not
//! here: HTTP and how codes are made; both come as functions.

use super::people::staff::Station;
use super::phone::Phone;
use super::visits::{PlannedVisit, bucket};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::enrol::EnrolAnswer;
use zoufang_sync_protocol::roster::StaffMember;
use zoufang_sync_protocol::unit::Unit;

/// Phones that work at the same time; more would only wait for the same disk.
const PHONES_AT_ONCE: usize = 8;
/// Turns until an exchange must have come to rest: a restored feed or a full request takes a few.
const TURNS_MAX: usize = 64;

/// Why a fill ended early.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// The enrolment function's words.
    #[error("enrolment failed: {0}")]
    Enrol(String),
    /// The exchange function's words.
    #[error("exchange failed: {0}")]
    Exchange(String),
    /// The phone could not write or did not accept an answer.
    #[error(transparent)]
    Phone(#[from] ProtocolError),
    /// The server kept asking for one more turn, or gave no receipt.
    #[error("the phone of {0} did not come to rest")]
    Restless(Unit),
}

/// Who asks to be enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolAsk {
    /// The village.
    pub unit: Unit,
    /// Who holds the phone.
    pub person: StaffMember,
    /// 65 bytes.
    pub public_key: Vec<u8>,
}

/// Takes a request's bytes to the server, gives the answer's.
pub type Exchange<'a> = dyn Fn(Vec<u8>) -> BoxFuture<'static, Result<Vec<u8>, String>> + Send + Sync + 'a;
/// Enrols a phone.
pub type Enrol<'a> = dyn Fn(EnrolAsk) -> BoxFuture<'static, Result<EnrolAnswer, String>> + Send + Sync + 'a;

/// What a fill did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// Phones enrolled.
    pub phones: usize,
    /// Records written now; those that were there already do not count.
    pub records: usize,
    /// Requests answered.
    pub turns: usize,
}

impl Filled {
    fn and(self, other: Self) -> Self {
        Self {
            phones: self.phones + other.phones,
            records: self.records + other.records,
            turns: self.turns + other.turns,
        }
    }
}

/// Enrols a phone for each station, and has them log `visits`, campaign by campaign.
pub async fn fill(
    stations: &[Station],
    visits: &[PlannedVisit],
    exchange: &Exchange<'_>,
    enrol: &Enrol<'_>,
) -> Result<Filled, FillError> {
    let mut phones: Vec<(Unit, Phone)> = stream::iter(stations)
        .map(|station| enrol_phone(station, exchange, enrol))
        .buffered(PHONES_AT_ONCE)
        .try_collect()
        .await?;
    let mut filled = Filled { phones: phones.len(), records: 0, turns: phones.len() };
    tracing::info!(phones = filled.phones, "simulated phones are enrolled");
    for of_campaign in visits.chunk_by(|a, b| a.campaign == b.campaign) {
        let done = stream::iter(phones.iter_mut())
            .map(|(unit, phone)| log_and_exchange(unit, phone, of_campaign, exchange))
            .buffer_unordered(PHONES_AT_ONCE)
            .try_fold(Filled::default(), |sum, one| async move { Ok(sum.and(one)) })
            .await?;
        tracing::info!(
            campaign = of_campaign[0].campaign,
            records = done.records,
            turns = done.turns,
            "campaign is filled"
        );
        filled = filled.and(done);
    }
    Ok(filled)
}

async fn enrol_phone(
    station: &Station,
    exchange: &Exchange<'_>,
    enrol: &Enrol<'_>,
) -> Result<(Unit, Phone), FillError> {
    let mut phone = Phone::with_new_key()?;
    let ask = EnrolAsk {
        unit: station.unit.clone(),
        person: station.keeper.clone(),
        public_key: phone.public_key().to_vec(),
    };
    phone.enrolled(&enrol(ask).await.map_err(FillError::Enrol)?)?;
    until_quiet(&station.unit, &mut phone, 0, exchange).await?;
    Ok((station.unit.clone(), phone))
}

/// The phone's part of a campaign: all its visits without a signal, then the county.
async fn log_and_exchange(
    unit: &Unit,
    phone: &mut Phone,
    visits: &[PlannedVisit],
    exchange: &Exchange<'_>,
) -> Result<Filled, FillError> {
    let mut filled = Filled::default();
    let mut clock_ms = 0;
    for visit in visits.iter().filter(|visit| visit.unit == *unit) {
        let address = Address::new("visit", unit, &bucket(visit));
        let written = phone.log(&visit.record_id, &address, &visit.record, visit.entered_ms)?;
        filled.records += usize::from(written.is_some());
        clock_ms = visit.entered_ms;
    }
    if filled.records > 0 {
        filled.turns = until_quiet(unit, phone, clock_ms, exchange).await?;
    }
    Ok(filled)
}

/// Exchanges until nothing is left to say; returns the number of turns.
async fn until_quiet(
    unit: &Unit,
    phone: &mut Phone,
    clock_ms: u64,
    exchange: &Exchange<'_>,
) -> Result<usize, FillError> {
    for turn in 1..=TURNS_MAX {
        let request = phone.request(clock_ms)?;
        let answer = exchange(request.clone()).await.map_err(FillError::Exchange)?;
        let outcome = phone.answer(&request, &answer)?;
        if !outcome.repeat {
            return if phone.unsent() == 0 { Ok(turn) } else { Err(FillError::Restless(unit.clone())) };
        }
    }
    Err(FillError::Restless(unit.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::county::DemoCounty;
    use crate::demo::phone::tests::relay::Relay;
    use crate::demo::visits::plan_visits;
    use std::sync::{Arc, Mutex};

    async fn run(relay: &Arc<Mutex<Relay>>, stations: &[Station], visits: &[PlannedVisit]) -> Filled {
        let (asked, enrolled) = (relay.clone(), relay.clone());
        let exchange = move |request: Vec<u8>| -> BoxFuture<'static, Result<Vec<u8>, String>> {
            let answer = asked.lock().unwrap().exchange(&request);
            Box::pin(async move { Ok(answer) })
        };
        let enrol = move |ask: EnrolAsk| -> BoxFuture<'static, Result<EnrolAnswer, String>> {
            let answer = enrolled.lock().unwrap().enrol_key(&ask.public_key, ask.unit.as_str());
            Box::pin(async move { Ok(answer) })
        };
        fill(stations, visits, &exchange, &enrol).await.unwrap()
    }

    #[tokio::test]
    async fn every_planned_visit_arrives_and_a_second_fill_adds_nothing() {
        let county = DemoCounty::new(5, "2026-11-21".parse().unwrap());
        let stations = &county.stations[..60];
        let is_theirs = |visit: &PlannedVisit| stations.iter().any(|station| station.unit == visit.unit);
        let visits: Vec<PlannedVisit> = plan_visits(&county).into_iter().filter(is_theirs).collect();
        let relay = Arc::new(Mutex::new(Relay::new()));
        let filled = run(&relay, stations, &visits).await;
        assert_eq!((filled.phones, filled.records), (60, visits.len()));
        let arrived = |relay: &Relay| -> usize {
            relay.documents.values().map(|document| zoufang_sync_protocol::document::record_ids(document).len()).sum()
        };
        assert_eq!(arrived(&relay.lock().unwrap()), visits.len());
        assert_eq!(run(&relay, stations, &visits).await.records, 0);
        let relay = relay.lock().unwrap();
        for visit in &visits {
            let address = Address::new("visit", &visit.unit, &bucket(visit)).to_string();
            let record = zoufang_sync_protocol::document::read_record(&relay.documents[&address], &visit.record_id);
            assert_eq!(record.as_ref(), Some(&visit.record));
        }
    }
}
