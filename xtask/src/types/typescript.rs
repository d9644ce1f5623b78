//! Types → interfaces of TypeScript.

use super::model::{Field, Model, Presence, Shape, Type, Value};
use super::words::{camel, wrapped};

pub fn print(model: &Model) -> String {
    let mut out = String::from(HEAD);
    for found in &model.types {
        out.push('\n');
        out.push_str(&comment(&found.about, ""));
        out.push_str(&declaration(found));
    }
    out
}

const HEAD: &str = "\
// The values of multi-isp, made by `cargo xtask types` from the JSON Schemas of core.

/** A name as the router has it: text, or bytes that are no UTF-8. */
export type Text = string | Bytes

/** Bytes in hexadecimal. */
export interface Bytes {
  hex: string
}
";

fn declaration(found: &Type) -> String {
    let name = &found.name;
    match &found.shape {
        Shape::Words(words) => {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            format!("export type {name} = {}\n", words.join(" | "))
        }
        Shape::Union(parts) => format!("export type {name} = {}\n", parts.join(" | ")),
        Shape::Record { schema, fields } => {
            let schema = schema
                .iter()
                .map(|schema| format!("  schema?: {}\n", quoted(schema)));
            let body: String = schema.chain(fields.iter().map(field)).collect();
            format!("export interface {name} {{\n{body}}}\n")
        }
    }
}

fn field(field: &Field) -> String {
    let (mark, null) = match field.presence {
        Presence::Always => ("", ""),
        Presence::OrNull => ("", " | null"),
        Presence::OrNothing => ("?", " | null"),
    };
    let about = comment(&field.about, "  ");
    format!(
        "{about}  {}{mark}: {}{null}\n",
        camel(&field.name),
        value(&field.value)
    )
}

fn value(of: &Value) -> String {
    match of {
        Value::String => "string".into(),
        Value::Text => "Text".into(),
        Value::Flag => "boolean".into(),
        Value::Integer | Value::Number => "number".into(),
        Value::Tag(word) => quoted(word),
        Value::List(item) => format!("Array<{}>", value(item)),
        Value::Named(name) => name.clone(),
    }
}

fn quoted(word: &str) -> String {
    format!("'{word}'")
}

fn comment(about: &str, indent: &str) -> String {
    match &wrapped(about, 110)[..] {
        [only] if only.is_empty() => String::new(),
        [only] => format!("{indent}/** {only}. */\n"),
        rows => {
            let rows = rows.join(&format!("\n{indent} * "));
            format!("{indent}/**\n{indent} * {rows}.\n{indent} */\n")
        }
    }
}
