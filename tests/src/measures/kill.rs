//! `kill`: SIGKILL at random under load, restart; every receipt that a phone got must be in the journal.
//!
//! Method: phones log and exchange without pause; a seeded moment later the server is killed and started again. At the end it
//! is killed once more, the journal is read with the product's own store, and each receipt is looked for among the envelopes
//! that stand there. Deliberately not here: loss of power.

use super::{Figures, Options, document};
use crate::bed::Bed;
use crate::measured::Records;
use crate::station::Station;
use crate::vectors::hex;
use serde_json::json;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use zoufang_server::demo::seed::Seed;
use zoufang_server::store::contract::Store;
use zoufang_server::store::embedded::{EmbeddedStore, Options as StoreOptions};
use zoufang_server::store::record::JournalRecord;
use zoufang_sync_protocol::envelope::Envelope;

/// Phones that work at the same time.
const PHONES: usize = 4;
/// Shortest and longest life of a server under load, milliseconds.
const LIFE_MS: (usize, usize) = (150, 700);

/// Runs it.
pub fn run(options: &Options) -> io::Result<Figures> {
    let mut bed = Bed::empty()?;
    let villages = crate::bed::villages(&bed, PHONES)?;
    let mut stations: Vec<(Station, Records, String)> = villages
        .into_iter()
        .map(|village| Ok((bed.station(&village, "陈志远")?, Records::new(options.seed, &village), village)))
        .collect::<io::Result<_>>()?;
    let mut seed = Seed::new(options.seed, "kill");
    let mut ready_seconds_max: f64 = 0.0;
    for _ in 0..options.cycles {
        let life = Duration::from_millis(seed.between(LIFE_MS.0, LIFE_MS.1) as u64);
        work_until_killed(&mut bed, &mut stations, life)?;
        bed.start()?;
        ready_seconds_max = ready_seconds_max.max(bed.server().ready_after.as_secs_f64());
        for (station, _, _) in &mut stations {
            station.client.go_to(bed.server().address());
        }
    }
    bed.kill()?;
    let receipts: BTreeSet<String> =
        stations.iter().flat_map(|(station, _, _)| station.phone.receipts()).map(|hash| hex(&hash)).collect();
    let journal = envelopes(&bed.data())?;
    let lost: Vec<&String> = receipts.difference(&journal).collect();
    options
        .leave("kill-receipts.json", &json!({"receipts": receipts, "journal": journal, "lost": lost}).to_string())?;
    let mut figures = Figures::new();
    figures.insert("cycles".into(), json!(options.cycles));
    figures.insert("receipts".into(), json!(receipts.len()));
    figures.insert("lost".into(), json!(lost.len()));
    figures.insert("ready_seconds_max".into(), json!(ready_seconds_max));
    Ok(figures)
}

fn work_until_killed(bed: &mut Bed, stations: &mut [(Station, Records, String)], life: Duration) -> io::Result<()> {
    let dead = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for (station, records, village) in stations.iter_mut() {
            let dead = &dead;
            scope.spawn(move || {
                while !dead.load(Ordering::Relaxed) {
                    let (id, record) = records.write();
                    let logged = station.phone.log(&id, &document(village), &record, station.now_ms);
                    if logged.is_err() || station.exchange().is_err() {
                        // The server is gone, perhaps between journal and answer: that is what is measured.
                        return;
                    }
                }
            });
        }
        // The server lives so long; nothing is waited for.
        std::thread::sleep(life);
        let killed = bed.kill();
        dead.store(true, Ordering::Relaxed);
        killed
    })
}

/// Hashes of all envelopes in the journal below `data`.
pub fn envelopes(data: &Path) -> io::Result<BTreeSet<String>> {
    let store = EmbeddedStore::open(data, &StoreOptions::default()).map_err(io::Error::other)?;
    let mut hashes = BTreeSet::new();
    let mut next = 1;
    while next <= store.last() {
        for stored in store.read(next, 512).map_err(io::Error::other)? {
            next = stored.position + 1;
            let record = JournalRecord::from_bytes(&stored.bytes).map_err(io::Error::other)?;
            if let JournalRecord::Envelope { envelope, .. } = record {
                hashes.insert(hex(&Envelope::open(&envelope).map_err(io::Error::other)?.hash));
            }
        }
    }
    Ok(hashes)
}
