#![doc = include_str!("../../preflight/rules/detect_internet_on.md")]

use alloc::vec::Vec;

use crate::audit::menus::DHCP_CLIENTS;
use crate::audit::{Rule, View};
use crate::diagnostic::{Diagnostic, Fix};
use crate::preflight::rules::detect_internet_on;
use crate::routeros::router::Row;
use crate::rule::property_subject;

/// The rule
pub const RULE: Rule = detect_internet_on::RULE.found_by(check);

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let settings = view.rows(SETTINGS);
    settings.filter_map(|row| finding(view, row)).collect()
}

fn finding(view: &View<'_>, row: &Row) -> Option<Diagnostic> {
    let list = row
        .get(LIST)
        .filter(|list| **list != "none" && !list.is_empty())?;
    let found = detect_internet_on::finding(list, property_subject(SETTINGS, row, LIST));
    Some(found.fixed_by(fix(view, row)))
}

/// Only where no line can live by a client that it added: an export does not show them
fn fix(view: &View<'_>, row: &Row) -> Option<Fix> {
    let router = view.router();
    let is_known = router.is_read(DHCP_CLIENTS) && router.ids_known();
    let is_used = router.table(DHCP_CLIENTS).iter().any(Row::dynamic);
    let fix = || {
        view.set(
            "search no interface for the internet",
            (SETTINGS, row),
            &[(LIST, "none")],
        )
    };
    (is_known && !is_used).then(fix)?
}

const SETTINGS: &str = "/interface/detect-internet";
const LIST: &str = "detect-interface-list";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest, defaults, two_lines};

    const SAYS: &[&str] = &[
        "the interfaces of `all` are searched for the internet, which adds DHCP clients and default routes that no line knows",
    ];
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/interface detect-internet\nset detect-interface-list=all\n",
                    defaults!()
                )),
                says: SAYS,
                fix: &[],
            },
            // Read live, without a client that it added.
            Flagged {
                router: Rest(
                    r#"{"/interface/detect-internet": {"detect-interface-list": "all"},
                        "/ip/dhcp-client": [
                            {".id": "*1", "interface": "ether1", "status": "bound", "address": "192.0.2.2/24", "gateway": "192.0.2.1", "disabled": "false"},
                            {".id": "*2", "interface": "ether2", "status": "bound", "address": "198.51.100.2/24", "gateway": "198.51.100.1", "default-route-distance": "2", "disabled": "false"}]}"#,
                ),
                says: SAYS,
                fix: &["/interface detect-internet set detect-interface-list=none"],
            },
        ],
        passed: &[
            (
                "the list of LANs alone",
                Export(two_lines!(
                    "/interface detect-internet\nset lan-interface-list=LAN\n",
                    defaults!()
                )),
            ),
            (
                "a router with one line",
                Export(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface detect-internet\nset detect-interface-list=all\n/ip dhcp-client\nadd interface=ether1\n",
                ),
            ),
        ],
    }
};
