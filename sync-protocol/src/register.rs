//! Registers as data: `registers/*.json`, a JSON Schema (2020-12) with display hints.
//!
//! Always true: phone and server validate with the same file, and shared vectors prove that they say the same. A field
//! the schema does not know is kept, never refused. Deliberately not here: forms and tables made from the hints.

use crate::record::Record;
use jsonschema::Validator;
use serde_json::Value;
use std::collections::BTreeSet;

/// The source of the visit register.
pub const VISIT_JSON: &str = include_str!("../registers/visit.json");

/// Whether documents of a register are kept by year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bucket {
    /// Flows: one document a year.
    Year,
    /// Stocks: one document.
    None,
}

/// A kind of record.
pub struct Register {
    /// `visit`.
    pub name: String,
    /// How documents are cut.
    pub bucket: Bucket,
    schema: Value,
    validator: Validator,
}

/// What a register file itself can have wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("register file: {0}")]
pub struct RegisterError(String);

impl Register {
    /// Reads a register file.
    pub fn parse(source: &str) -> Result<Self, RegisterError> {
        let fail = |reason: String| RegisterError(reason);
        let schema: Value = serde_json::from_str(source).map_err(|error| fail(error.to_string()))?;
        let name = schema["x-register"].as_str().ok_or_else(|| fail("x-register is missing".into()))?.to_owned();
        if !crate::document::is_register_name(&name) {
            return Err(fail(format!("x-register {name:?} is not a name")));
        }
        let bucket = match schema["x-bucket"].as_str() {
            Some("year") => Bucket::Year,
            Some("none") => Bucket::None,
            _ => return Err(fail("x-bucket must be year or none".into())),
        };
        let validator = jsonschema::draft202012::new(&schema).map_err(|error| fail(error.to_string()))?;
        Ok(Self { name, bucket, schema, validator })
    }

    /// The visit register.
    pub fn visit() -> Self {
        Self::parse(VISIT_JSON).expect("the built-in register is checked by a test")
    }

    /// The file as JSON, with its hints.
    pub fn schema(&self) -> &Value {
        &self.schema
    }

    /// Names of the fields that break the schema, sorted; empty means valid. A missing or conditional field is named
    /// itself, what concerns the whole record is named `record`.
    pub fn invalid_fields(&self, record: &Record) -> Vec<String> {
        let whole = Value::Object(record.iter().map(|(field, value)| (field.clone(), value.clone())).collect());
        let mut fields = BTreeSet::new();
        for error in self.validator.iter_errors(&whole) {
            let path = error.instance_path().to_string();
            let field = match path.trim_start_matches('/').split('/').next() {
                Some(first) if !first.is_empty() => first.replace("~1", "/").replace("~0", "~"),
                _ => missing_property(&error).unwrap_or_else(|| "record".to_owned()),
            };
            fields.insert(field);
        }
        fields.into_iter().collect()
    }
}

fn missing_property(error: &jsonschema::ValidationError<'_>) -> Option<String> {
    match error.kind() {
        jsonschema::error::ValidationErrorKind::Required { property } => property.as_str().map(str::to_owned),
        _ => None,
    }
}
