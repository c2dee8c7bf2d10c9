//! Moves, merges, hand-overs, withdrawals, second villages and second persons in any order, with unsent work on phones.

use super::world::{VILLAGES, World};
use std::sync::atomic::{AtomicU64, Ordering};

/// Worlds that are lived through; each has its own seed.
const SEEDS: u64 = 200;
/// Worlds at once: most of their time they wait for a server that waits for a quiet moment.
const AT_ONCE: usize = 12;
/// Steps of one world.
const STEPS: usize = 28;

/// After quiet and after accepting all that is held, every record and change that was saved on a phone is at the county;
/// nothing was delivered outside a grant; an index made anew is the same.
#[test]
fn nothing_is_lost_or_shown_outside_a_grant_whatever_people_do() {
    let fresh = std::time::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_nanos() as u64);
    let given = std::env::var("ZOUFANG_SEED").ok().and_then(|seed| seed.parse().ok());
    let (first, count) = given.map_or((fresh, SEEDS), |seed| (seed, 1));
    println!("ZOUFANG_SEED={first} and {} more", count - 1);
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        return;
                    }
                    let seed = first.wrapping_add(index);
                    let lived = std::panic::catch_unwind(|| live(seed));
                    assert!(lived.is_ok(), "ZOUFANG_SEED={seed}");
                }
            });
        }
    });
}

fn live(seed: u64) {
    let mut world = World::new(seed);
    for _ in 0..STEPS {
        step(&mut world);
    }
    world.come_to_rest();
    world.check();
}

fn step(world: &mut World) {
    let phone = world.below(world.phones.len());
    let village = VILLAGES[world.below(VILLAGES.len())];
    match world.below(20) {
        0..6 => world.log(phone),
        6..8 => world.edit(phone),
        8..13 => drop(world.turn(phone)),
        13 => {
            let is_filled = world.below(3) > 0;
            world.hand_over(village, is_filled);
        }
        14 => {
            let reason = ["retired", "stolen"][world.below(2)];
            world.withdraw(phone, reason);
        }
        15 => world.second_village(phone, village),
        16 => world.second_person(phone, village),
        17 => {
            let into = VILLAGES[world.below(VILLAGES.len())];
            world.merge(village, into);
        }
        18 => world.desk.settled(),
        _ => world.decide(),
    }
}
