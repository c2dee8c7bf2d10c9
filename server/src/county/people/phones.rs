//! Enrolled phones, as the county sees them. No statistics of anybody's activity.

use crate::access::{Device, person};
use crate::county::view::Phone;
use crate::rows::counting::short_device;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::{Store, StoreError};

/// All phones that are not withdrawn, by unit.
pub fn phones(store: &dyn Store) -> Result<Vec<Phone>, StoreError> {
    let devices: Vec<Device> = store.values(&keys::device(""))?;
    let mut phones = Vec::new();
    for device in devices.into_iter().filter(|device| device.withdrawn_ms.is_none()) {
        phones.push(Phone {
            device: short_device(&device.id),
            person: person(store, &device.person_id)?.map(|person| person.name).unwrap_or_default(),
            units: device.grants.grants.into_iter().map(|grant| grant.unit).collect(),
            enrolled_ms: device.enrolled_ms,
        });
    }
    phones.sort_by(|a, b| (&a.units, &a.device).cmp(&(&b.units, &b.device)));
    Ok(phones)
}
