//! Two simulated phones and a relay: what they log survives lost answers, duplicates, any order and a restore.

pub(in crate::demo) mod relay;

use crate::demo::phone::{Actors, Outcome, OwnEnvelope, Phone, Standing};
use crate::demo::seed::Seed;
use automerge::{ROOT, ReadDoc};
use relay::Relay;
use ring::rand::SystemRandom;
use serde_json::json;
use zoufang_sync_protocol::document::Address;
use zoufang_sync_protocol::envelope::{Chunk, Encoding, Envelope};
use zoufang_sync_protocol::exchange::{Grant, Grants};
use zoufang_sync_protocol::limits::{CHANGES_PER_CHUNK_MAX, REQUEST_BYTES_MAX};
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::signature::SigningKey;

const NOW: u64 = 1_706_600_000_000;

fn address() -> Address {
    Address::parse("visit/990101103200/2024").unwrap()
}

fn record(note: &str) -> Record {
    Record::from([("outcome".to_owned(), json!("delivered")), ("note".to_owned(), json!(note))])
}

fn phone(relay: &mut Relay) -> Phone {
    let mut phone = Phone::with_new_key().unwrap();
    relay.enrol(&mut phone, "990101103200");
    phone
}

fn exchange(phone: &mut Phone, relay: &mut Relay) -> Outcome {
    let request = phone.request(NOW).unwrap();
    let answer = relay.exchange(&request);
    phone.answer(&request, &answer).unwrap()
}

fn until_quiet(phone: &mut Phone, relay: &mut Relay) -> usize {
    let turns = (1..50).find(|_| !exchange(phone, relay).repeat);
    turns.expect("an exchange comes to rest")
}

#[test]
fn two_phones_see_each_others_records_after_one_turn_each() {
    let mut relay = Relay::new();
    let (mut first, mut second) = (phone(&mut relay), phone(&mut relay));
    first.log("r1", &address(), &record("a"), NOW).unwrap();
    second.log("r2", &address(), &record("b"), NOW).unwrap();
    assert_eq!(first.standing(&address(), "r1"), Some(Standing::OnThisPhone));
    let outcome = exchange(&mut first, &mut relay);
    assert!(!outcome.repeat && outcome.receipts.len() == 1 && first.unsent() == 0);
    exchange(&mut second, &mut relay);
    exchange(&mut first, &mut relay);
    assert_eq!(first.records(&address()), second.records(&address()));
    assert_eq!(first.records(&address()).len(), 2);
    assert_eq!(first.standing(&address(), "r1"), Some(Standing::WithTheCounty));
    assert_eq!(first.standing(&address(), "r2"), None);
}

#[test]
fn a_lost_answer_costs_one_more_turn_and_nothing_else() {
    let mut relay = Relay::new();
    let (mut first, mut second) = (phone(&mut relay), phone(&mut relay));
    first.log("r1", &address(), &record("a"), NOW).unwrap();
    let request = first.request(NOW).unwrap();
    let lost = relay.exchange(&request);
    first.log("r2", &address(), &record("b"), NOW).unwrap();
    let outcome = exchange(&mut first, &mut relay);
    assert!(outcome.repeat, "the nonce was used by the lost turn");
    assert_eq!(outcome.receipts.len(), 2);
    assert_eq!(until_quiet(&mut first, &mut relay), 1);
    let late = first.answer(&request, &lost).unwrap();
    assert_eq!((late.receipts.len(), late.entries), (0, 0), "the late answer is taken and changes nothing");
    assert_eq!(until_quiet(&mut first, &mut relay), 1);
    assert_eq!((relay.seen.len(), first.unsent()), (2, 0));
    until_quiet(&mut second, &mut relay);
    assert_eq!(first.records(&address()), second.records(&address()));
}

#[test]
fn an_answer_to_another_request_or_of_another_key_is_none() {
    let mut relay = Relay::new();
    let mut first = phone(&mut relay);
    first.log("r1", &address(), &record("a"), NOW).unwrap();
    let request = first.request(NOW).unwrap();
    let mut answer = relay.exchange(&request);
    let other = first.request(NOW + 1).unwrap();
    assert_eq!(first.answer(&other, &answer).unwrap_err().code(), "bad_signature");
    *answer.last_mut().unwrap() ^= 1;
    assert_eq!(first.answer(&request, &answer).unwrap_err().code(), "bad_signature");
    assert_eq!(first.unsent(), 1);
}

