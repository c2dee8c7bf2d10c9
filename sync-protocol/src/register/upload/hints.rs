//! Keys that nobody reads: a misspelt hint or keyword would be passed over in silence.
//!
//! Always true: a key is known where it stands, so that a hint of the whole register is no hint of a field. Deliberately not
//! here: what stands behind a key.

use super::super::fault::{Faults, Node};

/// Hints of the whole register.
const WHOLE: [&str; 17] = [
    "x-register",
    "x-version",
    "x-label",
    "x-hint",
    "x-notice",
    "x-bucket",
    "x-bucket-date",
    "x-levels",
    "x-start",
    "x-title",
    "x-state",
    "x-line",
    "x-follow",
    "x-sentence",
    "x-steps",
    "x-measures",
    "$schema",
];
/// Hints of a field, of a member, and of the items of a list.
const FIELD: [&str; 17] = [
    "x-label",
    "x-why",
    "x-order",
    "x-filled-by",
    "x-widget",
    "x-options",
    "x-list",
    "x-when",
    "x-else",
    "x-default",
    "x-row",
    "x-mask",
    "x-sensitive",
    "x-warn",
    "x-step",
    "x-unit",
    "x-sentence",
];
/// Keywords of JSON Schema 2020-12.
const KEYWORDS: [&str; 44] = [
    "title",
    "description",
    "$comment",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$defs",
    "$ref",
    "$anchor",
    "type",
    "enum",
    "const",
    "required",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "multipleOf",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
];
/// Keywords that hold a schema for each name.
const BY_NAME: [&str; 4] = ["properties", "patternProperties", "$defs", "dependentSchemas"];
/// Keywords that hold a schema or a list of them.
pub(super) const SCHEMAS: [&str; 15] = [
    "items",
    "prefixItems",
    "contains",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "propertyNames",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
];
/// What is left of the standard's keywords.
const RARE: [&str; 8] = [
    "else",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "contentEncoding",
    "contentMediaType",
];

pub(super) fn check(root: &Node<'_>, faults: &mut Faults) {
    look(root, &WHOLE, faults);
}

fn look(schema: &Node<'_>, hints: &[&str], faults: &mut Faults) {
    for (key, member) in schema.members() {
        if !hints.contains(&key) && !KEYWORDS.contains(&key) && !RARE.contains(&key) {
            let zh = format!("不认识“{key}”，是不是写错了");
            member.fault(faults, "key_unknown", &zh, &format!("“{key}” is not known here; is it misspelt?"));
        }
        if BY_NAME.contains(&key) {
            member.members().iter().for_each(|(_, schema)| look(schema, &FIELD, faults));
        } else if SCHEMAS.contains(&key) {
            look(&member, &FIELD, faults);
            member.items().iter().for_each(|schema| look(schema, &FIELD, faults));
        }
    }
}
