#![doc = include_str!("isp1_down.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Check, Rule};
use crate::routeros::router::Router;
use crate::site::{Line, Site};
use crate::survey::defaults::{active, is_down};
use crate::survey::site_of;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("isp1-down"),
    level: Level::Warning,
    page: include_str!("isp1_down.md"),
    check: Check::Leave(check),
};

/// A site that comes in the place of another keeps its lines; one that goes leaves ISP 1 alone.
fn check(site: Option<&Site>, router: &Router) -> Vec<Diagnostic> {
    if site.is_some() {
        return Vec::new();
    }
    let Some(Ok(applied)) = site_of(router) else {
        return Vec::new();
    };
    let found = applied.lines().first().and_then(|line| finding(line, router));
    found.into_iter().collect()
}

fn finding(first: &Line, router: &Router) -> Option<Diagnostic> {
    let (id, interface) = (first.id(), first.interface());
    let why = why_down(interface.as_bytes(), router)?;
    let message = format!(
        "line `{id}` on {interface} is down now, {why}: without the other lines customers have no internet until it is back"
    );
    let finding = RULE.finding(message).with_help(
        "wait until it works, or repair it first; or apply a site in which a line that works comes first",
    );
    Some(finding.about(Subject::line(id.as_str())))
}

/// What says that a line does not carry the internet; `None` where it does, or nothing is said.
fn why_down(interface: &[u8], router: &Router) -> Option<&'static str> {
    if is_down(router, interface) {
        return Some("it has no link or no lease");
    }
    let carrying = active(router);
    let is_another = !carrying.is_empty() && carrying.iter().all(|route| route.interface != interface);
    is_another.then_some("another line carries its traffic")
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use serde_json::json;

    use super::*;
    use crate::preflight::testing::{rest, site};
    use crate::survey::site_source;

    /// Messages about a router with the site of `ether1` and `ether2`, whose first client says this, and whose default leads there.
    fn found(status: &str, carrying: &str) -> Vec<String> {
        let site = site(&["ether1", "ether2"]);
        let script = json!({".id": "*1", "name": "multi-isp-site", "source": site_source(&site), "comment": "multi-isp:site:site:1"});
        let client = json!({".id": "*1", "interface": "ether1", "status": status, "dynamic": "false"});
        let route = json!({".id": "*1", "dst-address": "0.0.0.0/0", "gateway": carrying, "immediate-gw": carrying, "active": "true"});
        let ports = [("*1", "ether1"), ("*2", "ether2")]
            .map(|(id, name)| json!({".id": id, "name": name, "running": "true"}));
        let router = rest(&json!({
            "/system/script": [script], "/ip/dhcp-client": [client], "/ip/route": [route], "/interface/ethernet": ports,
        }).to_string());
        assert!(
            check(Some(&site), &router).is_empty(),
            "a new site says itself who comes first"
        );
        check(None, &router)
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn a_first_line_that_is_down_is_told() {
        let [no_lease] = found("searching...", "ether2").try_into().unwrap();
        assert!(
            no_lease.starts_with("line `isp1` on ether1 is down now, it has no link or no lease"),
            "{no_lease}"
        );
        let [unseen] = found("bound", "ether2").try_into().unwrap();
        assert!(unseen.contains("another line carries its traffic"), "{unseen}");
        for status in ["bound", "rebinding..."] {
            assert_eq!(found(status, "ether1"), Vec::<String>::new(), "{status}");
        }
    }
}
