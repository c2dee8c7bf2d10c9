//! The registers in force, and whether a file that the county uploads may join them.
//!
//! Plug in: [`all`] and [`find`] for whoever asks, [`infos`] for the workbench, [`taken`] for an upload.
//!
//! Always true: a register of the build is never replaced, it only gets further fields (`x-extends`); from version to
//! version no field disappears or changes its type, because older phones go on writing it; nothing that watches people
//! comes in. Deliberately not here: the
//! rules of one file by itself (`sync-protocol`), and writing it down.

use super::CountyError;
use super::view::RegisterInfo;
use crate::fold::tables;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::{Store, StoreError};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use zoufang_sync_protocol::register::{Register, RegisterFault, RegisterFaults, Registers, alike, promise};

/// Registers of a county's own. A village's phones have a feed for each.
pub const OWN_REGISTERS_MAX: usize = 32;

/// All registers: those of the build, overlaid by those that the county brought in.
pub fn all(store: &dyn Store) -> Result<Registers, StoreError> {
    tables::registers(store)
}

/// One of them.
pub fn find(store: &dyn Store, name: &str) -> Result<Arc<Register>, CountyError> {
    let found = all(store)?.get(name).cloned();
    found.ok_or_else(|| CountyError::NotFound(name.chars().take(40).collect()))
}

/// All registers with their files, by name.
pub fn infos(store: &dyn Store) -> Result<Vec<RegisterInfo>, StoreError> {
    let prefix = keys::register("");
    let brought = store.all(&prefix)?;
    let brought: BTreeSet<&[u8]> = brought.iter().map(|(key, _)| &key[prefix.len()..]).collect();
    Ok(all(store)?.iter().map(|register| info(register, brought.contains(register.name.as_bytes()))).collect())
}

/// What the workbench is shown of a register.
pub fn info(register: &Register, own: bool) -> RegisterInfo {
    let source = register.schema().clone();
    RegisterInfo { name: register.name.clone(), version: register.version, own, source }
}

/// The register that `source` describes, if it may join those `in_force`.
pub fn taken(in_force: &Registers, source: &str) -> Result<Register, RegisterFaults> {
    let built_in = Registers::built_in();
    // An extension always starts from the register of the build, so that a later one may say all its fields again.
    let register = built_in.read(source)?;
    let is_extension = serde_json::from_str::<Value>(source).is_ok_and(|source| source.get("x-extends").is_some());
    let mut faults = Vec::new();
    if !is_extension && built_in.get(&register.name).is_some() {
        let zh = "自带的台账不能换掉，可以用 x-extends 加字段";
        let en = "a register of the build is not replaced; x-extends gives it further fields";
        faults.push(fault("/x-register", "name_built_in", zh, en));
    } else if let Some(before) = in_force.get(&register.name) {
        compare(before, &register, &mut faults);
    } else if in_force.names().filter(|name| built_in.get(name).is_none()).count() >= OWN_REGISTERS_MAX {
        let zh = format!("本县自己的台账最多 {OWN_REGISTERS_MAX} 本");
        let en = format!("a county has at most {OWN_REGISTERS_MAX} registers of its own");
        faults.push(fault("", "too_many_registers", &zh, &en));
    }
    faults.extend(promise::faults(register.schema()));
    faults.extend(alike::faults(register.schema()));
    if faults.is_empty() { Ok(register) } else { Err(RegisterFaults(faults)) }
}

fn compare(before: &Register, now: &Register, faults: &mut Vec<RegisterFault>) {
    if now.version <= before.version {
        let zh = format!("版本要比现在的 {} 大", before.version);
        let en = format!("the version must be greater than the one in force, {}", before.version);
        faults.push(fault("/x-version", "version_not_greater", &zh, &en));
    }
    if now.bucket != before.bucket {
        let zh = "不能改 x-bucket：已有的记录放在别处";
        faults.push(fault("/x-bucket", "bucket_changed", zh, "x-bucket stays: records stand in their documents"));
    }
    compare_members(&before.schema()["properties"], &now.schema()["properties"], "/properties", faults);
}

