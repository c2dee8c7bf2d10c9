//! A campaign from its plan to the phones of the villages and back: made, changed, copied, closed, taken back.
//!
//! Deliberately not here: every fault of a plan (`county/campaigns/check.rs`), and who is on a list by which rule (beside it).

use serde_json::{Value, json};
use zoufang_server::county::view::{CampaignCopy, CampaignMeans, CampaignPlan, CampaignState, Pending, Unlisted};
use zoufang_sync_protocol::roster::{CampaignTable, Target, VillageTable};
use zoufang_tests::bed::{Bed, VILLAGE};
use zoufang_tests::measured::Records;
use zoufang_tests::station::Station;

const NEW: &str = "2031-qingming";

fn plan_of(bed: &Bed, id: &str) -> CampaignPlan {
    bed.county().get(&format!("/api/county/campaigns/{id}")).unwrap()
}

fn open_campaign(bed: &Bed) -> CampaignState {
    let campaigns: Vec<CampaignState> = bed.county().get("/api/county/campaigns").unwrap();
    campaigns.into_iter().find(|campaign| campaign.open).unwrap()
}

/// The open campaign's plan as a new one for rural veterans alone, beginning today.
fn new_plan(bed: &Bed) -> CampaignPlan {
    let mut plan = plan_of(bed, &open_campaign(bed).id);
    plan.campaign.id = NEW.to_owned();
    plan.campaign.document_no = "示退役〔2031〕3号".to_owned();
    plan.targets = Default::default();
    let package = plan.campaign.packages[0].id.clone();
    plan.targets.categories.insert("36".to_owned(), package);
    plan
}

fn put(bed: &Bed, plan: &CampaignPlan) -> (u16, Value) {
    let body = serde_json::to_value(plan).unwrap();
    let path = format!("/api/county/campaigns/{}", plan.campaign.id);
    let answer = bed.county().ask("PUT", &path, Some(&body)).unwrap();
    (answer.status, answer.json())
}

fn act(bed: &Bed, id: &str, verb: &str) -> Value {
    bed.county().post(&format!("/api/county/campaigns/{id}/{verb}"), &json!({})).unwrap()
}

/// What a phone of the village knows: who is on the list of a campaign, and whether it is closed.
fn on_phone(phone: &mut Station, id: &str) -> (Vec<Target>, Option<bool>) {
    phone.exchange().unwrap();
    let table: VillageTable =
        serde_json::from_slice(phone.phone.table(&format!("tables/{VILLAGE}"), "village").unwrap()).unwrap();
    let people = table.households.into_iter().flat_map(|house| house.people);
    let targets = people.flat_map(|person| person.targets).filter(|target| target.campaign_id == id).collect();
    let campaigns: CampaignTable =
        serde_json::from_slice(phone.phone.table("tables/990101", "campaigns").unwrap()).unwrap();
    (targets, campaigns.campaigns.iter().find(|campaign| campaign.id == id).map(|campaign| campaign.closed))
}

#[test]
fn a_plan_makes_the_lists_of_phones_and_a_change_makes_them_anew() {
    let bed = Bed::empty().unwrap();
    let mut phone = bed.station(VILLAGE, "陈志远").unwrap();
    let mut plan = new_plan(&bed);
    assert_eq!(on_phone(&mut phone, NEW), (vec![], None));
    let means: CampaignMeans =
        bed.county().post("/api/county/campaigns/check", &serde_json::to_value(&plan).unwrap()).unwrap();
    assert_eq!((means.people, means.faults.len(), means.by_package.len()), (1_750, 0, 1));
    assert_eq!(put(&bed, &plan).0, 200);

    let (targets, closed) = on_phone(&mut phone, NEW);
    let package = &plan.campaign.packages[0].id;
    assert!(!targets.is_empty() && targets.iter().all(|target| target.package_id == *package));
    assert_eq!(closed, Some(false));
    let pending: Vec<Pending> =
        bed.county().get(&format!("/api/county/pending?campaign={NEW}&unit={VILLAGE}")).unwrap();
    assert_eq!(pending.len(), targets.len(), "the county waits for the same people");
    let unlisted: Vec<Unlisted> =
        bed.county().get(&format!("/api/county/campaigns/{NEW}/unlisted?unit={VILLAGE}")).unwrap();
    assert_eq!(means.unlisted.values().sum::<u32>(), 2_840 - 1_750, "entitled, and on no list");
    assert!(unlisted.iter().all(|one| one.why == "not_a_category" && one.unit == VILLAGE) && !unlisted.is_empty());

    let before = targets.len();
    let (status, said) = put(&bed, &plan);
    assert_eq!((status, said["error"]["about"].as_str()), (422, Some("campaign_moved")), "written over unseen");
    plan = plan_of(&bed, NEW);
    plan.targets.people.insert(unlisted[0].person_ref.clone(), plan.campaign.packages[1].id.clone());
    assert_eq!(put(&bed, &plan).0, 200);
    assert_eq!(on_phone(&mut phone, NEW).0.len(), before + 1, "somebody by name beside the category");
}

