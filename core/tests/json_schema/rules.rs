//! The rules of our schemas, from which the types of every language are made (`ARCHITECTURE.md`, "One truth for types").

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::{Map, Value};

use super::{by_id, id_of};

#[test]
fn schemas_keep_the_rules() {
    let mut faults = Vec::new();
    let mut types: BTreeMap<String, Value> = BTreeMap::new();
    for (name, text) in multi_isp::schemas() {
        let schema: Value = serde_json::from_str(text).unwrap();
        let mut of_it = Vec::new();
        root(name, &schema, &mut of_it);
        for found in definitions(&schema).values().chain([&without_frame(&schema)]) {
            let title = text_of(found, "title").to_owned();
            let known = types.entry(title.clone()).or_insert_with(|| found.clone());
            if known != found {
                of_it.push(format!("{title}: another document has another type of that name"));
            }
        }
        faults.extend(of_it.into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert_eq!(faults, [""; 0], "{}", faults.join("\n"));
}

#[test]
fn the_list_of_schemas_has_them_all() {
    let mut files = Vec::new();
    find(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut listed: Vec<String> = multi_isp::schemas()
        .iter()
        .map(|(_, text)| (*text).to_owned())
        .collect();
    files.sort();
    listed.sort();
    assert_eq!(files, listed);
    let names: Vec<&str> = multi_isp::schemas().iter().map(|(name, _)| *name).collect();
    assert!(names.is_sorted(), "{names:?}");
}

fn find(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, found);
        } else if path.to_string_lossy().ends_with(".schema.json") {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// A whole document: its name stands in it, and every definition is used.
fn root(name: &str, schema: &Value, faults: &mut Vec<String>) {
    let id = id_of(name);
    if text_of(schema, "$id") != id {
        faults.push(format!("its $id is not `{id}`"));
    }
    if schema.pointer("/properties/schema/const") != Some(&Value::from(name)) {
        faults.push("its property `schema` is not its name".into());
    }
    object("", schema, faults);
    for (key, definition) in &definitions(schema) {
        if text_of(definition, "title") != *key {
            faults.push(format!("$defs/{key}: its title is another one"));
        }
        if !schema
            .to_string()
            .contains(&format!("\"$ref\":\"#/$defs/{key}\""))
        {
            faults.push(format!("$defs/{key}: nothing uses it"));
        }
        let is = |keyword| definition.get(keyword).is_some();
        match key.as_str() {
            "Text" => {}
            _ if is("properties") => object(key, definition, faults),
            _ if is("enum") => described(key, definition, faults),
            _ if is("anyOf") => union(schema, key, definition, faults),
            _ if text_of(definition, "type") == "string" => described(key, definition, faults),
            _ => faults.push(format!("$defs/{key}: it is no object, words, union or string")),
        }
    }
}

fn object(path: &str, schema: &Value, faults: &mut Vec<String>) {
    described(path, schema, faults);
    if text_of(schema, "type") != "object" || schema["additionalProperties"] != Value::Bool(false) {
        faults.push(format!("{path}: it takes other properties"));
    }
    let properties = schema["properties"].as_object().unwrap();
    for name in schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if !properties.contains_key(name.as_str().unwrap()) {
            faults.push(format!("{path}: `{name}` is required and not there"));
        }
    }
    let snake_case = Regex::new("^[a-z][a-z0-9_]*$").unwrap();
    for (name, property) in properties {
        if text_of(property, "description").is_empty() {
            faults.push(format!("{path}.{name}: no description"));
        }
        let about = text_of(property, "description");
        let holds_secrets = ["a secret", "passwords and PINs included"]
            .iter()
            .any(|words| about.contains(words));
        if holds_secrets && text_of(property, "format") != "password" {
            faults.push(format!("{path}.{name}: a secret whose format does not say so"));
        }
        if !snake_case.is_match(name) {
            faults.push(format!("{path}.{name}: its name is not in snake_case"));
        }
        value(&format!("{path}.{name}"), property, faults);
    }
}

/// A value: a type by its name, or something that every language has; null may stand beside it.
fn value(path: &str, schema: &Value, faults: &mut Vec<String>) {
    let mut refuse = |what: &str| faults.push(format!("{path}: {what}"));
    if schema.get("enum").is_some() || schema.get("properties").is_some() {
        return refuse("a type without a name");
    }
    if let Some(reference) = schema.get("$ref") {
        let reference = reference.as_str().unwrap();
        if !reference.starts_with("#/$defs/") && by_id(reference).is_none() {
            refuse("it refers to nothing");
        }
        return;
    }
    if let Some(choices) = schema.get("anyOf") {
        match choices.as_array().unwrap().as_slice() {
            [one, null] if text_of(null, "type") == "null" => return value(path, one, faults),
            _ => return refuse("a choice without a name"),
        }
    }
    if schema.get("const").is_some() {
        return;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        several => several
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect(),
    };
    match types[..] {
        ["array"] | ["array", "null"] => value(&format!("{path}[]"), &schema["items"], faults),
        ["string" | "boolean" | "integer" | "number"]
        | ["string" | "boolean" | "integer" | "number", "null"] => {}
        _ => refuse("its type is not known here"),
    }
}

/// Objects that are told apart by one property: its word, or that it is there.
fn union(root: &Value, key: &str, schema: &Value, faults: &mut Vec<String>) {
    described(key, schema, faults);
    let parts: Vec<&Value> = schema["anyOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| root.pointer(&text_of(part, "$ref")[1..]).unwrap())
        .collect();
    let tag = |part: &&Value| -> Option<String> {
        let properties = part["properties"].as_object()?;
        let tag = properties
            .iter()
            .find(|(_, property)| property.get("const").is_some());
        tag.map(|(name, word)| format!("{name}={}", word["const"]))
    };
    let only = |part: &&Value| -> Option<String> {
        let properties = part["properties"].as_object()?;
        let required = part["required"].as_array()?;
        (properties.len() == 1 && required.len() == 1).then(|| required[0].to_string())
    };
    let all = |told: &dyn Fn(&&Value) -> Option<String>| {
        let mut told: Vec<String> = parts.iter().filter_map(told).collect();
        told.sort();
        told.dedup();
        told.len() == parts.len()
    };
    if !all(&tag) && !all(&only) {
        faults.push(format!("{key}: its parts cannot be told apart"));
    }
}

fn described(path: &str, schema: &Value, faults: &mut Vec<String>) {
    if !Regex::new("^([A-Z][a-z0-9]*)+$")
        .unwrap()
        .is_match(text_of(schema, "title"))
    {
        faults.push(format!("{path}: its title is not in PascalCase"));
    }
    let description = text_of(schema, "description");
    if description.is_empty() || description.ends_with('.') {
        faults.push(format!("{path}: no description, or one with a full stop"));
    }
}

fn definitions(schema: &Value) -> Map<String, Value> {
    schema
        .get("$defs")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

/// A document as a type among others.
fn without_frame(schema: &Value) -> Value {
    let mut found = schema.clone();
    let members = found.as_object_mut().unwrap();
    members.retain(|name, _| !["$schema", "$id", "$defs"].contains(&name.as_str()));
    found
}

fn text_of<'a>(schema: &'a Value, name: &str) -> &'a str {
    schema.get(name).and_then(Value::as_str).unwrap_or_default()
}
