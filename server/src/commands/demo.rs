//! `zoufang demo`: the fictional county, on a store like any other, filled by simulated phones through the desk.
//!
//! Always true: a second start continues with what is there, and a fill that was cut off goes on; each start makes fresh
//! links. Deliberately not here: the county and its year (`demo`).

use super::desk::{Desk, keys};
use super::ready::Ready;
use super::{CommandError, listen, serve_desk};
use crate::access::posts::Post;
use crate::access::{AccessError, AccessRecord, Person, Role, code, grants};
use crate::config::Config;
use crate::county::view::{ImportChoice, ImportKind};
use crate::demo::SEED;
use crate::demo::county::{DemoCounty, DemoPhone};
use crate::demo::dirt::{self, identities};
use crate::demo::fill::{Enrol, EnrolAsk, Exchange, FillError, PhotoPart, Rest, Upload, Ways, fill};
use crate::demo::people::staff::Station;
use crate::demo::tables::table_records;
use crate::demo::year::plan_year;
use crate::intake::{Intake, IntakeError, found, now_ms};
use crate::metrics::Metrics;
use crate::photos::{PhotoError, PhotoRoom};
use crate::routes::site::Site;
use crate::rows::keys as row_keys;
use crate::rows::table::TableRecord;
use crate::store::contract::Store;
use crate::store::record::JournalRecord;
use futures_util::future::BoxFuture;
use std::path::Path;
use std::sync::Arc;
use zoufang_sync_protocol::enrol::{EnrolAnswer, EnrolRequest};
use zoufang_sync_protocol::roster::StaffMember;

/// Written down once the county's tables are in.
const TABLES_IN: &str = "demo_tables";
/// Written down once the year is in.
const YEAR_IN: &str = "demo_year";
/// Written down once the dirt is in.
const DIRT_IN: &str = "demo_dirt";
/// The right answers, beside the data.
const DIRT_FILE: &str = "dirt.json";
/// Tables written down together.
const TABLES_TOGETHER: usize = 64;

/// Fills the store unless it is filled, then serves until told to stop.
pub async fn demo(store: Arc<dyn Store>, config: Config) -> Result<(), CommandError> {
    let (listener, address) = listen(&config).await?;
    let clerk =
        Person { id: "demo-clerk".to_owned(), name: "刘敏".to_owned(), role: Role::Administrator, unit: None };
    if store.last() == 0 {
        keys(&config.data)?;
        let (_, code) = code::issue(&clerk.id, Vec::new(), now_ms(), 0).map_err(IntakeError::from)?;
        found::found(&*store, &county_on(now_ms())?.county, clerk.clone(), AccessRecord::CodeIssued(code))
            .await
            .map_err(IntakeError::from)?;
    }
    let desk = Desk::open(store, &config.data, Arc::new(Metrics::default()))?;
    let intake = desk.intake.clone();
    let county = county_on(intake.founded.time_ms)?;
    once(&intake, TABLES_IN, bring_tables(&intake, &county)).await?;
    if !config.empty {
        once(&intake, YEAR_IN, fill_year(&intake, &county, &clerk)).await?;
    }
    if config.dirt {
        once(&intake, DIRT_IN, soil_year(&intake, &county, &clerk, &config.data)).await?;
    }
    let site = Site::new(&config.own_url(address));
    let ready = links(&intake, &site, &county, &clerk, address).await?;
    ready.announce(config.json, &words(&ready, config.public_url.is_some()))?;
    serve_desk(&config, listener, desk, &site).await
}

/// The county as it was on the day of its founding: a fill that was cut off goes on with the same lists.
fn county_on(time_ms: u64) -> Result<DemoCounty, CommandError> {
    let day = grants::day_of(time_ms);
    let day = day.parse().map_err(|_| CommandError::Refused(format!("时钟不对 / the clock is wrong: {day}")))?;
    Ok(DemoCounty::new(SEED, day))
}

/// Does `work` unless it was done before; writes down that it is done.
async fn once(
    intake: &Intake,
    name: &str,
    work: impl Future<Output = Result<(), CommandError>>,
) -> Result<(), CommandError> {
    let done = intake.store.get(&row_keys::milestone(name)).map_err(IntakeError::from)?;
    if done.is_none() {
        work.await?;
        let record = AccessRecord::Milestone { name: name.to_owned(), time_ms: now_ms() };
        intake.commit(&[record.to_journal()]).await.map_err(IntakeError::from)?;
    }
    Ok(())
}

