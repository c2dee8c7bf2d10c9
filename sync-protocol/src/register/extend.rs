//! Extensions: a file that gives an existing register further fields.
//!
//! Always true: its fields are new and none is required, so that every record that was valid stays valid. Deliberately
//! not here: which register it extends, and where the result is kept.

use super::Register;
use super::fault::{Faults, Node, RegisterFaults};
use super::parse::{read_json, read_register, read_version};
use serde_json::{Map, Value};

/// `base` with the fields of the extension `source`.
pub(super) fn extended(base: &Register, source: &str) -> Result<Register, RegisterFaults> {
    let extension = read_json(source)?;
    let root = Node::root(&extension);
    let mut faults = Faults::default();
    check(base, &root, &mut faults);
    let version = read_version(&root, &mut faults);
    let mut merged = base.schema.clone();
    // The version rises with the extension, and with the register of a later build as well.
    merged["x-version"] = Value::from(base.version + version);
    for key in ["properties", "x-measures"] {
        add(&root, key, &mut merged, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    read_register(merged)
}

fn check(base: &Register, root: &Node<'_>, faults: &mut Faults) {
    if let Some(extends) = root.needed("x-extends", faults)
        && extends.value != base.name.as_str()
    {
        let zh = format!("要写“{}”", base.name);
        extends.fault(faults, "register_unknown", &zh, &format!("this must be “{}”", base.name));
    }
    let known = ["x-extends", "x-version", "properties", "x-measures", "title", "description", "$schema", "$comment"];
    for (key, member) in root.members() {
        if !known.contains(&key) {
            let (zh, en) = (format!("加字段的文件里不能有“{key}”"), format!("an extension has no “{key}”"));
            member.fault(faults, "key_not_in_extension", &zh, &en);
        }
    }
    root.needed("properties", faults);
}

fn add(root: &Node<'_>, key: &str, merged: &mut Value, faults: &mut Faults) {
    let Some(added) = root.get(key) else { return };
    if !added.must_be(added.value.is_object(), "对象", "an object", faults) {
        return;
    }
    if !merged[key].is_object() {
        merged[key] = Value::Object(Map::new());
    }
    for (name, member) in added.members() {
        if merged[key].get(name).is_some() {
            let (zh, en) = (format!("已经有“{name}”了"), format!("there is “{name}” already"));
            member.fault(faults, "name_twice", &zh, &en);
        }
        merged[key][name] = member.value.clone();
    }
}
