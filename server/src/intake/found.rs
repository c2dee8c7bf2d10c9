//! The first records of a journal: a county begins, with the lists that every county starts with.

use super::now_ms;
use crate::access::{AccessError, AccessRecord, Person};
use crate::county::lists;
use crate::rows::table::TableRecord;
use crate::store::contract::{Store, StoreError};
use crate::store::record::JournalRecord;
use ring::rand::{SecureRandom, SystemRandom};
use zoufang_sync_protocol::roster::CountyTable;

/// Writes the founding of `county` and its first administrator with the way in: a sign-in code, or a session. The journal
/// must be empty.
pub async fn found(
    store: &dyn Store,
    county: &CountyTable,
    administrator: Person,
    way_in: AccessRecord,
) -> Result<(), AccessError> {
    if store.last() > 0 {
        return Err(StoreError::InUse("the journal is not empty".to_owned()).into());
    }
    let mut epoch = [0; 8];
    SystemRandom::new().fill(&mut epoch).map_err(|_| AccessError::Cryptography)?;
    let json = serde_json::to_vec(county).expect("plain data has string keys and serializes");
    let mut records = vec![
        JournalRecord::Founded { epoch: epoch.into(), county: json.into(), time_ms: now_ms() },
        AccessRecord::PersonAdded(administrator).to_journal(),
        way_in.to_journal(),
    ];
    records.extend(lists::built_in().into_iter().map(|list| TableRecord::List { list }.to_journal()));
    store.append(records.iter().map(JournalRecord::to_bytes).collect()).await?;
    Ok(())
}
