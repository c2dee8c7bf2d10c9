//! Two phones of one village and the county between them, with messages that come late, twice or never.
//!
//! Always true: the model hears of each write as it is made. Deliberately not here: which steps are taken.

use super::model::{Model, listed};
use automerge::ChangeHash;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use zoufang_server::county::view::MatterKind;
use zoufang_server::demo::phone::Phone;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::record::{Record, VOID_REASON};
use zoufang_tests::desk::{CAMPAIGN, Desk};

const VILLAGE: &str = "990101103200";

/// What becomes of an exchange.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fate {
    /// Request and answer arrive.
    Whole,
    /// The request never arrives.
    RequestLost,
    /// The request arrives, its answer does not.
    AnswerLost,
    /// The request arrives twice, and both answers, the later one first.
    Twice,
    /// The answer arrives after other exchanges.
    Late,
}

/// A form that was opened and not yet saved.
struct Form {
    record: String,
    heads: Vec<ChangeHash>,
    shown: Record,
}

/// See the module's header.
pub(super) struct World {
    pub(super) desk: Desk,
    pub(super) phones: [Phone; 2],
    pub(super) address: Address,
    pub(super) records: Vec<String>,
    model: Model,
    forms: [Option<Form>; 2],
    late: Vec<(usize, Vec<u8>, Vec<u8>)>,
    sent: Vec<Vec<u8>>,
    now_ms: u64,
}

impl World {
    pub(super) fn new() -> Self {
        let desk = Desk::found();
        let phones = [desk.enrol(VILLAGE, "陈志远"), desk.enrol(VILLAGE, "李桂花")];
        Self {
            desk,
            phones,
            address: Address::parse("visit/990101103200/2024").unwrap(),
            records: Vec::new(),
            model: Model::default(),
            forms: [None, None],
            late: Vec::new(),
            sent: Vec::new(),
            now_ms: 1_706_900_000_000,
        }
    }

    /// Logs a new visit to `person`; returns its id.
    pub(super) fn log(&mut self, phone: usize, person: &str) -> String {
        self.now_ms += 60_000;
        let id = format!("018d6a00-0000-7000-8000-{:012}", self.records.len());
        let fields: Record = serde_json::from_value(visit(person)).unwrap();
        let heads = self.phones[phone].heads(&self.address);
        let change = self.phones[phone].log(&id, &self.address, &fields, self.now_ms).unwrap().unwrap();
        self.model.wrote(change, &heads, &id, &Record::new(), &fields);
        self.records.push(id.clone());
        id
    }

    /// Opens a form on a record, if the phone has it.
    pub(super) fn open(&mut self, phone: usize, record: &str) {
        if let Some(shown) = self.phones[phone].record(&self.address, record) {
            let heads = self.phones[phone].heads(&self.address);
            self.forms[phone] = Some(Form { record: record.to_owned(), heads, shown });
        }
    }

    /// Saves the form that stands open; nothing happens without one.
    pub(super) fn save(&mut self, phone: usize, field: &str, value: Value) {
        let Some(form) = self.forms[phone].take() else { return };
        self.now_ms += 60_000;
        let fields = Record::from([(field.to_owned(), value)]);
        let phone = &mut self.phones[phone];
        let saved = phone.edit_at(&self.address, &form.record, &fields, &form.heads, self.now_ms).unwrap();
        if let Some(change) = saved {
            self.model.wrote(change, &form.heads, &form.record, &form.shown, &fields);
        }
    }

    /// Opens a form and saves it at once.
    pub(super) fn edit(&mut self, phone: usize, record: &str, field: &str, value: Value) {
        self.open(phone, record);
        self.save(phone, field, value);
    }

    /// One turn of one phone.
    pub(super) fn turn(&mut self, phone: usize, fate: Fate) {
        self.now_ms += 1_000;
        let request = self.phones[phone].request(self.now_ms).unwrap();
        self.sent.push(request.clone());
        if fate == Fate::RequestLost {
            return;
        }
        let answer = self.desk.exchange(&request).unwrap();
        match fate {
            Fate::Whole => drop(self.phones[phone].answer(&request, &answer).unwrap()),
            Fate::Twice => {
                let again = self.desk.exchange(&request).unwrap();
                self.phones[phone].answer(&request, &again).unwrap();
                self.phones[phone].answer(&request, &answer).unwrap();
            }
            Fate::Late => self.late.push((phone, request, answer)),
            Fate::AnswerLost | Fate::RequestLost => {}
        }
    }

