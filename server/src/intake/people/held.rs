//! Work from outside a grant, as the county decides about it: as a whole, record by record, or not.
//!
//! Always true: what is accepted as a whole is published as its author wrote it, with all held work that it rests on;
//! single records are written by the county's key, with equal values, so that accepting the whole later makes no
//! conflict. A decision can be made again and changes nothing then. Deliberately not here: how records would stand.

use crate::access::AccessRecord;
use crate::access::Person;
use crate::access::held::{HeldChoice, HeldDecision};
use crate::county::view::{Acceptance, HeldRecord, HeldWork, Matter, MatterKind};
use crate::fold::record::held::{self, HeldRow};
use crate::fold::tables;
use crate::intake::county::audit;
use crate::intake::{Intake, IntakeError, now_ms};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::stored::{Author, HeldChunk};
use crate::store::record::JournalRecord;
use std::collections::BTreeSet;
use zoufang_sync_protocol::document::is_plain_id;
use zoufang_sync_protocol::envelope::Envelope;
use zoufang_sync_protocol::unit::Unit;

/// A note's characters.
const NOTE_MAX: usize = 200;

/// Held work with its matter and what it rests on.
struct Kept {
    matter: Matter,
    chunk: HeldChunk,
    /// Not yet accepted, its matter with it.
    rests_on: Vec<(Matter, HeldChunk)>,
}

impl Intake {
    /// Work that waits for a decision within `unit`.
    pub fn held_work(&self, unit: &Unit) -> Result<Vec<HeldWork>, IntakeError> {
        let all = self.all_held()?;
        let mut shown = Vec::new();
        for (matter, _) in &all {
            if matter.settled.is_none() && Unit::parse(&matter.unit).is_ok_and(|held| unit.contains(&held)) {
                let kept = self.kept(&matter.id, &all)?;
                shown.push(self.shown(&kept)?);
            }
        }
        shown.sort_by(|a, b| (&a.unit, a.received_ms, &a.id).cmp(&(&b.unit, b.received_ms, &b.id)));
        Ok(shown)
    }

    /// Accepts held work. Returns its matter as it then stands.
    pub async fn accept_held(&self, clerk: &Person, id: &str, asked: &Acceptance) -> Result<Matter, IntakeError> {
        let note = note(&asked.note)?;
        let _alone = self.people.lock().await;
        let all = self.all_held()?;
        let kept = self.kept(id, &all)?;
        if self.store.get(&keys::released(kept.chunk.position, kept.chunk.chunk))?.is_some() {
            return Ok(kept.matter);
        }
        if let Some(chosen) = &asked.records {
            let rows = self.rows_of(&kept)?;
            if chosen.iter().any(|record| rows.iter().all(|row| row.row.record_id != *record)) {
                return Err(IntakeError::BadField("records".to_owned()));
            }
            let is_taken = |row: &&HeldRow| {
                chosen.contains(&row.row.record_id) || kept.chunk.accepted.contains(&row.row.record_id)
            };
            if !rows.iter().all(|row| is_taken(&row)) {
                return self.accept_some(clerk, &kept, rows, chosen, note).await;
            }
        }
        self.accept_whole(clerk, &kept, note).await
    }

    /// Closes held work as declined; its bytes stay.
    pub async fn decline_held(&self, clerk: &Person, id: &str, why: &str) -> Result<Matter, IntakeError> {
        self.decide(clerk, id, HeldChoice::Declined, why).await
    }

    /// Opens declined work again.
    pub async fn reopen_held(&self, clerk: &Person, id: &str, why: &str) -> Result<Matter, IntakeError> {
        self.decide(clerk, id, HeldChoice::Reopened, why).await
    }

    async fn decide(&self, clerk: &Person, id: &str, choice: HeldChoice, why: &str) -> Result<Matter, IntakeError> {
        let note = note(why)?;
        let _alone = self.people.lock().await;
        let kept = self.kept(id, &self.all_held()?)?;
        let is_so = kept.matter.settled.is_some() == (choice == HeldChoice::Declined);
        if !is_so {
            let word = if choice == HeldChoice::Declined { "decline_held" } else { "reopen_held" };
            let now_ms = now_ms();
            let decision = decision(clerk, &kept.matter.id, &kept.chunk, choice, note, now_ms);
            self.commit(&[audit(clerk, word, id, now_ms), AccessRecord::HeldDecided(decision).to_journal()]).await?;
        }
        self.matter_of_held(id)
    }

