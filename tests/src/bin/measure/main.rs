//! `measure NAME [--json] [--evidence DIR]`: runs one piece of work against the real release server and prints its figures.
//!
//! Always true: `--json` prints exactly one JSON object on the last line of standard output. Deliberately not here: the work.

mod table;

use clap::{Parser, ValueEnum};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use zoufang_tests::measures::{Figures, Options, app_size, herd, idle, kill, offline_day, phone, roster};

/// Runs one piece of work against the real server and prints its figures.
#[derive(Parser)]
struct Arguments {
    /// Which work.
    name: Name,
    /// One JSON object on the last line, in place of a table.
    #[arg(long)]
    json: bool,
    /// Leaves there what stands behind the figures.
    #[arg(long)]
    evidence: Option<PathBuf>,
    /// How often; figures are medians.
    #[arg(long, default_value_t = 1)]
    runs: usize,
    /// Seed of all randomness.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Phones of `herd`.
    #[arg(long, default_value_t = 352)]
    phones: usize,
    /// Records that each phone of `herd` brings.
    #[arg(long, default_value_t = 5)]
    records: usize,
    /// Cycles of `kill`.
    #[arg(long, default_value_t = 100)]
    cycles: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    OfflineDay,
    Idle,
    Herd,
    Kill,
    AppSize,
    Phone,
    Roster,
    All,
}

impl Name {
    fn run(self, options: &Options) -> std::io::Result<Figures> {
        match self {
            Self::OfflineDay => offline_day::run(options),
            Self::Idle => idle::run(options),
            Self::Herd => herd::run(options),
            Self::Kill => kill::run(options),
            Self::AppSize => app_size::run(options),
            Self::Phone => phone::run(options),
            Self::Roster => roster::run(options),
            Self::All => all(options),
        }
    }
}

/// Everything; keys carry the name of the work.
fn all(options: &Options) -> std::io::Result<Figures> {
    let mut figures = Figures::new();
    for name in Name::value_variants().iter().filter(|name| **name != Name::All) {
        let word = name.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        eprintln!("{word} …");
        for (key, value) in name.run(options)? {
            figures.insert(format!("{word}.{key}"), value);
        }
    }
    Ok(figures)
}

/// The median of each figure; what is no number is taken from the last run.
fn medians(runs: Vec<Figures>) -> Figures {
    let mut values: BTreeMap<String, Vec<serde_json::Value>> = BTreeMap::new();
    for (key, value) in runs.into_iter().flatten() {
        values.entry(key).or_default().push(value);
    }
    let median = |mut values: Vec<serde_json::Value>| {
        values.sort_by(|a, b| a.as_f64().unwrap_or(0.0).total_cmp(&b.as_f64().unwrap_or(0.0)));
        values.swap_remove(values.len() / 2)
    };
    values.into_iter().map(|(key, values)| (key, median(values))).collect()
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let options = Options {
        evidence: arguments.evidence.clone(),
        seed: arguments.seed,
        phones: arguments.phones,
        records: arguments.records,
        cycles: arguments.cycles,
    };
    let runs: std::io::Result<Vec<Figures>> =
        (0..arguments.runs.max(1)).map(|_| arguments.name.run(&options)).collect();
    match runs.map(medians) {
        Ok(figures) if arguments.json => println!("{}", serde_json::Value::Object(figures)),
        Ok(figures) => table::print(&figures, arguments.runs),
        Err(error) => {
            eprintln!("not measured: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
