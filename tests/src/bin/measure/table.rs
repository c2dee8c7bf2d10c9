//! Figures as a table for people: what was measured, on which machine, when, how often. Deliberately not here: JSON.

use zoufang_tests::measures::Figures;

/// Prints the figures.
pub(crate) fn print(figures: &Figures, runs: usize) {
    println!("{}, {} runs (medians)", chrono::Utc::now().format("%Y-%m-%d %H:%M UTC"), runs.max(1));
    println!("{}", machine());
    let width = figures.keys().map(String::len).max().unwrap_or(0);
    for (name, value) in figures {
        let value = match value.as_f64() {
            Some(number) if number.fract() != 0.0 => format!("{number:.3}"),
            _ => value.to_string(),
        };
        println!("  {name:width$}  {value:>12}");
    }
}

fn machine() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{}, {cores} cores", model.unwrap_or("unknown processor"))
}
