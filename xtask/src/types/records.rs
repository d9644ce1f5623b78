//! Types → records that uniffi takes to Kotlin and Swift.

use super::model::{Field, Model, Presence, Shape, Type, Value};
use super::words::{pascal, wrapped};

pub fn print(model: &Model) -> String {
    let is_part = |found: &&Type| model.unions_of(&found.name).next().is_some();
    let types: Vec<String> = model
        .types
        .iter()
        .filter(|found| !is_part(found))
        .map(|found| declaration(model, found))
        .collect();
    format!("{HEAD}{}", types.concat())
}

const HEAD: &str = "\
//! The values of multi-isp, made by `cargo xtask types` from the JSON Schemas of core.

use serde::{Deserialize, Serialize};

use crate::text::Text;
";

fn declaration(model: &Model, found: &Type) -> String {
    let (name, about) = (&found.name, comment(&found.about, ""));
    match &found.shape {
        Shape::Words(words) => {
            let words: String = words.iter().map(|word| choice(word)).collect();
            format!(
                "\n{about}#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]\npub enum {name} {{\n{words}}}\n"
            )
        }
        Shape::Union(parts) => {
            let parts: Vec<&Type> = parts.iter().filter_map(|part| model.get(part)).collect();
            let tag = parts.iter().find_map(|part| part.tag());
            let told = tag.map_or_else(
                || "untagged".to_owned(),
                |(field, _)| format!("tag = \"{field}\""),
            );
            let variants: String = parts.iter().map(|part| variant(name, part)).collect();
            format!("\n{about}{DERIVE_ENUM}#[serde({told})]\npub enum {name} {{\n{variants}}}\n")
        }
        Shape::Record { schema, fields } => {
            let schema = schema.iter().map(|schema| {
                format!("{SCHEMA}    #[uniffi(default = \"{schema}\")]\n    pub schema: String,\n")
            });
            let fields: String = schema
                .chain(fields.iter().map(|found| field(found, "    ", "pub ")))
                .collect();
            format!("\n{about}{DERIVE_RECORD}pub struct {name} {{\n{fields}}}\n")
        }
    }
}

const DERIVE_RECORD: &str = "#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]\n";
const DERIVE_ENUM: &str = "#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]\n";
const SCHEMA: &str = "    /// Name and version of the document.\n";

fn choice(word: &str) -> String {
    format!("    #[serde(rename = \"{word}\")]\n    {},\n", pascal(word))
}

/// A record as a part of a union: its tag is the name of the variant.
fn variant(union: &str, part: &Type) -> String {
    let Shape::Record { fields, .. } = &part.shape else {
        return String::new();
    };
    let suffixed = part.name.strip_suffix(union).filter(|rest| !rest.is_empty());
    let name = part.tag().map_or_else(
        || suffixed.unwrap_or(&part.name).to_owned(),
        |(_, word)| pascal(word),
    );
    let rename = part
        .tag()
        .map(|(_, word)| format!("    #[serde(rename = \"{word}\")]\n"));
    let fields: String = fields
        .iter()
        .filter(|found| !matches!(found.value, Value::Tag(_)))
        .map(|found| field(found, "        ", ""))
        .collect();
    let body = if fields.is_empty() {
        String::new()
    } else {
        format!(" {{\n{fields}    }}")
    };
    format!(
        "{}{}    {name}{body},\n",
        comment(&part.about, "    "),
        rename.unwrap_or_default()
    )
}

fn field(found: &Field, indent: &str, visible: &str) -> String {
    let name = &found.name;
    let (attributes, of) = match found.presence {
        Presence::Always => (String::new(), value(&found.value)),
        Presence::OrNull => (
            format!("{indent}#[uniffi(default = None)]\n"),
            format!("Option<{}>", value(&found.value)),
        ),
        Presence::OrNothing => (
            format!(
                "{indent}#[uniffi(default = None)]\n{indent}#[serde(default, skip_serializing_if = \"Option::is_none\")]\n"
            ),
            format!("Option<{}>", value(&found.value)),
        ),
    };
    format!(
        "{}{attributes}{indent}{visible}{name}: {of},\n",
        comment(&found.about, indent)
    )
}

fn value(of: &Value) -> String {
    match of {
        Value::String | Value::Tag(_) => "String".into(),
        Value::Text => "Text".into(),
        Value::Flag => "bool".into(),
        // `Long` and `Int64`: people there do not count without signs.
        Value::Integer => "i64".into(),
        Value::Number => "f64".into(),
        Value::List(item) => format!("Vec<{}>", value(item)),
        Value::Named(name) => name.clone(),
    }
}

fn comment(about: &str, indent: &str) -> String {
    let rows = wrapped(about, 110);
    let last = rows.len().saturating_sub(1);
    let row = |(place, row): (usize, &String)| {
        format!("{indent}/// {row}{}\n", if place == last { "." } else { "" })
    };
    rows.iter().enumerate().map(row).collect()
}
