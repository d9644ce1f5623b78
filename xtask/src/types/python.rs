//! Types → dataclasses of Python.

use super::model::{Field, Model, Presence, Shape, Type, Value};
use super::words::wrapped;

pub fn print(model: &Model) -> String {
    let is_record = |found: &&Type| matches!(found.shape, Shape::Record { .. });
    let (records, others): (Vec<&Type>, Vec<&Type>) = model.types.iter().partition(is_record);
    // A union is made of classes, and a name has to be there before it is used.
    let (words, unions): (Vec<&Type>, Vec<&Type>) = others
        .iter()
        .partition(|found| matches!(found.shape, Shape::Words(_)));
    let mut names: Vec<&str> = model.types.iter().map(|found| found.name.as_str()).collect();
    names.sort_unstable();
    let names: String = names.iter().map(|name| format!("    \"{name}\",\n")).collect();
    let types: String = words
        .iter()
        .chain(&records)
        .chain(&unions)
        .map(|found| declaration(found))
        .collect();
    format!("{HEAD}\n__all__ = [\n{names}]\n{types}")
}

const HEAD: &str = "\
\"\"\"The values of multi-isp, made by ``cargo xtask types`` from the JSON Schemas of core.\"\"\"

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, TypeAlias

from ._document import Document
";

fn declaration(found: &Type) -> String {
    let (name, about) = (&found.name, &found.about);
    match &found.shape {
        Shape::Words(words) => {
            let words: String = words.iter().map(|word| format!("    \"{word}\",\n")).collect();
            format!(
                "\n{name}: TypeAlias = Literal[\n{words}]\n{}",
                sentence(about, "")
            )
        }
        Shape::Union(parts) => format!(
            "\n{name}: TypeAlias = {}\n{}",
            parts.join(" | "),
            sentence(about, "")
        ),
        Shape::Record { schema, fields } => {
            let schema = schema
                .iter()
                .map(|schema| format!("\n    SCHEMA: ClassVar[str | None] = \"{schema}\"\n"));
            let body: String = schema.chain(fields.iter().map(field)).collect();
            let about = sentence(about, "    ");
            format!(
                "\n\n@dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}(Document):\n{about}{body}"
            )
        }
    }
}

fn field(found: &Field) -> String {
    let name = if RESERVED.contains(&found.name.as_str()) {
        format!("{}_", found.name)
    } else {
        found.name.clone()
    };
    let is_other = name != found.name;
    let null = if found.presence == Presence::Always {
        ""
    } else {
        " | None"
    };
    let default = match (&found.value, found.presence) {
        (Value::Tag(word), _) => Some(format!("\"{word}\"")),
        (_, Presence::Always) => None,
        _ => Some("None".to_owned()),
    };
    let metadata = [
        is_other.then(|| format!("\"name\": \"{}\"", found.name)),
        (found.presence == Presence::OrNull).then(|| "\"null\": True".to_owned()),
        found.is_secret.then(|| "\"secret\": True".to_owned()),
    ];
    let metadata: Vec<String> = metadata.into_iter().flatten().collect();
    let set = match (default, metadata.is_empty()) {
        (None, true) => String::new(),
        (Some(default), true) => format!(" = {default}"),
        (default, false) => {
            let default = default
                .map(|default| format!("default={default}, "))
                .unwrap_or_default();
            format!(" = field({default}metadata={{{}}})", metadata.join(", "))
        }
    };
    format!(
        "\n    {name}: {}{null}{set}\n{}",
        value(&found.value),
        sentence(&found.about, "    ")
    )
}

fn value(of: &Value) -> String {
    match of {
        Value::String => "str".into(),
        Value::Text => "str | bytes".into(),
        Value::Flag => "bool".into(),
        Value::Integer => "int".into(),
        Value::Number => "float".into(),
        Value::Tag(word) => format!("Literal[\"{word}\"]"),
        Value::List(item) => format!("Sequence[{}]", value(item)),
        Value::Named(name) => name.clone(),
    }
}

/// Words that cannot be names.
const RESERVED: [&str; 3] = ["from", "in", "is"];

fn sentence(about: &str, indent: &str) -> String {
    match &wrapped(&about.replace('\\', "\\\\"), 100)[..] {
        [only] if only.is_empty() => String::new(),
        [only] => format!("{indent}\"\"\"{only}.\"\"\"\n"),
        rows => format!("{indent}\"\"\"{}.\"\"\"\n", rows.join(&format!("\n{indent}"))),
    }
}
