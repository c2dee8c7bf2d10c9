//! `zoufang admin stations`, `code`, `approve`, `handover`, `withdraw`, `clerk`, `held`, `accept`, `decline`, `reopen`,
//! `sheet`.
//!
//! Always true: each does what the workbench's page does, by the same door, while the server stands still. Deliberately
//! not here: the rules of any of it (`intake/people`).

use super::CommandError;
use super::desk;
use crate::access::{Person, grants, posts};
use crate::config::LOCAL_URL;
use crate::config::{AcceptArguments, CodeArguments, HandoverArguments, PeopleCommand, SheetArguments};
use crate::county::people::{phones, stations};
use crate::county::unit_within;
use crate::county::view::{Acceptance, Handover, Station, StationCode, StationPhone, Unsent};
use crate::intake::{Intake, IntakeError, now_ms};
use crate::routes::site::Site;
use crate::store::contract::Store;
use std::fmt::Write as _;
use std::sync::Arc;

/// Does what was asked, and prints what came of it.
pub async fn run(store: Arc<dyn Store>, command: PeopleCommand) -> Result<(), CommandError> {
    let data = command.data().to_owned();
    desk::at(store, &data, async |intake, by| words(intake, by, command).await).await
}

async fn words(intake: &Intake, by: &Person, command: PeopleCommand) -> Result<String, CommandError> {
    Ok(match command {
        PeopleCommand::Stations(arguments) => {
            let county = intake.founded.county.code.as_str();
            let all = stations(&*intake.store, county, &arguments.unit, now_ms()).map_err(IntakeError::from)?;
            let apart = phones(&*intake.store, county).map_err(IntakeError::from)?;
            let apart = apart.iter().filter(|phone| phone.units.is_empty() && phone.home.starts_with(&arguments.unit));
            all.iter().map(station).chain(apart.map(phone_apart)).collect()
        }
        PeopleCommand::Code(arguments) => code(intake, by, &arguments).await?,
        PeopleCommand::Approve(arguments) => {
            intake.approve(by, &arguments.device, &arguments.digits).await?;
            format!("手机已批准 / the phone is let in: {}", arguments.device)
        }
        PeopleCommand::Handover(arguments) => handover(intake, by, &arguments).await?,
        PeopleCommand::Withdraw(arguments) => {
            intake.withdraw(by, &arguments.device, &arguments.reason).await?;
            format!("手机已停用 / the phone is withdrawn: {}", arguments.device)
        }
        PeopleCommand::Clerk(arguments) => {
            let issued = intake.township_clerk_code(by, &arguments.unit, &arguments.person).await?;
            let link = Site::new(&arguments.public_url).staff_link(&issued.code);
            format!("登录链接，一天内有效，只能用一次 / Sign-in link, good once within a day:\n\n  {link}\n")
        }
        PeopleCommand::Held(arguments) => held(intake, &arguments.unit)?,
        PeopleCommand::Accept(arguments) => accept(intake, by, arguments).await?,
        PeopleCommand::Decline(arguments) => {
            intake.decline_held(by, &arguments.id, &arguments.note).await?;
            format!("没有接收，内容仍保留 / declined, its bytes stay: {}", arguments.id)
        }
        PeopleCommand::Reopen(arguments) => {
            intake.reopen_held(by, &arguments.id, &arguments.note).await?;
            format!("已重新打开 / open again: {}", arguments.id)
        }
        PeopleCommand::Sheet(arguments) => sheet(intake, by, &arguments).await?,
    })
}

fn station(station: &Station) -> String {
    let names: Vec<&str> = station.people.iter().map(|person| person.name.as_str()).collect();
    let people = if names.is_empty() { "空缺 / vacant".to_owned() } else { names.join("、") };
    let ended = station.last_day.as_ref().map_or_else(String::new, |day| format!("  已撤销 / no more since {day}"));
    let mut words = format!("{}  {}  {people}{ended}\n", station.unit, station.name);
    // Writing to a text cannot fail.
    for phone in &station.phones {
        let _ = writeln!(words, "    手机 / phone {}", phone_words(phone));
    }
    for waiting in &station.waiting {
        let _ = writeln!(words, "    等待批准 / waits {}  {}  {}", waiting.id, waiting.person, waiting.digits);
    }
    if station.held > 0 {
        let _ = writeln!(words, "    待收记录 / held: {}", station.held);
    }
    words
}

fn phone_words(phone: &StationPhone) -> String {
    let since = |unsent: Unsent| grants::day_of(unsent.since_ms);
    let unsent = phone.unsent.map_or_else(String::new, |unsent| {
        format!("  未发送 / unsent: {}，自 / since {}", unsent.records, since(unsent))
    });
    format!("{}  {}{unsent}", phone.id, phone.people.join("、"))
}