/// Fields, members of groups, and members of items alike.
fn compare_members(before: &Value, now: &Value, pointer: &str, faults: &mut Vec<RegisterFault>) {
    for (name, before) in before.as_object().into_iter().flatten() {
        let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        let Some(now) = now.get(name) else {
            let (zh, en) =
                (format!("不能去掉“{name}”：旧手机还在填"), format!("“{name}” stays: older phones write it"));
            faults.push(fault(&pointer, "field_gone", &zh, &en));
            continue;
        };
        if types(before) != types(now) || types(&before["items"]) != types(&now["items"]) {
            let (zh, en) = (format!("不能改“{name}”的类型"), format!("the type of “{name}” stays"));
            faults.push(fault(&format!("{pointer}/type"), "type_changed", &zh, &en));
        }
        compare_members(&before["properties"], &now["properties"], &format!("{pointer}/properties"), faults);
        let (before, now) = (&before["items"]["properties"], &now["items"]["properties"]);
        compare_members(before, now, &format!("{pointer}/items/properties"), faults);
    }
}

/// Names of types beside null: whether a value may be empty can change.
fn types(schema: &Value) -> BTreeSet<&str> {
    let named = match &schema["type"] {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    named.into_iter().filter(|name| *name != "null").collect()
}

fn fault(pointer: &str, code: &str, zh: &str, en: &str) -> RegisterFault {
    RegisterFault { pointer: pointer.to_owned(), code: code.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn well(version: u64) -> Value {
        let label = json!({"zh": "水井", "en": "Well"});
        let text = json!({"x-label": label, "x-widget": "text", "type": "string", "maxLength": 40});
        let group = json!({"x-label": label, "x-widget": "group", "type": "object", "properties": {"depth": text}});
        json!({
            "x-register": "well", "x-version": version, "x-label": label, "x-hint": label, "x-notice": label,
            "x-bucket": "none", "x-title": "place", "type": "object", "properties": {"place": text, "shaft": group},
        })
    }

    fn refused(in_force: &Registers, source: &Value) -> Vec<(String, String)> {
        let faults = taken(in_force, &source.to_string()).expect_err("it is not as it should be").0;
        faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    fn with_well() -> Registers {
        let first = taken(&Registers::built_in(), &well(1).to_string()).unwrap_or_else(|faults| panic!("{faults}"));
        Registers::built_in().with(first)
    }

    fn one(pointer: &str, code: &str) -> Vec<(String, String)> {
        vec![(pointer.to_owned(), code.to_owned())]
    }

    #[test]
    fn an_own_register_joins_and_its_version_rises() {
        let in_force = with_well();
        assert_eq!(refused(&in_force, &well(1)), one("/x-version", "version_not_greater"));
        let mut more = well(2);
        more["properties"]["note"] = more["properties"]["place"].clone();
        assert!(taken(&in_force, &more.to_string()).is_ok());
    }

    #[test]
    fn registers_of_the_build_are_extended_never_replaced() {
        let in_force = Registers::built_in();
        let mut posing = well(99);
        posing["x-register"] = "visit".into();
        assert_eq!(refused(&in_force, &posing), one("/x-register", "name_built_in"));
        let extension = |version: u64, names: &[&str]| {
            let field = well(1)["properties"]["place"].clone();
            let properties: serde_json::Map<String, Value> =
                names.iter().map(|name| ((*name).to_owned(), field.clone())).collect();
            json!({"x-extends": "visit", "x-version": version, "properties": properties})
        };
        let first = taken(&in_force, &extension(1, &["weather"]).to_string()).expect("further fields are taken");
        let in_force = in_force.with(first);
        assert_eq!(refused(&in_force, &extension(1, &["weather"])), one("/x-version", "version_not_greater"));
        assert_eq!(refused(&in_force, &extension(2, &["road"])), one("/properties/weather", "field_gone"));
        assert!(taken(&in_force, &extension(2, &["weather", "road"]).to_string()).is_ok());
        let mut own = extension(1, &["road"]);
        own["x-extends"] = "well".into();
        assert_eq!(refused(&with_well(), &own), one("/x-extends", "register_unknown"), "own ones are uploaded whole");
    }

    #[test]
    fn fields_neither_disappear_nor_change_their_type() {
        let in_force = with_well();
        let changed = |change: fn(&mut Value)| {
            let mut source = well(2);
            change(&mut source);
            refused(&in_force, &source)
        };
        let gone = changed(|source| {
            drop(source["properties"]["shaft"]["properties"].as_object_mut().unwrap().remove("depth"))
        });
        assert_eq!(gone, one("/properties/shaft/properties/depth", "field_gone"));
        let number = changed(|source| {
            source["properties"]["place"] =
                json!({"x-label": {"zh": "甲", "en": "A"}, "x-widget": "number", "type": "integer"});
        });
        assert_eq!(number, one("/properties/place/type", "type_changed"));
        let mut empty = well(2);
        empty["properties"]["place"]["type"] = json!(["string", "null"]);
        assert!(taken(&in_force, &empty.to_string()).is_ok(), "it may be empty from now on");
    }

    /// A photo is never required; places, numbers of papers, moods are not asked; nobody's work is counted.
    #[test]
    fn what_watches_people_is_refused() {
        let in_force = Registers::built_in();
        assert!(
            in_force.iter().all(|register| promise::faults(register.schema()).is_empty()),
            "the build keeps it too"
        );
        assert!(in_force.iter().all(|register| alike::faults(register.schema()).is_empty()), "and phones read it");
        let with = |change: &dyn Fn(&mut Value)| {
            let mut source = well(1);
            change(&mut source);
            refused(&in_force, &source)
        };
        let photos = json!({"x-label": {"zh": "照片", "en": "Photos"}, "x-widget": "photos", "type": "array", "items": {"type": "string"}});
        let required = with(&|source| {
            source["properties"]["photos"] = photos.clone();
            source["required"] = json!(["place", "photos"]);
        });
        assert_eq!(required, one("/required/1", "photo_required"));
        for (name, zh) in
            [("gps_at", "地点"), ("where", "经纬度"), ("paper", "身份证号"), ("id_card", "证件"), ("mind", "思想状况")]
        {
            let asked = with(&|source| {
                source["properties"][name] = source["properties"]["place"].clone();
                source["properties"][name]["x-label"] = json!({"zh": zh, "en": "Something"});
            });
            assert_eq!(asked, one(&format!("/properties/{name}"), "never_asked"), "{zh}");
        }
        let hidden = with(&|source| {
            source["properties"]["shaft"]["properties"]["gps"] = source["properties"]["place"].clone();
        });
        assert_eq!(hidden, one("/properties/shaft/properties/gps", "never_asked"));
        for counted in
            [json!({"distinct": "entry.entered_by"}), json!({"count": true, "where": {"entry.entered_by": "p-1"}})]
        {
            let faults = with(&|source| {
                let mut entry = source["properties"]["shaft"].clone();
                entry["x-default"] = json!({"fill": "entry"});
                entry["properties"]["entered_by"] = entry["properties"]["depth"].clone();
                source["properties"]["entry"] = entry;
                let mut measure = counted.clone();
                measure["label"] = json!({"zh": "个人", "en": "Each"});
                measure["date"] = false.into();
                source["x-measures"] = json!({"each": measure});
            });
            assert!(faults.iter().all(|(_, code)| code == "counts_people") && faults.len() == 1, "{faults:?}");
        }
        assert!(taken(&in_force, &well(1).to_string()).is_ok());
    }

    #[test]
    fn a_county_has_a_bounded_number_of_its_own() {
        let mut in_force = Registers::built_in();
        for number in 0..OWN_REGISTERS_MAX {
            let mut source = well(1);
            source["x-register"] = format!("well_{number}").into();
            in_force = in_force.clone().with(taken(&in_force, &source.to_string()).unwrap());
        }
        assert_eq!(refused(&in_force, &well(1)), one("", "too_many_registers"));
        let mut known = well(2);
        known["x-register"] = "well_0".into();
        assert!(taken(&in_force, &known.to_string()).is_ok(), "one that is there gets its next version");
    }
}
