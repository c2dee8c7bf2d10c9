//! Support outlets: 33 that are active at the end of 2024 with 108 offers, four of five in the county town; and a few that
//! are not counted: found too late, withdrawn, paused.
//!
//! Always true: credit codes are fictional and pass their check; stalls have none. Deliberately not here: the owner's
//! papers and private numbers.

use super::day;
use super::shops::SECTORS;
use crate::demo::county::DemoCounty;
use crate::demo::people::staff::Station;
use crate::demo::plan::{Author, PlannedRecord};
use crate::demo::seed::Seed;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// Offers that hold at the end of the year.
const ITEMS: usize = 108;
/// Outlets outside the county town.
const OUTSIDE: usize = 7;
/// Units of the county town.
const TOWN: [&str; 2] = ["990101001", "990101100"];

/// A shop in the making.
struct Shop {
    name: &'static str,
    sector: &'static str,
    items: usize,
    status: &'static str,
    signed: NaiveDate,
}

/// All outlets, by the phones of the villages where they are.
pub(super) fn plan(county: &DemoCounty) -> Vec<PlannedRecord> {
    let mut seed = Seed::new(county.seed, "outlets");
    let mut shops = active(&mut seed);
    shops.push(Shop {
        name: "旧街茶楼", sector: "catering", items: 2, status: "withdrawn", signed: day("2023-05-10")
    });
    shops.push(Shop { name: "东风修车", sector: "car", items: 2, status: "withdrawn", signed: day("2023-08-01") });
    shops.push(Shop { name: "晨曦网咖", sector: "other", items: 1, status: "paused", signed: day("2024-02-20") });
    shops.push(Shop {
        name: "新天地家具", sector: "furniture", items: 2, status: "active", signed: day("2025-03-05")
    });
    let (mut town, mut outside): (Vec<&Station>, Vec<&Station>) =
        county.stations.iter().partition(|station| TOWN.iter().any(|unit| station.unit.as_str().starts_with(unit)));
    seed.shuffle(&mut town);
    seed.shuffle(&mut outside);
    let mut records = Vec::new();
    for (number, shop) in shops.iter().enumerate() {
        // Every fifth of the active ones is outside.
        let station = if number % 5 == 4 && number / 5 < OUTSIDE { outside[number] } else { town[number % town.len()] };
        records.push(outlet(county, station, number, shop));
    }
    records
}

/// The active ones with their number of offers, which sum up.
fn active(seed: &mut Seed) -> Vec<Shop> {
    let mut shops: Vec<Shop> = SECTORS
        .iter()
        .flat_map(|sector| sector.names.iter().map(|name| (sector.code, *name)))
        .map(|(sector, name)| {
            let signed = day("2022-09-01") + Days::new(seed.below(780) as u64);
            Shop { name, sector, items: 3, status: "active", signed }
        })
        .collect();
    while shops.iter().map(|shop| shop.items).sum::<usize>() < ITEMS {
        let shop = seed.below(shops.len());
        shops[shop].items = (shops[shop].items + 1).min(5);
    }
    shops
}

fn outlet(county: &DemoCounty, station: &Station, number: usize, shop: &Shop) -> PlannedRecord {
    let mut author = Author::new(county, station, &format!("outlet {number}"));
    let mut fields = json!({
        "name": shop.name,
        "business_kind": if number.is_multiple_of(4) { "enterprise" } else { "individual" },
        "sector_code": shop.sector,
        "division_code": station.unit.division_code(),
        "address": format!("{}号", author.seed.between(1, 180)),
        "shop_phone": format!("100{:08}", author.seed.below(100_000_000)),
        "agreement": { "signed_on": shop.signed.to_string(), "unlimited": true },
        "beneficiaries": ["serving_soldier", "military_family", "veteran", "bereaved_family", "disabled_soldier"],
        "benefits": benefits(shop, &mut author),
        "status": shop.status,
        "found_on": (shop.signed - Days::new(author.seed.between(10, 40) as u64)).to_string(),
        "active_on": shop.signed.to_string(),
        "publish_consent": true,
    });
    if number % 6 == 5 {
        fields["uscc_reason"] = json!("stall");
    } else {
        fields["uscc"] = json!(uscc(number));
    }
    match shop.status {
        "withdrawn" => {
            fields["withdrawn_on"] = json!("2024-06-30");
            fields["withdraw_reason"] = json!("closed");
        }
        "paused" => fields["paused_on"] = json!("2024-10-08"),
        _ => {}
    }
    author.record("outlet", &station.unit, false, shop.signed, fields)
}

/// Offers of the shop's sector; one that ended does not count beside them.
fn benefits(shop: &Shop, author: &mut Author<'_>) -> Vec<Value> {
    let offers: &[(&str, &str)] = SECTORS
        .iter()
        .find(|sector| sector.code == shop.sector)
        .map_or(&[("九折优惠", "percent_off"), ("免费送货", "free")], |sector| sector.offers);
    let mut items: Vec<Value> = (0..shop.items)
        .map(|number| {
            let (text, kind) = offers[number % offers.len()];
            let text = if number < offers.len() { text.to_owned() } else { format!("{text}（节假日也有）") };
            json!({ "text": text, "type": kind, "valid_from": shop.signed.to_string() })
        })
        .collect();
    if author.seed.chance(20) {
        let (from, until) = (shop.signed.to_string(), (shop.signed + Days::new(30)).to_string());
        items.push(json!({ "text": "签约酬宾", "type": "gift", "valid_from": from, "valid_until": until }));
    }
    items
}

/// A credit code of the fictional county that passes its check.
pub(super) fn uscc(number: usize) -> String {
    const SIGNS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("9299{}MA0D{:04}0", "0101", number + 1);
    let mut weight = 1;
    let mut sum = 0;
    for sign in body.bytes() {
        let value = SIGNS.iter().position(|known| *known == sign).expect("made of known signs");
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", char::from(SIGNS[(31 - sum % 31) % 31]))
}

#[cfg(test)]
mod tests {
    use super::uscc;

    #[test]
    fn credit_codes_have_eighteen_signs() {
        assert_eq!(uscc(0).len(), 18);
        assert_eq!(uscc(12).len(), 18);
    }
}
