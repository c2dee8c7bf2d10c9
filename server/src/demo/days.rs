//! On which day a village goes out, at what hour, and when the visit is entered.
//!
//! Always true: a visit lies in its campaign, before the day of the demo, and is entered neither before it nor after the
//! day before the demo. Clock times are China's (+08:00). Deliberately not here: who is visited.

use super::seed::Seed;
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use zoufang_sync_protocol::roster::Campaign;

/// When a visit was entered, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entering {
    /// China's clock.
    pub at: NaiveDateTime,
    /// Entered weeks later from the paper sheet.
    pub from_paper: bool,
}

impl Entering {
    /// Milliseconds since 1970.
    pub fn unix_ms(&self) -> u64 {
        let utc = self.at - TimeDelta::hours(8);
        u64::try_from(utc.and_utc().timestamp_millis()).expect("the demo's years are after 1970")
    }

    /// `2024-01-30T19:12:05+08:00`.
    pub fn text(&self) -> String {
        format!("{}+08:00", self.at.format("%Y-%m-%dT%H:%M:%S"))
    }
}

/// The days of a campaign before `today`, each with how many visits fall on it.
pub fn day_weights(campaign: &Campaign, today: NaiveDate) -> Vec<(NaiveDate, usize)> {
    let day = |text: &str| text.parse::<NaiveDate>().expect("campaigns of the demo have dates");
    let (from, until) = (day(&campaign.from), day(&campaign.until));
    let length = usize::try_from((until - from).num_days()).unwrap_or_default();
    from.iter_days()
        .take_while(|date| *date <= until && *date < today)
        .enumerate()
        .map(|(number, date)| (date, day_weight(&campaign.visit_kind, number, length - number, date)))
        .collect()
}

/// Before Spring Festival the weight rises to eight days before; before Army Day the last week is busiest.
fn day_weight(kind: &str, number: usize, days_left: usize, date: NaiveDate) -> usize {
    let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let weight = match kind {
        "spring_festival" if days_left >= 6 => 4 * (number + 1),
        "spring_festival" => 5 * days_left + 2,
        "army_day" => match date.day() {
            24..=29 => 40,
            30 => 12,
            31 => 4,
            _ => 8,
        },
        _ => 10,
    };
    if is_weekend { weight.div_ceil(4) } else { weight }
}

/// When a visit of `date` took place: 8:30-11:30 or 14:30-17:30.
pub fn visit_time(date: NaiveDate, seed: &mut Seed) -> NaiveDateTime {
    let minute = if seed.chance(60) { seed.between(510, 689) } else { seed.between(870, 1_049) };
    clock(date, minute, seed)
}

/// When it was entered: 45 % in the same hour, 30 % that evening, 15 % within three days, 8 % within two weeks, 2 %
/// later. What would fall on `today` or after it was entered that evening.
pub fn entering(visited: NaiveDateTime, today: NaiveDate, seed: &mut Seed) -> Entering {
    let date = visited.date();
    let days = |count: usize, seed: &mut Seed| {
        let minute = seed.between(480, 1_200);
        clock(date + Days::new(count as u64), minute, seed)
    };
    let evening = clock(date, seed.between(1_140, 1_290), seed);
    let (at, from_paper) = match seed.below(100) {
        0..45 => (visited + TimeDelta::minutes(seed.between(1, 50) as i64), false),
        45..75 => (evening, false),
        75..90 => (days(seed.between(1, 3), seed), false),
        90..98 => (days(seed.between(4, 14), seed), false),
        _ => (days(seed.between(15, 40), seed), true),
    };
    if at.date() < today { Entering { at, from_paper } } else { Entering { at: evening, from_paper: false } }
}

fn clock(date: NaiveDate, minute: usize, seed: &mut Seed) -> NaiveDateTime {
    let seconds = minute * 60 + seed.below(60);
    date.and_time(NaiveTime::MIN) + TimeDelta::seconds(seconds as i64)
}
