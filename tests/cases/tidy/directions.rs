//! Which way dependencies point: down the floors of the server, and never across the scopes of the web app.

use super::sources::{Source, none, sources};
use std::collections::BTreeSet;

/// Rooms of the server with their floor. A room uses rooms of lower floors alone; tens are floors, ones are steps within
/// a floor. `county/view` is a room of its own: the words in which rows are kept and shown.
const FLOORS: [(&str, u8); 19] = [
    ("lib", 90),
    ("main", 80),
    ("commands", 75),
    ("demo", 70),
    ("serve", 60),
    ("config", 61),
    ("routes", 50),
    ("intake", 40),
    ("county", 32),
    ("fold", 31),
    ("photos", 30),
    ("access", 30),
    ("admission", 20),
    ("rows", 22),
    ("county::view", 21),
    ("sheets", 22),
    ("store", 20),
    ("metrics", 10),
    ("build", 90),
];

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// The room a file stands in.
fn room_of(path: &str) -> String {
    match path {
        path if path.starts_with("server/src/county/view/") => "county::view".to_owned(),
        _ => path["server/src/".len()..].split(['/', '.']).next().unwrap_or_default().to_owned(),
    }
}

#[test]
fn rooms_use_rooms_below_them() {
    let mut complaints = BTreeSet::new();
    for source in
        sources(&["rs"]).into_iter().filter(|source| source.path.starts_with("server/src/") && !source.is_test())
    {
        let room = room_of(&source.path);
        let Some(own) = floor(&room) else {
            complaints.insert(format!("{room} has no floor"));
            continue;
        };
        for used in rooms_used(source.product()).into_iter().filter(|used| *used != room) {
            let complaint = match floor(&used) {
                Some(other) if other < own => continue,
                Some(other) => format!("{} (floor {own}) uses {used} (floor {other})", source.path),
                None => format!("{} uses {used}, which has no floor", source.path),
            };
            complaints.insert(complaint);
        }
    }
    none(complaints.into_iter().collect());
}

/// Names behind `crate::` (in `main`, `zoufang_server::`), braces opened.
fn rooms_used(text: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for root in ["crate::", "zoufang_server::"] {
        for (at, _) in text.match_indices(root) {
            let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
            if text[line_start..at].trim_start().starts_with("//") {
                continue;
            }
            let rest = &text[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(list) => rooms.extend(list.split('}').next().unwrap_or_default().split(',').map(first_name)),
                None => rooms.extend([first_name(rest)]),
            }
        }
    }
    rooms.retain(|room| room.chars().next().is_some_and(char::is_lowercase));
    rooms
}

fn first_name(text: &str) -> String {
    if text.trim_start().starts_with("county::view") {
        return "county::view".to_owned();
    }
    text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[test]
fn each_engine_is_known_to_few() {
    let allowed = |path: &str, word: &str| match word {
        "sled::" => path.starts_with("server/src/store/embedded"),
        "automerge::" => !path.starts_with("server/src/county/") && !path.starts_with("server/src/routes/"),
        _ => true,
    };
    let mut complaints = Vec::new();
    for source in server_sources() {
        for word in ["sled::", "automerge::"] {
            if source.product().contains(word) && !allowed(&source.path, word) {
                complaints.push(format!("{} knows {word}", source.path));
            }
        }
    }
    none(complaints);
}

#[test]
fn the_store_is_chosen_at_the_top() {
    let choosers = ["main", "commands", "store", "demo"];
    let chooses = |source: &Source| {
        !choosers.contains(&room_of(&source.path).as_str()) && source.product().contains("store::embedded")
    };
    none(
        server_sources().into_iter().filter(chooses).map(|source| format!("{} chooses a store", source.path)).collect(),
    );
}

fn server_sources() -> Vec<Source> {
    let is_server = |source: &Source| source.path.starts_with("server/src/") && !source.is_test();
    sources(&["rs"]).into_iter().filter(is_server).collect()
}

#[test]
fn the_protocol_does_no_io_and_knows_no_clock() {
    let words = ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant", "tokio", "chrono"];
    let mut complaints = Vec::new();
    for source in sources(&["rs"]).into_iter().filter(|source| source.path.starts_with("sync-protocol/src/")) {
        let found = words.iter().filter(|word| source.product().contains(**word));
        complaints.extend(found.map(|word| format!("{} knows {word}", source.path)));
    }
    none(complaints);
}

#[test]
fn page_and_worker_meet_in_messages_alone() {
    let mut complaints = Vec::new();
    for source in sources(&["ts", "vue"]).into_iter().filter(|source| source.path.starts_with("pwa/src/")) {
        let scope = source.path.split('/').nth(2).unwrap_or_default().to_owned();
        for used in imports(&source) {
            let target = resolved(&source.path, &used);
            let Some(other) = target.strip_prefix("pwa/src/").and_then(|rest| rest.split('/').next()) else { continue };
            let is_workbench = |path: &str| path.starts_with("pwa/src/page/workbench");
            if other != scope && other != "shared" {
                complaints.push(format!("{} imports {used}", source.path));
            }
            if is_workbench(&target) && !is_workbench(&source.path) {
                complaints.push(format!("{} imports the workbench: {used}", source.path));
            }
        }
    }
    none(complaints);
}

/// What stands behind `from` and in `import '…'`; relative paths alone. A worker's URL is no import.
fn imports(source: &Source) -> Vec<String> {
    let is_import =
        |line: &&str| line.starts_with("import ") || line.starts_with("export ") || line.starts_with("} from ");
    let quoted = |line: &str| line.split(['\'', '"']).nth(1).map(str::to_owned);
    source
        .text
        .lines()
        .map(str::trim)
        .filter(is_import)
        .filter_map(quoted)
        .filter(|path| path.starts_with('.'))
        .collect()
}

fn resolved(from: &str, import: &str) -> String {
    let mut pieces: Vec<&str> = from.split('/').collect();
    pieces.pop();
    for piece in import.split('/') {
        match piece {
            "." => {}
            ".." => drop(pieces.pop()),
            name => pieces.push(name),
        }
    }
    pieces.join("/")
}

#[test]
fn the_search_for_rooms_finds_them() {
    let text = "use crate::store::Store;\nuse crate::{fold, rows::Row};\n// crate::intake\nlet x = crate::access::y();";
    assert_eq!(rooms_used(text).into_iter().collect::<Vec<_>>(), ["access", "fold", "rows", "store"]);
    assert_eq!(resolved("pwa/src/page/a/b.ts", "../../worker/c"), "pwa/src/worker/c");
}
