//! Who of a list somebody may be that was entered by hand: a contact of a ceremony, a neighbour on no list.
//!
//! Always true: whoever is not of the county finds soldiers by their family's contact and never reads their names; categories
//! and citizen numbers are in no answer. Deliberately not here: writing the match down, which is a correction of the record.

use crate::county::view::{Candidate, CandidateQuery};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::roster::kind_of;
use crate::rows::table::RosterEntry;
use crate::store::contract::{Store, StoreError};

/// People shown at once.
const SHOWN_MAX: usize = 50;

/// The first of them, by village and contact; `knows_soldiers` is true for the county.
pub fn candidates(
    store: &dyn Store,
    unit: &str,
    query: &CandidateQuery,
    knows_soldiers: bool,
) -> Result<Vec<Candidate>, StoreError> {
    let search = query.search.trim();
    let all: Vec<RosterEntry> = store.values(&keys::roster(""))?;
    let listed = all.into_iter().filter(|entry| !entry.gone && kind_of(entry) == Some(query.kind));
    let listed = listed.filter(|entry| entry.unit.starts_with(unit)).map(|entry| candidate(entry, knows_soldiers));
    let mut found: Vec<Candidate> =
        listed.filter(|one| one.name.contains(search) || one.relative.contains(search)).collect();
    found.sort_by(|one, other| (&one.unit, &one.relative, &one.name).cmp(&(&other.unit, &other.relative, &other.name)));
    found.truncate(SHOWN_MAX);
    Ok(found)
}

fn candidate(entry: RosterEntry, knows_soldiers: bool) -> Candidate {
    let (relative, batch, notice) = match entry.batch {
        Some(listing) => (listing.contact, listing.batch, listing.notice),
        None => (entry.relative, String::new(), None),
    };
    let honour = notice.map(|notice| notice.honour_code).unwrap_or_default();
    let name = if batch.is_empty() || knows_soldiers { entry.name } else { String::new() };
    Candidate { person_ref: entry.person_ref, unit: entry.unit, name, relative, batch, honour }
}
