//! Enrolled phones, as the county sees them, those that serve no station any more and withdrawn ones too: work may still be
//! on them. No statistics of anybody's activity.

use crate::access::posts::UnsentWork;
use crate::access::{Code, Device, WithdrawReason, person};
use crate::county::view::{StationPhone, Unsent};
use crate::rows::counting::short_device;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::{Store, StoreError};

/// All phones, by the unit that they were enrolled for.
pub fn phones(store: &dyn Store, county: &str) -> Result<Vec<StationPhone>, StoreError> {
    let devices: Vec<Device> = store.values(&keys::device(""))?;
    let phones: Result<Vec<StationPhone>, StoreError> =
        devices.iter().map(|device| phone(store, county, device)).collect();
    let mut phones = phones?;
    phones.sort_by(|a, b| (&a.home, &a.device).cmp(&(&b.home, &b.device)));
    Ok(phones)
}

/// One phone. `county` looks after it where nothing says which unit it was enrolled for.
pub fn phone(store: &dyn Store, county: &str, device: &Device) -> Result<StationPhone, StoreError> {
    let mut people = Vec::new();
    for user in device.users() {
        people.extend(person(store, user)?.map(|person| person.name));
    }
    let unsent: Option<UnsentWork> = store.value(&keys::unsent(&device.id))?;
    let unsent = unsent
        .map(|unsent| Unsent { records: u32::try_from(unsent.records).unwrap_or(u32::MAX), since_ms: unsent.since_ms });
    let code: Option<Code> = store.value(&keys::code(&device.code))?;
    let home = code.and_then(|code| code.grants.into_iter().next()).map(|grant| grant.unit);
    let reason = match device.withdrawn.unwrap_or_default() {
        WithdrawReason::Retired => "retired",
        WithdrawReason::Stolen => "stolen",
    };
    Ok(StationPhone {
        id: device.id.clone(),
        device: short_device(&device.id),
        people,
        units: device.granted().iter().map(|grant| grant.unit.clone()).collect(),
        home: home.unwrap_or_else(|| county.to_owned()),
        withdrawn: device.withdrawn_ms.map(|_| reason.to_owned()),
        enrolled_ms: device.enrolled_ms,
        unsent,
    })
}
