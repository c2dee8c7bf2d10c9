//! The row of a record of any register: its fields as the register's file says, with what only the county knows.
//!
//! Always true: no register is known by its name here; a title is never longer than a list shows. Deliberately not here:
//! what gifts are worth (`worth`), conflicts, doubles, and the shape of the visits' API.

use super::worth;
use crate::county::view::RecordRow;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::RosterEntry;
use crate::store::contract::StoreError;
use serde_json::{Map, Value};
use zoufang_sync_protocol::document::{Address, is_plain_id};
use zoufang_sync_protocol::record::{DOUBLE_OF, Record, VOID_REASON};
use zoufang_sync_protocol::register::condition::level_word;
use zoufang_sync_protocol::register::odd::odd_fields;
use zoufang_sync_protocol::register::path::COUNTY;
use zoufang_sync_protocol::register::step::STATE_DONE;
use zoufang_sync_protocol::register::{Path, Register};
use zoufang_sync_protocol::roster::Campaign;

/// The county's column with the contacts of participants' families: a township reads these instead of soldiers' names.
pub const CONTACTS: &str = "contacts";
/// A title's characters: more is not read in a list.
const TITLE_MAX: usize = 80;

/// What is known about a record beside its fields.
pub struct RowContext<'a> {
    /// Its register.
    pub register: &'a Register,
    /// Record id.
    pub record_id: &'a str,
    /// Document address.
    pub address: &'a Address,
    /// Name of who logged it first.
    pub author: String,
    /// When the server had it.
    pub received_ms: u64,
    /// Fields that break the schema or somebody's privilege.
    pub invalid_fields: Vec<String>,
}

/// Makes the row.
pub fn row(
    index: &impl ReadIndex,
    campaigns: &[Campaign],
    fields: &Record,
    context: RowContext<'_>,
) -> Result<RecordRow, StoreError> {
    let register = context.register;
    let reserved = [VOID_REASON, DOUBLE_OF, COUNTY];
    let in_row = register.row_fields().filter(|field| !reserved.contains(&field.name.as_str()));
    let mut columns: Record = in_row
        .filter_map(|field| {
            Some((field.name.clone(), fields.get(&field.name).filter(|value| !value.is_null())?.clone()))
        })
        .collect();
    let county = county_columns(index, campaigns, fields, &context)?;
    let title = title(register, fields, &county);
    columns.insert(COUNTY.to_owned(), Value::Object(county));
    let step = register.waiting_step(fields).map(|step| step.id.clone()).unwrap_or_default();
    let state = match &register.state {
        Some(path) => text_at(path, fields),
        None if register.steps.is_empty() => String::new(),
        None => if step.is_empty() { STATE_DONE } else { &step }.to_owned(),
    };
    Ok(RecordRow {
        register: register.name.clone(),
        record_id: context.record_id.to_owned(),
        address: context.address.to_string(),
        unit: context.address.unit.to_string(),
        date: register.bucket_date.as_ref().map(|path| text_at(path, fields)).unwrap_or_default(),
        title,
        state,
        step,
        columns,
        author: context.author,
        received_ms: context.received_ms,
        void_reason: fields.get(VOID_REASON).and_then(Value::as_str).map(str::to_owned),
        invalid_fields: context.invalid_fields,
        odd_fields: odd_fields(register, fields),
        double_of: fields.get(DOUBLE_OF).and_then(Value::as_str).map(str::to_owned),
        open_matters: 0,
    })
}

/// What only the county knows: names and categories of its roster at this moment, prices, the tree of units.
fn county_columns(
    index: &impl ReadIndex,
    campaigns: &[Campaign],
    fields: &Record,
    context: &RowContext<'_>,
) -> Result<Map<String, Value>, StoreError> {
    let mut county = Map::new();
    let unit = &context.address.unit;
    county.insert("level".to_owned(), level_word(unit.level()).into());
    if let Some(township) = unit.township() {
        county.insert("township".to_owned(), township.as_str().into());
    }
    for (field, value) in context.register.fields.iter().filter_map(|field| Some((field, fields.get(&field.name)?))) {
        match field.widget.as_str() {
            "person" => {
                let entry = roster_entry(index, value)?;
                let name = entry.as_ref().map_or_else(|| member(value, "name"), |person| person.name.clone());
                county.insert("person_name".to_owned(), name.into());
                if let Some(person) = entry.as_ref().filter(|person| !person.household.is_empty()) {
                    county.insert("household".to_owned(), person.household.as_str().into());
                }
                county
                    .insert("categories".to_owned(), entry.map(|person| person.categories).unwrap_or_default().into());
            }
            "participants" => {
                let (names, contacts) = people(index, value)?;
                county.insert("people".to_owned(), names.into());
                county.insert(CONTACTS.to_owned(), contacts.into());
            }
            "items" => names(index, value, &mut county)?,
            "gift" => {
                let day = context.register.bucket_date.as_ref().map(|path| text_at(path, fields)).unwrap_or_default();
                let worth = worth::gift_fen(index, campaigns, fields, value, &day)?;
                county.insert("value_fen".to_owned(), worth.into());
            }
            _ => {}
        }
    }
    Ok(county)
}

fn roster_entry(index: &impl ReadIndex, person: &Value) -> Result<Option<RosterEntry>, StoreError> {
    match member(person, "person_ref").as_str() {
        person if is_plain_id(person) => index.value(&keys::roster(person)),
        _ => Ok(None),
    }
}

/// Names of participants by the roster, else the family's contact; and the contacts of all.
fn people(index: &impl ReadIndex, participants: &Value) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let (mut names, mut contacts) = (Vec::new(), Vec::new());
    for person in participants.as_array().into_iter().flatten().filter_map(|participant| participant.get("person")) {
        let entered = member(person, "contact");
        let entry = roster_entry(index, person)?;
        let contact = entry.as_ref().map(|entry| entry.batch.as_ref().map_or(&entry.name, |listing| &listing.contact));
        contacts.push(contact.unwrap_or(&entered).clone());
        names.push(entry.map_or(entered, |entry| entry.name));
    }
    names.retain(|name| !name.is_empty());
    contacts.retain(|contact| !contact.is_empty());
    Ok((names, contacts))
}

/// Names of people in other lists, by their reference.
fn names(index: &impl ReadIndex, items: &Value, county: &mut Map<String, Value>) -> Result<(), StoreError> {
    for person in items.as_array().into_iter().flatten().filter_map(|item| item.get("person")) {
        if let Some(entry) = roster_entry(index, person)? {
            let names = county.entry("names").or_insert_with(|| Map::new().into());
            names[&entry.person_ref] = entry.name.into();
        }
    }
    Ok(())
}

/// A text, the code of a choice, or the names of people by the roster.
fn title(register: &Register, fields: &Record, county: &Map<String, Value>) -> String {
    let Some(path) = &register.title else { return String::new() };
    let title = match register.field(path.field()).map(|field| field.widget.as_str()) {
        Some("person") => county.get("person_name").and_then(Value::as_str).unwrap_or_default().to_owned(),
        Some("participants") => {
            let names = county.get("people").and_then(Value::as_array).into_iter().flatten();
            names.filter_map(Value::as_str).collect::<Vec<_>>().join("、")
        }
        _ => text_at(path, fields),
    };
    title.chars().take(TITLE_MAX).collect()
}

fn text_at(path: &Path, fields: &Record) -> String {
    match path.find(fields, None) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(flag)) => flag.to_string(),
        _ => String::new(),
    }
}

pub(super) fn member(group: &Value, name: &str) -> String {
    group.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
