//! Registers as data: `registers/*.json`, a JSON Schema (2020-12) with display hints, as `REGISTERS.md` describes them.
//!
//! Always true: phone and server validate with the same file, and shared vectors prove that they say the same. A field
//! the schema does not know is kept, never refused. Deliberately not here: forms and tables made from the hints, and
//! counting by measures.

pub mod condition;
mod extend;
pub mod fault;
pub mod field;
pub mod measure;
pub mod odd;
mod parse;
pub mod path;
mod sentence;
pub mod set;
pub mod step;
#[cfg(test)]
mod tests;
pub mod upload;
mod widget;

pub use condition::{Condition, Period, Wanted};
pub use fault::{RegisterFault, RegisterFaults};
pub use field::Field;
pub use measure::{Counted, Measure, MeasureDate};
pub use path::Path;
pub use set::Registers;
pub use step::Step;

use crate::record::Record;
use crate::roster::Label;
use crate::unit::Level;
use jsonschema::Validator;
use serde_json::Value;
use std::collections::BTreeSet;

/// Sources of the registers that come with the build.
const BUILT_IN: [&str; 11] = [
    include_str!("../../registers/visit.json"),
    include_str!("../../registers/ceremony.json"),
    include_str!("../../registers/outlet.json"),
    include_str!("../../registers/roster_check.json"),
    include_str!("../../registers/hardship_aid.json"),
    include_str!("../../registers/consultation.json"),
    include_str!("../../registers/memorial.json"),
    include_str!("../../registers/station.json"),
    include_str!("../../registers/garrison_visit.json"),
    include_str!("../../registers/feedback.json"),
    include_str!("../../registers/roster_error.json"),
];

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
    /// A later one of the same name has a greater number.
    pub version: u64,
    /// What it is called.
    pub label: Label,
    /// How documents are cut.
    pub bucket: Bucket,
    /// The date that decides the year and the period of reports.
    pub bucket_date: Option<Path>,
    /// Levels of units that may hold its documents.
    pub levels: Vec<Level>,
    /// The field that names a record in lists.
    pub title: Option<Path>,
    /// The field by which lists are grouped; none: the step, where there are steps.
    pub state: Option<Path>,
    /// Fields that differ from person to person where one form writes several records.
    pub lines: Vec<String>,
    /// In the order of forms and tables.
    pub fields: Vec<Field>,
    /// Who acts in turn.
    pub steps: Vec<Step>,
    /// Counting rules.
    pub measures: Vec<Measure>,
    schema: Value,
    validator: Validator,
}

impl std::fmt::Debug for Register {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "register {} version {}", self.name, self.version)
    }
}

impl Register {
    /// Reads the file of a whole register.
    pub fn parse(source: &str) -> Result<Self, RegisterFaults> {
        parse::read_register(parse::read_json(source)?)
    }

    /// A register of which nothing is known but its name: so that what was once admitted can always be folded.
    pub fn bare(name: &str) -> Self {
        let schema = Value::Bool(true);
        let validator = jsonschema::draft202012::new(&schema).expect("true is a schema");
        Self {
            name: name.to_owned(),
            version: 0,
            label: Label::default(),
            bucket: Bucket::None,
            bucket_date: None,
            levels: Vec::new(),
            title: None,
            state: None,
            lines: Vec::new(),
            fields: Vec::new(),
            steps: Vec::new(),
            measures: Vec::new(),
            schema,
            validator,
        }
    }

    /// This register with the further fields of an extension (`x-extends`).
    pub fn extended(&self, source: &str) -> Result<Self, RegisterFaults> {
        extend::extended(self, source)
    }

    /// The visit register.
    pub fn visit() -> Self {
        Self::parse(BUILT_IN[0]).expect("the built-in register is checked by a test")
    }

    /// The file as JSON, with its hints.
    pub fn schema(&self) -> &Value {
        &self.schema
    }

    /// A field by name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The fields that stand in rows, in order.
    pub fn row_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.in_row)
    }

    /// The step that waits for somebody; none where all is done, or where there are no steps.
    pub fn waiting_step(&self, record: &Record) -> Option<&Step> {
        self.steps.iter().find(|step| !step.is_done(record) && step.when.holds(record, None, None))
    }

    /// Who alone may write a field: the township (or the county above it), or the county. None: anybody.
    pub fn writer_level(&self, field: &str) -> Option<Level> {
        let by_step = self.steps.iter().filter(|step| step.fields.iter().any(|name| name == field)).map(|step| step.by);
        // A field of two steps belongs to the lower of the two: both write it.
        let by_step = by_step.max().filter(|level| *level != Level::Village);
        by_step.or_else(|| self.field(field).and_then(|field| field.writer))
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
