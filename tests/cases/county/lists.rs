//! Lists that a county edits: by versions, to phones, and never into the past.

use serde_json::{Value, json};
use zoufang_sync_protocol::roster::{CountyList, LISTS};
use zoufang_tests::bed::{Bed, VILLAGE};

#[test]
fn a_new_version_reaches_phones_and_leaves_the_old_one_as_it_is() {
    let mut bed = Bed::empty().unwrap();
    let mut station = bed.station(VILLAGE, "陈志远").unwrap();
    station.exchange().unwrap();
    let lists: Vec<CountyList> = bed.county().get("/api/county/lists").unwrap();
    assert_eq!(lists.iter().map(|list| list.id.as_str()).collect::<Vec<_>>(), LISTS);
    let on_phone = |table: Option<&[u8]>| -> CountyList { serde_json::from_slice(table.unwrap()).unwrap() };
    assert_eq!(on_phone(station.phone.table("tables/990101", "list/awards")), lists[1]);

    let put =
        |bed: &Bed, id: &str, edit: &Value| bed.county().ask("PUT", &format!("/api/county/lists/{id}"), Some(edit));
    let mut items = lists[1].versions[0].items.clone();
    items.retain(|item| item.code != "M6");
    items.iter_mut().filter(|item| item.code == "M4").for_each(|item| item.amount_fen = Some(200_000));
    let edit = json!({"valid_from": "2025-01-01", "items": items});
    let answer = put(&bed, "awards", &edit).unwrap();
    let awards: CountyList = serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.json()));
    assert_eq!((&awards.versions[0], awards.versions[1].version), (&lists[1].versions[0], 2));
    let amount = |day: &str| {
        let version = awards.on(day).unwrap();
        version.items.iter().find(|item| item.code == "M4").and_then(|item| item.amount_fen)
    };
    assert_eq!([amount("2024-12-31"), amount("2025-01-01")], [Some(100_000), Some(200_000)]);
    station.exchange().unwrap();
    assert_eq!(on_phone(station.phone.table("tables/990101", "list/awards")), awards);

    assert_eq!(put(&bed, "nothing", &edit).unwrap().status, 404);
    let again = put(&bed, "awards", &edit).unwrap();
    assert_eq!((again.status, again.json()["error"]["code"].as_str()), (422, Some("list_day")));
    let mut renamed = json!({"valid_from": "2026-01-01", "items": lists[1].versions[0].items});
    renamed["items"][6]["zh"] = "优秀士兵".into();
    let refused = put(&bed, "awards", &renamed).unwrap().json();
    assert_eq!(refused["error"]["code"], "list_code_changed");
    assert_eq!(refused["error"]["about"], "M6", "a code that was left out keeps its meaning: {refused}");

    bed.stop().unwrap();
    bed.start().unwrap();
    let lists: Vec<CountyList> = bed.county().get("/api/county/lists").unwrap();
    assert_eq!(lists[1], awards, "it is written down");
}
