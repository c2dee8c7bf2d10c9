//! Who serves the stations: one worker for each village, some posts vacant, some shared; two or three at each township;
//! the bureau's people at the county.
//!
//! Always true: 5 % of the villages have no worker, and somebody of the township enters for them; 12 % share a worker
//! with a neighbour. Deliberately not here: accounts, devices and grants.

use super::names::Names;
use crate::demo::seed::Seed;
use crate::demo::units::{DEMO_VILLAGE, OTHER_DEMO_VILLAGE, Township};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use zoufang_sync_protocol::roster::StaffMember;
use zoufang_sync_protocol::unit::Unit;

const VACANT: usize = 18;
const SHARED_PAIRS: usize = 21;

/// The station of a village or township, or the bureau.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Station {
    /// The village, township or county.
    pub unit: Unit,
    /// Who logs on this unit's phone: its worker, or somebody of the township.
    pub keeper: StaffMember,
    /// The worker's post is empty.
    pub vacant: bool,
    /// All who may go on a visit, the keeper first.
    pub staff: Vec<StaffMember>,
}

/// All stations of the county.
#[derive(Debug, Clone)]
pub struct Stations {
    /// In order of the villages.
    pub villages: Vec<Station>,
    /// In order of the townships.
    pub townships: Vec<Station>,
    /// The bureau's own people, a leader last.
    pub bureau: Station,
}

/// The stations of the county.
pub fn stations(seed: u64, county: &Unit, townships: &[Township]) -> Stations {
    let bureau = bureau(seed, county);
    let mut seed = Seed::new(seed, "staff");
    let posts = posts(townships, &mut seed);
    let mut maker = Maker { names: Names::default(), seed, made: 0 };
    let mut stations: Vec<Station> = Vec::new();
    let mut teams = Vec::new();
    for township in townships {
        let team: Vec<StaffMember> =
            (0..maker.seed.between(2, 3)).map(|_| maker.member("other_township_cadre")).collect();
        teams.push(station(&township.unit, &team));
        for village in &township.villages {
            let post = posts[&village.unit];
            let mut staff = match post {
                Post::Vacant => vec![maker.seed.pick(&team).clone()],
                Post::Shared => vec![stations.last().expect("shared with the village before").keeper.clone()],
                Post::Own => vec![maker.member("village_cadre")],
            };
            staff.push(maker.member("village_cadre"));
            let missing: Vec<StaffMember> = team.iter().filter(|member| !staff.contains(member)).cloned().collect();
            staff.extend(missing);
            let (unit, vacant) = (village.unit.clone(), post == Post::Vacant);
            stations.push(Station { unit, keeper: staff[0].clone(), vacant, staff });
        }
    }
    Stations { villages: stations, townships: teams, bureau }
}

fn station(unit: &Unit, staff: &[StaffMember]) -> Station {
    Station { unit: unit.clone(), keeper: staff[0].clone(), vacant: false, staff: staff.to_vec() }
}

/// Three people of the bureau and one who leads it, drawn apart so that the villages keep theirs.
fn bureau(seed: u64, county: &Unit) -> Station {
    let mut maker = Maker { names: Names::default(), seed: Seed::new(seed, "bureau"), made: 9_000 };
    let mut staff: Vec<StaffMember> = (0..3).map(|_| maker.member("other")).collect();
    staff.push(maker.member("bureau_leader"));
    station(county, &staff)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Post {
    Own,
    Shared,
    Vacant,
}

/// Decides each village's post; a shared one has the worker of the village before, in the same township.
fn posts(townships: &[Township], seed: &mut Seed) -> BTreeMap<Unit, Post> {
    let mut posts: BTreeMap<Unit, Post> = townships
        .iter()
        .flat_map(|township| &township.villages)
        .map(|village| (village.unit.clone(), Post::Own))
        .collect();
    let mut pairs: Vec<(Unit, Unit)> = townships
        .iter()
        .flat_map(|township| township.villages.chunks_exact(2).map(|pair| (pair[0].unit.clone(), pair[1].unit.clone())))
        .filter(|pair| {
            [&pair.0, &pair.1].iter().all(|unit| ![DEMO_VILLAGE.0, OTHER_DEMO_VILLAGE.0].contains(&unit.as_str()))
        })
        .collect();
    seed.shuffle(&mut pairs);
    for (index, (first, second)) in pairs.into_iter().take(SHARED_PAIRS + VACANT).enumerate() {
        if index < SHARED_PAIRS {
            posts.insert(second, Post::Shared)
        } else {
            posts.insert(first, Post::Vacant)
        };
    }
    posts
}

struct Maker {
    names: Names,
    seed: Seed,
    made: usize,
}

impl Maker {
    fn member(&mut self, rank: &str) -> StaffMember {
        self.made += 1;
        let name = if self.seed.chance(35) { self.names.woman(&mut self.seed) } else { self.names.man(&mut self.seed) };
        StaffMember { id: format!("s{:04}", self.made), name: name.name, rank: rank.to_owned() }
    }
}
