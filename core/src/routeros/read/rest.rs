//! REST JSON → the router.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value as Json};

use super::{
    ReadError, is_absent, menu_refused,
    rows::{Answer, Fields},
};
use crate::routeros::schema::{self, hide};
use crate::{
    diagnostic::{BYTE_ORDER_MARK, Code, Diagnostic, Place},
    routeros::{router::Router, value::Value, version::Version},
};

const NOT_JSON: Code = Code::new("not-json");

impl Router {
    /// Reads what `GET /rest/<menu>` gave, as one object: `{"/ip/route": [{..}], "/ip/dns": {..}}`.
    ///
    /// Values are strings, ids are kept, what is absent is at its default, and what only a live router knows
    /// (`running`, `bound`, `active`) is kept apart from the configuration. The rows of `/interface` are laid over those
    /// of each type (`/interface/ethernet`, ..). The version is the caller's, else that of `/system/resource`.
    ///
    /// # Errors
    /// `not-json` for text that is no JSON object; `menu-refused` for a menu whose answer is an error, such as a wrong password, unless it says that the router has no such menu, as of a package that is not installed: that is as if it had not
    /// been asked for; `not-a-menu` for a menu that is neither an object nor an array of
    /// objects, or a path or a field that RouterOS could not have named so; `duplicate-menu` for a menu that is given
    /// twice, with or without its slash; `invalid-id` and `duplicate-id` for an `.id` that is none as `*1F`, or is that of
    /// two rows of one menu. All of them are found at once.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::router::Router;
    ///
    /// let answers = br#"{
    ///     "/interface/ethernet": [{".id": "*1", "name": "ether1", "default-name": "ether1", "running": "true"}],
    ///     "/ip/route": [{".id": "*80000001", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.1", "dynamic": "true"}]
    /// }"#;
    /// let router = Router::from_rest(answers, None)?;
    /// assert!(router.ports_known());
    /// assert_eq!(router.table("/interface/ethernet").rows()[0].live("running").unwrap(), "true");
    /// assert!(router.table("/ip/route").rows()[0].dynamic());
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn from_rest(json: &[u8], version: Option<Version>) -> Result<Router, ReadError> {
        let Answers(answers, refused) =
            serde_json::from_slice(text_of(json)).map_err(|error| not_json(json, &error))?;
        let told = |findings| ReadError::new(findings, hide::in_rest(json));
        if !refused.is_empty() {
            return Err(told(refused));
        }
        Router::from_answers(&answers, version).map_err(told)
    }
}

/// Menus in the order of the text; a JSON map would drop the first of two.
struct Answers(Vec<Answer>, Vec<Diagnostic>);

/// What REST gives instead of rows: `{"error": 401, "message": "Unauthorized"}` (`ROUTEROS` §3.4). No menu has a property `error`
/// beside a `message` or a `detail`.
fn refusal(rows: &Json) -> Option<(&str, &Json)> {
    let error = rows.get("error")?;
    let told = ["detail", "message"]
        .iter()
        .find_map(|name| rows.get(name)?.as_str())?;
    Some((told, error))
}

fn answer(path: &str, rows: &Json) -> Answer {
    let objects = rows.as_array().into_iter().flatten().chain([rows]);
    let are_objects = rows
        .as_array()
        .map_or(rows.is_object(), |rows| rows.iter().all(Json::is_object));
    let path = Answer::path(path);
    // Nothing that a router says of its rows is an empty object; what waits for its answer in JavaScript is written so.
    let is_nothing =
        rows.as_object().is_some_and(Map::is_empty) && schema::menu(&path).is_some_and(|menu| !menu.single());
    Answer {
        path,
        rows: objects.filter_map(Json::as_object).map(fields).collect(),
        is_single: rows.is_object(),
        is_whole: are_objects && !is_nothing,
    }
}

fn fields(object: &Map<String, Json>) -> Fields {
    let scalars = object.iter().filter_map(|(name, value)| match scalar(value) {
        // What is no id at all is told, like one that is none as `*1F`.
        None if name == ".id" => Some((name.clone(), Value::default())),
        value => Some((name.clone(), value?)),
    });
    scalars.collect()
}

