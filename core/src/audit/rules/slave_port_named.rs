#![doc = include_str!("slave_port_named.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::menus::{DHCP_CLIENTS, ROUTES};
use crate::audit::slaves::{Naming, namings};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::rule::property_subject;
use crate::survey::interfaces::is_set_to;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("slave-port-named"),
    level: Level::Error,
    page: include_str!("slave_port_named.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let found = namings(view).into_iter();
    found.map(|naming| finding(view, &naming)).collect()
}

fn finding(view: &View<'_>, naming: &Naming<'_>) -> Diagnostic {
    let (port, master) = (naming.port.to_text(), naming.master.to_text());
    RULE.finding(format!("{}: `{port}` is a port of `{master}`", naming.what))
        .with_help(help(naming, &port, &master))
        .about(property_subject(naming.menu, naming.row, naming.property))
        .fixed_by(fix(view, naming))
}

/// A client on the bridge would ask the LAN for an address
fn help(naming: &Naming<'_>, port: &str, master: &str) -> String {
    match naming.menu {
        DHCP_CLIENTS => {
            format!("take `{port}` out of `{master}` where it is to be a line, or remove the client")
        }
        _ => {
            format!("name `{master}` instead, or take `{port}` out of it where it is to be a line of its own")
        }
    }
}

/// The bridge instead of its one port: no other packets come in or leave by it
fn fix(view: &View<'_>, naming: &Naming<'_>) -> Option<Fix> {
    let (menu, row, property) = (naming.menu, naming.row, naming.property);
    let master = naming.master.as_bytes();
    let mut ports = view.rows(PORTS).filter(|port| is_set_to(port, "bridge", master));
    let only = ports.next().filter(|_| ports.next().is_none())?;
    let is_taken = || {
        view.rows(DHCP_CLIENTS)
            .any(|client| is_set_to(client, "interface", master))
    };
    let drops = DROPPING.iter().any(|action| row.is("action", action));
    let is_elsewhere = !is_set_to(only, "interface", naming.port.as_bytes());
    if is_elsewhere || drops || menu == ROUTES || (menu == DHCP_CLIENTS && is_taken()) {
        return None;
    }
    let is_negated = row.get(property)?.as_bytes().starts_with(b"!");
    let master = naming.master.to_text();
    let value = if is_negated {
        format!("!{master}")
    } else {
        master.clone().into_owned()
    };
    view.set(
        format!("name `{master}` instead of its port"),
        (menu, row),
        &[(property, &value)],
    )
}

const PORTS: &str = "/interface/bridge/port";

/// Actions that would begin to take effect: whoever manages the router over that port may be cut off
const DROPPING: [&str; 3] = ["drop", "reject", "tarpit"];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/interface bridge port\nadd bridge=bridge interface=ether3\nadd bridge=bridge interface=ether4\n",
                    "/ip dhcp-client\nadd interface=ether3\n",
                    "/ip firewall mangle\nadd action=mark-connection chain=prerouting comment=guests in-interface=ether4 new-connection-mark=guests\n"
                )),
                says: &[
                    "the DHCP client on `ether3` does not run: `ether3` is a port of `bridge`",
                    "rule `guests` of `/ip firewall mangle` matches nothing: `ether4` is a port of `bridge`",
                ],
                fix: &[],
            },
            // A bridge around one port.
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\nadd name=wan\n",
                    "/interface bridge port\nadd bridge=wan interface=ether1\nadd bridge=bridge interface=ether3\nadd bridge=bridge interface=ether4\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=wan\n",
                    "/ip firewall filter\nadd action=drop chain=input comment=strangers in-interface=ether1\n",
                    "/ip firewall mangle\nadd action=mark-packet chain=forward comment=up in-interface=!ether1 new-packet-mark=up\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat comment=all out-interface=ether1\nadd action=masquerade chain=srcnat out-interface=wan\n/ip route\nadd gateway=192.0.2.1\n"
                )),
                says: &[
                    "rule `strangers` of `/ip firewall filter` matches nothing: `ether1` is a port of `wan`",
                    "rule `up` of `/ip firewall mangle` matches nothing: `ether1` is a port of `wan`",
                    "rule `all` of `/ip firewall nat` matches nothing: `ether1` is a port of `wan`",
                ],
                fix: &[
                    "/ip firewall mangle set [find where comment=\"up\"] in-interface=!wan",
                    "/ip firewall nat set [find where comment=\"all\"] out-interface=wan",
                ],
            },
        ],
        passed: &[
            (
                "a rule that names the port of a bridge as such",
                Export(two_lines!(
                    defaults!(),
                    "/interface bridge port\nadd bridge=bridge interface=ether3\n",
                    "/interface bridge settings\nset use-ip-firewall=yes\n",
                    "/ip firewall filter\nadd action=accept chain=forward in-bridge-port=ether3\n"
                )),
            ),
            (
                "a port that is taken off its bridge, and a client that is disabled",
                Export(two_lines!(
                    defaults!(),
                    "/interface bridge port\nadd bridge=bridge disabled=yes interface=ether2\nadd bridge=bridge interface=ether3\n",
                    "/ip dhcp-client\nadd disabled=yes interface=ether3\n",
                    "/ip firewall filter\nadd action=drop chain=input in-interface=ether2\nadd action=drop chain=input in-interface=ether1\n"
                )),
            ),
            (
                "an address on a port: RouterOS keeps it on the bridge",
                Export(two_lines!(
                    defaults!(),
                    "/interface bridge port\nadd bridge=bridge interface=ether3\n/ip address\nadd address=192.168.77.1/24 interface=ether3\n"
                )),
            ),
        ],
    }
};
