#![doc = include_str!("dial_on_demand.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::PPP_CLIENTS;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("dial-on-demand"),
    level: Level::Warning,
    page: include_str!("dial_on_demand.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let clients = view
        .rows(PPP_CLIENTS)
        .filter(|row| row.is("dial-on-demand", "yes"));
    clients.filter_map(|row| finding(view, row)).collect()
}

fn finding(view: &View<'_>, row: &Row) -> Option<Diagnostic> {
    let name = row
        .text("name")
        .filter(|name| view.is_line(name.as_bytes()) && view.leads_out(name.as_bytes()))?;
    let found = RULE
        .finding(format!("`{name}` dials only when something is sent over it: that it works is not known before it is needed"))
        .with_help("set `dial-on-demand=no`, so that the session is up before the other lines fail")
        .about(property_subject(PPP_CLIENTS, row, "dial-on-demand"))
        .fixed_by(view.set(format!("keep `{name}` connected"), (PPP_CLIENTS, row), &[("dial-on-demand", "no")]));
    Some(found)
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, with_ppp};

    Cases {
        flagged: &[
            // It is so by default.
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/interface ppp-client\nadd apn=internet default-route-distance=2 disabled=no name=ppp-out1 port=usb1 use-peer-dns=no\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\n/ip dhcp-client\nadd disabled=no interface=ether1\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n"
                )),
                says: &[
                    "`ppp-out1` dials only when something is sent over it: that it works is not known before it is needed",
                ],
                fix: &["/interface ppp-client set [find where name=\"ppp-out1\"] dial-on-demand=no"],
            },
            Flagged {
                router: Export(concat!(
                    "# jan/05/2026 10:00:00 by RouterOS 6.49.10\n/interface bridge\nadd name=bridge\n",
                    "/interface ppp-client\nadd apn=internet add-default-route=no dial-on-demand=yes disabled=no name=stick port=usb1 use-peer-dns=no\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=stick\n"
                )),
                says: &[
                    "`stick` dials only when something is sent over it: that it works is not known before it is needed",
                ],
                fix: &["/interface ppp-client set [find where name=\"stick\"] dial-on-demand=no"],
            },
        ],
        passed: &[
            ("one that stays connected", Export(with_ppp!(""))),
            (
                "one that is disabled, as it is by default",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/interface ppp-client\nadd apn=internet name=ppp-out1 port=usb1 use-peer-dns=no\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\n/ip dhcp-client\nadd disabled=no interface=ether1\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n"
                )),
            ),
            (
                "the only line",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/interface ppp-client\nadd apn=internet disabled=no name=ppp-out1 port=usb1 use-peer-dns=no\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n"
                )),
            ),
        ],
    }
};
