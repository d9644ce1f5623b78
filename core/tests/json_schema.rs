//! A validator for the part of JSON Schema that our schemas use; a keyword that it does not know fails the test.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use multi_isp::rule::Report;
use multi_isp::site::Site;
use ordered::Ordered;
use regex::Regex;
use serde_json::Value;

mod ordered;
mod rules;

/// Faults of a document as it was written, those in the order of its members included
pub fn faults_of_text(schema: &str, json: &str) -> Vec<String> {
    let document = Ordered::parse(json);
    let mut faults = faults(schema, &document.value());
    order(
        &Ordered::parse(schema),
        &Ordered::parse(schema),
        &document,
        "",
        &mut faults,
    );
    faults
}

/// Whether the members of each object stand in the order of its schema
fn order(root: &Ordered, schema: &Ordered, value: &Ordered, path: &str, faults: &mut Vec<String>) {
    if let Some(reference) = schema.get("$ref").and_then(Ordered::text) {
        return match ordered_by_id(reference) {
            Some(other) => order(&other, &other, value, path, faults),
            None => order(root, pointed(root, reference), value, path, faults),
        };
    }
    if matches!(value, Ordered::Plain(_)) {
        return;
    }
    let conforms = |choice: &&Ordered| {
        let mut inner = Vec::new();
        check(&root.value(), &choice.value(), &value.value(), path, &mut inner);
        inner.is_empty()
    };
    if let Some(choice) = schema
        .get("anyOf")
        .and_then(|choices| choices.items().iter().find(conforms))
    {
        return order(root, choice, value, path, faults);
    }
    for (at, item) in value.items().iter().enumerate() {
        let items = schema.get("items").unwrap();
        order(root, items, item, &format!("{path}[{at}]"), faults);
    }
    let Some(properties) = schema.get("properties").map(Ordered::members) else {
        return;
    };
    let mut last = None;
    for (name, member) in value.members() {
        let place = properties.iter().position(|(own, _)| own == name);
        if place <= last {
            faults.push(format!("{path}.{name}: out of order"));
        }
        last = place;
        if let Some((_, schema)) = place.and_then(|place| properties.get(place)) {
            order(root, schema, member, &format!("{path}.{name}"), faults);
        }
    }
}

fn pointed<'a>(root: &'a Ordered, reference: &str) -> &'a Ordered {
    let name = reference.strip_prefix("#/$defs/").unwrap();
    root.get("$defs")
        .and_then(|definitions| definitions.get(name))
        .unwrap()
}

/// The schema of a whole document that stands within another one, such as `urn:multi-isp:report:1`
fn by_id(id: &str) -> Option<&'static Value> {
    static BY_ID: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
        let schemas = multi_isp::schemas().iter();
        let parsed = schemas.map(|(name, schema)| (id_of(name), serde_json::from_str(schema).unwrap()));
        parsed.collect()
    });
    BY_ID.get(id)
}

/// That schema, its members in order
fn ordered_by_id(id: &str) -> Option<Ordered> {
    let (_, schema) = multi_isp::schemas().iter().find(|(name, _)| id_of(name) == id)?;
    Some(Ordered::parse(schema))
}

fn id_of(name: &str) -> String {
    format!("urn:{}", name.replace('/', ":"))
}

/// Faults of a document, each a path and what is wrong there; none where it conforms
pub fn faults(schema: &str, document: &Value) -> Vec<String> {
    let root: Value = serde_json::from_str(schema).unwrap();
    let mut faults = Vec::new();
    check(&root, &root, document, "", &mut faults);
    faults
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().unwrap() {
        if !holds(root, schema, keyword, rule, value, path, faults) {
            faults.push(format!("{path}: {keyword}"));
        }
    }
}