    async fn accept_whole(&self, clerk: &Person, kept: &Kept, note: &str) -> Result<Matter, IntakeError> {
        if let Some((declined, _)) = kept.rests_on.iter().find(|(matter, _)| matter.settled.is_some()) {
            return Err(IntakeError::HeldNeeds(declined.id.clone()));
        }
        let now_ms = now_ms();
        let own = std::iter::once((&kept.matter, &kept.chunk));
        let others = kept.rests_on.iter().map(|(matter, chunk)| (matter, chunk));
        let mut records = vec![audit(clerk, "accept_held", &kept.matter.id, now_ms)];
        records.extend(others.chain(own).map(|(matter, chunk)| {
            let decision = decision(clerk, &matter.id, chunk, HeldChoice::Accepted, note, now_ms);
            AccessRecord::HeldDecided(decision).to_journal()
        }));
        let first = self.commit(&records).await?;
        self.progress.judged(first + records.len() as u64 - 1).await;
        self.matter_of_held(&kept.matter.id)
    }

    async fn accept_some(
        &self,
        clerk: &Person,
        kept: &Kept,
        rows: Vec<HeldRow>,
        chosen: &[String],
        note: &str,
    ) -> Result<Matter, IntakeError> {
        let (fresh, now_ms): (BTreeSet<&String>, u64) =
            (chosen.iter().filter(|record| !kept.chunk.accepted.contains(record)).collect(), now_ms());
        let mut rows: Vec<HeldRow> = rows.into_iter().filter(|row| fresh.contains(&row.row.record_id)).collect();
        if rows.is_empty() {
            return Ok(kept.matter.clone());
        }
        let taken: Vec<String> = rows.iter().map(|row| row.row.record_id.clone()).collect();
        let overtaken = self.overtaken(kept)?;
        rows.retain(|row| !overtaken.contains(&row.row.record_id));
        let mut records = vec![audit(clerk, "accept_held_records", &kept.matter.id, now_ms)];
        if let Some(chunk) = held::chunk(&*self.store, &kept.chunk, &rows, note, now_ms)? {
            let (_, bytes) = Envelope::seal(&self.keys.signing, now_ms, None, now_ms, &[chunk])?;
            let (envelope, by) = (bytes.into(), clerk.id.clone());
            records.push(JournalRecord::Envelope { envelope, received_ms: now_ms, by });
        }
        let mut decision = decision(clerk, &kept.matter.id, &kept.chunk, HeldChoice::AcceptedInPart, note, now_ms);
        decision.records = taken;
        records.push(AccessRecord::HeldDecided(decision).to_journal());
        let first = self.commit(&records).await?;
        self.progress.judged(first + records.len() as u64 - 1).await;
        self.matter_of_held(&kept.matter.id)
    }

    /// Records that were accepted as later held work left them: what this work says of them is older.
    fn overtaken(&self, kept: &Kept) -> Result<BTreeSet<String>, IntakeError> {
        let all: Vec<HeldChunk> = self.all_held()?.into_iter().map(|(_, chunk)| chunk).collect();
        let mut overtaken = BTreeSet::new();
        for later in all.iter().filter(|chunk| !chunk.accepted.is_empty() && **chunk != kept.chunk) {
            let needs = held::needs(&*self.store, later, &all)?;
            if needs.iter().any(|index| all[*index] == kept.chunk) {
                overtaken.extend(later.accepted.iter().cloned());
            }
        }
        Ok(overtaken)
    }

