//! Four villages, people who come and go, their phones, and a model of who may read what.
//!
//! Always true: the model keeps its own account of grants; what the server delivers is compared with it at every exchange.
//! Deliberately not here: which steps are taken.

use std::collections::{BTreeMap, BTreeSet};
use zoufang_server::access::{self, posts};
use zoufang_server::county::view::{Acceptance, Handover, HeldWork, MatterKind, StationCode};
use zoufang_server::demo::phone::{Actors, Phone};
use zoufang_server::demo::seed::Seed;
use zoufang_server::intake::enrol::Enrolled;
use zoufang_server::rows::index::ReadIndex;
use zoufang_server::rows::keys;
use zoufang_server::rows::table::{TableRecord, Unit};
use zoufang_server::store::contract::Store;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::enrol::EnrolRequest;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::unit;
use zoufang_tests::desk::Desk;

/// Two of one township, two of another.
pub(super) const VILLAGES: [&str; 4] = ["990101103200", "990101103201", "990101104200", "990101104201"];
const START_MS: u64 = 1_706_900_000_000;

/// A phone with what the model knows of it.
pub(super) struct Held {
    pub(super) phone: Phone,
    /// Person ids, whom it is bound to first.
    users: Vec<String>,
    /// What its grants name.
    units: BTreeSet<String>,
    withdrawn: bool,
}

