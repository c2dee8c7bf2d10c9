//! What gifts are worth: money plus goods at the prices of the campaign or, outside one, of the county's list of packages.
//!
//! Always true: a package of 300 yuan means that total; the list counts as it was in force on the record's day, so that a
//! later price changes no past record. Deliberately not here: goods without a price, which are worth nothing until the county
//! says so.

use super::row::member;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::StoreError;
use serde_json::Value;
use zoufang_sync_protocol::record::Record;
use zoufang_sync_protocol::roster::{Campaign, CountyList, Package, VillageTable};

/// Which list of the county names packages.
const PACKAGES: &str = "packages";

/// What the `gift` of the record `fields` of that `day` is worth, fen.
pub(super) fn gift_fen(
    index: &impl ReadIndex,
    campaigns: &[Campaign],
    fields: &Record,
    gift: &Value,
    day: &str,
) -> Result<i64, StoreError> {
    let goods = gift.get("goods").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut worth = integer(gift.get("money_fen"));
    if goods.is_empty() {
        return Ok(worth);
    }
    let of_campaign = campaign(campaigns, fields).map_or(&[][..], |campaign| &campaign.packages);
    let chosen = member(gift, "package_id");
    let mut listed: Option<Vec<Package>> = None;
    for goods in goods {
        let item = member(goods, "item");
        let price = match price_fen(of_campaign, &chosen, &item) {
            Some(price) => price,
            None => {
                let packages = listed.take().map_or_else(|| packages_on(index, day), Ok)?;
                price_fen(listed.insert(packages), &chosen, &item).unwrap_or_default()
            }
        };
        worth = worth.saturating_add(integer(goods.get("quantity")).saturating_mul(price));
    }
    Ok(worth)
}

/// What the campaign's standard is worth for this person, fen: from the list of the village, else the package named.
pub fn standard_fen(
    index: &impl ReadIndex,
    campaigns: &[Campaign],
    unit: &str,
    fields: &Record,
) -> Result<Option<i64>, StoreError> {
    let Some(campaign) = campaign(campaigns, fields) else { return Ok(None) };
    let person_ref = fields.get("person").map(|person| member(person, "person_ref")).unwrap_or_default();
    let village: Option<VillageTable> = index.value(&keys::village(unit))?;
    let target = village.iter().flat_map(|village| &village.households).flat_map(|household| &household.people);
    let listed = target
        .filter(|person| person.person_ref == person_ref)
        .flat_map(|person| &person.targets)
        .find(|target| target.campaign_id == campaign.id)
        .map(|target| target.package_id.clone());
    let package_id = listed.or_else(|| fields.get("gift")?.get("package_id")?.as_str().map(str::to_owned));
    let package = campaign.packages.iter().find(|package| Some(&package.id) == package_id.as_ref());
    Ok(package.map(Package::value_fen))
}

/// The campaign that a record belongs to.
fn campaign<'c>(campaigns: &'c [Campaign], fields: &Record) -> Option<&'c Campaign> {
    let id = fields.get("campaign_id").and_then(Value::as_str)?;
    campaigns.iter().find(|campaign| campaign.id == id)
}

/// The county's list as it was in force on that day.
fn packages_on(index: &impl ReadIndex, day: &str) -> Result<Vec<Package>, StoreError> {
    let list: Option<CountyList> = index.value(&keys::list(PACKAGES))?;
    let items = list.as_ref().and_then(|list| list.on(day)).map_or(&[][..], |version| &version.items);
    Ok(items.iter().filter_map(|item| item.gift.clone()).collect())
}

/// The price in the package that was chosen, else in any; none where no package has such goods.
fn price_fen(packages: &[Package], chosen: &str, item: &str) -> Option<i64> {
    let price = |package: &Package| Some(package.goods.iter().find(|goods| goods.item == item)?.price_fen);
    let found = packages.iter().find(|package| package.id == chosen).and_then(price);
    found.or_else(|| packages.iter().find_map(price))
}

fn integer(value: Option<&Value>) -> i64 {
    value.and_then(Value::as_i64).unwrap_or_default()
}