async fn bring_tables(intake: &Intake, county: &DemoCounty) -> Result<(), CommandError> {
    for some in table_records(county).chunks(TABLES_TOGETHER) {
        let records: Vec<JournalRecord> = some.iter().map(TableRecord::to_journal).collect();
        intake.commit(&records).await.map_err(IntakeError::from)?;
    }
    intake.commit(&posts(county)).await.map_err(IntakeError::from)?;
    Ok(())
}

/// Who serves the stations that are not vacant.
fn posts(county: &DemoCounty) -> Vec<JournalRecord> {
    let mut records = Vec::new();
    for station in county.stations.iter().chain(&county.townships).filter(|station| !station.vacant) {
        let (unit, person) = (station.unit.to_string(), station.keeper.id.clone());
        let post = Post { unit, person, day: county.today.to_string() };
        records.push(AccessRecord::PersonAdded(worker(&station.keeper)).to_journal());
        records.push(AccessRecord::PostTaken(post).to_journal());
    }
    records
}

async fn fill_year(intake: &Arc<Intake>, county: &DemoCounty, clerk: &Person) -> Result<(), CommandError> {
    let doors = Doors::new(intake, clerk);
    let stations: Vec<&Station> = county.all_stations().collect();
    let filled = fill(&stations, &plan_year(county), &doors.ways()).await.map_err(not_filled)?;
    at_rest(intake).await;
    tracing::info!(phones = filled.phones, records = filled.records, "the demo county is filled");
    Ok(())
}

/// Puts in what goes wrong, and writes the right answers beside the data.
async fn soil_year(
    intake: &Arc<Intake>,
    county: &DemoCounty,
    clerk: &Person,
    folder: &Path,
) -> Result<(), CommandError> {
    let doors = Doors::new(intake, clerk);
    let tree = TableRecord::Units { units: dirt::merged_tree(county) };
    intake.commit(&[tree.to_journal()]).await.map_err(IntakeError::from)?;
    let answers = dirt::soil(county, &plan_year(county), &doors.ways()).await.map_err(not_filled)?;
    at_rest(intake).await;
    bring_old_list(intake, county, clerk).await?;
    let file = folder.join(DIRT_FILE);
    let json = serde_json::to_vec_pretty(&answers).expect("plain data has string keys and serializes");
    std::fs::write(&file, json)
        .map_err(|error| CommandError::Refused(format!("写不了 {0} / cannot write {0}: {error}", file.display())))
}

/// An old roster, by the door of any other.
async fn bring_old_list(intake: &Arc<Intake>, county: &DemoCounty, clerk: &Person) -> Result<(), CommandError> {
    let file = identities::list(county).into_bytes().into();
    let shown = intake.read_import(clerk, ImportKind::Roster, identities::FILE_NAME, file).await?;
    let draft = intake.import(&shown.id).ok_or_else(|| IntakeError::NotFound(shown.id.clone()))?;
    let choice = ImportChoice { mapping: shown.mapping, ..ImportChoice::default() };
    intake.apply_import(clerk, &draft, choice).await?;
    Ok(())
}

fn not_filled(error: FillError) -> CommandError {
    CommandError::Refused(format!("演示数据没有填完 / the demo was not filled: {error}"))
}

/// The county's doors, as functions that simulated phones can call.
struct Doors {
    exchange: Box<Exchange<'static>>,
    enrol: Box<Enrol<'static>>,
    rest: Box<Rest<'static>>,
    upload: Box<Upload<'static>>,
}