#[test]
fn a_form_opened_before_an_edit_arrived_is_concurrent_with_it() {
    for actors in [Actors::Fresh, Actors::Kept([7; 16])] {
        let mut relay = Relay::new();
        let (mut first, mut second) = (phone(&mut relay).with_actors(actors), phone(&mut relay));
        first.log("r1", &address(), &record("a"), NOW).unwrap();
        until_quiet(&mut first, &mut relay);
        until_quiet(&mut second, &mut relay);
        let opened_on = first.heads(&address());
        second.edit_at(&address(), "r1", &record("from second"), &opened_on, NOW).unwrap();
        until_quiet(&mut second, &mut relay);
        until_quiet(&mut first, &mut relay);
        let hash = first.edit_at(&address(), "r1", &record("from first"), &opened_on, NOW).unwrap().unwrap();
        until_quiet(&mut first, &mut relay);
        until_quiet(&mut second, &mut relay);
        assert_eq!(first.records(&address()), second.records(&address()));
        for phone in [&mut first, &mut second] {
            assert_eq!(phone.heads(&address()).len(), 2);
            let content = phone.document(&address()).unwrap().content().clone();
            let (_, object) = content.get(ROOT, "r1").unwrap().unwrap();
            assert_eq!(content.get_all(&object, "note").unwrap().len(), 2, "both values are there");
            let change = content.clone().get_change_by_hash(&hash).unwrap();
            assert_eq!(change.deps(), opened_on.as_slice());
            assert_eq!(change.len(), 1, "only the changed field is written");
        }
        assert_eq!(first.edit_at(&address(), "r1", &record("from first"), &[hash], NOW).unwrap(), None);
    }
}

#[test]
fn voiding_and_restoring_keep_the_record() {
    let mut relay = Relay::new();
    let (mut first, mut second) = (phone(&mut relay), phone(&mut relay));
    first.log("r1", &address(), &record("a"), NOW).unwrap();
    let heads = first.heads(&address());
    first.void(&address(), "r1", Some("记错了人"), &heads, NOW).unwrap();
    until_quiet(&mut first, &mut relay);
    until_quiet(&mut second, &mut relay);
    assert_eq!(second.record(&address(), "r1").unwrap()["void_reason"], "记错了人");
    let heads = second.heads(&address());
    second.void(&address(), "r1", None, &heads, NOW).unwrap();
    assert_eq!(second.record(&address(), "r1").unwrap()["void_reason"], json!(null));
    assert_eq!(second.record(&address(), "r1").unwrap()["note"], "a");
}

#[test]
fn a_new_epoch_makes_the_phone_offer_everything_again() {
    let mut relay = Relay::new();
    let (mut first, mut second) = (phone(&mut relay), phone(&mut relay));
    for number in 0..3 {
        first.log(&format!("r{number}"), &address(), &record("a"), NOW).unwrap();
        until_quiet(&mut first, &mut relay);
    }
    until_quiet(&mut second, &mut relay);
    let request = first.request(NOW).unwrap();
    let before_the_restore = relay.exchange(&request);
    relay.restore_empty();
    assert!(exchange(&mut first, &mut relay).repeat);
    until_quiet(&mut first, &mut relay);
    assert_eq!((relay.seen.len(), first.unsent()), (3, 0));
    assert_eq!(first.answer(&request, &before_the_restore).unwrap().receipts.len(), 0);
    assert_eq!(first.epoch(), relay.epoch, "a late answer does not lead back");
    until_quiet(&mut second, &mut relay);
    assert_eq!(second.records(&address()).len(), 3);
}

#[test]
fn a_refused_envelope_needs_a_look_and_is_not_sent_again() {
    let mut relay = Relay::new();
    let mut first = phone(&mut relay);
    first.log("r1", &address(), &record("a"), NOW).unwrap();
    relay.refuses = true;
    assert_eq!(exchange(&mut first, &mut relay).refusals.len(), 1);
    assert_eq!(first.standing(&address(), "r1"), Some(Standing::NeedsALook));
    relay.refuses = false;
    exchange(&mut first, &mut relay);
    assert!(relay.seen.is_empty());
}

#[test]
fn a_long_feed_comes_in_pages() {
    let mut relay = Relay::new();
    let (mut first, mut second) = (phone(&mut relay), phone(&mut relay));
    first.log("r", &address(), &record("first"), NOW).unwrap();
    until_quiet(&mut first, &mut relay);
    until_quiet(&mut second, &mut relay);
    for number in 0..7 {
        first.log(&format!("r{number}"), &address(), &record("a"), NOW).unwrap();
        exchange(&mut first, &mut relay);
    }
    relay.page = 2;
    assert_eq!(until_quiet(&mut second, &mut relay), 4);
    assert_eq!(second.records(&address()).len(), 8);
}

#[test]
fn a_restored_copy_gets_its_own_later_work_back() {
    let mut relay = Relay::new();
    let document = SigningKey::generate(&SystemRandom::new()).unwrap();
    let make = || Phone::new(&document, SystemRandom::new()).unwrap();
    let (mut first, mut copy) = (make(), make());
    relay.enrol(&mut first, "990101103200");
    first.log("r1", &address(), &record("a"), NOW).unwrap();
    until_quiet(&mut first, &mut relay);
    relay.enrol(&mut copy, "990101103200");
    until_quiet(&mut copy, &mut relay);
    first.log("r2", &address(), &record("b"), NOW).unwrap();
    until_quiet(&mut first, &mut relay);
    until_quiet(&mut copy, &mut relay);
    assert_eq!(copy.records(&address()), first.records(&address()));
}

