#![doc = include_str!("line_without_address.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::value::Value;
use crate::survey::defaults::{lacks_lease, live_is};
use crate::survey::dhcp_client;
use crate::survey::interfaces::{InterfaceKind, find};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("line-without-address"),
    level: Level::Warning,
    page: include_str!("line_without_address.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let lines = view.lines().iter();
    lines.filter_map(|line| finding(view, line)).collect()
}

fn finding(view: &View<'_>, line: &Value) -> Option<Diagnostic> {
    let why = without_lease(view, line).or_else(|| without_session(view, line))?;
    let name = line.to_text();
    Some(
        RULE.finding(format!("the line `{name}` has no address now: {why}"))
            .with_help("see its cable, its modem and its account: it cannot stand in for another line")
            .about(Subject::interface(name)),
    )
}

fn without_lease(view: &View<'_>, line: &Value) -> Option<String> {
    let client = dhcp_client(view.router(), line.as_bytes()).filter(|client| !client.disabled())?;
    let status = client.live("status").filter(|status| lacks_lease(status))?;
    Some(format!("its DHCP client is `{}`", status.to_text()))
}

/// A session that is dialled when there is something to send is no fault
fn without_session(view: &View<'_>, line: &Value) -> Option<String> {
    let known = find(view.router(), line.as_bytes())?;
    let row = known
        .row
        .filter(|row| !row.disabled() && live_is(row, "running", false))?;
    let is_session = known.kind.is_ppp() || known.kind == InterfaceKind::Lte;
    let is_dialled = row
        .get("dial-on-demand")
        .is_some_and(|dials| *dials == "yes" || *dials == "true");
    (is_session && !is_dialled).then(|| "its session does not run".into())
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest};

    Cases {
        flagged: &[
            Flagged {
                router: Rest(
                    r#"{"/ip/dhcp-client": [
                        {".id": "*1", "interface": "ether1", "status": "bound", "address": "192.0.2.2/24", "gateway": "192.0.2.1", "disabled": "false"},
                        {".id": "*2", "interface": "ether2", "status": "searching...", "default-route-distance": "2", "disabled": "false"}]}"#,
                ),
                says: &["the line `ether2` has no address now: its DHCP client is `searching...`"],
                fix: &[],
            },
            Flagged {
                router: Rest(
                    r#"{"/interface/pppoe-client": [
                            {".id": "*3", "name": "pppoe-out1", "interface": "ether2", "running": "false", "disabled": "false", "add-default-route": "yes", "default-route-distance": "2"}],
                        "/ip/dhcp-client": [
                            {".id": "*1", "interface": "ether1", "status": "bound", "address": "192.0.2.2/24", "gateway": "192.0.2.1", "disabled": "false"}]}"#,
                ),
                says: &["the line `pppoe-out1` has no address now: its session does not run"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a lease that is being renewed, and a client that is disabled",
                Rest(
                    r#"{"/ip/dhcp-client": [
                        {".id": "*1", "interface": "ether1", "status": "renewing...", "address": "192.0.2.2/24", "gateway": "192.0.2.1", "disabled": "false"},
                        {".id": "*2", "interface": "ether2", "status": "bound", "address": "198.51.100.2/24", "gateway": "198.51.100.1", "default-route-distance": "2", "disabled": "false"},
                        {".id": "*3", "interface": "ether3", "status": "stopped", "disabled": "true"}]}"#,
                ),
            ),
            (
                "an export, which does not say",
                Export(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/ip dhcp-client\nadd interface=ether1\nadd default-route-distance=2 interface=ether2\n",
                ),
            ),
            (
                "the only line",
                Rest(
                    r#"{"/ip/dhcp-client": [{".id": "*1", "interface": "ether1", "status": "searching...", "disabled": "false"}]}"#,
                ),
            ),
        ],
    }
};
