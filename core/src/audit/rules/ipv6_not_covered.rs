#![doc = include_str!("../../preflight/rules/ipv6_not_covered.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::{Diagnostic, Subject};
use crate::preflight::rules::ipv6_not_covered::{self, is_public};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::survey::interfaces::is_set_to;

/// The rule
pub const RULE: Rule = ipv6_not_covered::RULE.found_by(check);

/// What a plan of ours leaves on one line, preflight told its operator
fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || view.is_planned() || view.rows(SETTINGS).any(|row| row.is("disable-ipv6", "yes"))
    {
        return Vec::new();
    }
    if ![CLIENTS, ROUTES].iter().all(|menu| view.is_told(menu)) {
        return Vec::new();
    }
    let carrying = view.lines().iter().filter(|line| carries(view, line));
    let carrying: Vec<&Value> = carrying.collect();
    let [line] = carrying.as_slice() else {
        return Vec::new();
    };
    finding(view, line).into_iter().collect()
}

/// Whether a line has IPv6: a client there, or a default route over it
fn carries(view: &View<'_>, line: &Value) -> bool {
    let has_client = view
        .rows(CLIENTS)
        .any(|row| is_set_to(row, "interface", line.as_bytes()));
    let leads = |row: &Row| {
        let is_default = row.get("dst-address").is_none_or(|to| *to == "::/0");
        let gateways = row.get("gateway").map_or(&b""[..], Value::as_bytes);
        let mut gateways = gateways.split(|byte| *byte == b',');
        let over = |gateway: &[u8]| gateway.rsplit(|byte| *byte == b'%').next() == Some(line.as_bytes());
        is_default && gateways.any(over)
    };
    has_client || view.rows(ROUTES).any(leads)
}

fn finding(view: &View<'_>, line: &Value) -> Option<Diagnostic> {
    let announced = view
        .rows(ADDRESSES)
        .filter(|row| is_public(row) && !row.is("advertise", "no"));
    let interfaces = announced.filter_map(|row| row.get("interface"));
    let interfaces = interfaces.filter(|interface| !view.is_line(interface.as_bytes()));
    let names: BTreeSet<String> = interfaces
        .map(|interface| interface.to_text().into_owned())
        .collect();
    if names.is_empty() {
        return None;
    }
    let told: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let line = line.to_text();
    let found = RULE
        .finding(format!(
            "IPv6 of customers on {} leads over `{line}` alone, and fails with it",
            told.join(", ")
        ))
        .with_help("stop announcing it to customers, or plan it by hand over every line");
    let about = |found: Diagnostic, name| found.about(Subject::interface(name));
    Some(
        names
            .into_iter()
            .fold(found, about)
            .about(Subject::interface(line)),
    )
}

const SETTINGS: &str = "/ipv6/settings";
const CLIENTS: &str = "/ipv6/dhcp-client";
const ADDRESSES: &str = "/ipv6/address";
const ROUTES: &str = "/ipv6/route";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    const SAYS: &[&str] = &["IPv6 of customers on `bridge` leads over `ether1` alone, and fails with it"];
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ipv6 address\nadd address=::1 from-pool=isp6 interface=bridge\n",
                    "/ipv6 dhcp-client\nadd interface=ether1 pool-name=isp6 request=prefix\n",
                    defaults!()
                )),
                says: SAYS,
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    "/ipv6 address\nadd address=2001:db8:1::1/64 interface=bridge\n/ipv6 route\nadd gateway=fe80::1%ether1\n",
                    defaults!()
                )),
                says: SAYS,
                fix: &[],
            },
        ],
        passed: &[
            (
                "IPv6 over both lines",
                Export(two_lines!(
                    "/ipv6 address\nadd address=2001:db8:1::1/64 interface=bridge\n",
                    "/ipv6 route\nadd check-gateway=ping gateway=fe80::1%ether1\nadd distance=2 gateway=fe80::2%ether2\n",
                    defaults!()
                )),
            ),
            (
                "addresses of the organisation's own",
                Export(two_lines!(
                    "/ipv6 address\nadd address=fd00:db8::1/64 interface=bridge\n",
                    "/ipv6 dhcp-client\nadd interface=ether1 pool-name=isp6 request=prefix\n",
                    defaults!()
                )),
            ),
            (
                "IPv6 that is switched off",
                Export(two_lines!(
                    "/ipv6 settings\nset disable-ipv6=yes\n/ipv6 address\nadd address=2001:db8:1::1/64 interface=bridge\n",
                    "/ipv6 dhcp-client\nadd interface=ether1 pool-name=isp6 request=prefix\n",
                    defaults!()
                )),
            ),
        ],
    }
};
