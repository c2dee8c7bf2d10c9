//! What can be wrong with a register file, said exactly: where, a stable code, and a sentence in both languages.
//!
//! Always true: reading goes on after a fault, so that one upload shows all of them. Deliberately not here: the rules.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use ts_rs::TS;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RegisterFault {
    /// JSON pointer into the file: `/properties/gift/x-label`.
    pub pointer: String,
    /// Stable code: `path_unknown`, …
    pub code: String,
    /// A sentence in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// All that is wrong with a file; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFaults(pub Vec<RegisterFault>);

impl fmt::Display for RegisterFaults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "register file:")?;
        self.0.iter().try_for_each(|fault| write!(formatter, " {} {}: {};", fault.pointer, fault.code, fault.en))
    }
}

impl std::error::Error for RegisterFaults {}

/// Faults in the making.
#[derive(Default)]
pub(super) struct Faults(Vec<RegisterFault>);

impl Faults {
    pub(super) fn add(&mut self, pointer: &str, code: &str, zh: &str, en: &str) {
        let fault = RegisterFault { pointer: pointer.into(), code: code.into(), zh: zh.into(), en: en.into() };
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, unless something was wrong.
    pub(super) fn or<T>(self, value: T) -> Result<T, RegisterFaults> {
        if self.0.is_empty() { Ok(value) } else { Err(RegisterFaults(self.0)) }
    }
}

impl From<Faults> for RegisterFaults {
    fn from(faults: Faults) -> Self {
        Self(faults.0)
    }
}

/// A value with its place in the file.
#[derive(Clone)]
pub(super) struct Node<'v> {
    pub(super) value: &'v Value,
    pub(super) pointer: String,
}

impl<'v> Node<'v> {
    pub(super) fn root(value: &'v Value) -> Self {
        Self { value, pointer: String::new() }
    }

    /// A member, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<Node<'v>> {
        Some(Node { value: self.value.get(key)?, pointer: self.pointer_of(key) })
    }

    /// A member that must be there.
    pub(super) fn needed(&self, key: &str, faults: &mut Faults) -> Option<Node<'v>> {
        let found = self.get(key);
        if found.is_none() {
            faults.add(&self.pointer_of(key), "key_missing", &format!("缺少“{key}”"), &format!("“{key}” is missing"));
        }
        found
    }

    /// Members of an object, none of anything else.
    pub(super) fn members(&self) -> Vec<(&'v str, Node<'v>)> {
        let members = self.value.as_object().into_iter().flatten();
        members.map(|(key, value)| (key.as_str(), Node { value, pointer: self.pointer_of(key) })).collect()
    }

    /// Items of a list, none of anything else.
    pub(super) fn items(&self) -> Vec<Node<'v>> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| Node { value, pointer: format!("{}/{index}", self.pointer) }).collect()
    }

    /// Text that is not empty.
    pub(super) fn text(&self, faults: &mut Faults) -> Option<&'v str> {
        let text = self.value.as_str().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.fault(faults, "not_text", "这里要写文字", "this must be text");
        }
        text
    }

    /// Complains that the value has another type than it must have.
    pub(super) fn must_be(&self, is_good: bool, zh: &str, en: &str, faults: &mut Faults) -> bool {
        if !is_good {
            self.fault(faults, "wrong_type", &format!("这里要写{zh}"), &format!("this must be {en}"));
        }
        is_good
    }

    pub(super) fn fault(&self, faults: &mut Faults, code: &str, zh: &str, en: &str) {
        faults.add(&self.pointer, code, zh, en);
    }

    fn pointer_of(&self, key: &str) -> String {
        format!("{}/{}", self.pointer, key.replace('~', "~0").replace('/', "~1"))
    }
}
