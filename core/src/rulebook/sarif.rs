//! Reports of routers → SARIF 2.1.0, which Git forges show beside the lines of a repository of configurations.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::{Map, Value, json};

use super::entries;
use crate::diagnostic::{Code, Diagnostic, Evidence, Place, Subject, Unit};
use crate::rule::{Report, narrowed};

/// A router that was audited, and the text that it was read from
#[derive(Clone, Copy, Debug)]
pub struct Audited<'a> {
    /// The path of the text, relative to the top of the repository
    pub file: &'a str,
    /// The text; places of the report are places in it
    pub export: &'a [u8],
    /// What was found
    pub report: &'a Report,
}

/// The reports of some routers as one document of SARIF 2.1.0
///
/// Columns count characters, bytes that are no text one each. The way of a packet is a code flow; the commands that mend a finding stand
/// among its properties as `fix`, because SARIF's own fixes replace text, and a router is not mended by its export.
///
/// # Example
///
/// ```
/// use multi_isp::rulebook::{Audited, sarif};
/// use multi_isp::{Router, audit};
///
/// let export = b"/ip firewall nat\nadd action=masquerade chain=srcnat\n";
/// let report = audit(&Router::from_export(export, None)?);
/// let document = sarif(&[Audited { file: "routers/office.rsc", export, report: &report }]);
/// assert!(document.contains(r#""ruleId":"blanket-masquerade""#) && document.contains(r#""startLine":2"#));
/// # Ok::<(), multi_isp::ReadError>(())
/// ```
pub fn sarif(routers: &[Audited<'_>]) -> String {
    let (rules, places) = rules(routers);
    let results: Vec<Value> = routers
        .iter()
        .flat_map(|router| {
            router
                .report
                .findings()
                .iter()
                .map(|found| result(router, found, &places))
        })
        .collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document}\n")
}

/// The rules that found something, and their places among them
fn rules(routers: &[Audited<'_>]) -> (Vec<Value>, BTreeMap<Code, usize>) {
    let findings = || routers.iter().flat_map(|router| router.report.findings());
    let told = entries().filter(|entry| findings().any(|found| found.code == entry.code));
    let mut places = BTreeMap::new();
    let mut rules = Vec::new();
    for entry in told {
        places.insert(entry.code, rules.len());
        rules.push(json!({
            "id": entry.code,
            "shortDescription": {"text": entry.summary.replace('\n', " ")},
            "help": {"text": entry.page, "markdown": entry.page},
            "defaultConfiguration": {"level": entry.level.as_str()},
        }));
    }
    (rules, places)
}

fn result(router: &Audited<'_>, found: &Diagnostic, places: &BTreeMap<Code, usize>) -> Value {
    let found = narrowed(found, router.export);
    let help = found
        .help
        .as_ref()
        .map(|help| format!("; {help}"))
        .unwrap_or_default();
    let mut result = Map::new();
    let mut set = |name: &str, value: Value| result.insert(name.into(), value);
    set("ruleId", json!(found.code));
    if let Some(place) = places.get(&found.code) {
        set("ruleIndex", json!(place));
    }
    set("level", json!(found.level.as_str()));
    set("message", json!({"text": format!("{}{help}", found.message)}));
    set("locations", json!([location(router, found.place)]));
    let others: Vec<Value> = other_rows(router, &found).collect();
    if !others.is_empty() {
        set("relatedLocations", json!(others));
    }
    if !found.evidence.is_empty() {
        set("codeFlows", json!([code_flow(router, &found.evidence)]));
    }
    if let Some(fix) = &found.fix {
        set("properties", json!({"fix": fix}));
    }
    Value::Object(result)
}

/// The rows that a finding is about beside the first
fn other_rows<'f>(router: &'f Audited<'_>, found: &'f Diagnostic) -> impl Iterator<Item = Value> + 'f {
    let rows = found.subjects.iter().filter_map(Subject::row);
    let others = rows.skip(1).filter_map(|row| Some((row, row.place?)));
    others.map(|(row, place)| told_location(router, Some(place), &row.command))
}

fn code_flow(router: &Audited<'_>, evidence: &[Evidence]) -> Value {
    let step = |step: &Evidence| {
        let location = told_location(router, step.place, &step.what);
        json!({"location": location, "nestingLevel": step.depth})
    };
    let steps: Vec<Value> = evidence.iter().map(step).collect();
    json!({"threadFlows": [{"locations": steps}]})
}

fn location(router: &Audited<'_>, place: Option<Place>) -> Value {
    json!({"physicalLocation": physical(router, place)})
}

/// A location with what is said of it
fn told_location(router: &Audited<'_>, place: Option<Place>, what: &str) -> Value {
    json!({"physicalLocation": physical(router, place), "message": {"text": what}})
}

fn physical(router: &Audited<'_>, place: Option<Place>) -> Value {
    let file = json!({"uri": uri(router.file)});
    match place {
        Some(place) => json!({"artifactLocation": file, "region": region(router.export, place)}),
        None => json!({"artifactLocation": file}),
    }
}

fn region(source: &[u8], place: Place) -> Value {
    let end = Place::locate(source, place.offset.saturating_add(place.length), 0);
    json!({
        "startLine": place.line,
        "startColumn": place.column_in(source, Unit::Characters),
        "endLine": end.line,
        "endColumn": end.column_in(source, Unit::Characters),
        "byteOffset": place.offset,
        "byteLength": place.length,
    })
}

/// A path as a relative reference (RFC 3986)
fn uri(file: &str) -> String {
    let mut uri = String::new();
    for byte in file.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            _ if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The schema by which readers know the format
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
