//! Fills a county with the planned records, as its phones would: enrol, log offline, exchange until quiet.
//!
//! Always true: one phone for each unit that has something to log; a round's work is with the county before the next round
//! begins; a fill that was cut off can be run again, since each phone first fetches what is there and then writes what
//! differs. Deliberately not here: HTTP and how codes are made; both come as functions.

use super::people::staff::Station;
use super::phone::Phone;
use super::plan::{PlannedRecord, Round};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use std::collections::BTreeMap;
use zoufang_sync_protocol::ProtocolError;
use zoufang_sync_protocol::enrol::EnrolAnswer;
use zoufang_sync_protocol::roster::StaffMember;
use zoufang_sync_protocol::unit::Unit;

/// Phones that work at the same time; more would only wait for the same disk.
const PHONES_AT_ONCE: usize = 8;
/// One envelope carries what was entered within this time: a phone that finds a signal every few weeks.
const ENVELOPE_SPAN_MS: u64 = 30 * 24 * 3_600_000;
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
    /// The village, township or county.
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

/// Takes bytes of a photo to the county: device, hash, length of the whole, the bytes. Its refusal's code.
pub type Upload<'a> = dyn Fn(PhotoPart) -> BoxFuture<'static, Result<(), String>> + Send + Sync + 'a;

/// Bytes of a photo, from its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoPart {
    /// Who brings it.
    pub device: [u8; 16],
    /// The photo's name.
    pub hash: String,
    /// Bytes of the whole.
    pub length: u64,
    /// As far as the signal held.
    pub bytes: Vec<u8>,
}

/// Waits until the county has judged and folded all that came in, so that other phones can read it.
pub type Rest<'a> = dyn Fn() -> BoxFuture<'static, ()> + Send + Sync + 'a;

/// The ways between phones and the county.
pub struct Ways<'a> {
    /// Takes requests.
    pub exchange: &'a Exchange<'a>,
    /// Enrols.
    pub enrol: &'a Enrol<'a>,
    /// Waits.
    pub rest: &'a Rest<'a>,
    /// Takes photos.
    pub upload: &'a Upload<'a>,
}

/// What a fill did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// Phones enrolled.
    pub phones: usize,
    /// Records written now, and what was added to them; what was there already does not count.
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

/// Has the phones of `stations` log `records`, round by round; who has nothing to log is not enrolled.
pub async fn fill(stations: &[&Station], records: &[PlannedRecord], ways: &Ways<'_>) -> Result<Filled, FillError> {
    let mut rounds: BTreeMap<Round, BTreeMap<&Unit, Vec<&PlannedRecord>>> = BTreeMap::new();
    let mut records: Vec<&PlannedRecord> = records.iter().collect();
    records.sort_by(|a, b| (a.entered_ms, &a.record_id).cmp(&(b.entered_ms, &b.record_id)));
    for record in records {
        rounds.entry(record.round).or_default().entry(&record.by).or_default().push(record);
    }
    let mut phones: BTreeMap<&Unit, Phone> = BTreeMap::new();
    let mut filled = Filled::default();
    for (round, of_units) in &rounds {
        if matches!(round, Round::Accepted | Round::Granted) {
            (ways.rest)().await;
        }
        let mut working = Vec::new();
        for station in stations {
            let Some(records) = of_units.get(&station.unit) else { continue };
            working.push((*station, phones.remove(&station.unit), records));
        }
        let done: Vec<(&Unit, Phone, Filled)> = stream::iter(working)
            .map(|(station, phone, records)| work(station, phone, records, ways))
            .buffer_unordered(PHONES_AT_ONCE)
            .try_collect()
            .await?;
        let before = filled;
        for (unit, phone, one) in done {
            phones.insert(unit, phone);
            filled = filled.and(one);
        }
        let (records, turns) = (filled.records - before.records, filled.turns - before.turns);
        tracing::info!(?round, phones = filled.phones, records, turns, "a round of the demo is filled");
    }
    Ok(filled)
}

