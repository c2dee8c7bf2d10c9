//! The server without its door: intake and projector over a store in memory, asked directly.
//!
//! Always true: [`Desk::settled`] returns once everything that came in is judged and folded. Deliberately not here: HTTP,
//! disks, the real process; see `process`.

use crate::memory::MemoryStore;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::runtime::Runtime;
use zoufang_server::access::keys::CountyKeys;
use zoufang_server::access::{AccessRecord, Person, Role, code};
use zoufang_server::county::view::{Matter, RecordRow, Settlement, VisitRow};
use zoufang_server::demo::phone::Phone;
use zoufang_server::fold::projector::Projector;
use zoufang_server::intake::enrol::Enrolled;
use zoufang_server::intake::{Intake, IntakeError, found, nonces_left};
use zoufang_server::photos::PhotoRoom;
use zoufang_server::rows::index::ReadIndex;
use zoufang_server::rows::keys;
use zoufang_server::rows::table::TableRecord;
use zoufang_server::rows::visit::visit_row;
use zoufang_server::store::contract::Store;
use zoufang_sync_protocol::enrol::{EnrolAnswer, EnrolRequest};
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::roster::{Campaign, CountyTable, Package};

/// The county.
pub const COUNTY: &str = "990101";
/// The campaign of the tests.
pub const CAMPAIGN: &str = "2024-spring-festival";

/// See the module's header.
pub struct Desk {
    /// What is kept.
    pub store: Arc<MemoryStore>,
    /// Where things come in.
    pub intake: Intake,
    /// Who does what the county does.
    pub administrator: Person,
    projector: Option<Projector>,
    runtime: Runtime,
    keys: Arc<tempfile::TempDir>,
}

impl Desk {
    /// A county that has just begun: one campaign, no roster.
    pub fn found() -> Self {
        let runtime = runtime();
        let store = Arc::new(MemoryStore::default());
        let administrator =
            Person { id: "administrator".into(), name: "刘敏".into(), role: Role::Administrator, unit: None };
        let (_, first) = code::issue(&administrator.id, vec![], 0, u64::MAX).expect("the system has randomness");
        let county = CountyTable { code: COUNTY.into(), name: "示例县".into(), filing_no: String::new() };
        runtime
            .block_on(found::found(&*store, &county, administrator.clone(), AccessRecord::CodeIssued(first)))
            .expect("the journal is empty");
        let keys = Arc::new(tempfile::tempdir().expect("there is room for keys"));
        let desk = Self::open(store, administrator, runtime, keys);
        let campaigns = TableRecord::Campaigns { campaigns: vec![campaign()] };
        desk.runtime.block_on(desk.intake.commit(&[campaigns.to_journal()])).expect("memory takes anything");
        desk
    }

    fn open(store: Arc<MemoryStore>, administrator: Person, runtime: Runtime, keys: Arc<tempfile::TempDir>) -> Self {
        let nonces = nonces_left(&*store).expect("memory is readable");
        let projector =
            Projector::start(store.clone(), runtime.handle().clone(), Arc::default()).expect("the journal is readable");
        let county_keys = CountyKeys::open(keys.path()).expect("keys can be made");
        let photos = PhotoRoom::new(keys.path().join("photos"));
        let intake =
            Intake::open(store.clone(), county_keys, projector.progress.clone(), Arc::default(), nonces, photos)
                .expect("the county began");
        Self { store, intake, administrator, projector: Some(projector), runtime, keys }
    }

    /// The same county from the same journal, after its index was lost.
    pub fn rebuilt(&self) -> Self {
        self.settled();
        let store = Arc::new(self.store.journal_alone());
        let desk = Self::open(store, self.administrator.clone(), runtime(), Arc::clone(&self.keys));
        desk.settled();
        desk
    }

    /// Enrols a new phone for `unit`.
    pub fn enrol(&self, unit: &str, name: &str) -> Phone {
        let mut phone = Phone::with_new_key().expect("the system has randomness");
        let code = self.phone_code(unit, name);
        let request = EnrolRequest { code, public_key: phone.public_key_base64() };
        phone.enrolled(&self.enrol_key(&request)).expect("the answer is for this key");
        phone
    }

