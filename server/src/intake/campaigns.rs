//! Campaigns as county staff plan, change, close and take them back.
//!
//! Always true: a plan is written over only by who has seen it as it stands. With it come the lists of all villages that it
//! changes; what a crash leaves undone is done at the next start, since lists follow from plans. Deliberately not here: what is wrong with a plan, and who is on a list (`county`).

use super::county::audit;
use super::{Intake, IntakeError, now_ms};
use crate::access::Person;
use crate::county::CountyError;
use crate::county::campaigns::{self, check};
use crate::county::view::{CampaignFault, CampaignPlan};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::TableRecord;
use crate::store::record::JournalRecord;
use std::collections::BTreeSet;

/// Village tables written down together.
const TABLES_TOGETHER: usize = 64;

impl Intake {
    /// Makes a campaign or changes one; its lists are in force when this returns.
    pub async fn take_plan(&self, clerk: &Person, plan: CampaignPlan) -> Result<CampaignPlan, IntakeError> {
        let alone = self.tables.lock().await;
        let faults = self.faults_of(&plan)?;
        let refused: Vec<CampaignFault> = faults.into_iter().filter(|fault| !fault.warning).collect();
        if !refused.is_empty() {
            return Err(IntakeError::Campaign(refused));
        }
        let plan = CampaignPlan { revision: plan.revision + 1, ..plan };
        let record = TableRecord::Plan { plan: plan.clone() };
        self.commit(&[audit(clerk, "take_plan", &plan.campaign.id, now_ms()), record.to_journal()]).await?;
        drop(alone);
        self.bring_lists().await?;
        Ok(plan)
    }

    /// What is wrong with a plan, beside the one that it takes the place of.
    pub fn faults_of(&self, plan: &CampaignPlan) -> Result<Vec<CampaignFault>, IntakeError> {
        let id = &plan.campaign.id;
        let before = match campaigns::plan(&*self.store, id) {
            Ok(before) => before,
            Err(CountyError::NotFound(_)) => return Ok(check::faults(plan, None)),
            Err(error) => return Err(error.into()),
        };
        let packages = before.campaign.packages.iter().map(|package| package.id.clone());
        let used: BTreeSet<String> =
            if campaigns::has_visits(&*self.store, id)? { packages.collect() } else { BTreeSet::new() };
        Ok(check::faults(plan, Some((&before, &used))))
    }

    /// Closes a campaign for phones, or opens it again: late visits count either way.
    pub async fn close_campaign(&self, clerk: &Person, id: &str, closed: bool) -> Result<CampaignPlan, IntakeError> {
        let alone = self.tables.lock().await;
        let mut plan = campaigns::plan(&*self.store, id)?;
        plan.campaign.closed = closed;
        plan.revision += 1;
        let action = if closed { "close_campaign" } else { "reopen_campaign" };
        let record = TableRecord::Plan { plan: plan.clone() };
        self.commit(&[audit(clerk, action, id, now_ms()), record.to_journal()]).await?;
        drop(alone);
        self.bring_lists().await?;
        Ok(plan)
    }

    /// Takes back a campaign for which nobody was visited.
    pub async fn withdraw_campaign(&self, clerk: &Person, id: &str) -> Result<(), IntakeError> {
        let alone = self.tables.lock().await;
        let mut plan = campaigns::plan(&*self.store, id)?;
        if campaigns::has_visits(&*self.store, id)? {
            return Err(IntakeError::BadField("visits".to_owned()));
        }
        // Nobody stands on its list any more, and then it is gone.
        plan.targets = Default::default();
        let record = TableRecord::Plan { plan };
        self.commit(&[audit(clerk, "withdraw_campaign", id, now_ms()), record.to_journal()]).await?;
        drop(alone);
        self.bring_lists().await?;
        self.commit(&[TableRecord::PlanWithdrawn { id: id.to_owned() }.to_journal()]).await?;
        Ok(())
    }

    /// Brings every village's list to what plans and roster say.
    pub async fn bring_lists(&self) -> Result<(), IntakeError> {
        let _alone = self.tables.lock().await;
        // A table says who serves its station, too: nobody hands one over meanwhile.
        let _people = self.people.lock().await;
        let plans: Vec<CampaignPlan> = self.store.values(&keys::plan(""))?;
        for some in campaigns::changed_tables(&*self.store, &plans)?.chunks(TABLES_TOGETHER) {
            let record =
                |table: &_| TableRecord::Village { table: Clone::clone(table), roster: Vec::new() }.to_journal();
            let records: Vec<JournalRecord> = some.iter().map(record).collect();
            self.commit(&records).await?;
        }
        Ok(())
    }
}