#[test]
fn limits_split_chunks() {
    let records = 2 * CHANGES_PER_CHUNK_MAX + 1;
    // Short notes meet the limit on changes, long ones the limit on bytes.
    for (note_bytes, chunks_min) in [(8, 3), (4_000, 5)] {
        let mut relay = Relay::new();
        let (mut first, mut second) = (phone(&mut relay), phone(&mut relay));
        let mut seed = Seed::new(note_bytes, "note");
        for number in 0..records {
            // Every note differs wholly, so that nothing can be compressed away.
            let note: String = (0..note_bytes).map(|_| char::from(b' ' + seed.below(90) as u8)).collect();
            first.log(&format!("r{number}"), &address(), &record(&note), NOW).unwrap();
        }
        assert!(first.request(NOW).unwrap().len() <= REQUEST_BYTES_MAX);
        let chunks_of = |own: &OwnEnvelope| Envelope::open(&own.bytes).unwrap().chunks().unwrap().len();
        assert!(first.envelopes().iter().map(chunks_of).sum::<usize>() >= chunks_min);
        until_quiet(&mut first, &mut relay);
        until_quiet(&mut second, &mut relay);
        assert_eq!((first.unsent(), second.records(&address()).len()), (0, records));
    }
}

#[test]
fn plain_changes_are_read_and_wait_for_what_they_depend_on() {
    let mut relay = Relay::new();
    let (mut writer, mut reader) = (phone(&mut relay), phone(&mut relay));
    for number in 0..4 {
        writer.log(&format!("r{number}"), &address(), &record("a"), NOW).unwrap();
    }
    let mut content = writer.document(&address()).unwrap().content().clone();
    let changes = content.get_changes(&[]);
    for change in changes.iter().rev() {
        let chunk = Chunk::new(&address(), Encoding::Changes, change.raw_bytes().to_vec());
        reader.open_document(&address()).apply_chunk(chunk.encoding, &chunk.payload).unwrap();
    }
    assert_eq!(reader.document(&address()).unwrap().parked(), 0);
    assert_eq!(reader.records(&address()), writer.records(&address()));
    let both: Vec<u8> = changes.iter().flat_map(|change| change.raw_bytes().to_vec()).collect();
    let mut other = phone(&mut relay);
    other.open_document(&address()).apply_chunk(0, &both).unwrap();
    assert_eq!(other.records(&address()).len(), 4);
    assert!(other.open_document(&address()).apply_chunk(0, &both[..both.len() - 1]).is_err());
}

#[test]
fn a_narrowed_grant_drops_documents_but_no_unsent_work() {
    let mut relay = Relay::new();
    let mut first = phone(&mut relay);
    let kept = Address::parse("visit/990101103201/2024").unwrap();
    first.log("r1", &address(), &record("a"), NOW).unwrap();
    until_quiet(&mut first, &mut relay);
    let grant = Grant { unit: "990101104".to_owned(), from: "2024-01-01".to_owned(), until: None };
    relay.grants =
        Some(Grants { version: 2, person: "s0001".to_owned(), grants: vec![grant], others: None, name: None });
    let request = first.request(NOW).unwrap();
    let answer = relay.exchange(&request);
    first.log("r2", &kept, &record("b"), NOW).unwrap();
    first.answer(&request, &answer).unwrap();
    assert_eq!(first.addresses().collect::<Vec<_>>(), [&kept]);
    assert_eq!(first.grants().version, 2);
}

#[test]
fn any_schedule_of_losses_ends_equal() {
    for number in 0..40 {
        let mut seed = Seed::new(number, "schedule");
        let mut relay = Relay::new();
        let mut phones: Vec<Phone> =
            (0..3).map(|index| phone(&mut relay).with_actors(Actors::Seeded(number * 3 + index))).collect();
        let mut kept: Vec<(usize, Vec<u8>, Vec<u8>)> = Vec::new();
        for step in 0..60 {
            let index = seed.below(phones.len());
            let phone = &mut phones[index];
            match seed.below(6) {
                0 | 1 => {
                    let id = format!("r{}", seed.below(8));
                    phone.log(&id, &address(), &record(&step.to_string()), NOW + step).unwrap();
                }
                2 => {
                    phone.request(NOW).unwrap();
                }
                3 => {
                    let request = phone.request(NOW).unwrap();
                    let answer = relay.exchange(&request);
                    kept.push((index, request, answer));
                }
                4 if !kept.is_empty() => {
                    let (owner, request, answer) = &kept[seed.below(kept.len())];
                    phones[*owner].answer(request, answer).unwrap();
                }
                4 => phone.reopen().unwrap(),
                _ => {
                    exchange(phone, &mut relay);
                }
            }
        }
        for _ in 0..2 {
            phones.iter_mut().for_each(|phone| {
                until_quiet(phone, &mut relay);
            });
        }
        let records: Vec<_> = phones.iter().map(|phone| phone.records(&address())).collect();
        assert!(records[0] == records[1] && records[1] == records[2], "seed {number}");
        let mut county = relay.documents.remove(&address().to_string()).unwrap_or_default();
        for phone in &mut phones {
            assert_eq!(phone.heads(&address()), county.get_heads(), "seed {number}");
            assert_eq!(phone.unsent(), 0, "seed {number}");
        }
    }
}