    /// All work that is held and not accepted, declined work too.
    fn all_held(&self) -> Result<Vec<(Matter, HeldChunk)>, IntakeError> {
        let prefix = keys::held("");
        let mut all = Vec::new();
        for (key, bytes) in self.store.all(&prefix)? {
            let chunk: HeldChunk = crate::rows::index::decode(&key, &bytes)?;
            let id = String::from_utf8_lossy(&key[prefix.len()..]).into_owned();
            let matter: Option<Matter> = self.store.value(&keys::matter(&id))?;
            let is_released = self.store.get(&keys::released(chunk.position, chunk.chunk))?.is_some();
            if let Some(matter) = matter.filter(|matter| matter.kind == MatterKind::Held && !is_released) {
                all.push((matter, chunk));
            }
        }
        Ok(all)
    }

    fn kept(&self, id: &str, all: &[(Matter, HeldChunk)]) -> Result<Kept, IntakeError> {
        let not_found = || IntakeError::NotFound(id.chars().take(40).collect());
        if !is_plain_id(id) {
            return Err(not_found());
        }
        let chunk: HeldChunk = self.store.value(&keys::held(id))?.ok_or_else(not_found)?;
        let chunks: Vec<HeldChunk> = all.iter().map(|(_, chunk)| chunk.clone()).collect();
        let needs = held::needs(&*self.store, &chunk, &chunks)?;
        let rests_on = needs.into_iter().map(|index| all[index].clone()).collect();
        Ok(Kept { matter: self.matter_of_held(id)?, chunk, rests_on })
    }

    fn matter_of_held(&self, id: &str) -> Result<Matter, IntakeError> {
        let matter: Option<Matter> = self.store.value(&keys::matter(id))?;
        matter.ok_or_else(|| IntakeError::NotFound(id.chars().take(40).collect()))
    }

    fn rows_of(&self, kept: &Kept) -> Result<Vec<HeldRow>, IntakeError> {
        let registers = tables::registers(&*self.store)?;
        let rests_on: Vec<&HeldChunk> = kept.rests_on.iter().map(|(_, chunk)| chunk).collect();
        Ok(held::rows(&*self.store, &registers, &kept.chunk, &rests_on)?)
    }

    fn shown(&self, kept: &Kept) -> Result<HeldWork, IntakeError> {
        let author: Option<Author> = self.store.value(&keys::author(kept.chunk.position))?;
        let value = kept.matter.values.first();
        let rows = self.rows_of(kept)?;
        let writers: BTreeSet<&str> = rows.iter().flat_map(|row| &row.writers).map(String::as_str).collect();
        let writers = writers.into_iter().collect::<Vec<_>>().join("、");
        let enrolled = value.map(|value| value.author.clone()).unwrap_or_default();
        let record = |row: HeldRow| HeldRecord {
            accepted: kept.chunk.accepted.contains(&row.row.record_id),
            is_change: row.is_change && !kept.chunk.accepted.contains(&row.row.record_id),
            id: row.row.record_id,
            register: row.row.register,
            title: row.row.title,
            date: row.row.date,
        };
        Ok(HeldWork {
            id: kept.matter.id.clone(),
            unit: kept.matter.unit.clone(),
            unit_name: crate::county::people::name_of(&*self.store, &kept.matter.unit)?,
            person: if writers.is_empty() { enrolled } else { writers },
            device: value.map(|value| value.device.clone()).unwrap_or_default(),
            written_ms: value.map(|value| value.written_ms).unwrap_or_default(),
            received_ms: author.map(|author| author.received_ms).unwrap_or_default(),
            records: rows.into_iter().map(record).collect(),
        })
    }
}

fn note(text: &str) -> Result<&str, IntakeError> {
    let note = text.trim();
    let is_good = !note.is_empty() && note.chars().count() <= NOTE_MAX;
    if is_good { Ok(note) } else { Err(IntakeError::BadField("note".to_owned())) }
}

fn decision(
    clerk: &Person,
    matter: &str,
    chunk: &HeldChunk,
    choice: HeldChoice,
    note: &str,
    time_ms: u64,
) -> HeldDecision {
    HeldDecision {
        matter: matter.to_owned(),
        position: chunk.position,
        chunk: chunk.chunk,
        choice,
        records: Vec::new(),
        by: clerk.name.clone(),
        note: note.to_owned(),
        time_ms,
    }
}