#[test]
fn a_closed_campaign_is_offered_no_more_and_its_late_visits_count() {
    let mut bed = Bed::empty().unwrap();
    let mut phone = bed.station(VILLAGE, "陈志远").unwrap();
    assert_eq!(put(&bed, &new_plan(&bed)).0, 200);
    phone.exchange().unwrap();
    let (id, mut visit) = Records::new(1, VILLAGE).write();
    visit.insert("campaign_id".to_owned(), json!(NEW));
    let address = zoufang_sync_protocol::document::Address::parse(&format!("visit/{VILLAGE}/2031")).unwrap();
    phone.phone.log(&id, &address, &visit, phone.now_ms).unwrap();

    assert_eq!(act(&bed, NEW, "close")["campaign"]["closed"], true);
    let (targets, closed) = on_phone(&mut phone, NEW);
    assert_eq!((targets.is_empty(), closed), (false, Some(true)));
    bed.county().wait_for_visits(&format!("unit={VILLAGE}&limit=1"), 1);
    let row = bed.county().visit(&id).unwrap().row;
    assert_eq!((row.campaign_id.as_str(), row.invalid_fields), (NEW, vec![]));

    let refused = bed.county().ask("DELETE", &format!("/api/county/campaigns/{NEW}"), None).unwrap();
    assert_eq!((refused.status, refused.json()["error"]["about"].as_str()), (400, Some("visits")));
    let mut plan = plan_of(&bed, NEW);
    plan.campaign.packages[0].money_fen += 1;
    let (status, said) = put(&bed, &plan);
    assert_eq!((status, said["error"]["about"].as_str()), (422, Some("campaign_package_used")));
    assert_eq!(act(&bed, NEW, "reopen")["campaign"]["closed"], false);
    bed.stop().unwrap();
    bed.start().unwrap();
    assert!(!plan_of(&bed, NEW).campaign.closed, "it is written down");
}

#[test]
fn a_copy_is_not_kept_until_it_has_a_document_and_can_be_taken_back() {
    let bed = Bed::empty().unwrap();
    let mut phone = bed.station(VILLAGE, "陈志远").unwrap();
    let open = open_campaign(&bed);
    let copy: CampaignCopy = serde_json::from_value(act(&bed, &open.id, "copy")).unwrap();
    let mut plan = copy.plan;
    assert!(plan.campaign.from > open.from && plan.campaign.id != open.id);
    let (status, said) = put(&bed, &plan);
    assert_eq!(
        (status, said["error"]["code"].as_str(), said["error"]["about"].as_str()),
        (422, Some("campaign_faults"), Some("campaign_document"))
    );
    plan.campaign.document_no = "示退役〔2032〕1号".to_owned();
    assert_eq!(put(&bed, &plan).0, 200);
    let id = plan.campaign.id.as_str();
    assert!(!on_phone(&mut phone, id).0.is_empty(), "the same people by name");
    assert_eq!(bed.county().ask("DELETE", &format!("/api/county/campaigns/{id}"), None).unwrap().status, 204);
    assert_eq!(on_phone(&mut phone, id), (vec![], None));
    assert_eq!(bed.county().ask("GET", &format!("/api/county/campaigns/{id}"), None).unwrap().status, 404);
    assert!(!on_phone(&mut phone, &open.id).0.is_empty(), "the other campaign keeps its list");
}

/// A central hand-out is nowhere a choice: no register's place has it, and a plan with a place for it is none.
#[test]
fn nobody_can_choose_a_central_hand_out() {
    let bed = Bed::empty().unwrap();
    let registers: Vec<Value> = bed.county().get("/api/county/registers").unwrap();
    let visit = registers.iter().find(|register| register["name"] == "visit").unwrap();
    let places = &visit["source"]["properties"]["handover"]["properties"]["handover_place"]["enum"];
    assert_eq!(places, &json!(["home", "hospital", "care_home", "relative_received", "away_phone_greeting"]));
    let mut plan = new_plan(&bed);
    plan.campaign.visit_kind = "central_point".to_owned();
    assert_eq!(put(&bed, &plan).1["error"]["about"], "campaign_kind");
}
