//! What county staff change for everybody: versions of lists, and registers of their own.
//!
//! Always true: one change of a table after the other, each on what the one before left; what is answered as done is in
//! force and on its way to phones. Deliberately not here: the rules of lists and files (`county`).

use super::county::audit;
use super::{Intake, IntakeError, now_ms};
use crate::access::Person;
use crate::county::view::{ListEdit, RegisterInfo};
use crate::county::{lists, registers};
use crate::rows::keys;
use crate::rows::table::TableRecord;
use zoufang_sync_protocol::roster::CountyList;

impl Intake {
    /// Takes a new version of a list.
    pub async fn edit_list(&self, clerk: &Person, id: &str, edit: &ListEdit) -> Result<CountyList, IntakeError> {
        let _one_at_a_time = self.tables.lock().await;
        let known = lists::all(&*self.store)?.into_iter().find(|list| list.id == id);
        let known = known.ok_or_else(|| IntakeError::NotFound(id.chars().take(40).collect()))?;
        let list = lists::edited(&known, edit)?;
        let record = TableRecord::List { list: list.clone() };
        self.commit(&[audit(clerk, "edit_list", id, now_ms()), record.to_journal()]).await?;
        Ok(list)
    }

    /// Brings in the lists that a county of an earlier build began without, so that phones have them.
    pub async fn bring_missing_lists(&self) -> Result<(), IntakeError> {
        let _one_at_a_time = self.tables.lock().await;
        let mut missing = Vec::new();
        for list in lists::built_in() {
            if self.store.get(&keys::list(&list.id))?.is_none() {
                missing.push(TableRecord::List { list }.to_journal());
            }
        }
        if !missing.is_empty() {
            self.commit(&missing).await?;
        }
        Ok(())
    }

    /// Takes a register file: one of the county's own, or further fields of one of the build.
    pub async fn take_register(&self, clerk: &Person, source: &str) -> Result<RegisterInfo, IntakeError> {
        let _one_at_a_time = self.tables.lock().await;
        let register = registers::taken(&registers::all(&*self.store)?, source)?;
        let record = TableRecord::Register { source: source.to_owned() };
        let about = format!("{} {}", register.name, register.version);
        self.commit(&[audit(clerk, "upload_register", &about, now_ms()), record.to_journal()]).await?;
        Ok(registers::info(&register, true))
    }
}