    /// Enrols a key.
    pub fn enrol_key(&self, request: &EnrolRequest) -> EnrolAnswer {
        self.runtime.block_on(self.intake.enrol(request)).and_then(Enrolled::done).expect("the code is fresh")
    }

    /// A fresh code for a phone.
    pub fn phone_code(&self, unit: &str, name: &str) -> String {
        let issuing = self.intake.phone_code(&self.administrator, unit, name, code::PHONE_CODE_MS);
        self.runtime.block_on(issuing).expect("unit and name are good").code
    }

    /// Waits for what the desk does.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Answers a request's bytes.
    pub fn exchange(&self, request: &[u8]) -> Result<Vec<u8>, IntakeError> {
        self.runtime.block_on(self.intake.exchange(request)).map(|answered| answered.bytes)
    }

    /// Exchanges until the server has nothing more to say.
    ///
    /// # Panics
    /// If it never ends, or is refused.
    pub fn exchange_all(&self, phone: &mut Phone, now_ms: u64) {
        for _ in 0..50 {
            let request = phone.request(now_ms).expect("the phone can write");
            let answer = self.exchange(&request).expect("the exchange is taken");
            if !phone.answer(&request, &answer).expect("the answer is for this request").repeat {
                return;
            }
        }
        panic!("the exchange does not end");
    }

    /// Settles a matter as it is shown.
    pub fn settle(&self, matter: &Matter, chosen: Option<&str>, note: &str) -> Result<Matter, IntakeError> {
        let settlement =
            Settlement { chosen: chosen.map(str::to_owned), note: note.to_owned(), heads: matter.heads.clone() };
        self.runtime.block_on(self.intake.settle(&self.administrator, &matter.id, &settlement))
    }

    /// Waits until everything that came in is judged and folded.
    pub fn settled(&self) {
        loop {
            let last = self.store.last();
            self.runtime.block_on(self.intake.progress.judged(last));
            if self.store.last() == last {
                return;
            }
        }
    }

    /// All visits, by record.
    pub fn rows(&self) -> BTreeMap<String, VisitRow> {
        self.records("visit").into_iter().map(|(record, row)| (record, visit_row(row))).collect()
    }

    /// All rows of a register, by record.
    pub fn records(&self, register: &str) -> BTreeMap<String, RecordRow> {
        let rows: Vec<RecordRow> = self.index().values(&keys::rows(register, "")).expect("rows are readable");
        rows.into_iter().map(|row| (row.record_id.clone(), row)).collect()
    }

    /// A table of the county comes in.
    pub fn bring(&self, table: &TableRecord) {
        self.runtime.block_on(self.intake.commit(&[table.to_journal()])).expect("memory takes anything");
    }

    /// All fields of a record as the county has them.
    pub fn fields(&self, record: &str) -> Option<Record> {
        self.index().value(&keys::fields(record)).expect("fields are readable")
    }

    /// Matters that are open.
    pub fn open_matters(&self) -> Vec<Matter> {
        let matters: Vec<Matter> = self.index().values(&keys::matter("")).expect("matters are readable");
        matters.into_iter().filter(|matter| matter.settled.is_none()).collect()
    }

    fn index(&self) -> &dyn Store {
        &*self.store
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(projector) = self.projector.take() {
            projector.stop();
        }
    }
}

fn runtime() -> Runtime {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(1).enable_all().build().expect("the machine has threads")
}

fn campaign() -> Campaign {
    let package = json!({
        "id": "standard", "name": "标准慰问", "money_fen": 20_000, "pay_method": "cash", "fund_source": "county",
        "goods": [{"item": "大米", "quantity": 1, "measure_word": "袋", "price_fen": 6_000}],
    });
    let package: Package = serde_json::from_value(package).expect("this is a package");
    Campaign {
        id: CAMPAIGN.into(),
        name: "春节走访慰问".into(),
        document_no: "示退役〔2024〕3号".into(),
        visit_kind: "spring_festival".into(),
        from: "2024-01-25".into(),
        until: "2024-02-09".into(),
        closed: false,
        packages: vec![package],
        spent_fen: 0,
    }
}
