//! A validator for the part of JSON Schema that our schemas use; a keyword that it does not know fails the test.

use multi_isp::rule::Report;
use multi_isp::site::Site;
use regex::Regex;
use serde_json::Value;

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
            let target = rule.as_str().unwrap().strip_prefix('#').unwrap();
            check(root, root.pointer(target).unwrap(), value, path, faults);
        }
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
    let right = format!(r#"{{"schema":"multi-isp/site/1","mode":"failover","lines":[{line}],"lan":"auto"}}"#);
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
        (r#""lan":"auto""#, r#""lan":"all""#),
        (r#""lan":"auto""#, r#""lan":[]"#),
        (r#""lan":"auto""#, r#""lan":["bridge","bridge"]"#),
        (r#""lan":"auto""#, r#""dns":[]"#),
        (r#""lan":"auto""#, r#""management":["2001:db8::1"]"#),
        (r#""lan":"auto""#, r#""max_buckets":65"#),
        (r#""lan":"auto""#, r#""max_buckets":2.5"#),
        (r#""lan":"auto""#, r#""replies":"yes""#),
        (r#""lan":"auto""#, r#""stale_connections":"all""#),
        (r#""lan":"auto""#, r#""webhook":{"url":"ftp://a.example"}"#),
        (r#""lan":"auto""#, r#""webhook":{"url":"https://a.example/\""}"#),
        (r#""lan":"auto""#, r#""webhook":{"interval":9}"#),
        (r#""lan":"auto""#, r#""webhook":{"interval":60.5}"#),
        (r#""lan":"auto""#, r#""webhook":{"token":"x"}"#),
        (r#""lan":"auto""#, r#""webhook":"https://a.example""#),
        (r#","lan":"auto""#, r#","tolerance":5"#),
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
        faults(Report::JSON_SCHEMA, &serde_json::to_value(&report).unwrap()),
        Vec::<String>::new()
    );
}
