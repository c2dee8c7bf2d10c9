//! A document: one Automerge document per register, unit and bucket; the root map holds records by id.
//!
//! Always true: a record's fields are read and written through this file, and only changed fields are written. No
//! container is made at start, so that two phones which create the same document offline share the root and merge.
//! Deliberately not here: conflicts (they come from the change graph), and judging bytes from outside.

use crate::ProtocolError;
use crate::record::{Record, changed_fields, from_scalar, to_scalar};
use crate::unit::Unit;
use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value as AutomergeValue, ValueRef};
use std::fmt;

/// Before the person id in the message of a change, on a phone that several people share.
pub const WRITTEN_BY: &str = "by ";

/// Where a document stands: `register/unit/bucket`, with a part number behind it from the second part on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Name of the register.
    pub register: String,
    /// The unit whose document it is.
    pub unit: Unit,
    /// A year, or `-` for stocks.
    pub bucket: String,
    /// 1, 2, …
    pub part: u32,
}

impl Address {
    /// The first part of a document.
    pub fn new(register: &str, unit: &Unit, bucket: &str) -> Self {
        Self { register: register.to_owned(), unit: unit.clone(), bucket: bucket.to_owned(), part: 1 }
    }

    /// Reads an address; each piece is checked.
    pub fn parse(text: &str) -> Result<Self, ProtocolError> {
        let malformed = || ProtocolError::Malformed(text.chars().take(80).collect());
        let pieces: Vec<&str> = text.split('/').collect();
        let (register, unit, bucket, part) = match pieces[..] {
            [register, unit, bucket] => (register, unit, bucket, 1),
            [register, unit, bucket, part] => (register, unit, bucket, part.parse().map_err(|_| malformed())?),
            _ => return Err(malformed()),
        };
        let is_year = bucket.len() == 4 && bucket.bytes().all(|byte| byte.is_ascii_digit());
        let address = Self { register: register.into(), unit: Unit::parse(unit)?, bucket: bucket.into(), part };
        if !is_register_name(register) || !(is_year || bucket == "-") || address.to_string() != text {
            return Err(malformed());
        }
        Ok(address)
    }

    /// The feed that carries this document: `register/unit`.
    pub fn feed(&self) -> String {
        format!("{}/{}", self.register, self.unit)
    }
}

/// Lower-case letters, digits and `_`, at most 32, a letter first.
pub fn is_register_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= 32
        && bytes.next().is_some_and(|byte| byte.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Letters, digits, `-` and `_`, 1 to 64 of them: what ids may be made of where they become part of a key.
pub fn is_plain_id(id: &str) -> bool {
    matches!(id.len(), 1..=64) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}/{}", self.register, self.unit, self.bucket)?;
        if self.part > 1 { write!(formatter, "/{}", self.part) } else { Ok(()) }
    }
}

/// Ids of all records of a document, sorted (UUIDv7: by time of creation).
pub fn record_ids(document: &impl ReadDoc) -> Vec<String> {
    document.keys(ROOT).collect()
}

/// Reads a record; `None` if there is none of that id.
pub fn read_record(document: &impl ReadDoc, id: &str) -> Option<Record> {
    let object = record_object(document, id)?;
    let fields = document.map_range(&object, ..).filter_map(|item| match item.value {
        ValueRef::Scalar(scalar) => Some((item.key.into_owned(), from_scalar(&scalar.into())?)),
        ValueRef::Object(_) => None,
    });
    Some(fields.collect())
}

/// Writes the fields that differ from what the document shows; returns how many were written.
pub fn write_record(document: &mut AutoCommit, id: &str, fields: &Record) -> Result<usize, ProtocolError> {
    let before = read_record(document, id).unwrap_or_default();
    let object = match record_object(document, id) {
        Some(object) => object,
        None => document.put_object(ROOT, id, ObjType::Map).map_err(refused)?,
    };
    let changed = changed_fields(&before, fields);
    for (field, value) in &changed {
        document.put(&object, field.as_str(), to_scalar(value)).map_err(refused)?;
    }
    Ok(changed.len())
}

/// Writes all of `fields`, also those that the document shows already: a settlement must cover what it names.
pub fn overwrite_record(document: &mut AutoCommit, id: &str, fields: &Record) -> Result<(), ProtocolError> {
    let shown = read_record(document, id).unwrap_or_default();
    let object = record_object(document, id).ok_or_else(|| ProtocolError::Document(format!("no record {id}")))?;
    for (field, value) in fields {
        if shown.get(field) == Some(value) {
            // Automerge writes nothing for a value that is shown, or deletes the values beside it: neither is a write.
            let another = if value.is_null() { ScalarValue::Boolean(true) } else { ScalarValue::Null };
            document.put(&object, field.as_str(), another).map_err(refused)?;
        }
        document.put(&object, field.as_str(), to_scalar(value)).map_err(refused)?;
    }
    Ok(())
}

fn record_object(document: &impl ReadDoc, id: &str) -> Option<ObjId> {
    match document.get(ROOT, id).ok()?? {
        (AutomergeValue::Object(ObjType::Map), object) => Some(object),
        _ => None,
    }
}

fn refused(error: automerge::AutomergeError) -> ProtocolError {
    ProtocolError::Document(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn addresses_are_spelled_one_way() {
        for text in ["visit/990101103200/2024", "outlet/990101103200/-", "visit/990101103200/2024/2"] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "visit/990101103200",
            "Visit/990101/2024",
            "visit/990101000000/2024",
            "visit/990101/24",
            "visit/990101/2024/1",
            "../990101/2024",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn two_phones_that_create_one_document_merge() {
        let record = Record::from([("outcome".to_owned(), json!("delivered"))]);
        let (mut a, mut b) = (AutoCommit::new(), AutoCommit::new());
        write_record(&mut a, "r1", &record).unwrap();
        write_record(&mut b, "r2", &record).unwrap();
        a.merge(&mut b).unwrap();
        assert_eq!(record_ids(&a), ["r1", "r2"]);
        assert_eq!(read_record(&a, "r2"), Some(record.clone()));
        assert_eq!(write_record(&mut a, "r2", &record).unwrap(), 0);
    }
}
