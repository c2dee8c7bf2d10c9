//! The registers in force, and whether a file that the county uploads may join them.
//!
//! Plug in: [`all`] and [`find`] for whoever asks, [`infos`] for the workbench, [`taken`] for an upload.
//!
//! Always true: a register of the build is never replaced, it only gets further fields (`x-extends`); a later version keeps
//! valid what older phones write; nothing that watches people comes in. Deliberately not here: the rules of one file and of
//! its versions (`sync-protocol`), and writing it down.

use super::CountyError;
use super::view::RegisterInfo;
use crate::fold::tables;
use crate::rows::index::ReadIndex;
use crate::rows::keys;
use crate::store::contract::{Store, StoreError};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use zoufang_sync_protocol::register::{Register, RegisterFault, RegisterFaults, Registers, upload};

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
        faults.extend(upload::later::faults(before, &register));
    } else if in_force.names().filter(|name| built_in.get(name).is_none()).count() >= OWN_REGISTERS_MAX {
        let zh = format!("本县自己的台账最多 {OWN_REGISTERS_MAX} 本");
        let en = format!("a county has at most {OWN_REGISTERS_MAX} registers of its own");
        faults.push(fault("", "too_many_registers", &zh, &en));
    }
    faults.extend(upload::faults(register.schema()));
    if faults.is_empty() { Ok(register) } else { Err(RegisterFaults(faults)) }
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
        assert!(in_force.iter().all(|register| upload::faults(register.schema()).is_empty()), "the build keeps it too");
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

    /// What a phone wrote, or writes before it hears of the version, stays valid.
    #[test]
    fn a_later_version_is_never_stricter() {
        let label = json!({"zh": "甲", "en": "A"});
        let first = |version: u64| {
            let mut source = well(version);
            source["properties"]["place"]["enum"] = json!(["a", "b"]);
            source["properties"]["place"]["x-options"] = json!({"a": label, "b": label});
            source["properties"]["place"]["x-widget"] = "choice".into();
            source["properties"]["note"] = json!({"x-label": label, "x-widget": "text", "type": ["string", "null"]});
            source
        };
        let in_force =
            Registers::built_in().with(taken(&Registers::built_in(), &first(1).to_string()).expect("it is good"));
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut source = first(2);
            change(&mut source);
            match taken(&in_force, &source.to_string()) {
                Ok(_) => Vec::new(),
                Err(faults) => faults.0.into_iter().map(|fault| (fault.pointer, fault.code)).collect(),
            }
        };
        assert_eq!(changed(&|source| source["required"] = json!(["place"])), one("/required/0", "required_later"));
        let fewer = changed(&|source| {
            source["properties"]["place"]["enum"] = json!(["a"]);
            source["properties"]["place"]["x-options"] = json!({"a": label});
        });
        assert_eq!(fewer, one("/properties/place/enum", "value_gone"));
        let shorter = changed(&|source| source["properties"]["place"]["maxLength"] = 4.into());
        assert_eq!(shorter, one("/properties/place/maxLength", "stricter"));
        assert!(changed(&|source| source["properties"]["place"]["maxLength"] = 400.into()).is_empty());
        let bounded = changed(&|source| source["properties"]["note"]["minLength"] = 2.into());
        assert_eq!(bounded, one("/properties/note/minLength", "stricter"));
        let empty = changed(&|source| source["properties"]["note"]["type"] = "string".into());
        assert_eq!(empty, one("/properties/note/type", "stricter"));
        let rule = json!({"required": ["note"]});
        assert_eq!(changed(&|source| source["allOf"] = json!([rule])), one("/allOf/0", "stricter"));
        let more = changed(&|source| {
            source["properties"]["place"]["enum"] = json!(["a", "b", "c"]);
            source["properties"]["place"]["x-options"]["c"] = label.clone();
            source["properties"]["shaft"]["properties"]["wide"] = source["properties"]["note"].clone();
        });
        assert!(more.is_empty(), "wider and further: {more:?}");
        let moved = changed(&|source| {
            source["properties"]["day"] = json!({"x-label": label, "x-widget": "date", "type": "string"});
            source["required"] = json!(["day"]);
            source["x-bucket"] = "year".into();
            source["x-bucket-date"] = "day".into();
        });
        assert!(moved.contains(&("/x-bucket".to_owned(), "bucket_changed".to_owned())), "{moved:?}");
    }

    /// Slips that would lose records from sight, or that nobody would read.
    #[test]
    fn slips_of_a_file_are_said_and_not_passed_over() {
        let label = json!({"zh": "甲", "en": "A"});
        let in_force = Registers::built_in();
        let with = |change: &dyn Fn(&mut Value)| {
            let mut source = well(1);
            change(&mut source);
            refused(&in_force, &source)
        };
        assert_eq!(with(&|source| source["required"] = json!(["plase"])), one("/required/0", "required_unknown"));
        let nested = with(&|source| source["properties"]["shaft"]["required"] = json!(["deep"]));
        assert_eq!(nested, one("/properties/shaft/required/0", "required_unknown"));
        let rule = json!({"if": {"required": ["place"]}, "then": {"properties": {"shaft": {"required": ["depht"]}}}});
        assert_eq!(
            with(&|source| source["allOf"] = json!([rule])),
            one("/allOf/0/then/properties/shaft/required/0", "required_unknown")
        );
        for (key, pointer) in [("x-lable", "/properties/place/x-lable"), ("maxlength", "/properties/place/maxlength")] {
            assert_eq!(with(&|source| source["properties"]["place"][key] = 4.into()), one(pointer, "key_unknown"));
        }
        assert_eq!(with(&|source| source["x-mesures"] = json!({})), one("/x-mesures", "key_unknown"));
        for (default, pointer) in [
            (json!(7), "/properties/place/x-default"),
            (json!({"cases": [{"value": true}]}), "/properties/place/x-default/cases/0/value"),
            (json!({"fill": "staff"}), "/properties/place/x-default/fill"),
        ] {
            let said = with(&|source| source["properties"]["place"]["x-default"] = default.clone());
            assert_eq!(said, one(pointer, "default_wrong"));
        }
        let closed = with(&|source| source["properties"]["shaft"]["additionalProperties"] = false.into());
        assert_eq!(closed, one("/properties/shaft/additionalProperties", "schema_closed"));
        let text = with(&|source| {
            source["x-bucket-date"] = "place".into();
            source["x-bucket"] = "year".into();
            source["required"] = json!(["place"]);
        });
        assert_eq!(text, one("/x-bucket-date", "bucket_date_no_date"));
        let optional = with(&|source| {
            source["properties"]["day"] = json!({"x-label": label, "x-widget": "date", "type": "string"});
            source["x-bucket-date"] = "day".into();
            source["x-bucket"] = "year".into();
        });
        assert_eq!(optional, one("/x-bucket-date", "bucket_date_optional"));
        let round = with(&|source| {
            source["properties"]["place"]["x-when"] = json!({"shaft.depth": {"exists": true}});
            source["properties"]["shaft"]["x-when"] = json!({"place": {"exists": true}});
        });
        let places: Vec<&str> = round.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert!(round.iter().all(|(_, code)| code == "when_round"), "{round:?}");
        assert!(places.contains(&"/properties/place/x-when") && places.contains(&"/properties/shaft/x-when"));
        let itself = with(&|source| {
            source["properties"]["shaft"]["properties"]["depth"]["x-when"] = json!({"shaft.depth": {"exists": true}});
        });
        assert_eq!(itself, one("/properties/shaft/properties/depth/x-when", "when_round"));
    }

    /// However a file would make a photo a duty.
    #[test]
    fn a_photo_is_never_a_duty() {
        let photos = json!({"x-label": {"zh": "照片", "en": "Photos"}, "x-widget": "photos", "type": "array", "items": {"type": "string"}});
        let with = |change: &dyn Fn(&mut Value)| {
            let mut source = well(1);
            source["properties"]["photos"] = photos.clone();
            change(&mut source);
            match taken(&Registers::built_in(), &source.to_string()) {
                Ok(_) => Vec::new(),
                Err(faults) => faults.0.into_iter().map(|fault| (fault.pointer, fault.code)).collect(),
            }
        };
        let always = json!([{"required": ["photos"]}]);
        assert_eq!(with(&|source| source["allOf"] = always.clone()), one("/allOf/0/required/0", "photo_required"));
        let beside = with(&|source| source["dependentRequired"] = json!({"place": ["photos"]}));
        assert_eq!(beside, one("/dependentRequired/place/0", "photo_required"));
        let some = with(&|source| source["properties"]["photos"]["minItems"] = 1.into());
        assert_eq!(some, one("/properties/photos", "photo_required"));
        let condition = json!([{"if": {"required": ["photos"]}, "then": {"required": ["place"]}}]);
        assert!(with(&|source| source["allOf"] = condition.clone()).is_empty(), "a condition is no duty");
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