/// See the module's header.
pub(super) struct World {
    pub(super) desk: Desk,
    pub(super) phones: Vec<Held>,
    seed: Seed,
    /// What was merged into what.
    merged: BTreeMap<String, String>,
    /// Records and changes that were saved on phones, with the village they are about.
    saved: Vec<(String, String, automerge::ChangeHash)>,
    /// Who logged each record, by id.
    logged_by: BTreeMap<String, String>,
    now_ms: u64,
    names: usize,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let desk = Desk::found();
        let seed = Seed::new(seed, "people");
        let (merged, saved, logged_by) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        let mut world = Self { desk, phones: Vec::new(), seed, merged, saved, logged_by, now_ms: START_MS, names: 0 };
        world.bring_tree();
        VILLAGES[..3].iter().for_each(|village| world.newcomer(village));
        world
    }

    pub(super) fn pick<T>(&mut self, items: &[T]) -> Option<usize> {
        (!items.is_empty()).then(|| self.seed.below(items.len()))
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.seed.below(bound)
    }

    fn bring_tree(&self) {
        let row = |code: &str| Unit {
            unit: code.to_owned(),
            name: format!("村{code}"),
            valid_from: None,
            valid_to: self.merged.contains_key(code).then(|| "2020-01-01".to_owned()),
            replaced_by: self.merged.get(code).cloned(),
        };
        let units = ["990101", "990101103", "990101104"].iter().chain(&VILLAGES).map(|code| row(code)).collect();
        self.desk.bring(&TableRecord::Units { units });
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("人{}", self.names)
    }

    /// Who serves a village, by id.
    pub(super) fn serving(&self, village: &str) -> Vec<String> {
        let store: &dyn Store = &*self.desk.store;
        posts::serving(store, village).unwrap().into_iter().map(|(post, _)| post.person).collect()
    }

    fn code(&self, village: &str, person_id: Option<String>, name: Option<String>) -> String {
        let asked = StationCode { person_id, name, approved_later: false };
        self.desk.wait(self.desk.intake.station_code(&self.desk.administrator, village, &asked)).unwrap().code
    }

    fn spend(&mut self, at: usize, code: String) {
        let held = &mut self.phones[at];
        let request = EnrolRequest { code, public_key: held.phone.public_key_base64() };
        let answer = self.desk.wait(self.desk.intake.enrol(&request)).and_then(Enrolled::done).unwrap();
        held.phone.enrolled(&answer).unwrap();
        let others = answer.grants.others.into_iter().map(|other| other.id);
        held.users = std::iter::once(answer.person_id).chain(others).collect();
    }

    fn new_phone(&mut self, village: &str, code: String) {
        let phone = Phone::with_new_key().unwrap().with_actors(Actors::Seeded(self.seed.draw()));
        let units = BTreeSet::from([village.to_owned()]);
        self.phones.push(Held { phone, users: Vec::new(), units, withdrawn: false });
        self.spend(self.phones.len() - 1, code);
    }

    /// Somebody new with a new phone.
    pub(super) fn newcomer(&mut self, village: &str) {
        let name = self.name();
        let code = self.code(village, None, Some(name));
        self.new_phone(village, code);
    }

    /// The first user of a phone takes a second village on it.
    pub(super) fn second_village(&mut self, at: usize, village: &str) {
        let person = self.phones[at].users[0].clone();
        let serves_somewhere = VILLAGES.iter().any(|village| self.serving(village).contains(&person));
        if serves_somewhere && !self.phones[at].withdrawn {
            let code = self.code(village, Some(person), None);
            self.spend(at, code);
            self.phones[at].units.insert(village.to_owned());
        }
    }

    /// Somebody new shares a phone.
    pub(super) fn second_person(&mut self, at: usize, village: &str) {
        if !self.phones[at].withdrawn {
            let name = self.name();
            let code = self.code(village, None, Some(name));
            self.spend(at, code);
            self.phones[at].units.insert(village.to_owned());
        }
    }

    /// A village goes from one of those who serve it to somebody new, or to nobody.
    pub(super) fn hand_over(&mut self, village: &str, is_filled: bool) {
        let serving = self.serving(village);
        let from = self.pick(&serving).map(|index| serving[index].clone());
        let to = (is_filled || from.is_none()).then(|| self.name());
        let asked = Handover { from: from.clone(), to, to_person: None, approved_later: false };
        let done = self.desk.intake.hand_over(&self.desk.administrator, village, &asked);
        let (issued, _) = self.desk.wait(done).unwrap();
        if let Some(leaver) = from {
            self.leave_phones(&leaver, village);
        }
        if let Some(issued) = issued {
            self.new_phone(village, issued.code);
        }
    }

    /// The leaver's phones lose the village, unless somebody else who serves it uses them; and the leaver, unless they
    /// serve something else there or nobody else is on it.
    fn leave_phones(&mut self, leaver: &str, village: &str) {
        let still = self.serving(village);
        let serves: BTreeSet<&str> = VILLAGES
            .into_iter()
            .filter(|village| self.serving(village).iter().any(|person| person == leaver))
            .collect();
        let is_left = |held: &&mut Held| {
            !held.withdrawn && held.units.contains(village) && held.users.iter().any(|user| user == leaver)
        };
        for held in self.phones.iter_mut().filter(is_left) {
            if !held.users.iter().any(|user| still.contains(user)) {
                held.units.remove(village);
            }
            if held.users.len() > 1 && !held.units.iter().any(|unit| serves.contains(unit.as_str())) {
                held.users.retain(|user| user != leaver);
            }
        }
    }

    pub(super) fn withdraw(&mut self, at: usize, reason: &str) {
        let held = &mut self.phones[at];
        held.withdrawn = true;
        let device = zoufang_server::access::hex(&held.phone.device());
        self.desk.wait(self.desk.intake.withdraw(&self.desk.administrator, &device, reason)).unwrap();
    }

    pub(super) fn merge(&mut self, from: &str, into: &str) {
        if from != into && !self.merged.contains_key(into) && !self.merged.values().any(|unit| unit == from) {
            self.merged.insert(from.to_owned(), into.to_owned());
            self.bring_tree();
        }
    }

    /// A visit is saved on a phone that thinks it may: its grants may have ended without its knowing.
    pub(super) fn log(&mut self, at: usize) {
        let units: Vec<String> = self.phones[at].phone.grants().grants.iter().map(|grant| grant.unit.clone()).collect();
        let Some(index) = self.pick(&units) else { return };
        let person = self.seed.below(6);
        let id = format!("018d6a00-0000-7000-8000-{:012}", self.saved.len());
        let by = self.take_in_hand(at);
        self.logged_by.insert(id.clone(), by.clone());
        let fields = serde_json::json!({
            "visit_kind": "spring_festival", "outcome": "delivered", "visit_date": "2024-02-02", "person_times": 1,
            "division_code": units[index], "person": {"person_ref": format!("p-{person}")}, "lead_rank": "village_cadre",
            "entry": {"entered_by": by, "entered_at": "2024-02-02T10:00+08:00", "source": "phone"},
        });
        self.save(at, &units[index], &id, serde_json::from_value(fields).unwrap());
    }

    /// One of those who use a phone, as it knows them, takes it.
    fn take_in_hand(&mut self, at: usize) -> String {
        let grants = self.phones[at].phone.grants();
        let others = grants.others.iter().flatten().map(|other| other.id.clone());
        let users: Vec<String> = std::iter::once(grants.person.clone()).chain(others).collect();
        let by = users[self.seed.below(users.len())].clone();
        let is_said = users.len() > 1 || grants.name.is_some();
        self.phones[at].phone.in_use_by = is_said.then(|| by.clone());
        by
    }

    /// A record that a phone shows is changed there.
    pub(super) fn edit(&mut self, at: usize) {
        self.take_in_hand(at);
        let phone = &self.phones[at].phone;
        let shown: Vec<(String, String)> = phone
            .addresses()
            .flat_map(|address| phone.records(address).into_keys().map(move |id| (address.unit.to_string(), id)))
            .collect();
        let Some(index) = self.pick(&shown) else { return };
        let note = format!("第{}次", self.saved.len());
        let (village, id) = shown[index].clone();
        self.save(at, &village, &id, Record::from([("note".to_owned(), note.into())]));
    }

    fn save(&mut self, at: usize, village: &str, id: &str, fields: Record) {
        if self.phones[at].phone.withdrawn().is_some() {
            return;
        }
        self.now_ms += 60_000;
        let address = visits(village);
        let change = self.phones[at].phone.log(id, &address, &fields, self.now_ms).unwrap();
        self.saved.extend(change.map(|change| (village.to_owned(), id.to_owned(), change)));
    }

    /// What a phone may read today, by the model's account.
    fn allowed(&self, at: usize) -> BTreeSet<String> {
        let held = &self.phones[at];
        if held.withdrawn {
            return BTreeSet::new();
        }
        let mut allowed = held.units.clone();
        for unit in &held.units {
            allowed.extend(self.merged.get(unit).cloned());
            allowed.extend(self.merged.iter().filter(|(_, into)| *into == unit).map(|(from, _)| from.clone()));
        }
        allowed
    }

    /// One turn of a phone. True if it wants another.
    pub(super) fn turn(&mut self, at: usize) -> bool {
        self.now_ms += 1_000;
        let allowed = self.allowed(at);
        let phone = &mut self.phones[at].phone;
        let request = phone.request(self.now_ms).unwrap();
        let answer = self.desk.exchange(&request).unwrap();
        let outcome = phone.answer(&request, &answer).unwrap();
        for feed in &outcome.moved {
            let unit = feed.split_once('/').unwrap().1;
            let is_allowed = allowed.contains(unit) || (unit == "990101" && !self.phones[at].withdrawn);
            assert!(is_allowed, "{feed} was delivered to a phone that has {allowed:?}");
        }
        outcome.repeat
    }

    /// Decides about one piece of held work.
    pub(super) fn decide(&mut self) {
        let county = unit::Unit::parse("990101").unwrap();
        let held = self.desk.intake.held_work(&county).unwrap();
        held.iter().for_each(|work| self.check_writers(work));
        let Some(index) = self.pick(&held) else { return };
        let (work, by) = (&held[index], self.desk.administrator.clone());
        let intake = &self.desk.intake;
        let note = "核对".to_owned();
        // Work that rests on declined work is refused, which is as it should be.
        let _ = match self.seed.below(4) {
            0 => self.desk.wait(intake.decline_held(&by, &work.id, &note)),
            1 | 2 if work.records.len() > 1 => {
                let records = Some(vec![work.records[0].id.clone()]);
                self.desk.wait(intake.accept_held(&by, &work.id, &Acceptance { records, note }))
            }
            _ => self.desk.wait(intake.accept_held(&by, &work.id, &Acceptance { records: None, note })),
        };
    }

    /// Held work names who logged what is new in it, on a shared phone too.
    fn check_writers(&self, work: &HeldWork) {
        let writers: BTreeSet<&str> = work.person.split('、').collect();
        for record in work.records.iter().filter(|record| !record.is_change && !record.accepted) {
            let store: &dyn Store = &*self.desk.store;
            let by = access::person(store, &self.logged_by[&record.id]).unwrap().unwrap();
            assert!(writers.contains(by.name.as_str()), "{} logged it, not {writers:?}", by.name);
        }
    }

    fn accept_all(&mut self) {
        let by = self.desk.administrator.clone();
        let store: &dyn Store = &*self.desk.store;
        let matters: Vec<zoufang_server::county::view::Matter> = store.values(&keys::matter("")).unwrap();
        let intake = &self.desk.intake;
        for matter in matters.iter().filter(|matter| matter.kind == MatterKind::Held) {
            self.desk.wait(intake.reopen_held(&by, &matter.id, "再看")).unwrap();
        }
        for matter in matters.iter().filter(|matter| matter.kind == MatterKind::Held) {
            let asked = Acceptance { records: None, note: "全收".to_owned() };
            self.desk.wait(intake.accept_held(&by, &matter.id, &asked)).unwrap();
        }
    }

    /// All phones find a signal, all that is held is accepted, and all comes to rest.
    pub(super) fn come_to_rest(&mut self) {
        for round in 0..3 {
            for at in 0..self.phones.len() {
                let mut turns = 0;
                while self.turn(at) {
                    turns += 1;
                    assert!(turns < 50, "the exchange does not end");
                }
            }
            self.desk.settled();
            if round == 0 {
                self.accept_all();
                self.desk.settled();
            }
        }
    }

    /// Nothing saved is lost, nothing is shown where it may not be, and the index is a function of the journal.
    pub(super) fn check(&self) {
        let store: &dyn Store = &*self.desk.store;
        for (village, id, change) in &self.saved {
            assert!(self.desk.fields(id).is_some(), "record {id} of {village} is gone");
            let known = store.bytes(&keys::change(&change.to_string())).unwrap();
            assert!(known.is_some(), "a change of record {id} of {village} is gone");
        }
        let stuck = [MatterKind::Held, MatterKind::Quarantined];
        let open = self.desk.open_matters();
        assert!(open.iter().all(|matter| !stuck.contains(&matter.kind)), "{open:#?}");
        assert!(store.all(b"parked/").unwrap().is_empty(), "something waits for ever");
        let rows = self.desk.rows();
        for row in rows.values().filter(|row| row.author != self.desk.administrator.name) {
            let by = access::person(store, &self.logged_by[&row.record_id]).unwrap().unwrap();
            assert_eq!(row.author, by.name, "who logged {}", row.record_id);
        }
        for (at, held) in self.phones.iter().enumerate() {
            assert_eq!(held.phone.unsent(), 0);
            let known = held.phone.grants();
            let others = known.others.iter().flatten().map(|other| &other.id);
            let users: BTreeSet<&String> = std::iter::once(&known.person).chain(others).collect();
            assert!(held.withdrawn || users == held.users.iter().collect(), "{users:?} use it, not {:?}", held.users);
            for village in self.allowed(at) {
                let here = held.phone.records(&visits(&village)).into_keys().collect::<BTreeSet<_>>();
                let there = rows.values().filter(|row| row.unit == village).map(|row| row.record_id.clone()).collect();
                assert_eq!(here, there, "a phone of {village} does not show what the county has");
            }
            let documents = held.phone.addresses().map(|address| address.unit.to_string());
            let outside: Vec<String> = documents.filter(|unit| !self.allowed(at).contains(unit)).collect();
            assert!(held.withdrawn || outside.is_empty(), "a phone still has {outside:?}");
        }
        assert_eq!(self.desk.rebuilt().store.index(), self.desk.store.index());
    }
}

fn visits(village: &str) -> Address {
    Address::parse(&format!("visit/{village}/2024")).unwrap()
}