fn holds(
    root: &Value,
    schema: &Value,
    keyword: &str,
    rule: &Value,
    value: &Value,
    path: &str,
    faults: &mut Vec<String>,
) -> bool {
    let conforms = |schema: &Value| {
        let mut inner = Vec::new();
        check(root, schema, value, path, &mut inner);
        inner.is_empty()
    };
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let at_least = |least: &Value| {
        value
            .as_f64()
            .is_none_or(|value| value >= least.as_f64().unwrap())
    };
    match keyword {
        "$schema" | "$id" | "title" | "description" | "$defs" | "additionalProperties" => {}
        "$ref" => {
            let target = rule.as_str().unwrap();
            match target.strip_prefix('#') {
                Some(target) => check(root, root.pointer(target).unwrap(), value, path, faults),
                None => {
                    let other = by_id(target).unwrap();
                    check(other, other, value, path, faults);
                }
            }
        }
        // What is not to be shown; the only format that there is.
        "format" => return rule == "password",
        "const" => return rule == value,
        "enum" => return rule.as_array().unwrap().contains(value),
        "type" => {
            return rule
                .as_array()
                .map_or(vec![rule], |types| types.iter().collect())
                .iter()
                .any(|name| is(value, name));
        }
        "anyOf" => return rule.as_array().unwrap().iter().any(conforms),
        "not" => return !conforms(rule),
        "pattern" => {
            return value
                .as_str()
                .is_none_or(|text| Regex::new(rule.as_str().unwrap()).unwrap().is_match(text));
        }
        "minimum" => return at_least(rule),
        "maximum" => return value == rule || !at_least(rule) || value.as_f64().is_none(),
        "minItems" => return !value.is_array() || items.len() as u64 >= rule.as_u64().unwrap(),
        "uniqueItems" => {
            return items
                .iter()
                .enumerate()
                .all(|(at, item)| !items[..at].contains(item));
        }
        "required" => {
            return rule
                .as_array()
                .unwrap()
                .iter()
                .all(|name| value.get(name.as_str().unwrap()).is_some());
        }
        "items" => {
            for (at, item) in items.iter().enumerate() {
                check(root, rule, item, &format!("{path}[{at}]"), faults);
            }
        }
        "properties" => {
            for (name, member) in value.as_object().into_iter().flatten() {
                match rule.get(name) {
                    Some(schema) => check(root, schema, member, &format!("{path}.{name}"), faults),
                    None if schema.get("additionalProperties") == Some(&Value::Bool(false)) => {
                        faults.push(format!("{path}.{name}: unknown"));
                    }
                    None => {}
                }
            }
        }
        other => panic!("the validator does not know `{other}`"),
    }
    true
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        other => panic!("the validator does not know type `{other}`"),
    }
}

#[test]
fn what_a_site_refuses_its_schema_refuses_too() {
    let line = r#"{"id":"isp1","interface":"ether1","access":{"type":"dhcp"},"mbps":100}"#;
    let right = format!(r#"{{"schema":"multi-isp/site/1","mode":"failover","lines":[{line}],"lan":null}}"#);
    let judged = |json: &str| {
        let document = serde_json::from_str(json).unwrap();
        (
            Site::from_json(json.as_bytes()).is_ok(),
            faults(Site::JSON_SCHEMA, &document).is_empty(),
        )
    };
    assert_eq!(judged(&right), (true, true));
    for (from, to) in [
        ("site/1", "site/2"),
        (r#""failover""#, r#""failure""#),
        (r#""isp1""#, r#""ISP 1""#),
        (r#""isp1""#, r#""site""#),
        (r#""isp1""#, "1"),
        (r#""ether1""#, r#""""#),
        (r#""ether1""#, r#""a\u0007""#),
        (r#""ether1""#, r#"{"hex":"CF0"}"#),
        (r#""dhcp""#, r#""pigeon""#),
        (r#""dhcp""#, r#""dhcp","gateway":"10.0.0.1""#),
        (r#""dhcp""#, r#""static","address":"198.51.100.2/24""#),
        (":100", ":0"),
        (":100", ":1000001"),
        (":100", r#":"100""#),
        (":100", r#":100,"probes":["192.0.2.1"]"#),
        (":100", r#":100,"health":"ping""#),
        (r#""lan":null"#, r#""lan":"auto""#),
        (r#""lan":null"#, r#""lan":[]"#),
        (r#""lan":null"#, r#""lan":["bridge","bridge"]"#),
        (r#""lan":null"#, r#""dns":"keep""#),
        (r#""lan":null"#, r#""dns":[]"#),
        (r#""lan":null"#, r#""management":["2001:db8::1"]"#),
        (r#""lan":null"#, r#""max_buckets":65"#),
        (r#""lan":null"#, r#""max_buckets":2.5"#),
        (r#""lan":null"#, r#""replies":"yes""#),
        (r#""lan":null"#, r#""stale_connections":"all""#),
        (r#""lan":null"#, r#""webhook":{"url":"ftp://a.example"}"#),
        (r#""lan":null"#, r#""webhook":{"url":"https://a.example/\""}"#),
        (r#""lan":null"#, r#""webhook":{"interval":9}"#),
        (r#""lan":null"#, r#""webhook":{"interval":60.5}"#),
        (r#""lan":null"#, r#""webhook":{"token":"x"}"#),
        (r#""lan":null"#, r#""webhook":"https://a.example""#),
        (r#","lan":null"#, r#","tolerance":5"#),
        (r#""mode":"failover","#, ""),
    ] {
        assert!(right.contains(from), "{from}");
        assert_eq!(judged(&right.replace(from, to)), (false, false), "{to}");
    }
}

#[test]
fn a_report_conforms_to_its_schema() {
    let report: Report = multi_isp::site::Site::from_json(b"{")
        .unwrap_err()
        .into_diagnostics()
        .into_iter()
        .collect();
    assert_eq!(
        faults_of_text(Report::JSON_SCHEMA, &report.to_json()),
        Vec::<String>::new()
    );
}
