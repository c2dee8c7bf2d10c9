//! `zoufang admin campaign`, `campaigns`, `close-campaign`: what the page of campaigns does, step by step.
//!
//! Always true: a plan is refused for the same faults as on the page; who a list file names is told in numbers and line by
//! line, never by name. Deliberately not here: what is wrong with a plan (`county/campaigns`).

use super::CommandError;
use super::bring::{listed, read, state, unreadable};
use crate::access::Person;
use crate::config::{CampaignArguments, CloseArguments};
use crate::county::campaigns::{LEADERSHIP, copy, means, plan as plan_of};
use crate::county::lists;
use crate::county::view::{CampaignFault, CampaignMeans, CampaignPlan, CampaignTargets, PeopleListed};
use crate::intake::{Intake, IntakeError};
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;
use zoufang_sync_protocol::roster::{Campaign, CountyList, ListItem, Package};

/// Makes a campaign or changes one.
pub(super) async fn campaign(
    intake: &Arc<Intake>,
    by: &Person,
    arguments: &CampaignArguments,
) -> Result<String, CommandError> {
    let mut notes = String::new();
    let mut plan = begun(intake, arguments, &mut notes)?;
    say(&mut plan, arguments);
    choose(&mut plan, arguments, &lists::all(&*intake.store).map_err(IntakeError::from)?)?;
    for (file, package) in [(&arguments.list, arguments.list_package.as_deref()), (&arguments.without, None)] {
        if let Some(file) = file {
            let found = intake.people_listed(read(file)?.into()).await.map_err(unreadable)?;
            name(&mut plan.targets, &found, package);
            notes.push_str(&of_file(file, &found));
        }
    }
    let means = means::means(&*intake.store, &plan).map_err(IntakeError::from)?;
    let faults = intake.faults_of(&plan)?;
    let (warnings, refused): (Vec<CampaignFault>, Vec<CampaignFault>) =
        faults.into_iter().partition(|fault| fault.warning);
    if !refused.is_empty() {
        let words = format!("活动没有保存 / the campaign was not kept\n{notes}{}", faults_said(&refused));
        return Err(CommandError::Refused(words));
    }
    let id = plan.campaign.id.clone();
    if arguments.apply {
        intake.take_plan(by, plan).await?;
    }
    Ok(format!("{}\n活动编号 / id: {id}\n{notes}{}{}", state(arguments.apply), faults_said(&warnings), meant(&means)))
}

/// All campaigns, with the ids by which they are copied, changed and closed.
pub(super) fn campaigns(intake: &Intake) -> Result<String, CommandError> {
    let all: Vec<Campaign> = intake.store.value(keys::CAMPAIGNS).map_err(IntakeError::from)?.unwrap_or_default();
    let mut words = String::new();
    for Campaign { id, name, document_no, from, until, closed, .. } in all {
        let closed = if closed { "  已关闭 / closed" } else { "" };
        let _ = writeln!(words, "{id}  {name}  {document_no}  {from} – {until}{closed}");
    }
    Ok(if words.is_empty() { "还没有慰问活动 / there is no campaign yet\n".to_owned() } else { words })
}

/// Closes a campaign, opens it again, or takes it back.
pub(super) async fn close(intake: &Intake, by: &Person, arguments: &CloseArguments) -> Result<String, CommandError> {
    let CloseArguments { id, reopen, withdraw, .. } = arguments;
    if *withdraw {
        let words = "已经有走访登记，不能撤回，只能关闭 / visits were recorded: it can be closed, not taken back";
        let refused = |error| match error {
            IntakeError::BadField(_) => CommandError::Refused(words.to_owned()),
            error => error.into(),
        };
        intake.withdraw_campaign(by, id).await.map_err(refused)?;
        return Ok(format!("活动已撤回 / withdrawn: {id}"));
    }
    let plan = intake.close_campaign(by, id, !reopen).await?;
    let done = if *reopen { "活动已重新打开 / open again" } else { "活动已关闭 / closed" };
    Ok(format!("{done}: {} {}", plan.campaign.id, plan.campaign.name))
}

/// What the plan begins as.
fn begun(intake: &Intake, arguments: &CampaignArguments, notes: &mut String) -> Result<CampaignPlan, CommandError> {
    let store = &*intake.store;
    if let Some(id) = &arguments.change {
        return Ok(plan_of(store, id).map_err(IntakeError::from)?);
    }
    if let Some(id) = &arguments.copy_of {
        let copy = copy::of_campaign(store, id).map_err(IntakeError::from)?;
        for Package { name, .. } in &copy.packages_changed {
            let _ =
                writeln!(notes, "慰问标准清单里已经不同，请核对 / the county's list has it otherwise by now: {name}");
        }
        return Ok(copy.plan);
    }
    let campaign = Campaign {
        id: format!("c{}", &Uuid::now_v7().simple().to_string()[..16]),
        name: String::new(),
        document_no: String::new(),
        visit_kind: String::new(),
        from: String::new(),
        until: String::new(),
        closed: false,
        packages: Vec::new(),
        spent_fen: 0,
    };
    let (targets, fund_source) = (CampaignTargets::default(), "county".to_owned());
    Ok(CampaignPlan { campaign, targets, leadership: LEADERSHIP, fund_fen: 0, fund_source, revision: 0 })
}

