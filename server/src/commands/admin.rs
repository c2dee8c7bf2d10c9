//! `zoufang admin …`: the first administrator, new sign-in links, and register files.
//!
//! Always true: runs while the server does not (the folder is locked). Deliberately not here: what an administrator may
//! do.

use super::CommandError;
use super::desk::{self, Desk, keys};
use super::ready::print;
use crate::access::{AccessError, AccessRecord, Role, code};
use crate::config::{CreateArguments, FilingArguments, LinkArguments, RegisterArguments};
use crate::intake::county::new_person;
use crate::intake::{IntakeError, found, now_ms};
use crate::metrics::Metrics;
use crate::routes::site::Site;
use crate::store::contract::Store;
use std::sync::Arc;
use zoufang_sync_protocol::register::RegisterFaults;
use zoufang_sync_protocol::roster::CountyTable;
use zoufang_sync_protocol::unit::Unit;

/// Makes the county and its first administrator, and prints a sign-in link.
pub async fn create(store: Arc<dyn Store>, arguments: CreateArguments) -> Result<(), CommandError> {
    if store.last() > 0 {
        return Err(CommandError::Refused(
            "这个文件夹里已经有一个县；新的登录链接用 zoufang admin link / this folder holds a county already; \
             for a new sign-in link use: zoufang admin link"
                .to_owned(),
        ));
    }
    let unit = Unit::parse(&arguments.county).map_err(IntakeError::from)?;
    keys(&arguments.data)?;
    let administrator = new_person(&arguments.person, Role::Administrator)?;
    let (text, code) =
        code::issue(&administrator.id, Vec::new(), now_ms(), code::SIGN_IN_CODE_MS).map_err(IntakeError::from)?;
    let county = CountyTable { code: unit.to_string(), name: arguments.county_name.clone(), filing_no: String::new() };
    found::found(&*store, &county, administrator, AccessRecord::CodeIssued(code)).await.map_err(IntakeError::from)?;
    show(&Site::new(&arguments.public_url).staff_link(&text))
}

/// Prints a new sign-in link for a person of the county.
pub async fn link(store: Arc<dyn Store>, arguments: LinkArguments) -> Result<(), CommandError> {
    if store.last() == 0 {
        return Err(IntakeError::from(AccessError::NotFounded).into());
    }
    let desk = Desk::open(store, &arguments.data, Arc::new(Metrics::default()))?;
    let administrator = new_person(&arguments.person, Role::Administrator)?;
    let issued = desk.intake.staff_code(&administrator, &arguments.person, Role::Administrator).await?;
    desk.close()?;
    show(&Site::new(&arguments.public_url).staff_link(&issued.code))
}

/// Takes a register file. Faults are printed one a line, each with its place in the file.
pub async fn register(store: Arc<dyn Store>, arguments: RegisterArguments) -> Result<(), CommandError> {
    let file = arguments.file.display();
    let source = std::fs::read_to_string(&arguments.file)
        .map_err(|error| CommandError::Refused(format!("读不了文件 / cannot read the file {file}: {error}")))?;
    desk::at(store, &arguments.data, async |intake, by| match intake.take_register(by, &source).await {
        Ok(info) => Ok(format!("台账已启用 / taken into force: {} {}", info.name, info.version)),
        Err(IntakeError::Register(faults)) => Err(CommandError::Refused(with_faults(&file.to_string(), &faults))),
        Err(error) => Err(error.into()),
    })
    .await
}

/// Writes the filing number.
pub async fn filing(store: Arc<dyn Store>, arguments: FilingArguments) -> Result<(), CommandError> {
    desk::at(store, &arguments.data, async |intake, by| {
        intake.take_filing_no(by, &arguments.number).await?;
        Ok(format!("备案编号已写上 / filing number: {}", arguments.number.trim()))
    })
    .await
}

fn with_faults(file: &str, faults: &RegisterFaults) -> String {
    let mut words = format!("文件没有启用，请逐条改好 / not taken, put each fault right: {file}");
    for fault in &faults.0 {
        let pointer = if fault.pointer.is_empty() { "/" } else { &fault.pointer };
        words.push_str(&format!("\n  {pointer} {}: {} / {}", fault.code, fault.zh, fault.en));
    }
    words
}

fn show(url: &str) -> Result<(), CommandError> {
    print(&format!("登录链接，一天内有效，只能用一次 / Sign-in link, good once within a day:\n\n  {url}\n"))
}