/// A phone that serves no station.
fn phone_apart(phone: &StationPhone) -> String {
    let why = match phone.withdrawn.as_deref() {
        None => "不在站点上 / serves no station",
        Some("stolen") => "被盗停用 / withdrawn, stolen",
        Some(_) => "已停用 / withdrawn",
    };
    format!("{}  {why}: 手机 / phone {}\n", phone.home, phone_words(phone))
}

async fn sheet(intake: &Intake, by: &Person, arguments: &SheetArguments) -> Result<String, CommandError> {
    let site = Site::new(&arguments.public_url);
    let lines = intake.sheet(by, &arguments.unit).await?.into_iter().map(|line| {
        let link = line.issued.map_or_else(|| "空缺 / vacant".to_owned(), |issued| site.phone_link(&issued.code));
        format!("{}  {}  {}  {link}\n", line.unit.unit, line.unit.name, line.person)
    });
    Ok(lines.collect())
}

/// Somebody who serves a unit, by name.
fn person_id(intake: &Intake, unit: &str, name: &str) -> Result<Option<String>, CommandError> {
    let serving = posts::serving(&*intake.store, unit)?;
    Ok(serving.into_iter().map(|(_, person)| person).find(|person| person.name == name.trim()).map(|person| person.id))
}

fn who_serves(intake: &Intake, unit: &str, name: &str) -> Result<String, CommandError> {
    Ok(person_id(intake, unit, name)?.ok_or_else(|| IntakeError::NotFound(format!("{name} {unit}")))?)
}

async fn code(intake: &Intake, by: &Person, arguments: &CodeArguments) -> Result<String, CommandError> {
    let person_id = match &arguments.serves {
        Some(unit) => Some(who_serves(intake, unit, &arguments.person)?),
        None => person_id(intake, &arguments.unit, &arguments.person)?,
    };
    let name = person_id.is_none().then(|| arguments.person.clone());
    let asked = StationCode { person_id, name, approved_later: arguments.approved_later };
    let issued = intake.station_code(by, &arguments.unit, &asked).await?;
    Ok(enrolment(&Site::new(&arguments.public_url).phone_link(&issued.code), arguments.approved_later))
}

async fn handover(intake: &Intake, by: &Person, arguments: &HandoverArguments) -> Result<String, CommandError> {
    let from = match &arguments.from {
        Some(name) => Some(who_serves(intake, &arguments.unit, name)?),
        None => None,
    };
    let (to, to_person) = match (&arguments.to, &arguments.serves) {
        (Some(name), Some(unit)) => (None, Some(who_serves(intake, unit, name)?)),
        (to, _) => (to.clone(), None),
    };
    let asked = Handover { from, to, to_person, approved_later: arguments.approved_later };
    let (issued, phones) = intake.hand_over(by, &arguments.unit, &asked).await?;
    let mut words = format!("站点已交接 / handed over: {}\n", arguments.unit);
    if !phones.is_empty() {
        let _ = writeln!(words, "这些手机不能再填本站 / these phones write here no more: {}", phones.join("、"));
    }
    if let Some(issued) = issued {
        let link = Site::new(&arguments.public_url).phone_link(&issued.code);
        words.push_str(&enrolment(&link, arguments.approved_later));
    }
    Ok(words)
}

fn enrolment(link: &str, approved_later: bool) -> String {
    let good = match approved_later {
        true => "14 天内有效，用后核对四位数字再批准 / good once within 14 days, then approved by four digits",
        false => "15 分钟内有效，只能用一次 / good once within 15 minutes",
    };
    // What is secure for this machine alone is no address for a phone.
    let where_to = if link.starts_with(LOCAL_URL) {
        "这个网址只有本机能打开；给手机用，请加 --public-url / For this machine alone; for phones say --public-url\n"
    } else {
        ""
    };
    format!("登记链接，{good}:\n\n  {link}\n\n{where_to}{}\n", Site::qr_text(link))
}

fn held(intake: &Intake, unit: &str) -> Result<String, CommandError> {
    let unit = unit_within(&intake.founded.county.code, unit).map_err(IntakeError::from)?;
    let mut words = String::new();
    for work in intake.held_work(&unit)? {
        let _ = writeln!(words, "{}  {}  {}  {}", work.id, work.unit, work.unit_name, work.person);
        for record in work.records {
            let mark = if record.accepted { "已收 / accepted" } else { "" };
            let _ = writeln!(words, "    {}  {}  {}  {mark}", record.id, record.register, record.date);
        }
    }
    Ok(if words.is_empty() { "没有待收记录 / nothing is held".to_owned() } else { words })
}

async fn accept(intake: &Intake, by: &Person, arguments: AcceptArguments) -> Result<String, CommandError> {
    let records = (!arguments.record.is_empty()).then_some(arguments.record);
    let matter = intake.accept_held(by, &arguments.id, &Acceptance { records, note: arguments.note }).await?;
    let is_whole = matter.settled.is_some();
    Ok(if is_whole { "已全部接收 / accepted as a whole" } else { "已收其中几条 / records accepted" }.to_owned())
}
