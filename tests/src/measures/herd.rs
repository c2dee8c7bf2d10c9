//! `herd`: a server just restarted, one document of 200 per phone; all phones return within one second.
//!
//! CPU seconds are those of the whole process from its start, the opening of the index included (`cpu_seconds_start` says how
//! much that was). Deliberately not here: a limit on how many phones fit.

use super::{Figures, Options, document};
use crate::bed::{Bed, villages};
use crate::measured::Records;
use crate::station::Station;
use serde_json::json;
use std::io;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Records that each phone's document has before.
const KNOWN: usize = 200;
/// Within this time all return.
const RETURN: Duration = Duration::from_secs(1);
/// Phones that are prepared at the same time.
const WORKERS: usize = 4;

struct Member {
    station: Station,
    records: Records,
    village: String,
}

/// What one phone's return took.
struct Returned {
    bytes: u64,
    receipts: usize,
}

/// Runs it.
pub fn run(options: &Options) -> io::Result<Figures> {
    let mut bed = Bed::empty()?;
    let mut members = prepare(&bed, options)?;
    bed.county().wait_for_folds(members.len() as u64);
    for member in &mut members {
        // The server has closed connections that were idle since the beginning; a phone opens a new one then.
        member.station.client.go_to(bed.server().address());
        member.station.exchange()?;
    }
    bed.stop()?;
    bed.start()?;
    let cpu_start = bed.server().cpu_seconds()?;
    for member in &mut members {
        member.station.client.go_to(bed.server().address());
        member.log(options.records)?;
    }
    let started = Instant::now();
    let returned = all_return(&mut members)?;
    let (cpu_receipts, seconds_receipts) = (bed.server().cpu_seconds()?, started.elapsed());
    bed.county().wait_for_folds(members.len() as u64);
    let (cpu_fold, seconds_fold) = (bed.server().cpu_seconds()?, started.elapsed());

    let bytes: u64 = returned.iter().map(|each| each.bytes).sum();
    let mut figures = Figures::new();
    figures.insert("phones".into(), json!(members.len()));
    figures.insert("records".into(), json!(members.len() * options.records));
    figures.insert("receipts".into(), json!(returned.iter().map(|each| each.receipts).sum::<usize>()));
    figures.insert("cpu_seconds_start".into(), json!(cpu_start));
    figures.insert("cpu_seconds_to_receipts".into(), json!(cpu_receipts));
    figures.insert("cpu_seconds_to_fold".into(), json!(cpu_fold));
    figures.insert("seconds_to_receipts".into(), json!(seconds_receipts.as_secs_f64()));
    figures.insert("seconds_to_fold".into(), json!(seconds_fold.as_secs_f64()));
    figures.insert("peak_mb".into(), json!(bed.server().peak_mb()?));
    figures.insert("bytes_per_phone".into(), json!(bytes / members.len().max(1) as u64));
    leave_receipts(options, &members)?;
    Ok(figures)
}

fn prepare(bed: &Bed, options: &Options) -> io::Result<Vec<Member>> {
    let villages = villages(bed, options.phones)?;
    let (waiting, ready) = (Mutex::new(villages), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let work = || -> io::Result<()> {
            loop {
                let Some(village) = waiting.lock().expect("no holder panics").pop() else { return Ok(()) };
                let member = Member::prepare(bed, village, options.seed)?;
                ready.lock().expect("no holder panics").push(member);
            }
        };
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("workers return their errors"))
    })?;
    Ok(ready.into_inner().expect("no holder panics"))
}

impl Member {
    fn prepare(bed: &Bed, village: String, seed: u64) -> io::Result<Self> {
        let station = bed.station(&village, "陈志远")?;
        let mut member = Self { station, records: Records::new(seed, &village), village };
        member.log(KNOWN)?;
        member.station.exchange()?;
        Ok(member)
    }

    fn log(&mut self, count: usize) -> io::Result<()> {
        let address = document(&self.village);
        for _ in 0..count {
            let (id, record) = self.records.write();
            self.station.phone.log(&id, &address, &record, self.station.now_ms).map_err(io::Error::other)?;
        }
        Ok(())
    }

    fn come_back(&mut self) -> io::Result<Returned> {
        let (bytes, receipts) = (self.bytes(), self.station.phone.receipts().count());
        self.station.exchange()?;
        Ok(Returned { bytes: self.bytes() - bytes, receipts: self.station.phone.receipts().count() - receipts })
    }

    fn bytes(&self) -> u64 {
        self.station.client.sent + self.station.client.received
    }
}

fn all_return(members: &mut [Member]) -> io::Result<Vec<Returned>> {
    let (count, started) = (members.len(), Instant::now());
    std::thread::scope(|scope| {
        let coming = |(index, member): (usize, &'_ mut Member)| {
            // This is the phone's own moment within the second, not a wait for something.
            let moment = RETURN.mul_f64(index as f64 / count as f64);
            std::thread::sleep(moment.saturating_sub(started.elapsed()));
            member.come_back()
        };
        let threads: Vec<_> = members.iter_mut().enumerate().map(|each| scope.spawn(move || coming(each))).collect();
        threads.into_iter().map(|thread| thread.join().expect("phones return their errors")).collect()
    })
}

fn leave_receipts(options: &Options, members: &[Member]) -> io::Result<()> {
    let lines: Vec<String> = members
        .iter()
        .flat_map(|member| member.station.phone.receipts())
        .map(|receipt| crate::vectors::hex(&receipt))
        .collect();
    options.leave("herd-receipts.txt", &lines.join("\n"))
}