/// One phone's part of a round. It looks first what there is: others may have gone on since.
async fn work<'s>(
    station: &'s Station,
    phone: Option<Phone>,
    records: &[&PlannedRecord],
    ways: &Ways<'_>,
) -> Result<(&'s Unit, Phone, Filled), FillError> {
    let unit = &station.unit;
    let mut filled = Filled::default();
    let mut phone = match phone {
        Some(phone) => phone,
        None => {
            filled = Filled { phones: 1, ..filled };
            enrol_phone(station, ways.enrol).await?
        }
    };
    if filled.phones > 0 || records.iter().any(|record| matches!(record.round, Round::Accepted | Round::Granted)) {
        filled.turns += until_quiet(unit, &mut phone, 0, ways.exchange).await?;
    }
    let mut clock_ms = 0;
    let mut begun_ms = None;
    for record in records {
        if begun_ms.is_some_and(|begun_ms| record.entered_ms > begun_ms + ENVELOPE_SPAN_MS) {
            phone.seal(clock_ms)?;
            begun_ms = None;
        }
        let written = phone.log(&record.record_id, &record.address, &record.record, record.entered_ms)?;
        filled.records += usize::from(written.is_some());
        clock_ms = record.entered_ms;
        begun_ms = begun_ms.or(Some(clock_ms));
    }
    if phone.unsent() > 0 {
        filled.turns += until_quiet(unit, &mut phone, clock_ms, ways.exchange).await?;
    }
    Ok((unit, phone, filled))
}

pub(super) async fn enrol_phone(station: &Station, enrol: &Enrol<'_>) -> Result<Phone, FillError> {
    let mut phone = Phone::with_new_key()?;
    let ask = EnrolAsk {
        unit: station.unit.clone(),
        person: station.keeper.clone(),
        public_key: phone.public_key().to_vec(),
    };
    phone.enrolled(&enrol(ask).await.map_err(FillError::Enrol)?)?;
    Ok(phone)
}

/// Exchanges until nothing is left to say; returns the number of turns.
pub(super) async fn until_quiet(
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
    use crate::demo::year::plan_year;
    use std::sync::{Arc, Mutex};
    use zoufang_sync_protocol::document::{read_record, record_ids};
    use zoufang_sync_protocol::record::Record;

    async fn run(relay: &Arc<Mutex<Relay>>, stations: &[&Station], records: &[PlannedRecord]) -> Filled {
        let (asked, enrolled) = (relay.clone(), relay.clone());
        let exchange = move |request: Vec<u8>| -> BoxFuture<'static, Result<Vec<u8>, String>> {
            let answer = asked.lock().unwrap().exchange(&request);
            Box::pin(async move { Ok(answer) })
        };
        let enrol = move |ask: EnrolAsk| -> BoxFuture<'static, Result<EnrolAnswer, String>> {
            let answer = enrolled.lock().unwrap().enrol_key(&ask.public_key, ask.unit.as_str());
            Box::pin(async move { Ok(answer) })
        };
        let rest = || -> BoxFuture<'static, ()> { Box::pin(async {}) };
        let upload = |_: PhotoPart| -> BoxFuture<'static, Result<(), String>> { Box::pin(async { Ok(()) }) };
        fill(stations, records, &Ways { exchange: &exchange, enrol: &enrol, rest: &rest, upload: &upload })
            .await
            .unwrap()
    }

    /// One township of the county with everything that its phones and those of its villages log.
    #[tokio::test]
    async fn every_planned_record_arrives_whole_and_a_second_fill_adds_nothing() {
        let county = DemoCounty::new(5, "2026-11-21".parse().unwrap());
        let stations: Vec<&Station> =
            county.all_stations().filter(|station| station.unit.as_str().starts_with("990101103")).collect();
        let is_theirs = |record: &PlannedRecord| stations.iter().any(|station| station.unit == record.by);
        let records: Vec<PlannedRecord> = plan_year(&county).into_iter().filter(is_theirs).collect();
        let mut planned: BTreeMap<(String, &str), Record> = BTreeMap::new();
        for record in &records {
            let key = (record.address.to_string(), record.record_id.as_str());
            planned.entry(key).or_default().extend(record.record.clone());
        }
        let relay = Arc::new(Mutex::new(Relay::new()));
        assert_eq!(run(&relay, &stations, &records).await.records, records.len());
        let arrived: usize = relay.lock().unwrap().documents.values().map(|document| record_ids(document).len()).sum();
        assert_eq!(arrived, planned.len());
        assert_eq!(run(&relay, &stations, &records).await.records, 0);
        let relay = relay.lock().unwrap();
        for ((address, record_id), fields) in &planned {
            assert_eq!(read_record(&relay.documents[address], record_id).as_ref(), Some(fields));
        }
    }
}
