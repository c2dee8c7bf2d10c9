//! The year of the demo, through enrolment and exchange into a real store: what the county reads equals the plan, before
//! and after the index was thrown away.

use crate::access::keys::CountyKeys;
use crate::access::{AccessRecord, Person, Role, base64, code};
use crate::county::report;
use crate::demo::county::DemoCounty;
use crate::demo::fill::{EnrolAsk, Filled, PhotoPart, Ways, fill};
use crate::demo::plan::PlannedRecord;
use crate::demo::tables::table_records;
use crate::demo::year::plan_year;
use crate::fold::projector::{Progress, Projector};
use crate::intake::enrol::Enrolled;
use crate::intake::{Intake, found, now_ms};
use crate::rows::table::TableRecord;
use crate::store::contract::Store;
use crate::store::embedded::{EmbeddedStore, Options};
use crate::store::record::JournalRecord;
use futures_util::future::BoxFuture;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use zoufang_sync_protocol::enrol::{EnrolAnswer, EnrolRequest};

struct Opened {
    store: Arc<EmbeddedStore>,
    projector: Projector,
}

impl Opened {
    fn new(folder: &Path) -> Self {
        let store = Arc::new(EmbeddedStore::open(folder, &Options::default()).unwrap());
        let projector = Projector::start(store.clone(), tokio::runtime::Handle::current(), Arc::default()).unwrap();
        Self { store, projector }
    }

    fn progress(&self) -> &Progress {
        &self.projector.progress
    }

    async fn found(&self, county: &DemoCounty, folder: &Path) -> Arc<Intake> {
        let (_, link) = code::issue("a1", vec![], now_ms(), 1000).unwrap();
        found::found(&*self.store, &county.county, administrator(), AccessRecord::CodeIssued(link)).await.unwrap();
        self.progress().projected(self.store.last()).await;
        let keys = CountyKeys::open(&folder.join("keys")).unwrap();
        let intake = Intake::open(
            self.store.clone(),
            keys,
            self.progress().clone(),
            Arc::default(),
            crate::intake::nonces_left(&*self.store).unwrap(),
            crate::photos::PhotoRoom::new(folder.join("photos")),
        )
        .unwrap();
        let tables: Vec<JournalRecord> = table_records(county).iter().map(TableRecord::to_journal).collect();
        intake.commit(&tables).await.unwrap();
        Arc::new(intake)
    }

    /// Waits until everything is judged and folded, verdicts too.
    async fn at_rest(&self) {
        at_rest(&*self.store, self.progress()).await
    }

    fn figures(&self) -> BTreeMap<String, i64> {
        report::annual(&*self.store, "990101", "990101", 2024).map_err(|error| error.to_string()).unwrap().figures
    }
}

async fn at_rest(store: &dyn Store, progress: &Progress) {
    loop {
        let last = store.last();
        progress.projected(last).await;
        progress.judged(last).await;
        if store.last() == last {
            return;
        }
    }
}

fn administrator() -> Person {
    Person { id: "a1".to_owned(), name: "刘敏".to_owned(), role: Role::Administrator, unit: None }
}

async fn fill_through(intake: &Arc<Intake>, county: &DemoCounty, records: &[PlannedRecord]) -> Filled {
    let resting = intake.clone();
    let rest = move || -> BoxFuture<'static, ()> {
        let intake = resting.clone();
        Box::pin(async move { at_rest(&*intake.store, &intake.progress).await })
    };
    let (asked, enrolling) = (intake.clone(), intake.clone());
    let exchange = move |bytes: Vec<u8>| -> BoxFuture<'static, Result<Vec<u8>, String>> {
        let intake = asked.clone();
        Box::pin(async move {
            intake.exchange(&bytes).await.map(|answered| answered.bytes).map_err(|error| error.to_string())
        })
    };
    let enrol = move |ask: EnrolAsk| -> BoxFuture<'static, Result<EnrolAnswer, String>> {
        let intake = enrolling.clone();
        Box::pin(async move {
            let person = Person { id: ask.person.id, name: ask.person.name, role: Role::Worker, unit: None };
            let issued = intake.phone_code_for(&administrator(), &person, &ask.unit, 60_000).await;
            let code = issued.map_err(|error| error.to_string())?.code;
            let request = EnrolRequest { code, public_key: base64(&ask.public_key) };
            intake.enrol(&request).await.and_then(Enrolled::done).map_err(|error| error.to_string())
        })
    };
    let upload = |_: PhotoPart| -> BoxFuture<'static, Result<(), String>> { Box::pin(async { Ok(()) }) };
    let stations: Vec<_> = county.all_stations().collect();
    fill(&stations, records, &Ways { exchange: &exchange, enrol: &enrol, rest: &rest, upload: &upload }).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_reads_the_planned_year_also_after_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let county = DemoCounty::new(1, "2026-11-21".parse().unwrap());
    let records = plan_year(&county);
    let opened = Opened::new(folder.path());
    let intake = opened.found(&county, folder.path()).await;
    let filled = fill_through(&intake, &county, &records).await;
    let phones: BTreeSet<_> = records.iter().map(|record| &record.by).collect();
    assert_eq!((filled.phones, filled.records), (phones.len(), records.len()));
    opened.at_rest().await;
    let figures = opened.figures();
    let figure = |name: &str| figures[name];
    assert_eq!((figure("T01.person_times"), figure("T01.persons")), (4_200, 2_300));
    assert_eq!((figure("T06.persons"), figure("T08.recruits"), figure("T10.items")), (132, 72, 108));
    assert_eq!((figure("T01.money_records_fen"), figure("T01.money_spent_fen")), (150_000_000, 150_000_000));
    assert_eq!(figure("T01.open_doubles"), 0);
    drop(intake);
    let Opened { store, projector } = opened;
    projector.stop();
    drop(store);
    std::fs::remove_dir_all(folder.path().join("index")).unwrap();
    let rebuilt = Opened::new(folder.path());
    rebuilt.at_rest().await;
    assert_eq!(rebuilt.figures(), figures);
}