/// REST gives strings; other scalars are read as their text.
fn scalar(value: &Json) -> Option<Value> {
    match value {
        Json::String(text) => Some(Value::from(text.as_str())),
        Json::Bool(value) => Some(Value::from(if *value { "true" } else { "false" })),
        Json::Number(number) => Some(Value::from(format!("{number}"))),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}

/// Without the mark that some editors write before it.
fn text_of(json: &[u8]) -> &[u8] {
    json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json)
}

fn not_json(json: &[u8], error: &serde_json::Error) -> ReadError {
    let text = text_of(json);
    let before: usize = text
        .split_inclusive(|byte| *byte == b'\n')
        .take(error.line().saturating_sub(1))
        .map(<[u8]>::len)
        .fold(json.len().saturating_sub(text.len()), usize::saturating_add);
    let offset = before.saturating_add(error.column().saturating_sub(1));
    let found = Diagnostic::error(
        NOT_JSON,
        format!("the answers of the router are no JSON object: {error}"),
    )
    .with_help("give one object with a menu's path as key and its rows as value: `{\"/ip/route\": [..]}`")
    .at(Place::locate(json, offset, 1));
    ReadError::new(alloc::vec![found], hide::in_rest(json))
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Answers, D::Error> {
        deserializer.deserialize_map(AnswersVisitor)
    }
}

struct AnswersVisitor;