/// Whatever was said takes the place of what was there.
fn say(plan: &mut CampaignPlan, arguments: &CampaignArguments) {
    let campaign = &mut plan.campaign;
    for (field, said) in [
        (&mut campaign.name, &arguments.name),
        (&mut campaign.document_no, &arguments.document_no),
        (&mut campaign.visit_kind, &arguments.kind),
        (&mut campaign.from, &arguments.from),
        (&mut campaign.until, &arguments.until),
        (&mut plan.fund_source, &arguments.fund_source),
    ] {
        if let Some(said) = said {
            field.clone_from(said);
        }
    }
    campaign.spent_fen = arguments.spent.unwrap_or(campaign.spent_fen);
    plan.fund_fen = arguments.fund.unwrap_or(plan.fund_fen);
    plan.leadership = arguments.leaders.unwrap_or(plan.leadership);
}

/// Categories with their packages, and the package of a list, each of the campaign or of the county's list.
fn choose(plan: &mut CampaignPlan, arguments: &CampaignArguments, lists: &[CountyList]) -> Result<(), CommandError> {
    let day = plan.campaign.from.clone();
    let items = |id: &str| {
        let version = lists.iter().find(|list| list.id == id).and_then(|list| list.on(&day));
        version.map_or(&[][..], |version| &version.items)
    };
    let categories = &mut plan.targets.categories;
    for (category, package) in &arguments.category {
        categories.insert(category.clone(), package.clone());
    }
    for item in items("categories").iter().filter(|item| means::is_priority(&item.code)) {
        if let Some(package) = &arguments.package {
            categories.entry(item.code.clone()).or_insert_with(|| package.clone());
        }
    }
    categories.retain(|_, package| !package.is_empty());
    let named =
        arguments.category.iter().map(|(_, code)| code).chain(&arguments.package).chain(&arguments.list_package);
    for code in named.filter(|code| !code.is_empty()) {
        if plan.campaign.packages.iter().all(|package| package.id != *code) {
            plan.campaign.packages.push(package(code, items("packages"))?);
        }
    }
    Ok(())
}

/// A package of the county's list; in a plan it is called as its code says.
fn package(code: &str, items: &[ListItem]) -> Result<Package, CommandError> {
    let gift = items.iter().find(|item| item.code == code).and_then(|item| item.gift.clone());
    let known: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    let gift = gift.ok_or_else(|| {
        let words = "慰问标准里没有 / the list of packages has no";
        CommandError::Refused(format!("{words} {code}: {}", known.join(" ")))
    })?;
    Ok(Package { id: code.to_owned(), ..gift })
}

/// Puts people on the list with a package, or leaves them out; nobody is both.
fn name(targets: &mut CampaignTargets, found: &PeopleListed, package: Option<&str>) {
    for person in found.people.iter().map(|person| &person.person_ref) {
        targets.without.retain(|one| one != person);
        match package {
            Some(package) => drop(targets.people.insert(person.clone(), package.to_owned())),
            None => {
                targets.people.remove(person);
                targets.without.push(person.clone());
            }
        }
    }
}

fn of_file(file: &Path, found: &PeopleListed) -> String {
    let (lines, people, refused) = (found.lines, found.people.len(), found.refused);
    let numbers = format!("{lines} 行 / lines  {people} 人 / people  {refused} 行没有找到 / lines not found");
    format!("名单 / list {}: {numbers}\n{}", file.display(), listed(&found.faults))
}

fn faults_said(faults: &[CampaignFault]) -> String {
    let line = |fault: &CampaignFault| format!("  {} {}: {} / {}\n", fault.field, fault.code, fault.zh, fault.en);
    faults.iter().map(line).collect()
}

fn meant(means: &CampaignMeans) -> String {
    let CampaignMeans { people, households, worth_fen, unlisted, .. } = means;
    let (yuan, fen, unlisted) = (worth_fen / 100, worth_fen % 100, unlisted.values().sum::<u32>());
    format!(
        "慰问对象 / people: {people}  户 / households: {households}  合计 / worth: {yuan}.{fen:02} 元\n应慰问但没列入 / entitled, on no list: {unlisted}\n"
    )
}
