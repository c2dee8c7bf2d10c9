//! What a new version of a table does: it stands in the index, and goes to phones in the feed of its unit.
//!
//! Always true: what a phone is sent is what the index holds. Deliberately not here: reading registers' rules.

mod roster;

use super::publish;
use crate::access::grants;
use crate::access::posts::{self, Post};
use crate::rows::index::{Overlay, ReadIndex};
use crate::rows::keys;
use crate::rows::stored::Founded;
use crate::rows::table::{TableRecord, Unit};
use crate::store::contract::StoreError;
use serde::Serialize;
use std::collections::BTreeSet;
use zoufang_sync_protocol::register::Registers;
use zoufang_sync_protocol::roster::{Campaign, CampaignTable, CountyTable, StaffMember, VillageTable};
use zoufang_sync_protocol::unit::{TOWNSHIP_DIGITS, VILLAGE_DIGITS};

/// Takes a table; a register is in force from here on.
pub fn take(overlay: &mut Overlay<'_>, registers: &mut Registers, record: TableRecord) -> Result<(), StoreError> {
    match record {
        TableRecord::Units { units } => {
            overlay.put(keys::MERGED.to_vec(), &grants::mergers(&units));
            overlay.put(keys::UNITS.to_vec(), &units);
        }
        TableRecord::County { county: table } => {
            if let Some(founded) = overlay.value::<Founded>(keys::FOUNDED)? {
                overlay.put(keys::FOUNDED.to_vec(), &Founded { county: table.clone(), ..founded });
            }
            county(overlay, &table)?;
        }
        TableRecord::Campaigns { campaigns } => put_campaigns(overlay, campaigns)?,
        TableRecord::Plan { plan } => {
            let mut campaigns: Vec<Campaign> = overlay.value(keys::CAMPAIGNS)?.unwrap_or_default();
            overlay.put(keys::plan(&plan.campaign.id), &plan);
            match campaigns.iter_mut().find(|campaign| campaign.id == plan.campaign.id) {
                Some(campaign) => *campaign = plan.campaign,
                None => campaigns.push(plan.campaign),
            }
            put_campaigns(overlay, campaigns)?;
        }
        TableRecord::PlanWithdrawn { id } => {
            let mut campaigns: Vec<Campaign> = overlay.value(keys::CAMPAIGNS)?.unwrap_or_default();
            campaigns.retain(|campaign| campaign.id != id);
            overlay.remove(keys::plan(&id));
            put_campaigns(overlay, campaigns)?;
        }
        TableRecord::Village { mut table, roster } => {
            add_staff(overlay, &mut table)?;
            roster.iter().for_each(|entry| overlay.put(keys::roster(&entry.person_ref), entry));
            overlay.put(keys::village(&table.unit), &table);
            publish::table(overlay, &format!("tables/{}", table.unit), "village", to_json(&table))?;
        }
        TableRecord::ImportPart { import, part, changes } => {
            overlay.put(keys::import_part(&import, u64::from(part)), &changes);
        }
        TableRecord::Imported { import } => roster::take(overlay, *import)?,
        TableRecord::Corrected { change } => roster::change(overlay, &change)?,
        TableRecord::Register { source } => match Registers::built_in().read(&source) {
            Ok(register) => {
                overlay.put_bytes(keys::register(&register.name), source.into_bytes());
                let mut names: BTreeSet<String> = overlay.value(keys::REGISTERS)?.unwrap_or_default();
                names.insert(register.name.clone());
                overlay.put(keys::REGISTERS.to_vec(), &names);
                to_county(overlay, &format!("register/{}", register.name), to_json(register.schema()))?;
                *registers = std::mem::take(registers).with(register);
            }
            // It was read without fault by the build that took it. What a later one finds must not stop the county.
            Err(faults) => tracing::error!(%faults, "a register of the journal is left as it was before"),
        },
        TableRecord::List { list } => {
            overlay.put(keys::list(&list.id), &list);
            to_county(overlay, &format!("list/{}", list.id), to_json(&list))?;
        }
    }
    Ok(())
}

fn put_campaigns(overlay: &mut Overlay<'_>, campaigns: Vec<Campaign>) -> Result<(), StoreError> {
    overlay.put(keys::CAMPAIGNS.to_vec(), &campaigns);
    to_county(overlay, "campaigns", to_json(&CampaignTable { campaigns }))
}

/// Somebody came to a station, or left it: the table of its unit says so to phones.
pub fn staff_follows(overlay: &mut Overlay<'_>, post: &Post, has_left: bool) -> Result<(), StoreError> {
    let known: Option<VillageTable> = overlay.value(&keys::village(&post.unit))?;
    let Some(mut table) = known.or(empty_table(overlay, &post.unit)?) else { return Ok(()) };
    let before = table.clone();
    table.staff.retain(|member| !has_left || member.id != post.person);
    add_staff(overlay, &mut table)?;
    if table != before {
        overlay.put(keys::village(&post.unit), &table);
        publish::table(overlay, &format!("tables/{}", post.unit), "village", to_json(&table))?;
    }
    Ok(())
}

/// Puts who serves the unit into its table. Others may stand there too: people who go along on visits.
fn add_staff(overlay: &Overlay<'_>, table: &mut VillageTable) -> Result<(), StoreError> {
    for (_, person) in posts::serving(overlay, &table.unit)? {
        if table.staff.iter().all(|member| member.id != person.id) {
            let rank = if table.unit.len() == VILLAGE_DIGITS { "village_cadre" } else { "other_township_cadre" };
            table.staff.push(StaffMember { id: person.id, name: person.name, rank: rank.to_owned() });
        }
    }
    Ok(())
}

/// The table of a unit whose roster has not come yet: it has a name, so that its first phone knows where it is.
fn empty_table(overlay: &Overlay<'_>, unit: &str) -> Result<Option<VillageTable>, StoreError> {
    let units: Vec<Unit> = overlay.value(keys::UNITS)?.unwrap_or_default();
    let named = |code: &str| units.iter().find(|row| row.unit == code).map(|row| row.name.clone());
    let Some(name) = named(unit) else { return Ok(None) };
    let township_name = unit.get(..TOWNSHIP_DIGITS).and_then(named).unwrap_or_default();
    Ok(Some(VillageTable::new(unit, &name, &township_name)))
}

/// The registers in force: those of the build, overlaid by those of the index. A file with further fields is laid over
/// the register of this build, whichever build took it.
pub fn registers(index: &(impl ReadIndex + ?Sized)) -> Result<Registers, StoreError> {
    let built_in = Registers::built_in();
    let files = index.all(&keys::register(""))?;
    let brought = files.iter().filter_map(|(_, source)| built_in.read(&String::from_utf8_lossy(source)).ok());
    Ok(brought.fold(built_in.clone(), Registers::with))
}

/// Publishes what the county calls itself.
pub fn county(overlay: &mut Overlay<'_>, county: &CountyTable) -> Result<(), StoreError> {
    publish::table(overlay, &format!("tables/{}", county.code), "county", to_json(county))
}

fn to_county(overlay: &mut Overlay<'_>, name: &str, payload: Vec<u8>) -> Result<(), StoreError> {
    let founded: Option<Founded> = overlay.value(keys::FOUNDED)?;
    let county = founded.map(|founded| founded.county.code).unwrap_or_default();
    publish::table(overlay, &format!("tables/{county}"), name, payload)
}

fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain data has string keys and serializes")
}
