//! The registers in force: those that come with the build, overlaid by those that a county brought in.
//!
//! Always true: a register is found by its name alone. Deliberately not here: where a county's own are kept.

use super::fault::{Faults, RegisterFaults};
use super::parse::read_json;
use super::{BUILT_IN, Register};
use crate::signature::digest;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

static KNOWN: LazyLock<Registers> = LazyLock::new(|| {
    let read = |source: &&str| Register::parse(source).unwrap_or_else(|faults| panic!("{faults}"));
    let named = |register: Register| (register.name.clone(), Arc::new(register));
    Registers { by_name: BUILT_IN.iter().map(read).map(named).collect() }
});

/// Registers by name. Cheap to clone.
#[derive(Clone, Default)]
pub struct Registers {
    by_name: BTreeMap<String, Arc<Register>>,
}

impl Registers {
    /// Those that come with the build.
    ///
    /// # Panics
    /// Never: a test reads each of them.
    pub fn built_in() -> Self {
        KNOWN.clone()
    }

    /// Names the files that come with the build: what follows from them is made anew when one of them changes.
    pub fn built_in_digest() -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = digest(BUILT_IN.concat().as_bytes());
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// One of them.
    pub fn get(&self, name: &str) -> Option<&Arc<Register>> {
        self.by_name.get(name)
    }

    /// With `register` in force, instead of one of the same name if there is one.
    pub fn with(mut self, register: Register) -> Self {
        self.by_name.insert(register.name.clone(), Arc::new(register));
        self
    }

    /// Their names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Register>> {
        self.by_name.values()
    }

    /// Reads a file that somebody brings: a whole register, or further fields of one that is in force.
    pub fn read(&self, source: &str) -> Result<Register, RegisterFaults> {
        let value = read_json(source)?;
        let Some(extends) = value.get("x-extends") else { return Register::parse(source) };
        match extends.as_str().and_then(|name| self.get(name)) {
            Some(base) => base.extended(source),
            None => Err(unknown(extends)),
        }
    }
}

fn unknown(extends: &Value) -> RegisterFaults {
    let mut faults = Faults::default();
    let (zh, en) = (format!("没有 {extends} 这本台账"), format!("there is no register {extends}"));
    faults.add("/x-extends", "register_unknown", &zh, &en);
    faults.into()
}