impl Doors {
    fn new(intake: &Arc<Intake>, by: &Person) -> Self {
        let (asked, enrolling, resting, by) = (intake.clone(), intake.clone(), intake.clone(), by.clone());
        let uploading = intake.clone();
        let exchange = move |request: Vec<u8>| -> BoxFuture<'static, Result<Vec<u8>, String>> {
            let intake = asked.clone();
            Box::pin(async move {
                intake.exchange(&request).await.map(|answered| answered.bytes).map_err(|error| error.to_string())
            })
        };
        let enrol = move |ask: EnrolAsk| -> BoxFuture<'static, Result<EnrolAnswer, String>> {
            let (intake, by) = (enrolling.clone(), by.clone());
            Box::pin(async move { enrol_phone(&intake, &by, &ask).await.map_err(|error| error.to_string()) })
        };
        let rest = move || -> BoxFuture<'static, ()> {
            let intake = resting.clone();
            Box::pin(async move { at_rest(&intake).await })
        };
        let upload = move |part: PhotoPart| -> BoxFuture<'static, Result<(), String>> {
            let intake = uploading.clone();
            Box::pin(async move { upload_photo(&intake, part).await.map_err(|error| error.to_string()) })
        };
        Self { exchange: Box::new(exchange), enrol: Box::new(enrol), rest: Box::new(rest), upload: Box::new(upload) }
    }

    fn ways(&self) -> Ways<'_> {
        Ways { exchange: &*self.exchange, enrol: &*self.enrol, rest: &*self.rest, upload: &*self.upload }
    }
}

async fn upload_photo(intake: &Intake, part: PhotoPart) -> Result<(), PhotoError> {
    let device = crate::access::hex(&part.device);
    let upload = move |room: &PhotoRoom| {
        let standing = room.begin(&device, &part.hash, part.length)?;
        room.append(&device, &part.hash, standing.offset, &part.bytes)
    };
    intake.in_photo_room(upload).await.map(|_| ())
}

/// Waits until everything that came in is judged and folded, verdicts too.
async fn at_rest(intake: &Intake) {
    loop {
        let last = intake.store.last();
        intake.progress.judged(last).await;
        if intake.store.last() == last {
            return;
        }
    }
}

async fn enrol_phone(intake: &Intake, by: &Person, ask: &EnrolAsk) -> Result<EnrolAnswer, IntakeError> {
    let person = worker(&ask.person);
    let issued = intake.phone_code_for(by, &person, &ask.unit, code::DEMO_CODE_MS).await?;
    let public_key = crate::access::base64(&ask.public_key);
    intake.enrol(&EnrolRequest { code: issued.code, public_key }).await?.done()
}

fn worker(member: &StaffMember) -> Person {
    Person { id: member.id.clone(), name: member.name.clone(), role: Role::Worker, unit: None }
}

async fn links(
    intake: &Intake,
    site: &Site,
    county: &DemoCounty,
    clerk: &Person,
    listen: std::net::SocketAddr,
) -> Result<Ready, CommandError> {
    let staff = intake.staff_code_for(clerk, clerk, code::DEMO_CODE_MS).await?;
    let mut phones = Vec::new();
    for DemoPhone { unit, person } in county.demo_phones() {
        let issued = intake.phone_code_for(clerk, &worker(&person), &unit, code::DEMO_CODE_MS).await?;
        phones.push(site.phone_link(&issued.code));
    }
    let api_token = intake.api_token(clerk).await?;
    Ok(Ready { listen, workbench: site.staff_link(&staff.code), phones, api_token })
}

fn words(ready: &Ready, has_public_url: bool) -> String {
    let [first, second, other] = [0, 1, 2].map(|index| ready.phones.get(index).map_or("", String::as_str));
    let mut words = format!(
        "走访演示已就绪，示例县是虚构的 / The demo is ready; the county is fictional\n\n\
         县局工作台 / County workbench\n  {}\n\n\
         村里的手机 / Phones of one village\n  {first}\n  {second}\n\n\
         另一个村的手机 / A phone of another village\n  {other}\n",
        ready.workbench
    );
    if has_public_url {
        words.push_str(&format!("\n第一部手机扫这里 / Scan with the first phone\n\n{}\n", Site::qr_text(first)));
    } else {
        let port = ready.listen.port();
        words.push_str(&format!(
            "\n用真的手机 / With a real phone: 插上数据线 / over USB: adb reverse tcp:{port} tcp:{port}\n\
             或者 / or: --tls-cert --tls-key --public-url https://…\n\
             （别的机器用普通 HTTP 打不开离线功能 / plain HTTP from another machine has no service worker）\n",
        ));
    }
    words
}

impl From<AccessError> for CommandError {
    fn from(error: AccessError) -> Self {
        IntakeError::from(error).into()
    }
}
