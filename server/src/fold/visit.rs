//! The row of a visit: its merged fields, with what only the county knows (roster, campaign, prices).
//!
//! Always true: `value_fen` is money plus goods at the campaign's prices (L: "a package of 300 yuan means that total").
//! Deliberately not here: conflicts and doubles.

use crate::county::view::VisitRow;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::rows::table::RosterEntry;
use crate::store::contract::StoreError;
use serde_json::Value;
use zoufang_sync_protocol::document::is_plain_id;
use zoufang_sync_protocol::record::{DOUBLE_OF, Record, VOID_REASON};
use zoufang_sync_protocol::roster::{Campaign, VillageTable};

/// What is known about a record beside its fields.
pub struct RowContext<'a> {
    /// Record id.
    pub record_id: &'a str,
    /// Document address.
    pub address: &'a str,
    /// Village of the document, twelve digits.
    pub unit: &'a str,
    /// Name of who logged it first.
    pub author: String,
    /// When the server had it.
    pub received_ms: u64,
    /// Fields that break the schema or the county's privilege.
    pub invalid_fields: Vec<String>,
}

/// Makes the row.
pub fn row(
    index: &impl ReadIndex,
    campaigns: &[Campaign],
    fields: &Record,
    context: RowContext<'_>,
) -> Result<VisitRow, StoreError> {
    let person_ref = group_text(fields, "person", "person_ref");
    let entry: Option<RosterEntry> = match person_ref.as_str() {
        person if is_plain_id(person) => index.value(&keys::roster(person))?,
        _ => None,
    };
    let campaign = campaign(campaigns, &text(fields, "campaign_id"));
    let outcome = text(fields, "outcome");
    let value_fen = if outcome == "delivered" { value_fen(fields.get("gift"), campaign) } else { 0 };
    Ok(VisitRow {
        record_id: context.record_id.to_owned(),
        address: context.address.to_owned(),
        unit: context.unit.to_owned(),
        person_name: entry.as_ref().map_or_else(|| group_text(fields, "person", "name"), |person| person.name.clone()),
        categories: entry.map(|person| person.categories).unwrap_or_default(),
        person_ref,
        campaign_id: text(fields, "campaign_id"),
        kind: text(fields, "visit_kind"),
        date: text(fields, "visit_date"),
        person_times: if outcome == "delivered" { integer(fields.get("person_times")) } else { 0 },
        outcome,
        value_fen,
        place: group_text(fields, "handover", "handover_place"),
        receiver: text(fields, "receiver"),
        lead_rank: text(fields, "lead_rank"),
        author: context.author,
        received_ms: context.received_ms,
        void_reason: fields.get(VOID_REASON).and_then(Value::as_str).map(str::to_owned),
        invalid_fields: context.invalid_fields,
        double_of: fields.get(DOUBLE_OF).and_then(Value::as_str).map(str::to_owned),
        open_matters: 0,
    })
}

/// A campaign by id.
fn campaign<'c>(campaigns: &'c [Campaign], id: &str) -> Option<&'c Campaign> {
    campaigns.iter().find(|campaign| campaign.id == id)
}

/// What the campaign's standard is worth for this person, fen: from the list of the village, else the package named.
pub fn standard_fen(
    index: &impl ReadIndex,
    campaigns: &[Campaign],
    row: &VisitRow,
    gift: Option<&Value>,
) -> Result<Option<i64>, StoreError> {
    let Some(campaign) = campaign(campaigns, &row.campaign_id) else { return Ok(None) };
    let village: Option<VillageTable> = index.value(&keys::village(row.unit.as_str()))?;
    let target = village.iter().flat_map(|village| &village.households).flat_map(|household| &household.people);
    let listed = target
        .filter(|person| person.person_ref == row.person_ref)
        .flat_map(|person| &person.targets)
        .find(|target| target.campaign_id == campaign.id)
        .map(|target| target.package_id.clone());
    let package_id = listed.or_else(|| gift?.get("package_id")?.as_str().map(str::to_owned));
    let package = campaign.packages.iter().find(|package| Some(&package.id) == package_id.as_ref());
    Ok(package.map(zoufang_sync_protocol::roster::Package::value_fen))
}

fn value_fen(gift: Option<&Value>, campaign: Option<&Campaign>) -> i64 {
    let Some(gift) = gift else { return 0 };
    let prices = |item: &str| {
        let packages = campaign.iter().flat_map(|campaign| &campaign.packages);
        packages.flat_map(|package| &package.goods).find(|goods| goods.item == item).map_or(0, |goods| goods.price_fen)
    };
    let goods = gift.get("goods").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let goods_fen = goods.iter().map(|item| {
        let name = item.get("item").and_then(Value::as_str).unwrap_or_default();
        integer(item.get("quantity")).saturating_mul(prices(name))
    });
    goods_fen.fold(integer(gift.get("money_fen")), i64::saturating_add)
}

fn text(fields: &Record, field: &str) -> String {
    fields.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn group_text(fields: &Record, group: &str, field: &str) -> String {
    fields.get(group).and_then(|group| group.get(field)).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn integer(value: Option<&Value>) -> i64 {
    value.and_then(Value::as_i64).unwrap_or_default()
}