impl<'de> Visitor<'de> for AnswersVisitor {
    type Value = Answers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of menus")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answers, A::Error> {
        let (mut answers, mut refused) = (Vec::new(), Vec::new());
        while let Some((path, rows)) = map.next_entry::<String, Json>()? {
            match refusal(&rows) {
                Some((told, _)) if is_absent(&path, told) => continue,
                Some((told, error)) => refused.push(menu_refused(&path, &format!("{told} ({error})"))),
                None => {}
            }
            answers.push(answer(&path, &rows));
        }
        Ok(Answers(answers, refused))
    }
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::{String, ToString};

    use crate::routeros::router::RowId;

    use super::*;

    fn read(json: &str) -> Router {
        Router::from_rest(json.as_bytes(), None).unwrap()
    }

    fn codes(json: &str) -> Vec<String> {
        let error = Router::from_rest(json.as_bytes(), None).unwrap_err();
        let codes = error.diagnostics().iter().map(|finding| finding.code.to_string());
        codes.collect()
    }

    #[test]
    fn what_no_router_gives_is_found_and_all_of_it() {
        for (json, wanted) in [
            (r#"{"/interface": ["x"]}"#, &["not-a-menu"][..]),
            (r#"{"/ip/route": ["x"]}"#, &["not-a-menu"]),
            (r#"{"/ip/route": null}"#, &["not-a-menu"]),
            (r#"{"/ip/route": {}}"#, &["not-a-menu"]),
            (
                r#"{"/ip/rout": {"error": 400, "detail": "no such command or directory (rout)"}}"#,
                &["menu-refused"],
            ),
            (r#"{"/ip/route": [], "ip/route": []}"#, &["duplicate-menu"]),
            (r#"{"/ip/route": [], "/ip/route": []}"#, &["duplicate-menu"]),
            (
                r#"{"/ip/route": [{".id": "*1"}, {".id": "*01"}]}"#,
                &["duplicate-id"],
            ),
            (
                r#"{"/ip/route": [{".id": "1"}, {".id": 7}, {".id": "*+1"}, {".id": "*"}]}"#,
                &["invalid-id"; 4],
            ),
            (r#"{"/ip/dns": {".id": "x"}}"#, &["invalid-id"]),
            (
                r#"{"/ip/route": [{".id": "x"}], "ip/route": 5}"#,
                &["invalid-id", "duplicate-menu", "not-a-menu"],
            ),
        ] {
            assert_eq!(codes(json), wanted, "{json}");
        }
        let same =
            r#"{"/ip/route": [{".id": "*1"}, {"gateway": "192.0.2.1"}], "/ip/address": [{".id": "*1"}]}"#;
        assert_eq!(read(same).table("/ip/route").len(), 2, "ids are a menu's own");
    }

    #[test]
    fn an_error_is_no_row() {
        for (error, told) in [
            (
                r#"{"error": 401, "message": "Unauthorized"}"#,
                "Unauthorized (401)",
            ),
            (
                r#"{"error": 400, "message": "Bad Request", "detail": "no such command"}"#,
                "no such command (400)",
            ),
        ] {
            let json = format!(r#"{{"/interface": [], "/ip/route": {error}}}"#);
            let error = Router::from_rest(json.as_bytes(), None).unwrap_err();
            assert_eq!(error.diagnostics()[0].code.as_str(), "menu-refused");
            assert_eq!(
                error.to_string(),
                format!("the router refused `/ip/route`: {told}")
            );
        }
    }

    #[test]
    fn a_menu_that_the_router_has_not_is_as_if_not_asked_for() {
        let router = read(
            r#"{"/ip/route": [], "/interface/lte": {"error": 400, "detail": "no such command or directory (lte)"}}"#,
        );
        assert!(router.is_read("/ip/route") && !router.is_read("/interface/lte"));
    }

    #[test]
    fn a_name_that_would_be_a_command_is_refused() {
        for json in [
            r#"{"/ip/route": [{"gateway=x\n/system reset": "y"}]}"#,
            r#"{"/ip/dns\n/system reset": {}}"#,
            r#"{"/ip+route": []}"#,
            r#"{"": []}"#,
        ] {
            assert_eq!(codes(json), ["not-a-menu"], "{json}");
        }
    }

    #[test]
    fn what_only_a_live_router_knows_is_no_configuration() {
        let router = read(
            r#"{"/ip/route": [{".id": "*1", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.1", "blackhole": "",
                "active": "true", "immediate-gw": "192.0.2.1%ether1"}]}"#,
        );
        let row = &router.table("/ip/route").rows()[0];
        assert_eq!(
            row.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            ["blackhole", "dst-address", "gateway"]
        );
        assert!(row.is("blackhole", "yes"));
        assert_eq!(row.live("immediate-gw").unwrap(), "192.0.2.1%ether1");
        assert_eq!(row.id(), RowId::parse("*1").unwrap());
    }

    #[test]
    fn interfaces_are_laid_over_the_rows_of_their_type() {
        let router = read(
            r#"{"/interface": [
                    {".id": "*1", "name": "ether1", "type": "ether", "running": "true", "slave": "true"},
                    {".id": "*2", "name": "ether2", "default-name": "ether2", "type": "ether", "running": "false"},
                    {".id": "*9", "name": "lo", "type": "loopback"}],
                "/interface/ethernet": [{".id": "*1", "name": "ether1", "default-name": "ether1"}]}"#,
        );
        let ports = router.table("/interface/ethernet");
        assert_eq!(ports.len(), 2);
        assert_eq!(
            ports.find_by("name", "ether1").unwrap().live("slave").unwrap(),
            "true"
        );
        assert!(router.table("/interface").is_empty());
        assert!(router.ports_known());
    }

    #[test]
    fn the_version_is_that_of_the_resources() {
        let router = read(r#"{"/system/resource": {"version": "7.16.2 (stable)"}}"#);
        assert_eq!(router.version(), Some(Version::new(7, 16, 2)));
    }

    #[test]
    fn what_is_no_router_is_refused_with_its_place() {
        let error = Router::from_rest(b"{\n  \"/ip/route\": [\n", None).unwrap_err();
        assert_eq!(error.diagnostics()[0].code, NOT_JSON);
        assert_eq!(error.diagnostics()[0].place.unwrap().line, 3);
        let error = Router::from_rest(br#"{"/ip/route": 5}"#, None).unwrap_err();
        assert_eq!(error.to_string(), "`/ip/route` is neither rows nor settings");
    }
}