    /// An answer that was late arrives.
    pub(super) fn arrive(&mut self, which: usize) {
        if !self.late.is_empty() {
            let (phone, request, answer) = self.late.remove(which % self.late.len());
            self.phones[phone].answer(&request, &answer).unwrap();
        }
    }

    /// Somebody sends an old request once more.
    pub(super) fn replay(&mut self, which: usize) {
        if !self.sent.is_empty() {
            let request = self.sent[which % self.sent.len()].clone();
            self.desk.exchange(&request).unwrap();
        }
    }

    /// Both phones find a signal, and all comes to rest.
    pub(super) fn come_to_rest(&mut self) {
        while !self.late.is_empty() {
            self.arrive(0);
        }
        for _ in 0..4 {
            for phone in &mut self.phones {
                self.now_ms += 1_000;
                self.desk.exchange_all(phone, self.now_ms);
                self.desk.settled();
            }
        }
    }

    /// Replicas and rows are equal, nothing is gone, each conflict and double is listed.
    pub(super) fn check(&mut self) {
        let [first, second] = &mut self.phones;
        let (records, others) = (first.records(&self.address), second.records(&self.address));
        assert_eq!(records, others, "the phones show different records");
        assert_eq!(first.heads(&self.address), second.heads(&self.address));
        assert_eq!((first.unsent(), second.unsent()), (0, 0));
        let ids: BTreeSet<&String> = records.keys().collect();
        assert_eq!(ids, self.records.iter().collect(), "a record is gone");
        let rows = self.desk.rows();
        assert_eq!(rows.keys().collect::<BTreeSet<_>>(), ids, "a row is missing");
        for (id, record) in &records {
            assert_eq!(self.desk.fields(id).as_ref(), Some(record), "the county shows {id} differently");
            assert_eq!(rows[id].void_reason.as_deref(), record.get(VOID_REASON).and_then(Value::as_str));
        }
        let content = first.document(&self.address).map(|document| document.content().clone());
        for change in self.model.changes() {
            let mut content = content.clone().expect("something was written");
            assert!(content.get_change_by_hash(change).is_some(), "change {change} is gone");
        }
        let matters = self.desk.open_matters();
        assert_eq!(listed(&matters), self.model.matters());
        let doubles: BTreeSet<BTreeSet<String>> = matters
            .iter()
            .filter(|matter| matter.kind == MatterKind::Double)
            .map(|matter| matter.record_ids.iter().cloned().collect())
            .collect();
        assert_eq!(doubles, expected_doubles(&records));
    }

    /// The index is a function of the journal, byte for byte.
    pub(super) fn check_rebuilt(&self) {
        assert_eq!(self.desk.rebuilt().store.index(), self.desk.store.index());
    }
}

/// Records of one person that count, where there are two or more of them.
fn expected_doubles(records: &BTreeMap<String, Record>) -> BTreeSet<BTreeSet<String>> {
    let mut by_person: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, record) in records {
        let is_void = record.get(VOID_REASON).is_some_and(|reason| !reason.is_null());
        if record["outcome"] == "delivered" && !is_void {
            by_person.entry(record["person"]["person_ref"].to_string()).or_default().insert(id.clone());
        }
    }
    by_person.into_values().filter(|records| records.len() > 1).collect()
}

/// A standard visit to `person`.
pub(super) fn visit(person: &str) -> Value {
    json!({
        "campaign_id": CAMPAIGN, "visit_kind": "spring_festival", "outcome": "delivered", "visit_date": "2024-02-03",
        "division_code": VILLAGE, "person": {"person_ref": person}, "person_times": 1,
        "gift": {"money_fen": 20_000, "goods": [{"item": "大米", "quantity": 1}]},
        "handover": {"handover_place": "home"}, "lead_rank": "village_cadre", "receiver": "self",
        "entry": {"entered_by": "s-1", "entered_at": "2024-02-03T15:20+08:00", "source": "phone"},
    })
}
