//! A phone is taken away from its work: retired, or stolen.
//!
//! Always true: it can still hand in what it has, which is held; it reads nothing, hears nothing, and is told what to do
//! by an answer that the county's key signed. Deliberately not here: the phone's part.

use crate::access::{self, AccessRecord, Device, Person, WithdrawReason};
use crate::intake::county::audit;
use crate::intake::{Intake, IntakeError, now_ms};
use zoufang_sync_protocol::document::is_plain_id;

impl Intake {
    /// An enrolled phone, withdrawn or not.
    pub fn phone(&self, device: &str) -> Result<Device, IntakeError> {
        let not_found = || IntakeError::NotFound(device.chars().take(40).collect());
        if !is_plain_id(device) {
            return Err(not_found());
        }
        access::device(&*self.store, device)?.ok_or_else(not_found)
    }

    /// Withdraws a phone. A retired one can be found stolen later; the other way round nothing changes.
    pub async fn withdraw(&self, by: &Person, device: &str, reason: &str) -> Result<(), IntakeError> {
        let reason = match reason {
            "retired" => WithdrawReason::Retired,
            "stolen" => WithdrawReason::Stolen,
            _ => return Err(IntakeError::BadField("reason".to_owned())),
        };
        let _alone = self.people.lock().await;
        let known = self.phone(device)?;
        if known.withdrawn_ms.is_some() && known.withdrawn != Some(WithdrawReason::Retired) {
            return Ok(());
        }
        let time_ms = now_ms();
        let record = AccessRecord::DeviceWithdrawn { device: known.id.clone(), time_ms, reason };
        self.commit(&[audit(by, "withdraw", &known.id, time_ms), record.to_journal()]).await?;
        self.stop_listening(&known.id);
        Ok(())
    }
}
